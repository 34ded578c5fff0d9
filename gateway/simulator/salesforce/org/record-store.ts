/** The org's records, changed only in transactions: all of one, or nothing. */
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { checkRequired, checkValues, defaultValues, storedInstant } from './check-record.ts';
import type { Row } from './check-record.ts';
import { SalesforceError, notFound } from './errors.ts';
import type { FieldDefinition, ObjectDefinition } from './object-definition.ts';
import { recordId, toLongId } from './record-id.ts';

/** Extra conditions on a record, as an admin's validation rule would be; returns the message that refuses it. */
export type ValidationRule = (object: string, row: Row) => string | null;

/** One change: the row before, and after. */
export interface Change {
  readonly object: string;
  readonly id: string;
  readonly before: Row | undefined;
  readonly after: Row | undefined;
}

/** Told of every change as it is made, and of its being taken back. */
export type Watcher = (object: string, before: Row | undefined, after: Row | undefined) => void;

const savedCommit = z.array(
  z.object({ object: z.string(), id: z.string(), after: z.record(z.string(), z.unknown()).nullable() }),
);

const uniqueKey = (field: FieldDefinition, value: unknown): string =>
  `${field.name}:${field.isCaseSensitive ? String(value) : String(value).toLowerCase()}`;

export class RecordStore {
  readonly #objects: ReadonlyMap<string, ObjectDefinition>;
  readonly #rows = new Map<string, Map<string, Row>>();
  /** Per object: unique value to record id. */
  readonly #unique = new Map<string, Map<string, string>>();
  readonly #uniqueOf = new Map<ObjectDefinition, readonly FieldDefinition[]>();
  readonly #sequences = new Map<string, number>();
  readonly #stateFile: string | undefined;
  readonly #now: () => number;
  readonly #watchers: Watcher[] = [];
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

  /** The object whose ids start like this one. */
  objectOfId(id: string): ObjectDefinition | undefined {
    return this.objects.find((object) => id.startsWith(object.keyPrefix));
  }

  rows(object: string): readonly Row[] {
    return [...(this.#rows.get(this.object(object).name)?.values() ?? [])];
  }

  find(object: string, id: string): Row | undefined {
    return this.#rows.get(this.object(object).name)?.get(toLongId(id));
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

  nextNumber(counter: string): number {
    const next = (this.#sequences.get(counter) ?? 0) + 1;
    this.#sequences.set(counter, next);
    return next;
  }

  /** Puts a row in place of another; only transactions call it. */
  replace(object: ObjectDefinition, id: string, row: Row | undefined): void {
    const rows = this.#rows.get(object.name) ?? new Map<string, Row>();
    const unique = this.#unique.get(object.name) ?? new Map<string, string>();
    this.#rows.set(object.name, rows);
    this.#unique.set(object.name, unique);
    const before = rows.get(id);
    for (const field of this.#uniqueFields(object)) {
      if (before !== undefined && before[field.name] !== null) unique.delete(uniqueKey(field, before[field.name]));
      if (row !== undefined && row[field.name] !== null) unique.set(uniqueKey(field, row[field.name]), id);
    }
    if (row === undefined) rows.delete(id);
    else rows.set(id, row);
    for (const watcher of this.#watchers) watcher(object.name, before, row);
  }

  #uniqueFields(object: ObjectDefinition): readonly FieldDefinition[] {
    const known = this.#uniqueOf.get(object);
    if (known !== undefined) return known;
    const found = [...object.fields.values()].filter((field) => field.isUnique);
    this.#uniqueOf.set(object, found);
    return found;
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
    for (const field of object.fields.values()) {
      if (field.type === 'AutoNumber') this.nextNumber(`${object.name}.${field.name}`);
    }
  }
}

/** Work that waits for the commit; gathered by name, so that it is done once. */
interface AfterCommit {
  readonly name: string;
  readonly subject: string;
  /** How many changes had been made when it was asked for. */
  readonly mark: number;
  readonly run: (subjects: ReadonlySet<string>) => void;
}

/** Changes that belong together. */
export class Transaction {
  readonly #store: RecordStore;
  readonly userId: string;
  readonly #now: () => number;
  readonly #changes: Change[] = [];
  readonly #afterCommit: AfterCommit[] = [];

  constructor(store: RecordStore, userId: string, now: () => number) {
    this.#store = store;
    this.userId = userId;
    this.#now = now;
  }

  /** Whether anything was written that is not committed yet: a callout is impossible then. */
  get hasUncommittedWork(): boolean {
    return this.#changes.length > 0;
  }

  insert(objectName: string, values: Row): string {
    const object = this.#store.object(objectName);
    const checked = checkValues(object, values, false);
    const stamp = this.#stamp();
    const id = recordId(object.keyPrefix, this.#store.nextNumber(object.name));
    const audit = {
      CreatedDate: stamp,
      CreatedById: this.userId,
      LastModifiedDate: stamp,
      LastModifiedById: this.userId,
      SystemModstamp: stamp,
    };
    const row = { ...defaultValues(object), OwnerId: this.userId, ...checked, ...audit, Id: id, IsDeleted: false };
    this.#write(object, id, this.#named(object, { ...row, ...this.#autoNumbers(object) }));
    return id;
  }

  /** `isSystem` writes fields too that only the platform sets. */
  update(objectName: string, id: string, values: Row, isSystem = false): void {
    const object = this.#store.object(objectName);
    const before = this.#existing(object, id);
    const stamp = this.#stamp();
    const audit = { LastModifiedDate: stamp, LastModifiedById: this.userId, SystemModstamp: stamp };
    const row = { ...before, ...checkValues(object, values, isSystem), ...audit };
    this.#write(object, String(before['Id']), this.#named(object, row));
  }

  delete(objectName: string, id: string): void {
    const object = this.#store.object(objectName);
    const before = this.#existing(object, id);
    const longId = String(before['Id']);
    this.#store.afterSave(this, object.name, before, undefined);
    this.#deleteDetails(object, longId);
    this.#changes.push({ object: object.name, id: longId, before, after: undefined });
    this.#store.replace(object, longId, undefined);
  }

  /** Details go with their master; lookups to it become empty. */
  #deleteDetails(object: ObjectDefinition, id: string): void {
    for (const other of this.#store.objects) {
      const pointing = [...other.fields.values()].filter((field) => field.referenceTo === object.name);
      for (const field of pointing) {
        for (const row of this.#store.rows(other.name).filter((one) => one[field.name] === id)) {
          const goesAlong = field.type === 'MasterDetail' || (other.name === 'Contact' && field.name === 'AccountId');
          if (goesAlong) this.delete(other.name, String(row['Id']));
          else this.update(other.name, String(row['Id']), { [field.name]: null });
        }
      }
    }
  }

  commit(): void {
    const changes = this.#changes.splice(0);
    this.#store.keep(changes);
    const waiting = this.#afterCommit.splice(0);
    if (changes.length > 0) this.#store.commitListeners.forEach((listener) => listener(changes));
    for (const [name, work] of Object.entries(Object.groupBy(waiting, (one) => one.name))) {
      const subjects = new Set(work?.filter((one) => one.name === name).map(({ subject }) => subject));
      work?.[0]?.run(subjects);
    }
  }

  /** Does something once after the commit, for all subjects under that name; never when it is rolled back. */
  onCommit(name: string, subject: string, run: (subjects: ReadonlySet<string>) => void): void {
    this.#afterCommit.push({ name, subject, run, mark: this.#changes.length });
  }

  rollback(): void {
    this.rollbackTo(0);
  }

  /** Takes back what was written after `mark` (a savepoint). */
  rollbackTo(mark: number): void {
    const kept = this.#afterCommit.filter((work) => work.mark <= mark);
    this.#afterCommit.splice(0, this.#afterCommit.length, ...kept);
    for (const { object, id, before } of this.#changes.splice(mark).reverse()) {
      this.#store.replace(this.#store.object(object), id, before);
    }
  }

  get mark(): number {
    return this.#changes.length;
  }

  #stamp(): string {
    return storedInstant(this.#now());
  }

  #existing(object: ObjectDefinition, id: string): Row {
    const row = this.#store.find(object.name, id);
    if (row === undefined) throw new SalesforceError('ENTITY_IS_DELETED', 'entity is deleted', { status: 404 });
    return row;
  }

  #autoNumbers(object: ObjectDefinition): Row {
    const fields = [...object.fields.values()].filter((field) => field.type === 'AutoNumber');
    return Object.fromEntries(
      fields.map((field) => {
        const number = this.#store.nextNumber(`${object.name}.${field.name}`);
        return [field.name, autoNumber(field.displayFormat ?? '{0}', number)];
      }),
    );
  }

  /** People's names are put together by the org. */
  #named(object: ObjectDefinition, row: Row): Row {
    if (!object.fields.has('lastname')) return row;
    return { ...row, Name: [row['FirstName'], row['LastName']].filter((part) => typeof part === 'string').join(' ') };
  }

  #write(object: ObjectDefinition, id: string, sent: Row): void {
    const row = this.#store.beforeSave(object.name, sent, this.#store.find(object.name, id));
    checkRequired(object, row);
    this.#checkReferences(object, row);
    this.#checkUnique(object, id, row);
    for (const rule of this.#store.validationRules) {
      const message = rule(object.name, row);
      if (message !== null) throw new SalesforceError('FIELD_CUSTOM_VALIDATION_EXCEPTION', message);
    }
    const before = this.#store.find(object.name, id);
    this.#changes.push({ object: object.name, id, before, after: row });
    this.#store.replace(object, id, row);
    this.#store.afterSave(this, object.name, before, row);
  }

  #checkReferences(object: ObjectDefinition, row: Row): void {
    for (const field of object.fields.values()) {
      const target = row[field.name] ?? null;
      if (field.referenceTo === null || target === null || field.referenceTo === 'User') continue;
      if (this.#store.find(field.referenceTo, String(target)) === undefined) {
        throw new SalesforceError('INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id', {
          fields: [field.name],
        });
      }
    }
  }

  #checkUnique(object: ObjectDefinition, id: string, row: Row): void {
    for (const field of object.fields.values()) {
      const value = row[field.name] ?? null;
      if (!field.isUnique || value === null) continue;
      const other = this.#store.findUnique(object.name, field, value);
      if (other === undefined || other['Id'] === id) continue;
      const message = `duplicate value found: ${field.name} duplicates value on record with id: ${String(other['Id']).slice(0, 15)}`;
      throw new SalesforceError('DUPLICATE_VALUE', message);
    }
  }
}

/** `R-{00000}` and 7 make `R-00007`; a format that starts at a number counts from there. */
function autoNumber(format: string, number: number): string {
  return format.replace(/\{(\d+)\}/, (_, digits: string) =>
    String(Number(digits) + number).padStart(digits.length, '0'),
  );
}
