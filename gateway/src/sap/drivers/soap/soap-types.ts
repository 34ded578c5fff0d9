/** Single values between the port's form and SOAP's: by declared type, never by what a text looks like. */
import { GatewayError } from '../../../errors/index.ts';
import type { AbapKind, ScalarType } from '../../functions/signature.ts';
import { checkedValue, withoutTrailingBlanks } from '../values.ts';

/** A value of an answer in the port's form. */
export function fromSoap(type: ScalarType, text: string): string {
  if (type.abap === 'C' || type.abap === 'S') return withoutTrailingBlanks(text);
  return readers[type.abap](text.trim(), type);
}

/** A value of a request in SOAP's form; refuses what SAP would cut, round or misread. */
export function toSoap(type: ScalarType, value: string, field: string): string {
  return writers[type.abap](checkedValue(type, value, field));
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
  // In one notation, whichever of its own SAP has used.
  F: (text) => String(Number(text === '' ? '0' : expect(/^-?\d+(\.\d+)?([eE][+-]?\d+)?$/, text, 'F'))),
  X: (text) =>
    Buffer.from(expect(/^[A-Za-z0-9+/]*={0,2}$/, text, 'X'), 'base64')
      .toString('hex')
      .toUpperCase(),
};

const asItIs = (value: string): string => value;

const writers: Readonly<Record<AbapKind, (value: string) => string>> = {
  C: escapeXml,
  S: escapeXml,
  N: asItIs,
  D: (date) => `${date.slice(0, 4)}-${date.slice(4, 6)}-${date.slice(6)}`,
  T: (time) => `${time.slice(0, 2)}:${time.slice(2, 4)}:${time.slice(4)}`,
  P: asItIs,
  I: asItIs,
  F: asItIs,
  X: (value) => Buffer.from(value, 'hex').toString('base64'),
};

function expect(pattern: RegExp, text: string, kind: string): string {
  if (!pattern.test(text))
    throw new GatewayError('SAP_ANSWER_UNREADABLE', { reason: `a value is not of ABAP type ${kind}` });
  return text;
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '\r': '&#13;' };

function escapeXml(text: string): string {
  return /[&<>\r]/.test(text) ? text.replace(/[&<>\r]/g, (character) => entities[character] ?? '') : text;
}
