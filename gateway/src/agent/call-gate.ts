/** Lets a bounded number of calls run and a bounded number wait; SAP Basis decides how many. */
import { GatewayError } from '../errors/index.ts';
import type { Clock, Deadline } from '../timing/index.ts';
import type { AgentSettings } from './settings.ts';

interface Waiting {
  readonly begin: () => void;
}

export class CallGate {
  readonly #limits: AgentSettings['concurrency'];
  readonly #clock: Clock;
  readonly #waiting = new Set<Waiting>();
  #running = 0;

  constructor(limits: AgentSettings['concurrency'], clock: Clock) {
    this.#limits = limits;
    this.#clock = clock;
  }

  /**
   * Runs `work` when a place is free, in order of arrival. Throws AGENT_BUSY when too many wait, DEADLINE_PASSED
   * when none was free in time; in both cases `work` was never begun.
   */
  async run<Result>(deadline: Deadline, work: () => Promise<Result>): Promise<Result> {
    if (this.#running < this.#limits.calls) this.#running += 1;
    else await this.#place(deadline);
    try {
      return await work();
    } finally {
      this.#pass();
    }
  }

  #place(deadline: Deadline): Promise<void> {
    if (this.#waiting.size >= this.#limits.waiting) throw new GatewayError('AGENT_BUSY');
    return new Promise((resolve, reject) => {
      const waiting: Waiting = {
        begin: () => {
          cancelTimer();
          resolve();
        },
      };
      const cancelTimer = this.#clock.after(deadline.remainingMs(), () => {
        this.#waiting.delete(waiting);
        reject(new GatewayError('DEADLINE_PASSED'));
      });
      this.#waiting.add(waiting);
    });
  }

  /** A place is free: the longest waiting takes it over, so the number of running calls stays. */
  #pass(): void {
    const [next] = this.#waiting;
    if (next === undefined) {
      this.#running -= 1;
      return;
    }
    this.#waiting.delete(next);
    next.begin();
  }
}
