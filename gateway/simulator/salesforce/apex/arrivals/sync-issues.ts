/** Held changes as people see them, and what they want done with them (SyncIssueController, SyncIssues). */
import { z } from 'zod';
import type { Row } from '../../org/check-record.ts';
import { SalesforceError } from '../../org/errors.ts';
import type { ApexContext } from '../context.ts';
import { GatewayException, because, invalid } from '../problem.ts';
import type { ProblemView } from '../problem.ts';
import { canRetry } from './sync-issue-wish.ts';

const states = ['Held', 'Waiting', 'Solved', 'Discarded'] as const;
const pageSize = 50;
const maxPage = 39;
const maxWishes = 200;
const maxReason = 255;
const maxSearch = 80;

const filter = z.object({
  state: z.string().nullish(),
  kind: z.string().nullish(),
  responsible: z.string().nullish(),
  search: z.string().nullish(),
  page: z.number().nullish(),
});
export const issueParameters = {
  load: z.object({ filter: filter.nullish() }),
  retry: z.object({ issueIds: z.array(z.string()).nullish() }),
  discard: z.object({ issueIds: z.array(z.string()).nullish(), reason: z.string().nullish() }),
};

const canManage = ({ org, user }: ApexContext): boolean => org.hasCustomPermission(user, 'Manage_SAP_Queue');

function requireRight(context: ApexContext): void {
  if (!canManage(context)) throw because(context.labels, 'SALESFORCE_NOT_PERMITTED');
}

/** Failures are part of the view. */
function orProblem<T extends object>(work: () => T, empty: T): T | (T & { readonly problem: ProblemView }) {
  try {
    return work();
  } catch (error) {
    if (error instanceof GatewayException) return { ...empty, problem: error.problem };
    throw error;
  }
}

const instant = (value: unknown): string | null =>
  value === null || value === undefined ? null : new Date(String(value)).toISOString();

function issueView({ org }: ApexContext, row: Row) {
  const value = (name: string): unknown => row[org.named(name)] ?? null;
  const state = value('State__c');
  const field = org.store.object(org.named('SAP_Sync_Issue__c')).fields.get(org.named('State__c').toLowerCase());
  const accountId = value('Account__c');
  const canAct = state === 'Held' && value('Wish__c') === null;
  return {
    id: row['Id'],
    name: row['Name'],
    state,
    stateLabel: field?.picklistLabels.get(String(state)) ?? state,
    sapSystem: value('System__c'),
    kind: value('Kind__c'),
    record: value('Record__c'),
    accountId,
    accountName: accountId === null ? null : (org.store.find('Account', String(accountId))?.['Name'] ?? null),
    code: value('Code__c'),
    whatHappened: value('What_Happened__c'),
    nextStep: value('Next_Step__c'),
    responsible: value('Responsible__c'),
    messages: value('Messages__c'),
    document: value('Document__c'),
    documentTime: instant(value('Document_Time__c')),
    attempts: Number(value('Attempts__c') ?? 0),
    heldAt: instant(value('Held_At__c')),
    wish: value('Wish__c'),
    wishReason: value('Wish_Reason__c'),
    wishBy: value('Wish_By__c'),
    canAct,
    canRetry: canAct && canRetry(org, row),
  };
}

const wrong = (context: ApexContext, path: string, label: string, value = ''): GatewayException =>
  invalid(context.labels, [{ path, message: context.labels(label).replace('{0}', value) }]);

/** `SyncIssueController.load`. */
export function loadIssues(context: ApexContext, { filter: asked }: z.infer<typeof issueParameters.load>): object {
  const empty = { issues: [], counts: {}, page: 0, hasMore: false };
  return orProblem<object>(() => {
    requireRight(context);
    const { org, user } = context;
    const state = (asked?.state ?? '').trim() || 'Held';
    if (!states.some((one) => one === state)) throw wrong(context, 'state', 'Issue_Choice');
    const page = Math.max(0, Math.min(asked?.page ?? 0, maxPage));
    const object = org.named('SAP_Sync_Issue__c');
    const all = [...org.store.each(object)].filter((row) => org.canReadRow(user, object, row));
    const text = (row: Row, name: string): string => String(row[org.named(name)] ?? '').toLowerCase();
    const kind = (asked?.kind ?? '').trim().toLowerCase();
    const responsible = (asked?.responsible ?? '').trim().toLowerCase();
    const isFound = searchFor((asked?.search ?? '').slice(0, maxSearch));
    const found = all
      .filter((row) => row[org.named('State__c')] === state && (kind === '' || text(row, 'Kind__c') === kind))
      .filter((row) => responsible === '' || text(row, 'Responsible__c') === responsible)
      .filter((row) => ['Record__c', 'Document__c', 'Name'].some((name) => isFound(text(row, name))))
      .sort((a, b) => newestFirst(text(a, 'Held_At__c'), text(b, 'Held_At__c'), String(a['Id']) < String(b['Id'])));
    const start = page * pageSize;
    return {
      issues: found.slice(start, start + pageSize).map((row) => issueView(context, row)),
      counts: Object.fromEntries(
        states.map((one) => [one, all.filter((row) => row[org.named('State__c')] === one).length]),
      ),
      page,
      hasMore: found.length > start + pageSize && page < maxPage,
    };
  }, empty);
}

/** As typed or as a row shows it: `4523 / 10` is kept as `0000004523/000010`, `0001234 (DEBMAS)` as `DEBMAS 0001234`. */
function searchFor(typed: string): (text: string) => boolean {
  const number = typed.trim().replace(/(\S)\s*\([^()]*\)$/, '$1');
  const pieces = number.toLowerCase().split(/(?<=\/)/);
  const wanted = pieces.map((piece) => piece.replace(/\s*\/$/, '/').trimStart());
  return (text) => {
    let from = 0;
    return wanted.every((piece) => {
      const at = text.indexOf(piece, from);
      from = at + piece.length;
      return at >= 0;
    });
  };
}

/** What has no time stands last; of the same time the later record first. */
function newestFirst(a: string, b: string, isOlderRecord: boolean): number {
  if (a === b) return isOlderRecord ? 1 : -1;
  return a < b ? 1 : -1;
}

/** `SyncIssueController.retry`. */
export const retryIssues = (context: ApexContext, { issueIds }: z.infer<typeof issueParameters.retry>): object =>
  wish(context, issueIds ?? [], 'Retry', null);

/** `SyncIssueController.discard`. */
export const discardIssues = (
  context: ApexContext,
  { issueIds, reason }: z.infer<typeof issueParameters.discard>,
): object => wish(context, issueIds ?? [], 'Discard', reason ?? null);

function wish(context: ApexContext, ids: readonly string[], wanted: string, reason: string | null): object {
  return orProblem<object>(
    () => {
      requireRight(context);
      const why = reason?.trim() ?? '';
      if (wanted === 'Discard' && why === '') throw wrong(context, 'reason', 'Issue_Reason_Missing');
      if (why.length > maxReason) throw wrong(context, 'reason', 'Issue_Too_Long', String(maxReason));
      if (ids.length > maxWishes) throw wrong(context, 'issueIds', 'Issue_Too_Many', String(maxWishes));
      return { results: [...new Set(ids)].map((id) => noted(context, id, wanted, why)) };
    },
    { results: [] },
  );
}

/** Each for itself, in user mode. */
function noted({ org, user, transaction }: ApexContext, id: string, wanted: string, why: string): object {
  const { mark } = transaction;
  try {
    const values = { Wish__c: wanted, Wish_Reason__c: why === '' ? null : why, Wish_By__c: user.name.slice(0, 80) };
    const inOrg = Object.entries(values).map(([name, value]) => [org.named(name), value] as const);
    transaction.update(org.named('SAP_Sync_Issue__c'), id, Object.fromEntries(inOrg));
    return { id, isNoted: true };
  } catch (error) {
    if (!(error instanceof SalesforceError)) throw error;
    transaction.rollbackTo(mark);
    return { id, isNoted: false, reason: error.message };
  }
}

/** `SyncStatusController.load`. */
export function loadStatus(context: ApexContext): object {
  const { org } = context;
  const object = org.named('SAP_Sync_Status__c');
  const systems = [...org.store.each(object)]
    .filter((row) => org.canReadRow(context.user, object, row))
    .map((row) => {
      const value = (name: string): unknown => row[org.named(name)] ?? null;
      return {
        sapSystem: value('SAP_Key__c'),
        canaryAt: instant(value('Canary_At__c')),
        canaryTookMs: value('Canary_Took_Ms__c'),
        waiting: Number(value('Waiting__c') ?? 0),
        held: Number(value('Held__c') ?? 0),
        oldestWaitingAt: instant(value('Oldest_Waiting_At__c')),
        callsToday: Number(value('Calls_Today__c') ?? 0),
        callsBudget: Number(value('Calls_Budget__c') ?? 0),
        refreshesToday: Number(value('Refreshes_Today__c') ?? 0),
        refreshesBudget: Number(value('Refreshes_Budget__c') ?? 0),
        reportedAt: instant(row['LastModifiedDate']),
      };
    })
    .sort((a, b) => (String(a.sapSystem) < String(b.sapSystem) ? -1 : 1));
  return { systems, canManage: canManage(context) };
}
