/**
 * The simulated disk: SQLite in memory. What a power failure leaves of it follows from the pragmas that the shipped code sets, never
 * from what this machine's own disk would do.
 */
import type { SQLInputValue } from 'node:sqlite';
import { prepareFile } from '../../src/journal/index.ts';
import { prepareQueueFile } from '../../src/queue/index.ts';
import type { Random } from '../schedule/random.ts';
import { DiskDatabase } from './disk-database.ts';
import type { Row } from './disk-database.ts';

/** Far more than a schedule needs; its limit is the shipped code's own. */
export const journalBytes = 1024 * 1024;
/** Room for all documents of a schedule. */
export const queueBytes = 16 * 1024 * 1024;
/** With less than FULL an operating system writes its cache back after some seconds; so many commits may be lost at once. */
const maxUnsynced = 20;

/** The disk of one machine: what survives its processes. */
export class Disk {
  readonly #random: Random;
  readonly #shelf: Shelf;
  readonly #database: DiskDatabase;
  #isOpen = false;
  /** Images after commits that were not synced, oldest first; the first one is what the disk surely has. */
  #unsynced: Uint8Array[] = [];

  constructor(random: Random, shelf: Shelf) {
    this.#random = random;
    this.#shelf = shelf;
    this.#database = shelf.take();
  }

  /** Writes fail while it is full. */
  set isFull(isFull: boolean) {
    this.#database.isFull = isFull;
  }

  /** Opens the database for a new process. */
  open(): DiskDatabase {
    this.#database.openAgain();
    this.#isOpen = true;
    this.#unsynced = [];
    return this.#database;
  }

  /** To be told after every batch of the file's thread: whether its commits are on the disk follows from the pragmas. */
  noteCommits(): void {
    if (!this.#isOpen || this.#database.isSynced) return;
    this.#unsynced.push(this.#database.serialize());
    if (this.#unsynced.length > maxUnsynced) this.#unsynced.shift();
  }

  /** Whether this entry, as it was at `asOf` or later, would be there after a power failure at this moment; undefined while no process has the file open. */
  surelyHas(id: string, asOf = ''): boolean | undefined {
    return this.isSynced === undefined ? undefined : this.isSynced && this.find(selectEntry, id, asOf) !== undefined;
  }

  countEntries(): number {
    return Number(this.find('SELECT count(*) AS entries FROM write')?.['entries'] ?? 0);
  }

  /** Whether what is committed now would be there after a power failure; undefined while no process has the file open. */
  get isSynced(): boolean | undefined {
    return this.#isOpen ? this.#database.isSynced : undefined;
  }

  /** One row of what the open database has, asked beside its owner; undefined too while no process has it open. */
  find(sql: string, ...parameters: SQLInputValue[]): Row | undefined {
    return this.#isOpen ? this.#database.find(sql, ...parameters) : undefined;
  }

  /** All rows, as `find`. */
  list(sql: string, ...parameters: SQLInputValue[]): readonly Row[] {
    return this.#isOpen ? this.#database.list(sql, ...parameters) : [];
  }

  /** The process ends. With `losesPower` everything that was not synced may be gone, from some commit on. */
  close(losesPower: boolean): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    this.#database.endTransaction();
    if (!losesPower || this.#unsynced.length === 0) return;
    const kept = this.#unsynced[this.#random.between(0, this.#unsynced.length - 1)];
    if (kept !== undefined) this.#database.putBack(kept);
  }

  /** The schedule is over: nobody asks this disk for anything any more. */
  giveBack(): void {
    this.close(false);
    this.#shelf.putBack(this.#database);
  }
}

const selectEntry = `SELECT 1 FROM write WHERE id = ? AND json_extract(operation, '$.asOf') >= ?`;

/** Databases that the shipped code has just created; made once and used by one schedule after the other. */
export class Shelf {
  readonly #make: (database: DiskDatabase) => void;
  readonly #free: DiskDatabase[] = [];

  constructor(make: (database: DiskDatabase) => void) {
    this.#make = make;
  }

  take(): DiskDatabase {
    const free = this.#free.pop();
    if (free !== undefined) return free;
    const database = new DiskDatabase();
    this.#make(database);
    return database.noteNew();
  }

  putBack(database: DiskDatabase): void {
    database.renew();
    this.#free.push(database);
  }
}

const journals = new Shelf((database) => prepareFile(database, { file: 'a new journal', maxBytes: journalBytes }));
const queues = new Shelf((database) => prepareQueueFile(database, { file: 'a new queue', maxBytes: queueBytes }));

/** A disk with a journal that the shipped code has just created. */
export const diskWithNewJournal = (random: Random): Disk => new Disk(random, journals);

/** The same with a queue. */
export const diskWithNewQueue = (random: Random): Disk => new Disk(random, queues);
