/** The numbers of the IDocs of a document, so that one that comes twice is found, in as little memory as there can be. */

/** One bit for each: as many as V8 keeps in a map without memory of their own. */
const perEntry = 30;

export class NumbersSeen {
  /**
   * SAP gives numbers one after the other, so nearly all of an entry's numbers come: a million of them take 2 MB. Scattered ones
   * take an entry each, which is no more than they take in a set.
   */
  readonly #marks = new Map<number, number>();
  /** Those that are too large to be exact as numbers. */
  readonly #others = new Set<string>();

  /** Whether these digits have not come before; from now on they have. */
  isFirst(digits: string): boolean {
    const number = Number(digits);
    if (!Number.isSafeInteger(number)) return this.#others.size < this.#others.add(digits).size;
    const entry = Math.floor(number / perEntry);
    const marks = this.#marks.get(entry) ?? 0;
    const marked = marks | (1 << (number % perEntry));
    if (marked === marks) return false;
    this.#marks.set(entry, marked);
    return true;
  }
}
