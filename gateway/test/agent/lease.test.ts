/** The lease as the agent believes it: rather too short than too long. */
import { describe, expect, test } from '@jest/globals';
import { Lease } from '../../src/agent/lease.ts';
import { ManualClock } from './execute/manual-clock.ts';

function leased(fence = 7, forMs = 1_000) {
  const clock = new ManualClock();
  const lease = new Lease(clock);
  lease.take(fence, clock.monotonic() + forMs);
  const { holding } = lease;
  if (holding === undefined) throw new Error('The lease is not held');
  return { clock, lease, holding };
}

describe('a holding', () => {
  test('ends with its time, and tells those who wait under it', async () => {
    const { clock, lease, holding } = leased();
    const told: string[] = [];
    lease.onLost(() => told.push('lost'));
    await clock.pass(999);
    expect(holding.isHeld()).toBe(true);
    await clock.pass(1);
    expect([holding.isHeld(), holding.ended.aborted, lease.holding, told]).toEqual([false, true, undefined, ['lost']]);
  });

  test('ends with its time even where the timer is late, as in a process that was stopped', () => {
    let now = 0;
    const never = (): (() => void) => () => undefined;
    const lease = new Lease({ now: () => now, monotonic: () => now, random: () => 0, after: never });
    lease.take(1, 1_000);
    const { holding } = lease;
    now = 1_000;
    expect(holding?.isHeld()).toBe(false);
    expect(holding?.ended.aborted).toBe(true);
    expect(lease.holding).toBeUndefined();
  });

  test('goes on when it is renewed in time', async () => {
    const { clock, lease, holding } = leased();
    await clock.pass(900);
    lease.take(7, clock.monotonic() + 1_000);
    await clock.pass(900);
    expect(lease.holding).toBe(holding);
    expect(holding.isHeld()).toBe(true);
  });

  test('that has ended does not come back, not even with the same fence', async () => {
    const { clock, lease, holding } = leased();
    await clock.pass(1_000);
    lease.take(7, clock.monotonic() + 1_000);
    expect(lease.holding).not.toBe(holding);
    expect(holding.isHeld()).toBe(false);
  });

  test('ends when the fence is another one: somebody else had it between', () => {
    const { clock, lease, holding } = leased();
    lease.take(8, clock.monotonic() + 1_000);
    expect([holding.isHeld(), lease.holding?.fence]).toEqual([false, 8]);
  });

  test('ends when SAP refuses its fence, and is not believed again before a higher one', () => {
    const { clock, lease, holding } = leased();
    lease.refuse(7);
    expect([holding.isHeld(), lease.holding]).toEqual([false, undefined]);
    expect(lease.take(7, clock.monotonic() + 1_000)).toBe(false);
    expect(lease.holding).toBeUndefined();
    expect(lease.take(8, clock.monotonic() + 1_000)).toBe(true);
    expect(lease.holding?.fence).toBe(8);
  });

  test('is not ended by what SAP says of an older one', () => {
    const { lease, holding } = leased(9);
    lease.refuse(7);
    expect(holding.isHeld()).toBe(true);
  });

  test('ends when somebody else holds it, whose name is known then', () => {
    const { lease, holding } = leased();
    lease.lose('agent-2');
    expect([holding.isHeld(), lease.holder]).toEqual([false, 'agent-2']);
  });
});
