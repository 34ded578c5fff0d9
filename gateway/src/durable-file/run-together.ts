/** Runs a batch as one transaction, so that one sync serves all of it; who cannot be written fails alone. */
import type { DatabaseSync } from 'node:sqlite';
import type { Failed } from './messages.ts';

export interface BatchParts<Request, Reply> {
  readonly answer: (request: Request) => Reply | Failed;
  /** Needs no transaction of its own. */
  readonly isRead: (request: Request) => boolean;
  readonly toFailed: (error: unknown) => Reply | Failed;
}

/** Replies in the order of the requests; they are on the disk by then. */
export function runTogether<Request, Reply>(
  database: DatabaseSync,
  requests: readonly Request[],
  parts: BatchParts<Request, Reply>,
): readonly (Reply | Failed)[] {
  const { answer, isRead, toFailed } = parts;
  const runAlone = (request: Request): Reply | Failed => {
    try {
      if (isRead(request)) return answer(request);
      return commit(database, () => answer(request));
    } catch (error) {
      return toFailed(error);
    }
  };
  if (requests.length === 1) return requests.map(runAlone);
  try {
    return commit(database, () => requests.map(answer));
  } catch {
    // One of them could not be written; alone, each fails or succeeds for itself.
    return requests.map(runAlone);
  }
}

/** Runs `work` in one transaction; throws and changes nothing when it cannot be written. */
export function commit<Result>(database: DatabaseSync, work: () => Result): Result {
  database.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    database.exec('COMMIT');
    return result;
  } catch (error) {
    // SQLite has rolled back by itself after some errors (disk full); rolling back again would hide the first error.
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
}
