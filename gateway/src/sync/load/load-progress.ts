/** How far a load is and how long it will still take, as the pace of this run says. */
import type { RecordKind } from '../../model/index.ts';
import type { Clock } from '../../timing/index.ts';
import type { LoadState } from './load-checkpoint.ts';

export interface LoadProgress {
  readonly kind: RecordKind;
  /** Passes through the file: which one, of how many. */
  readonly pass: number;
  readonly passes: number;
  /** Of this pass. */
  readonly objects: number;
  readonly objectsInAll: number;
  /** From 0 to 1, over all passes. */
  readonly done: number;
  /** Undefined until something is known of the pace. */
  readonly remainingMs: number | undefined;
  readonly state: LoadState;
}

export class Pace {
  readonly #clock: Clock;
  readonly #startedMs: number;
  #first: number | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#startedMs = clock.monotonic();
  }

  /** `done` is from 0 to 1; what an earlier run had done is not of this pace. */
  remainingMs(done: number): number | undefined {
    this.#first ??= done;
    const gained = done - this.#first;
    if (gained <= 0) return undefined;
    return Math.round(((this.#clock.monotonic() - this.#startedMs) / gained) * (1 - done));
  }
}
