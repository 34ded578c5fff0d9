/** A job that runs again so long after its last run has ended. */
import type { SimulatorClock } from '../system/clock.ts';

export class IntervalJob {
  readonly #clock: SimulatorClock;
  readonly #work: () => Promise<void>;
  #cancel: () => void = () => undefined;
  /** Counts schedules, so that a run of an old one does not plan the next. */
  #schedule = 0;

  constructor(clock: SimulatorClock, work: () => Promise<void>) {
    this.#clock = clock;
    this.#work = work;
  }

  /** Plans it anew; without an interval it does not run by itself. */
  every(intervalMs: number | undefined): void {
    this.stop();
    if (intervalMs !== undefined) this.#plan(intervalMs, this.#schedule);
  }

  stop(): void {
    this.#schedule += 1;
    this.#cancel();
  }

  #plan(intervalMs: number, schedule: number): void {
    this.#cancel = this.#clock.after(intervalMs, () => {
      void this.#work().then(() => {
        if (schedule === this.#schedule) this.#plan(intervalMs, schedule);
      });
    });
  }
}
