/** Dialog work processes: so many calls run, so many wait, the rest is turned away. */
import type { SimulatorClock } from './clock.ts';

interface Waiting {
  readonly start: () => void;
  readonly cancelTimeout: () => void;
}

export interface WorkProcessLimits {
  readonly processes: number;
  readonly queueLength: number;
  readonly queueTimeoutMs: number;
}

export class WorkProcesses {
  readonly #clock: SimulatorClock;
  readonly #limits: WorkProcessLimits;
  readonly #queue: Waiting[] = [];
  #busy = 0;
  #peak = 0;

  constructor(clock: SimulatorClock, limits: WorkProcessLimits) {
    this.#clock = clock;
    this.#limits = limits;
  }

  get busy(): number {
    return this.#busy;
  }

  get waiting(): number {
    return this.#queue.length;
  }

  /** The most that ran at once since the start. */
  get peak(): number {
    return this.#peak;
  }

  /** Takes a free process at once. */
  tryTake(): boolean {
    if (this.#busy >= this.#limits.processes) return false;
    this.#busy += 1;
    this.#peak = Math.max(this.#peak, this.#busy);
    return true;
  }

  /** Waits for a process; false when the queue is full or the wait too long. */
  take(): Promise<boolean> {
    if (this.tryTake()) return Promise.resolve(true);
    if (this.#queue.length >= this.#limits.queueLength) return Promise.resolve(false);
    return new Promise((resolve) => {
      const cancelTimeout = this.#clock.after(this.#limits.queueTimeoutMs, () => {
        const place = this.#queue.indexOf(waiting);
        if (place >= 0) this.#queue.splice(place, 1);
        resolve(false);
      });
      const waiting: Waiting = { start: () => resolve(true), cancelTimeout };
      this.#queue.push(waiting);
    });
  }

  /** Hands the process to whoever waits longest. */
  release(): void {
    const next = this.#queue.shift();
    if (next === undefined) {
      this.#busy -= 1;
      return;
    }
    next.cancelTimeout();
    next.start();
  }
}
