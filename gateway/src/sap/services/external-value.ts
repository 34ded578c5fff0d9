/** A value as callers send it: checked for its type, its form and its length, before anybody asks what SAP makes of it. */
import type { InputIssue } from '../../errors/index.ts';
import { isValidDate } from '../conversion/dates.ts';
import type { InputValue } from './service-file.ts';

export type ExternalValue = string | number | boolean;
type Result = { readonly value?: ExternalValue | undefined; readonly issues: readonly InputIssue[] };
type Check = (value: unknown, field: InputValue) => ExternalValue | Wrong;

class Wrong {
  readonly message: string;
  constructor(message: string) {
    this.message = message;
  }
}

export const decimalPattern = '^-?[0-9]{1,28}([.][0-9]{1,14})?$';
export const timePattern = '^([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?$';
const decimal = new RegExp(decimalPattern);
const time = new RegExp(timePattern);
/** Control characters would be stored, and break XML. Line breaks and tabs are for SAP's strings only, so they are judged later. */
// eslint-disable-next-line no-control-regex -- control characters are exactly what is refused
const control = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufffe\uffff]/;

const checks: Readonly<Record<InputValue['type'], Check>> = {
  text: (value, field) => {
    if (typeof value !== 'string') return new Wrong('must be text');
    if (control.test(value) || !value.isWellFormed()) return new Wrong('must not hold control characters');
    if (field.enum !== undefined && value !== '' && !field.enum.includes(value))
      return new Wrong(`must be one of ${field.enum.join(', ')}`);
    return value;
  },
  integer: (value) =>
    typeof value === 'number' && Number.isSafeInteger(value) ? value : new Wrong('must be a whole number'),
  decimal: (value) =>
    typeof value === 'string' && decimal.test(value)
      ? value
      : new Wrong('must be a decimal number as text, e.g. "12.50"; a JSON number would lose digits'),
  date: (value) =>
    typeof value === 'string' && /^(?!0000)\d{4}-\d\d-\d\d$/.test(value) && isValidDate(value.replaceAll('-', ''))
      ? value
      : new Wrong('must be a day of the calendar, YYYY-MM-DD'),
  time: (value) =>
    typeof value === 'string' && time.test(value) ? value : new Wrong('must be a time, HH:MM or HH:MM:SS'),
  boolean: (value) => (typeof value === 'boolean' ? value : new Wrong('must be true or false')),
};

/**
 * The value, or what is wrong with it; nothing at all for one that was not given. Flow sends an empty text for a variable
 * without a value, so only a text can be empty.
 */
export function externalValue(field: InputValue, given: unknown, path: readonly (string | number)[]): Result {
  const isEmpty = given === undefined || given === null || given === '';
  if (isEmpty && field.required) return wrong(path, 'is required');
  if (isEmpty && !(given === '' && field.type === 'text')) return { issues: [] };
  const value = checks[field.type](given, field);
  return value instanceof Wrong ? wrong(path, value.message) : { value, issues: [] };
}

function wrong(path: readonly (string | number)[], message: string): Result {
  return { issues: [{ path: issuePath(path), message }] };
}

/** `items[2].material`. */
export function issuePath(path: readonly (string | number)[]): string {
  return path.reduce<string>((text, part) => {
    if (typeof part === 'number') return `${text}[${part}]`;
    return text === '' ? part : `${text}.${part}`;
  }, '');
}
