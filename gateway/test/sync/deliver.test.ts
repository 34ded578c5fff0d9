/** What waits in the queue reaches the org: in few calls, parents first, each record on its own. */
import { describe, expect, test } from '@jest/globals';
import { GatewayError } from '../../src/errors/index.ts';
import { Bench, change, customer, key } from './fakes/bench.ts';

describe('deliveries', () => {
  test('bring what arrives within the window in one call, merged per record', async () => {
    const bench = new Bench();
    const sync = bench.start();
    await bench.clock.pass(1_000);
    for (let turn = 0; turn < 20; turn += 1) {
      await bench.arrive(change(customer(turn % 10), { name: `Name ${turn}` }, { at: turn }));
      await bench.clock.pass(20);
    }
    await bench.clock.pass(1_000);
    expect(bench.written).toEqual([10]);
    expect(bench.value(customer(3), 'name')).toBe('Name 13');
    expect(bench.queue.ended.filter(({ how }) => how === 'delivered')).toHaveLength(20);
    await bench.stop(sync);
  });

  test('do not let a lone change wait for company', async () => {
    const bench = new Bench();
    const sync = bench.start();
    await bench.clock.pass(5_000);
    await bench.arrive(change(customer(1), { name: 'Nordwind' }));
    await bench.clock.pass(150);
    expect(bench.written).toEqual([1]);
    await bench.stop(sync);
  });

  test('go before the window closes as soon as exactly one call is full', async () => {
    const bench = new Bench(10);
    const sync = bench.start({ settings: { batchMs: 60_000 } });
    await bench.arrive(change(customer(99), { name: 'Before' }));
    await bench.clock.pass(1_000);
    expect(bench.written).toEqual([1]);
    for (let number = 1; number < 10; number += 1) await bench.arrive(change(customer(number), { name: 'A' }));
    await bench.clock.pass(1_000);
    expect(bench.written).toEqual([1]);
    await bench.arrive(change(customer(10), { name: 'A' }));
    await bench.clock.pass(1_000);
    expect(bench.written).toEqual([1, 10]);
    await bench.stop(sync);
  });

  test('write parents before their children, in one call', async () => {
    const bench = new Bench();
    const sync = bench.start();
    const order = key('order', '0000000001');
    await bench.arrive(
      change(key('order-item', '0000000001/000010'), { order: order.id, item: '10' }, { parents: [order] }),
      change(order, { customer: customer(1).id, net: '10.00' }, { parents: [customer(1)] }),
      change(customer(1), { name: 'Nordwind' }),
    );
    await bench.clock.pass(2_000);
    expect(bench.sink.calls.flatMap(({ records }) => records.map((record) => record.key.kind))).toEqual([
      'customer',
      'order',
      'order-item',
    ]);
    expect(bench.written).toEqual([3]);
    await bench.stop(sync);
  });

  test('hold a child whose parent is not there, and write it as soon as the parent came', async () => {
    const bench = new Bench();
    const sync = bench.start();
    const order = key('order', '0000000001');
    await bench.arrive(change(order, { customer: customer(1).id }, { parents: [customer(1)] }));
    await bench.clock.pass(2_000);
    expect((await bench.queue.held(10)).map(({ problem, waitsFor }) => [problem.code, waitsFor])).toEqual([
      ['CHANGE_PARENT_MISSING', customer(1)],
    ]);
    await bench.arrive(change(customer(1), { name: 'Nordwind' }));
    await bench.clock.pass(2_000);
    expect(bench.value(order, 'customer')).toBe(customer(1).id);
    expect(await bench.queue.held(10)).toEqual([]);
    await bench.stop(sync);
  });

  test('try a locked row again within a second, and hold what the org refuses', async () => {
    const bench = new Bench();
    let locked = 2;
    bench.sink.refuse = ({ key: { id } }) => {
      if (id === customer(1).id && (locked -= 1) >= 0)
        return { ended: 'failed', error: new GatewayError('SALESFORCE_ROW_LOCKED') };
      if (id === customer(2).id)
        return { ended: 'failed', error: new GatewayError('SALESFORCE_RULE_REFUSED', { message: 'No' }) };
      return undefined;
    };
    const sync = bench.start();
    await bench.arrive(...[1, 2, 3].map((number) => change(customer(number), { name: `Name ${number}` })));
    await bench.clock.pass(3_000);
    expect([1, 2, 3].map((number) => bench.value(customer(number), 'name'))).toEqual(['Name 1', undefined, 'Name 3']);
    expect((await bench.queue.held(10)).map(({ problem }) => problem.code)).toEqual(['SALESFORCE_RULE_REFUSED']);
    await bench.stop(sync);
  });
});
