/**
 * How many calls begin per minute: evenly, and in no sixty seconds more than granted.
 *
 * Places fill up at even distances, and as many may be saved up as one second is worth: a panel that asks three questions at
 * once is not kept waiting, and a minute's budget is never spent in its first second. The distance is a little longer than
 * even, by what may be saved up, or a minute that begins with all of it would come to more than was granted.
 */
import type { Clock } from '../../timing/index.ts';

const minuteMs = 60_000;

export class CallRate {
  readonly #clock: Clock;
  #perMinute = 0;
  #most = 1;
  #everyMs = minuteMs;
  /** Calls that may begin at `#atMs`; below zero when sessions under way called more than was left. */
  #saved = 1;
  #atMs: number;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#atMs = clock.monotonic();
  }

  /** What was saved up is kept, as far as the new figure allows. */
  grant(perMinute: number): void {
    if (perMinute === this.#perMinute) return;
    this.#fill();
    const isFirst = this.#perMinute === 0;
    this.#perMinute = perMinute;
    this.#most = Math.max(1, Math.floor(perMinute / 60));
    this.#everyMs = minuteMs / (perMinute - this.#most + 1);
    this.#saved = isFirst ? this.#most : Math.min(this.#most, this.#saved);
  }

  /** Milliseconds until the next call may begin; 0 for now. */
  get waitMs(): number {
    this.#fill();
    // A millionth of a call is what adding up fractions leaves behind.
    return this.#saved >= 1 - 1e-6 ? 0 : Math.ceil((1 - this.#saved) * this.#everyMs);
  }

  /** A call begins. A session that is under way does not ask first, and so may owe up to a minute's budget. */
  take(): void {
    this.#fill();
    this.#saved = Math.max(-this.#perMinute, this.#saved - 1);
  }

  #fill(): void {
    const nowMs = this.#clock.monotonic();
    this.#saved = Math.min(this.#most, this.#saved + (nowMs - this.#atMs) / this.#everyMs);
    this.#atMs = nowMs;
  }
}
