/** What a person does to requests from the queue desk (QueueActions, RetryCheck). */
import { SalesforceError } from '../../org/errors.ts';
import type { ApexContext } from '../context.ts';
import { problemOf } from '../problem.ts';
import type { Labels } from '../problem.ts';
import { problemValues, readyAgain } from '../request-store.ts';
import { display, findCustomer } from '../sap-customer.ts';
import { nowOf, requestOfId, requestOfKey, writeRequest } from './mailbox-request.ts';
import type { MailboxRequest } from './mailbox-request.ts';

/** One action of the desk. */
export type Action =
  { readonly action: 'retry' } | { readonly action: 'hold' | 'discard'; readonly reason: string; readonly by: string };

/** What the action did to one request. */
export interface ActionResult {
  readonly id: string;
  readonly result: 'done' | 'refused';
  readonly reason: string | null;
}

/** Acts on each request, by key or name. */
export const act = (context: ApexContext, ids: readonly string[], action: Action): ActionResult[] =>
  ids.map((id) => {
    const reason = actOn(context, findRequest(context, id), action);
    return { id, result: reason === null ? 'done' : 'refused', reason };
  });

/** A request by its key or its name. */
export function findRequest({ org }: ApexContext, keyOrName: string): MailboxRequest | undefined {
  const byKey = requestOfKey(org, keyOrName);
  const id = byKey === undefined ? org.requests.named(keyOrName) : undefined;
  return byKey ?? (id === undefined ? undefined : requestOfId(org, id));
}

function actOn(context: ApexContext, request: MailboxRequest | undefined, action: Action): string | null {
  if (request === undefined) return context.labels('Queue_Unknown');
  const refused = action.action === 'retry' ? againstRetry(context, request) : againstStop(context, request);
  if (refused !== null) return refused;
  const mark = context.transaction.mark;
  try {
    if (action.action === 'retry') retry(context, request);
    else stop(context, request, action);
    return null;
  } catch (error) {
    if (!(error instanceof SalesforceError)) throw error;
    context.transaction.rollbackTo(mark);
    return error.message;
  }
}

/** The problem of a request goes, and what was said of the last attempt; its times stay. */
function retry(context: ApexContext, request: MailboxRequest): void {
  writeRequest(context, request.id, { ...readyAgain, ...problemValues(null) });
  context.org.ring(context.transaction, request.system);
}

function againstRetry(context: ApexContext, request: MailboxRequest): string | null {
  const { org, labels } = context;
  if (request.status !== 'held' && request.status !== 'refused') return labels('Queue_Nothing_To_Retry');
  if (request.kind === 'customer.create') {
    const number = String(org.store.find('Account', request.accountId)?.[org.named('SAP_Customer_Number__c')] ?? '');
    return number !== '' && number !== request.customerNumber ? labels('Queue_Is_Customer') : null;
  }
  return isOutdated(context, request) ? labels('Queue_Outdated') : null;
}

const written = new Set(['sent', 'verifying', 'done']);

/** A later change of the same record was written since. */
function isOutdated({ org }: ApexContext, request: MailboxRequest): boolean {
  if (!request.kind.endsWith('.change')) return false;
  return [...org.requests.ofRecord(request.contactId ?? request.accountId).behind(null)].some((id) => {
    const other = requestOfId(org, id);
    const isLater = other !== undefined && other.kind === request.kind && other.changeNumber > request.changeNumber;
    return isLater && written.has(other.status);
  });
}

const againstStop = ({ labels }: ApexContext, request: MailboxRequest): string | null =>
  request.status === 'done' || request.status === 'refused' ? labels('Queue_Has_Ended') : null;

/** At once where nothing is under way; else it is a wish, and the agent brings the outcome. */
function stop(context: ApexContext, request: MailboxRequest, action: Exclude<Action, { action: 'retry' }>): void {
  const said = { Wish__c: action.action, Wish_Reason__c: action.reason, Wish_By__c: action.by };
  if (isUnknown(context, request)) writeRequest(context, request.id, { Status__c: 'verifying', ...said });
  else if (isStill(context, request)) stopNow(context, request, action.action, action.reason, action.by);
  else writeRequest(context, request.id, said);
}

const isStill = ({ org }: ApexContext, { row, status }: MailboxRequest): boolean =>
  status === 'held' || (status === 'ready' && (row[org.named('Sent_At__c')] ?? null) === null);

/** Nobody knows whether SAP has it, so nobody may say that it has nothing: the agent looks first. */
const isUnknown = ({ org }: ApexContext, { row, status }: MailboxRequest): boolean =>
  status === 'held' && row[org.named('Error_Code__c')] === 'SAP_OUTCOME_UNRESOLVED';

/** What SAP has already stays there, and the person reads so. */
function adviceAfterStop(labels: Labels, { system, customerNumber }: MailboxRequest, isDiscard: boolean) {
  if (customerNumber !== null) {
    const customer = findCustomer(system, customerNumber);
    const shown = customer === null ? customerNumber : display(customer);
    return { advice: labels('Advice_Stopped_After_Number').replace('{0}', shown) };
  }
  return isDiscard ? { advice: labels('Advice_Withdrawn_By_Person') } : {};
}

/** Nothing is under way: it stops here, and what was known before stays readable below the person's words. */
export function stopNow(
  context: Pick<ApexContext, 'org' | 'labels' | 'transaction'>,
  request: MailboxRequest,
  action: 'hold' | 'discard',
  reason: string,
  by: string,
): void {
  const { org, labels } = context;
  const isDiscard = action === 'discard';
  const stopped = problemOf(labels, isDiscard ? 'REQUEST_WITHDRAWN' : 'REQUEST_ON_HOLD', [reason]);
  const problem = { ...stopped, ...adviceAfterStop(labels, request, isDiscard) };
  const values = problemValues(problem);
  const before = request.row[org.named('What_Happened__c')] ?? null;
  const at = new Date(org.now()).toISOString().slice(0, 16).replace('T', ' ');
  const lines = [values['What_Happened__c'], `${by}, ${at} UTC`, ...(before === null ? [] : [before])];
  writeRequest(context, request.id, {
    Status__c: isDiscard ? 'refused' : 'held',
    ...(isDiscard ? { Finished_At__c: nowOf(org) } : {}),
    Wish__c: null,
    Wish_Reason__c: reason,
    Wish_By__c: by,
    ...values,
    What_Happened__c: lines.join('\n').slice(0, 4_000),
  });
}
