/**
 * The one thing that decides what happens next: events in virtual time, one after the other, each run to its end.
 *
 * An event's work may start promises. Everything that they can do by themselves is done before the next event, so between
 * two events the world stands still: that is where faults strike and where invariants are checked.
 */
import type { History } from './history.ts';

/** Something that will happen, unless it is cancelled. */
export interface ScheduledEvent {
  readonly atMs: number;
  readonly sequence: number;
  work: (() => void) | undefined;
}

/** No step of a program needs so many; it ends a loop in which no promise ever waits. */
const maxLooksAtClock = 50_000;

export class Scheduler {
  readonly #history: History;
  readonly #heap: ScheduledEvent[] = [];
  #nowMs = 0;
  #sequence = 0;
  #looksAtClock = 0;
  #thrown: unknown;
  #hasThrown = false;

  constructor(history: History) {
    this.#history = history;
  }

  /** Virtual milliseconds since the schedule began; the world's own time, which no program sees. */
  get nowMs(): number {
    return this.#nowMs;
  }

  /** Lets `work` happen in so many milliseconds; the returned function cancels it. */
  after(delayMs: number, work: () => void): () => void {
    const atMs = this.#nowMs + Math.max(0, Math.round(delayMs));
    const event: ScheduledEvent = { atMs, sequence: (this.#sequence += 1), work };
    push(this.#heap, event);
    return () => (event.work = undefined);
  }

  /** A program that looks at its clock without end while nothing happens would never let the next event happen. */
  noteLookAtClock(): void {
    this.#looksAtClock += 1;
    if (this.#looksAtClock < maxLooksAtClock) return;
    const spinning = new Error('a program goes round and round without waiting for anything');
    this.fail(spinning);
    throw spinning;
  }

  /** Ends the schedule with this error: for what goes wrong inside a promise, where throwing would reach nobody. */
  fail(error: unknown): void {
    if (this.#hasThrown) return;
    this.#hasThrown = true;
    this.#thrown = error;
  }

  /** Throws what was given to `fail`, if anything was. */
  throwFailure(): void {
    if (this.#hasThrown) throw this.#thrown;
  }

  /** Runs events until `untilMs`, until none is left, or until `isOver`; after each one `afterEach`. */
  async run(untilMs: number, afterEach: () => void, isOver: () => boolean = () => false): Promise<void> {
    for (let next = this.#heap[0]; next !== undefined && next.atMs <= untilMs; next = this.#heap[0]) {
      pop(this.#heap);
      if (next.work === undefined) continue;
      this.#nowMs = next.atMs;
      this.#history.step(next.atMs, next.sequence);
      this.#looksAtClock = 0;
      next.work();
      await allPromisesSettled();
      this.throwFailure();
      afterEach();
      if (isOver()) return;
    }
    this.#nowMs = untilMs;
  }
}

/** Node runs an immediate only when no promise has anything left to do. */
const allPromisesSettled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

const isBefore = (one: ScheduledEvent, other: ScheduledEvent): boolean =>
  one.atMs < other.atMs || (one.atMs === other.atMs && one.sequence < other.sequence);

/** A binary heap: the earliest event is always in front. */
function push(heap: ScheduledEvent[], event: ScheduledEvent): void {
  let index = heap.length;
  while (index > 0) {
    const parent = (index - 1) >> 1;
    const above = heap[parent];
    if (above === undefined || isBefore(above, event)) break;
    heap[index] = above;
    index = parent;
  }
  heap[index] = event;
}

function pop(heap: ScheduledEvent[]): void {
  const last = heap.pop();
  if (last === undefined || heap.length === 0) return;
  let index = 0;
  for (;;) {
    let child = 2 * index + 1;
    let below = heap[child];
    const other = heap[child + 1];
    if (below === undefined) break;
    if (other !== undefined && isBefore(other, below)) {
      below = other;
      child += 1;
    }
    if (isBefore(last, below)) break;
    heap[index] = below;
    index = child;
  }
  heap[index] = last;
}
