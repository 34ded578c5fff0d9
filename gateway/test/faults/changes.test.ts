/** Changes of SAP under force: programs killed while SAP sends, SAP's own faults, the org failing. What SAP says is in the org at the end. */
import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, jest, test } from '@jest/globals';
import { House } from '../flows/house.ts';
import type { HouseOptions } from '../flows/house.ts';
import { accountOf, agree, arrived, burst, edit, listens, resend, rows, sent } from '../flows/changes-world.ts';
import { until } from '../flows/stack.ts';

/** Whole programs are started and restarted; a busy machine needs patience. */
jest.setTimeout(180_000);

const customers = ['0000104711', '0000104712', '0000104713', '0000104716', '0000104720'];
const blocks = ['AUFSD', 'LIFSD', 'FAKSD'] as const;

let house: House;
/** A customer's changes are IDocs of type DEBMAS, and of no other here; what the pack is asked for has tests of its own. */
const open = async (options: HouseOptions = {}): Promise<void> => {
  house = await House.open({ changes: { messageTypes: { ADRMAS: { active: false } } }, ...options });
};
afterEach(() => house.close());

let turn = 0;
/** Somebody sets and takes back blocks, now of this customer, now of that one; each change is an IDoc of its own. */
async function work(count: number): Promise<void> {
  for (const last = turn + count; turn < last; turn += 1) {
    const field = blocks[turn % blocks.length] ?? 'AUFSD';
    await edit(house, 'KNA1', { KUNNR: customers[turn % customers.length] }, { [field]: turn % 4 === 0 ? '' : '01' });
    house.sap.idocs?.ale.run();
  }
}

const taken = (): number => sent(house).filter(({ status }) => status === '03').length;
const idocFault = (kind: string, times: number, more: object = {}): void =>
  void house.sap.idocs?.ale.faults.add({ kind, times, ...more } as never);

/** No fault any more, and SAP sends again whatever it believes was not taken. */
async function quiet(): Promise<void> {
  const answer = await fetch(`${house.sap.url}/simulator/idocs/faults`, { method: 'DELETE' });
  expect(answer.ok).toBe(true);
  house.org.faults.clear();
  await resend(house);
}

test('killed again and again while SAP sends and one call in ten fails: the org says what SAP says', async () => {
  await open();
  house.org.faults.add({ kind: 'server-error', path: '/composite', every: 10 });
  house.org.faults.add({ kind: 'cut-answer', path: '/composite', every: 13 });
  house.org.faults.add({ kind: 'record-locked', chance: 0.1 });
  for (const kind of ['duplicate', 'out-of-order', 'lost-answer', 'truncated-body', 'cut-connection'])
    idocFault(kind, 5, { after: 7 });
  for (let round = 0; round < 3; round += 1) {
    const before = taken();
    house.startAgent();
    await listens(house);
    if (round === 2) house.org.expireSessions();
    await work(30);
    await burst(house, customers[round] ?? '', 40);
    // In the thick of it: some are kept, some are on their way, some have not been sent.
    await until(
      () => Promise.resolve(taken()),
      (count) => count > before + 20,
    );
    await house.kill();
  }
  await quiet();
  house.startAgent();
  await agree(house, customers);
  await until(
    () => Promise.resolve(sent(house).filter(({ status }) => status !== '03').length),
    (count) => count === 0,
  );
  const { output } = await house.gangway('queue', 'list', '--changes');
  // Ship-to parties of Nordwind that Salesforce does not know wait for them, and nothing else does.
  const held = output.split('\n').filter((line) => line.startsWith('SC-'));
  expect(held.filter((line) => !line.includes('held  partner 104711/'))).toEqual([]);
  expect(output.split('Waits for customer 104724')).toHaveLength(held.length + 1);
  expect(output).toContain('refused documents 0');
  const { code, output: trace } = await house.gangway('trace', '104711', '--limit', '1000');
  expect(code).toBe(0);
  expect(trace).toContain(`${String(accountOf(house, '0000104711')['SAP_Document__c'])} of ERPCLNT100`);
});

test('what is sent under another client or partner is listed with words, here and in the org, until it comes right', async () => {
  await open();
  house.startAgent();
  await listens(house);
  idocFault('foreign-client', 1);
  await edit(house, 'KNA1', { KUNNR: '0000104711' }, { AUFSD: '01' });
  house.sap.idocs?.ale.run();
  const issues = () => rows(house, 'SAP_Sync_Issue__c');
  const [issue] = await until(
    () => Promise.resolve(issues()),
    (list) => list.length === 1,
  );
  expect(issue).toMatchObject({
    Kind__c: 'document',
    State__c: 'Held',
    Code__c: 'IDOC_CLIENT_WRONG',
    Responsible__c: 'sap-basis',
  });
  const name = String(issue?.['Name']);
  const { output } = await house.gangway('queue', 'list', '--changes');
  expect(output).toContain(`${name}  refused  DEBMAS`);
  expect(output).toContain('comes from SAP client 999; this agent serves client 100. (IDOC_CLIENT_WRONG)');
  expect(accountOf(house, '0000104711')['SAP_Order_Block__c'] ?? null).toBeNull();
  await resend(
    house,
    sent(house).map(({ number }) => number),
  );
  await agree(house, ['0000104711']);
  await arrived(() => issues()[0], { State__c: 'Solved' });
});

test('the org is away, then takes no more calls, then ends the session: everything arrives when it is back', async () => {
  await open();
  house.org.faults.add({ kind: 'unavailable', path: '/composite', times: 4 });
  house.org.faults.add({ kind: 'lost-after-commit', path: '/composite', times: 2, after: 4 });
  house.startAgent();
  await listens(house);
  await work(15);
  await agree(house, customers);
  house.org.faults.add({ kind: 'limit-reached', path: '/composite' });
  await work(10);
  await until(
    () => Promise.resolve(house.words()),
    (words) => words.includes('SALESFORCE_LIMIT_REACHED'),
  );
  house.org.faults.clear();
  house.org.expireSessions();
  // An operator need not wait for the next attempt.
  house.signal('SIGHUP');
  await agree(house, customers);
});

test('new Accounts that find no storage arrive when there is some, and hold up nothing else', async () => {
  await open();
  house.org.faults.add({ kind: 'storage-full', object: 'Account' });
  house.startAgent();
  await listens(house);
  const number = '0000104790';
  const customer = { NAME1: 'Lagerraum KG', LAND1: 'DE', KTOKD: '0001', ORT01: 'Kiel' };
  await edit(house, 'KNA1', { KUNNR: number }, customer);
  await work(5);
  await agree(house, customers);
  expect(accountOf(house, number)).toEqual({});
  house.org.faults.clear();
  // Something newer of the record does not wait for the next attempt.
  await edit(house, 'KNA1', { KUNNR: number }, { AUFSD: '01' });
  await agree(house, [number, ...customers]);
});

test('files that are dropped while the agent is killed are each read, and change nothing twice', async () => {
  await open();
  const files = join(house.folder, 'idocs');
  mkdirSync(join(files, 'done'), { recursive: true });
  house.sap.idocs?.ale.configure({ ports: { GANGWAY: { kind: 'file', folder: files } } });
  const fromFolder = { folder: { path: files, pollSeconds: 1, settledSeconds: 0 } };
  house.settle({ sap: { idocs: fromFolder } });
  idocFault('duplicate', 5, { after: 3 });
  for (const part of [1, 2, 3]) {
    house.startAgent();
    await work(20);
    await until(
      () => Promise.resolve(readdirSync(join(files, 'done')).length),
      (count) => count >= part * 10,
    );
    await house.kill();
  }
  house.startAgent();
  await agree(house, customers);
  await until(
    () => Promise.resolve(readdirSync(files).filter((name) => name.startsWith('O_'))),
    (left) => left.length === 0,
  );
  expect(readdirSync(join(files, 'failed'))).toEqual([]);
});
