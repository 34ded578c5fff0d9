/** Leases: of two agents one writes, an old one that wakes up writes nothing, and a restart goes on where it must. */
import { describe, expect, test } from '@jest/globals';
import { create, draft, leaseMs, OutboxBench, pollMs, system } from './outbox-bench.ts';

const secondMs = 1_000;
const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const number = '0000104801';

/** A second agent with a journal of its own, for the same org and the same SAP. */
const beside = ({ clock, org, sap }: OutboxBench, agentId = 'agent-2'): OutboxBench =>
  new OutboxBench({ clock, org, table: sap.table, agentId });

describe('two agents for one org', () => {
  test('of which one has the lease: the other takes nothing and refuses calls, and both are ready', async () => {
    const first = new OutboxBench();
    await first.clock.pass(secondMs);
    const second = beside(first);
    await first.clock.pass(secondMs);
    second.save();
    second.ring();
    await first.clock.pass(pollMs + secondMs);
    expect(first.org.find(create).state).toBe('done');
    expect(second.sap.asked).toEqual([]);
    await expect(second.call()).rejects.toMatchObject({ code: 'AGENT_STANDBY', context: { holder: 'agent-1' } });
    expect([first.outbox.isReady, second.outbox.isReady]).toEqual([true, true]);
  });

  test('of which the first is killed: the second goes on after the lease, and looks in SAP first', async () => {
    const first = new OutboxBench();
    await first.clock.pass(secondMs);
    const second = beside(first);
    first.sap.writes.push('commit-lose');
    first.sap.lookUps.push({ wait: new Promise(() => undefined) });
    first.save();
    await first.clock.pass(2 * secondMs);
    first.sleep();
    await first.clock.pass(leaseMs + 2 * secondMs);
    expect(first.org.find(create)).toMatchObject({ state: 'done', customer: number });
    expect(second.sap.countOf('createCustomer')).toBe(0);
  });

  test('of which the first leaves in order: the second takes over at once', async () => {
    const first = new OutboxBench();
    await first.clock.pass(secondMs);
    const second = beside(first);
    await first.clock.pass(secondMs);
    first.sap.writes.push({ code: 'SAP_UNREACHABLE' });
    first.sap.pings.push(...Array<'SAP_UNREACHABLE'>(100).fill('SAP_UNREACHABLE'));
    first.save();
    await first.clock.pass(secondMs);
    await first.drain();
    expect(first.org.visits.at(-1)).toMatchObject({ isFarewell: true });
    second.ring();
    await first.clock.pass(secondMs);
    expect(first.org.find(create).state).toBe('done');
    expect(second.sap.countOf('createCustomer')).toBe(1);
    expect(first.sap.countOf('createCustomer')).toBe(1);
  });

  test('of which the first sleeps in the middle of a write: when it wakes up, SAP refuses its late fence', async () => {
    const first = new OutboxBench();
    await first.clock.pass(secondMs);
    const gate = Promise.withResolvers<void>();
    first.sap.writes.push({ wait: gate.promise });
    const change = 'customer.change:a001:1';
    first.sap.readCustomer = () => Promise.resolve({ isMarkedForDeletion: false } as never);
    first.save(change, { phone: '+47 1' }, { customer: '0000104711' });
    await first.clock.pass(secondMs);
    first.sleep();
    const second = beside(first);
    await first.clock.pass(leaseMs + secondMs);
    expect(first.org.find(change).state).toBe('done');
    // A person changes it once more; then the old agent wakes up with the old value in its hand.
    second.save('customer.change:a001:2', { phone: '+47 2' }, { customer: '0000104711' });
    second.sap.readCustomer = () => Promise.resolve({ isMarkedForDeletion: false } as never);
    await first.clock.pass(secondMs);
    first.sap.table.committed.delete(`${first.outbox.org}:${change}` as never);
    const before = first.sap.table.committed.size;
    gate.resolve();
    first.wake();
    await first.clock.pass(minuteMs);
    expect(first.sap.table.committed.size).toBe(before);
    await expect(first.call()).rejects.toMatchObject({ code: 'AGENT_STANDBY' });
    expect(first.org.find('customer.change:a001:2').state).toBe('done');
  });

  test('of which the first sleeps between two attempts: it makes no further one', async () => {
    const first = new OutboxBench();
    await first.clock.pass(secondMs);
    first.sap.writes.push({ code: 'SAP_OBJECT_LOCKED' });
    first.save();
    await first.clock.pass(200);
    first.sleep();
    const second = beside(first);
    await first.clock.pass(leaseMs + secondMs);
    expect(first.org.find(create).state).toBe('done');
    first.wake();
    await first.clock.pass(minuteMs);
    expect(first.sap.countOf('createCustomer')).toBe(1);
    expect(second.sap.countOf('createCustomer')).toBe(1);
    expect(first.sap.table.committed.size).toBe(1);
  });

  test('with one id: the older stops for good, says so, and the newer goes on', async () => {
    const first = new OutboxBench();
    await first.clock.pass(secondMs);
    const second = beside(first, 'agent-1');
    await first.clock.pass(pollMs + secondMs);
    expect(first.outbox).toMatchObject({ stopped: 'AGENT_ID_IN_USE', isReady: false });
    first.outbox.goOn();
    second.save();
    await first.clock.pass(hourMs);
    expect(first.outbox.stopped).toBe('AGENT_ID_IN_USE');
    expect(first.sap.asked).toEqual([]);
    expect(second.org.find(create).state).toBe('done');
  });

  test('with one id, of which the older is only a late visit of a process that is gone: the living one takes it back', async () => {
    const gone = new OutboxBench();
    const late = Promise.withResolvers<void>();
    gone.org.network.push({ wait: late.promise });
    await gone.clock.pass(secondMs);
    const alive = gone.killed();
    await alive.clock.pass(secondMs);
    late.resolve();
    await alive.clock.pass(pollMs + secondMs);
    expect(alive.outbox).toMatchObject({ stopped: 'AGENT_ID_IN_USE', isReady: false });
    alive.save();
    await alive.clock.pass(2 * leaseMs);
    expect(alive.outbox).toMatchObject({ stopped: undefined, isReady: true });
    expect(alive.org.find(create).state).toBe('done');
    expect(gone.sap.asked).toEqual([]);
  });

  test('and a fence that SAP has left behind: nothing is written, and the error says so once', async () => {
    const agent = new OutboxBench();
    agent.sap.table.fence = 700;
    agent.save();
    await agent.clock.pass(10 * minuteMs);
    expect(agent.sap.table.committed.size).toBe(0);
    expect(agent.sap.countOf('createCustomer')).toBeLessThan(5);
    expect(agent.errors.filter((line) => line.includes('higher fence')).length).toBeGreaterThan(0);
    expect(agent.errors.length).toBeLessThan(25);
  });
});

describe('an agent that is started again', () => {
  test('takes the lease at once, though the old process never gave it back', async () => {
    const first = new OutboxBench();
    await first.clock.pass(secondMs);
    const next = first.killed();
    next.save();
    await next.clock.pass(secondMs);
    expect(next.org.find(create).state).toBe('done');
    expect(next.org.fence).toBe(2);
  });

  test.each([
    ['before SAP was called', 'lose' as const, 1],
    ['after SAP had committed', 'commit-lose' as const, 0],
  ])('after it was killed %s: asks the org, looks in SAP, and ends it', async (_, script, writes) => {
    const first = new OutboxBench();
    await first.clock.pass(secondMs);
    first.sap.writes.push(script);
    first.sap.lookUps.push({ wait: new Promise(() => undefined) });
    first.save();
    await first.clock.pass(2 * secondMs);
    const next = first.killed();
    await next.clock.pass(2 * secondMs);
    expect(next.org.visits.some(({ asking }) => asking.includes(next.org.find(create).id))).toBe(true);
    expect(next.org.find(create)).toMatchObject({ state: 'done', customer: number });
    expect(next.sap.countOf('createCustomer')).toBe(writes);
    expect(next.sap.asked[0]?.name).toBe('lookUpKey');
  });

  test('with an outcome it had not left: leaves it', async () => {
    const first = new OutboxBench();
    await first.clock.pass(secondMs);
    first.org.network.push('through', ...Array<'lose-before'>(20).fill('lose-before'));
    first.save();
    await first.clock.pass(5 * secondMs);
    expect(first.org.find(create).state).toBe('sent');
    first.org.network.length = 0;
    const next = first.killed();
    await next.clock.pass(secondMs);
    expect(next.org.find(create)).toMatchObject({ state: 'done', customer: number });
    expect(next.sap.asked).toEqual([]);
  });

  const interrupted = async (): Promise<OutboxBench> => {
    const first = new OutboxBench();
    await first.clock.pass(secondMs);
    first.sap.writes.push({ wait: new Promise(() => undefined) });
    first.save();
    await first.clock.pass(secondMs);
    return first;
  };

  test('for a write that has ended elsewhere: closes its entry without a word, and does not write', async () => {
    const first = await interrupted();
    first.org.find(create).state = 'refused';
    const next = first.killed();
    await next.clock.pass(hourMs);
    expect(next.sap.asked).toEqual([]);
    expect(next.org.find(create).operation).toBeUndefined();
    expect(await next.journal.unfinished(10)).toEqual([]);
    expect(await next.journal.undelivered(next.outbox.org, system, 10)).toEqual([]);
  });

  test('for a write that ended elsewhere and was corrected since: takes the new content', async () => {
    const first = await interrupted();
    first.org.find(create).state = 'refused';
    const next = first.killed();
    await next.clock.pass(minuteMs);
    const corrected = { ...draft, name: 'Corrected AS' };
    Object.assign(next.org.find(create), { state: 'ready', payload: JSON.stringify(corrected) });
    next.ring();
    await next.clock.pass(minuteMs);
    expect(next.org.find(create).state).toBe('done');
    expect(next.sap.asked.at(-1)?.args[1]).toMatchObject({ name: 'Corrected AS' });
  });

  test('and called through the relay with the corrected content of a superseded write: writes that', async () => {
    const first = await interrupted();
    first.org.find(create).state = 'refused';
    const next = first.killed();
    await next.clock.pass(minuteMs);
    const reply = await next.clock.until(next.call({ body: { ...draft, name: 'Corrected AS' } }));
    expect(reply).toMatchObject({ status: 201, body: { state: 'done' } });
  });

  test('for a write the org knows nothing of: finds out by itself how it ended', async () => {
    const first = await interrupted();
    first.org.rows.length = 0;
    const next = first.killed();
    await next.clock.pass(minuteMs);
    expect(next.sap.asked.map(({ name }) => name)).toEqual(['lookUpKey', 'createCustomer']);
    expect(await next.journal.unfinished(10)).toEqual([]);
    expect(next.errors).toContain(
      'SAP has a customer whose Account or request is gone from the org; link or block it by hand',
    );
  });

  test('for a write that a person holds in the org: waits until it is handed out', async () => {
    const first = await interrupted();
    first.org.find(create).state = 'held';
    const next = first.killed();
    await next.clock.pass(hourMs);
    expect(next.sap.asked).toEqual([]);
    Object.assign(next.org.find(create), { state: 'ready' });
    next.ring();
    await next.clock.pass(minuteMs);
    expect(next.org.find(create).state).toBe('done');
  });
});

describe('an outcome that is no success, and that the org never got', () => {
  const refusedUnheard = async (): Promise<OutboxBench> => {
    const first = new OutboxBench();
    await first.clock.pass(secondMs);
    first.org.network.push('through', ...Array<'lose-before'>(50).fill('lose-before'));
    first.sap.writes.push({ code: 'SAP_REFUSED' });
    first.save();
    await first.clock.pass(5 * secondMs);
    first.org.network.length = 0;
    expect(first.org.find(create).operation).toBeUndefined();
    return first;
  };

  test('is not told under a later lease, because another agent may have done it meanwhile', async () => {
    const first = await refusedUnheard();
    first.sleep();
    // The other one wrote it, and died before it could say so.
    const key = first.sap.asked[0]?.args[0] as Parameters<typeof first.sap.table.commit>[0];
    first.sap.table.commit({ ...key, fence: 2 });
    const next = first.killed();
    await next.clock.pass(2 * leaseMs);
    expect(next.org.find(create)).toMatchObject({ state: 'done', customer: number });
    expect(next.sap.countOf('createCustomer')).toBe(0);
  });

  test('of a request that has ended in the org is not told at all', async () => {
    const first = await refusedUnheard();
    first.org.find(create).state = 'done';
    const next = first.killed();
    await next.clock.pass(2 * leaseMs);
    expect(next.org.visits.flatMap(({ outcomes }) => outcomes)).toEqual([]);
    expect(await next.journal.undelivered(next.outbox.org, system, 10)).toEqual([]);
  });
});
