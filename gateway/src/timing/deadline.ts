/** A deadline travels with a request, from the click to SAP; every hop takes what is left of it. */
import type { Clock } from './clock.ts';

export class Deadline {
  readonly #clock: Clock;
  readonly #atMs: number;

  private constructor(clock: Clock, atMs: number) {
    this.#clock = clock;
    this.#atMs = atMs;
  }

  static in(clock: Clock, durationMs: number): Deadline {
    return new Deadline(clock, clock.monotonic() + durationMs);
  }

  /** Never negative. */
  remainingMs(): number {
    return Math.max(0, this.#atMs - this.#clock.monotonic());
  }

  get hasPassed(): boolean {
    return this.remainingMs() === 0;
  }
}
