/**
 * A running program as the world sees it: it is alive, paused or dead, and nothing reaches it but through `deliver`.
 *
 * A pause is that of a virtual machine: neither its code nor its monotonic clock moves, and what it had handed to its
 * network card leaves only when it goes on.
 */
import type { Clock } from '../../src/timing/index.ts';
import type { Random } from '../schedule/random.ts';
import type { Scheduler } from '../schedule/scheduler.ts';

export interface ProgramParts {
  readonly name: string;
  readonly scheduler: Scheduler;
  readonly random: Random;
  /** How far this machine's wall clock is from the world's. */
  readonly wallOffsetMs: number;
}

/** The wall clock at the beginning of every schedule. */
export const epochMs = Date.UTC(2026, 0, 5, 8);

export class Program {
  readonly name: string;
  readonly clock: Clock;
  readonly #scheduler: Scheduler;
  #isAlive = true;
  #pausedUntilMs = 0;
  /** All the time it has slept. */
  #sleptMs = 0;
  #wallOffsetMs: number;

  constructor({ name, scheduler, random, wallOffsetMs }: ProgramParts) {
    this.name = name;
    this.#scheduler = scheduler;
    this.#wallOffsetMs = wallOffsetMs;
    this.clock = {
      now: () => epochMs + scheduler.nowMs + this.#wallOffsetMs,
      monotonic: () => {
        scheduler.noteLookAtClock();
        return this.#ownMs();
      },
      after: (delayMs, work) => this.#afterOwn(delayMs, work),
      random: () => random.fraction(),
    };
  }

  get isAlive(): boolean {
    return this.#isAlive;
  }

  get isPaused(): boolean {
    return this.#scheduler.nowMs < this.#pausedUntilMs;
  }

  /** Everything it had in memory is gone: no promise of it is ever resolved again. */
  die(): void {
    this.#isAlive = false;
  }

  pause(durationMs: number): void {
    if (this.isPaused) return;
    this.#pausedUntilMs = this.#scheduler.nowMs + durationMs;
    this.#sleptMs += durationMs;
  }

  /** Somebody sets its clock; only the wall clock knows. */
  jump(byMs: number): void {
    this.#wallOffsetMs += byMs;
  }

  /** Lets something happen inside the program, so many milliseconds of the world from now; or once it is awake; or never. */
  deliver(delayMs: number, work: () => void): () => void {
    let cancel = this.#scheduler.after(delayMs, () => attempt());
    const attempt = (): void => {
      if (!this.#isAlive) return;
      const restMs = this.#pausedUntilMs - this.#scheduler.nowMs;
      if (restMs <= 0) return work();
      cancel = this.#scheduler.after(restMs, attempt);
    };
    return () => cancel();
  }

  /** Its own time stands still while it sleeps. */
  #ownMs(): number {
    const asleepMs = Math.max(0, this.#pausedUntilMs - this.#scheduler.nowMs);
    return this.#scheduler.nowMs - (this.#sleptMs - asleepMs);
  }

  #afterOwn(delayMs: number, work: () => void): () => void {
    const dueMs = this.#ownMs() + Math.max(0, Math.round(delayMs));
    let cancel = this.deliver(delayMs, () => attempt());
    const attempt = (): void => {
      const restMs = dueMs - this.#ownMs();
      if (restMs <= 0) return work();
      cancel = this.deliver(restMs, attempt);
    };
    return () => cancel();
  }
}
