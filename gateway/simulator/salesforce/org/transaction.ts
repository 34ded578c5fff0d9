/** Changes that belong together: all of them are committed, or none. */
import type { Change } from './change.ts';
import { checkRequired, checkValues, storedInstant } from './check-record.ts';
import type { Row } from './check-record.ts';
import { SalesforceError } from './errors.ts';
import { fieldGroups } from './field-groups.ts';
import type { ObjectDefinition } from './object-definition.ts';
import { recordId } from './record-id.ts';
import type { RecordStore } from './record-store.ts';

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
    const row = {
      ...fieldGroups(object).defaults,
      OwnerId: this.userId,
      ...checked,
      ...audit,
      Id: id,
      IsDeleted: false,
    };
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
    if (this.#store.defer(this)) return;
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
    return Object.fromEntries(
      fieldGroups(object).autoNumbers.map((field) => {
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
    const saved = this.#store.beforeSave(object.name, sent, this.#store.find(object.name, id));
    // What has no name is called by its id.
    const row = object.name.endsWith('__c') && (saved['Name'] ?? null) === null ? { ...saved, Name: id } : saved;
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
    for (const field of fieldGroups(object).references) {
      const target = row[field.name] ?? null;
      if (field.referenceTo === null || target === null) continue;
      if (this.#store.find(field.referenceTo, String(target)) === undefined) {
        throw new SalesforceError('INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id', {
          fields: [field.name],
        });
      }
    }
  }

  #checkUnique(object: ObjectDefinition, id: string, row: Row): void {
    for (const field of fieldGroups(object).unique) {
      const value = row[field.name] ?? null;
      if (value === null) continue;
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
