/** Requests that are not carried out: nonsense, duplicates, what nobody wants any more. */
import { describe, expect, test } from '@jest/globals';
import { GatewayError } from '../../../src/errors/index.ts';
import { create, draft, OutboxBench, pollMs, system } from './outbox-bench.ts';
import type { OutboxBenchOptions } from './outbox-bench.ts';

const secondMs = 1_000;
const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const number = '0000104801';

const bench = (options?: OutboxBenchOptions): OutboxBench => new OutboxBench(options);

describe('a request that cannot be carried out', () => {
  test.each([
    ['not JSON', create, '{"name":', {}, 'refused', 'REQUEST_UNREADABLE'],
    ['of the wrong shape', create, { name: 7 }, {}, 'refused', 'REQUEST_UNREADABLE'],
    ['too large', create, { ...draft, name2: 'x'.repeat(300_000) }, {}, 'refused', 'REQUEST_UNREADABLE'],
    [
      'with a key of another kind',
      'customer.create:a001',
      {},
      { kind: 'customer.change' },
      'refused',
      'REQUEST_UNREADABLE',
    ],
    ['of an unknown kind', 'order.create:o001', {}, {}, 'held', 'REQUEST_KIND_UNKNOWN'],
    ['that changes a customer SAP does not have', 'customer.change:a001:1', {}, {}, 'held', 'REQUEST_CUSTOMER_MISSING'],
    [
      'that changes a contact SAP does not have',
      'contact.change:c001:1',
      {},
      { customer: '4711' },
      'refused',
      'REQUEST_UNREADABLE',
    ],
  ] as const)(
    'because it is %s is told so, and nothing is journaled or sent',
    async (_, key, payload, more, state, code) => {
      const agent = bench();
      agent.save(key, payload, more);
      await agent.clock.pass(secondMs);
      expect(agent.org.find(key)).toMatchObject({ state, operation: { problem: { code } } });
      expect(agent.sap.asked).toEqual([]);
      expect(await agent.journal.unfinished(10)).toEqual([]);
    },
  );

  test('names the fields, as the person knows them', async () => {
    const agent = bench();
    agent.save(create, { ...draft, address: { ...draft.address, country: 'Norway' } });
    await agent.clock.pass(secondMs);
    expect(agent.org.find(create).operation?.problem?.issues).toMatchObject([{ path: 'address.country' }]);
  });

  test('because the org itself cannot be understood is answered by its key, or said once', async () => {
    const agent = bench();
    const row = agent.org.add(create, draft, { state: 'held' });
    agent.org.unreadable.push({ name: 'SR-1', id: create, reason: 'no payload' });
    for (let times = 0; times < 3; times += 1) {
      agent.org.unreadable.push({ name: 'SR-2', id: '?', reason: 'no key' });
      agent.ring();
      await agent.clock.pass(secondMs);
    }
    expect(row).toMatchObject({ state: 'refused', operation: { problem: { code: 'REQUEST_UNREADABLE' } } });
    expect(agent.errors.filter((line) => line.includes('no key'))).toHaveLength(1);
  });

  test('because SAP has a customer that is most likely the same is held with the candidates', async () => {
    const agent = bench();
    const matches = [
      { customer: { system, number: '0000104711' }, name: 'Fjordlys Energi', city: 'Bergen', score: 96 },
      { customer: { system, number: '0000104712' }, name: 'Fjord AS', city: 'Oslo', score: 60 },
    ];
    agent.sap.findMatches = () => Promise.resolve({ asOf: '', matches } as never);
    agent.save(create, draft, { checksDuplicates: true });
    await agent.clock.pass(secondMs);
    expect(agent.org.find(create)).toMatchObject({
      state: 'held',
      operation: {
        problem: {
          code: 'CUSTOMER_MAY_EXIST',
          title: 'SAP has a customer that may be the same: 104711 (96 %).',
          issues: [{ path: 'SAP customer 104711', message: 'Fjordlys Energi, Bergen' }],
        },
      },
    });
    expect(agent.sap.countOf('createCustomer')).toBe(0);
    Object.assign(agent.org.find(create), { state: 'ready', checksDuplicates: false });
    agent.ring();
    await agent.clock.pass(secondMs);
    expect(agent.org.find(create).state).toBe('done');
  });

  test('because its customer is marked for deletion is held', async () => {
    const agent = bench();
    agent.sap.readCustomer = () => Promise.resolve({ isMarkedForDeletion: true } as never);
    agent.save('customer.change:a001:1', { phone: '1' }, { customer: '0000104723' });
    await agent.clock.pass(secondMs);
    expect(agent.org.find('customer.change:a001:1')).toMatchObject({
      state: 'held',
      operation: { problem: { code: 'SAP_CUSTOMER_MARKED_FOR_DELETION' } },
    });
  });

  test('because its Account has got another customer meanwhile is held; one that it made itself is found', async () => {
    const agent = bench();
    agent.save(create, draft, { customer: '0000104711' });
    await agent.clock.pass(secondMs);
    expect(agent.org.find(create)).toMatchObject({
      state: 'held',
      operation: { problem: { code: 'CUSTOMER_MAY_EXIST' } },
    });
    const other = 'customer.create:0015g00000OTHER';
    agent.save(other);
    await agent.clock.pass(secondMs);
    const lost = bench({ org: agent.org, clock: agent.clock, table: agent.sap.table, agentId: 'agent-1' });
    Object.assign(agent.org.find(other), { state: 'sent', operation: undefined });
    await agent.clock.pass(minuteMs);
    expect(agent.org.find(other).state).toBe('done');
    expect(lost.sap.countOf('createCustomer')).toBe(0);
  });

  test('because a check cannot be made now waits, says why, and is checked later', async () => {
    const agent = bench();
    let asked = 0;
    agent.sap.findMatches = () => {
      asked += 1;
      if (asked === 1) return Promise.reject(new GatewayError('SAP_UNREACHABLE'));
      return Promise.resolve({ asOf: '', matches: [] } as never);
    };
    agent.sap.pings.push(...Array<'SAP_UNREACHABLE'>(10).fill('SAP_UNREACHABLE'));
    agent.save(create, draft, { checksDuplicates: true });
    await agent.clock.pass(pollMs + secondMs);
    expect(agent.org.find(create).operation).toMatchObject({ state: 'running', problem: { code: 'SAP_UNREACHABLE' } });
    await agent.clock.pass(hourMs);
    expect(agent.org.find(create).state).toBe('done');
    expect(asked).toBe(2);
  });

  test('because its key was used for other content long ago is refused, shown, and the number is not lost', async () => {
    const agent = bench();
    agent.save();
    await agent.clock.pass(secondMs);
    const row = agent.org.find(create);
    Object.assign(row, { state: 'ready', customer: null, operation: undefined });
    row.payload = JSON.stringify({ ...draft, name: 'Something Else AS' });
    agent.ring();
    await agent.clock.pass(secondMs);
    expect(row).toMatchObject({ state: 'refused', customer: number });
    expect(row.operation?.problem?.code).toBe('IDEMPOTENCY_KEY_REUSED');
    expect(agent.sap.countOf('createCustomer')).toBe(1);
  });
});

describe('a request that a person does not want any more', () => {
  const wish = { wish: 'discard' as const, reason: 'a test' };

  test('ends refused while it waits for SAP', async () => {
    const agent = bench();
    agent.sap.writes.push({ code: 'SAP_UNREACHABLE' });
    agent.sap.pings.push(...Array<'SAP_UNREACHABLE'>(5_000).fill('SAP_UNREACHABLE'));
    agent.save();
    await agent.clock.pass(secondMs);
    agent.org.find(create).wish = wish;
    await agent.clock.pass(minuteMs);
    expect(agent.org.find(create)).toMatchObject({
      state: 'refused',
      operation: { problem: { code: 'REQUEST_WITHDRAWN', title: 'The request was withdrawn: a test.' } },
    });
  });

  test('is put on hold while it waits for its turn', async () => {
    const agent = bench({ perMinute: 1 });
    agent.org.add('customer.create:000001', draft);
    agent.save();
    await agent.clock.pass(secondMs);
    agent.org.find(create).wish = { wish: 'hold', reason: 'not yet' };
    await agent.clock.pass(pollMs + secondMs);
    expect(agent.org.find(create)).toMatchObject({
      state: 'held',
      operation: { problem: { code: 'REQUEST_ON_HOLD' } },
    });
    expect(agent.sap.countOf('createCustomer')).toBe(1);
  });

  test.each([
    ['has it', 'commit-lose' as const, 'done'],
    ['does not have it', 'lose' as const, 'refused'],
  ])('and waits for its turn in a new process is looked up all the same: SAP %s', async (_, script, state) => {
    const first = bench();
    first.sap.writes.push(script);
    first.sap.lookUps.push({ wait: new Promise(() => undefined) });
    first.save();
    await first.clock.pass(secondMs);
    const rate = { perMinute: 1 };
    first.org.rows.unshift(first.org.add('customer.create:000001', draft));
    first.org.rows.pop();
    const next = first.killed(rate);
    await next.clock.pass(secondMs);
    next.org.find(create).wish = wish;
    await next.clock.pass(2 * minuteMs);
    expect(next.org.find(create).state).toBe(state);
    expect(
      next.sap.asked.filter(({ name, args }) => name === 'lookUpKey' && String(args[0]).endsWith(create)),
    ).toHaveLength(1);
  });

  test.each([
    ['has it', 'commit-lose' as const, 'done'],
    ['does not have it', 'lose' as const, 'refused'],
  ])('and whose answer was lost is looked up: SAP %s', async (_, script, state) => {
    const agent = bench();
    agent.sap.writes.push(script);
    agent.sap.lookUps.push(...Array<'SAP_WORK_PROCESSES_EXHAUSTED'>(3).fill('SAP_WORK_PROCESSES_EXHAUSTED'));
    agent.save();
    await agent.clock.pass(secondMs);
    agent.org.find(create).wish = wish;
    await agent.clock.pass(10 * minuteMs);
    expect(agent.org.find(create).state).toBe(state);
    expect(agent.sap.countOf('createCustomer')).toBe(1);
  });
});
