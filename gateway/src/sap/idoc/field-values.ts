/** What the raw text of a field means: days, times and figures; the raw text itself stays in the segment. */
import { GatewayError } from '../../errors/index.ts';
import { isInitialDate, isValidDate, toCalendarDate, unlimitedDate } from '../conversion/dates.ts';
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

/** A day as `YYYY-MM-DD`; null for none and for "unlimited", undefined where nothing was sent. */
export function dateOf(segment: IdocSegment, field: string): string | null | undefined {
  const text = textOf(segment, field);
  if (text === undefined) return undefined;
  if (isInitialDate(text) || text === unlimitedDate) return null;
  if (!isValidDate(text)) throw invalid(segment, field, 'day that exists');
  return toCalendarDate(text);
}

/** A time as `hh:mm:ss`; null for none, undefined where nothing was sent. */
export function timeOf(segment: IdocSegment, field: string): string | null | undefined {
  const text = textOf(segment, field);
  if (text === undefined || text === '') return text === '' ? null : undefined;
  const match = /^([01]\d|2[0-3])([0-5]\d)([0-5]\d)$/.exec(text);
  if (match === null) throw invalid(segment, field, 'time that exists');
  return `${match[1]}:${match[2]}:${match[3]}`;
}

/** A figure, its sign before or behind it; null for none, undefined where nothing was sent. */
export function decimalOf(segment: IdocSegment, field: string): Decimal | null | undefined {
  const text = textOf(segment, field);
  if (text === undefined || text === '') return text === '' ? null : undefined;
  const [, digits = '', sign = ''] = /^(.*?)\s*(-?)$/.exec(text) ?? [];
  const value = digits.startsWith('-') && sign !== '' ? undefined : parseDecimal(sign + digits);
  if (value === undefined) throw invalid(segment, field, 'number');
  return value;
}

function invalid({ name }: IdocSegment, field: string, kind: string): GatewayError {
  return new GatewayError('IDOC_VALUE_INVALID', { segment: name, field, kind });
}
