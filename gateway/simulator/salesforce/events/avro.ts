/** The Avro schema of a platform event, and an event's fields in it. */
import { createHash } from 'node:crypto';
import type { Row } from '../org/check-record.ts';
import type { FieldDefinition, ObjectDefinition } from '../org/object-definition.ts';

/** What Salesforce puts before the event's own fields. */
const headFields = [
  { name: 'CreatedDate', type: 'long', doc: 'CreatedDate:DateTime' },
  { name: 'CreatedById', type: 'string', doc: 'CreatedBy:EntityId' },
];
const avroTypes: Readonly<Record<string, string>> = { Checkbox: 'boolean', Number: 'double', DateTime: 'long' };

const ownFields = (object: ObjectDefinition): FieldDefinition[] =>
  [...object.fields.values()].filter((field) => field.name.endsWith('__c'));
const typeOf = (field: FieldDefinition): string => avroTypes[field.type] ?? 'string';

/** The schema as JSON; a field that need not be filled may be null. */
export function schemaOf(object: ObjectDefinition): string {
  const own = ownFields(object).map((field) => ({
    name: field.name,
    type: ['null', typeOf(field)],
    doc: `Data:${field.type}:00N`,
    default: null,
  }));
  const schema = {
    name: object.name,
    namespace: 'com.sforce.eventbus',
    type: 'record',
    fields: [...headFields, ...own],
  };
  return JSON.stringify(schema);
}

/** The schema's id: a hash, so that it changes when the schema does. */
export const schemaIdOf = (object: ObjectDefinition): string =>
  createHash('sha256').update(schemaOf(object)).digest('base64url').slice(0, 22);

/** Avro's variable-length zigzag number. */
function long(value: number): Buffer {
  let rest = BigInt.asUintN(64, (BigInt(value) << 1n) ^ (BigInt(value) >> 63n));
  const bytes: number[] = [];
  while (rest > 127n) {
    bytes.push(Number(rest & 127n) | 128);
    rest >>= 7n;
  }
  return Buffer.from([...bytes, Number(rest)]);
}

const text = (value: string): Buffer => {
  const bytes = Buffer.from(value, 'utf8');
  return Buffer.concat([long(bytes.length), bytes]);
};

function double(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleLE(value);
  return bytes;
}

function nullable(field: FieldDefinition, value: unknown): Buffer {
  if (value === null || value === undefined) return long(0);
  const type = typeOf(field);
  if (type === 'boolean') return Buffer.concat([long(1), Buffer.from([value === true ? 1 : 0])]);
  if (type === 'double') return Buffer.concat([long(1), double(Number(value))]);
  if (type === 'long') return Buffer.concat([long(1), long(Date.parse(String(value)))]);
  return Buffer.concat([long(1), text(String(value))]);
}

/** The payload of one event. */
export const encodeEvent = (object: ObjectDefinition, values: Row, createdAt: number, createdBy: string): Buffer =>
  Buffer.concat([
    long(createdAt),
    text(createdBy),
    ...ownFields(object).map((field) => nullable(field, values[field.name])),
  ]);
