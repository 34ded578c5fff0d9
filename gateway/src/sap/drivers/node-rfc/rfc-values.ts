/** Single values between the port's form and the addon's. */
import { GatewayError } from '../../../errors/index.ts';
import type { AbapKind, ScalarType } from '../../functions/signature.ts';
import { checkedValue, refusedValue } from '../values.ts';

/** A value as the addon takes it; whatever addon or SDK would cut, round or wrap without a word is refused. */
export function toRfc(type: ScalarType, value: string, field: string): string | number | Buffer {
  const checked = checkedValue(type, value, field);
  if (type.abap === 'X') return Buffer.from(checked, 'hex');
  return type.abap === 'I' ? toInteger(checked, field) : checked;
}

/** The addon keeps the low 32 bits of any integer, of an INT8 too. */
function toInteger(checked: string, field: string): number {
  const number = Number(checked);
  if ((number | 0) !== number) throw refusedValue(field, 'This number is too large to be sent over RFC');
  return number;
}

/** A value of an answer in the port's form; `kind` is unknown for what our signatures do not describe. */
export function fromRfc(kind: AbapKind | undefined, length: number, value: unknown): string {
  if (typeof value === 'string') return kind === undefined ? value : fromText(kind, length, value);
  if (typeof value === 'number') return fromNumber(kind, value);
  if (Buffer.isBuffer(value)) return value.toString('hex').toUpperCase();
  throw unreadable(`a value of type ${typeof value}`);
}

/** True for what comes as it should go: nearly every value, which is why it is asked first. */
export function isAlreadyRight(kind: AbapKind | undefined, value: unknown): boolean {
  return typeof value === 'string' && (kind === 'C' || kind === 'S' || kind === undefined);
}

function fromText(kind: AbapKind, length: number, value: string): string {
  switch (kind) {
    case 'D':
      // The addon trims: a date of blanks comes empty.
      return value === '' ? '00000000' : value;
    case 'T':
      return value === '' ? '000000' : value;
    case 'N':
      return value.length < length ? value.padStart(length, '0') : value;
    case 'P':
      return decimalText(value);
    default:
      return value;
  }
}

function fromNumber(kind: AbapKind | undefined, value: number): string {
  if (kind !== 'F' && !Number.isSafeInteger(value) && Number.isInteger(value)) {
    throw unreadable('an integer beyond what the addon can read exactly');
  }
  return String(value);
}

function decimalText(value: string): string {
  if (value === '') return '0';
  if (!/^-?\d+(\.\d+)?$/.test(value)) throw unreadable('a packed number in another form');
  return value;
}

function unreadable(reason: string): GatewayError {
  return new GatewayError('SAP_ANSWER_UNREADABLE', { reason });
}
