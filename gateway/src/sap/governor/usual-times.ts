/**
 * How long each function usually takes, and at most, so that one that is always slow is not taken for an SAP that has become slow.
 *
 * A function's own time is what it takes in little company, because that is not of our making. It is known after some calls;
 * then quicker answers count at once, and slower ones only over hours, or an SAP that becomes slow would soon be "usual".
 */
import type { Clock } from '../../timing/index.ts';

/** Enough for a middle that one odd answer does not move. */
const enough = 20;
/** Functions are some forty, published services a handful more. */
const maxFunctions = 500;
/** What is longer for good (a table that has grown) is usual by the next working day. */
const settleMs = 6 * 60 * 60 * 1000;
const downShare = 0.2;

/** The longest answer counts for less after each other one: half after fourteen. */
const fadeOfLongest = 0.95;

interface Usual {
  /** Of the first calls, until there are enough. */
  first: number[];
  usualMs: number | undefined;
  longestMs: number;
  atMs: number;
}

export class UsualTimes {
  readonly #clock: Clock;
  readonly #byFunction = new Map<string, Usual>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Undefined while it is not known. */
  of(functionName: string): number | undefined {
    return this.#byFunction.get(functionName)?.usualMs;
  }

  /** Of the latest answers; 0 while there is none. */
  longestOf(functionName: string): number {
    return this.#byFunction.get(functionName)?.longestMs ?? 0;
  }

  note(functionName: string, durationMs: number, isInLittleCompany: boolean): void {
    const usual = this.#usualOf(functionName);
    usual.longestMs = Math.max(durationMs, usual.longestMs * fadeOfLongest);
    if (usual.usualMs === undefined) {
      if (!isInLittleCompany) return;
      usual.first.push(durationMs);
      if (usual.first.length < enough) return;
      Object.assign(usual, { usualMs: medianOf(usual.first), first: [], atMs: this.#clock.monotonic() });
      return;
    }
    const difference = durationMs - usual.usualMs;
    if (difference < 0) usual.usualMs += difference * downShare;
    if (difference <= 0 || !isInLittleCompany) return;
    const nowMs = this.#clock.monotonic();
    usual.usualMs += difference * Math.min(1, (nowMs - usual.atMs) / settleMs);
    usual.atMs = nowMs;
  }

  #usualOf(functionName: string): Usual {
    const known = this.#byFunction.get(functionName);
    if (known !== undefined) return known;
    if (this.#byFunction.size >= maxFunctions) this.#byFunction.clear();
    const fresh = { first: [], usualMs: undefined, longestMs: 0, atMs: this.#clock.monotonic() };
    this.#byFunction.set(functionName, fresh);
    return fresh;
  }
}

/** The middle of some numbers; 0 of none. */
export function medianOf(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
