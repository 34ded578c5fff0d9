/** `/composite/sobjects`: up to 200 records in one call, one result per record, in order. */
import { z } from 'zod';
import type { HttpAnswer, HttpCall } from '../http.ts';
import { parseJson } from '../http.ts';
import type { Row } from '../org/check-record.ts';
import { SalesforceError } from '../org/errors.ts';
import type { ObjectDefinition } from '../org/object-definition.ts';
import type { Org, OrgUser } from '../org/org.ts';
import { allowsDuplicates, externalIdField, insert, sentRecord, sentValues, update, upsert } from './write-record.ts';
import type { SentRecord, WriteResult, Writer } from './write-record.ts';

const maxRecords = 200;

const collectionBody = z.object({ allOrNone: z.boolean().default(false), records: z.array(sentRecord) });
const attributes = z.object({ type: z.string() });

type Result = Readonly<Record<string, unknown>>;
/** A row that can be written, or what is wrong with it. */
type Write = (writer: Writer) => WriteResult;

function readCollection(call: HttpCall): z.infer<typeof collectionBody> {
  const parsed = collectionBody.safeParse(parseJson(call));
  if (!parsed.success)
    throw new SalesforceError('INVALID_INPUT', 'The records list is missing or not a list of records');
  if (parsed.data.records.length > maxRecords) {
    throw new SalesforceError(
      'EXCEEDED_MAX_SOBJECTS',
      `Maximum number of SObjects allowed in the request is ${maxRecords}`,
    );
  }
  return parsed.data;
}

const typeOf = (record: SentRecord): string => attributes.safeParse(record['attributes']).data?.type ?? '';

const failure = (error: SalesforceError): Result => ({
  success: false,
  errors: [{ statusCode: error.errorCode, message: error.message, fields: error.fields }],
});

const success = ({ id, isCreated, enqueued }: WriteResult): Result => {
  const errors = enqueued === undefined ? [] : [{ statusCode: 'OPERATION_ENQUEUED', message: enqueued, fields: [] }];
  return { id, success: true, errors, ...(enqueued === undefined ? { created: isCreated } : {}) };
};

/** What one row did wrong; what cannot be read at all refuses the whole call. */
function rowFailure(error: unknown): SalesforceError {
  if (error instanceof SalesforceError && error.errorCode !== 'JSON_PARSER_ERROR') return error;
  throw error;
}

function prepared(record: SentRecord, prepare: (record: SentRecord) => Write): Write {
  try {
    return prepare(record);
  } catch (error) {
    const refused = rowFailure(error);
    return () => {
      throw refused;
    };
  }
}

function writeRow(writer: Writer, write: Write): Result {
  const { mark } = writer.transaction;
  try {
    return success(write(writer));
  } catch (error) {
    writer.transaction.rollbackTo(mark);
    return failure(rowFailure(error));
  }
}

/**
 * The whole call is one transaction; without allOrNone each row stands alone in it. References are looked up for all rows
 * before the first is written: a row never refers to one that comes in the same call.
 */
function writeAll(org: Org, user: OrgUser, call: HttpCall, prepare: (record: SentRecord) => Write): HttpAnswer {
  const { allOrNone, records } = readCollection(call);
  org.rowsWanted(records.length);
  const writes = records.map((record) => prepared(record, prepare));
  const transaction = org.store.begin(user.id);
  const writer: Writer = { org, user, transaction, allowsDuplicates: allowsDuplicates(call) };
  try {
    const results = writes.map((write) => writeRow(writer, write));
    if (allOrNone && results.some((result) => result['success'] !== true)) {
      transaction.rollback();
      return { status: 200, body: results.map(rolledBack) };
    }
    transaction.commit();
    return { status: 200, body: results };
  } catch (error) {
    transaction.rollback();
    throw error;
  }
}

const rolledBack = (result: Result): Result =>
  result['success'] === true
    ? failure(
        new SalesforceError(
          'ALL_OR_NONE_OPERATION_ROLLED_BACK',
          'Record rolled back because not all records were valid and the request was using AllOrNone header',
        ),
      )
    : result;

/** `POST /composite/sobjects`. */
export const createCollection = (org: Org, user: OrgUser, call: HttpCall): HttpAnswer =>
  writeAll(org, user, call, (record) => {
    const object = org.store.object(typeOf(record));
    const values = sentValues(org, user, object, record);
    return (writer) => insert(writer, object, values);
  });

/** `PATCH /composite/sobjects`: by id. */
export const updateCollection = (org: Org, user: OrgUser, call: HttpCall): HttpAnswer =>
  writeAll(org, user, call, (record) => {
    const object = org.store.object(typeOf(record));
    const { id, Id, ...rest } = record;
    const recordId = String(id ?? Id ?? '');
    if (recordId === '')
      throw new SalesforceError('MISSING_ARGUMENT', 'Id not specified in an update call', { fields: ['Id'] });
    const values = sentValues(org, user, object, rest);
    return (writer) => {
      update(writer, object, recordId, values);
      return { id: recordId, isCreated: false };
    };
  });

/** `PATCH /composite/sobjects/Object/Field__c`: by external id; a key that comes twice is refused the second time. */
export function upsertCollection(org: Org, user: OrgUser, call: HttpCall): HttpAnswer {
  const object = org.store.object(call.parts['object'] ?? '');
  const keyName = externalIdField(object, call.parts['field'] ?? '').name;
  const seen = new Set<string>();
  return writeAll(org, user, call, (record) => {
    const { key, values } = keyedRecord(object, keyName, record);
    if (seen.has(key.toLowerCase()))
      throw new SalesforceError('DUPLICATE_VALUE', `Duplicate external id specified: ${key}`, { fields: [keyName] });
    seen.add(key.toLowerCase());
    const row: Row = sentValues(org, user, object, values);
    return (writer) => upsert(writer, object, [keyName, key], row);
  });
}

function keyedRecord(object: ObjectDefinition, keyName: string, record: SentRecord) {
  if (typeOf(record).toLowerCase() !== object.name.toLowerCase())
    throw new SalesforceError('INVALID_TYPE', `All records must be of type ${object.name}`);
  if ('id' in record || 'Id' in record)
    throw new SalesforceError('INVALID_FIELD', 'The Id field should not be specified in the sobject data.', {
      fields: ['Id'],
    });
  const name = Object.keys(record).find((one) => one.toLowerCase() === keyName.toLowerCase()) ?? keyName;
  const { [name]: key, ...values } = record;
  if (typeof key !== 'string' || key === '')
    throw new SalesforceError('MISSING_ARGUMENT', `${keyName} not specified`, { fields: [keyName] });
  return { key, values };
}

/** `DELETE /composite/sobjects?ids=a,b`. */
export function deleteCollection(org: Org, user: OrgUser, call: HttpCall): HttpAnswer {
  const ids = (call.url.searchParams.get('ids') ?? '').split(',').filter((id) => id !== '');
  const allOrNone = call.url.searchParams.get('allOrNone') === 'true';
  const parsedBody = { allOrNone, records: ids.map((id) => ({ id })) };
  return writeAll(org, user, { ...call, parsedBody }, (record) => {
    const id = String(record['id']);
    const object = org.store.objectOfId(id);
    if (object === undefined) throw new SalesforceError('MALFORMED_ID', `malformed id ${id}`);
    return ({ transaction }) => {
      transaction.delete(object.name, id);
      return { id, isCreated: false };
    };
  });
}
