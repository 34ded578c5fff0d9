/** One write through the REST API, single or as a row of a collection, each in its own transaction. */
import { z } from 'zod';
import type { Row } from '../org/check-record.ts';
import { fieldOf } from '../org/check-record.ts';
import { SalesforceError } from '../org/errors.ts';
import type { FieldDefinition, ObjectDefinition } from '../org/object-definition.ts';
import type { Org } from '../org/org.ts';
import type { Transaction } from '../org/transaction.ts';

/** A record as a caller sends it. */
export type SentRecord = Readonly<Record<string, unknown>>;
export const sentRecord = z.record(z.string(), z.unknown());

/** What became of it. */
export interface WriteResult {
  readonly id: string;
  readonly isCreated: boolean;
}

const referenceByExternalId = z.record(z.string(), z.unknown());

/** `"Account__r": {"Ext__c": "x"}` becomes `Account__c` with the record's id. */
function resolveReference(
  org: Org,
  object: ObjectDefinition,
  name: string,
  value: unknown,
): readonly [string, unknown] {
  const field = object.fields.get(
    /__r$/i.test(name) ? name.toLowerCase().replace(/__r$/, '__c') : `${name}id`.toLowerCase(),
  );
  if (field?.referenceTo == null)
    throw new SalesforceError('INVALID_FIELD', `No such column '${name}' on sobject of type ${object.name}`);
  const target = org.store.object(field.referenceTo);
  const [external, key] = Object.entries(referenceByExternalId.parse(value)).find(
    ([part]) => part !== 'attributes',
  ) ?? ['', ''];
  const found = findByExternalId(org, target, external, String(key));
  if (found.length === 1) return [field.name, found[0]?.['Id']];
  const message = `Foreign key external ID: ${String(key)} not found for field ${external} in entity ${target.name}`;
  throw new SalesforceError('INVALID_FIELD', message);
}

/** The values of a sent record, references resolved. */
export function sentValues(org: Org, object: ObjectDefinition, record: SentRecord): Row {
  const entries = Object.entries(record).filter(([name]) => name !== 'attributes');
  return Object.fromEntries(
    entries.map(([name, value]) =>
      typeof value === 'object' && value !== null && !Array.isArray(value)
        ? resolveReference(org, object, name, value)
        : ([name, value] as const),
    ),
  );
}

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
  const same = (other: unknown): boolean =>
    typeof other === 'string' &&
    (field.isCaseSensitive ? other === value : other.toLowerCase() === value.toLowerCase());
  if (field.isUnique) return [org.store.findUnique(object.name, field, value)].filter((row) => row !== undefined);
  return org.store.rows(object.name).filter((row) => same(row[field.name]));
}

/** Creates or updates by external id. */
export function upsert(
  org: Org,
  transaction: Transaction,
  object: ObjectDefinition,
  key: readonly [string, string],
  values: Row,
): WriteResult {
  const [name, value] = key;
  const found = findByExternalId(org, object, name, value);
  if (found.length > 1)
    throw new SalesforceError('DUPLICATE_EXTERNAL_ID', `${name}: more than one record found for external id field`, {
      status: 300,
    });
  const existing = found[0];
  if (existing === undefined) {
    return {
      id: transaction.insert(object.name, { ...values, [externalIdField(object, name).name]: value }),
      isCreated: true,
    };
  }
  transaction.update(object.name, String(existing['Id']), values);
  return { id: String(existing['Id']), isCreated: false };
}
