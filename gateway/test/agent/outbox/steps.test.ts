/** Writes whose records change under them, and writes of two steps: finished, never repeated. */
import { describe, expect, test } from '@jest/globals';
import { create, draft, leaseMs, OutboxBench } from './outbox-bench.ts';

const secondMs = 1_000;
const minuteMs = 60_000;
const number = '0000104801';

/** A second agent with a journal of its own, for the same org and the same SAP. */
const beside = ({ clock, org, sap }: OutboxBench, agentId = 'agent-2'): OutboxBench =>
  new OutboxBench({ clock, org, table: sap.table, agentId });

describe('a change whose Account was merged into another one meanwhile', () => {
  const change = 'customer.change:a001:1';
  const merged = async (script: 'lose' | 'commit-lose'): Promise<OutboxBench> => {
    const first = new OutboxBench();
    first.sap.readCustomer = () => Promise.resolve({ isMarkedForDeletion: false } as never);
    first.sap.writes.push(script);
    first.sap.lookUps.push({ wait: new Promise(() => undefined) });
    first.save(change, { phone: '+47 1' }, { customer: '0000104711' });
    await first.clock.pass(2 * secondMs);
    first.sleep();
    first.org.find(change).customer = '0000104712';
    return first;
  };

  test.each([
    ['the next process', (first: OutboxBench) => first.killed()],
    ['another agent', (first: OutboxBench) => beside(first)],
  ])('is done when SAP has it for the number of before: %s', async (_, after) => {
    const next = after(await merged('commit-lose'));
    await next.clock.pass(2 * leaseMs);
    expect(next.org.find(change)).toMatchObject({ state: 'done', operation: { customer: { number: '0000104711' } } });
    expect(next.sap.countOf('changeCustomer')).toBe(0);
  });

  test('is made for the number of now when SAP does not have it', async () => {
    const next = (await merged('lose')).killed();
    await next.clock.pass(minuteMs);
    expect(next.org.find(change)).toMatchObject({ state: 'done', operation: { customer: { number: '0000104712' } } });
    expect(next.sap.asked.find(({ name }) => name === 'changeCustomer')?.args[1]).toBe('0000104712');
  });
});

describe('a customer with credit data', () => {
  const withCredit = { ...draft, credit: { creditControlArea: '1000', riskClass: 'A01' } };
  const written = (agent: OutboxBench): readonly string[] =>
    agent.sap.asked.map(({ name }) => name).filter((name) => name !== 'lookUpKey');

  test('is written in two steps, each under a key of its own', async () => {
    const agent = new OutboxBench();
    agent.save(create, withCredit);
    await agent.clock.pass(secondMs);
    expect(agent.org.find(create)).toMatchObject({ state: 'done', customer: number });
    expect(written(agent)).toEqual(['createCustomer', 'changeCredit']);
    const keys = [...agent.sap.table.committed.keys()];
    expect(keys[1]).toMatch(/^00D5g000004GANG.{3}:credit:[0-9a-f]{40}$/);
    expect(agent.sap.asked[0]?.args[1]).not.toHaveProperty('credit');
    expect(agent.sap.asked[1]?.args.slice(1, 3)).toEqual([number, withCredit.credit]);
  });

  test('whose credit data SAP refuses: the number is in the org, it is held, and only what is missing is written later', async () => {
    const agent = new OutboxBench();
    const message = { type: 'E' as const, id: 'F5', number: '117', text: 'Risk class A01 is not defined' };
    agent.sap.writes.push('commit', { code: 'SAP_REFUSED', messages: [message] });
    agent.save(create, withCredit);
    await agent.clock.pass(secondMs);
    expect(agent.org.find(create)).toMatchObject({
      state: 'held',
      customer: number,
      operation: { sapMessages: [message], problem: { code: 'SAP_STEP_NOT_WRITTEN' } },
    });
    const corrected = { ...withCredit, credit: { creditControlArea: '1000', riskClass: 'B01' } };
    Object.assign(agent.org.find(create), { state: 'ready', payload: JSON.stringify(corrected) });
    agent.ring();
    await agent.clock.pass(secondMs);
    expect(agent.org.find(create)).toMatchObject({ state: 'done', customer: number });
    expect(written(agent)).toEqual(['createCustomer', 'changeCredit', 'changeCredit']);
  });

  test.each(['lose', 'commit-lose'] as const)(
    'whose second answer is lost (%s) is looked up by the second key',
    async (script) => {
      const agent = new OutboxBench();
      agent.sap.writes.push('commit', script);
      agent.save(create, withCredit);
      await agent.clock.pass(minuteMs);
      expect(agent.org.find(create)).toMatchObject({ state: 'done', customer: number });
      expect(agent.sap.table.committed.size).toBe(2);
      expect(agent.sap.countOf('createCustomer')).toBe(1);
      expect(agent.sap.asked[2]).toMatchObject({ name: 'lookUpKey', args: [expect.stringContaining(':credit:')] });
    },
  );

  test('is finished by the next process, and by another agent without the journal', async () => {
    const first = new OutboxBench();
    await first.clock.pass(secondMs);
    first.sap.writes.push('commit', { wait: new Promise(() => undefined) });
    first.save(create, withCredit);
    await first.clock.pass(secondMs);
    const next = first.killed();
    next.sap.writes.push({ wait: new Promise(() => undefined) });
    await next.clock.pass(minuteMs);
    expect(next.sap.countOf('createCustomer')).toBe(0);
    expect(next.org.find(create)).toMatchObject({ state: 'sent' });
    next.sleep();
    const other = beside(next);
    await next.clock.pass(2 * leaseMs);
    expect(other.org.find(create)).toMatchObject({ state: 'done', customer: number });
    expect(written(other)).toEqual(['changeCredit']);
    expect(other.sap.table.committed.size).toBe(2);
  });

  test('withdrawn between the steps is held with its number: it exists', async () => {
    const agent = new OutboxBench();
    agent.sap.writes.push('commit', ...Array<{ code: 'SAP_OBJECT_LOCKED' }>(200).fill({ code: 'SAP_OBJECT_LOCKED' }));
    agent.save(create, withCredit);
    await agent.clock.pass(5 * secondMs);
    agent.org.find(create).wish = { wish: 'discard', reason: 'not wanted' };
    await agent.clock.pass(minuteMs);
    expect(agent.org.find(create)).toMatchObject({
      state: 'held',
      customer: number,
      operation: { problem: { code: 'SAP_STEP_NOT_WRITTEN' } },
    });
  });
});
