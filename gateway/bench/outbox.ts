/**
 * How fast the outbox is, and what waiting costs: `node gateway/bench/outbox.ts [--quick]`. Simulated SAP and org in this process,
 * the agent as a program of its own.
 *
 * - From the commit in the org to the number on the Account, at 20 requests a second, with the bell and without.
 * - 100,000 requests waiting while SAP is away: the agent's memory beside an agent with nothing to do, its start, and how
 *   they drain.
 */
import { House } from '../test/flows/house.ts';
import type { HouseOptions } from '../test/flows/house.ts';
import { quantile } from './rounds.ts';
import { residentMegabytes, soon, waitFor } from './roles/agent-process.ts';
import { fillOutbox, orderBroken } from './roles/full-outbox.ts';

const isQuick = process.argv.includes('--quick');
const perSecond = 20;
const seconds = isQuick ? 5 : 30;
const pollSeconds = 5;
const waiting = isQuick ? 10_000 : 100_000;
const drainSeconds = isQuick ? 10 : 40;
const writesPerMinute = 12_000;

const rounded = (value: number): number => Math.round(value * 100) / 100;

/** Seconds from each commit to the number on its Account. */
async function latencies(options: HouseOptions): Promise<readonly number[]> {
  const house = await House.open({ ...options, outbox: { writesPerMinute: 60_000, inHand: 64 } });
  try {
    house.startAgent();
    await waitFor(() => house.words().includes('writes for the org'));
    const committed = new Map<string, number>();
    const measured: number[] = [];
    for (let turn = 0; turn < perSecond * seconds; turn += 1) {
      house.change((transaction) => {
        committed.set(transaction.insert('Account', customer(turn)), performance.now());
      });
      await soon(1000 / perSecond);
      note(house, committed, measured);
    }
    await waitFor(() => note(house, committed, measured) === 0);
    return measured;
  } finally {
    await house.close();
  }
}

const customer = (turn: number) => ({
  Name: `Messung ${turn} ${turn * 7_919}`,
  Type: 'Customer - Direct',
  BillingStreet: `Weg ${turn}`,
  BillingPostalCode: String(10_000 + turn * 37).slice(0, 5),
  BillingCity: `Ort ${turn}`,
  BillingCountry: 'DE',
});

/** Takes the Accounts out that have their number now; returns how many still wait. */
function note(house: House, committed: Map<string, number>, measured: number[]): number {
  for (const [id, atMs] of committed) {
    if (house.account(id)['SAP_Customer_Number__c'] == null) continue;
    measured.push((performance.now() - atMs) / 1000);
    committed.delete(id);
  }
  return committed.size;
}

async function compareBell(): Promise<object> {
  const withBell = await latencies({ salesforce: { pollSeconds: 20 } });
  const polling = await latencies({ salesforce: { bell: false, pollSeconds } });
  const words = (values: readonly number[]) => ({
    p50: rounded(quantile(values, 0.5)),
    p95: rounded(quantile(values, 0.95)),
    max: rounded(Math.max(...values)),
  });
  return {
    goal: `seconds: p95 < 1 with the bell, p95 < ${pollSeconds + 1} when polling each ${pollSeconds}`,
    requests: perSecond * seconds,
    withBell: words(withBell),
    polling: words(polling),
  };
}

async function measureBacklog(): Promise<object> {
  const house = await House.open({ outbox: { writesPerMinute, inHand: 200 }, org: { automaticCreation: false } });
  try {
    const idleMb = await restingMemory(house);
    fillOutbox(house, waiting);
    house.sap.addFault({ kind: 'work-processes-exhausted' });
    const startedMs = performance.now();
    house.startAgent();
    await waitFor(() => house.words().split('writes for the org').length > 2);
    const startSeconds = (performance.now() - startedMs) / 1000;
    await soon(isQuick ? 5_000 : 30_000);
    const waitingMb = await residentMegabytes(house.pid());
    house.sap.clearFaults();
    const drained = await drain(house);
    return {
      goal: 'memory ratio about 1 (flat), start < 2 s, drains at the configured rate, order kept',
      waiting,
      memoryRatio: rounded(waitingMb / idleMb),
      idleMb,
      waitingMb,
      startSeconds: rounded(startSeconds),
      ...drained,
    };
  } finally {
    await house.close();
  }
}

/** What an agent takes that has nothing to do. */
async function restingMemory(house: House): Promise<number> {
  house.startAgent();
  await waitFor(() => house.words().includes('writes for the org'));
  await soon(isQuick ? 3_000 : 20_000);
  const megabytes = await residentMegabytes(house.pid());
  await house.kill('agent-1', 'SIGTERM');
  return megabytes;
}

async function drain(house: House): Promise<object> {
  const done = (): number =>
    house.org.org.store.rows('SAP_Request__c').filter((row) => row['Status__c'] === 'done').length;
  // SAP was away: the first write probes with a wait of its own.
  await waitFor(() => done() > writesPerMinute / 60);
  const [before, fromMs] = [done(), performance.now()];
  await soon(drainSeconds * 1000);
  const perMinute = ((done() - before) / (performance.now() - fromMs)) * 60_000;
  return { rateAgainstConfigured: rounded(perMinute / writesPerMinute), outOfOrder: orderBroken(house) };
}

const report = { fromCommitToNumber: await compareBell(), backlogWhileSapIsAway: await measureBacklog() };
process.stdout.write(`${JSON.stringify(report)}\n`);
