import { describe, expect, test } from '@jest/globals';
import { CallRate } from '../../../src/sap/governor/call-rate.ts';
import { ManualClock } from '../../agent/execute/manual-clock.ts';
import { chance } from '../../protocol/chance.ts';

/** The moments at which calls begin when there is always one waiting, in the middle of idle times of random length. */
async function begins(perMinute: number, forMs: number, idleMs: () => number): Promise<readonly number[]> {
  const clock = new ManualClock();
  const rate = new CallRate(clock);
  rate.grant(perMinute);
  const fromMs = clock.monotonic();
  const moments: number[] = [];
  while (clock.monotonic() - fromMs < forMs) {
    await clock.pass(idleMs());
    for (; rate.waitMs > 0; await clock.pass(rate.waitMs));
    rate.take();
    moments.push(clock.monotonic() - fromMs);
  }
  return moments;
}

const mostWithin = (moments: readonly number[], spanMs: number): number =>
  Math.max(...moments.map((fromMs, index) => moments.slice(index).findIndex((at) => at >= fromMs + spanMs)));

describe('calls per minute', () => {
  test.each([1, 2, 7, 60, 61, 119, 600, 1_200, 6_000])('in no sixty seconds more than %d begin', async (perMinute) => {
    const random = chance(perMinute);
    const idle = (): number => (random() < 0.01 ? random() * 90_000 : 0);
    const moments = await begins(perMinute, perMinute < 100 ? 1_800_000 : 200_000, idle);
    expect(mostWithin(moments, 60_000)).toBeLessThanOrEqual(perMinute);
  });

  test.each([1, 7, 61, 600, 1_200])('nor when all that was saved up is spent first: %d', async (perMinute) => {
    const moments = await begins(perMinute, 130_000, () => 0);
    expect(mostWithin(moments, 60_000)).toBeLessThanOrEqual(perMinute);
  });

  test.each([1, 2, 7, 60, 600, 1_200])('when it is always wanted, nearly all of %d are given', async (perMinute) => {
    const moments = await begins(perMinute, 600_000, () => 0);
    expect(moments.length).toBeGreaterThanOrEqual(perMinute * 10 * 0.96);
  });

  test('the first second never brings more than two seconds are worth, also after a long rest', async () => {
    const moments = await begins(1_200, 300_000, () => 0);
    expect(mostWithin(moments, 1_000)).toBeLessThanOrEqual(40);
  });

  test('a few calls at once are not kept waiting', () => {
    const rate = new CallRate(new ManualClock());
    rate.grant(1_200);
    for (let call = 0; call < 20; call += 1) {
      expect(rate.waitMs).toBe(0);
      rate.take();
    }
    expect(rate.waitMs).toBeGreaterThan(0);
  });

  test('what a session calls without asking is missing afterwards, but not for more than a minute', async () => {
    const clock = new ManualClock();
    const rate = new CallRate(clock);
    rate.grant(60);
    for (let call = 0; call < 11; call += 1) rate.take();
    expect(rate.waitMs).toBeGreaterThan(10_000);
    expect(rate.waitMs).toBeLessThanOrEqual(11_000);
    for (let call = 0; call < 10_000; call += 1) rate.take();
    await clock.pass(62_000);
    expect(rate.waitMs).toBe(0);
  });

  test('another figure counts at once, and brings nothing that was saved up under the old one', () => {
    const rate = new CallRate(new ManualClock());
    rate.grant(6_000);
    rate.grant(60);
    rate.take();
    expect(rate.waitMs).toBe(1_000);
  });
});
