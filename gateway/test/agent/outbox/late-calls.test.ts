/** A call through the relay and the org's outbox bring the same request: late, twice, or after a person has acted. */
import { describe, expect, test } from '@jest/globals';

import { create, draft, OutboxBench, system } from './outbox-bench.ts';

const secondMs = 1_000;

describe('a call through the relay', () => {
  test('is accepted with other content after a hold of which nothing was journaled', async () => {
    const agent = new OutboxBench();
    const match = { customer: { system, number: '0000104711' }, name: 'Fjordlys', city: 'Bergen', score: 96 };
    agent.sap.findMatches = () => Promise.resolve({ asOf: '', matches: [match] } as never);
    agent.save(create, draft, { checksDuplicates: true });
    await agent.clock.pass(secondMs);
    expect(agent.org.find(create)).toMatchObject({
      state: 'held',
      operation: { problem: { code: 'CUSTOMER_MAY_EXIST' } },
    });
    const body = { ...draft, name: 'Fjordlys Bergen AS' };
    expect(await agent.clock.until(agent.call({ body }))).toMatchObject({ status: 201, body: { state: 'done' } });
    expect(agent.sap.countOf('createCustomer')).toBe(1);
  });

  test('that was on its way while its request was refused hears that, and writes nothing', async () => {
    const agent = new OutboxBench();
    agent.sap.writes.push({ code: 'SAP_REFUSED' });
    agent.save();
    await agent.clock.pass(secondMs);
    expect(agent.org.find(create).state).toBe('refused');
    expect(await agent.clock.until(agent.call({ ageMs: 2_000 }))).toMatchObject({ body: { state: 'refused' } });
    expect(agent.sap.countOf('createCustomer')).toBe(1);
  });

  test('that is too late is left to the outbox of the org', async () => {
    const agent = new OutboxBench();
    await agent.clock.pass(secondMs);
    await expect(agent.clock.until(agent.call({ ageMs: 20_000 }))).rejects.toMatchObject({ code: 'AGENT_STANDBY' });
    expect(agent.sap.countOf('createCustomer')).toBe(0);
  });

  test('that waits for the lease heeds a wish that comes with it', async () => {
    const agent = new OutboxBench();
    agent.org.add(create, draft, { wish: { wish: 'hold', reason: 'not yet' } });
    const reply = agent.call();
    expect(await agent.clock.until(reply)).toMatchObject({ body: { problem: { code: 'REQUEST_ON_HOLD' } } });
    expect(agent.sap.countOf('createCustomer')).toBe(0);
  });
});
