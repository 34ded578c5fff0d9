/** The outbox: what the org asks for is done once, whoever rang, and the org learns how it ended. */
import { describe, expect, test } from '@jest/globals';
import { create, draft, leaseMs, OutboxBench, pollMs, system } from './outbox-bench.ts';
import type { OutboxBenchOptions } from './outbox-bench.ts';

const secondMs = 1_000;
const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const number = '0000104801';

const bench = (options?: OutboxBenchOptions): OutboxBench => new OutboxBench(options);

describe('a request in the org', () => {
  test('is done within a second of the bell, and its number is in the org', async () => {
    const agent = bench();
    await agent.clock.pass(secondMs);
    agent.save();
    await agent.clock.pass(500);
    expect(agent.org.find(create)).toMatchObject({ state: 'done', customer: number });
    expect(agent.sap.countOf('createCustomer')).toBe(1);
  });

  test('is found without a bell, within one polling interval', async () => {
    const agent = bench();
    await agent.clock.pass(secondMs);
    agent.org.add(create, draft);
    await agent.clock.pass(pollMs + secondMs);
    expect(agent.org.find(create).state).toBe('done');
  });

  test('carries the fence of the lease to SAP', async () => {
    const agent = bench();
    agent.save();
    await agent.clock.pass(secondMs);
    expect(agent.sap.asked[0]?.args[0]).toMatchObject({ fence: agent.org.fence });
  });

  test('that somebody also sends through the relay is one call to SAP, and both hear of it', async () => {
    const agent = bench();
    await agent.clock.pass(secondMs);
    const gate = Promise.withResolvers<void>();
    agent.sap.writes.push({ wait: gate.promise });
    agent.save();
    await agent.clock.pass(500);
    const reply = agent.call();
    gate.resolve();
    expect(await agent.clock.until(reply)).toMatchObject({ status: 200, body: { state: 'done' } });
    await agent.clock.pass(secondMs);
    expect(agent.org.find(create).customer).toBe(number);
    expect(agent.sap.countOf('createCustomer')).toBe(1);
  });

  test('that only the relay has sent is told to the org two seconds later, in case its caller is gone', async () => {
    const agent = bench();
    await agent.clock.pass(secondMs);
    agent.org.add(create, draft, { state: 'sent' });
    await agent.clock.until(agent.call());
    await agent.clock.pass(secondMs);
    expect(agent.org.find(create).state).toBe('sent');
    await agent.clock.pass(1_500);
    expect(agent.org.find(create)).toMatchObject({ state: 'done', customer: number });
  });

  test('of each kind reaches its function, with the numbers of the moment', async () => {
    const agent = bench();
    const customer = '0000104711';
    agent.save('customer.change:a001:1', { phone: '+47 1' }, { customer });
    agent.sap.readCustomer = () => Promise.resolve({ isMarkedForDeletion: false } as never);
    agent.save('contact.create:c001', { lastName: 'Ås' }, { customer, subject: 'a002' });
    agent.save('contact.change:c002:1', { phone: '' }, { customer, contact: '0000000815', subject: 'a003' });
    await agent.clock.pass(5 * secondMs);
    const asked = agent.sap.asked.map(({ name, args }) => [name, ...args.slice(1, -1)]);
    expect(asked).toEqual([
      ['createContact', customer, expect.objectContaining({ lastName: 'Ås' })],
      ['changeContact', customer, '0000000815', { phone: '' }],
      ['changeCustomer', customer, { phone: '+47 1' }],
    ]);
    expect(agent.org.find('contact.create:c001')).toMatchObject({ state: 'done', contact: '0000004711' });
  });

  test('held in SAP and sent again by a person is looked up, and ends', async () => {
    const agent = bench();
    agent.sap.writes.push({ code: 'SAP_NOT_AUTHORIZED' });
    agent.save();
    await agent.clock.pass(secondMs);
    expect(agent.org.find(create)).toMatchObject({
      state: 'held',
      operation: { problem: { code: 'SAP_NOT_AUTHORIZED' } },
    });
    agent.org.find(create).state = 'ready';
    agent.ring();
    await agent.clock.pass(secondMs);
    expect(agent.org.find(create).state).toBe('done');
  });

  test('refused and corrected is sent with the new content under the same key', async () => {
    const agent = bench();
    agent.sap.writes.push({ code: 'SAP_REFUSED' });
    agent.save();
    await agent.clock.pass(secondMs);
    const row = agent.org.find(create);
    expect(row.state).toBe('refused');
    Object.assign(row, { state: 'ready', payload: JSON.stringify({ ...draft, name: 'Corrected AS' }) });
    agent.ring();
    await agent.clock.pass(secondMs);
    expect(row.state).toBe('done');
    expect(agent.sap.asked.at(-1)?.args[1]).toMatchObject({ name: 'Corrected AS' });
  });

  test('says why it waits while SAP is away, and ends by itself when SAP is back', async () => {
    const agent = bench();
    agent.sap.writes.push({ code: 'SAP_UNREACHABLE' });
    agent.sap.pings.push(...Array<'SAP_UNREACHABLE'>(20).fill('SAP_UNREACHABLE'));
    agent.save();
    await agent.clock.pass(pollMs + secondMs);
    expect(agent.org.find(create)).toMatchObject({
      state: 'sent',
      operation: { state: 'running', problem: { code: 'SAP_UNREACHABLE' } },
    });
    await agent.clock.pass(hourMs);
    expect(agent.org.find(create).state).toBe('done');
  });
});

describe('many requests', () => {
  const keyOf = (index: number): string => `customer.create:${String(index).padStart(6, '0')}`;

  test('are taken in windows, in their order, each once', async () => {
    const agent = bench({ inHand: 10 });
    for (let index = 0; index < 200; index += 1) agent.org.add(keyOf(index), draft);
    agent.ring();
    await agent.clock.pass(5 * minuteMs);
    expect(agent.org.rows.every(({ state }) => state === 'done')).toBe(true);
    expect(agent.org.handedOut).toEqual(Array.from({ length: 200 }, (_, index) => keyOf(index)));
    expect(Math.max(...agent.org.visits.map(({ underWay }) => underWay.length))).toBeLessThanOrEqual(30);
    expect(agent.sap.table.committed.size).toBe(200);
  });

  test('cost nothing while SAP is away: the window is full, and one ping asks for all', async () => {
    const agent = bench({ inHand: 10 });
    agent.sap.writes.push(...Array<{ code: 'SAP_UNREACHABLE' }>(10).fill({ code: 'SAP_UNREACHABLE' }));
    agent.sap.pings.push(...Array<'SAP_UNREACHABLE'>(1_000).fill('SAP_UNREACHABLE'));
    for (let index = 0; index < 100; index += 1) agent.org.add(keyOf(index), draft);
    agent.ring();
    await agent.clock.pass(hourMs);
    expect(agent.org.handedOut).toHaveLength(10);
    expect(agent.sap.pinged).toBeLessThan(120);
    expect(agent.sap.asked.length).toBeLessThanOrEqual(10);
  });

  test('begin no faster than the configured rate', async () => {
    const agent = bench({ perMinute: 60 });
    for (let index = 0; index < 100; index += 1) agent.org.add(keyOf(index), draft);
    agent.ring();
    await agent.clock.pass(30 * secondMs);
    expect(agent.sap.countOf('createCustomer')).toBeGreaterThanOrEqual(28);
    expect(agent.sap.countOf('createCustomer')).toBeLessThanOrEqual(31);
  });

  test('at twenty a second become a few visits a second', async () => {
    const agent = bench();
    await agent.clock.pass(secondMs);
    const before = agent.org.visits.length;
    for (let index = 0; index < 200; index += 1) {
      agent.save(keyOf(index));
      await agent.clock.pass(50);
    }
    await agent.clock.pass(secondMs);
    expect(agent.org.rows.every(({ state }) => state === 'done')).toBe(true);
    expect(agent.org.visits.length - before).toBeLessThan(80);
  });

  test('of one subject go one after the other, even when the org hands them out together', async () => {
    const agent = bench();
    agent.sap.readCustomer = () => Promise.resolve({ isMarkedForDeletion: false } as never);
    agent.org.keepsOrder = false;
    const gate = Promise.withResolvers<void>();
    agent.sap.writes.push({ wait: gate.promise });
    for (const n of [1, 2, 3]) {
      const phone = `+47 ${n}`;
      agent.org.add(`customer.change:a001:${n}`, { phone }, { customer: '0000104711' });
    }
    await agent.clock.pass(secondMs);
    expect(agent.org.handedOut).toHaveLength(3);
    expect(agent.sap.countOf('changeCustomer')).toBe(1);
    gate.resolve();
    await agent.clock.pass(2 * secondMs);
    expect(agent.sap.asked.map(({ args }) => args[2])).toEqual([
      { phone: '+47 1' },
      { phone: '+47 2' },
      { phone: '+47 3' },
    ]);
  });
});

describe('outcomes', () => {
  test('whose visit is lost are left again, and nothing is done twice', async () => {
    const agent = bench();
    await agent.clock.pass(secondMs);
    agent.org.network.push('through', 'lose-after', 'lose-before');
    agent.save();
    await agent.clock.pass(minuteMs);
    expect(agent.org.find(create).state).toBe('done');
    expect(agent.sap.countOf('createCustomer')).toBe(1);
    expect(await agent.journal.undelivered(agent.outbox.org, system, 10)).toEqual([]);
  });

  test('the org cannot save are left again, later and later', async () => {
    const agent = bench();
    agent.org.receipts.set(create, 'failed');
    agent.save();
    await agent.clock.pass(10 * minuteMs);
    const tries = agent.org.visits.filter(({ outcomes }) => outcomes.length > 0).length;
    expect(tries).toBeGreaterThan(3);
    expect(tries).toBeLessThan(15);
    agent.org.receipts.clear();
    await agent.clock.pass(10 * minuteMs);
    expect(agent.org.find(create).state).toBe('done');
    expect(agent.sap.countOf('createCustomer')).toBe(1);
  });

  test('for a deleted Account are given up, and the number of the customer is logged as an error', async () => {
    const agent = bench();
    agent.org.receipts.set(create, 'gone');
    agent.save();
    await agent.clock.pass(secondMs);
    expect(agent.errors).toContain(
      'SAP has a customer whose Account or request is gone from the org; link or block it by hand',
    );
    expect(await agent.journal.undelivered(agent.outbox.org, system, 10)).toEqual([]);
  });

  test('that the org takes for older than what it knows are not made by writing again and again', async () => {
    const agent = bench();
    agent.sap.writes.push(...Array<{ code: 'SAP_REFUSED' }>(1_000).fill({ code: 'SAP_REFUSED' }));
    const row = agent.org.add(create, draft, { state: 'sent' });
    row.operation = { asOf: '2026-11-21T08:10:00.000Z' } as never;
    agent.ring();
    await agent.clock.pass(9 * minuteMs);
    expect(row.state).toBe('sent');
    expect(agent.sap.countOf('createCustomer')).toBeLessThan(12);
    await agent.clock.pass(20 * minuteMs);
    expect(row.state).toBe('refused');
  });
});

describe('an org that cannot be visited', () => {
  test('because it is away is visited again with growing waits', async () => {
    const agent = bench();
    agent.org.network.push(...Array<'SALESFORCE_UNREACHABLE'>(20).fill('SALESFORCE_UNREACHABLE'));
    agent.save();
    await agent.clock.pass(hourMs);
    expect(agent.org.find(create).state).toBe('done');
  });

  test('because its API calls are used up is visited rarely', async () => {
    const agent = bench();
    agent.org.network.push(...Array<'SALESFORCE_LIMIT_REACHED'>(1_000).fill('SALESFORCE_LIMIT_REACHED'));
    await agent.clock.pass(24 * hourMs);
    expect(1_000 - agent.org.network.length).toBeLessThan(40);
    expect(1_000 - agent.org.network.length).toBeGreaterThan(10);
  });

  test.each(['SALESFORCE_LOGON_REFUSED', 'ORG_MISMATCH'] as const)(
    'because of %s is left alone until an operator has acted, and writes for it are refused',
    async (code) => {
      const agent = bench();
      agent.org.network.push(code);
      await agent.clock.pass(hourMs);
      expect(agent.org.visits).toEqual([]);
      expect(agent.outbox).toMatchObject({ isReady: false, stopped: code });
      await expect(agent.call()).rejects.toMatchObject({ code: 'AGENT_STANDBY' });
      agent.save();
      agent.outbox.goOn();
      await agent.clock.pass(secondMs);
      expect(agent.org.find(create).state).toBe('done');
      expect(agent.outbox.isReady).toBe(true);
    },
  );

  test('for longer than its lease: writes through the relay are refused, because another agent may have it', async () => {
    const agent = bench();
    await agent.clock.pass(secondMs);
    agent.org.network.push(...Array<'SALESFORCE_UNREACHABLE'>(100).fill('SALESFORCE_UNREACHABLE'));
    agent.ring();
    await agent.clock.pass(leaseMs);
    await expect(agent.call()).rejects.toMatchObject({ code: 'AGENT_STANDBY' });
    expect(agent.sap.asked).toEqual([]);
    agent.org.network.length = 0;
    await agent.clock.pass(2 * minuteMs);
    expect(await agent.clock.until(agent.call())).toMatchObject({ status: 201 });
  });

  test('yet at the start: a call waits for the first visit, and not longer than two seconds', async () => {
    const agent = bench();
    const gate = Promise.withResolvers<void>();
    agent.org.network.push({ wait: gate.promise });
    const early = agent.call();
    await agent.clock.pass(100);
    gate.resolve();
    expect(await agent.clock.until(early)).toMatchObject({ status: 201 });

    const slow = bench();
    slow.org.network.push({ wait: new Promise(() => undefined) });
    const startedMs = slow.clock.now();
    await expect(slow.clock.until(slow.call())).rejects.toMatchObject({ code: 'AGENT_STANDBY' });
    expect(slow.clock.now() - startedMs).toBeLessThanOrEqual(2_000);
  });
});
