/** What the org shows about the flow itself: issues with words and wishes, and one status record per SAP system. */
import { z } from 'zod';
import { externalIdOf } from '../../model/index.ts';
import type { RecordKey, SapSystemId } from '../../model/index.ts';
import type { IssueWish, SyncIssue, SyncStatus } from '../../ports/index.ts';
import { unreadable } from '../exchange.ts';
import type { Part } from './composite-call.ts';
import type { OrgNames } from './org-names.ts';

/** One collection of Salesforce, and one call. */
export const maxIssues = 200;

const states = { held: 'Held', waiting: 'Waiting', solved: 'Solved', discarded: 'Discarded' } as const;

/** In the place of a record's kind: a document that could not be understood. There is nothing of it that could be tried again. */
const documentKind = 'document';

/** Kinds whose ids begin with the customer's number. */
const ofCustomers: ReadonlySet<string> = new Set(['customer', 'sales-area', 'partner']);

/** The issues; then, for those of known customers, the Account: a part of its own, because that Account may not be there. */
export function issueParts(
  issues: readonly SyncIssue[],
  seenWishes: ReadonlySet<string>,
  names: OrgNames,
): readonly Part[] {
  const type = names.own('SAP_Sync_Issue__c');
  const withAccount = issues.flatMap((issue) => {
    const { key } = issue;
    return key !== undefined && ofCustomers.has(key.kind) ? [{ ...issueKey(issue), ...accountOf(key, names) }] : [];
  });
  const parts = [
    upsert(
      type,
      issues.map((issue) => ({ ...issueKey(issue), Name: issue.name, ...issueFields(issue, seenWishes) })),
      names,
    ),
  ];
  if (withAccount.length === 0) return parts;
  return [...parts, upsert(type, withAccount, names)];
}

export function statusPart(status: SyncStatus, names: OrgNames): Part {
  const { system, canaryAt, canaryTookMs, waiting, held, oldestWaitingAt } = status;
  const record = {
    SAP_Key__c: system,
    Name: system,
    Canary_At__c: canaryAt,
    Canary_Took_Ms__c: canaryTookMs,
    Waiting__c: waiting,
    Held__c: held,
    Oldest_Waiting_At__c: oldestWaitingAt,
    Calls_Today__c: status.callsToday,
    Calls_Budget__c: status.callsBudget,
    Refreshes_Today__c: status.refreshesToday,
    Refreshes_Budget__c: status.refreshesBudget,
  };
  return upsert(names.own('SAP_Sync_Status__c'), [record], names);
}

const issueKey = ({ system, name }: SyncIssue) => ({ SAP_Key__c: `${system}:${name}` });

const accountOf = (key: RecordKey, names: OrgNames) => {
  const customer = { ...key, id: key.id.split('/')[0] ?? key.id };
  return { Account__r: { [names.own('SAP_Customer_Key__c')]: externalIdOf(customer) } };
};

function issueFields(issue: SyncIssue, seenWishes: ReadonlySet<string>): Readonly<Record<string, unknown>> {
  const { key, source, state } = issue;
  // A wish that was taken up is gone; one that nobody has seen yet stays for the next look.
  const wish = state !== 'held' || seenWishes.has(issue.name) ? { Wish__c: null } : {};
  return {
    Change__c: issue.name,
    System__c: issue.system,
    Kind__c: key?.kind ?? documentKind,
    Record__c: key?.id ?? null,
    State__c: states[state],
    Code__c: shown(issue.code, 60),
    What_Happened__c: shown(issue.whatHappened),
    Next_Step__c: shown(issue.nextStep),
    Responsible__c: shown(issue.owner, 80),
    Messages__c: shown(issue.messages),
    Document__c: shown(`${source.type} ${source.number}`, 80),
    Document_Time__c: source.createdAt,
    Attempts__c: issue.attempts,
    Held_At__c: issue.heldAt,
    ...wish,
  };
}

/**
 * Words for people, within the field. `@{` would be taken for a reference to another part of the call, and characters that are
 * none would be refused.
 */
const shown = (text: string, length = 32_000): string => {
  const plain = text
    .toWellFormed()
    .replaceAll('@{', '@ {')
    .replace(/(?![\t\n])\p{Cc}/gu, ' ');
  return plain.length <= length ? plain : `${plain.slice(0, length - 1).toWellFormed()}…`;
};

function upsert(type: string, records: readonly Readonly<Record<string, unknown>>[], names: OrgNames): Part {
  const named = records.map((record) => ({
    attributes: { type },
    ...Object.fromEntries(
      Object.entries(record).map(([field, value]) => [field === 'Name' ? field : names.own(field), value]),
    ),
  }));
  return {
    method: 'PATCH',
    path: `composite/sobjects/${type}/${names.own('SAP_Key__c')}`,
    body: JSON.stringify({ allOrNone: false, records: named }),
  };
}

/** Wishes of people who may act, for issues that still wait for it. */
export function wishesQuery(system: SapSystemId, names: OrgNames): string {
  const [change, wish, reason, by] = ['Change__c', 'Wish__c', 'Wish_Reason__c', 'Wish_By__c'].map((name) =>
    names.own(name),
  );
  const open = `${names.own('State__c')} IN ('Held', 'Waiting')`;
  return (
    `SELECT ${change}, ${wish}, ${reason}, ${by} FROM ${names.own('SAP_Sync_Issue__c')} ` +
    `WHERE ${names.own('System__c')} = '${system}' AND ${open} AND ${wish} != null ORDER BY ${change} LIMIT ${maxIssues}`
  );
}

const page = z.object({ records: z.array(z.record(z.string(), z.unknown())).max(2_000) });
const wished = z.object({
  name: z.string().regex(/^S[CD]-\d{1,15}$/),
  wish: z.enum(['Retry', 'Discard']),
  reason: z.string().catch(''),
  by: z.string().catch(''),
});

export function readWishes(body: unknown, names: OrgNames): readonly IssueWish[] {
  const parsed = page.safeParse(body);
  if (!parsed.success) throw unreadable('the wishes');
  return parsed.data.records.flatMap((record) => {
    const get = (name: string): unknown => record[names.own(name)];
    const one = wished.safeParse({
      name: get('Change__c'),
      wish: get('Wish__c'),
      reason: get('Wish_Reason__c'),
      by: get('Wish_By__c'),
    });
    // Somebody has written into the record by other ways than its page.
    if (!one.success) return [];
    return [{ ...one.data, wish: one.data.wish === 'Retry' ? ('retry' as const) : ('discard' as const) }];
  });
}
