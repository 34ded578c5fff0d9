/** Deadlines and waits under a clock that the test owns. */
import { describe, expect, test } from '@jest/globals';
import { backoffMs, Deadline, sleep, systemClock } from '../../src/timing/index.ts';
import type { Clock } from '../../src/timing/index.ts';

function stoppedClock(random = 0.5): Clock & { advance(ms: number): void } {
  let nowMs = 1_000;
  return {
    now: () => nowMs,
    monotonic: () => nowMs,
    after: () => () => undefined,
    random: () => random,
    advance: (ms) => {
      nowMs += ms;
    },
  };
}

test('a deadline shrinks as time passes and never goes below zero', () => {
  const clock = stoppedClock();
  const deadline = Deadline.in(clock, 200);
  clock.advance(150);
  expect(deadline.remainingMs()).toBe(50);
  clock.advance(100);
  expect(deadline.remainingMs()).toBe(0);
  expect(deadline.hasPassed).toBe(true);
});

describe('waits between attempts', () => {
  const policy = { firstMs: 100, maxMs: 5_000 };

  test('grow to the ceiling and not beyond it', () => {
    const waits = [1, 2, 3, 10, 1_000].map((attempt) => backoffMs(stoppedClock(1), policy, attempt));
    expect(waits).toEqual([100, 200, 400, 5_000, 5_000]);
  });

  test('are spread over half of their length', () => {
    expect(backoffMs(stoppedClock(0), policy, 1)).toBe(50);
  });
});

test('a sleep ends at once when its signal aborts', async () => {
  const abort = new AbortController();
  const slept = sleep(systemClock, 3_600_000, abort.signal);
  abort.abort();
  await expect(slept).resolves.toBeUndefined();
});
