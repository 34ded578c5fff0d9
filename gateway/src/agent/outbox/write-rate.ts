/** How many writes may begin per minute for requests from outboxes, all of them together: SAP Basis decides. */
import { sleep } from '../../timing/index.ts';
import type { Clock } from '../../timing/index.ts';

export class WriteRate {
  readonly #clock: Clock;
  readonly #intervalMs: number;
  readonly #burstMs: number;
  /** When the next one is due if all came evenly. */
  #nextMs = -Infinity;

  /** After a pause as many may begin at once as one second allows, and one in any case. */
  constructor(clock: Clock, perMinute: number) {
    this.#clock = clock;
    this.#intervalMs = 60_000 / perMinute;
    this.#burstMs = Math.max(0, 1_000 - this.#intervalMs);
  }

  /** Resolves when it may begin, first come, first served; at once when `signal` aborts. */
  async take(signal: AbortSignal): Promise<void> {
    const nowMs = this.#clock.monotonic();
    const dueMs = Math.max(nowMs, this.#nextMs);
    this.#nextMs = dueMs + this.#intervalMs;
    const waitMs = dueMs - this.#burstMs - nowMs;
    if (waitMs > 0) await sleep(this.#clock, waitMs, signal);
  }
}
