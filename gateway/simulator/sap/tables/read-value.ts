/** Reads one value of a data file into the form tables keep; what does not fit the field is an error that names it. */
import { alphaInput } from '../metadata/field.ts';
import type { Field } from '../metadata/field.ts';
import { addDays, isCalendarDate } from '../system/dates.ts';
import { toSapLanguage } from '../system/language.ts';

/** A value as a data file may give it; `days` is relative to the day the simulator starts. */
export type DataValue = string | number | { readonly days: number } | null;

/** Thrown with the reason only; the loader adds table, row and field. */
export class UnreadableValue extends Error {}

function readDate(value: unknown, today: string): string {
  if (typeof value === 'object' && value !== null && 'days' in value) {
    if (!Number.isInteger(value.days)) throw new UnreadableValue('"days" must be a whole number');
    return addDays(today, Number(value.days));
  }
  if (typeof value !== 'string' && typeof value !== 'number')
    throw new UnreadableValue('must be a date or {"days": n}');
  const text = String(value).trim();
  if (text === '' || text === '00000000') return '';
  const digits = /^\d{4}-\d{2}-\d{2}$/.test(text) ? text.replaceAll('-', '') : text;
  if (digits === '00000000') return '';
  if (!isCalendarDate(digits)) throw new UnreadableValue(`"${text}" is not a date YYYYMMDD`);
  return digits;
}

function readPacked(field: Field, text: string): string {
  const parts = /^(-?)(\d+)(?:\.(\d+))?(-?)$/.exec(text.trim());
  if (parts === null) throw new UnreadableValue(`"${text}" is not a number`);
  const [, front = '', whole = '', fraction = '', back = ''] = parts;
  if (front !== '' && back !== '') throw new UnreadableValue(`"${text}" has two signs`);
  const digits = whole.replace(/^0+(?=\d)/, '');
  const kept = fraction.replace(/0+$/, '');
  if (kept.length > field.decimals) throw new UnreadableValue(`"${text}" has more than ${field.decimals} decimals`);
  if (digits.length > field.length - field.decimals) throw new UnreadableValue(`"${text}" is too large`);
  const isZero = digits === '0' && kept === '';
  if (isZero) return '';
  return (front || back) + digits + (field.decimals === 0 ? '' : `.${kept.padEnd(field.decimals, '0')}`);
}

function readDigits(field: Field, text: string): string {
  const digits = text.trim();
  if (digits === '') return '';
  if (!/^\d+$/.test(digits)) throw new UnreadableValue(`"${text}" must be digits only`);
  if (digits.length > field.length) throw new UnreadableValue(`"${text}" is longer than ${field.length} digits`);
  const padded = digits.padStart(field.length, '0');
  return padded === field.initial && !field.isKey ? '' : padded;
}

function hasControlCharacter(text: string): boolean {
  // eslint-disable-next-line no-control-regex -- they are what is looked for
  return /[\u0000-\u001f\u007f-\u009f]/.test(text);
}

/** The value in internal form; the empty string is the initial value. */
export function readValue(field: Field, value: unknown, today: string): string {
  if (value === null || value === undefined) return '';
  if (field.abapType === 'D') return readDate(value, today);
  // GJAHR and SPMON of a relative date: its year, or year and month.
  if (field.abapType === 'N' && typeof value === 'object') return readDate(value, today).slice(0, field.length);
  if (typeof value !== 'string' && typeof value !== 'number') throw new UnreadableValue('must be a text or a number');
  const text = String(value);
  if (field.abapType === 'P' || field.abapType === 'F') return text.trim() === '' ? '' : readPacked(field, text);
  if (field.abapType === 'N') return readDigits(field, text);
  if (field.abapType === 'T') {
    const digits = text.trim().replaceAll(':', '');
    if (digits !== '' && !/^([01]\d|2[0-3])[0-5]\d[0-5]\d$/.test(digits))
      throw new UnreadableValue(`"${text}" is not a time HHMMSS`);
    return digits === '000000' ? '' : digits;
  }
  if (field.abapType === 'I') {
    if (text.trim() !== '' && !/^-?\d{1,10}$/.test(text.trim()))
      throw new UnreadableValue(`"${text}" is not a whole number`);
    return text.trim();
  }
  const trimmed = text.trimEnd();
  const kept = field.ddicType === 'LANG' && trimmed.length === 2 ? (toSapLanguage(trimmed) ?? trimmed) : trimmed;
  if (kept.length > field.length) throw new UnreadableValue(`"${kept}" is longer than ${field.length} characters`);
  if (hasControlCharacter(kept)) throw new UnreadableValue('holds a control character, such as a line break');
  // Numbers have no lower case in SAP: a screen would not even take it.
  return field.isAlpha ? alphaInput(kept.toUpperCase(), field.length) : kept;
}
