/** The org's platform events: published after the commit, kept for who subscribes later, given to who listens now. */
import { randomUUID } from 'node:crypto';
import type { Row } from '../org/check-record.ts';

/** An event as it lies on the bus. */
export interface BusEvent {
  readonly id: string;
  /** The event object's name in this org. */
  readonly object: string;
  readonly values: Row;
  readonly createdAt: number;
  readonly createdBy: string;
  readonly replayId: number;
}

/** Salesforce keeps events for 72 hours; tests make a few thousand, and memory is kept small. */
const maxKept = 10_000;
/** Replay ids grow, and do not count one by one. */
const replayStep = 3;

export class EventBus {
  readonly #now: () => number;
  #kept: BusEvent[] = [];
  #lastReplayId = 1_000;
  readonly #listeners = new Set<() => void>();
  /** Says of each event whether it is lost, or how late it comes. */
  fate: () => { readonly isLost: boolean; readonly delayMs: number } = () => ({ isLost: false, delayMs: 0 });
  /** How many were published, lost ones too. */
  published = 0;
  /** How many went to open pages. */
  delivered = 0;
  /** Pages that listen now. */
  pages = 0;

  constructor(now: () => number) {
    this.#now = now;
  }

  get latestReplayId(): number {
    return this.#lastReplayId;
  }

  /** Whether a replay id can still be started from. */
  hasReplayId(replayId: number): boolean {
    const first = this.#kept[0];
    return replayId <= this.#lastReplayId && (first === undefined || replayId >= first.replayId - replayStep);
  }

  publish(object: string, values: Row, createdBy: string): void {
    this.published += 1;
    const { isLost, delayMs } = this.fate();
    if (isLost) return;
    const createdAt = this.#now();
    if (delayMs === 0) this.#put(object, values, createdAt, createdBy);
    else setTimeout(() => this.#put(object, values, createdAt, createdBy), delayMs).unref();
  }

  /** The events of one object behind a replay id, so many at most. */
  after(object: string, replayId: number, most: number): readonly BusEvent[] {
    const found: BusEvent[] = [];
    for (let at = this.#firstBehind(replayId); at < this.#kept.length && found.length < most; at += 1) {
      const event = this.#kept[at];
      if (event?.object === object) found.push(event);
    }
    return found;
  }

  /** Is told when there may be something new; gives the way to stop. */
  listen(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #put(object: string, values: Row, createdAt: number, createdBy: string): void {
    this.#lastReplayId += replayStep;
    this.#kept.push({ id: randomUUID(), object, values, createdAt, createdBy, replayId: this.#lastReplayId });
    if (this.#kept.length > maxKept) this.#kept = this.#kept.slice(-maxKept / 2);
    for (const listener of [...this.#listeners]) listener();
  }

  #firstBehind(replayId: number): number {
    let low = 0;
    let high = this.#kept.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#kept[middle]?.replayId ?? 0) <= replayId) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
