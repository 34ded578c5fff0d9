/**
 * A disk that keeps the journal's database, and forgets what nobody made it sync.
 *
 * The database lives in memory and runs the journal's own statements. What survives a crash is decided by what the
 * shipped code asked SQLite for: with WAL and synchronous FULL every commit is on the disk before it is answered; with less, the
 * last commits are in a cache that a power failure empties.
 */
import { DatabaseSync } from 'node:sqlite';
import type { SQLInputValue, StatementSync } from 'node:sqlite';
import { prepareFile } from '../../src/journal/index.ts';
import type { Random } from '../schedule/random.ts';

/** Far more than a schedule needs; its limit is the shipped code's own. */
export const journalBytes = 1024 * 1024;
/** What `PRAGMA synchronous` answers for FULL; EXTRA is more. */
const fullSync = 2;
/** With less than FULL an operating system writes its cache back after some seconds; so many commits may be lost at once. */
const maxUnsynced = 20;

/** The disk of one machine: the bytes that survive. */
export class Disk {
  /** Writes fail while it is full. */
  isFull = false;
  readonly #random: Random;
  #bytes: Uint8Array | undefined;
  #open: JournalDatabase | undefined;
  /** Images after commits that were not synced, oldest first; the first one is what the disk surely has. */
  #unsynced: Uint8Array[] = [];

  /** `image`: what is on it already. */
  constructor(random: Random, image?: Uint8Array) {
    this.#random = random;
    this.#bytes = image;
  }

  /** Opens the database for a new process. */
  open(): JournalDatabase {
    const database = new JournalDatabase(this);
    if (this.#bytes !== undefined) database.deserialize(this.#bytes);
    this.#open = database;
    this.#unsynced = [];
    return database;
  }

  /** To be told after every batch of the file's thread: whether its commits are on the disk follows from the pragmas. */
  noteCommits(): void {
    const database = this.#open;
    if (database === undefined || database.isSynced) return;
    this.#unsynced.push(database.serialize());
    if (this.#unsynced.length > maxUnsynced) this.#unsynced.shift();
  }

  /** Whether this entry, as it was at `asOf` or later, would be there after a power failure at this moment; undefined while no process has the file open. */
  surelyHas(id: string, asOf?: string): boolean | undefined {
    return this.#open === undefined ? undefined : this.#open.isSynced && this.#open.has(id, asOf);
  }

  countEntries(): number {
    return this.#open?.countEntries() ?? 0;
  }

  /** The process ends. With `losesPower` everything that was not synced may be gone, from some commit on. */
  close(losesPower: boolean): void {
    const database = this.#open;
    if (database === undefined) return;
    this.#open = undefined;
    if (database.isTransaction) database.exec('ROLLBACK');
    const kept =
      losesPower && this.#unsynced.length > 0
        ? this.#unsynced[this.#random.between(0, this.#unsynced.length - 1)]
        : undefined;
    this.#bytes = kept ?? database.serialize();
    database.close();
  }
}

let newJournal: Uint8Array | undefined;

/** A disk with a journal that the shipped code has just created; made once, because most of a short schedule would be spent on it. */
export function diskWithNewJournal(random: Random): Disk {
  if (newJournal === undefined) {
    const database = new JournalDatabase(new Disk(random));
    newJournal = prepareFile(database, { file: 'a new journal', maxBytes: journalBytes }).serialize();
    database.close();
  }
  return new Disk(random, newJournal);
}

/** By name or by number, as the journal gives them. */
type Parameters = SQLInputValue[] & [Record<string, SQLInputValue>];

const writes = /^\s*(?:INSERT|UPDATE|DELETE|REPLACE)/i;

/** SQLite in memory that answers like one on a disk, as far as the journal can tell. */
export class JournalDatabase extends DatabaseSync {
  readonly #disk: Disk;
  #isWal = false;
  #find: StatementSync | undefined;
  #level: StatementSync | undefined;

  constructor(disk: Disk) {
    super(':memory:');
    this.#disk = disk;
  }

  /** Whether a commit is on the disk when it returns. */
  get isSynced(): boolean {
    this.#level ??= super.prepare('PRAGMA synchronous');
    return this.#isWal && Number(this.#level.get()?.['synchronous']) >= fullSync;
  }

  has(id: string, asOf = ''): boolean {
    this.#find ??= super.prepare(`SELECT 1 FROM write WHERE id = ? AND json_extract(operation, '$.asOf') >= ?`);
    return this.#find.get(id, asOf) !== undefined;
  }

  countEntries(): number {
    return Number(super.prepare('SELECT count(*) AS entries FROM write').get()?.['entries']);
  }

  /** Prepared at its first use: most processes of a schedule die before they need most of their statements. */
  override prepare(sql: string): StatementSync {
    let statement: StatementSync | undefined;
    const prepared = (): StatementSync => (statement ??= super.prepare(sql));
    const isWrite = writes.test(sql);
    const isWal = /journal_mode\s*=\s*WAL/i.test(sql);
    const lazy = {
      // A database in memory knows no WAL; nothing else about it differs.
      get: (...parameters: Parameters) => (isWal ? this.#becomeWal() : prepared().get(...parameters)),
      all: (...parameters: Parameters) => prepared().all(...parameters),
      run: (...parameters: Parameters) => {
        if (isWrite && this.#disk.isFull) throw Object.assign(new Error('database or disk is full'), { errcode: 13 });
        return prepared().run(...parameters);
      },
    };
    // The shipped code uses nothing else of a statement.
    return lazy as unknown as StatementSync;
  }

  #becomeWal(): { journal_mode: 'wal' } {
    this.#isWal = true;
    return { journal_mode: 'wal' };
  }
}
