/** What deliveries may cost: API calls and refreshes of a day, kept over restarts, with a rest for what is urgent. */
import { describe, expect, test } from '@jest/globals';
import { Deadline } from '../../src/timing/index.ts';
import { ManualClock } from '../agent/execute/manual-clock.ts';
import { Bench, change, customer, key } from './fakes/bench.ts';

const hourMs = 3_600_000;

describe("the day's API calls", () => {
  test('are kept for blocks and credit at the end, and begin anew at midnight UTC', async () => {
    const bench = new Bench();
    const sync = bench.start({ settings: { dailyApiCalls: 100, dailyRefreshes: 0, canarySeconds: 1_000_000 } });
    for (let turn = 0; turn < 120; turn += 1) {
      await bench.arrive(change(customer(turn + 1), { name: 'A' }));
      await bench.clock.pass(2_000);
    }
    const used = sync.state.callsToday;
    expect(used).toBe(90);
    await bench.arrive(change(customer(500), { 'blocks.order': '01' }));
    await bench.arrive(change(customer(501), { 'credit.isBlocked': true }, { facet: 'credit' }));
    await bench.clock.pass(5_000);
    expect(bench.value(customer(500), 'blocks.order')).toBe('01');
    expect(bench.value(customer(501), 'credit.isBlocked')).toBe(true);
    expect(bench.value(customer(120), 'name')).toBeUndefined();
    // The clock of the bench starts at 08:00 UTC.
    await bench.clock.pass(16 * hourMs);
    expect(bench.value(customer(120), 'name')).toBe('A');
    expect(sync.state.callsToday).toBeLessThan(10);
    await bench.stop(sync);
  });

  test('when all are spent nothing is sent, the status says why, and a restart does not forget it', async () => {
    const bench = new Bench();
    const settings = { dailyApiCalls: 10, dailyRefreshes: 0, canarySeconds: 1_000_000 };
    const sync = bench.start({ settings });
    for (let turn = 0; turn < 20; turn += 1) {
      await bench.arrive(change(customer(turn + 1), { 'blocks.order': '01' }));
      await bench.clock.pass(2_000);
    }
    expect(sync.state).toMatchObject({ standing: 'waiting', code: 'SALESFORCE_BUDGET_SPENT', callsToday: 10 });
    await bench.stop(sync);
    bench.queue.restart();
    const again = bench.start({ settings });
    await bench.arrive(change(customer(100), { 'blocks.order': '01' }));
    await bench.clock.pass(hourMs);
    expect(bench.sink.calls.length + bench.sink.reports.length).toBe(10);
    expect(again.state).toMatchObject({ standing: 'waiting', code: 'SALESFORCE_BUDGET_SPENT', callsToday: 10 });
    await bench.clock.pass(16 * hourMs);
    expect(bench.sink.stored.size).toBe(21);
    await bench.stop(again);
  });

  test('are not given twice by a clock that is set back across midnight before a restart', async () => {
    const bench = new Bench();
    const settings = { dailyApiCalls: 10, dailyRefreshes: 0, canarySeconds: 1_000_000 };
    // Until a minute after midnight.
    await bench.clock.pass(16 * hourMs + 60_000);
    const sync = bench.start({ settings });
    for (let turn = 0; turn < 20; turn += 1) {
      await bench.arrive(change(customer(turn + 1), { 'blocks.order': '01' }));
      await bench.clock.pass(2_000);
    }
    expect(sync.state.callsToday).toBe(10);
    await bench.stop(sync);
    bench.queue.restart();
    const clock = new ManualClock();
    await clock.pass(16 * hourMs - 30_000);
    const again = bench.start({ settings, clock, policy: { measureMs: hourMs } });
    await clock.pass(10_000);
    expect(again.state).toMatchObject({ standing: 'waiting', code: 'SALESFORCE_BUDGET_SPENT', callsToday: 10 });
    // Its midnight is that of the day that is spent already.
    await clock.pass(60_000);
    expect(again.state.callsToday).toBe(10);
    await clock.pass(24 * hourMs);
    expect(again.state.callsToday).toBeLessThan(10);
    await clock.until(again.stop(Deadline.in(clock, 60_000)));
  });
});

describe('refreshes', () => {
  const named = (bench: Bench): readonly (readonly string[])[] =>
    bench.sink.calls.flatMap(({ refresh }) => (refresh === undefined ? [] : [refresh.customers.map(({ id }) => id)]));

  test('name the customers of what is written, in the same call', async () => {
    const bench = new Bench();
    const sync = bench.start();
    const order = key('order', '1');
    await bench.arrive(
      change(customer(1), { name: 'A' }),
      change(order, { customer: customer(1).id }, { parents: [customer(1)] }),
      change(key('order-item', '1/000010'), { order: '1' }, { parents: [order] }),
      change(customer(2), { name: 'B' }),
      change(key('product', 'P'), { name: 'Pump' }),
    );
    await bench.clock.pass(10_000);
    expect(named(bench)).toEqual([[customer(1).id, customer(2).id]]);
    expect(bench.sink.calls).toHaveLength(1);
    await bench.stop(sync);
  });

  test('are one in some seconds, and the last one goes by itself', async () => {
    const bench = new Bench();
    const sync = bench.start();
    for (let turn = 0; turn < 10; turn += 1) {
      await bench.arrive(change(customer(turn + 1), { name: 'A' }));
      await bench.clock.pass(700);
    }
    await bench.clock.pass(10_000);
    expect(named(bench).length).toBeLessThanOrEqual(4);
    expect(new Set(named(bench).flat()).size).toBe(10);
    expect(bench.sink.calls.at(-1)?.records).toEqual([]);
    await bench.stop(sync);
  });

  test('last for the day', async () => {
    const bench = new Bench();
    const settings = { dailyRefreshes: 100, dailyApiCalls: 1_000_000, canarySeconds: 1_000_000 };
    const sync = bench.start({ settings });
    for (let turn = 0; turn < 15 * 360; turn += 1) {
      await bench.arrive(change(customer((turn % 50) + 1), { name: `Name ${turn}` }, { at: turn }));
      await bench.clock.pass(10_000);
    }
    const atMs = bench.sink.calls.flatMap((call) => (call.refresh === undefined ? [] : [call.atMs]));
    expect(atMs.length).toBeLessThanOrEqual(100);
    // One of them in the last of the fifteen hours.
    expect((atMs.at(-1) ?? 0) - (atMs[0] ?? 0)).toBeGreaterThan(14 * hourMs);
    await bench.stop(sync);
  }, 60_000);

  test('that were not sent are sent later', async () => {
    const bench = new Bench();
    bench.sink.failCall = (_records, count) => {
      if (count === 1) throw new Error('lost');
    };
    const sync = bench.start();
    await bench.arrive(change(customer(1), { name: 'A' }));
    await bench.clock.pass(60_000);
    expect(named(bench)).toEqual([[customer(1).id], [customer(1).id]]);
    await bench.stop(sync);
  });
});
