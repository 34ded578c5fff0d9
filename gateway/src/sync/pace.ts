/** The rest between two turns of a loop: until a time, until somebody wakes it, or until the end. */
import { sleep } from '../timing/index.ts';
import type { Clock } from '../timing/index.ts';

export class Pace {
  readonly #clock: Clock;
  #isWoken = false;
  #alarm: AbortController | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** The next turn begins at once. */
  wake(): void {
    this.#isWoken = true;
    this.#alarm?.abort();
  }

  /** Never skips a waking: one that came during the turn makes the rest none. */
  async rest(durationMs: number, signal: AbortSignal): Promise<void> {
    if (!this.#isWoken && !signal.aborted) {
      const alarm = new AbortController();
      this.#alarm = alarm;
      await sleep(this.#clock, durationMs, AbortSignal.any([alarm.signal, signal]));
      this.#alarm = undefined;
    }
    this.#isWoken = false;
  }
}
