/** The outbox under force: programs killed and paused, wires cut, the org failing. Counted in the simulators. */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, jest, test } from '@jest/globals';
import { doneOperation, writeIntent } from '../../bench/roles/quick-sap.ts';
import { openJournal } from '../../src/journal/index.ts';
import type { WriteIntent } from '../../src/ports/index.ts';
import { silentLog } from '../../src/telemetry/index.ts';
import { systemClock } from '../../src/timing/index.ts';
import { House } from '../flows/house.ts';
import type { HouseOptions } from '../flows/house.ts';
import { countCalls, readTable, until } from '../flows/stack.ts';
import { startSilentWire } from './silent-wire.ts';
import type { SilentWire } from './silent-wire.ts';

const create = 'Z_GANGWAY_CUSTOMER_CREATE';

/** Whole programs are started and restarted; a busy machine needs patience. */
jest.setTimeout(180_000);

let house: House;
let wire: SilentWire | undefined;
const open = async (options: HouseOptions = {}): Promise<void> => {
  house = await House.open({ ...options, outbox: { writesPerMinute: 60_000, ...options.outbox } });
};
afterEach(async () => {
  await house.close();
  await wire?.close();
  wire = undefined;
});

let serial = 0;

/** Accounts that become customers, in one transaction; none is like another, or SAP would ask whether they are the same. */
function customers(count: number, name = 'Kraftprobe'): readonly string[] {
  const ids: string[] = [];
  house.change((transaction) => {
    for (const last = serial + count; serial < last; serial += 1) {
      const turn = serial;
      ids.push(
        transaction.insert('Account', {
          Name: `${name} ${turn} ${turn * 7_919}`,
          Type: 'Customer - Direct',
          BillingStreet: `Weg ${turn}`,
          BillingPostalCode: String(10_000 + turn * 37),
          BillingCity: `Ort ${turn}`,
          BillingCountry: 'DE',
        }),
      );
    }
  });
  return ids;
}

const inSap = async (name = 'Kraftprobe'): Promise<readonly Record<string, string>[]> =>
  (await readTable(house.sap.url, 'KNA1')).filter((row) => row['NAME1']?.startsWith(name));

/** Each Account has its number, each number one Account, and SAP not one customer more. */
async function expectOneEach(ids: readonly string[], name = 'Kraftprobe'): Promise<void> {
  await until(
    () => Promise.resolve(ids.filter((id) => house.account(id)['SAP_Customer_Number__c'] == null).length),
    (missing) => missing === 0,
  );
  const rows = await inSap(name);
  expect(rows).toHaveLength(ids.length);
  for (const id of ids) {
    const { Name, SAP_Customer_Number__c: number } = house.account(id);
    expect(rows.filter((row) => row['NAME1'] === Name).map((row) => row['KUNNR'])).toEqual([number]);
  }
}

test('the agent is killed again and again while it works: nothing is lost, nothing is doubled', async () => {
  await open();
  const ids = customers(50);
  for (let turn = 0; turn < 5; turn += 1) {
    const before = (await inSap()).length;
    house.startAgent();
    // Killed in the thick of it: some are committed, some are under way, some have not begun.
    await until(inSap, (rows) => rows.length > Math.min(before + 3, ids.length - 1));
    await house.kill();
  }
  house.startAgent();
  await expectOneEach(ids);
});

test('SAP loses answers before and after its commit, and dumps: each request still ends once', async () => {
  await open();
  for (const kind of ['cut-after-commit', 'cut-before-commit', 'short-dump', 'garbage'] as const) {
    house.sap.addFault({ kind, function: create, times: 2, after: 2 });
  }
  house.startAgent();
  await expectOneEach(customers(30));
});

test('the org loses answers of visits before and after its commit, locks rows, ends sessions: nothing is lost', async () => {
  await open();
  house.startAgent();
  const kinds = [
    'lost-after-commit',
    'lost-before-commit',
    'row-locked',
    'session-expired',
    'garbage',
    'unavailable',
  ] as const;
  for (const [turn, kind] of kinds.entries()) {
    house.org.faults.add({ kind, path: '/visit', times: 2, after: turn % 2 });
    const name = `Im Org ${turn}`;
    await expectOneEach(customers(8, name), name);
  }
  expect(house.org.faults.struck()).toEqual(Object.fromEntries(kinds.map((kind) => [kind, 2])));
});

test('the computer clock jumps a day ahead and back: leases, waits and the order of outcomes do not care', async () => {
  await open();
  house.startAgent('agent-1', { preload: fileURLToPath(new URL('jumping-clock.mjs', import.meta.url)) });
  await expectOneEach(customers(1, 'Vorher'), 'Vorher');
  for (const turn of [0, 1, 2, 3]) {
    const name = `Sprung ${turn}`;
    const ids = customers(6, name);
    house.signal('SIGUSR2');
    await expectOneEach(ids, name);
  }
});

test('an agent that is paused longer than its lease writes nothing when it wakes up', async () => {
  await open({ salesforce: { leaseSeconds: 10 } });
  house.startAgent('agent-1');
  await expectOneEach(customers(1, 'Vorher'), 'Vorher');
  house.sap.addFault({ kind: 'slow', function: create, delayMs: 400 });
  const ids = customers(12);
  await until(inSap, (rows) => rows.length > 0);
  house.signal('SIGSTOP', 'agent-1');
  house.startAgent('agent-2');
  await expectOneEach(ids);
  house.sap.clearFaults();
  const calls = await countCalls(house.sap.url, create);
  house.signal('SIGCONT', 'agent-1');
  const later = customers(5, 'Nachher');
  await expectOneEach(later, 'Nachher');
  await expectOneEach(ids);
  expect((await countCalls(house.sap.url, create)) - calls).toBeLessThanOrEqual(later.length + 4);
  expect(
    await until(
      () => Promise.resolve(house.words('agent-1')),
      (words) => /lease|another agent/i.test(words),
    ),
  ).toBeDefined();
});

test('two agents on one org: one works, the other takes over when the first is gone', async () => {
  await open({ salesforce: { leaseSeconds: 10, pollSeconds: 2 } });
  house.startAgent('agent-1');
  await expectOneEach(customers(3, 'Erste'), 'Erste');
  house.startAgent('agent-2');
  await expectOneEach(customers(10, 'Zweite'), 'Zweite');
  await house.kill('agent-1');
  await expectOneEach(customers(10, 'Dritte'), 'Dritte');
});

test('a second process with the same agent id takes over at once, and the first writes no more', async () => {
  await open();
  house.startAgent('agent-1');
  await expectOneEach(customers(3, 'Erste'), 'Erste');
  house.startAgent('agent-1', { name: 'twin' });
  await until(
    () => Promise.resolve(house.words('twin')),
    (words) => words.includes('writes for the org'),
  );
  await expectOneEach(customers(10, 'Zweite'), 'Zweite');
  await until(
    () => Promise.resolve(house.words('agent-1')),
    (words) => words.includes('AGENT_ID_IN_USE'),
  );
});

test('a half-open wire to SAP: what was sent and not answered is looked up, and found', async () => {
  await open({
    sapUrl: async (url) => {
      wire = await startSilentWire(url);
      return wire.url;
    },
  });
  house.startAgent();
  await expectOneEach(customers(1, 'Vorher'), 'Vorher');
  house.sap.addFault({ kind: 'slow', function: create, delayMs: 700, times: 1 });
  const calls = await countCalls(house.sap.url, create);
  const ids = customers(1);
  await until(
    () => countCalls(house.sap.url, create),
    (count) => count > calls,
  );
  wire?.goDeaf();
  await until(inSap, (rows) => rows.length > 0);
  wire?.heal();
  await expectOneEach(ids);
});

test('SAP is away for a while: requests wait with the reason, without a storm, and then go through', async () => {
  await open();
  house.startAgent();
  await expectOneEach(customers(1, 'Vorher'), 'Vorher');
  house.sap.addFault({ kind: 'work-processes-exhausted' });
  const ids = customers(40);
  await until(
    () => Promise.resolve(ids.flatMap((id) => house.requests(id)).map((row) => row['Error_Code__c'])),
    (codes) => codes.includes('SAP_WORK_PROCESSES_EXHAUSTED'),
  );
  const before = await countCalls(house.sap.url, create);
  await new Promise((resolve) => setTimeout(resolve, 3_000));
  // Forty requests wait, and SAP is not asked forty times.
  expect((await countCalls(house.sap.url, create)) - before).toBeLessThan(10);
  expect(ids.flatMap((id) => house.requests(id)).some((row) => row['Status__c'] === 'held')).toBe(false);
  house.sap.clearFaults();
  await expectOneEach(ids);
});

test('a refused logon stops every write at the first try, and nothing is held for it', async () => {
  await open();
  house.startAgent();
  await expectOneEach(customers(1, 'Vorher'), 'Vorher');
  house.sap.addFault({ kind: 'logon-refused' });
  const ids = customers(20);
  await until(
    () => Promise.resolve(ids.flatMap((id) => house.requests(id)).map((row) => row['Error_Code__c'])),
    (codes) => codes.includes('SAP_LOGON_REFUSED'),
  );
  const statuses = new Set(ids.flatMap((id) => house.requests(id)).map((row) => row['Status__c']));
  expect([...statuses].filter((status) => status !== 'sent' && status !== 'ready')).toEqual([]);
  house.sap.clearFaults();
  await house.kill();
  house.startAgent();
  await expectOneEach(ids);
});

test('a full journal begins nothing and loses nothing; with room again, everything goes through', async () => {
  await open({ agent: { journalMaxMb: 1 } });
  await fillJournal(join(house.folder, 'agent-1.sqlite'));
  house.startAgent();
  await until(
    () => Promise.resolve(house.words()),
    (words) => words.includes('writes for the org'),
  );
  const ids = customers(12);
  await until(
    () => Promise.resolve(house.words()),
    (words) => words.includes('JOURNAL_FAILED'),
  );
  expect(await inSap()).toHaveLength(0);
  expect(ids.flatMap((id) => house.requests(id)).map((row) => row['Status__c'])).not.toContain('held');
  await house.kill();
  house.startAgent('agent-1', { journal: 'a-larger-disk' });
  await expectOneEach(ids);
});

/** As months of work fill it: ended entries first, then intents for as long as any leaf of the tree has room for one. */
async function fillJournal(file: string): Promise<void> {
  const parts = { clock: systemClock, log: silentLog };
  const journal = await openJournal({ file, maxBytes: 1024 * 1024 }, parts);
  const isKept = (work: Promise<unknown>): Promise<boolean> =>
    work.then(
      () => true,
      (full: unknown) => {
        expect(full).toMatchObject({ code: 'JOURNAL_FAILED' });
        return false;
      },
    );
  const end = async (intent: WriteIntent): Promise<void> => {
    await journal.begin(intent);
    await journal.record(intent, doneOperation(intent));
  };
  try {
    let last = 0;
    while (await isKept(end(writeIntent(last)))) last += 1;
    // What is refused first is the larger one; a smaller one may still fit, where the intents of the test go, too.
    for (let refusals = 0; refusals < 20; last += 1) {
      const isIn = await isKept(journal.begin({ ...writeIntent(last), content: '{}' }));
      refusals = isIn ? 0 : refusals + 1;
    }
  } finally {
    await journal.close();
  }
}
