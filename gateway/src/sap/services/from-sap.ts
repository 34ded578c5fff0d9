/** A value of SAP's answer as callers get it; undefined for none (an initial date), which is then left out. */
import { GatewayError } from '../../errors/index.ts';
import { decimalsOf, readDecimal } from '../conversion/amounts.ts';
import type { CurrencyDecimals } from '../conversion/amounts.ts';
import { isInitialDate, isValidDate } from '../conversion/dates.ts';
import { formatDecimal, parseDecimal, shift } from '../conversion/decimal.ts';
import { textConversions } from './conversions.ts';
import type { ExternalValue } from './external-value.ts';
import type { SapField } from './sap-field.ts';
import type { OutputValue } from './service-file.ts';
import type { AmountFacts } from './to-sap.ts';

/** `amount` is needed for `conversion: amount` only. */
export function fromSap(
  spec: Pick<OutputValue, 'type' | 'conversion'>,
  text: string,
  field: SapField,
  amount?: AmountFacts,
): ExternalValue | undefined {
  switch (spec.type) {
    case 'date':
      return dateText(text);
    case 'time':
      return timeText(text);
    case 'boolean':
      return flagOf(text, field);
    case 'integer':
      return integerOf(text, field);
    case 'decimal':
      return decimalText(spec, text, field, amount);
    default:
      return plainText(spec, text, field);
  }
}

/** SAP's "unlimited" is a day like others here: it says until when something holds. */
function dateText(text: string): string | undefined {
  if (isInitialDate(text) || !isValidDate(text)) return undefined;
  return `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6)}`;
}

/** 000000 is midnight as well as "none"; it is midnight to whoever reads it. */
function timeText(text: string): string | undefined {
  return /^\d{6}$/.test(text) ? `${text.slice(0, 2)}:${text.slice(2, 4)}:${text.slice(4)}` : undefined;
}

function flagOf(text: string, field: SapField): boolean {
  if (text === 'X') return true;
  if (text === '') return false;
  throw unreadable(`${field.name} is neither X nor blank; publish it as text`);
}

function integerOf(text: string, field: SapField): number {
  const number = Number(formatDecimal(readDecimal(text)));
  if (!Number.isSafeInteger(number)) throw unreadable(`${field.name} is no whole number that JSON can carry`);
  return number;
}

function plainText({ conversion }: Pick<OutputValue, 'conversion'>, text: string, field: SapField): string {
  const found = conversion === undefined ? undefined : textConversions[conversion];
  return found === undefined || text === '' ? text : found.fromSap(text, field);
}

function decimalText(
  { conversion }: Pick<OutputValue, 'conversion'>,
  text: string,
  field: SapField,
  amount: AmountFacts | undefined,
): string {
  if (conversion === 'thousandths') return formatDecimal(shift(readDecimal(text), -3));
  if (field.abap === 'F') return floatText(text, field);
  const value = readDecimal(text);
  if (conversion !== 'amount') return formatDecimal(value);
  // Rows without a currency, such as totals of nothing, hold zeros.
  const places = amountPlaces(amount);
  return formatDecimal(field.dataType === 'CURR' ? shift(value, field.decimals - places) : value, places);
}

function amountPlaces(amount: { currency: string; decimals: CurrencyDecimals } | undefined): number {
  return amount === undefined ? 2 : decimalsOf(amount.currency, amount.decimals);
}

/** SAP writes floats with an exponent, which decimal texts have not. */
function floatText(text: string, field: SapField): string {
  const [, mantissa = '', exponent = '0'] = /^(-?[0-9.]*)(?:[eE]([+-]?\d{1,3}))?$/.exec(text.trim()) ?? [];
  const value = parseDecimal(mantissa === '' ? '0' : mantissa);
  if (value === undefined) throw unreadable(`${field.name} is no number`);
  return formatDecimal(shift(value, Number(exponent)));
}

function unreadable(reason: string): GatewayError {
  return new GatewayError('SAP_ANSWER_UNREADABLE', { reason });
}
