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

/** True for a value that is as the port wants it, which nearly all are; `kind` is unknown for what no signature describes. */
export function isRight(kind: AbapKind | undefined, length: number, value: unknown): boolean {
  if (typeof value !== 'string') return false;
  switch (kind) {
    case 'D':
      return value.length === 8;
    case 'T':
      return value.length === 6;
    case 'N':
      return value.length === length;
    case 'P':
      // The addon gives packed numbers as digits, minus and point; an exponent would come from another type.
      return value !== '' && !value.includes('E');
    default:
      return true;
  }
}

/** A value of an answer in the port's form. */
export function fromRfc(kind: AbapKind | undefined, length: number, value: unknown): string {
  if (typeof value === 'string') return isRight(kind, length, value) ? value : fromText(kind, length, value);
  if (typeof value === 'number') return fromNumber(kind, value);
  if (Buffer.isBuffer(value)) return value.toString('hex').toUpperCase();
  throw unreadable(`a value of type ${typeof value}`);
}

/** The addon trims, so what was all blanks comes empty. */
function fromText(kind: AbapKind | undefined, length: number, value: string): string {
  if (kind === 'N') return value.padStart(length, '0');
  if (value !== '') throw unreadable(`a value is not of ABAP type ${kind ?? ''}`);
  return kind === 'P' ? '0' : '0'.repeat(length);
}

function fromNumber(kind: AbapKind | undefined, value: number): string {
  if (kind !== 'F' && Number.isInteger(value) && !Number.isSafeInteger(value)) {
    throw unreadable('an integer beyond what the addon can read exactly');
  }
  return String(value);
}

function unreadable(reason: string): GatewayError {
  return new GatewayError('SAP_ANSWER_UNREADABLE', { reason });
}
