/** Single values on their way to SAP, checked by declared type: what SAP or a driver would cut, round or misread is refused. */
import { GatewayError } from '../../errors/index.ts';
import { isInitialDate, isValidDate } from '../conversion/dates.ts';
import type { AbapKind, ScalarType } from '../functions/signature.ts';

/** The value in the port's form, complete: N padded, D and T never empty, bytes in upper case. */
export function checkedValue(type: ScalarType, value: string, field: string): string {
  return checks[type.abap](value, type, field);
}

type Check = (value: string, type: ScalarType, field: string) => string;

const checks: Readonly<Record<AbapKind, Check>> = {
  C: (value, type, field) => checkedText(value, type, field),
  S: (value, type, field) => checkedText(value, type, field),
  N: (value, type, field) => fits(type, mustMatch(/^\d*$/, value, field), field).padStart(type.length, '0'),
  D: (value, _type, field) => checkedDate(value, field),
  T: (value, _type, field) => (value === '' ? '000000' : mustMatch(/^([01]\d|2[0-3])([0-5]\d){2}$/, value, field)),
  P: (value, type, field) => checkedDecimal(value, type, field),
  I: (value, type, field) => checkedInteger(value, type, field),
  F: (value, _type, field) => checkedFloat(value, field),
  X: (value, type, field) => checkedBytes(value, type, field),
};

/** An answer's text as the port has it. */
export function withoutTrailingBlanks(text: string): string {
  if (text.charCodeAt(text.length - 1) !== 32) return text;
  return text.replace(/ +$/, '');
}

/** A value that cannot be sent as it is; the caller is told why. */
export function refusedValue(field: string, message: string): GatewayError {
  return new GatewayError('REQUEST_INVALID', { field }, undefined, { issues: [{ path: field, message }] });
}

function mustMatch(pattern: RegExp, value: string, field: string): string {
  if (!pattern.test(value)) throw refusedValue(field, 'This value does not have the form that SAP needs here');
  return value;
}

/** SOAP would refuse a 30th of February; RFC hands over eight characters, and SAP keeps what is no day. */
function checkedDate(value: string, field: string): string {
  if (isInitialDate(value)) return '00000000';
  if (!isValidDate(value)) throw refusedValue(field, 'There is no such day');
  return value;
}

/** What no way to SAP carries unharmed: control characters (a NUL ends a text over RFC), lone surrogates, non-characters. */
// eslint-disable-next-line no-control-regex -- control characters are exactly what is refused
const notText = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufffe\uffff]/;

function checkedText(value: string, type: ScalarType, field: string): string {
  if (notText.test(value) || !value.isWellFormed())
    throw refusedValue(field, 'Control characters are not allowed here');
  // Line breaks would reach SAP as `#` in a character field; only strings can hold them.
  if (type.abap === 'C' && /[\t\n\r]/.test(value))
    throw refusedValue(field, 'Line breaks and tabs are not allowed here');
  return fits(type, value, field);
}

function checkedDecimal(value: string, type: ScalarType, field: string): string {
  const [whole = '', fraction = ''] = mustMatch(/^-?\d+(\.\d+)?$/, value, field)
    .replace('-', '')
    .split('.');
  const isTooLong = whole.replace(/^0+/, '').length > type.length - type.decimals;
  if (isTooLong || fraction.replace(/0+$/, '').length > type.decimals) throw tooLong(type, field);
  return value;
}

/** Longer than any integer of ABAP; a bound before the text becomes a number. */
const maxIntegerLength = 40;

function checkedInteger(value: string, type: ScalarType, field: string): string {
  if (value.length > maxIntegerLength) throw outOfRange(type, field);
  const number = BigInt(mustMatch(/^-?\d+$/, value, field));
  const bits = BigInt(type.length * 8);
  // INT1 is the one without a sign.
  const isOutside =
    type.length === 1 ? BigInt.asUintN(8, number) !== number : BigInt.asIntN(Number(bits), number) !== number;
  if (isOutside) throw outOfRange(type, field);
  return String(number);
}

const digitsByBytes: Readonly<Record<number, number>> = { 1: 3, 2: 5, 4: 10, 8: 19 };

function outOfRange(type: ScalarType, field: string): GatewayError {
  return new GatewayError('SAP_VALUE_TOO_LONG', { field, maxLength: digitsByBytes[type.length] });
}

function checkedFloat(value: string, field: string): string {
  const number = Number(mustMatch(/^-?\d+(\.\d+)?([eE][+-]?\d+)?$/, value, field));
  if (!Number.isFinite(number)) throw refusedValue(field, 'This number is too large for SAP');
  return value;
}

function checkedBytes(value: string, type: ScalarType, field: string): string {
  mustMatch(/^([0-9A-Fa-f]{2})*$/, value, field);
  if (type.length > 0 && value.length > type.length * 2) throw tooLong(type, field);
  return value.toUpperCase();
}

function fits(type: ScalarType, value: string, field: string): string {
  // ABAP counts UTF-16 code units, as JavaScript does.
  if (type.length > 0 && value.length > type.length) throw tooLong(type, field);
  return value;
}

function tooLong(type: ScalarType, field: string): GatewayError {
  return new GatewayError('SAP_VALUE_TOO_LONG', { field, maxLength: type.length });
}
