/** The one numbering of documents and changes: it only grows, also when everything before was removed. */
import type { DatabaseSync } from 'node:sqlite';

export interface Positions {
  /** The one that is taken next. */
  readonly next: number;
  /** From this one on changes are not sorted in to their records yet. */
  readonly unsorted: number;
  /** Reads where the numbering is; to be called at the begin of each transaction, because the one before may have been rolled back. */
  begin(): void;
  /** Takes so many; the first is returned. */
  take(count: number): number;
  /** All that have arrived are sorted in. */
  noteSorted(): void;
  /** Writes where it is now; to be called before each commit. */
  end(): void;
}

export function preparePositions(database: DatabaseSync): Positions {
  const select = database.prepare('SELECT next, unsorted FROM position');
  const update = database.prepare('UPDATE position SET next = ?, unsorted = ?');
  let [next, unsorted] = [0, 0];
  let hasMoved = false;
  return {
    get next() {
      return next;
    },
    get unsorted() {
      return unsorted;
    },
    begin: () => {
      const row = select.get();
      [next, unsorted] = [Number(row?.['next']), Number(row?.['unsorted'])];
      hasMoved = false;
    },
    take: (count) => {
      next += count;
      hasMoved = true;
      return next - count;
    },
    noteSorted: () => {
      unsorted = next;
      hasMoved = true;
    },
    end: () => {
      if (hasMoved) update.run(next, unsorted);
    },
  };
}
