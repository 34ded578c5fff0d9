/** How much of the file is used, and what is kept free so that what was accepted can always be settled. */
import type { DatabaseSync } from 'node:sqlite';
import { numberOf } from '../durable-file/index.ts';

/** From here on what has ended gives way to what waits. */
const tightShare = 0.7;
/** Nothing is accepted beyond; the rest is for pages that split, and for receipts. */
const fullShare = 0.9;
/** Each record that waits may still be held with a problem of this size; see `shortProblem`. */
export const problemBytes = 2048;

export interface Room {
  /** Counts again; to be called at the begin of each transaction: one that is rolled back has taken nothing. */
  begin(): void;
  /** Whether so much more fits; counted as taken then. */
  take(bytes: number): boolean;
  readonly isTight: boolean;
}

export function prepareRoom(database: DatabaseSync, maxBytes: number): Room {
  const pageSize = numberOf(database, 'page_size');
  const pages = database.prepare('PRAGMA page_count');
  const free = database.prepare('PRAGMA freelist_count');
  const waiting = database.prepare(
    'SELECT coalesce(sum(waiting), 0) + (SELECT next - unsorted FROM position) AS waiting FROM target',
  );
  let used = 0;
  return {
    begin: () => {
      const inUse = Number(pages.get()?.['page_count']) - Number(free.get()?.['freelist_count']);
      used = inUse * pageSize + Number(waiting.get()?.['waiting']) * problemBytes;
    },
    take: (bytes) => {
      if (used + bytes > maxBytes * fullShare) return false;
      used += bytes;
      return true;
    },
    get isTight() {
      return used > maxBytes * tightShare;
    },
  };
}
