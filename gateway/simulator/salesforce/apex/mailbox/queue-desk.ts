/** The queue desk (QueueDesk, QueueView): what `gangway queue` reads and changes in the outbox. */
import type { ApexContext } from '../context.ts';
import type { JsonInput } from './json-input.ts';
import { requestOfId } from './mailbox-request.ts';
import type { MailboxRequest } from './mailbox-request.ts';
import { act, findRequest } from './queue-actions.ts';
import { cursorAfter, readCursor } from './queue-cursor.ts';
import { requestStates } from '../../org/request-index.ts';
import type { RequestState } from '../../org/request-index.ts';
import { limits } from './visit-input.ts';

const maxId = 255;

/** Answers one call of the desk. */
export function answerDesk(context: ApexContext, input: JsonInput): object {
  const action = input.text('action', 10);
  switch (action) {
    case 'list':
      return list(context, input);
    case 'show': {
      const request = findRequest(context, input.text('id', maxId));
      return { request: request === undefined ? null : whole(context, request) };
    }
    case 'retry':
      return { results: act(context, idsOf(input), { action }) };
    case 'hold':
    case 'discard':
      return {
        results: act(context, idsOf(input), {
          action,
          reason: input.text('reason', 255).trim(),
          by: input.optionalText('by', 80)?.trim() || context.user.name,
        }),
      };
    default:
      throw input.wrong('action', 'is none of list, show, retry, hold, discard');
  }
}

function idsOf(input: JsonInput): string[] {
  const ids = input.texts('ids', limits.requests, maxId);
  if (ids.length === 0) throw input.wrong('ids', 'is missing');
  return ids;
}

function statesOf(input: JsonInput): readonly RequestState[] {
  const names = new Set(input.texts('states', requestStates.length, 20));
  const states = requestStates.filter((state) => names.has(state));
  if (states.length < names.size) throw input.wrong('states', 'has one that does not exist');
  return states.length === 0 ? requestStates : states;
}

function list({ org }: ApexContext, input: JsonInput): object {
  const system = input.optionalText('system', 10);
  const most = input.optionalNumber('limit', 1, limits.requests) ?? 50;
  const after = readCursor(input, 'after');
  const found: MailboxRequest[] = [];
  for (const id of inOrder(statesOf(input).map((state) => org.requests.inState(system, state).behind(after)))) {
    const request = requestOfId(org, id);
    if (request !== undefined) found.push(request);
    // One more than is shown tells whether there are more.
    if (found.length > most) break;
  }
  const shown = found.slice(0, most);
  const last = shown.at(-1);
  const counts = requestStates.map(
    (state) => [state, Math.min(org.requests.inState(system, state).size, limits.counted)] as const,
  );
  return {
    requests: shown.map((request) => summary(org, request)),
    next: found.length > most && last !== undefined ? cursorAfter(last.row) : null,
    counts: Object.fromEntries(counts),
  };
}

/** Merges ordered runs of ids into one, reading no further than asked. */
function* inOrder(runs: readonly Generator<string, undefined>[]): Generator<string, undefined> {
  const heads = runs.map((run) => ({ run, id: run.next().value }));
  for (;;) {
    const least = heads.reduce((best, one) => ((one.id ?? behindAll) < (best.id ?? behindAll) ? one : best));
    if (least.id === undefined) return undefined;
    yield least.id;
    least.id = least.run.next().value;
  }
}

/** Behind every id. */
const behindAll = '~';

type Org = ApexContext['org'];

const nameOf = (org: Org, userId: unknown): unknown => org.store.find('User', String(userId))?.['Name'] ?? null;
const instant = (at: unknown): string | null => (at == null ? null : new Date(String(at)).toISOString());

function summary(org: Org, request: MailboxRequest): Record<string, unknown> {
  const value = (name: string): unknown => request.row[org.named(name)] ?? null;
  return {
    id: request.key,
    name: request.name,
    kind: request.kind,
    state: request.status,
    system: request.system === '' ? null : request.system,
    account: { id: request.accountId, name: org.store.find('Account', request.accountId)?.['Name'] ?? null },
    customer: request.customerNumber,
    attempts: request.attempts,
    code: value('Error_Code__c'),
    whatHappened: value('What_Happened__c'),
    nextStep: value('Next_Step__c'),
    wish: request.wish,
    correlationId: request.correlationId,
    requestedAt: instant(request.row['CreatedDate']),
    requestedBy: nameOf(org, request.row['CreatedById']),
    changedAt: instant(request.row['LastModifiedDate']),
  };
}

/** Null for what somebody has edited to nonsense. */
function parsed(text: unknown): unknown {
  try {
    const value: unknown = typeof text === 'string' ? JSON.parse(text) : null;
    return value;
  } catch {
    return null;
  }
}

function whole({ org }: ApexContext, request: MailboxRequest): object {
  const value = (name: string): unknown => request.row[org.named(name)] ?? null;
  return {
    ...summary(org, request),
    payload: value('Payload__c'),
    problem: parsed(value('Problem__c')),
    sapMessages: parsed(value('SAP_Messages__c')) ?? [],
    history: history(org, request),
  };
}

function history(org: Org, request: MailboxRequest): object[] {
  const value = (name: string): unknown => request.row[org.named(name)] ?? null;
  const event = (what: string, at: unknown, by: unknown) => ({ what, at: instant(at), by });
  const events: object[] = [event('requested', request.row['CreatedDate'], nameOf(org, request.row['CreatedById']))];
  const fence = value('Fence__c');
  if (request.sentAt !== null)
    events.push(event('sent', request.sentAt, fence === null ? null : `lease ${String(fence)}`));
  if (value('Wish_By__c') !== null)
    events.push({ ...event('wish', null, value('Wish_By__c')), reason: value('Wish_Reason__c') });
  if (value('Finished_At__c') !== null) events.push(event(request.status, value('Finished_At__c'), null));
  events.push(event('changed', request.row['LastModifiedDate'], nameOf(org, request.row['LastModifiedById'])));
  return events;
}
