/** Fills the database from a data file, with every mistake named before the simulator listens. */
import type { Field } from '../metadata/field.ts';
import type { Structure } from '../metadata/repository.ts';
import { completeCurrencies } from './complete-rows.ts';
import type { Database } from './database.ts';
import type { TableRow } from './table.ts';
import { UnreadableValue, readValue } from './read-value.ts';

/** SAP tables as a data file holds them: table name to rows. */
export type SapTables = Readonly<Record<string, unknown>>;

/** More would scroll past whoever reads them. */
const maxProblems = 50;

export class DataFileError extends Error {
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(`The SAP data cannot be loaded:\n${problems.map((it) => `  ${it}`).join('\n')}`);
    this.name = 'DataFileError';
    this.problems = problems;
  }
}

/** Rows delivered with every SAP system, used when the data file leaves the table out. */
const deliveredRows: Readonly<Record<string, readonly TableRow[]>> = {
  TCURX: [
    ...['JPY', 'KRW', 'CLP', 'ISK', 'VND', 'XAF', 'XOF'].map((CURRKEY) => ({ CURRKEY, CURRDEC: '0' })),
    ...['KWD', 'BHD', 'OMR', 'TND', 'JOD', 'IQD', 'LYD'].map((CURRKEY) => ({ CURRKEY, CURRDEC: '3' })),
  ],
};

/** Search fields that SAP fills by itself whenever a name is saved: upper case, 25 characters. */
const matchcodes: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  KNA1: { MCOD1: 'NAME1', MCOD2: 'NAME2', MCOD3: 'ORT01' },
  ADRC: { MC_NAME1: 'NAME1', MC_CITY1: 'CITY1', MC_STREET: 'STREET' },
};

function withMatchcodes(table: string, row: TableRow): TableRow {
  const fields = matchcodes[table];
  if (fields === undefined) return row;
  const missing = Object.entries(fields).filter(
    ([field, source]) => row[field] === undefined && row[source] !== undefined,
  );
  if (missing.length === 0) return row;
  const filled: Record<string, string> = {};
  for (const [field, source] of missing) filled[field] = (row[source] ?? '').toUpperCase().slice(0, 25).trimEnd();
  return { ...row, ...filled };
}

class Loader {
  readonly problems: string[] = [];
  readonly warnings: string[] = [];
  readonly #database: Database;
  readonly #client: string;
  readonly #today: string;

  constructor(database: Database, client: string, today: string) {
    this.#database = database;
    this.#client = client;
    this.#today = today;
  }

  load(tables: SapTables): void {
    for (const [name, rows] of Object.entries(tables)) {
      if (name.startsWith('_')) continue;
      if (!Array.isArray(rows)) this.#report(`table ${name}: must be a list of rows`);
      else this.#loadTable(name, rows);
    }
    for (const [name, rows] of Object.entries(deliveredRows)) {
      if (!(name in tables)) rows.forEach((row) => this.#database.table(name).insert(row));
    }
  }

  #report(problem: string): void {
    if (this.problems.length < maxProblems) this.problems.push(problem);
  }

  #loadTable(name: string, rows: readonly unknown[]): void {
    if (!/^[A-Z0-9_/]{1,30}$/.test(name))
      return this.#report(`table ${name}: not a table name (capital letters, digits, _)`);
    const structure = this.#database.find(name)?.structure ?? this.#defineTable(name, rows);
    const table = this.#database.table(name);
    const unknown = new Set<string>();
    let hidden = 0;
    rows.forEach((source, index) => {
      const at = `table ${name}, row ${index + 1}`;
      if (typeof source !== 'object' || source === null || Array.isArray(source))
        return this.#report(`${at}: must be an object`);
      const row = this.#readRow(structure, source, at, unknown);
      if (row === 'other client') hidden += 1;
      if (row === undefined || row === 'other client') return;
      if (!table.insert(withMatchcodes(name, row)))
        this.#report(`${at}: the key ${this.#showKey(table.keyFields, row)} is there already`);
    });
    if (hidden > 0)
      this.warnings.push(
        `table ${name}: ${hidden} of ${rows.length} rows belong to other clients than ${this.#client}`,
      );
    if (unknown.size > 0)
      this.warnings.push(`table ${name}: fields the simulator does not use: ${[...unknown].join(', ')}`);
  }

  #readRow(
    structure: Structure,
    source: object,
    at: string,
    unknown: Set<string>,
  ): TableRow | 'other client' | undefined {
    const row: Record<string, string> = {};
    const before = this.problems.length;
    for (const [name, value] of Object.entries(source)) {
      const field = structure.byName.get(name);
      if (field === undefined) this.#readUnknown(structure, name, at, unknown);
      else if (field.ddicType === 'CLNT' && String(value) !== this.#client && String(value) !== '')
        return 'other client';
      else this.#readField(row, field, value, at);
    }
    const [firstKey] = structure.fields.filter(
      (field) => field.isKey && field.ddicType !== 'CLNT' && field.abapType === 'C',
    );
    const mayLackKey = firstKey === undefined || this.#mayBeInitial(structure.name);
    if (!mayLackKey && row[firstKey.name] === undefined && this.problems.length === before) {
      this.#report(`${at}: key field ${firstKey.name} is missing`);
    }
    return this.problems.length === before ? row : undefined;
  }

  /** A name in lower case is a mistake that would lose the value without a word. */
  #readUnknown(structure: Structure, name: string, at: string, unknown: Set<string>): void {
    const capitals = name.toUpperCase();
    if (!structure.byName.has(capitals)) unknown.add(name);
    else this.#report(`${at}, field ${name}: field names are in capital letters (${capitals})`);
  }

  /** Information structures start their key with fields nobody fills. */
  #mayBeInitial(table: string): boolean {
    return /^S\d{3}$/.test(table);
  }

  #readField(row: Record<string, string>, field: Field, value: unknown, at: string): void {
    try {
      const text = readValue(field, value, this.#today);
      if (text !== '') row[field.name] = text;
    } catch (error) {
      if (!(error instanceof UnreadableValue)) throw error;
      this.#report(`${at}, field ${field.name}: ${error.message}`);
    }
  }

  #showKey(keyFields: readonly string[], row: TableRow): string {
    return keyFields.map((field) => `${field}=${row[field] ?? ''}`).join(' ');
  }

  /** A table nobody described gets character fields as wide as its longest value; RFC_READ_TABLE can read it. */
  #defineTable(name: string, rows: readonly unknown[]): Structure {
    const widths = new Map<string, number>();
    for (const row of rows) {
      if (typeof row !== 'object' || row === null) continue;
      for (const [field, value] of Object.entries(row)) {
        widths.set(field, Math.max(widths.get(field) ?? 1, String(value).length));
      }
    }
    this.warnings.push(`table ${name}: not in the simulator's dictionary, read as text`);
    // Every field is part of the key, because nothing says which are.
    return this.#database.define(
      name,
      [...widths].map(([field, width]) => `*${field} CHAR${width}`),
    );
  }
}

/** Loads all tables; throws DataFileError with everything that is wrong, returns what is merely odd. */
export function loadTables(database: Database, tables: SapTables, client: string, today: string): readonly string[] {
  const loader = new Loader(database, client, today);
  loader.load(tables);
  if (loader.problems.length > 0) throw new DataFileError(loader.problems);
  completeCurrencies(database);
  return loader.warnings;
}
