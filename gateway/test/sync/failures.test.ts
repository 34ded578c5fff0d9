/** What failures of the org mean for deliveries: who waits, who is held, and that nothing hammers an org that is down. */
import { describe, expect, test } from '@jest/globals';
import { GatewayError } from '../../src/errors/index.ts';
import type { RecordWrite } from '../../src/ports/index.ts';
import { silentLog } from '../../src/telemetry/index.ts';
import type { Log } from '../../src/telemetry/index.ts';
import { Bench, change, customer, key, quietMeasure } from './fakes/bench.ts';

const many = (count: number) =>
  Array.from({ length: count }, (_, index) => change(customer(index + 1), { name: `Name ${index + 1}` }));

const holds = (number: number) => (records: readonly RecordWrite[]) =>
  records.some((record) => record.key.id === customer(number).id);

describe('an org that is away', () => {
  test('is asked by one call at a time, ever more rarely, and gets everything when it is back', async () => {
    const bench = new Bench();
    let isAway = true;
    bench.sink.failCall = () => {
      if (isAway) throw new GatewayError('SALESFORCE_UNREACHABLE');
    };
    const sync = bench.start();
    await bench.arrive(...many(2_500));
    await bench.clock.pass(100);
    // The two calls that had begun before anybody knew.
    bench.sink.mostUnderWay = 0;
    await bench.clock.pass(600_000);
    const asked = bench.sink.calls.length;
    expect(asked).toBeLessThan(30);
    expect(bench.sink.mostUnderWay).toBe(1);
    expect(sync.state).toMatchObject({ standing: 'waiting', code: 'SALESFORCE_UNREACHABLE' });
    isAway = false;
    await bench.clock.pass(70_000);
    expect(bench.sink.stored.size).toBe(2_500);
    expect(bench.written.length - asked).toBeLessThanOrEqual(4);
    expect(await bench.queue.held(10)).toEqual([]);
    expect(sync.state).toMatchObject({ standing: 'running', code: undefined });
    await bench.stop(sync);
  });

  test('is left alone for minutes when its API calls are used up', async () => {
    const bench = new Bench();
    bench.sink.failCall = () => {
      throw new GatewayError('SALESFORCE_LIMIT_REACHED');
    };
    const sync = bench.start();
    await bench.arrive(...many(10));
    await bench.clock.pass(600_000);
    expect(bench.sink.calls.length).toBeLessThanOrEqual(5);
    await bench.stop(sync);
  });
});

describe('a refused logon', () => {
  test('stops everything until an operator says to go on, and loses nothing', async () => {
    const bench = new Bench();
    let isRefused = true;
    bench.sink.failCall = () => {
      if (isRefused) throw new GatewayError('SALESFORCE_LOGON_REFUSED');
    };
    const sync = bench.start({ settings: { canarySeconds: 60 } });
    await bench.arrive(...many(10));
    await bench.clock.pass(3_600_000);
    expect(bench.sink.calls.length + bench.sink.reports.length).toBeLessThanOrEqual(2);
    expect(sync.state).toMatchObject({ standing: 'stopped', code: 'SALESFORCE_LOGON_REFUSED' });
    isRefused = false;
    sync.goOn();
    await bench.clock.pass(10_000);
    expect(bench.sink.stored.size).toBe(10);
    expect(bench.sink.forgotten).toBe(1);
    await bench.stop(sync);
  });
});

describe('a record that makes whole calls fail', () => {
  test.each(['SALESFORCE_FAILED', 'INTERNAL', 'PAYLOAD_TOO_LARGE'] as const)(
    'is found among a thousand and held alone (%s)',
    async (code) => {
      const bench = new Bench();
      const hasPoison = holds(617);
      bench.sink.failCall = (records) => {
        if (hasPoison(records)) throw code === 'INTERNAL' ? new TypeError('A bug') : new GatewayError(code);
      };
      const sync = bench.start();
      await bench.arrive(...many(1_000));
      await bench.clock.pass(60_000);
      expect(bench.sink.stored.size).toBe(999);
      expect(bench.sink.calls.length).toBeLessThan(40);
      // Whether the org works is known from what arrives meanwhile.
      for (let turn = 0; turn < 20; turn += 1) {
        await bench.arrive(change(customer(5_000 + turn), { name: 'New' }));
        await bench.clock.pass(60_000);
      }
      expect((await bench.queue.held(10)).map(({ key: { id } }) => id)).toEqual([customer(617).id]);
      expect(bench.sink.stored.size).toBe(1_019);
      await bench.stop(sync);
    },
  );

  test('is not looked for after a single failure', async () => {
    const bench = new Bench();
    bench.sink.failCall = (_records, count) => {
      if (count === 1) throw new GatewayError('SALESFORCE_FAILED');
    };
    const sync = bench.start();
    await bench.arrive(...many(800));
    await bench.clock.pass(10_000);
    expect(bench.written).toEqual([800, 800]);
    await bench.stop(sync);
  });

  test('is not held while the org answers nobody, and is where a canary shows that it does', async () => {
    const bench = new Bench();
    let isDown = true;
    const fail = (): void => {
      if (isDown) throw new GatewayError('SALESFORCE_FAILED');
    };
    bench.sink.failReport = fail;
    bench.sink.failCall = () => {
      throw new GatewayError('SALESFORCE_FAILED');
    };
    const sync = bench.start({ settings: { canarySeconds: 60 } });
    await bench.arrive(change(customer(1), { name: 'A' }));
    await bench.clock.pass(7_200_000);
    expect(await bench.queue.held(10)).toEqual([]);
    isDown = false;
    await bench.clock.pass(7_200_000);
    expect(await bench.queue.held(10)).toHaveLength(1);
    await bench.stop(sync);
  });
});

describe('what one record does wrong', () => {
  test('is tried often where it may pass, then held', async () => {
    const bench = new Bench();
    let tries = 0;
    bench.sink.refuse = () => {
      tries += 1;
      return { ended: 'failed', error: new GatewayError('SALESFORCE_ROW_LOCKED') };
    };
    const sync = bench.start();
    await bench.arrive(change(customer(1), { name: 'A' }));
    await bench.clock.pass(2 * 3_600_000);
    expect(tries).toBe(50);
    expect((await bench.queue.held(10)).map(({ problem }) => problem.code)).toEqual(['SALESFORCE_ROW_LOCKED']);
    await bench.stop(sync);
  });

  test('waits without end for a customer that Salesforce is creating', async () => {
    const bench = new Bench();
    let isCreating = true;
    bench.sink.refuse = () =>
      isCreating ? { ended: 'failed', error: new GatewayError('CUSTOMER_BEING_CREATED') } : undefined;
    const sync = bench.start();
    await bench.arrive(change(customer(1), { name: 'A' }));
    await bench.clock.pass(24 * 3_600_000);
    expect(await bench.queue.held(10)).toEqual([]);
    isCreating = false;
    await bench.clock.pass(120_000);
    expect(bench.value(customer(1), 'name')).toBe('A');
    await bench.stop(sync);
  });

  test('does not keep the facets that the org does take from being written', async () => {
    const bench = new Bench();
    const first = bench.start();
    await bench.arrive(change(customer(1), { 'credit.limit': '9' }, { at: 100, facet: 'credit' }));
    await bench.clock.pass(2_000);
    await bench.stop(first);
    // A file that was lost: this agent knows nothing of what the org has.
    const row = bench.queue.rows.get(`ERPCLNT100:customer:${customer(1).id}`);
    if (row !== undefined) row.applied = {};
    const sync = bench.start();
    await bench.arrive(
      change(customer(1), { 'credit.limit': '1' }, { at: 50, facet: 'credit' }),
      change(customer(1), { name: 'A' }, { at: 50 }),
    );
    await bench.clock.pass(2_000);
    expect([bench.value(customer(1), 'credit.limit'), bench.value(customer(1), 'name')]).toEqual(['9', 'A']);
    expect(bench.queue.ended.map(({ how }) => how).filter((how) => how === 'older')).toHaveLength(1);
    await bench.stop(sync);
  });
});

describe('customers that this agent is creating', () => {
  test('keep unknown customers waiting, and nobody else', async () => {
    const bench = new Bench();
    let request: string | undefined;
    const sync = bench.start({ isBeingCreated: () => request });
    await bench.arrive(change(customer(1), { name: 'A' }));
    await bench.clock.pass(2_000);
    request = 'SR-000012';
    await bench.arrive(
      change(customer(1), { name: 'B' }, { at: 1 }),
      change(customer(2), { name: 'New' }),
      change(key('product', 'P1'), { name: 'Pump' }),
    );
    await bench.clock.pass(4_000);
    expect([bench.value(customer(1), 'name'), bench.value(customer(2), 'name')]).toEqual(['B', undefined]);
    expect(bench.value(key('product', 'P1'), 'name')).toBe('Pump');
    request = undefined;
    await bench.clock.pass(60_000);
    expect(bench.value(customer(2), 'name')).toBe('New');
    await bench.stop(sync);
  });
});

describe('kinds that the org does not want', () => {
  test('end without a call, and so do the children of a record that it does not want', async () => {
    const bench = new Bench();
    bench.sink.kinds = new Set(['customer', 'order']);
    bench.sink.refuse = ({ key: { kind } }) =>
      kind === 'customer' ? { ended: 'unwanted', reason: 'No new Accounts' } : undefined;
    const sync = bench.start();
    await bench.arrive(
      change(customer(1), { name: 'A' }),
      change(key('order', '1'), { customer: customer(1).id }, { parents: [customer(1)] }),
      change(key('product', 'P1'), { name: 'Pump' }),
    );
    await bench.clock.pass(2_000);
    expect(bench.queue.ended.map(({ how }) => how).filter((how) => how === 'unwanted')).toHaveLength(3);
    expect(bench.written).toEqual([2]);
    expect(await bench.queue.held(10)).toEqual([]);
    await bench.stop(sync);
  });
});

describe('a queue that cannot be written', () => {
  test('stops deliveries: an outcome that cannot be kept is not to be had', async () => {
    const bench = new Bench();
    const sync = bench.start();
    await bench.arrive(change(customer(1), { name: 'A' }));
    await bench.clock.pass(50);
    bench.queue.broken = new GatewayError('QUEUE_FAILED', { reason: 'disk' });
    await bench.clock.pass(60_000);
    expect(sync.state).toMatchObject({ standing: 'stopped', code: 'QUEUE_FAILED' });
    await bench.stop(sync);
  });

  test.each(['QUEUE_FAILED', 'QUEUE_FULL'] as const)(
    'for a moment: what was delivered meanwhile is settled as delivered, without a second write (%s)',
    async (code) => {
      const bench = new Bench();
      bench.sink.gate = async (records) => {
        if (records.length > 0) bench.queue.broken ??= new GatewayError(code);
      };
      const sync = bench.start();
      await bench.arrive(change(customer(1), { name: 'A' }), change(customer(2), { name: 'B' }));
      await bench.clock.pass(60_000);
      expect(sync.state).toMatchObject({ standing: 'stopped', code });
      expect(bench.queue.ended).toEqual([]);
      bench.sink.gate = async () => undefined;
      bench.queue.broken = undefined;
      sync.goOn();
      await bench.clock.pass(2_000);
      expect(bench.queue.ended.map(({ how }) => how)).toEqual(['delivered', 'delivered']);
      expect(bench.written).toEqual([2]);
      await bench.arrive(change(customer(1), { name: 'C' }, { at: 1 }));
      await bench.clock.pass(2_000);
      expect(bench.value(customer(1), 'name')).toBe('C');
      expect(sync.state.standing).toBe('running');
      await bench.stop(sync);
    },
  );

  test('for a moment: what failed meanwhile is sent again, and what was just taken is sent', async () => {
    const bench = new Bench();
    bench.sink.kinds = new Set(['customer']);
    bench.sink.failCall = (_records, count) => {
      if (count > 1) return;
      bench.queue.broken = new GatewayError('QUEUE_FAILED', { reason: 'disk' });
      throw new GatewayError('SALESFORCE_UNREACHABLE');
    };
    const take = bench.queue.take.bind(bench.queue);
    const sync = bench.start();
    await bench.arrive(change(customer(1), { name: 'A' }));
    await bench.clock.pass(10_000);
    expect(sync.state.standing).toBe('stopped');
    bench.queue.broken = undefined;
    sync.goOn();
    await bench.clock.pass(10_000);
    expect(bench.value(customer(1), 'name')).toBe('A');
    // The disk fails between the taking and the settling of what the org does not want.
    bench.queue.take = async (...asked) => {
      const records = await take(...asked);
      if (records.length > 0) bench.queue.broken = new GatewayError('QUEUE_FAILED', { reason: 'disk' });
      return records;
    };
    await bench.arrive(change(customer(2), { name: 'B' }), change(key('product', 'P1'), { name: 'Pump' }));
    await bench.clock.pass(10_000);
    expect(sync.state.standing).toBe('stopped');
    bench.queue.take = take;
    bench.queue.broken = undefined;
    sync.goOn();
    await bench.clock.pass(10_000);
    expect(bench.queue.ended.map(({ how }) => how).toSorted()).toEqual(['delivered', 'delivered', 'unwanted']);
    expect(bench.value(customer(2), 'name')).toBe('B');
    await bench.stop(sync);
  });

  test('is tried some times after each word of an operator, and nothing is taken or sent before it works', async () => {
    const bench = new Bench();
    const settle = bench.queue.settle.bind(bench.queue);
    let tries = 0;
    bench.queue.settle = async () => {
      tries += 1;
      throw new GatewayError('QUEUE_FAILED', { reason: 'disk' });
    };
    const sync = bench.start({ settings: { canarySeconds: 60 } });
    await bench.arrive(change(customer(1), { name: 'A' }));
    await bench.clock.pass(2_000);
    expect(tries).toBe(1);
    await bench.arrive(change(customer(2), { name: 'B' }));
    sync.goOn();
    await bench.clock.pass(3_600_000);
    expect(tries).toBe(7);
    expect(sync.state).toMatchObject({ standing: 'stopped', code: 'QUEUE_FAILED' });
    expect([bench.sink.calls.length, bench.sink.reports.length]).toEqual([1, 0]);
    bench.queue.settle = settle;
    sync.goOn();
    await bench.clock.pass(60_000);
    expect(bench.value(customer(2), 'name')).toBe('B');
    expect(bench.queue.ended.length).toBeGreaterThanOrEqual(2);
    expect(bench.written).toEqual([1, 1]);
    await bench.stop(sync);
  });

  test('while the org is told how it stands: canaries and issues are told once it works again, and deliveries go on', async () => {
    const bench = new Bench();
    const sync = bench.start({ settings: { canarySeconds: 60 } });
    await bench.clock.pass(5 * 60_000);
    const held = bench.queue.held.bind(bench.queue);
    bench.queue.held = () => Promise.reject(new GatewayError('QUEUE_FAILED', { reason: 'busy' }));
    await bench.clock.pass(5 * 60_000);
    expect(sync.state).toMatchObject({ standing: 'running' });
    expect(sync.state.canaryAgeMs).toBeGreaterThanOrEqual(4 * 60_000);
    bench.queue.held = held;
    await bench.clock.pass(2 * 60_000);
    expect(sync.state.canaryAgeMs).toBeLessThan(61_000);
    await bench.arrive(change(customer(1), { name: 'A' }));
    await bench.clock.pass(2_000);
    expect(bench.value(customer(1), 'name')).toBe('A');
    expect(sync.state.standing).toBe('running');
    await bench.stop(sync);
  });

  test('when deliveries begin: they begin by themselves once it answers', async () => {
    const bench = new Bench();
    const checkpoint = bench.queue.checkpoint.bind(bench.queue);
    bench.queue.checkpoint = () => Promise.reject(new GatewayError('QUEUE_FAILED', { reason: 'disk' }));
    const sync = bench.start();
    await bench.arrive(change(customer(1), { name: 'A' }));
    await bench.clock.pass(60_000);
    expect(sync.state).toMatchObject({ standing: 'stopped', code: 'QUEUE_FAILED' });
    expect(bench.written).toEqual([]);
    bench.queue.checkpoint = checkpoint;
    await bench.clock.pass(15_000);
    expect(sync.state.standing).toBe('running');
    expect(bench.value(customer(1), 'name')).toBe('A');
    await bench.stop(sync);
  });

  test('or counted for a moment is a measurement that is missed: said once, and nothing ends', async () => {
    const bench = new Bench();
    const counts = bench.queue.counts.bind(bench.queue);
    const said: string[] = [];
    const log: Log = {
      ...silentLog,
      warn: (_fields, text) => void said.push(`warn: ${text}`),
      error: (_fields, text) => void said.push(`error: ${text}`),
    };
    let measured = 0;
    const sync = bench.start({ log, measure: { ...quietMeasure, queue: () => void (measured += 1) } });
    await bench.clock.pass(12_000);
    const before = measured;
    bench.queue.counts = () => Promise.reject(new GatewayError('QUEUE_FAILED', { reason: 'busy' }));
    await bench.clock.pass(12_000);
    expect(measured).toBe(before);
    bench.queue.counts = counts;
    await bench.clock.pass(12_000);
    expect(measured).toBeGreaterThan(before);
    expect(said).toEqual([expect.stringMatching(/^warn: What waits could not be counted/)]);
    expect(sync.state.standing).toBe('running');
    await bench.stop(sync);
  });
});
