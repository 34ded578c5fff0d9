/**
 * A disk that keeps the database of a journal or a queue, and forgets what nobody made it sync.
 *
 * The database lives in memory and runs the owner's own statements. What survives a crash is decided by what the
 * shipped code asked SQLite for: with WAL and synchronous FULL every commit is on the disk before it is answered; with less, the
 * last commits are in a cache that a power failure empties.
 */
import { DatabaseSync } from 'node:sqlite';
import type { SQLInputValue, SQLOutputValue, StatementSync } from 'node:sqlite';
import { prepareFile } from '../../src/journal/index.ts';
import { prepareQueueFile } from '../../src/queue/index.ts';
import type { Random } from '../schedule/random.ts';

/** Far more than a schedule needs; its limit is the shipped code's own. */
export const journalBytes = 1024 * 1024;
/** Room for all documents of a schedule. */
export const queueBytes = 16 * 1024 * 1024;
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
  #open: DiskDatabase | undefined;
  /** Images after commits that were not synced, oldest first; the first one is what the disk surely has. */
  #unsynced: Uint8Array[] = [];

  /** `image`: what is on it already. */
  constructor(random: Random, image?: Uint8Array) {
    this.#random = random;
    this.#bytes = image;
  }

  /** Opens the database for a new process. */
  open(): DiskDatabase {
    const database = new DiskDatabase(this);
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
  surelyHas(id: string, asOf = ''): boolean | undefined {
    return this.#open === undefined
      ? undefined
      : this.#open.isSynced && this.#open.find(selectEntry, id, asOf) !== undefined;
  }

  countEntries(): number {
    return Number(this.find('SELECT count(*) AS entries FROM write')?.['entries'] ?? 0);
  }

  /** Whether what is committed now would be there after a power failure; undefined while no process has the file open. */
  get isSynced(): boolean | undefined {
    return this.#open?.isSynced;
  }

  /** One row of what the open database has, asked beside its owner; undefined too while no process has it open. */
  find(sql: string, ...parameters: SQLInputValue[]): Record<string, SQLOutputValue> | undefined {
    return this.#open?.find(sql, ...parameters);
  }

  /** All rows, as `find`. */
  list(sql: string, ...parameters: SQLInputValue[]): readonly Record<string, SQLOutputValue>[] {
    return this.#open?.list(sql, ...parameters) ?? [];
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

const selectEntry = `SELECT 1 FROM write WHERE id = ? AND json_extract(operation, '$.asOf') >= ?`;

let newJournal: Uint8Array | undefined;
let newQueue: Uint8Array | undefined;

/** A disk with a journal that the shipped code has just created; made once, because most of a short schedule would be spent on it. */
export function diskWithNewJournal(random: Random): Disk {
  if (newJournal === undefined) {
    const database = new DiskDatabase(new Disk(random));
    newJournal = prepareFile(database, { file: 'a new journal', maxBytes: journalBytes }).serialize();
    database.close();
  }
  return new Disk(random, newJournal);
}

/** The same with a queue. */
export function diskWithNewQueue(random: Random): Disk {
  if (newQueue === undefined) {
    const database = new DiskDatabase(new Disk(random));
    newQueue = prepareQueueFile(database, { file: 'a new queue', maxBytes: queueBytes }).serialize();
    database.close();
  }
  return new Disk(random, newQueue);
}

/** By name or by number, as its owner gives them. */
type Parameters = SQLInputValue[] & [Record<string, SQLInputValue>];

const writes = /^\s*(?:INSERT|UPDATE|DELETE|REPLACE)/i;

/** SQLite in memory that answers like one on a disk, as far as its owner can tell. */
export class DiskDatabase extends DatabaseSync {
  readonly #disk: Disk;
  #isWal = false;
  readonly #questions = new Map<string, StatementSync>();
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

  find(sql: string, ...parameters: SQLInputValue[]): Record<string, SQLOutputValue> | undefined {
    return this.#asked(sql).get(...parameters);
  }

  list(sql: string, ...parameters: SQLInputValue[]): readonly Record<string, SQLOutputValue>[] {
    return this.#asked(sql).all(...parameters);
  }

  #asked(sql: string): StatementSync {
    const known = this.#questions.get(sql) ?? super.prepare(sql);
    this.#questions.set(sql, known);
    return known;
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
      iterate: (...parameters: Parameters) => prepared().iterate(...parameters),
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
