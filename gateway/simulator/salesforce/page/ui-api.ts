/** The part of the UI API that components read and write records through, under the user's rights. */
import { z } from 'zod';
import type { HttpAnswer, HttpCall } from '../http.ts';
import { parseJson } from '../http.ts';
import { checkValues } from '../org/check-record.ts';
import type { Row } from '../org/check-record.ts';
import { SalesforceError } from '../org/errors.ts';
import type { ObjectDefinition } from '../org/object-definition.ts';
import type { Org, OrgUser } from '../org/org.ts';
import { displayValue, visibleRow } from './record-views.ts';
import { userOfCall } from './sessions.ts';

const changeBody = z.object({ fields: z.record(z.string(), z.unknown()) });

const namesIn = (call: HttpCall, parameter: string): string[] =>
  (call.url.searchParams.get(parameter) ?? '').split(',').filter((name) => name !== '');

interface UiField {
  readonly value: unknown;
  readonly displayValue: string | null;
}

const noSuchField = (name: string): SalesforceError => new SalesforceError('INVALID_FIELD', `No such column '${name}'`);

/** `Account.Name`, or `Case.Account.Name` as a record inside the record. */
function uiField(
  org: Org,
  user: OrgUser,
  object: ObjectDefinition,
  row: Row,
  path: readonly string[],
): readonly [string, UiField] {
  const [first = '', ...rest] = path;
  if (rest.length > 0) return spanningField(org, user, object, row, first, rest);
  const field = object.fields.get(org.named(first).toLowerCase());
  if (field === undefined || !org.canReadField(user, object.name, field)) throw noSuchField(first);
  const value = row[field.name] ?? null;
  const text = displayValue(org, field, value);
  return [first, { value, displayValue: text === '' || text === String(value) ? null : text }];
}

function spanningField(
  org: Org,
  user: OrgUser,
  object: ObjectDefinition,
  row: Row,
  relationship: string,
  rest: readonly string[],
): readonly [string, UiField] {
  const field =
    object.fields.get(`${relationship}id`.toLowerCase()) ??
    object.fields.get(relationship.replace(/__r$/, '__c').toLowerCase());
  if (field?.referenceTo == null) throw noSuchField(relationship);
  const target = org.store.object(field.referenceTo);
  const found = org.store.find(target.name, String(row[field.name] ?? ''));
  if (found === undefined || !org.canReadRow(user, target.name, found))
    return [relationship, { value: null, displayValue: null }];
  const [name, value] = uiField(org, user, target, found, rest);
  const record = { apiName: target.name, id: found['Id'], fields: { [name]: value } };
  return [relationship, { value: record, displayValue: null }];
}

function uiRecord(
  org: Org,
  user: OrgUser,
  id: string,
  fields: readonly string[],
  optional: readonly string[],
): unknown {
  const { object, row } = visibleRow(org, user, id);
  const read = (name: string): readonly [string, UiField] => uiField(org, user, object, row, name.split('.').slice(1));
  const tryRead = (name: string): (readonly [string, UiField])[] => {
    try {
      return [read(name)];
    } catch (error) {
      // An optional field the user may not see is left out, as the platform does.
      if (error instanceof SalesforceError) return [];
      throw error;
    }
  };
  return {
    apiName: object.name,
    id: row['Id'],
    fields: Object.fromEntries([...fields.map(read), ...optional.flatMap(tryRead)]),
  };
}

/** `GET /api/ui-api/records/id`. */
export function readUiRecord(org: Org, call: HttpCall): HttpAnswer {
  const user = userOfCall(org, call);
  const record = uiRecord(org, user, call.parts['id'] ?? '', namesIn(call, 'fields'), namesIn(call, 'optionalFields'));
  return { status: 200, body: record };
}

/** `PATCH /api/ui-api/records/id`. */
export function updateUiRecord(org: Org, call: HttpCall): HttpAnswer {
  const user = userOfCall(org, call);
  const { object, row } = visibleRow(org, user, call.parts['id'] ?? '');
  const values = checkValues(object, changeBody.parse(parseJson(call)).fields, false);
  const locked = Object.keys(values).find((name) => {
    const field = object.fields.get(name.toLowerCase());
    return field === undefined || !org.canEditField(user, object.name, field);
  });
  if (locked !== undefined) {
    throw new SalesforceError('INSUFFICIENT_ACCESS', `You may not edit the field ${locked}`, {
      status: 403,
      fields: [locked],
    });
  }
  const transaction = org.store.begin(user.id);
  transaction.update(object.name, String(row['Id']), values);
  transaction.commit();
  return {
    status: 200,
    body: uiRecord(
      org,
      user,
      String(row['Id']),
      Object.keys(values).map((name) => `${object.name}.${name}`),
      [],
    ),
  };
}
