/** The cells of one row of an ingest job as a record: what is empty says nothing, `#N/A` clears. */
import { fieldOf } from '../org/check-record.ts';
import { SalesforceError } from '../org/errors.ts';
import type { FieldDefinition, ObjectDefinition } from '../org/object-definition.ts';
import type { RecordStore } from '../org/record-store.ts';
import type { SentRecord } from '../rest/write-record.ts';
import { CsvError } from './csv.ts';

/** A column and the field it fills. */
export interface Column {
  readonly name: string;
  readonly field: FieldDefinition | undefined;
  /** Of `Account__r.SAP_Key__c`: the relationship, and the external id of the other record. */
  readonly reference: readonly [string, string] | undefined;
}

/** The columns of a header; a name that is no field ends the whole job. */
export function columnsOf(store: RecordStore, object: ObjectDefinition, header: readonly string[]): Column[] {
  return header.map((title, index) => {
    // A file may begin with the mark of UTF-8.
    const name = (index === 0 ? title.replace(/^\uFEFF/, '') : title).trim();
    const [relationship = '', key, ...rest] = name.split('.');
    const isKnown = rest.length === 0 && (key === undefined || isRelationship(store, object, relationship, key));
    const field = key === undefined ? object.fields.get(name.toLowerCase()) : undefined;
    if (!isKnown || (key === undefined && field === undefined))
      throw new CsvError(`InvalidBatch : Field name not found : ${name}`);
    return { name, field, reference: key === undefined ? undefined : [relationship, key] };
  });
}

function isRelationship(store: RecordStore, object: ObjectDefinition, relationship: string, key: string): boolean {
  const lookup = /__r$/i.test(relationship)
    ? object.fields.get(relationship.toLowerCase().replace(/__r$/, '__c'))
    : object.fields.get(`${relationship}id`.toLowerCase());
  if (lookup?.referenceTo == null) return false;
  return store.object(lookup.referenceTo).fields.has(key.toLowerCase());
}

/** The record of a row. */
export function recordOf(object: ObjectDefinition, columns: readonly Column[], cells: readonly string[]): SentRecord {
  const record: Record<string, unknown> = {};
  for (const [index, { name, field, reference }] of columns.entries()) {
    const cell = cells[index] ?? '';
    if (cell === '') continue;
    if (reference !== undefined)
      record[reference[0]] = cell === '#N/A' ? cleared(object, record, reference[0]) : { [reference[1]]: cell };
    else record[name] = cell === '#N/A' ? null : typedCell(field ?? fieldOf(object, name), cell);
  }
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined));
}

/** A relationship is cleared by its lookup. */
function cleared(object: ObjectDefinition, record: Record<string, unknown>, relationship: string): undefined {
  const lookup = /__r$/i.test(relationship) ? relationship.replace(/__r$/i, '__c') : `${relationship}Id`;
  record[fieldOf(object, lookup).name] = null;
  return undefined;
}

function typedCell(field: FieldDefinition, cell: string): unknown {
  if (field.type !== 'Checkbox') return cell;
  if (/^(true|1|yes|on)$/i.test(cell)) return true;
  if (/^(false|0|no|off)$/i.test(cell)) return false;
  throw new SalesforceError('INVALID_TYPE_ON_FIELD_IN_RECORD', `${field.label}: value not of required type: ${cell}`, {
    fields: [field.name],
  });
}

/** A row's failure as the results file tells it: `CODE:message:Field --`. */
export function rowError({ errorCode, message, fields }: SalesforceError): string {
  const names = fields.length === 0 ? '--' : `${fields.join(' ')} --`;
  if (errorCode !== 'JSON_PARSER_ERROR') return `${errorCode}:${message}:${names}`;
  return `INVALID_TYPE_ON_FIELD_IN_RECORD:${message.replace(/^Cannot deserialize instance of/, 'value not of required type:')}:${names}`;
}
