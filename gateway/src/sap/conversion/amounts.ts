/** Amounts: DEC fields hold real units, CURR fields always two decimals whatever the currency has. */
import type { Money } from '../../model/index.ts';
import { GatewayError } from '../../errors/index.ts';
import { formatDecimal, negate, parseDecimal, shift } from './decimal.ts';
import type { Decimal } from './decimal.ts';

/** Decimals per currency; a currency that is not listed has two, as in SAP's table TCURX. */
export type CurrencyDecimals = ReadonlyMap<string, number>;

/** Currencies without or with other than two decimals, for systems whose TCURX may not be read. */
export const usualDecimals: CurrencyDecimals = new Map([
  ...[
    'BIF',
    'CLP',
    'DJF',
    'GNF',
    'ISK',
    'JPY',
    'KMF',
    'KRW',
    'PYG',
    'RWF',
    'UGX',
    'VND',
    'VUV',
    'XAF',
    'XOF',
    'XPF',
  ].map((currency): [string, number] => [currency, 0]),
  ...['BHD', 'IQD', 'JOD', 'KWD', 'LYD', 'OMR', 'TND'].map((currency): [string, number] => [currency, 3]),
]);

/** Decimals of a currency; two unless listed. */
export const decimalsOf = (currency: string, decimals: CurrencyDecimals): number => decimals.get(currency) ?? 2;

/** An amount that is known as a decimal in real units. */
export function money(value: Decimal, currency: string, decimals: CurrencyDecimals): Money {
  return { amount: formatDecimal(value, decimalsOf(currency, decimals)), currency };
}

/** An amount from a DEC field: real units, so JPY 1000 is `1000.0000`. */
export function moneyFromDec(text: string, currency: string, decimals: CurrencyDecimals): Money {
  const places = decimalsOf(currency, decimals);
  const amount = plainAmount(text, places) ?? formatDecimal(readDecimal(text), places);
  return { amount, currency };
}

/**
 * The everyday amount (`1234.5600`, no sign) by cutting zeros alone; undefined for any other. A credit panel has some
 * twenty amounts, and arithmetic for each would cost more than reading SAP's answer.
 */
function plainAmount(text: string, places: number): string | undefined {
  const match = /^(0|[1-9]\d*)\.(\d*?)0*$/.exec(text);
  if (match === null) return undefined;
  const [, whole = '', fraction = ''] = match;
  const padded = fraction.padEnd(places, '0');
  return padded === '' ? whole : `${whole}.${padded}`;
}

/** An amount from a CURR field: stored with two decimals, so JPY 1000 is `10.00` and KWD 12.500 is `125.00`. */
export function moneyFromCurr(text: string, currency: string, decimals: CurrencyDecimals): Money {
  return money(shift(readDecimal(text), 2 - decimalsOf(currency, decimals)), currency, decimals);
}

/** The same amount with the other sign; nothing stays nothing. */
export function negated({ amount, currency }: Money): Money {
  if (/^[0.]+$/.test(amount)) return { amount, currency };
  return { amount: amount.startsWith('-') ? amount.slice(1) : `-${amount}`, currency };
}

/** A credit (`H`) is negative; SAP keeps the amount itself without a sign. */
export function signedDecimal(text: string, debitCredit: string): Decimal {
  const value = readDecimal(text);
  return debitCredit === 'H' ? negate(value) : value;
}

/** A figure of SAP as an exact decimal; blank is zero, as everywhere in ABAP. */
export function readDecimal(text: string): Decimal {
  const value = parseDecimal(text === '' ? '0' : text);
  if (value === undefined) throw new GatewayError('SAP_ANSWER_UNREADABLE', { reason: 'a figure is not a number' });
  return value;
}
