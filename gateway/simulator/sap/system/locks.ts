/** The enqueue server: exclusive locks that die with the session that holds them. */
import type { SimulatorClock } from './clock.ts';

/** Whoever locks does it for its session. */
interface LocksForSession {
  readonly session: object;
}

interface Lock {
  readonly session: object;
  readonly user: string;
}

type Waiter = () => void;

export class EnqueueServer {
  readonly #clock: SimulatorClock;
  readonly #locks = new Map<string, Lock>();
  readonly #waiters = new Map<string, Waiter[]>();
  /** Locks that somebody outside holds, set by a fault; `*` stands for every key. */
  foreignHolder: (object: string, key: string) => string | undefined = () => undefined;

  constructor(clock: SimulatorClock) {
    this.#clock = clock;
  }

  /** Who holds the lock, if anybody. */
  holder(object: string, key: string): string | undefined {
    return this.foreignHolder(object, key) ?? this.#locks.get(`${object} ${key}`)?.user;
  }

  /** Takes the lock, or says who has it. */
  acquire(object: string, key: string, { session }: LocksForSession, user: string): string | undefined {
    const foreign = this.foreignHolder(object, key);
    if (foreign !== undefined) return foreign;
    const name = `${object} ${key}`;
    const held = this.#locks.get(name);
    if (held !== undefined && held.session !== session) return held.user;
    this.#locks.set(name, { session, user });
    return undefined;
  }

  /** Takes the lock, waiting for its holder at most `waitMs` (the `_WAIT` flag of an ENQUEUE function). */
  async acquireWaiting(
    object: string,
    key: string,
    caller: LocksForSession,
    user: string,
    waitMs: number,
  ): Promise<string | undefined> {
    const deadline = this.#clock.now() + waitMs;
    for (;;) {
      const holder = this.acquire(object, key, caller, user);
      const leftMs = deadline - this.#clock.now();
      if (holder === undefined || leftMs <= 0) return holder;
      await this.#released(`${object} ${key}`, leftMs);
    }
  }

  /** Ends a session: whatever it holds is free. */
  releaseAll(session: object): void {
    if (this.#locks.size === 0) return;
    for (const [name, lock] of this.#locks) {
      if (lock.session !== session) continue;
      this.#locks.delete(name);
      const waiters = this.#waiters.get(name) ?? [];
      this.#waiters.delete(name);
      waiters.forEach((wake) => wake());
    }
  }

  /** A lock of a fault has no release event, so waiting for it is bounded by time alone. */
  #released(name: string, leftMs: number): Promise<void> {
    return new Promise((resolve) => {
      const cancel = this.#clock.after(leftMs, resolve);
      const waiters = this.#waiters.get(name) ?? [];
      waiters.push(() => {
        cancel();
        resolve();
      });
      this.#waiters.set(name, waiters);
    });
  }
}
