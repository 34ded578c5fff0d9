/** Runs a batch as one transaction, so that one sync serves all of it; who cannot be written fails alone. */
import type { DatabaseSync } from 'node:sqlite';
import type { Failed } from './messages.ts';

export interface BatchParts<Request, Reply> {
  readonly answer: (request: Request) => Reply | Failed;
  /** Needs no transaction of its own. */
  readonly isRead: (request: Request) => boolean;
  readonly toFailed: (error: unknown) => Reply | Failed;
  /** Called at the begin and at the end of each transaction, in it: for what is worth knowing once for all of its requests. */
  readonly onBegin?: () => void;
  readonly onEnd?: () => void;
}

/** Replies in the order of the requests; they are on the disk by then. */
export function runTogether<Request, Reply>(
  database: DatabaseSync,
  requests: readonly Request[],
  parts: BatchParts<Request, Reply>,
): readonly (Reply | Failed)[] {
  const { answer, isRead, toFailed } = parts;
  const runInOne = (some: readonly Request[]): readonly (Reply | Failed)[] =>
    commit(database, () => {
      parts.onBegin?.();
      const replies = some.map(answer);
      parts.onEnd?.();
      return replies;
    });
  const runAlone = (request: Request): Reply | Failed => {
    try {
      if (isRead(request)) return answer(request);
      return runInOne([request])[0] ?? { kind: 'failed', reason: 'no answer' };
    } catch (error) {
      return toFailed(error);
    }
  };
  if (requests.length === 1) return requests.map(runAlone);
  try {
    return runInOne(requests);
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
