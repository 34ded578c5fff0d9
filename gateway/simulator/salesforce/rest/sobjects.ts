/** `/sobjects`: one record at a time, by id or by external id. */
import type { HttpAnswer, HttpCall } from '../http.ts';
import { parseJson } from '../http.ts';
import type { Row } from '../org/check-record.ts';
import { fieldOf } from '../org/check-record.ts';
import { SalesforceError, notFound } from '../org/errors.ts';
import type { ObjectDefinition } from '../org/object-definition.ts';
import type { Org, OrgUser } from '../org/org.ts';
import { allowsDuplicates, findByExternalId, insert, sentRecord, sentValues, update, upsert } from './write-record.ts';
import type { WriteResult, Writer } from './write-record.ts';

const objectOf = (org: Org, call: HttpCall): ObjectDefinition => org.store.object(call.parts['object'] ?? '');

function sentRow(org: Org, user: OrgUser, object: ObjectDefinition, call: HttpCall): Row {
  const parsed = sentRecord.safeParse(parseJson(call));
  if (!parsed.success) throw new SalesforceError('JSON_PARSER_ERROR', 'The body is not a record');
  return sentValues(org, user, object, parsed.data);
}

function inTransaction<T>(org: Org, user: OrgUser, call: HttpCall, work: (writer: Writer) => T): T {
  org.rowsWanted(1);
  const transaction = org.store.begin(user.id);
  try {
    const result = work({ org, user, transaction, allowsDuplicates: allowsDuplicates(call) });
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

function toBody(org: Org, user: OrgUser, object: ObjectDefinition, row: Row, call: HttpCall): Row {
  const asked = call.url.searchParams
    .get('fields')
    ?.split(',')
    .map((name) => fieldOf(object, name).name);
  const readable = [...object.fields.values()].filter(
    (field) => !user.isApiOnly || org.canReadField(user, object.name, field),
  );
  const names = asked ?? readable.map((field) => field.name);
  const url = `/services/data/v67.0/sobjects/${object.name}/${String(row['Id'])}`;
  return {
    attributes: { type: object.name, url },
    ...Object.fromEntries(['Id', ...names].map((name) => [name, row[name] ?? null] as const)),
  };
}

/** `POST /sobjects/Object`. */
export function createRecord(org: Org, user: OrgUser, call: HttpCall): HttpAnswer {
  const object = objectOf(org, call);
  const written = inTransaction(org, user, call, (writer) => insert(writer, object, sentRow(org, user, object, call)));
  return { status: 201, body: { id: written.id, success: true, errors: enqueued(written) } };
}

const enqueued = ({ enqueued: message }: WriteResult): object[] =>
  message === undefined ? [] : [{ statusCode: 'OPERATION_ENQUEUED', message, fields: [] }];

/** `GET /sobjects/Object/id` or `/Object/Field__c/value`. */
export function readRecord(org: Org, user: OrgUser, call: HttpCall): HttpAnswer {
  const object = objectOf(org, call);
  return { status: 200, body: toBody(org, user, object, addressedRow(org, object, call), call) };
}

/** `PATCH /sobjects/Object/id`. */
export function updateRecord(org: Org, user: OrgUser, call: HttpCall): HttpAnswer {
  const object = objectOf(org, call);
  const row = addressedRow(org, object, call);
  inTransaction(org, user, call, (writer) =>
    update(writer, object, String(row['Id']), sentRow(org, user, object, call)),
  );
  return { status: 204 };
}

/** `PATCH /sobjects/Object/Field__c/value`: creates or updates. */
export function upsertRecord(org: Org, user: OrgUser, call: HttpCall): HttpAnswer {
  const object = objectOf(org, call);
  const { field = '', value = '' } = call.parts;
  const { id, isCreated } = inTransaction(org, user, call, (writer) =>
    upsert(writer, object, [field, value], sentRow(org, user, object, call)),
  );
  return { status: isCreated ? 201 : 200, body: { id, success: true, errors: [], created: isCreated } };
}

/** `DELETE /sobjects/Object/id`. */
export function deleteRecord(org: Org, user: OrgUser, call: HttpCall): HttpAnswer {
  const object = objectOf(org, call);
  const row = addressedRow(org, object, call);
  inTransaction(org, user, call, ({ transaction }) => transaction.delete(object.name, String(row['Id'])));
  return { status: 204 };
}
