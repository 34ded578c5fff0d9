/** One write through the APIs, single or as a row of many: rights, references by external id, create or update. */
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { HttpCall } from '../http.ts';
import type { Row } from '../org/check-record.ts';
import { checkRequired, checkValues, fieldOf } from '../org/check-record.ts';
import { SalesforceError } from '../org/errors.ts';
import type { FieldDefinition, ObjectDefinition } from '../org/object-definition.ts';
import type { Org, OrgUser } from '../org/org.ts';
import type { Transaction } from '../org/transaction.ts';

/** A record as a caller sends it. */
export type SentRecord = Readonly<Record<string, unknown>>;
export const sentRecord = z.record(z.string(), z.unknown());

/** What became of it. */
export interface WriteResult {
  readonly id: string;
  readonly isCreated: boolean;
  /** An event is on its way; whether it arrives nobody says. */
  readonly enqueued?: string;
}

/** Who writes, and in which transaction. */
export interface Writer {
  readonly org: Org;
  readonly user: OrgUser;
  readonly transaction: Transaction;
  /** Duplicate rules only warn. */
  readonly allowsDuplicates: boolean;
}

/** Whether a call says that duplicates may be saved. */
export const allowsDuplicates = ({ headers }: HttpCall): boolean =>
  /\ballowSave\s*=\s*true\b/i.test(String(headers['sforce-duplicate-rule-header'] ?? ''));

const referenceByExternalId = z.record(z.string(), z.unknown());

const noSuchColumn = (name: string, object: ObjectDefinition): SalesforceError =>
  new SalesforceError('INVALID_FIELD', `No such column '${name}' on sobject of type ${object.name}`);

/** The lookup field behind the name of a relationship: `Account__r` or `Account`. */
const lookupOf = (object: ObjectDefinition, name: string): FieldDefinition | undefined =>
  object.fields.get(/__r$/i.test(name) ? name.toLowerCase().replace(/__r$/, '__c') : `${name}id`.toLowerCase());

/** `"Account__r": {"Ext__c": "x"}` becomes `Account__c` with the record's id. */
function resolveReference(
  org: Org,
  object: ObjectDefinition,
  name: string,
  value: unknown,
): readonly [string, unknown] {
  const field = lookupOf(object, name);
  if (field?.referenceTo == null) throw noSuchColumn(name, object);
  const target = org.store.object(field.referenceTo);
  const [external, key] = Object.entries(referenceByExternalId.parse(value)).find(
    ([part]) => part !== 'attributes',
  ) ?? ['', ''];
  const found = findByExternalId(org, target, external, String(key));
  if (found.length === 1) return [field.name, found[0]?.['Id']];
  const message = `Foreign key external ID: ${String(key)} not found for field ${external} in entity ${target.name}`;
  throw new SalesforceError('INVALID_FIELD', message);
}

/** The values of a sent record, references resolved; refuses fields the user may not see or write. */
export function sentValues(org: Org, user: OrgUser, object: ObjectDefinition, record: SentRecord): Row {
  const values: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(record)) {
    if (name === 'attributes') continue;
    const isReference = typeof value === 'object' && value !== null && !Array.isArray(value);
    checkFieldRights(org, user, object, isReference ? (lookupOf(object, name)?.name ?? name) : name);
    const [field, resolved] = isReference ? resolveReference(org, object, name, value) : [name, value];
    values[field] = resolved;
  }
  return values;
}

/** To an API user a field without rights does not exist, and one that may only be read is refused. */
function checkFieldRights(org: Org, user: OrgUser, object: ObjectDefinition, name: string): void {
  const field = fieldOf(object, name);
  if (field.isReadOnly || !user.isApiOnly) return;
  if (!org.canReadField(user, object.name, field)) throw noSuchColumn(name, object);
  if (org.canEditField(user, object.name, field)) return;
  throw notWritable(field.name);
}

const notWritable = (name: string): SalesforceError =>
  new SalesforceError(
    'INVALID_FIELD_FOR_INSERT_UPDATE',
    `Unable to create/update fields: ${name}. Please check the security settings of this field and verify that it is read/write for your profile or permission set.`,
    { fields: [name] },
  );

/** A field that may stand in an address as key. */
export function externalIdField(object: ObjectDefinition, name: string): FieldDefinition {
  const field = fieldOf(object, name);
  if (field.isExternalId || field.name === 'Id') return field;
  throw new SalesforceError(
    'INVALID_FIELD',
    `Field name provided, ${name} does not match an External ID, Salesforce Id, or indexed field for ${object.name}`,
  );
}

/** Every record with that external id; several where the field is not unique. */
export function findByExternalId(org: Org, object: ObjectDefinition, name: string, value: string): readonly Row[] {
  const field = externalIdField(object, name);
  if (field.name === 'Id') return [org.store.find(object.name, value)].filter((row) => row !== undefined);
  const same = (other: unknown): boolean =>
    typeof other === 'string' &&
    (field.isCaseSensitive ? other === value : other.toLowerCase() === value.toLowerCase());
  if (field.isUnique) return [org.store.findUnique(object.name, field, value)].filter((row) => row !== undefined);
  return org.store.rows(object.name).filter((row) => same(row[field.name]));
}

/** Creates a record, or puts an event on its way. */
export function insert(writer: Writer, object: ObjectDefinition, values: Row): WriteResult {
  const { org, user, transaction } = writer;
  if (!org.canUse(user, object.name, 'create')) {
    const message = `entity type cannot be inserted: ${object.label}`;
    throw new SalesforceError('CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY', message);
  }
  if (object.name.endsWith('__e')) return publish(org, transaction, object, values);
  org.troubleOf({ object: object.name, values, before: undefined, allowsDuplicates: writer.allowsDuplicates });
  return { id: transaction.insert(object.name, values), isCreated: true };
}

/** Changes a record. */
export function update(writer: Writer, object: ObjectDefinition, id: string, values: Row): void {
  const { org, user, transaction, allowsDuplicates: allows } = writer;
  if (!org.canUse(user, object.name, 'edit'))
    throw new SalesforceError('INSUFFICIENT_ACCESS_OR_READONLY', 'insufficient access rights on object id');
  const fixed = Object.keys(values).find((name) => object.fields.get(name.toLowerCase())?.isFixed === true);
  if (fixed !== undefined) throw notWritable(fixed);
  org.troubleOf({
    object: object.name,
    values,
    before: org.store.find(object.name, id) ?? {},
    allowsDuplicates: allows,
  });
  transaction.update(object.name, id, values);
}

/** Creates or updates by external id. */
export function upsert(
  writer: Writer,
  object: ObjectDefinition,
  key: readonly [string, string],
  values: Row,
): WriteResult {
  const [name, value] = key;
  const found = findByExternalId(writer.org, object, name, value);
  if (found.length > 1)
    throw new SalesforceError('DUPLICATE_EXTERNAL_ID', `${name}: more than one record found for external id field`, {
      status: 300,
    });
  const existing = found[0];
  if (existing === undefined) return insert(writer, object, { ...values, [externalIdField(object, name).name]: value });
  update(writer, object, String(existing['Id']), values);
  return { id: String(existing['Id']), isCreated: false };
}

/** An event is checked like a record, kept nowhere, and published after the commit. */
function publish(org: Org, transaction: Transaction, object: ObjectDefinition, values: Row): WriteResult {
  const checked = checkValues(object, values, false);
  checkRequired(object, checked);
  const enqueued = randomUUID();
  transaction.onCommit('event', enqueued, () => org.publish(object.name, checked, transaction.userId));
  return { id: `e00${enqueued.replaceAll('-', '').slice(0, 15)}`, isCreated: true, enqueued };
}
