/** The file's own thread: runs each batch as one transaction and answers after the commit is on the disk. */
import type { DatabaseSync } from 'node:sqlite';
import { parentPort, workerData } from 'node:worker_threads';
import { z } from 'zod';
import type { FromFileThread, JournalReply, JournalRequest, ToFileThread } from './messages.ts';
import { prepareRetention } from './retention.ts';
import { prepareEntries } from './sqlite-entries.ts';
import { JournalRefusal, openFile, reasonOf } from './sqlite-file.ts';

const settings = z.object({ file: z.string(), maxBytes: z.number() }).parse(workerData);
const say = (message: FromFileThread): void => parentPort?.postMessage(message);

/** Runs all requests in one transaction; throws and changes nothing when one cannot be written. */
function commitTogether(
  database: DatabaseSync,
  requests: readonly JournalRequest[],
  answer: (request: JournalRequest) => JournalReply,
): readonly JournalReply[] {
  database.exec('BEGIN IMMEDIATE');
  try {
    const replies = requests.map(answer);
    database.exec('COMMIT');
    return replies;
  } catch (error) {
    // SQLite has rolled back by itself after some errors (disk full); rolling back again would hide the first error.
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
}

function serve(database: DatabaseSync): void {
  const answer = prepareEntries(database);
  const prune = prepareRetention(database);

  const runAlone = (request: JournalRequest): JournalReply => {
    try {
      if (request.kind === 'find' || request.kind === 'unfinished') return answer(request);
      return commitTogether(database, [request], answer)[0] ?? { kind: 'failed', reason: 'no answer' };
    } catch (error) {
      const reason = error instanceof JournalRefusal ? error.message : reasonOf(error, settings.file);
      return { kind: 'failed', reason };
    }
  };

  const runBatch = (requests: readonly JournalRequest[]): readonly JournalReply[] => {
    if (requests.length === 1) return requests.map(runAlone);
    try {
      return commitTogether(database, requests, answer);
    } catch {
      // One of them could not be written; alone, each fails or succeeds for itself.
      return requests.map(runAlone);
    }
  };

  /** Best effort: what cannot be removed today is removed tomorrow, and the batch itself is safe already. */
  const pruneAfter = (requests: readonly JournalRequest[]): void => {
    const begin = requests.find((request) => request.kind === 'begin');
    if (begin === undefined) return;
    try {
      prune(begin.nowMs);
    } catch (error) {
      say({ kind: 'warning', reason: reasonOf(error, settings.file) });
    }
  };

  parentPort?.on('message', (message: ToFileThread) => {
    if (message === 'close') {
      database.close();
      parentPort?.close();
      return;
    }
    say({ kind: 'batch', replies: runBatch(message.batch) });
    pruneAfter(message.batch);
  });
}

try {
  serve(openFile(settings));
  say({ kind: 'open' });
} catch (error) {
  if (!(error instanceof JournalRefusal)) throw error;
  say({ kind: 'open-failed', reason: error.message });
  parentPort?.close();
}
