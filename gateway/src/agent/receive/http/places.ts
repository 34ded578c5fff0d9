/** Places for documents that are read at once; who comes later waits for one, not read and not refused. */
import { sleep } from '../../../timing/index.ts';
import type { Clock } from '../../../timing/index.ts';

export class Places {
  readonly #clock: Clock;
  readonly #maxWaiting: number;
  readonly #waiting: ((isGiven: boolean) => void)[] = [];
  #free: number;

  constructor(count: number, maxWaiting: number, clock: Clock) {
    this.#free = count;
    this.#maxWaiting = maxWaiting;
    this.#clock = clock;
  }

  /** Whether there was a place within this time. */
  async take(withinMs: number): Promise<boolean> {
    if (this.#free > 0) {
      this.#free -= 1;
      return true;
    }
    if (this.#waiting.length >= this.#maxWaiting) return false;
    const { promise, resolve } = Promise.withResolvers<boolean>();
    this.#waiting.push(resolve);
    const given = new AbortController();
    void sleep(this.#clock, withinMs, given.signal).then(() => this.#giveUp(resolve));
    const isGiven = await promise;
    given.abort();
    return isGiven;
  }

  /** The place goes to who has waited longest. */
  give(): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#free += 1;
    else next(true);
  }

  /** Nobody who waits gets one. */
  refuseAll(): void {
    for (const refuse of this.#waiting.splice(0)) refuse(false);
  }

  #giveUp(resolve: (isGiven: boolean) => void): void {
    const index = this.#waiting.indexOf(resolve);
    if (index < 0) return;
    this.#waiting.splice(index, 1);
    resolve(false);
  }
}
