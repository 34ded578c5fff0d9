/** SQLite in memory that answers like a file on a disk, as far as its owner can tell; it outlives the processes that open it. */
import { DatabaseSync } from 'node:sqlite';
import type { SQLInputValue, SQLOutputValue, StatementSync } from 'node:sqlite';

export type Row = Record<string, SQLOutputValue>;

/** By name or by number, as its owner gives them. */
type Parameters = SQLInputValue[] & [Record<string, SQLInputValue>];

/** What `PRAGMA synchronous` answers for FULL, which every connection has at first; EXTRA is more. */
const fullSync = 2;
const writes = /^\s*(?:INSERT|UPDATE|DELETE|REPLACE)/i;
const temporaryTable = /^CREATE TEMP TABLE (\w+)/;
/** Compiled once; the shipped code has them compiled with each batch. */
const steps = new Set(['BEGIN IMMEDIATE', 'COMMIT', 'ROLLBACK']);
const namesOfTables = `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'`;

export class DiskDatabase extends DatabaseSync {
  /** Writes fail while it is full. */
  isFull = false;
  #isWal = false;
  readonly #statements = new Map<string, StatementSync>();
  readonly #temporary = new Set<string>();
  #level: number | undefined;
  #first: ReadonlyMap<string, readonly Row[]> = new Map();

  constructor() {
    super(':memory:');
  }

  /** A new process opens it: what a connection knows, and a file does not, is as it is at first. */
  openAgain(): void {
    this.#isWal = false;
    if (this.#synced() !== fullSync) this.exec(`PRAGMA synchronous = ${fullSync}`);
  }

  /** Whether a commit is on the disk when it returns. */
  get isSynced(): boolean {
    return this.#isWal && this.#synced() >= fullSync;
  }

  /** Asked beside its owner. */
  find(sql: string, ...parameters: SQLInputValue[]): Row | undefined {
    return this.#compiled(sql).get(...parameters);
  }

  /** All rows, as `find`. */
  list(sql: string, ...parameters: SQLInputValue[]): readonly Row[] {
    return this.#compiled(sql).all(...parameters);
  }

  /** What it has now is what it has when it is new. */
  noteNew(): this {
    const names = this.list(namesOfTables).map(({ name }) => String(name));
    this.#first = new Map(names.map((name) => [name, this.list(`SELECT * FROM ${name}`)]));
    return this;
  }

  /** As it was when it was new. Emptied, because what is compiled for it stays usable then: most of a short schedule would be spent on that. */
  renew(): void {
    this.isFull = false;
    this.endTransaction();
    this.exec('BEGIN IMMEDIATE');
    for (const [table, rows] of this.#first) {
      this.#compiled(`DELETE FROM ${table}`).run();
      for (const row of rows.map((each) => Object.values(each)))
        this.#compiled(`INSERT INTO ${table} VALUES (${row.map(() => '?').join(', ')})`).run(...row);
    }
    this.exec('COMMIT');
  }

  /** What its owner had not committed is gone. */
  endTransaction(): void {
    if (this.isTransaction) this.exec('ROLLBACK');
  }

  /** These bytes instead of what it has. */
  putBack(image: Uint8Array): void {
    this.#statements.clear();
    this.deserialize(image);
  }

  override exec(sql: string): void {
    const table = temporaryTable.exec(sql)?.[1];
    if (table !== undefined) return this.#makeTemporary(table, sql);
    if (steps.has(sql)) return void this.#compiled(sql).run();
    if (sql.includes('synchronous')) this.#level = undefined;
    super.exec(sql);
  }

  /** Compiled at its first use: most processes of a schedule die before they need most of their statements. */
  override prepare(sql: string): StatementSync {
    const isWrite = writes.test(sql);
    // A database in memory knows no WAL; nothing else about it differs.
    const isWal = /journal_mode\s*=\s*WAL/i.test(sql);
    const lazy = {
      get: (...parameters: Parameters) => (isWal ? this.#becomeWal() : this.#compiled(sql).get(...parameters)),
      all: (...parameters: Parameters) => this.#compiled(sql).all(...parameters),
      iterate: (...parameters: Parameters) => this.#compiled(sql).iterate(...parameters),
      run: (...parameters: Parameters) => {
        if (isWrite && this.isFull) throw Object.assign(new Error('database or disk is full'), { errcode: 13 });
        return this.#compiled(sql).run(...parameters);
      },
    };
    // The shipped code uses nothing else of a statement.
    return lazy as unknown as StatementSync;
  }

  #compiled(sql: string): StatementSync {
    const known = this.#statements.get(sql);
    if (known !== undefined) return known;
    const statement = super.prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }

  /** A table of a connection alone is empty in each process. */
  #makeTemporary(table: string, sql: string): void {
    if (this.#temporary.has(table)) return void this.#compiled(`DELETE FROM temp.${table}`).run();
    super.exec(sql);
    this.#temporary.add(table);
  }

  #synced(): number {
    this.#level ??= Number(this.find('PRAGMA synchronous')?.['synchronous']);
    return this.#level;
  }

  #becomeWal(): { journal_mode: 'wal' } {
    this.#isWal = true;
    return { journal_mode: 'wal' };
  }
}
