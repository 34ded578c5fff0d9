/**
 * When what waits is taken: not before a call's worth has come together or `batchMs` are over since the first arrival, at once while
 * there is a backlog, and earlier when nothing else comes and calls have been rare.
 */
import type { Clock } from '../timing/index.ts';

export interface WindowSettings {
  /** Nothing waits for longer to be taken, apart from the call before: while it is under way, for a fifth of this. */
  readonly batchMs: number;
  readonly quietMs: number;
}

export class CollectingWindow {
  readonly #clock: Clock;
  readonly #settings: WindowSettings;
  #firstMs: number | undefined;
  #lastMs = 0;
  #lastCallMs = Number.NEGATIVE_INFINITY;
  #lastEndMs = Number.POSITIVE_INFINITY;
  #hasMore = false;
  #dueMs: number | undefined;

  constructor(clock: Clock, settings: WindowSettings) {
    this.#clock = clock;
    this.#settings = settings;
  }

  get isOpen(): boolean {
    return this.#firstMs !== undefined;
  }

  /** Something has arrived, or has become due. */
  arrived(): void {
    this.#lastMs = this.#clock.monotonic();
    this.#firstMs ??= this.#lastMs;
  }

  /** Enough is there: no need to wait. */
  close(): void {
    this.#hasMore = true;
  }

  called(): void {
    this.#lastCallMs = this.#clock.monotonic();
    this.#lastEndMs = Number.POSITIVE_INFINITY;
  }

  ended(): void {
    this.#lastEndMs = this.#clock.monotonic();
  }

  /** To be told before the queue is asked: what arrives during the question opens the next window. */
  taking(): void {
    this.#firstMs = undefined;
    this.#hasMore = false;
    this.#dueMs = undefined;
  }

  /** The answer of the queue: there is more than was taken; or when something becomes due by itself. */
  taken(hasMore: boolean, nextDueInMs: number | undefined): void {
    this.#hasMore ||= hasMore;
    if (nextDueInMs === undefined) return;
    // A queue that counts what is in hand as due would have us ask all the time.
    this.#dueMs = this.#clock.monotonic() + Math.max(nextDueInMs, this.#settings.quietMs);
  }

  /** A record is to be tried again then. */
  dueIn(delayMs: number): void {
    const atMs = this.#clock.monotonic() + delayMs;
    this.#dueMs = Math.min(this.#dueMs ?? atMs, atMs);
  }

  /** Until it is time to take; 0: now; undefined: nothing is expected. */
  waitMs(): number | undefined {
    const nowMs = this.#clock.monotonic();
    if (this.#hasMore) return 0;
    if (this.#dueMs !== undefined && this.#dueMs <= nowMs) {
      this.#dueMs = undefined;
      this.arrived();
    }
    const atMs = this.#closesAtMs();
    const earliest = Math.min(atMs ?? Number.POSITIVE_INFINITY, this.#dueMs ?? Number.POSITIVE_INFINITY);
    return earliest === Number.POSITIVE_INFINITY ? undefined : Math.max(0, earliest - nowMs);
  }

  #closesAtMs(): number | undefined {
    if (this.#firstMs === undefined) return undefined;
    const { batchMs, quietMs } = this.#settings;
    // Calls are no more frequent than one in `batchMs`, however changes come.
    const quietAtMs = Math.max(this.#lastMs + quietMs, this.#lastCallMs + batchMs);
    const collectingMs = Math.max(this.#firstMs, Math.min(this.#lastEndMs, this.#lastCallMs + batchMs / 5));
    return Math.min(collectingMs + batchMs, quietAtMs);
  }
}
