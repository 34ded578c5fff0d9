/** What happened in a schedule: a number that tells two histories apart, and words when somebody reads them. */

/** Kinds of things that happened, counted so that one sees what a run has exercised. */
export type Counts = Map<string, number>;

export class History {
  /** The words, in order; empty unless they are kept. */
  readonly lines: string[] = [];
  readonly counts: Counts = new Map();
  readonly #keepsWords: boolean;
  #hash = 0x811c9dc5;

  constructor(keepsWords: boolean) {
    this.#keepsWords = keepsWords;
  }

  /** Two schedules that took the same steps at the same times have the same hash. */
  get hash(): string {
    return (this.#hash >>> 0).toString(16).padStart(8, '0');
  }

  /** Every step of the scheduler; cheap, because it happens in every schedule. */
  step(nowMs: number, sequence: number): void {
    this.mix(nowMs);
    this.mix(sequence);
  }

  /** Makes a fact part of the hash: which way was taken, what was written. */
  mix(fact: number): void {
    this.#hash = Math.imul(this.#hash ^ fact, 0x01000193) ^ (this.#hash >>> 15);
  }

  count(kind: string): void {
    this.counts.set(kind, (this.counts.get(kind) ?? 0) + 1);
  }

  /** A sentence of the history; made only when it is kept, for sentences cost more than the steps they tell of. */
  tell(nowMs: number, who: string, sentence: () => string): void {
    if (!this.#keepsWords) return;
    const seconds = (nowMs / 1000).toFixed(3).padStart(9);
    this.lines.push(`${seconds} s  ${who.padEnd(12)} ${sentence()}`);
  }
}
