/** The org's records, by id and by their unique values, changed only in transactions. */
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import type { Change } from './change.ts';
import type { Row } from './check-record.ts';
import { notFound } from './errors.ts';
import { fieldGroups } from './field-groups.ts';
import type { FieldDefinition, ObjectDefinition } from './object-definition.ts';
import { toLongId } from './record-id.ts';
import { packFrom, packed, unpacked } from './packed-row.ts';
import type { PackedRow } from './packed-row.ts';
import { Transaction } from './transaction.ts';

/** Extra conditions on a record, as an admin's validation rule would be; returns the message that refuses it. */
export type ValidationRule = (object: string, row: Row) => string | null;

/** Told of every change as it is made, and of its being taken back. */
export type Watcher = (object: string, before: Row | undefined, after: Row | undefined) => void;

const savedCommit = z.array(
  z.object({ object: z.string(), id: z.string(), after: z.record(z.string(), z.unknown()).nullable() }),
);

const uniqueKey = (field: FieldDefinition, value: unknown): string =>
  `${field.name}:${field.isCaseSensitive ? String(value) : String(value).toLowerCase()}`;

export class RecordStore {
  readonly #objects: ReadonlyMap<string, ObjectDefinition>;
  readonly #rows = new Map<string, Map<string, Row | PackedRow>>();
  /** Per object: unique value to record id. */
  readonly #unique = new Map<string, Map<string, string>>();
  readonly #sequences = new Map<string, number>();
  readonly #stateFile: string | undefined;
  readonly #now: () => number;
  readonly #watchers: Watcher[] = [];
  /** Transactions that wait for the others of their unit. */
  #unit: Transaction[] | undefined;
  readonly validationRules: ValidationRule[] = [];
  /** Told of every commit, in the order of the commits. */
  readonly commitListeners: ((changes: readonly Change[]) => void)[] = [];
  /** Before-triggers: what is really saved. */
  beforeSave: (object: string, row: Row, before: Row | undefined) => Row = (_, row) => row;

  /** After-triggers: what follows in the same transaction. */
  afterSave: (transaction: Transaction, object: string, before: Row | undefined, after: Row | undefined) => void = () =>
    undefined;

  constructor(objects: readonly ObjectDefinition[], now: () => number, stateFile: string | undefined) {
    this.#objects = new Map(objects.map((object) => [object.name.toLowerCase(), object]));
    this.#now = now;
    this.#stateFile = stateFile;
  }

  get objects(): readonly ObjectDefinition[] {
    return [...this.#objects.values()];
  }

  /** The object of that name; NOT_FOUND where there is none. */
  object(name: string): ObjectDefinition {
    const object = this.#objects.get(name.toLowerCase());
    if (object === undefined) throw notFound();
    return object;
  }

  /** Whether there is an object of that name: packages differ. */
  has(name: string): boolean {
    return this.#objects.has(name.toLowerCase());
  }

  /** The object whose ids start like this one. */
  objectOfId(id: string): ObjectDefinition | undefined {
    return this.objects.find((object) => id.startsWith(object.keyPrefix));
  }

  rows(object: string): readonly Row[] {
    return [...this.each(object)];
  }

  /** The rows one after the other, for objects with very many. */
  *each(object: string): Generator<Row, undefined> {
    const definition = this.object(object);
    for (const row of this.#rows.get(definition.name)?.values() ?? []) yield unpacked(definition, row);
  }

  count(object: string): number {
    return this.#rows.get(this.object(object).name)?.size ?? 0;
  }

  find(object: string, id: string): Row | undefined {
    const definition = this.object(object);
    const row = this.#rows.get(definition.name)?.get(toLongId(id));
    return row === undefined ? undefined : unpacked(definition, row);
  }

  /** The record that holds this unique value. */
  findUnique(object: string, field: FieldDefinition, value: unknown): Row | undefined {
    const id = this.#unique.get(this.object(object).name)?.get(uniqueKey(field, value));
    return id === undefined ? undefined : this.find(object, id);
  }

  /** Keeps an index; comes before the first record. */
  watch(watcher: Watcher): void {
    this.#watchers.push(watcher);
  }

  /** Starts a transaction on behalf of a user. */
  begin(userId: string): Transaction {
    return new Transaction(this, userId, this.#now);
  }

  /** Lets the transactions of `work` count together: all of them when it says so, or none. */
  together<T>(work: () => { readonly result: T; readonly isGood: boolean }): T {
    const unit: Transaction[] = [];
    this.#unit = unit;
    try {
      const { result, isGood } = work();
      this.#unit = undefined;
      if (isGood) unit.forEach((transaction) => transaction.commit());
      else unit.reverse().forEach((transaction) => transaction.rollback());
      return result;
    } finally {
      this.#unit = undefined;
    }
  }

  /** Whether a transaction that would commit has to wait for others; only transactions ask. */
  defer(transaction: Transaction): boolean {
    this.#unit?.push(transaction);
    return this.#unit !== undefined;
  }

  nextNumber(counter: string): number {
    const next = (this.#sequences.get(counter) ?? 0) + 1;
    this.#sequences.set(counter, next);
    return next;
  }

  /** Puts a row in place of another; only transactions call it. */
  replace(object: ObjectDefinition, id: string, row: Row | undefined): void {
    const rows = this.#rows.get(object.name) ?? new Map<string, Row | PackedRow>();
    const unique = this.#unique.get(object.name) ?? new Map<string, string>();
    this.#rows.set(object.name, rows);
    this.#unique.set(object.name, unique);
    const kept = rows.get(id);
    const before = kept === undefined ? undefined : unpacked(object, kept);
    for (const field of fieldGroups(object).unique) {
      if (before !== undefined && before[field.name] !== null) unique.delete(uniqueKey(field, before[field.name]));
      if (row !== undefined && row[field.name] !== null) unique.set(uniqueKey(field, row[field.name]), id);
    }
    if (row === undefined) rows.delete(id);
    else rows.set(id, rows.size < packFrom ? row : packed(object, row));
    for (const watcher of this.#watchers) watcher(object.name, before, row);
  }

  /** Keeps a committed transaction in the state file, one line each. */
  keep(changes: readonly Change[]): void {
    if (this.#stateFile === undefined || changes.length === 0) return;
    const line = changes.map(({ object, id, after }) => ({ object, id, after: after ?? null }));
    appendFileSync(this.#stateFile, `${JSON.stringify(line)}\n`);
  }

  /** Brings back what was committed before a restart; true when there was anything. */
  restore(): boolean {
    if (this.#stateFile === undefined || !existsSync(this.#stateFile)) return false;
    const lines = readFileSync(this.#stateFile, 'utf8')
      .split('\n')
      .filter((line) => line !== '');
    for (const line of lines) {
      for (const { object, id, after } of savedCommit.parse(JSON.parse(line))) {
        const definition = this.object(object);
        this.replace(definition, id, after ?? undefined);
        this.#skipNumbers(definition);
      }
    }
    return lines.length > 0;
  }

  /** A number given before the restart is never given again; gaps do no harm. */
  #skipNumbers(object: ObjectDefinition): void {
    this.nextNumber(object.name);
    for (const field of fieldGroups(object).autoNumbers) this.nextNumber(`${object.name}.${field.name}`);
  }
}
