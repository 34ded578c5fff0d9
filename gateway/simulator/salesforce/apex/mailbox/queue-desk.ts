/** The queue desk: what `gangway queue` reads and changes in the outbox. */
import { z } from 'zod';
import { isRecordId } from '../../org/record-id.ts';
import { SalesforceError } from '../../org/errors.ts';
import type { ApexContext } from '../context.ts';
import { problemOf } from '../problem.ts';
import { problemValues } from '../request-store.ts';
import { nowOf, requestOfId, requestOfKey, writeRequest } from './mailbox-request.ts';
import type { MailboxRequest } from './mailbox-request.ts';
import { requestStates } from './request-index.ts';
import type { RequestState } from './request-index.ts';

const maxCounted = 50_000;
const ids = z.array(z.string().min(1).max(60)).min(1).max(200);
const reason = z.string().trim().min(1).max(255);

export const deskCall = z.discriminatedUnion('action', [
  z.object({
    action: z.literal('list'),
    system: z.string().max(10).nullish(),
    states: z.array(z.enum(requestStates)).min(1).nullish(),
    after: z.string().max(60).nullish(),
    limit: z.int().min(1).max(200).default(50),
  }),
  z.object({ action: z.literal('show'), id: z.string().min(1).max(80) }),
  z.object({ action: z.literal('retry'), ids }),
  z.object({ action: z.enum(['hold', 'discard']), ids, reason, by: z.string().max(80).nullish() }),
]);
export type DeskCall = z.infer<typeof deskCall>;

/** Answers one call of the desk; undefined where `show` finds nothing. */
export function answerDesk(context: ApexContext, call: DeskCall): object | undefined {
  if (call.action === 'list') return list(context, call);
  if (call.action === 'show') return show(context, call.id);
  return { results: call.ids.map((id) => change(context, id, call)) };
}

function list({ org }: ApexContext, call: Extract<DeskCall, { action: 'list' }>): object {
  const system = call.system ?? null;
  const states = new Set<RequestState>(call.states ?? requestStates);
  const found: MailboxRequest[] = [];
  let next: string | null = null;
  for (const id of inOrder(
    [...states].map((state) => org.requests.inState(system, state).behind(call.after ?? null)),
  )) {
    if (found.length === call.limit) {
      next = found.at(-1)?.id ?? null;
      break;
    }
    const request = requestOfId(org, id);
    if (request !== undefined) found.push(request);
  }
  const counts = requestStates.map(
    (state) => [state, Math.min(org.requests.inState(system, state).size, maxCounted)] as const,
  );
  const requests = found.map((request) => summary(org, request));
  return { requests, next, counts: Object.fromEntries(counts) };
}

/** Merges ordered runs of ids into one, reading no further than asked. */
function* inOrder(runs: readonly Generator<string, undefined>[]): Generator<string, undefined> {
  const heads = runs.map((run) => ({ run, id: run.next().value }));
  for (;;) {
    const least = heads.reduce((best, one) => ((one.id ?? last) < (best.id ?? last) ? one : best));
    if (least.id === undefined) return undefined;
    yield least.id;
    least.id = least.run.next().value;
  }
}

/** Behind every id. */
const last = '~';

type Org = ApexContext['org'];

function summary(org: Org, request: MailboxRequest): object {
  const value = (name: string): unknown => request.row[org.named(name)] ?? null;
  const account = org.store.find('Account', request.accountId);
  const requestedBy = org.store.find('User', String(request.row['CreatedById']));
  return {
    id: request.key,
    name: request.name,
    kind: request.kind,
    state: request.status,
    system: request.system,
    account: { id: request.accountId, name: account?.['Name'] ?? null },
    customer: request.customerNumber ?? account?.[org.named('SAP_Customer_Number__c')] ?? null,
    attempts: request.attempts,
    code: value('Error_Code__c'),
    whatHappened: value('What_Happened__c'),
    nextStep: value('Next_Step__c'),
    wish: request.wish,
    correlationId: request.correlationId,
    requestedAt: request.row['CreatedDate'],
    requestedBy: requestedBy?.['Name'] ?? null,
    changedAt: request.row['LastModifiedDate'],
  };
}

function parsed(text: unknown): unknown {
  const value: unknown = typeof text === 'string' ? JSON.parse(text) : null;
  return value;
}

function find(org: Org, id: string): MailboxRequest | undefined {
  const byKey = requestOfKey(org, id);
  if (byKey !== undefined) return byKey;
  if (isRecordId(id)) return requestOfId(org, id);
  const row = org.store.rows(org.named('SAP_Request__c')).find((one) => one['Name'] === id);
  return row === undefined ? undefined : requestOfId(org, String(row['Id']));
}

function show({ org }: ApexContext, id: string): object | undefined {
  const request = find(org, id);
  if (request === undefined) return undefined;
  const value = (name: string): unknown => request.row[org.named(name)] ?? null;
  const moments = [
    [request.row['CreatedDate'], 'requested'],
    [value('Sent_At__c'), 'sent'],
    [value('Finished_At__c'), 'ended'],
  ];
  const history = moments.filter(([at]) => at !== null).map(([at, what]) => ({ at, what }));
  const details = { payload: request.payload, problem: parsed(value('Problem__c')), history };
  return { request: { ...summary(org, request), ...details, sapMessages: parsed(value('SAP_Messages__c')) ?? [] } };
}

type Change = Extract<DeskCall, { ids: string[] }>;

function change(context: ApexContext, id: string, call: Change): object {
  const request = find(context.org, id);
  const refused = (why: string): object => ({ id, result: 'refused', reason: why });
  if (request === undefined) return refused('There is no such request');
  const mark = context.transaction.mark;
  try {
    const why = call.action === 'retry' ? retry(context, request) : withdraw(context, request, call);
    return why === null ? { id, result: 'done', reason: null } : refused(why);
  } catch (error) {
    if (!(error instanceof SalesforceError)) throw error;
    context.transaction.rollbackTo(mark);
    return refused(error.message);
  }
}

function retry(context: ApexContext, request: MailboxRequest): string | null {
  if (request.status !== 'held' && request.status !== 'refused') return `It is ${request.status}`;
  const noWish = { Wish__c: null, Wish_Reason__c: null, Wish_By__c: null };
  writeRequest(context, request.id, { Status__c: 'ready', Finished_At__c: null, ...noWish, ...problemValues(null) });
  return null;
}

/** At once where nothing is under way; else it is noted, and the agent brings the outcome. */
function withdraw(
  context: ApexContext,
  request: MailboxRequest,
  call: Exclude<Change, { action: 'retry' }>,
): string | null {
  if (request.status === 'done' || request.status === 'refused') return `It is ${request.status}`;
  if (request.status === 'sent' || request.status === 'verifying') {
    const wish = { Wish__c: call.action, Wish_Reason__c: call.reason, Wish_By__c: call.by ?? null };
    writeRequest(context, request.id, wish);
    return null;
  }
  const isDiscard = call.action === 'discard';
  const problem = {
    ...problemOf(context.labels, 'SALESFORCE_REQUEST_REFUSED', [call.reason]),
    code: isDiscard ? 'REQUEST_WITHDRAWN' : 'REQUEST_ON_HOLD',
  };
  writeRequest(context, request.id, {
    Status__c: isDiscard ? 'refused' : 'held',
    Finished_At__c: isDiscard ? nowOf(context.org) : null,
    Wish_Reason__c: call.reason,
    Wish_By__c: call.by ?? null,
    ...problemValues(problem),
  });
  return null;
}
