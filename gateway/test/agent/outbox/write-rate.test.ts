/** The rate: writes begin evenly, first come, first served. */
import { expect, test } from '@jest/globals';
import { WriteRate } from '../../../src/agent/outbox/index.ts';
import { ManualClock } from '../execute/manual-clock.ts';

async function beganAt(perMinute: number, count: number): Promise<readonly number[]> {
  const clock = new ManualClock();
  const rate = new WriteRate(clock, perMinute);
  const startedMs = clock.monotonic();
  const signal = new AbortController().signal;
  const times: number[] = [];
  const all = Array.from({ length: count }, async () => {
    await rate.take(signal);
    times.push(clock.monotonic() - startedMs);
  });
  await clock.until(Promise.all(all));
  return times;
}

test('one a second is one at once and then one each second', async () => {
  expect(await beganAt(60, 4)).toEqual([0, 1_000, 2_000, 3_000]);
});

test('after a pause as many may begin at once as a second allows', async () => {
  const times = await beganAt(600, 30);
  expect(times.filter((ms) => ms === 0)).toHaveLength(10);
  expect(times.at(-1)).toBe(2_000);
});

test('one a minute is no faster for being the first of its kind', async () => {
  expect(await beganAt(1, 2)).toEqual([0, 60_000]);
});

test('who does not want to wait any more goes at once', async () => {
  const clock = new ManualClock();
  const rate = new WriteRate(clock, 1);
  const stop = new AbortController();
  await rate.take(stop.signal);
  const waiting = rate.take(stop.signal);
  stop.abort();
  await waiting;
  expect(clock.waiting).toBe(0);
});
