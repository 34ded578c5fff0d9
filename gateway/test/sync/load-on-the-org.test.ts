/** How many calls deliveries take, and how long a change waits: at a steady rate, in a backlog, with failures. */
import { describe, expect, test } from '@jest/globals';
import { GatewayError } from '../../src/errors/index.ts';
import type { RecordKind } from '../../src/model/index.ts';
import { chance } from '../protocol/chance.ts';
import { Bench, change, customer, key } from './fakes/bench.ts';

const perSecond = 100;

/** 30 seconds of changes at irregular intervals; seconds from each arrival to its commit, in order of size. */
async function steady(
  bench: Bench,
  seed: number,
): Promise<{ readonly waits: readonly number[]; readonly calls: number }> {
  const random = chance(seed);
  const arrivedMs = new Map<string, number>();
  const waits: number[] = [];
  const { settle } = bench.queue;
  bench.queue.settle = async (org, settlements) => {
    for (const settlement of settlements) {
      const atMs = arrivedMs.get(settlement.key.id);
      if (settlement.ended === 'delivered' && atMs !== undefined) waits.push((bench.clock.now() - atMs) / 1000);
    }
    await settle.call(bench.queue, org, settlements);
  };
  const sync = bench.start();
  await bench.clock.pass(2_000);
  for (let turn = 0; turn < perSecond * 30; turn += 1) {
    const of = customer(turn + 1);
    arrivedMs.set(of.id, bench.clock.now());
    await bench.arrive(change(of, { name: `Name ${turn}` }, { at: turn }));
    // Exponential gaps: bursts and pauses, as changes really come.
    await bench.clock.pass(Math.round((-Math.log(1 - random()) * 1000) / perSecond));
  }
  await bench.clock.pass(20_000);
  await bench.stop(sync);
  expect(waits).toHaveLength(perSecond * 30);
  return { waits: waits.toSorted((one, other) => one - other), calls: bench.sink.calls.length };
}

const p95 = (sorted: readonly number[]): number => sorted[Math.floor(sorted.length * 0.95)] ?? Number.NaN;

describe('at 100 changes a second', () => {
  test.each([1, 2, 3])(
    '95 of 100 are there within a second, with 20 calls per 1,000 changes (seed %i)',
    async (seed) => {
      const bench = new Bench();
      bench.sink.tookMs = 80;
      const { waits, calls } = await steady(bench, seed);
      expect(p95(waits)).toBeLessThan(1);
      expect(calls / 3).toBeLessThanOrEqual(20);
    },
    60_000,
  );

  test.each([1, 2, 3])(
    '95 of 100 are there within two seconds when one call in ten fails (seed %i)',
    async (seed) => {
      const bench = new Bench();
      bench.sink.tookMs = 80;
      const random = chance(seed + 100);
      bench.sink.failCall = () => {
        if (random() < 0.1) throw new GatewayError(random() < 0.5 ? 'SALESFORCE_UNREACHABLE' : 'SALESFORCE_FAILED');
      };
      expect(p95((await steady(bench, seed)).waits)).toBeLessThan(2);
    },
    60_000,
  );
});

describe('a backlog', () => {
  const kinds: readonly RecordKind[] = [
    'product',
    'customer',
    'sales-area',
    'order',
    'order-item',
    'invoice',
    'contact',
  ];

  test.each([
    { records: 200, of: 1 },
    { records: 1_000, of: 5 },
    { records: 4_900, of: 7 },
    { records: 3_333, of: 3 },
    { records: 20_000, of: 7 },
  ])(
    'of $records records of $of kinds takes at most 1.2 times the calls that are possible',
    async ({ records, of }) => {
      const bench = new Bench();
      bench.sink.tookMs = 50;
      const changes = Array.from({ length: records }, (_, index) => {
        const kind = kinds[index % of] ?? 'customer';
        return change(key(kind, `K${index}`), { name: 'A' });
      });
      for (let at = 0; at < records; at += 5_000) await bench.arrive(...changes.slice(at, at + 5_000));
      const sync = bench.start({ settings: { bulkAbove: 1_000_000 } });
      await bench.clock.pass(30_000);
      await bench.stop(sync);
      expect(bench.sink.stored.size).toBe(records);
      const collections = of * Math.ceil(records / of / 200);
      expect(bench.written.length).toBeLessThanOrEqual(Math.ceil(collections / 5) * 1.2);
    },
  );

  test('does not wait for the window', async () => {
    const bench = new Bench();
    const changes = Array.from({ length: 3_000 }, (_, index) => change(customer(index + 1), { name: 'A' }));
    await bench.arrive(...changes);
    const sync = bench.start({ settings: { batchMs: 60_000 } });
    await bench.clock.pass(1_000);
    expect(bench.written).toEqual([1_000, 1_000, 1_000]);
    await bench.stop(sync);
  });
});

describe('calls at once', () => {
  test('are two when the first one hangs, and never of a record and its parent', async () => {
    const bench = new Bench();
    const hanging = Promise.withResolvers<void>();
    bench.sink.gate = async (records) => {
      if (records.some(({ key: { id } }) => id === customer(1).id)) await hanging.promise;
    };
    const sync = bench.start();
    await bench.clock.pass(1_000);
    await bench.arrive(change(customer(1), { name: 'A' }));
    await bench.clock.pass(1_000);
    const order = key('order', '0000000001');
    await bench.arrive(
      change(order, { customer: customer(1).id }, { parents: [customer(1)] }),
      change(customer(2), { name: 'B' }),
    );
    await bench.clock.pass(2_000);
    expect(bench.value(customer(2), 'name')).toBe('B');
    expect(bench.value(order, 'customer')).toBeUndefined();
    expect(bench.sink.mostUnderWay).toBe(2);
    hanging.resolve();
    await bench.clock.pass(1_000);
    expect(bench.value(order, 'customer')).toBe(customer(1).id);
    expect(await bench.queue.held(10)).toEqual([]);
    await bench.stop(sync);
  });
});
