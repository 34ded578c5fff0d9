/** What Salesforce checks before it stores a record: names, types, lengths, required fields, picklists. */
import { SalesforceError } from './errors.ts';
import type { FieldDefinition, ObjectDefinition } from './object-definition.ts';
import { fieldGroups } from './field-groups.ts';
import { isRecordId, toLongId } from './record-id.ts';

/** A record's values by field name in its defined spelling. */
export type Row = Readonly<Record<string, unknown>>;

const refuse = (errorCode: string, message: string, fields: readonly string[]): never => {
  throw new SalesforceError(errorCode, message, { fields });
};

function textValue(field: FieldDefinition, value: unknown): string {
  if (typeof value !== 'string' && typeof value !== 'number') {
    return refuse('JSON_PARSER_ERROR', `Cannot deserialize instance of string from ${typeof value} value`, [
      field.name,
    ]);
  }
  // Salesforce keeps no surrounding white space and no empty texts.
  const text = String(value).trim();
  if (field.length !== null && text.length > field.length) {
    refuse('STRING_TOO_LONG', `${field.label}: data value too large: ${text} (max length=${field.length})`, [
      field.name,
    ]);
  }
  return text;
}

function picklistValue(field: FieldDefinition, value: unknown): string {
  const text = textValue(field, value);
  if (text !== '' && field.picklist !== null && !field.picklist.includes(text)) {
    const message = `${field.label}: bad value for restricted picklist field: ${text}`;
    refuse('INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST', message, [field.name]);
  }
  return text;
}

function emailValue(field: FieldDefinition, value: unknown): string {
  const text = textValue(field, value);
  if (text !== '' && !/^[^\s@,;:<>()"]+@[^\s@,;:<>()"]+\.[A-Za-z0-9-]{2,}$/.test(text))
    refuse('INVALID_EMAIL_ADDRESS', `${field.label}: invalid email address: ${text}`, [field.name]);
  return text;
}

function numberValue(field: FieldDefinition, value: unknown): number {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  if (typeof number !== 'number' || !Number.isFinite(number)) {
    return refuse('JSON_PARSER_ERROR', `Cannot deserialize instance of double from ${JSON.stringify(value)}`, [
      field.name,
    ]);
  }
  const integerDigits = (field.precision ?? 18) - (field.scale ?? 0);
  if (Math.abs(number) >= 10 ** integerDigits) {
    refuse('NUMBER_OUTSIDE_VALID_RANGE', `${field.label}: value outside of valid range on numeric field: ${number}`, [
      field.name,
    ]);
  }
  return Number(number.toFixed(field.scale ?? 0));
}

/** A moment as the org keeps it: to the second, whatever was sent. */
export const storedInstant = (ms: number): string =>
  new Date(Math.floor(ms / 1_000) * 1_000).toISOString().replace('Z', '+0000');

function dateTimeValue(field: FieldDefinition, value: unknown): string {
  const parsed = typeof value === 'string' && /^\d{4}-\d\d-\d\dT/.test(value) ? Date.parse(value) : Number.NaN;
  if (Number.isNaN(parsed))
    refuse('JSON_PARSER_ERROR', `Cannot deserialize instance of datetime from ${JSON.stringify(value)}`, [field.name]);
  return storedInstant(parsed);
}

function dateValue(field: FieldDefinition, value: unknown): string {
  if (typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value) && !Number.isNaN(Date.parse(value))) return value;
  return refuse('JSON_PARSER_ERROR', `Cannot deserialize instance of date from ${JSON.stringify(value)}`, [field.name]);
}

function booleanValue(field: FieldDefinition, value: unknown): boolean {
  if (typeof value === 'boolean') return value;
  return refuse('JSON_PARSER_ERROR', `Cannot deserialize instance of boolean from ${JSON.stringify(value)}`, [
    field.name,
  ]);
}

function idValue(field: FieldDefinition, value: unknown): string {
  if (typeof value === 'string' && isRecordId(value)) return toLongId(value);
  return refuse('MALFORMED_ID', `${field.label}: id value of incorrect type: ${String(value)}`, [field.name]);
}

const readers: Readonly<Record<string, (field: FieldDefinition, value: unknown) => unknown>> = {
  Number: numberValue,
  Currency: numberValue,
  Percent: numberValue,
  Checkbox: booleanValue,
  DateTime: dateTimeValue,
  Date: dateValue,
  Lookup: idValue,
  MasterDetail: idValue,
  Picklist: picklistValue,
  Email: emailValue,
};

/** The value as it is stored; null for an empty one. */
function storedValue(field: FieldDefinition, value: unknown): unknown {
  if (value === null || value === '') return field.type === 'Checkbox' ? false : null;
  const stored = (readers[field.type] ?? textValue)(field, value);
  return stored === '' ? null : stored;
}

/** The field of that name, or INVALID_FIELD in Salesforce's words. */
export function fieldOf(object: ObjectDefinition, name: string): FieldDefinition {
  const field = object.fields.get(name.toLowerCase());
  if (field !== undefined) return field;
  throw new SalesforceError('INVALID_FIELD', `No such column '${name}' on sobject of type ${object.name}`);
}

/** Checks the values a caller sent and gives them as they are stored. `isSystem` may write audit fields too. */
export function checkValues(object: ObjectDefinition, values: Row, isSystem: boolean): Row {
  const entries = Object.entries(values).map(([name, value]) => {
    const field = fieldOf(object, name);
    if (field.isReadOnly && !isSystem) {
      const message = `Unable to create/update fields: ${field.name}. Please check the security settings of this field and verify that it is read/write for your profile or permission set.`;
      refuse('INVALID_FIELD_FOR_INSERT_UPDATE', message, [field.name]);
    }
    return [field.name, storedValue(field, value)] as const;
  });
  return Object.fromEntries(entries);
}

/** Refuses a whole record that lacks what it must have. */
export function checkRequired(object: ObjectDefinition, row: Row): void {
  const missing = fieldGroups(object).required.filter((field) => (row[field.name] ?? null) === null);
  if (missing.length === 0) return;
  const names = missing.map((field) => field.name);
  refuse('REQUIRED_FIELD_MISSING', `Required fields are missing: [${names.join(', ')}]`, names);
}
