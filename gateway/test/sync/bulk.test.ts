/** Very many records go by Bulk API, kind by kind; what it does not settle stays in the queue. */
import { describe, expect, test } from '@jest/globals';
import { GatewayError } from '../../src/errors/index.ts';
import type { RecordWrite } from '../../src/ports/index.ts';
import { Bench, change, customer, key } from './fakes/bench.ts';

const settings = { bulkAbove: 2_000, canarySeconds: 1_000_000 };

async function fill(bench: Bench, customers: number): Promise<void> {
  for (let from = 0; from < customers; from += 1_000) {
    const numbers = Array.from({ length: Math.min(1_000, customers - from) }, (_, index) => from + index + 1);
    await bench.arrive(
      ...numbers.map((number) =>
        change(
          key('sales-area', `${customer(number).id}/1000/10/00`),
          { customer: customer(number).id },
          {
            parents: [customer(number)],
          },
        ),
      ),
      ...numbers.map((number) => change(customer(number), { name: `Name ${number}` })),
    );
  }
}

describe('a backlog beyond the limit', () => {
  test('is loaded with parents first, in rounds, and the rest by calls', async () => {
    const bench = new Bench();
    await fill(bench, 30_000);
    const sync = bench.start({ settings });
    await bench.clock.pass(60_000);
    await bench.stop(sync);
    expect(bench.sink.stored.size).toBe(60_000);
    expect(bench.sink.loads.length).toBeLessThanOrEqual(8);
    const kinds = bench.sink.loads.map(({ kind }) => kind);
    expect(kinds.slice(0, 2)).toEqual(['customer', 'sales-area']);
    expect(await bench.queue.held(10)).toEqual([]);
    // Some calls for the kinds of which a round had few.
    expect(bench.sink.calls.length).toBeLessThan(20);
  }, 60_000);

  test('is no job where the day has fewer calls left than one takes', async () => {
    const bench = new Bench();
    await fill(bench, 3_000);
    const sync = bench.start({ settings: { ...settings, dailyApiCalls: 9 } });
    await bench.clock.pass(60_000);
    expect(bench.sink.loads).toEqual([]);
    expect(sync.state.callsToday).toBeGreaterThan(0);
    expect(sync.state.callsToday).toBeLessThanOrEqual(9);
    await bench.stop(sync);
  }, 60_000);

  test('is no job before its calls are kept, so that a process that dies meanwhile has not forgotten them', async () => {
    const bench = new Bench();
    await fill(bench, 3_000);
    const { queue, sink } = bench;
    const kept: string[] = [];
    const { promise: disk, resolve: keep } = Promise.withResolvers<void>();
    const { remember } = queue;
    queue.remember = async (checkpoint) => {
      await disk;
      kept.push(checkpoint.value);
      await remember.call(queue, checkpoint);
    };
    const keptBefore: string[] = [];
    const { load } = sink;
    sink.load = (kind, records) => {
      keptBefore.push(kept.findLast((value) => value.includes('calls')) ?? 'nothing');
      return load.call(sink, kind, records);
    };
    const sync = bench.start({ settings });
    await bench.clock.pass(60_000);
    expect(keptBefore).toEqual([]);
    keep();
    await bench.clock.pass(60_000);
    expect(keptBefore.map((value) => JSON.parse(value).calls >= 10)).toEqual([true, true]);
    await bench.stop(sync);
  }, 60_000);

  test('goes on where it stopped when a job breaks off in the middle', async () => {
    const bench = new Bench();
    await fill(bench, 3_000);
    const { load } = bench.sink;
    let broken = 0;
    bench.sink.load = async function* (kind, records) {
      let count = 0;
      for await (const outcome of load.call(bench.sink, kind, records)) {
        count += 1;
        if (count === 1_201 && (broken += 1) <= 1) throw new GatewayError('SALESFORCE_UNREACHABLE');
        yield outcome;
      }
    };
    const sync = bench.start({ settings });
    await bench.clock.pass(120_000);
    await bench.stop(sync);
    expect(broken).toBeGreaterThanOrEqual(1);
    expect(bench.sink.stored.size).toBe(6_000);
    expect(bench.queue.ended.filter(({ how }) => how === 'delivered').length).toBeGreaterThanOrEqual(6_000);
  });

  test('has outcomes of its own: one refused record is held, the others are there', async () => {
    const bench = new Bench();
    bench.sink.refuse = ({ key: { id, kind } }) =>
      kind === 'customer' && id === customer(77).id
        ? {
            ended: 'failed',
            error: new GatewayError('SALESFORCE_VALUE_REFUSED', { field: 'Name', message: 'too long' }),
          }
        : undefined;
    await fill(bench, 2_000);
    const sync = bench.start({ settings });
    await bench.clock.pass(60_000);
    await bench.stop(sync);
    expect(bench.sink.stored.size).toBe(3_998);
    expect((await bench.queue.held(10)).map(({ problem }) => problem.code).toSorted()).toEqual([
      'CHANGE_PARENT_MISSING',
      'SALESFORCE_VALUE_REFUSED',
    ]);
  });

  test('is not held up for ever by a record that makes whole jobs and calls fail: only that one is held', async () => {
    const bench = new Bench();
    const isPoison = ({ key: { id, kind } }: RecordWrite): boolean => kind === 'customer' && id === customer(77).id;
    const { load, write } = bench.sink;
    bench.sink.load = async function* (kind, records) {
      const all: RecordWrite[] = [];
      for await (const record of records) all.push(record);
      if (all.some(isPoison)) throw new TypeError('a record nobody can write');
      yield* load.call(
        bench.sink,
        kind,
        (async function* () {
          yield* all;
        })(),
      );
    };
    bench.sink.write = (records, refresh) =>
      records.some(isPoison)
        ? Promise.reject(new TypeError('a record nobody can write'))
        : write.call(bench.sink, records, refresh);
    await fill(bench, 2_000);
    const sync = bench.start({ settings: { ...settings, bulkAbove: 400 } });
    await bench.clock.pass(1_200_000);
    await bench.stop(sync);
    expect(bench.sink.stored.size).toBe(3_998);
    expect((await bench.queue.held(10)).map(({ key: { kind } }) => kind).toSorted()).toEqual([
      'customer',
      'sales-area',
    ]);
  }, 60_000);
});
