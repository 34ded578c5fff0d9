/** `/composite/sobjects`: up to 200 records in one call, one result per record, in order. */
import { z } from 'zod';
import type { HttpAnswer, HttpCall } from '../http.ts';
import { parseJson } from '../http.ts';
import { SalesforceError } from '../org/errors.ts';
import type { Org, OrgUser } from '../org/org.ts';
import type { Transaction } from '../org/transaction.ts';
import { sentRecord, sentValues, upsert } from './write-record.ts';
import type { SentRecord, WriteResult } from './write-record.ts';

const maxRecords = 200;

const collectionBody = z.object({ allOrNone: z.boolean().default(false), records: z.array(sentRecord) });
const attributes = z.object({ type: z.string() });

type WriteOne = (transaction: Transaction, record: SentRecord) => WriteResult;
type Result = Readonly<Record<string, unknown>>;

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

function writeRow(org: Org, user: OrgUser, record: SentRecord, write: WriteOne, transaction: Transaction): Result {
  const mark = transaction.mark;
  try {
    const { id, isCreated } = write(transaction, record);
    return { id, success: true, errors: [], created: isCreated };
  } catch (error) {
    transaction.rollbackTo(mark);
    if (error instanceof SalesforceError) return failure(error);
    throw error;
  }
}

/** The whole call is one transaction; without allOrNone each row stands alone in it. */
function writeAll(org: Org, user: OrgUser, call: HttpCall, write: WriteOne): HttpAnswer {
  const { allOrNone, records } = readCollection(call);
  const transaction = org.store.begin(user.id);
  const results = records.map((record) => writeRow(org, user, record, write, transaction));
  if (!allOrNone || results.every((result) => result['success'] === true)) {
    transaction.commit();
    return { status: 200, body: results };
  }
  transaction.rollback();
  const rolledBack = failure(
    new SalesforceError(
      'ALL_OR_NONE_OPERATION_ROLLED_BACK',
      'Record rolled back because not all records were valid and the request was using AllOrNone header',
    ),
  );
  return { status: 200, body: results.map((result) => (result['success'] === true ? rolledBack : result)) };
}

/** `POST /composite/sobjects`. */
export const createCollection = (org: Org, user: OrgUser, call: HttpCall): HttpAnswer =>
  writeAll(org, user, call, (transaction, record) => {
    const object = org.store.object(typeOf(record));
    return { id: transaction.insert(object.name, sentValues(org, object, record)), isCreated: true };
  });

/** `PATCH /composite/sobjects`: by id. */
export const updateCollection = (org: Org, user: OrgUser, call: HttpCall): HttpAnswer =>
  writeAll(org, user, call, (transaction, record) => {
    const object = org.store.object(typeOf(record));
    const { id, Id, ...rest } = record;
    const recordId = String(id ?? Id ?? '');
    if (recordId === '')
      throw new SalesforceError('MISSING_ARGUMENT', 'Id not specified in an update call', { fields: ['Id'] });
    transaction.update(object.name, recordId, sentValues(org, object, rest));
    return { id: recordId, isCreated: false };
  });

/** `PATCH /composite/sobjects/Object/Field__c`: by external id; a key that comes twice is refused the second time. */
export function upsertCollection(org: Org, user: OrgUser, call: HttpCall): HttpAnswer {
  const object = org.store.object(call.parts['object'] ?? '');
  const keyName = call.parts['field'] ?? '';
  const seen = new Set<string>();
  return writeAll(org, user, call, (transaction, record) => {
    if (typeOf(record).toLowerCase() !== object.name.toLowerCase()) {
      throw new SalesforceError('INVALID_TYPE', `All records must be of type ${object.name}`);
    }
    if ('id' in record || 'Id' in record)
      throw new SalesforceError('INVALID_FIELD', 'The Id field should not be specified in the sobject data.', {
        fields: ['Id'],
      });
    const name = Object.keys(record).find((one) => one.toLowerCase() === keyName.toLowerCase()) ?? keyName;
    const { [name]: key, ...rest } = record;
    if (typeof key !== 'string' || key === '')
      throw new SalesforceError('MISSING_ARGUMENT', `${keyName} not specified`, { fields: [keyName] });
    if (seen.has(key.toLowerCase()))
      throw new SalesforceError('DUPLICATE_VALUE', `Duplicate external id specified: ${key}`, { fields: [keyName] });
    seen.add(key.toLowerCase());
    return upsert(org, transaction, object, [keyName, key], sentValues(org, object, rest));
  });
}

/** `DELETE /composite/sobjects?ids=a,b`. */
export function deleteCollection(org: Org, user: OrgUser, call: HttpCall): HttpAnswer {
  const ids = (call.url.searchParams.get('ids') ?? '').split(',').filter((id) => id !== '');
  const allOrNone = call.url.searchParams.get('allOrNone') === 'true';
  const body = JSON.stringify({ allOrNone, records: ids.map((id) => ({ id })) });
  return writeAll(org, user, { ...call, body }, (transaction, record) => {
    const id = String(record['id']);
    const object = org.store.objectOfId(id);
    if (object === undefined) throw new SalesforceError('MALFORMED_ID', `malformed id ${id}`);
    transaction.delete(object.name, id);
    return { id, isCreated: false };
  });
}
