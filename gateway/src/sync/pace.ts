/** The rest between two turns of a loop: until a time, until somebody wakes it, or until the end. */
import type { Clock } from '../timing/index.ts';

export class Pace {
  readonly #clock: Clock;
  #isWoken = false;
  #alarm: (() => void) | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** The next turn begins at once. */
  wake(): void {
    this.#isWoken = true;
    this.#alarm?.();
  }

  /** Never skips a waking: one that came during the turn makes the rest none. */
  async rest(durationMs: number, signal: AbortSignal): Promise<void> {
    if (!this.#isWoken && !signal.aborted) await this.#restUntilWoken(durationMs, signal);
    this.#isWoken = false;
  }

  /** Loops rest with every turn: signals joined for each rest would cost more than most of them do. */
  #restUntilWoken(durationMs: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const finish = (): void => {
        this.#alarm = undefined;
        cancel();
        signal.removeEventListener('abort', finish);
        resolve();
      };
      this.#alarm = finish;
      const cancel = this.#clock.after(durationMs, finish);
      signal.addEventListener('abort', finish, { once: true });
    });
  }
}
