/** Requests while work in SAP is paused: they stay, the org hears of it once, and they go on within seconds. */
import { describe, expect, test } from '@jest/globals';
import { GatewayError } from '../../../src/errors/index.ts';
import { create, draft, leaseMs, OutboxBench, pollMs } from './outbox-bench.ts';

const secondMs = 1_000;
const longMs = 900_000;

const sent = { state: 'sent' } as const;

/** An agent whose SAP is paused: what is asked of it ends before it is sent. */
function pausedBench(): { readonly agent: OutboxBench; readonly resume: () => void } {
  const agent = new OutboxBench();
  const { sap } = agent;
  let isPaused = true;
  const orPaused =
    <Args extends readonly unknown[], Answer>(work: (...args: Args) => Promise<Answer>) =>
    (...args: Args): Promise<Answer> =>
      isPaused ? Promise.reject(new GatewayError('SAP_PAUSED', { reason: 'transport' })) : work(...args);
  sap.ping = orPaused(sap.ping.bind(sap));
  sap.createCustomer = orPaused(sap.createCustomer.bind(sap));
  sap.lookUpKey = orPaused(sap.lookUpKey.bind(sap));
  sap.findMatches = orPaused(() => Promise.resolve({ asOf: '', matches: [] } as never));
  return { agent, resume: () => (isPaused = false) };
}

describe('a request while work in SAP is paused', () => {
  test.each([
    ['that is written at once', {}],
    ['that is checked for duplicates first', { checksDuplicates: true }],
    ['that was sent before', sent],
  ] as const)('%s waits, says why, and goes on within seconds after', async (_, more) => {
    const { agent, resume } = pausedBench();
    const row = agent.org.add(create, draft, more);
    agent.ring();
    await agent.clock.pass(pollMs + 5 * secondMs);
    // One whose outcome is unknown says so all the time.
    const waits = more === sent ? { state: 'verifying' } : { state: 'running', problem: { code: 'SAP_PAUSED' } };
    expect(row.operation).toMatchObject(waits);
    const visitsBefore = agent.org.visits.length;
    await agent.clock.pass(longMs);
    // Not more than the visits that keep the lease, and a handful.
    expect(agent.org.visits.length - visitsBefore).toBeLessThanOrEqual((3 * longMs) / leaseMs + 10);
    const told = agent.org.visits.flatMap(({ outcomes }) => outcomes);
    expect(told.length).toBeLessThanOrEqual(3);
    expect(row.state).not.toBe('held');
    expect(agent.sap.asked).toEqual([]);

    resume();
    await agent.clock.pass(6 * secondMs);
    expect(agent.sap.table.committed.size).toBe(1);
    await agent.clock.pass(pollMs);
    expect(row.operation).toMatchObject({ state: 'done', problem: null });
    expect(agent.errors).toEqual([]);
  });
});
