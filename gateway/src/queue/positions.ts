/** The one numbering of documents and changes: it only grows, also when everything before was removed. */
import type { DatabaseSync } from 'node:sqlite';

export interface Positions {
  /** The one that is taken next. */
  readonly next: number;
  /** Reads where the numbering is; to be called at the begin of each transaction, because the one before may have been rolled back. */
  begin(): void;
  /** Takes so many; the first is returned. */
  take(count: number): number;
  /** Writes where it is now; to be called before each commit. */
  end(): void;
}

export function preparePositions(database: DatabaseSync): Positions {
  const select = database.prepare('SELECT next FROM position');
  const update = database.prepare('UPDATE position SET next = ?');
  let next = 0;
  let begun = 0;
  return {
    get next() {
      return next;
    },
    begin: () => {
      begun = Number(select.get()?.['next']);
      next = begun;
    },
    take: (count) => {
      next += count;
      return next - count;
    },
    end: () => {
      if (next > begun) update.run(next);
    },
  };
}
