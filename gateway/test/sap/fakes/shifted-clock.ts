/** The real clock, which a test can put forward: what is due by then happens at once. */
import { systemClock } from '../../../src/timing/index.ts';
import type { Clock } from '../../../src/timing/index.ts';

export interface ShiftedClock extends Clock {
  advance(milliseconds: number): void;
}

/** Timers run in real time too. */
export function shiftedClock(): ShiftedClock {
  let shiftMs = 0;
  const pending = new Set<{ readonly dueMs: number; readonly run: () => void }>();
  const monotonic = (): number => systemClock.monotonic() + shiftMs;
  return {
    now: () => systemClock.now() + shiftMs,
    monotonic,
    random: () => systemClock.random(),
    after: (delayMs, work) => {
      const run = (): void => {
        cancel();
        work();
      };
      const timer = { dueMs: monotonic() + delayMs, run };
      const stopTimer = systemClock.after(delayMs, run);
      const cancel = (): void => {
        stopTimer();
        pending.delete(timer);
      };
      pending.add(timer);
      return cancel;
    },
    advance: (milliseconds) => {
      shiftMs += milliseconds;
      for (const timer of pending) if (timer.dueMs <= monotonic()) timer.run();
    },
  };
}
