/** The one numbering of documents and changes: it only grows, also when everything before was removed. */
import type { DatabaseSync } from 'node:sqlite';

/** Takes so many positions; the first is returned. */
export type TakePositions = (count: number) => number;

export function preparePositions(database: DatabaseSync): TakePositions {
  const advance = database.prepare('UPDATE position SET next = next + ?');
  const next = database.prepare('SELECT next FROM position');
  return (count) => {
    advance.run(count);
    return Number(next.get()?.['next']) - count;
  };
}
