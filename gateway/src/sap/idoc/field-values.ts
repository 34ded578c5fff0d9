/** What the raw text of a field means: days, times and figures; the raw text itself stays in the segment. */
import { GatewayError } from '../../errors/index.ts';
import { isInitialDate, toCalendarDate, unlimitedDate } from '../conversion/dates.ts';
import { parseDecimal } from '../conversion/decimal.ts';
import type { Decimal } from '../conversion/decimal.ts';
import type { IdocSegment } from './idoc.ts';

/** SAP's sign for "this field was not sent", which is not the same as blank. */
const noData = '/';

/** The text of a field; undefined where SAP sent nothing for it, empty where it sent a blank. */
export function textOf({ fields }: IdocSegment, field: string): string | undefined {
  const raw = fields[field];
  // Numbers are aligned to either side.
  const text = raw?.trim();
  return text === noData ? undefined : text;
}

/** Where a value stands, for the words about one that cannot be. */
export interface FieldName {
  readonly segment: string;
  readonly field: string;
}

/** A day as `YYYY-MM-DD`; null for none and for "unlimited", undefined where nothing was sent. */
export function dateOf(segment: IdocSegment, field: string): string | null | undefined {
  const text = textOf(segment, field);
  return text === undefined ? undefined : readDate(text, { segment: segment.name, field });
}

/** The same from a text without padding. */
export function readDate(text: string, name: FieldName): string | null | undefined {
  if (text === noData) return undefined;
  if (isInitialDate(text) || text === unlimitedDate) return null;
  const day = toCalendarDate(text);
  if (day === null) throw invalid(name, 'day that exists');
  return day;
}

/** A time as `hh:mm:ss`; null for none, undefined where nothing was sent. */
export function timeOf(segment: IdocSegment, field: string): string | null | undefined {
  const text = textOf(segment, field);
  if (text === undefined || text === '') return text === '' ? null : undefined;
  const match = /^([01]\d|2[0-3])([0-5]\d)([0-5]\d)$/.exec(text);
  if (match === null) throw invalid({ segment: segment.name, field }, 'time that exists');
  return `${match[1]}:${match[2]}:${match[3]}`;
}

/** A figure, its sign before or behind it; null for none, undefined where nothing was sent. */
export function decimalOf(segment: IdocSegment, field: string): Decimal | null | undefined {
  const text = textOf(segment, field);
  return text === undefined ? undefined : readDecimal(text, { segment: segment.name, field });
}

/** The same from a text without padding. */
export function readDecimal(text: string, name: FieldName): Decimal | null | undefined {
  if (text === '' || text === noData) return text === '' ? null : undefined;
  const value = text.endsWith('-') ? negative(text.slice(0, -1).trimEnd()) : parseDecimal(text);
  if (value === undefined) throw invalid(name, 'number');
  return value;
}

/** Two signs are none. */
function negative(digits: string): Decimal | undefined {
  return digits.startsWith('-') ? undefined : parseDecimal(`-${digits}`);
}

function invalid({ segment, field }: FieldName, kind: string): GatewayError {
  return new GatewayError('IDOC_VALUE_INVALID', { segment, field, kind });
}
