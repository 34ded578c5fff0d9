/** A clock that moves only when a test says so. */
import type { Clock } from '../../../src/timing/index.ts';

interface Timer {
  readonly atMs: number;
  readonly work: () => void;
}

export class ManualClock implements Clock {
  #nowMs = Date.parse('2026-11-21T08:00:00Z');
  readonly #timers = new Set<Timer>();
  /** The middle of every jitter, unless a test replaces it. */
  chance: () => number = () => 0.5;

  now(): number {
    return this.#nowMs;
  }

  monotonic(): number {
    return this.#nowMs;
  }

  random(): number {
    return this.chance();
  }

  after(delayMs: number, work: () => void): () => void {
    const timer = { atMs: this.#nowMs + delayMs, work };
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  }

  get waiting(): number {
    return this.#timers.size;
  }

  /** Lets everything happen that needs no time, then what is due within `durationMs`, in order. */
  async pass(durationMs: number): Promise<void> {
    const endMs = this.#nowMs + durationMs;
    for (;;) {
      await settle();
      const next = [...this.#timers].sort((a, b) => a.atMs - b.atMs)[0];
      if (next === undefined || next.atMs > endMs) break;
      this.#fire(next);
    }
    this.#nowMs = endMs;
    await settle();
  }

  /** Moves on, timer by timer, until `work` has ended; gives its result. */
  async until<T>(work: Promise<T>): Promise<T> {
    const watched = { isOver: false };
    const note = (): void => void (watched.isOver = true);
    work.then(note, note);
    for (await settle(); !watched.isOver; await settle()) {
      const next = [...this.#timers].sort((a, b) => a.atMs - b.atMs)[0];
      if (next === undefined) throw new Error('Nothing is waited for, and the work has not ended');
      this.#fire(next);
    }
    return work;
  }

  #fire(timer: Timer): void {
    this.#timers.delete(timer);
    this.#nowMs = Math.max(this.#nowMs, timer.atMs);
    timer.work();
  }
}

/** Every promise that can settle without time has settled after a turn of the event loop. */
export const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
