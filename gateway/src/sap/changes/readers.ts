/** From the text of a field to a value of the model: undefined where nothing was said, null where SAP says "nothing". */
import type { FieldValue } from '../../model/index.ts';
import { padKey } from '../conversion/alpha.ts';
import { decimalsOf } from '../conversion/amounts.ts';
import { compare, formatDecimal, negate, shift, zero } from '../conversion/decimal.ts';
import type { Decimal } from '../conversion/decimal.ts';
import { languageIso } from '../conversion/languages.ts';
import { unitOf } from '../conversion/units.ts';
import { readDate, readDecimal } from '../idoc/index.ts';
import { invalidValue } from './record.ts';
import type { SapRecord } from './record.ts';
import type { ValueRules } from './translation.ts';

/** What the reader of an amount has to know of its document. */
export interface Scope {
  readonly rules: ValueRules;
  /** Of amounts that have none beside them. */
  readonly currency?: string | null | undefined;
  /** Amounts of credits come without a sign. */
  readonly isCredit?: boolean;
}

export type Said<T> = T | null | undefined;

/** One way of reading; `kind` names it in the documentation. */
export interface Reader {
  readonly kind: string;
  read(record: SapRecord, field: string, scope: Scope): FieldValue | undefined;
}

/** Applies `convert` to a text that is there; blank is null. */
function reading(
  kind: string,
  convert: (text: string, record: SapRecord, field: string, scope: Scope) => FieldValue | undefined,
): Reader {
  return {
    kind,
    read: (record, field, scope) => {
      const said = record.said(field);
      if (said === undefined || said === '') return said === '' ? null : undefined;
      return convert(said, record, field, scope);
    },
  };
}

export const text = reading('text', (said) => said);

export const code = reading('code', (said) => said);

/** X or blank: blank is false, not nothing. */
export const flag: Reader = {
  kind: 'X or blank',
  read: (record, field) => {
    const said = record.said(field);
    if (said === undefined) return undefined;
    if (said !== '' && said !== 'X') throw invalidValue(record, field, 'X or blank');
    return said === 'X';
  },
};

export const date = reading('date', (said, { name }, field) => readDate(said, { segment: name, field }));

/** The figure of a field. */
export function readFigure(record: SapRecord, field: string): Said<Decimal> {
  const said = record.said(field);
  if (said === undefined || said === '') return said === '' ? null : undefined;
  return readDecimal(said, { segment: record.name, field });
}

function figure(record: SapRecord, field: string): Decimal {
  return readFigure(record, field) ?? zero;
}

/** A quantity, weight or number: plain, without superfluous zeros. */
export const quantity = reading(
  'number',
  (said, record, field) => plainFigure(said, 0) ?? formatDecimal(figure(record, field)),
);

/**
 * The everyday figure (`12.000`, no sign) by cutting zeros alone, with at least so many decimals; undefined for any other, and for
 * one that has more where `places` are all there may be. An order has some twenty, and arithmetic is dear.
 */
function plainFigure(said: string, places: number, mostPlaces = Infinity): string | undefined {
  const match = /^(0|[1-9]\d*)(?:\.(\d*?)0*)?$/.exec(said);
  if (match === null) return undefined;
  const [, whole = '', decimals = ''] = match;
  if (decimals.length > mostPlaces) return undefined;
  return decimals === '' && places === 0 ? whole : `${whole}.${decimals.padEnd(places, '0')}`;
}

/** A number that is padded with zeros to ten characters; zeros alone are none. */
export const customer = reading('customer number', (said, record, field) => readNumber(said, 10, record, field));

export const document = reading('document number', (said, record, field) => readNumber(said, 10, record, field));

/** Digits are eighteen with zeros; longer ones (S/4HANA) stay. */
export const material = reading('material number', (said, record, field) => readNumber(said, 18, record, field, 40));

export const item = reading('item number', (said, record, field) => readNumber(said, 6, record, field));

/** Digits that are not all zeros: with their full length, they are in SAP's internal form already. */
function isNumber(said: string): boolean {
  let isZero = true;
  for (let at = 0; at < said.length; at += 1) {
    const digit = said.charCodeAt(at) - 48;
    if (!(digit >= 0 && digit <= 9)) return false;
    if (digit > 0) isZero = false;
  }
  return !isZero;
}

/** The internal form of a number; null where it is initial. */
export function readNumber(
  said: string,
  length: number,
  record: SapRecord,
  field: string,
  longest = length,
): string | null {
  if (said.length === length && isNumber(said)) return said;
  const digits = /^\d+$/.test(said) ? said.replace(/^0+(?=\d)/, '') : said;
  if (digits === '0') return null;
  if (digits.length > longest) throw invalidValue(record, field, `number of at most ${longest} characters`);
  return padKey(digits, length);
}

export const currency = reading('currency', (said, record, field, { rules }) => {
  if (rules.currencies.has(said)) return said;
  throw invalidValue(record, field, 'currency that is known');
});

export const unit = reading('unit', (said, record, field, { rules }) => {
  if (rules.units.has(said)) return unitOf(said, '');
  throw invalidValue(record, field, 'unit that is known');
});

/** SAP's own key of one character. */
export const languageKey = reading('language key', (said, record, field) => {
  const iso = languageIso(said);
  if (iso === undefined) throw invalidValue(record, field, 'language that is known');
  return iso;
});

export const languageCode = reading('language (ISO)', (said, record, field) => {
  if (/^[A-Za-z]{2}$/.test(said)) return said.toUpperCase();
  throw invalidValue(record, field, 'language code of two letters');
});

/** The currency that an amount is in; throws where there is none, because a figure alone is no amount. */
function currencyOf({ currency: known }: Scope, record: SapRecord, field: string): string {
  if (typeof known === 'string') return known;
  throw invalidValue(record, field, 'amount with a currency');
}

/** Of a document: as people write it, with the decimals of its currency. */
export const amount = reading('amount', (said, record, field, scope) => {
  const places = decimalsOf(scope.currency ?? '', scope.rules.decimals);
  const plain =
    scope.isCredit === true || typeof scope.currency !== 'string' ? undefined : plainFigure(said, places, places);
  if (plain !== undefined) return plain;
  const value = figure(record, field);
  const signed = scope.isCredit === true && compare(value, zero) > 0 ? negate(value) : value;
  return inCurrency(signed, currencyOf(scope, record, field), record, field, scope);
});

/**
 * Of master data: SAP moves the field as it is stored, with two decimals whatever the currency has, so 1000 yen are `10.00`. Some
 * segments are converted before they are sent; then there are as many decimals as the currency has, which shows.
 */
export const storedAmount = reading('amount as stored', (said, record, field, scope) => {
  const money = currencyOf(scope, record, field);
  const places = decimalsOf(money, scope.rules.decimals);
  const value = figure(record, field);
  if (places === 2 || scope.rules.realAmounts.has(record.name)) return inCurrency(value, money, record, field, scope);
  const shown = /\.(\d*)/.exec(said)?.[1]?.length ?? 0;
  if (shown !== 2 && shown !== places)
    throw invalidValue(record, field, `amount in ${money}: its decimals do not tell`);
  return inCurrency(shown === 2 ? shift(value, 2 - places) : value, money, record, field, scope);
});

function inCurrency(value: Decimal, money: string, record: SapRecord, field: string, { rules }: Scope): string {
  const places = decimalsOf(money, rules.decimals);
  const shown = formatDecimal(value, places);
  const found = shown.includes('.') ? shown.length - shown.indexOf('.') - 1 : 0;
  if (found > places) throw invalidValue(record, field, `amount in ${money}, which has ${places} decimals`);
  return /^-0(\.0*)?$/.test(shown) ? shown.slice(1) : shown;
}
