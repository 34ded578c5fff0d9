/** Answers a query from the org's records. */
import type { Row } from '../org/check-record.ts';
import { SalesforceError } from '../org/errors.ts';
import type { FieldDefinition, ObjectDefinition } from '../org/object-definition.ts';
import { isRecordId, toLongId } from '../org/record-id.ts';
import type { RecordStore } from '../org/record-store.ts';
import { parseQuery } from './parse-query.ts';
import type { Condition, Literal, Query } from './parse-query.ts';

/** A row as the REST API returns it: nested where the query spans a relationship. */
export type ResultRow = Readonly<Record<string, unknown>>;

/** What a query found. */
export interface QueryResult {
  readonly object: ObjectDefinition;
  readonly rows: readonly ResultRow[];
  /** The number of rows, for `COUNT()` too. */
  readonly totalSize: number;
}

/** The steps from an object over relationships to a field. */
interface FieldPath {
  readonly steps: readonly FieldDefinition[];
  readonly field: FieldDefinition;
}

const noSuchColumn = (name: string, object: ObjectDefinition): SalesforceError =>
  new SalesforceError(
    'INVALID_FIELD',
    `No such column '${name}' on entity '${object.name}'. If you are attempting to use a custom field, be sure to append the '__c' after the custom field name. Please reference your WSDL or the describe call for the appropriate names.`,
  );

/** `Account` belongs to AccountId, `Parent__r` to Parent__c. */
const relationshipField = (object: ObjectDefinition, name: string): FieldDefinition | undefined =>
  object.fields.get(/__r$/i.test(name) ? name.toLowerCase().replace(/__r$/, '__c') : `${name}id`.toLowerCase());

function resolvePath(store: RecordStore, object: ObjectDefinition, name: string): FieldPath {
  const parts = name.split('.');
  // A name may start with the object's own: `Account.Name` from Account.
  if (parts.length > 1 && parts[0]?.toLowerCase() === object.name.toLowerCase()) parts.shift();
  const steps: FieldDefinition[] = [];
  let current = object;
  for (const part of parts.slice(0, -1)) {
    const step = relationshipField(current, part);
    if (step?.referenceTo == null)
      throw new SalesforceError('INVALID_FIELD', `Didn't understand relationship '${part}' in field path.`);
    steps.push(step);
    current = store.object(step.referenceTo);
  }
  const last = parts.at(-1) ?? '';
  const field = current.fields.get(last.toLowerCase());
  if (field === undefined) throw noSuchColumn(last, current);
  return { steps, field };
}

/** Undefined where a relationship leads nowhere. */
function readAt(store: RecordStore, row: Row, path: FieldPath): unknown {
  let current: Row | undefined = row;
  for (const step of path.steps) {
    const id: unknown = current?.[step.name] ?? null;
    current = id === null || step.referenceTo === null ? undefined : store.find(step.referenceTo, String(id));
  }
  return current === undefined ? undefined : (current[path.field.name] ?? null);
}

const valueAt = (store: RecordStore, row: Row, path: FieldPath): unknown => readAt(store, row, path) ?? null;

/** Texts compare without case, unless the field says otherwise; ids in their long form. */
function comparable(value: unknown, field: FieldDefinition): unknown {
  if (typeof value !== 'string') return value;
  if (['Id', 'Lookup', 'MasterDetail'].includes(field.type)) return isRecordId(value) ? toLongId(value) : value;
  if (field.type === 'DateTime') return Date.parse(value);
  return field.isCaseSensitive ? value : value.toLowerCase();
}

const likePattern = (text: string): RegExp => {
  const escaped = text
    .replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
    .replace(/%/g, '.*')
    .replace(/_/g, '.');
  return new RegExp(`^${escaped}$`, 'is');
};

function compare(left: unknown, operator: string, right: unknown): boolean {
  if (operator === '=') return left === right;
  if (operator === '!=') return left !== right;
  if (operator === 'like') return typeof left === 'string' && likePattern(String(right)).test(left);
  if (left === null || right === null) return false;
  if (typeof left !== typeof right || (typeof left !== 'string' && typeof left !== 'number')) return false;
  const order =
    left < String(right) || (typeof left === 'number' && left < Number(right)) ? -1 : left === right ? 0 : 1;
  return operator === '<' ? order < 0 : operator === '<=' ? order <= 0 : operator === '>' ? order > 0 : order >= 0;
}

type Test = (row: Row) => boolean;

function toTest(store: RecordStore, object: ObjectDefinition, condition: Condition): Test {
  if (condition.kind === 'not') {
    const part = toTest(store, object, condition.part);
    return (row) => !part(row);
  }
  if (condition.kind !== 'compare') {
    const parts = condition.parts.map((part) => toTest(store, object, part));
    return condition.kind === 'and'
      ? (row) => parts.every((test) => test(row))
      : (row) => parts.some((test) => test(row));
  }
  const path = resolvePath(store, object, condition.field);
  const wanted = condition.values.map((value: Literal) => comparable(value, path.field));
  const { operator } = condition;
  if (operator === 'in') return (row) => wanted.includes(comparable(valueAt(store, row, path), path.field));
  if (operator === 'not in') return (row) => !wanted.includes(comparable(valueAt(store, row, path), path.field));
  return (row) => compare(comparable(valueAt(store, row, path), path.field), operator, wanted[0]);
}

/** A row that was found, with what it is ordered by. */
interface Found {
  readonly id: string;
  readonly keys: readonly unknown[];
}

function inOrder(orderBy: Query['orderBy'], found: Found[]): Found[] {
  if (orderBy.length === 0) return found;
  return found.sort((a, b) => {
    for (const [index, { isDescending, areNullsLast }] of orderBy.entries()) {
      const [left, right] = [a.keys[index], b.keys[index]];
      if (left === right) continue;
      // Nulls come first unless asked otherwise, ascending or descending.
      if (left === null || right === null) return (left === null ? -1 : 1) * (areNullsLast ? -1 : 1);
      return (compare(left, '<', right) ? -1 : 1) * (isDescending ? -1 : 1);
    }
    return 0;
  });
}

function toResult(object: ObjectDefinition, titles: readonly string[], values: readonly unknown[]): ResultRow {
  const result: Record<string, unknown> = { attributes: { type: object.name } };
  for (const [index, title] of titles.entries()) put(result, title.split('.'), values[index]);
  return result;
}

/** A record that is not there is null, not a record of nulls. */
function put(result: Record<string, unknown>, [first = '', ...rest]: readonly string[], value: unknown): void {
  if (rest.length === 0 || value === undefined) {
    result[first] = value ?? null;
    return;
  }
  const inner: Record<string, unknown> = { ...(result[first] as object | null | undefined) };
  put(inner, rest, value);
  result[first] = inner;
}

/** What of the org shows to who asks. */
export interface ReadRights {
  readonly mayRead: (object: string, row: Row) => boolean;
  readonly mayUse: (object: string) => boolean;
  readonly maySee: (object: string, field: FieldDefinition) => boolean;
}

/** Every field that a condition is about. */
const fieldsOf = (condition: Condition | null): string[] => {
  if (condition === null) return [];
  if (condition.kind === 'compare') return [condition.field];
  return condition.kind === 'not' ? fieldsOf(condition.part) : condition.parts.flatMap(fieldsOf);
};

function requireRights(store: RecordStore, object: ObjectDefinition, query: Query, rights: ReadRights): void {
  const names = [...query.fields, ...fieldsOf(query.where), ...query.orderBy.map(({ field }) => field)];
  for (const name of names) {
    const { steps, field } = resolvePath(store, object, name);
    const owner = steps.at(-1)?.referenceTo ?? object.name;
    if (!rights.maySee(owner, field)) throw noSuchColumn(name, store.object(owner));
  }
}

/** The rows of a query by their ids, with a way to read what was asked for of each. */
export interface FoundRows {
  readonly object: ObjectDefinition;
  readonly ids: readonly string[];
  /** The columns as they were asked for; empty for `COUNT()`. */
  readonly titles: readonly string[];
  /** Undefined where the record is gone meanwhile. */
  readonly valuesOf: (id: string) => readonly unknown[] | undefined;
}

/** Finds the rows of a query, `most` at most. */
export function findRows(store: RecordStore, soql: string, rights: ReadRights, most = Infinity): FoundRows {
  const query = parseQuery(soql);
  const object = store.objects.find((one) => one.name.toLowerCase() === query.object.toLowerCase());
  if (object === undefined || !rights.mayUse(object.name)) throw noSuchObject(query.object);
  requireRights(store, object, query, rights);
  const test = query.where === null ? () => true : toTest(store, object, query.where);
  const keys = query.orderBy.map(({ field }) => resolvePath(store, object, field));
  const found: Found[] = [];
  for (const row of most === 0 ? [] : store.each(object.name)) {
    if (!rights.mayRead(object.name, row) || !test(row)) continue;
    found.push({
      id: String(row['Id']),
      keys: keys.map((path) => comparable(valueAt(store, row, path), path.field)),
    });
  }
  const end = query.limit === null ? undefined : query.offset + query.limit;
  const page = inOrder(query.orderBy, found).slice(query.offset, end);
  const paths = query.fields.map((name) => resolvePath(store, object, name));
  return {
    object,
    ids: page.map(({ id }) => id),
    titles: query.fields.map((name, index) => (name.includes('.') ? name : (paths[index]?.field.name ?? name))),
    valuesOf: (id) => {
      const row = store.find(object.name, id);
      return row === undefined ? undefined : paths.map((path) => readAt(store, row, path));
    },
  };
}

const noSuchObject = (name: string): SalesforceError =>
  new SalesforceError(
    'INVALID_TYPE',
    `sObject type '${name}' is not supported. If you are attempting to use a custom object, be sure to append the '__c' after the entity name. Please reference your WSDL or the describe call for the appropriate names.`,
  );

/** Runs a query over what `rights` let through. */
export function runQuery(store: RecordStore, soql: string, rights: ReadRights): QueryResult {
  const { object, ids, titles, valuesOf } = findRows(store, soql, rights);
  if (titles.length === 0) return { object, rows: [], totalSize: ids.length };
  const rows = ids.map((id) => toResult(object, titles, valuesOf(id) ?? []));
  return { object, rows, totalSize: rows.length };
}
