/** When the next visit is due: rung for, polled, to renew the lease, or later because the last one failed. */
import type { Clock } from '../../timing/index.ts';
import type { OutboxPolicy } from './policy.ts';

export interface VisitTimesParts {
  readonly clock: Clock;
  readonly policy: OutboxPolicy;
  readonly pollMs: number;
  readonly leaseMs: number;
  /** Aborted when no more visits are made. */
  readonly stop: AbortSignal;
}

export class VisitTimes {
  readonly #parts: VisitTimesParts;
  #wantedMs: number;
  #notBeforeMs = -Infinity;
  #wake: () => void = () => undefined;

  /** The first visit is due at once. */
  constructor(parts: VisitTimesParts) {
    this.#parts = parts;
    this.#wantedMs = parts.clock.monotonic();
    parts.stop.addEventListener('abort', () => this.#wake(), { once: true });
  }

  /** A visit is wanted, after `delayMs` at the latest; what comes together becomes one. */
  want(delayMs: number = this.#parts.policy.coalesceMs): void {
    const atMs = this.#parts.clock.monotonic() + delayMs;
    if (atMs >= this.#wantedMs) return;
    this.#wantedMs = atMs;
    this.#wake();
  }

  /** Resolves when a visit is due, or `stop` aborts. */
  async due(): Promise<void> {
    const { clock, stop } = this.#parts;
    while (!stop.aborted) {
      const waitMs = Math.max(this.#wantedMs, this.#notBeforeMs) - clock.monotonic();
      if (waitMs <= 0) return;
      await new Promise<void>((resolve) => {
        const cancel = clock.after(waitMs, resolve);
        this.#wake = () => {
          cancel();
          resolve();
        };
      });
    }
  }

  /** A visit begins: what was wanted until now is answered by it. */
  begin(): void {
    const { clock, policy, pollMs } = this.#parts;
    const nowMs = clock.monotonic();
    this.#wantedMs = nowMs + pollMs;
    this.#notBeforeMs = nowMs + policy.minGapMs;
  }

  /** The lease is held since the visit began: it is renewed with two thirds of its time left. */
  renew(): void {
    this.want(this.#parts.leaseMs / 3);
  }

  /** A visit failed: not before `waitMs`, and then at once. */
  backOff(waitMs: number): void {
    this.#notBeforeMs = this.#parts.clock.monotonic() + waitMs;
    this.want(waitMs);
  }
}
