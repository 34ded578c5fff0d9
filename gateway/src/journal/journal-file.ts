/** The journal's file at work: runs each batch as one transaction, so that one sync serves all of it. */
import type { DatabaseSync } from 'node:sqlite';
import { reasonOf, runTogether } from '../durable-file/index.ts';
import type { ServedFile } from '../durable-file/index.ts';
import type { JournalReply, JournalRequest } from './messages.ts';
import { prepareRetention } from './retention.ts';
import { prepareEntries } from './sqlite-entries.ts';
import { journalFormat } from './sqlite-file.ts';

const isRead = ({ kind }: JournalRequest): boolean =>
  kind === 'find' || kind === 'unfinished' || kind === 'undelivered';

export class JournalFile implements ServedFile<JournalRequest, JournalReply> {
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
    const toFailed = (error: unknown): JournalReply => ({
      kind: 'failed',
      reason: reasonOf(error, this.#file, journalFormat),
    });
    return runTogether(this.#database, requests, { answer: this.#answer, isRead, toFailed });
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
      return reasonOf(error, this.#file, journalFormat);
    }
  }

  close(): void {
    this.#database.close();
  }
}
