/** A request as the outbox begins, joins and corrects it (RequestLine, RequestStart). */
import type { Row } from '../../org/check-record.ts';
import type { Org } from '../../org/org.ts';
import type { ApexContext } from '../context.ts';
import { invalid, problemOf } from '../problem.ts';
import type { Issue, ProblemView } from '../problem.ts';
import { problemValues } from '../request-store.ts';
import { defaultSystemOf } from '../sap-settings.ts';

/** What the outbox needs of a run of Apex. */
export type OutboxContext = Pick<ApexContext, 'org' | 'user' | 'transaction' | 'labels'> & {
  /** A custom notification to somebody. */
  readonly notify: (type: string, accountId: string) => void;
};

/** Not saved yet while `id` is null; fields are named as in the package. */
export interface OutboxRequest {
  readonly id: string | null;
  readonly fields: Record<string, unknown>;
}

const fieldNames = [
  'Account__c',
  'Contact__c',
  'Key__c',
  'Operation__c',
  'Status__c',
  'SAP_System__c',
  'SAP_Customer_Number__c',
  'Payload__c',
  'Change_Number__c',
  'Sent_At__c',
  'Error_Code__c',
  'Wish__c',
];

/** The requests of one Account or Contact, oldest first. */
export function requestsOf(org: Org, recordId: string): OutboxRequest[] {
  const object = org.named('SAP_Request__c');
  return [...org.requests.ofRecord(recordId).behind(null)].flatMap((id) => {
    const row = org.store.find(object, id);
    const fields = Object.fromEntries(fieldNames.map((name) => [name, row?.[org.named(name)] ?? null]));
    return row === undefined ? [] : [{ id, fields }];
  });
}

const isCreate = ({ fields }: OutboxRequest): boolean => String(fields['Operation__c']).endsWith('.create');
const statusOf = ({ fields }: OutboxRequest): unknown => fields['Status__c'];

/** The create that stands: one that was not refused goes first. */
export function standingCreate(requests: readonly OutboxRequest[]): OutboxRequest | null {
  const creates = requests.filter((one) => isCreate(one) && statusOf(one) !== 'done');
  return creates.find((one) => statusOf(one) !== 'refused') ?? creates[0] ?? null;
}

/** The newest change that is not done. */
export const lastChange = (requests: readonly OutboxRequest[]): OutboxRequest | null =>
  requests.findLast((one) => !isCreate(one) && statusOf(one) !== 'done') ?? null;

/** The highest number that a request of this record ever had. */
export const newestNumber = (requests: readonly OutboxRequest[]): number =>
  Math.max(0, ...requests.map(({ fields }) => Number(fields['Change_Number__c'] ?? 0)));

const ownCodes = new Set<unknown>(['REQUEST_INVALID', 'MAPPING_INVALID', 'SALESFORCE_SETTING_MISSING']);

/** Held because the org itself found something missing. */
export const isHeldByCheck = ({ fields }: OutboxRequest): boolean =>
  fields['Status__c'] === 'held' && fields['Sent_At__c'] === null && ownCodes.has(fields['Error_Code__c']);

/** Whether later changes may join it. */
export const isOpen = (request: OutboxRequest): boolean =>
  (statusOf(request) === 'ready' && request.fields['Sent_At__c'] === null && request.fields['Wish__c'] === null) ||
  isHeldByCheck(request);

/** Whether corrected data may go under its key. */
export const isCorrectable = (request: OutboxRequest): boolean =>
  statusOf(request) === 'refused' && request.fields['Error_Code__c'] !== 'REQUEST_WITHDRAWN';

/** The system of an Account's requests; null while nobody has said. */
export const systemFor = (org: Org, account: Row): string | null =>
  String(account[org.named('SAP_System__c')] ?? '')
    .trim()
    .toUpperCase() || defaultSystemOf(org);

/** A request that was not there. */
export const newRequest = (org: Org, operation: string, key: string, account: Row): OutboxRequest => ({
  id: null,
  fields: {
    Account__c: account['Id'],
    Key__c: key,
    Operation__c: operation,
    Change_Number__c: 0,
    Attempts__c: 0,
    SAP_System__c: systemFor(org, account),
  },
});

/** Ready, or held with what is missing. */
export function start(
  { labels }: OutboxContext,
  request: OutboxRequest,
  unmapped: readonly Issue[],
  values: readonly Issue[],
): void {
  const problem = ((): ProblemView | null => {
    if (unmapped.length > 0) return { ...problemOf(labels, 'MAPPING_INVALID'), issues: [...unmapped] };
    if (values.length > 0) return invalid(labels, values).problem;
    const hasSystem = (request.fields['SAP_System__c'] ?? null) !== null;
    return hasSystem ? null : problemOf(labels, 'SALESFORCE_SETTING_MISSING');
  })();
  Object.assign(request.fields, {
    Status__c: problem === null ? 'ready' : 'held',
    Sent_At__c: null,
    Finished_At__c: null,
    SAP_Messages__c: null,
    ...problemValues(problem),
  });
}

/** Nobody wants it any more, for a reason of the org's own. */
export function withdraw({ org, labels }: OutboxContext, request: OutboxRequest, reason: string): void {
  Object.assign(request.fields, {
    Status__c: 'refused',
    Finished_At__c: new Date(org.now()).toISOString(),
    ...problemValues(problemOf(labels, 'REQUEST_WITHDRAWN', [labels(reason)])),
  });
}

/** Saves a request in the transaction of the change that wants it; a key that is taken means that it stands already. */
export function put({ org, transaction, notify }: OutboxContext, request: OutboxRequest, wasHeld: boolean): void {
  const object = org.named('SAP_Request__c');
  const values = Object.fromEntries(Object.entries(request.fields).map(([name, value]) => [org.named(name), value]));
  if (request.id === null) transaction.insert(object, values);
  else transaction.update(object, request.id, values);
  if (request.fields['Status__c'] === 'ready') org.ring(transaction, String(request.fields['SAP_System__c'] ?? ''));
  if (request.fields['Status__c'] === 'held' && !wasHeld)
    notify('SAP_Request_Held', String(request.fields['Account__c']));
}

/** Whether it was held before what is being done to it now. */
export const wasHeld = (org: Org, { id }: OutboxRequest): boolean =>
  id !== null && org.store.find(org.named('SAP_Request__c'), id)?.[org.named('Status__c')] === 'held';
