/** `/sobjects`: one record at a time, by id or by external id. */
import type { HttpAnswer, HttpCall } from '../http.ts';
import { parseJson } from '../http.ts';
import type { Row } from '../org/check-record.ts';
import { fieldOf } from '../org/check-record.ts';
import { SalesforceError, notFound } from '../org/errors.ts';
import type { ObjectDefinition } from '../org/object-definition.ts';
import type { Org, OrgUser } from '../org/org.ts';
import type { Transaction } from '../org/transaction.ts';
import { findByExternalId, sentRecord, sentValues, upsert } from './write-record.ts';

const objectOf = (org: Org, call: HttpCall): ObjectDefinition => org.store.object(call.parts['object'] ?? '');

function sentRow(org: Org, object: ObjectDefinition, call: HttpCall): Row {
  const parsed = sentRecord.safeParse(parseJson(call));
  if (!parsed.success) throw new SalesforceError('JSON_PARSER_ERROR', 'The body is not a record');
  return sentValues(org, object, parsed.data);
}

function inTransaction<T>(org: Org, user: OrgUser, work: (transaction: Transaction) => T): T {
  const transaction = org.store.begin(user.id);
  try {
    const result = work(transaction);
    transaction.commit();
    return result;
  } catch (error) {
    transaction.rollback();
    throw error;
  }
}

/** The record an address names; several under a non-unique external id are HTTP 300 with their addresses. */
function addressedRow(org: Org, object: ObjectDefinition, call: HttpCall): Row {
  const { id, field, value } = call.parts;
  const found =
    id === undefined ? findByExternalId(org, object, field ?? '', value ?? '') : [org.store.find(object.name, id)];
  if (found.length > 1)
    throw new SalesforceError('DUPLICATE_EXTERNAL_ID', 'more than one record found', { status: 300 });
  if (found[0] === undefined) throw notFound();
  return found[0];
}

function toBody(org: Org, object: ObjectDefinition, row: Row, call: HttpCall): Row {
  const asked = call.url.searchParams
    .get('fields')
    ?.split(',')
    .map((name) => fieldOf(object, name).name);
  const names = asked ?? [...object.fields.values()].map((field) => field.name);
  const url = `/services/data/v67.0/sobjects/${object.name}/${String(row['Id'])}`;
  return {
    attributes: { type: object.name, url },
    ...Object.fromEntries(['Id', ...names].map((name) => [name, row[name] ?? null] as const)),
  };
}

/** `POST /sobjects/Object`. */
export function createRecord(org: Org, user: OrgUser, call: HttpCall): HttpAnswer {
  const object = objectOf(org, call);
  const id = inTransaction(org, user, (transaction) => transaction.insert(object.name, sentRow(org, object, call)));
  return { status: 201, body: { id, success: true, errors: [] } };
}

/** `GET /sobjects/Object/id` or `/Object/Field__c/value`. */
export function readRecord(org: Org, _user: OrgUser, call: HttpCall): HttpAnswer {
  const object = objectOf(org, call);
  return { status: 200, body: toBody(org, object, addressedRow(org, object, call), call) };
}

/** `PATCH /sobjects/Object/id`. */
export function updateRecord(org: Org, user: OrgUser, call: HttpCall): HttpAnswer {
  const object = objectOf(org, call);
  const row = addressedRow(org, object, call);
  inTransaction(org, user, (transaction) =>
    transaction.update(object.name, String(row['Id']), sentRow(org, object, call)),
  );
  return { status: 204 };
}

/** `PATCH /sobjects/Object/Field__c/value`: creates or updates. */
export function upsertRecord(org: Org, user: OrgUser, call: HttpCall): HttpAnswer {
  const object = objectOf(org, call);
  const { field = '', value = '' } = call.parts;
  const { id, isCreated } = inTransaction(org, user, (transaction) =>
    upsert(org, transaction, object, [field, value], sentRow(org, object, call)),
  );
  return { status: isCreated ? 201 : 200, body: { id, success: true, errors: [], created: isCreated } };
}

/** `DELETE /sobjects/Object/id`. */
export function deleteRecord(org: Org, user: OrgUser, call: HttpCall): HttpAnswer {
  const object = objectOf(org, call);
  const row = addressedRow(org, object, call);
  inTransaction(org, user, (transaction) => transaction.delete(object.name, String(row['Id'])));
  return { status: 204 };
}

/** `GET /sobjects/Object/describe`, as much of it as a client maps fields by. */
export function describeObject(org: Org, _user: OrgUser, call: HttpCall): HttpAnswer {
  const { name, label, pluralLabel, keyPrefix, fields } = objectOf(org, call);
  const described = [...fields.values()].map((field) => ({
    name: field.name,
    label: field.label,
    type: field.type.toLowerCase(),
    length: field.length ?? 0,
    nillable: !field.isRequired,
    unique: field.isUnique,
    externalId: field.isExternalId,
    createable: !field.isReadOnly,
    updateable: !field.isReadOnly,
    restrictedPicklist: field.picklist !== null,
    picklistValues: (field.picklist ?? []).map((value) => ({ value, label: value, active: true })),
    referenceTo: field.referenceTo === null ? [] : [field.referenceTo],
  }));
  return { status: 200, body: { name, label, labelPlural: pluralLabel, keyPrefix, fields: described } };
}

/** `GET /sobjects`: every object by name; clients find the package's namespace here. */
export function describeGlobal(org: Org): HttpAnswer {
  const sobjects = org.store.objects.map(({ name, label, pluralLabel, keyPrefix }) => ({
    name,
    label,
    labelPlural: pluralLabel,
    keyPrefix,
    custom: /__(c|e)$/.test(name),
    queryable: !name.endsWith('__e'),
    createable: true,
    updateable: !name.endsWith('__e'),
    deletable: !name.endsWith('__e'),
    urls: { sobject: `/services/data/v67.0/sobjects/${name}` },
  }));
  return { status: 200, body: { encoding: 'UTF-8', maxBatchSize: 200, sobjects } };
}
