/** Single values between the port's form and SOAP's: by declared type, never by what a text looks like. */
import { GatewayError } from '../../../errors/index.ts';
import type { AbapKind, ScalarType } from '../../functions/signature.ts';

/** A value of an answer in the port's form. */
export function fromSoap(type: ScalarType, text: string): string {
  if (type.abap === 'C' || type.abap === 'S') return withoutTrailingBlanks(text);
  return readers[type.abap](text.trim(), type);
}

/** A value of a request in SOAP's form; refuses what SAP would cut, round or misread. */
export function toSoap(type: ScalarType, value: string, field: string): string {
  if (type.abap === 'C' || type.abap === 'S') return checkedText(type, value, field);
  return writers[type.abap](value, type, field);
}

type OtherKind = Exclude<AbapKind, 'C' | 'S'>;

const readers: Readonly<Record<OtherKind, (text: string, type: ScalarType) => string>> = {
  N: (text, type) => expect(/^\d*$/, text, 'N').padStart(type.length, '0'),
  D: (text) => {
    const date = text === '' ? '00000000' : expect(/^\d{4}-\d\d-\d\d$|^\d{8}$/, text, 'D');
    return date.length === 8 ? date : date.slice(0, 4) + date.slice(5, 7) + date.slice(8);
  },
  T: (text) => (text === '' ? '000000' : expect(/^\d\d:\d\d:\d\d$|^\d{6}$/, text, 'T').replaceAll(':', '')),
  P: (text) => (text === '' ? '0' : expect(/^-?\d+(\.\d+)?$/, text, 'P')),
  I: (text) => (text === '' ? '0' : expect(/^-?\d+$/, text, 'I')),
  F: (text) => (text === '' ? '0' : expect(/^-?\d+(\.\d+)?([eE][+-]?\d+)?$/, text, 'F')),
  X: (text) =>
    Buffer.from(expect(/^[A-Za-z0-9+/]*={0,2}$/, text, 'X'), 'base64')
      .toString('hex')
      .toUpperCase(),
};

const writers: Readonly<Record<OtherKind, (value: string, type: ScalarType, field: string) => string>> = {
  N: (value, type, field) => fits(type, require(/^\d*$/, value, field), field).padStart(type.length, '0'),
  D: (value, _type, field) => {
    const date = value === '' ? '00000000' : require(/^\d{8}$/, value, field);
    return `${date.slice(0, 4)}-${date.slice(4, 6)}-${date.slice(6)}`;
  },
  T: (value, _type, field) => {
    const time = value === '' ? '000000' : require(/^\d{6}$/, value, field);
    return `${time.slice(0, 2)}:${time.slice(2, 4)}:${time.slice(4)}`;
  },
  P: (value, type, field) => checkedDecimal(type, value, field),
  I: (value, type, field) => fits(type, require(/^-?\d+$/, value, field), field),
  F: (value, _type, field) => require(/^-?\d+(\.\d+)?([eE][+-]?\d+)?$/, value, field),
  X: (value, _type, field) => Buffer.from(require(/^([0-9A-Fa-f]{2})*$/, value, field), 'hex').toString('base64'),
};

function withoutTrailingBlanks(text: string): string {
  if (text.charCodeAt(text.length - 1) !== 32) return text;
  return text.replace(/ +$/, '');
}

function expect(pattern: RegExp, text: string, kind: string): string {
  if (!pattern.test(text))
    throw new GatewayError('SAP_ANSWER_UNREADABLE', { reason: `a value is not of ABAP type ${kind}` });
  return text;
}

function require(pattern: RegExp, value: string, field: string): string {
  if (!pattern.test(value)) throw refused(field, 'This value does not have the form that SAP needs here');
  return value;
}

/** Characters that XML cannot carry: control characters, lone surrogates, the two non-characters. */
// eslint-disable-next-line no-control-regex -- control characters are exactly what is refused
const notXml = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufffe\uffff]/;

function checkedText(type: ScalarType, value: string, field: string): string {
  if (notXml.test(value) || !value.isWellFormed()) throw refused(field, 'Control characters are not allowed here');
  // Line breaks would reach SAP as `#` in a character field; only strings can hold them.
  if (type.abap === 'C' && /[\t\n\r]/.test(value)) throw refused(field, 'Line breaks and tabs are not allowed here');
  return escapeXml(fits(type, value, field));
}

function checkedDecimal(type: ScalarType, value: string, field: string): string {
  const [whole = '', fraction = ''] = require(/^-?\d+(\.\d+)?$/, value, field)
    .replace('-', '')
    .split('.');
  const isTooLong = whole.replace(/^0+/, '').length > type.length - type.decimals;
  if (isTooLong || fraction.replace(/0+$/, '').length > type.decimals) throw tooLong(type, field);
  return value;
}

function fits(type: ScalarType, value: string, field: string): string {
  // ABAP counts UTF-16 code units, as JavaScript does.
  if (type.length > 0 && value.length > type.length) throw tooLong(type, field);
  return value;
}

function tooLong(type: ScalarType, field: string): GatewayError {
  return new GatewayError('SAP_VALUE_TOO_LONG', { field, maxLength: type.length });
}

function refused(field: string, message: string): GatewayError {
  return new GatewayError('REQUEST_INVALID', { field }, undefined, { issues: [{ path: field, message }] });
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '\r': '&#13;' };

function escapeXml(text: string): string {
  return /[&<>\r]/.test(text) ? text.replace(/[&<>\r]/g, (character) => entities[character] ?? '') : text;
}
