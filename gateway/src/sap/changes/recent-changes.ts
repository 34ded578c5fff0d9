/** Which rows of "changes since" need not be read again: the pack repeats the last minutes with every question. */

/** The repeated quarter of an hour of a busy system, and the clearings of some days. */
const maxKept = 50_000;

export class RecentChanges {
  /** In the order in which they came; the oldest go first. */
  readonly #kept = new Set<string>();
  #offered: { readonly position: string; readonly numbers: readonly string[] } | undefined;

  /** Whoever asks with a position has kept what came with it; only then it need not come again. */
  confirm(position: string | undefined): void {
    if (this.#offered === undefined || this.#offered.position !== position) return;
    for (const number of this.#offered.numbers) this.#kept.add(number);
    this.#offered = undefined;
    for (const number of this.#kept) {
      if (this.#kept.size <= maxKept) return;
      this.#kept.delete(number);
    }
  }

  has(number: string): boolean {
    return this.#kept.has(number);
  }

  offer(position: string, numbers: readonly string[]): void {
    this.#offered = { position, numbers };
  }
}
