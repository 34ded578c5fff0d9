/** A clock that stands still until the test moves it. */
import type { Clock } from '../../../src/timing/index.ts';

export interface ManualClock extends Clock {
  advance(milliseconds: number): void;
}

/** Starts at the given instant. */
export function manualClock(instant: string): ManualClock {
  let now = Date.parse(instant);
  return {
    now: () => now,
    monotonic: () => now,
    after: () => () => undefined,
    random: () => 0.5,
    advance: (milliseconds) => (now += milliseconds),
  };
}
