/** One value on its way out of a field: as CSV has it, back to what the model calls it. */
import { externalIdOf } from '../../model/index.ts';
import type { FieldValue, PathType, SapSystemId } from '../../model/index.ts';
import { unreadable } from '../exchange.ts';
import { isNumeric } from './field-types.ts';
import type { Column } from './targets.ts';

/** Salesforce's last day stands for SAP's, see `cells.ts`. */
const lastDay = '4000-12-31';
const sapForEver = '9999-12-31';

/** An empty cell is null; decimals come without zeros at their end. */
export function toFieldValue(text: string, { path, field, lookup }: Column, system: SapSystemId): FieldValue {
  if (field.type === 'boolean') return text === 'true';
  if (text === '') return null;
  if (lookup !== undefined) return referredId(text, system);
  if (isNumeric(field)) return toDecimal(text);
  return toText(text, path.type);
}

function toText(text: string, type: PathType): string {
  if (type === 'date') return text === lastDay ? sapForEver : text.slice(0, 10);
  if (type !== 'instant') return text;
  const atMs = Date.parse(text);
  if (Number.isNaN(atMs)) throw unreadable('a time in a table');
  return new Date(atMs).toISOString();
}

/** Records of another system keep their whole external id: it equals none of this system's. */
function referredId(text: string, system: SapSystemId): string {
  const prefix = externalIdOf({ system, kind: 'customer', id: '' });
  return text.toLowerCase().startsWith(prefix.toLowerCase()) ? text.slice(prefix.length) : text;
}

/** Salesforce writes large numbers as `1.25E7`. */
function toDecimal(text: string): string {
  const [, sign = '', whole = '', fraction = '', exponent = '0'] =
    /^(-?)(\d+)(?:\.(\d+))?(?:[eE]\+?(-?\d{1,2}))?$/.exec(text) ?? [];
  if (whole === '') throw unreadable('a number in a table');
  const shift = Number(exponent);
  const digits = whole + fraction;
  const point = whole.length + shift;
  const padded = point <= 0 ? '0'.repeat(1 - point) + digits : digits.padEnd(point, '0');
  const at = Math.max(point, 1);
  const before = padded.slice(0, at).replace(/^0+(?=\d)/, '');
  const after = padded.slice(at).replace(/0+$/, '');
  const plain = after === '' ? before : `${before}.${after}`;
  return plain === '0' ? plain : sign + plain;
}
