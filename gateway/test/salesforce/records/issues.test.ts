/** Issues, status and wishes: one call each, with names of the package. */
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { SyncIssue, SyncStatus } from '../../../src/ports/index.ts';
import type { OpenOrg } from '../../../src/salesforce/index.ts';
import { createLog } from '../../../src/telemetry/index.ts';
import { field, lookup, shapeOrg, text } from './org-shape.ts';
import { customer, key, openSink, soon, system } from './records.ts';
import { StrictOrg } from './strict-org.ts';

const namespace = 'gway';
let org: StrictOrg;
let open: OpenOrg;
beforeEach(async () => {
  org = await StrictOrg.start();
  const { own } = shapeOrg(org, namespace);
  const texts = [
    'Change__c',
    'System__c',
    'Kind__c',
    'Record__c',
    'State__c',
    'Code__c',
    'What_Happened__c',
    'Next_Step__c',
  ];
  const more = [
    'Responsible__c',
    'Messages__c',
    'Document__c',
    'Wish__c',
    'Wish_Reason__c',
    'Wish_By__c',
    'SAP_Key__c',
  ];
  const issue = [...texts, ...more].map((name) => text(own(name)));
  const times = [
    field(own('Document_Time__c'), 'datetime'),
    field(own('Held_At__c'), 'datetime'),
    field(own('Attempts__c'), 'double'),
  ];
  const account = lookup(own('Account__c'), 'Account', own('Account__r'));
  org.objects.set(own('SAP_Sync_Issue__c'), {
    name: own('SAP_Sync_Issue__c'),
    fields: [text('Name'), ...issue, ...times, account],
  });
  const numbers = [
    'Canary_Took_Ms__c',
    'Waiting__c',
    'Held__c',
    'Calls_Today__c',
    'Calls_Budget__c',
    'Refreshes_Today__c',
    'Refreshes_Budget__c',
  ];
  const status = ['SAP_Key__c', 'Canary_At__c', 'Oldest_Waiting_At__c', ...numbers].map((name) => text(own(name)));
  org.objects.set(own('SAP_Sync_Status__c'), { name: own('SAP_Sync_Status__c'), fields: [text('Name'), ...status] });
  open = openSink(org, { namespace });
});
afterEach(async () => {
  await open.close();
  await org.close();
});

const issueOf = (name: string, more: Partial<SyncIssue> = {}): SyncIssue => ({
  name,
  system,
  key: key('customer', '0000104711'),
  state: 'held',
  code: 'SALESFORCE_RULE_REFUSED',
  whatHappened: 'A rule refused it.',
  nextStep: 'Change the rule.',
  owner: 'salesforce-admin',
  messages: 'Phone is missing',
  source: {
    kind: 'idoc',
    sender: system,
    number: '0000000000001234',
    type: 'DEBMAS',
    createdAt: '2026-11-21T10:15:00Z',
  },
  attempts: 3,
  heldAt: '2026-11-21T10:16:00Z',
  ...more,
});
const status: SyncStatus = {
  system,
  canaryAt: '2026-11-21T10:15:00Z',
  canaryTookMs: 812,
  waiting: 4,
  held: 1,
  oldestWaitingAt: null,
  callsToday: 120,
  callsBudget: 5_000,
  refreshesToday: 7,
  refreshesBudget: 500,
};

test('a document that could not be understood is shown without a record, and may be discarded', async () => {
  const { own } = shapeOrg(org, namespace);
  await open.sink.report([issueOf('SD-000007', { key: undefined })], undefined, soon());
  const row = org.row(own('SAP_Sync_Issue__c'), `${system}:SD-000007`);
  expect(row).toMatchObject({ Name: 'SD-000007', [own('System__c')]: system, [own('Kind__c')]: 'document' });
  expect([row?.[own('Record__c')] ?? null, row?.[own('Account__c')] ?? null]).toEqual([null, null]);
});

test('issues and status are one call', async () => {
  await open.sink.write([customer('0000104711')], undefined, soon());
  const before = org.composites.length;
  expect(await open.sink.report([issueOf('SC-000001')], status, soon())).toEqual({ calls: 1 });
  expect(org.composites.length - before).toBe(1);
  expect(org.row('gway__SAP_Sync_Issue__c', 'ERPCLNT100:SC-000001')).toMatchObject({
    Name: 'SC-000001',
    gway__Change__c: 'SC-000001',
    gway__System__c: 'ERPCLNT100',
    gway__Kind__c: 'customer',
    gway__Record__c: '0000104711',
    gway__State__c: 'Held',
    gway__Code__c: 'SALESFORCE_RULE_REFUSED',
    gway__Responsible__c: 'salesforce-admin',
    gway__Document__c: 'DEBMAS 0000000000001234',
    gway__Attempts__c: 3,
    gway__Account__r: { gway__SAP_Customer_Key__c: 'ERPCLNT100:0000104711' },
  });
  expect(org.row('gway__SAP_Sync_Status__c', 'ERPCLNT100')).toMatchObject({
    gway__Canary_Took_Ms__c: 812,
    gway__Oldest_Waiting_At__c: null,
    gway__Calls_Budget__c: 5_000,
  });
});

test('an issue of a customer that is not in the org is shown without Account, and no log tells of it', async () => {
  const lines: string[] = [];
  const log = createLog('test', { level: 'warn' }, { write: (line: string) => void lines.push(line) });
  await open.close();
  open = openSink(org, { namespace }, { log });
  await open.sink.report([issueOf('SC-000001'), issueOf('SC-000002', { key: key('order', '1') })], undefined, soon());
  const row = org.row('gway__SAP_Sync_Issue__c', 'ERPCLNT100:SC-000001');
  expect(row).toMatchObject({ gway__State__c: 'Held' });
  expect(row).not.toHaveProperty('gway__Account__r');
  expect(lines).toEqual([]);
});

test('words fit into their fields, whatever they are', async () => {
  const messages = `@{part0.id}\u0000 ${'🚢'.repeat(40_000)}`;
  await open.sink.report([issueOf('SC-000001', { messages })], undefined, soon());
  const shown = String(org.row('gway__SAP_Sync_Issue__c', 'ERPCLNT100:SC-000001')?.['gway__Messages__c']);
  expect(shown).toMatch(/^@ \{part0\.id\} {2}🚢/u);
  expect(shown.length).toBeLessThanOrEqual(32_000);
  expect(shown.isWellFormed()).toBe(true);
});

test('wishes of people come with their words, and are taken off once they are answered', async () => {
  await open.sink.report([issueOf('SC-000001'), issueOf('SC-000002')], undefined, soon());
  const wish = (name: string, cells: object): void =>
    void Object.assign(org.row('gway__SAP_Sync_Issue__c', `ERPCLNT100:${name}`) ?? {}, cells);
  wish('SC-000001', { gway__Wish__c: 'Retry', gway__Wish_By__c: 'Ada' });
  wish('SC-000002', { gway__Wish__c: 'Explode' });
  expect(await open.sink.wishes(system, soon())).toEqual([{ name: 'SC-000001', wish: 'retry', reason: '', by: 'Ada' }]);
  wish('SC-000002', { gway__Wish__c: 'Discard', gway__Wish_Reason__c: 'Old', gway__Wish_By__c: 'Bo' });
  // Still held: the wish of the first was seen, that of the second not yet.
  await open.sink.report([issueOf('SC-000001'), issueOf('SC-000002')], undefined, soon());
  expect(await open.sink.wishes(system, soon())).toEqual([
    { name: 'SC-000002', wish: 'discard', reason: 'Old', by: 'Bo' },
  ]);
  await open.sink.report([issueOf('SC-000002', { state: 'discarded' })], undefined, soon());
  expect(org.row('gway__SAP_Sync_Issue__c', 'ERPCLNT100:SC-000002')).toMatchObject({
    gway__State__c: 'Discarded',
    gway__Wish__c: null,
  });
});

test('the question for wishes names system, states and nothing that SOQL could take amiss', async () => {
  await open.sink.wishes(system, soon());
  const asked = decodeURIComponent(org.fake.calls.at(-1)?.path ?? '');
  expect(asked).toContain(
    "WHERE gway__System__c = 'ERPCLNT100' AND gway__State__c IN ('Held', 'Waiting') AND gway__Wish__c != null",
  );
});

test('a package without the objects is an error in words', async () => {
  org.objects.delete('gway__SAP_Sync_Issue__c');
  await expect(open.sink.report([issueOf('SC-000001')], undefined, soon())).rejects.toMatchObject({
    code: 'SALESFORCE_MAPPING_INVALID',
    context: { salesforceCode: 'NOT_FOUND' },
  });
});

test('nothing to report is no call', async () => {
  expect(await open.sink.report([], undefined, soon())).toEqual({ calls: 0 });
  expect(org.fake.calls).toEqual([]);
});
