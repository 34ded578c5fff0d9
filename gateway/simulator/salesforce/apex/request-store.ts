/** The org's outbox, as RequestStore and RequestOutcome keep it. */
import { z } from 'zod';
import type { Row } from '../org/check-record.ts';
import { SalesforceError } from '../org/errors.ts';
import type { ApexContext } from './context.ts';
import { draftFieldOf } from './customer-draft.ts';
import { because, inWords, problemView, sapMessageView } from './problem.ts';
import type { GatewayException, ProblemView, SapMessageView } from './problem.ts';
import { requestOfKey } from './mailbox/mailbox-request.ts';
import { customerView, findCustomer } from './sap-customer.ts';

/** The fields of a request by their names in the package. */
export interface RequestRecord {
  readonly id: string;
  readonly name: string;
  readonly accountId: string;
  readonly key: string;
  readonly status: string;
  readonly payload: string;
  readonly system: string;
  readonly customerNumber: string | null;
  readonly problem: string | null;
  readonly sapMessages: string | null;
  readonly attempts: number;
  readonly kind: string;
  readonly errorCode: string | null;
  readonly sentAt: string | null;
  readonly fence: number | null;
  readonly checksDuplicates: boolean;
}

/** The key of the one intent for an Account; never the click's. */
export const requestKey = (accountId: string): string => `customer.create:${accountId}`;

const orNull = (value: unknown): string | null => (value == null ? null : String(value));

function toRecord(context: ApexContext, row: Row): RequestRecord {
  const value = (name: string): unknown => row[context.org.named(name)] ?? null;
  return {
    id: String(row['Id']),
    name: String(row['Name']),
    accountId: String(value('Account__c')),
    key: String(value('Key__c')),
    status: String(value('Status__c')),
    payload: String(value('Payload__c')),
    system: String(value('SAP_System__c')),
    customerNumber: orNull(value('SAP_Customer_Number__c')),
    problem: orNull(value('Problem__c')),
    sapMessages: orNull(value('SAP_Messages__c')),
    attempts: Number(value('Attempts__c') ?? 0),
    kind: String(value('Operation__c')),
    errorCode: orNull(value('Error_Code__c')),
    sentAt: orNull(value('Sent_At__c')),
    fence: value('Fence__c') === null ? null : Number(value('Fence__c')),
    checksDuplicates: value('Checks_Duplicates__c') === true,
  };
}

const objectName = (context: ApexContext): string => context.org.named('SAP_Request__c');
const inOrg = (context: ApexContext, values: Row): Row =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [context.org.named(name), value]));

/**
 * The create of an Account that counts: the first that was not refused, else the last refused one. Requests that an
 * Account inherited (a merge) count too, and so does the one whose key names it.
 */
export function standingRequest(context: ApexContext, accountId: string): RequestRecord | null {
  const { org } = context;
  const own = requestOfKey(org, requestKey(accountId))?.id;
  const ids = new Set([...org.requests.ofAccount(accountId).behind(null), ...(own === undefined ? [] : [own])]);
  const requests = [...ids]
    .sort()
    .map((id) => readRequest(context, id))
    .filter(({ kind }) => kind === 'customer.create');
  return requests.find((request) => request.status !== 'refused') ?? requests.at(-1) ?? null;
}

/** SAP has the customer and a later step of the same write is missing: the write goes on. */
export function isStepMissing({ customerNumber, status, errorCode }: RequestRecord): boolean {
  if (customerNumber === null) return false;
  const isUnderWay = status === 'sent' || status === 'verifying';
  return isUnderWay || (status === 'held' && errorCode !== null && !errorCode.startsWith('SALESFORCE_'));
}

const unsentCodes = new Set<string | null>(['REQUEST_INVALID', 'MAPPING_INVALID']);

/** Whether automation has queued this creation and nothing was written for it: a person may take it over. */
export function isUntouched({ customerNumber, status, errorCode, sentAt, checksDuplicates }: RequestRecord): boolean {
  if (customerNumber !== null) return false;
  if (status === 'ready') return checksDuplicates && sentAt === null;
  const neverLeft = sentAt === null && unsentCodes.has(errorCode);
  return status === 'held' && (neverLeft || errorCode === 'CUSTOMER_MAY_EXIST');
}

/** A request that is ready once more, without what was said of the last attempt. Its times stay. */
export const readyAgain: Row = {
  Status__c: 'ready',
  SAP_Messages__c: null,
  Finished_At__c: null,
  Wish__c: null,
  Wish_Reason__c: null,
  Wish_By__c: null,
};

/** The wish that a person's word on a request stands for. */
const wishOf: Readonly<Record<string, string>> = { REQUEST_WITHDRAWN: 'discard', REQUEST_ON_HOLD: 'hold' };

/**
 * A request that has left the org in a state, with the times that belong to it. A wish ends where the request stands
 * still; it comes back where SAP may have a write that a person had stopped.
 */
export function enterValues(
  org: ApexContext['org'],
  { sentAt, errorCode }: { readonly sentAt: string | null; readonly errorCode: string | null },
  status: string,
): Row {
  const now = new Date(org.now()).toISOString();
  const hasEnded = status === 'done' || status === 'refused';
  const stopped = wishOf[errorCode ?? ''];
  const wish = hasEnded || status === 'held' ? { Wish__c: null } : stopped === undefined ? {} : { Wish__c: stopped };
  return { Status__c: status, Sent_At__c: sentAt ?? now, Finished_At__c: hasEnded ? now : null, ...wish };
}

/** One request, which must be there. */
export function readRequest(context: ApexContext, requestId: string): RequestRecord {
  const row = context.org.store.find(objectName(context), requestId);
  if (row === undefined) throw because(context.labels, 'SALESFORCE_NO_ACCESS');
  return toRecord(context, row);
}

/** The Account of a request the user may read. */
export function accountOfRequest(context: ApexContext, requestId: string): string {
  const row = context.org.store.find(objectName(context), requestId);
  if (row === undefined || !context.org.canReadRow(context.user, objectName(context), row)) {
    throw because(context.labels, 'SALESFORCE_NO_ACCESS');
  }
  return toRecord(context, row).accountId;
}

/** Commits a new intent; whoever comes second gets the first one's. */
export function insertRequest(context: ApexContext, accountId: string, system: string, payload: string): RequestRecord {
  const mark = context.transaction.mark;
  try {
    const values = {
      Account__c: accountId,
      Key__c: requestKey(accountId),
      Operation__c: 'customer.create',
      Status__c: 'ready',
      SAP_System__c: system,
      Payload__c: payload,
      Attempts__c: 0,
    };
    context.transaction.insert(objectName(context), inOrg(context, values));
  } catch (error) {
    if (!(error instanceof SalesforceError)) throw error;
    context.transaction.rollbackTo(mark);
    if (error.errorCode !== 'DUPLICATE_VALUE')
      throw because(context.labels, 'SALESFORCE_REQUEST_REFUSED', [error.message]);
  }
  const standing = standingRequest(context, accountId);
  if (standing === null) throw because(context.labels, 'SALESFORCE_NO_ACCESS');
  return standing;
}

/** Saves what is known now. */
export function saveRequest(context: ApexContext, request: RequestRecord, values: Row): RequestRecord {
  const mark = context.transaction.mark;
  try {
    context.transaction.update(objectName(context), request.id, inOrg(context, values));
  } catch (error) {
    if (!(error instanceof SalesforceError)) throw error;
    context.transaction.rollbackTo(mark);
    throw because(context.labels, 'SALESFORCE_REQUEST_REFUSED', [error.message]);
  }
  return readRequest(context, request.id);
}

const maxJson = 32_768;
const maxMessages = 50;
/** Length of Correlation_Id__c. */
const maxCorrelationId = 64;

/** A correlation id as far as its field holds it; the logs have it whole. */
export const correlationIdValue = (id: string | null | undefined): string | null =>
  id?.slice(0, maxCorrelationId) ?? null;

/** SAP's messages as they are kept. */
export function messagesToJson(messages: readonly SapMessageView[] | null | undefined): string {
  const content = JSON.stringify((messages ?? []).slice(0, maxMessages));
  return content.length <= maxJson ? content : '[]';
}

/** A problem as it is kept: for the components, for people, for reports. */
export function problemValues(problem: ProblemView | null): Row {
  if (problem === null) return { Error_Code__c: null, What_Happened__c: null, Next_Step__c: null, Problem__c: null };
  // The relay names fields as its API does; the form has its own names.
  const issues = problem.issues.map((issue) => ({ ...issue, path: draftFieldOf(issue.path ?? '') }));
  const short = { ...problem, issues, sapMessages: problem.sapMessages.slice(0, maxMessages) };
  const content = JSON.stringify(short);
  return {
    Error_Code__c: problem.code.slice(0, 80),
    What_Happened__c: inWords(short).slice(0, 4000),
    Next_Step__c: problem.advice.slice(0, 2000),
    Problem__c: content.length <= maxJson ? content : JSON.stringify({ ...short, sapMessages: [], issues: [] }),
  };
}

/** What a call that failed leaves behind. */
export function lostValues({ org }: ApexContext, request: RequestRecord, failure: GatewayException): Row {
  const { status, problem } = failure;
  const after = statusAfter(request, status, problem);
  return {
    ...(after === request.status ? {} : enterValues(org, request, after)),
    // Whatever the agent says next is news: nobody knows how old its last word is.
    ...(after === 'verifying' ? { Outcome_As_Of__c: null } : {}),
    Correlation_Id__c: correlationIdValue(problem.correlationId),
    SAP_Messages__c: messagesToJson(problem.sapMessages),
    ...problemValues(problem),
  };
}

/** Whether SAP may have got the write although no word that can be read came back. */
export const mayHaveReachedSap = (status: number | null, { disposition }: ProblemView): boolean =>
  status === null || status >= 500 || status < 400 || disposition === 'verify';

function statusAfter(request: RequestRecord, status: number | null, problem: ProblemView): string {
  if (mayHaveReachedSap(status, problem)) return 'verifying';
  if (status === 429) return request.status;
  return status === 422 ? 'refused' : 'held';
}

/** A request as the components see it. */
export function requestView(request: RequestRecord) {
  const customer = findCustomer(request.system, request.customerNumber);
  return {
    id: request.id,
    name: request.name,
    status: request.status,
    customer: customer === null ? null : customerView(customer),
    problem: request.problem === null ? null : problemView.parse(JSON.parse(request.problem)),
    sapMessages: request.sapMessages === null ? [] : z.array(sapMessageView).parse(JSON.parse(request.sapMessages)),
    attempts: request.attempts,
  };
}

/** The view where nothing was committed, so nothing can have been sent. */
export const refusedView = (problem: ProblemView) => ({
  id: '',
  name: '',
  status: 'refused',
  problem,
  sapMessages: problem.sapMessages,
  attempts: 0,
});
