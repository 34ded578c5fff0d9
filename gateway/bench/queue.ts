/**
 * What keeping changes costs, as ratios inside this run: `node gateway/bench/queue.ts [--quick]`.
 *
 * - Documents of one change of 1 KB accepted per second with many callers, against raw appends of the same bytes to a file: as many
 *   callers, and one sync for what they bring together, in groups of the same size. Of new records, and of records that have changed
 *   before. What is measured is a burst, as SAP sends it: the queue has until deliveries ask to sort changes in to their records.
 * - The same with sorting in, as where changes never pause: `sustained`. No goal is set for it.
 * - Records sorted in, taken and settled per second, and the memory of it all.
 */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { orderOf, orgId, recordKey, sapSystemId } from '../src/model/index.ts';
import type { ArrivedDocument, RecordChange } from '../src/model/index.ts';
import type { ChangeQueue, Settlement, WaitingRecord } from '../src/ports/index.ts';
import { openChangeQueue } from '../src/queue/index.ts';
import { silentLog } from '../src/telemetry/index.ts';
import { systemClock } from '../src/timing/index.ts';
import { rateOf } from './callers.ts';
import { folderOnDisk, RawAppends } from './roles/raw-appends.ts';
import { pairedRounds } from './rounds.ts';

const isQuick = process.argv.includes('--quick');
const repetitions = isQuick ? 3 : 8;
const documentsPerWindow = isQuick ? 3_000 : 12_000;
/** As many IDocs as SAP's parallel processes and our receivers have under way. */
const callers = 64;
/** Customers that change again and again. */
const knownCustomers = 20_000;

const org = orgId.parse('00D5g000004GANG');
const system = sapSystemId.parse('ERPCLNT100');
const filling = 'x'.repeat(800);
const folder = folderOnDisk('queue');

let serial = 0;
/** A step that visits all customers before it comes back to one, in no order that the file has. */
const scattered = (number: number): number => (number * 7_919) % knownCustomers;

function nextDocument(isKnown: boolean): ArrivedDocument {
  serial += 1;
  const number = String(serial).padStart(16, '0');
  const createdAt = '2026-11-21T10:00:00.000Z';
  const customer = isKnown ? scattered(serial) : knownCustomers + serial;
  const id = String(customer).padStart(10, '0');
  const key = recordKey.parse({ system, kind: 'customer', id });
  const fields = { number: id, name: 'Nordwind Logistik GmbH', 'address.city': 'Hamburg', name2: filling };
  const change: RecordChange = {
    key,
    facet: 'master',
    order: orderOf(createdAt, number),
    fields,
    isRemoved: false,
    parents: [],
  };
  const source = { kind: 'idoc', sender: system, number, type: 'DEBMAS', createdAt } as const;
  return { source, contentHash: number.padStart(64, '0'), changes: [change] };
}

const acceptRate = (queue: ChangeQueue, isKnown: boolean): Promise<number> =>
  rateOf(documentsPerWindow, callers, () => queue.accept([nextDocument(isKnown)]));

/** Any question sorts in what has arrived. */
const sortIn = (queue: ChangeQueue): Promise<unknown> => queue.counts(org, system);

/** Documents per second, with the time it takes to sort them in. */
async function sustainedRate(queue: ChangeQueue, isKnown: boolean): Promise<number> {
  const startedMs = performance.now();
  await acceptRate(queue, isKnown);
  await sortIn(queue);
  return (documentsPerWindow * 1000) / (performance.now() - startedMs);
}

const rawRate = (file: RawAppends, isKnown: boolean): Promise<number> =>
  rateOf(documentsPerWindow, callers, () => file.append(JSON.stringify(nextDocument(isKnown))));

const delivered = ({ key, changes }: WaitingRecord): Settlement => ({
  key,
  positions: changes.map(({ position }) => position),
  ended: 'delivered',
  committedAt: '2026-11-21T10:00:01.000Z',
  recordId: '0015g00000NORD1AAA',
  applied: Object.fromEntries(changes.map(({ facet, order }) => [facet, order])),
  written: 'a'.repeat(64),
});

/** Takes and settles everything that waits, a call of Salesforce at a time. */
async function deliverAll(queue: ChangeQueue): Promise<{ readonly records: number; readonly perSecond: number }> {
  const startedMs = performance.now();
  let records = 0;
  for (;;) {
    const taken = await queue.take(org, system, 1_000);
    if (taken.length === 0) break;
    await queue.settle(org, taken.map(delivered));
    records += taken.length;
  }
  return { records, perSecond: Math.round((records * 1000) / (performance.now() - startedMs)) };
}

async function compare(queue: ChangeQueue, raw: RawAppends, isKnown: boolean): Promise<object> {
  await sustainedRate(queue, isKnown);
  await rawRate(raw, isKnown);
  const burst = async (): Promise<number> => {
    await sortIn(queue);
    return acceptRate(queue, isKnown);
  };
  const yardstick = (): Promise<number> => rawRate(raw, isKnown);
  const rounds = await pairedRounds(repetitions, () => burst(), yardstick);
  await sortIn(queue);
  const sustained = await pairedRounds(repetitions, () => sustainedRate(queue, isKnown), yardstick);
  return { goal: 'ratio >= 0.5', ...rounds, sustained };
}

const megabytes = (): number => Math.round(process.memoryUsage.rss() / 1024 / 1024);

const settings = { file: join(folder, 'changes.sqlite'), maxBytes: 8 * 1024 ** 3, orgsOf: () => [org] };
const queue = await openChangeQueue(settings, { clock: systemClock, log: silentLog });
const raw = await RawAppends.open(join(folder, 'raw'));
try {
  const startMb = megabytes();
  const newRecords = await compare(queue, raw, false);
  const knownRecords = await compare(queue, raw, true);
  const acceptedMb = megabytes();
  const delivery = await deliverAll(queue);
  const memory = { unit: 'MB RSS', atStart: startMb, afterAccepting: acceptedMb, afterDelivering: megabytes() };
  const report = {
    acceptOfNewRecordsAgainstRawAppends: newRecords,
    acceptOfKnownRecordsAgainstRawAppends: knownRecords,
    delivery,
    memory,
  };
  process.stdout.write(`${JSON.stringify(report)}\n`);
} finally {
  await raw.close();
  await queue.close();
  rmSync(folder, { recursive: true });
}
