/** The journal's file at work: runs each batch as one transaction, so that one sync serves all of it. */
import type { DatabaseSync } from 'node:sqlite';
import type { JournalReply, JournalRequest } from './messages.ts';
import { prepareRetention } from './retention.ts';
import { prepareEntries } from './sqlite-entries.ts';
import { JournalRefusal, reasonOf } from './sqlite-file.ts';

const isRead = ({ kind }: JournalRequest): boolean =>
  kind === 'find' || kind === 'unfinished' || kind === 'undelivered';

export class JournalFile {
  readonly #database: DatabaseSync;
  readonly #file: string;
  readonly #answer: (request: JournalRequest) => JournalReply;
  readonly #prune: (nowMs: number) => void;

  /** `database` comes from `openFile`; `file` names it in messages. */
  constructor(database: DatabaseSync, { file, mailboxOrgs }: { file: string; mailboxOrgs: readonly string[] | null }) {
    this.#database = database;
    this.#file = file;
    this.#answer = prepareEntries(database, mailboxOrgs);
    this.#prune = prepareRetention(database, mailboxOrgs);
  }

  /** Replies in the order of the requests; they are on the disk by then. */
  run(requests: readonly JournalRequest[]): readonly JournalReply[] {
    if (requests.length === 1) return requests.map((request) => this.#runAlone(request));
    try {
      return this.#commitTogether(requests);
    } catch {
      // One of them could not be written; alone, each fails or succeeds for itself.
      return requests.map((request) => this.#runAlone(request));
    }
  }

  /**
   * Removes what is due. Best effort: what cannot be removed today is removed tomorrow, and the batch itself is safe
   * already; returns why it did not work.
   */
  pruneAfter(requests: readonly JournalRequest[]): string | undefined {
    const begin = requests.find((request) => request.kind === 'begin');
    if (begin === undefined) return undefined;
    try {
      this.#prune(begin.nowMs);
      return undefined;
    } catch (error) {
      return reasonOf(error, this.#file);
    }
  }

  close(): void {
    this.#database.close();
  }

  #runAlone(request: JournalRequest): JournalReply {
    try {
      if (isRead(request)) return this.#answer(request);
      return this.#commitTogether([request])[0] ?? { kind: 'failed', reason: 'no answer' };
    } catch (error) {
      return { kind: 'failed', reason: error instanceof JournalRefusal ? error.message : reasonOf(error, this.#file) };
    }
  }

  /** Runs all requests in one transaction; throws and changes nothing when one cannot be written. */
  #commitTogether(requests: readonly JournalRequest[]): readonly JournalReply[] {
    this.#database.exec('BEGIN IMMEDIATE');
    try {
      const replies = requests.map((request) => this.#answer(request));
      this.#database.exec('COMMIT');
      return replies;
    } catch (error) {
      // SQLite has rolled back by itself after some errors (disk full); rolling back again would hide the first error.
      if (this.#database.isTransaction) this.#database.exec('ROLLBACK');
      throw error;
    }
  }
}
