/** One value on its way into one field: typed as the field is, checked before it is sent, never cut. */
import { GatewayError } from '../../errors/index.ts';
import type { FieldValue } from '../../model/index.ts';
import { isNumeric } from './field-types.ts';
import type { FieldDescribe } from './object-describe.ts';

/** `literal`: a number or boolean that is written as it stands, so that no float damages it. */
export type Cell =
  | { readonly is: 'null' }
  | { readonly is: 'text'; readonly text: string }
  | { readonly is: 'literal'; readonly text: string }
  /** Another record by its external id. */
  | { readonly is: 'reference'; readonly relationship: string; readonly keyField: string; readonly externalId: string };

export const nullCell: Cell = { is: 'null' };

/** Salesforce knows the years 1700 to 4000. SAP's "for ever" is its last day. */
const firstDay = '1700-01-01';
const lastDay = '4000-12-31';
const sapForEver = '9999-12-31';

/** Throws SALESFORCE_VALUE_REFUSED with the field and its limit; references are the row's business. */
export function toCell(value: FieldValue, field: FieldDescribe): Cell {
  if (typeof value === 'boolean') return fromBoolean(value, field);
  // Salesforce keeps no empty text, and no text of blanks.
  if (value === null || value.trim() === '') return field.type === 'boolean' ? literal('false') : nullCell;
  if (isNumeric(field)) return fromDecimal(value, field);
  if (field.type === 'date') return fromDate(value, field);
  if (field.type === 'datetime') return fromInstant(value, field);
  if (field.type === 'boolean') throw refused(field, 'it is neither true nor false.');
  return fromText(value, field);
}

const literal = (text: string): Cell => ({ is: 'literal', text });

function fromBoolean(value: boolean, field: FieldDescribe): Cell {
  if (field.type !== 'boolean') throw refused(field, `a field of type ${field.type} takes no true or false.`);
  return literal(String(value));
}

/** Control characters other than tabulator and line breaks, and what Unicode keeps for no character. */
const noText = /[^\P{Cc}\t\n\r]|[\ufffe\uffff]/u;

function fromText(value: string, field: FieldDescribe): Cell {
  if (!value.isWellFormed() || noText.test(value)) throw refused(field, 'it has characters that no text can have.');
  if (field.length > 0 && value.length > field.length)
    throw refused(field, `it has ${value.length} characters, the field takes ${field.length}.`);
  if (field.allowed !== undefined && !field.allowed.has(value))
    throw refused(field, 'it is none of the values of this picklist.');
  return { is: 'text', text: value };
}

function fromDecimal(value: string, field: FieldDescribe): Cell {
  const [, sign = '', whole = '', fraction = ''] = /^(-?)0*(\d{1,25})(?:\.(\d{1,9}))?$/.exec(value) ?? [];
  if (whole === '') throw refused(field, 'it is no decimal number.');
  const digits = fraction.replace(/0+$/, '');
  const { wholeDigits, scale } = roomOf(field);
  if (digits.length > scale) throw refused(field, `it has ${digits.length} decimals, the field takes ${scale}.`);
  if (whole !== '0' && whole.length > wholeDigits)
    throw refused(field, `it has ${whole.length} digits before the point, the field takes ${wholeDigits}.`);
  const isZero = whole === '0' && digits === '';
  return literal(
    `${isZero ? '' : sign}${whole}${fraction === '' ? '' : `.${fraction.slice(0, scale)}`}`.replace(/\.$/, ''),
  );
}

/** Salesforce's own numbers have 18 digits; whole numbers say how many they have. */
function roomOf({ type, precision, scale, digits }: FieldDescribe): { wholeDigits: number; scale: number } {
  if (type === 'int' || type === 'long') return { wholeDigits: digits > 0 ? digits : 9, scale: 0 };
  return { wholeDigits: (precision > 0 ? precision : 18) - scale, scale };
}

function fromDate(value: string, field: FieldDescribe): Cell {
  if (value === sapForEver) return { is: 'text', text: lastDay };
  const at = /^\d{4}-\d{2}-\d{2}$/.test(value) ? new Date(`${value}T00:00:00Z`) : undefined;
  if (at === undefined || Number.isNaN(at.getTime()) || at.toISOString().slice(0, 10) !== value)
    throw refused(field, 'it is no date.');
  if (value < firstDay || value > lastDay) throw refused(field, 'Salesforce knows the years 1700 to 4000.');
  return { is: 'text', text: value };
}

function fromInstant(value: string, field: FieldDescribe): Cell {
  const at = /^\d{4}-\d{2}-\d{2}T.*(?:Z|[+-]\d{2}:\d{2})$/.test(value) ? Date.parse(value) : Number.NaN;
  if (Number.isNaN(at)) throw refused(field, 'it is no time.');
  const text = new Date(at).toISOString();
  if (text < firstDay || text.slice(0, 10) > lastDay) throw refused(field, 'Salesforce knows the years 1700 to 4000.');
  return { is: 'text', text };
}

const refused = ({ name }: FieldDescribe, message: string): GatewayError =>
  new GatewayError('SALESFORCE_VALUE_REFUSED', { field: name, message });
