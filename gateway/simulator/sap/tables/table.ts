/** One database table in memory: rows by primary key, and indexes built when first asked for. */
import type { Structure } from '../metadata/repository.ts';

/** A row holds only what is not initial; dates YYYYMMDD, amounts as decimal text, keys padded. */
export type TableRow = Readonly<Record<string, string | undefined>>;

const separator = '\u0001';
const none: readonly TableRow[] = [];

/** Info structures are summed over by their readers, and a data file may leave most of their long key out. */
const summedTables = new Set(['S066', 'S067']);

export class Table {
  readonly structure: Structure;
  readonly #keyFields: readonly string[];
  readonly #initials: readonly string[];
  readonly #rows = new Map<string, TableRow>();
  readonly #indexes = new Map<string, Map<string, TableRow[]>>();
  #version = 0;

  constructor(structure: Structure) {
    this.structure = structure;
    const keys = structure.fields.filter((field) => field.isKey && field.ddicType !== 'CLNT');
    this.#keyFields = keys.map((field) => field.name);
    this.#initials = keys.map((field) => field.initial);
  }

  get size(): number {
    return this.#rows.size;
  }

  get keyFields(): readonly string[] {
    return this.#keyFields;
  }

  /** Counts changes, so that what was computed from the table can be kept until it changes. */
  get version(): number {
    return this.#version;
  }

  rows(): IterableIterator<TableRow> {
    return this.#rows.values();
  }

  keyOf(row: TableRow): string {
    let key = '';
    for (let i = 0; i < this.#keyFields.length; i += 1) {
      const value = row[this.#keyFields[i] ?? ''];
      key += (value ?? this.#initials[i] ?? '') + separator;
    }
    return key;
  }

  /** The row with exactly this key (fields left out are initial). */
  get(key: TableRow): TableRow | undefined {
    return this.#rows.get(this.keyOf(key));
  }

  /** Rows where the fields have these values, in the order they came in. */
  where(fields: readonly string[], values: readonly string[]): readonly TableRow[] {
    const name = fields.join(' ');
    const index = this.#indexes.get(name) ?? this.#buildIndex(name, fields);
    return index.get(values.join(separator)) ?? none;
  }

  /** False when the key is taken. */
  insert(row: TableRow): boolean {
    let key = this.keyOf(row);
    if (this.#rows.has(key)) {
      if (!summedTables.has(this.structure.name)) return false;
      key += String(this.#rows.size);
    }
    this.#rows.set(key, row);
    this.#version += 1;
    for (const [name, index] of this.#indexes) addTo(index, name.split(' '), row);
    return true;
  }

  /** Replaces the row with the key of `row`; false when there is none. */
  update(row: TableRow): boolean {
    const key = this.keyOf(row);
    const before = this.#rows.get(key);
    if (before === undefined) return false;
    this.#rows.set(key, row);
    this.#version += 1;
    for (const [name, index] of this.#indexes) {
      removeFrom(index, name.split(' '), before);
      addTo(index, name.split(' '), row);
    }
    return true;
  }

  delete(row: TableRow): boolean {
    const key = this.keyOf(row);
    const before = this.#rows.get(key);
    if (before === undefined) return false;
    this.#rows.delete(key);
    this.#version += 1;
    for (const [name, index] of this.#indexes) removeFrom(index, name.split(' '), before);
    return true;
  }

  #buildIndex(name: string, fields: readonly string[]): Map<string, TableRow[]> {
    const index = new Map<string, TableRow[]>();
    for (const row of this.#rows.values()) addTo(index, fields, row);
    this.#indexes.set(name, index);
    return index;
  }
}

function indexKey(fields: readonly string[], row: TableRow): string {
  return fields.map((field) => row[field] ?? '').join(separator);
}

function addTo(index: Map<string, TableRow[]>, fields: readonly string[], row: TableRow): void {
  const key = indexKey(fields, row);
  const rows = index.get(key);
  if (rows === undefined) index.set(key, [row]);
  else rows.push(row);
}

function removeFrom(index: Map<string, TableRow[]>, fields: readonly string[], row: TableRow): void {
  const key = indexKey(fields, row);
  const rest = (index.get(key) ?? []).filter((it) => it !== row);
  if (rest.length === 0) index.delete(key);
  else index.set(key, rest);
}
