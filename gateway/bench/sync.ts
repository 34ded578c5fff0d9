/**
 * What deliveries cost and how long they take, with a queue on disk and a simulated org on loopback:
 * `node gateway/bench/sync.ts [--quick]`.
 *
 * - At 100 changes a second: seconds from arrival to commit, and API calls per 1,000 changes; the same when one call in ten fails.
 * - With a backlog: API calls against a loop that makes the fewest possible, and its time against the same loop's.
 */
import { recordKindsInOrder } from '../src/model/index.ts';
import type { RecordWrite } from '../src/ports/index.ts';
import type { SyncMeasure } from '../src/sync/index.ts';
import { Deadline, systemClock } from '../src/timing/index.ts';
import { soon, waitFor } from './roles/agent-process.ts';
import { quantile } from './rounds.ts';
import { nextDocument } from './sync/changes.ts';
import { Place } from './sync/place.ts';

const isQuick = process.argv.includes('--quick');
const perSecond = 100;
const seconds = isQuick ? 10 : 30;
const backlogs = isQuick ? [200, 1_000] : [200, 1_000, 2_000, 5_000];

const rounded = (value: number): number => Math.round(value * 1000) / 1000;

/** Collects what the bench asks about. */
function measuring(): { readonly measure: SyncMeasure; readonly waits: number[] } {
  const waits: number[] = [];
  const nothing = (): void => undefined;
  const measure: SyncMeasure = {
    ...{ ended: nothing, called: nothing, failed: nothing, queue: nothing, left: nothing, canaryAge: nothing },
    committed: (_fromSap, fromArrival) => void waits.push(fromArrival),
  };
  return { measure, waits };
}

async function inPlace<Result>(work: (place: Place) => Promise<Result>): Promise<Result> {
  const place = await Place.create();
  try {
    // Rules and mappings of the org are read once in five minutes, and the session begins with the first call.
    await place.open.sink.wantedKinds(Deadline.in(systemClock, 30_000));
    return await work(place);
  } finally {
    await place.close();
  }
}

const steady = (failing: number): Promise<object> =>
  inPlace(async (place) => {
    const { measure, waits } = measuring();
    if (failing > 0) place.simulator.faults.add({ kind: 'server-error', path: '/composite', chance: failing });
    const before = place.calls;
    const sync = place.deliver(measure);
    const changes = perSecond * seconds;
    const startedMs = performance.now();
    for (let number = 0; number < changes; number += 1) {
      const lateMs = startedMs + (number * 1000) / perSecond - performance.now();
      if (lateMs > 0) await soon(lateMs);
      void place.queue.accept([nextDocument(number)]);
    }
    await waitFor(() => waits.length >= changes);
    const calls = place.calls - before;
    await sync.stop(Deadline.in(systemClock, 10_000));
    return {
      changes: waits.length,
      p50: rounded(quantile(waits, 0.5)),
      p95: rounded(quantile(waits, 0.95)),
      max: rounded(Math.max(...waits)),
      callsPer1000Changes: rounded((calls * 1000) / changes),
    };
  });

interface Cost {
  readonly calls: number;
  readonly seconds: number;
}

async function costOf(place: Place, work: () => Promise<void>): Promise<Cost> {
  const [before, startedMs] = [place.calls, performance.now()];
  await work();
  return { calls: place.calls - before, seconds: (performance.now() - startedMs) / 1000 };
}

async function fill(place: Place, records: number): Promise<void> {
  for (let from = 0; from < records; from += 500) {
    const numbers = Array.from({ length: Math.min(500, records - from) }, (_, index) => from + index);
    await place.queue.accept(numbers.map(nextDocument));
  }
}

/** The fewest calls that are possible: everything is known before, sorted, and every call is as full as it can be. */
async function minimalLoop(place: Place, records: number): Promise<void> {
  const { sink } = place.open;
  const writes = Array.from({ length: records }, (_, number): RecordWrite => {
    const { source, changes } = nextDocument(number);
    const [change] = changes;
    if (change === undefined) throw new Error(`No change in ${source.number}`);
    const { key, fields, order, isRemoved } = change;
    return { key, fields, facets: { master: order }, isRemoved, source };
  });
  const kinds = recordKindsInOrder.map((kind) => writes.filter(({ key }) => key.kind === kind));
  const rows = sink.maxRecords / 5;
  const collections = kinds.flatMap((those) =>
    Array.from({ length: Math.ceil(those.length / rows) }, (_, at) => those.slice(at * rows, (at + 1) * rows)),
  );
  for (let at = 0; at < collections.length; at += 5)
    await sink.write(collections.slice(at, at + 5).flat(), undefined, Deadline.in(systemClock, 60_000));
}

async function backlog(records: number): Promise<object> {
  const ours = await inPlace(async (place) => {
    await fill(place, records);
    const { measure, waits } = measuring();
    return costOf(place, async () => {
      const sync = place.deliver(measure);
      await waitFor(() => waits.length >= records);
      await sync.stop(Deadline.in(systemClock, 10_000));
    });
  });
  const fewest = await inPlace((place) => costOf(place, () => minimalLoop(place, records)));
  return {
    records,
    calls: ours.calls,
    fewestCalls: fewest.calls,
    callsRatio: rounded(ours.calls / fewest.calls),
    secondsRatio: rounded(ours.seconds / fewest.seconds),
  };
}

const [all, failing] = [await steady(0), await steady(0.1)];
const drained: object[] = [];
for (const records of backlogs) drained.push(await backlog(records));
const report = {
  steady: { goal: 'p95 < 1 s, at most 20 calls per 1,000 changes', ...all },
  steadyOneCallInTenFails: { goal: 'p95 < 2 s', ...failing },
  backlog: { goal: 'calls at most 1.2 of the fewest possible', drained },
};
process.stdout.write(`${JSON.stringify(report)}\n`);
