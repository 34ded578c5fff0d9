/** The executor: reads go straight to SAP, and a drain lets everything end that has begun. */
import { describe, expect, test } from '@jest/globals';
import { idempotencyKey, sapSystemId } from '../../../src/model/index.ts';
import { Deadline } from '../../../src/timing/index.ts';
import { Bench } from './bench.ts';
import { settle } from './manual-clock.ts';

const number = { number: '104711' };

describe('a read', () => {
  test.each([
    ['readCustomer', { params: number }, ['0000104711']],
    ['readCredit', { params: number }, ['0000104711']],
    ['listOrders', { params: number, query: { cursor: 'c1', limit: '5' } }, ['0000104711', { cursor: 'c1', limit: 5 }]],
    ['readOrder', { params: { order: '4711' }, query: { customer: '104711' } }, ['0000004711', '0000104711']],
    ['readOrder', { params: { order: '4711' } }, ['0000004711', undefined]],
    [
      'listInvoices',
      { params: number, query: { state: 'overdue' } },
      ['0000104711', 'overdue', { cursor: undefined, limit: 10 }],
    ],
    ['listPartners', { params: number }, ['0000104711']],
    [
      'findMatches',
      { body: { name: 'Nordwind' } },
      [{ name: 'Nordwind', street: '', postalCode: '', city: '', country: '', phone: '', vatNumber: '' }],
    ],
  ] as const)('%s asks SAP the same question, with the deadline of the call', async (operation, parts, args) => {
    const bench = new Bench();
    const call = bench.call({ operation, idempotencyKey: undefined, ...parts });
    expect(await bench.executor.execute(call)).toEqual({ status: 200, body: { answerOf: operation } });
    expect(bench.sap.asked).toEqual([{ name: operation, args: [...args, call.deadline] }]);
    expect(bench.history).toEqual([`sap: ${operation}`]);
  });

  test('of an SAP system this agent does not reach is refused', async () => {
    const bench = new Bench();
    const call = bench.call({ operation: 'readCredit', params: number, system: sapSystemId.parse('QASCLNT200') });
    await expect(bench.executor.execute(call)).rejects.toMatchObject({ code: 'SYSTEM_NOT_SERVED' });
  });

  test('with a bug in it becomes INTERNAL, with its cause', async () => {
    const bench = new Bench();
    const cause = new TypeError('x is not a function');
    bench.sap.readCredit = () => Promise.reject(cause);
    const call = bench.call({ operation: 'readCredit', params: number });
    await expect(bench.executor.execute(call)).rejects.toMatchObject({ code: 'INTERNAL', cause });
  });
});

describe('a drain', () => {
  test('waits for what is in SAP, records it, and takes nothing new', async () => {
    const bench = new Bench();
    const gate = Promise.withResolvers<void>();
    bench.sap.writes.push({ wait: gate.promise });
    const write = bench.executor.execute(bench.call());
    await settle();
    let isDrained = false;
    const drained = bench.executor.drain(Deadline.in(bench.clock, 10_000)).then(() => (isDrained = true));
    await expect(bench.executor.execute(bench.call())).rejects.toMatchObject({ code: 'AGENT_DRAINING' });
    await bench.clock.pass(5_000);
    expect(isDrained).toBe(false);
    gate.resolve();
    await drained;
    expect(await write).toMatchObject({ status: 201, body: { state: 'done' } });
  });

  test('does not wait for waits: a write between two attempts goes on after the restart', async () => {
    const bench = new Bench();
    bench.sap.writes.push('commit-lose');
    const write = bench.executor.execute(bench.call());
    await settle();
    await bench.executor.drain(Deadline.in(bench.clock, 10_000));
    expect(await write).toMatchObject({ status: 202, body: { state: 'verifying' } });
    const next = bench.killed();
    await next.executor.resume();
    await next.clock.pass(60_000);
    expect(await next.stands()).toMatchObject({ state: 'done' });
  });

  test('is prepared by stopping writes: waiting callers are answered, no write begins, reads go on', async () => {
    const bench = new Bench();
    bench.sap.writes.push('commit-lose');
    const write = bench.executor.execute(bench.call());
    await settle();
    bench.executor.stopWriting();
    expect(await write).toMatchObject({ status: 202, body: { state: 'verifying' } });
    const other = bench.call({ idempotencyKey: idempotencyKey.parse('customer.create:other') });
    await expect(bench.executor.execute(other)).rejects.toMatchObject({ code: 'AGENT_DRAINING' });
    expect(await bench.journal.unfinished(10)).toHaveLength(1);
    const read = bench.call({ operation: 'readCredit', params: number });
    expect(await bench.executor.execute(read)).toMatchObject({ status: 200 });
  });

  test('ends when its time is up, even if SAP does not answer', async () => {
    const bench = new Bench();
    bench.sap.writes.push({ wait: new Promise(() => undefined) });
    void bench.executor.execute(bench.call());
    await settle();
    await bench.clock.until(bench.executor.drain(Deadline.in(bench.clock, 10_000)));
    expect(await bench.journal.unfinished(10)).toHaveLength(1);
  });
});
