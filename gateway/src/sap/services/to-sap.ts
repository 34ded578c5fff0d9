/** A checked value in SAP's form, or why SAP cannot keep it: too long is refused, never cut. */
import { decimalsOf } from '../conversion/amounts.ts';
import type { CurrencyDecimals } from '../conversion/amounts.ts';
import { formatDecimal, parseDecimal, shift } from '../conversion/decimal.ts';
import type { Decimal } from '../conversion/decimal.ts';
import { textConversions } from './conversions.ts';
import type { ExternalValue } from './external-value.ts';
import type { SapField } from './sap-field.ts';
import type { InputValue } from './service-file.ts';

export type Converted =
  | { readonly text: string }
  | { readonly problem: string; /** Only where it is too long. */ readonly maxLength?: number | undefined };

/** What an amount needs to know. */
export interface AmountFacts {
  readonly currency: string;
  readonly decimals: CurrencyDecimals;
}

type Spec = Pick<InputValue, 'type' | 'conversion'>;

/** `amount` is needed for `conversion: amount` only. */
export function toSap(spec: Spec, value: ExternalValue, field: SapField, amount?: AmountFacts): Converted {
  if (typeof value === 'boolean') return { text: value ? 'X' : '' };
  if (typeof value === 'number') return wholeNumber(String(value), field);
  switch (spec.type) {
    case 'date':
      return { text: value.replaceAll('-', '') };
    case 'time':
      return { text: value.replaceAll(':', '').padEnd(6, '0') };
    case 'decimal':
      return decimalText(spec, value, field, amount);
    default:
      return plainText(spec, value, field);
  }
}

function plainText(spec: Spec, value: string, field: SapField): Converted {
  const conversion = spec.conversion === undefined ? undefined : textConversions[spec.conversion];
  const text = conversion === undefined ? value : conversion.toSap(value, field);
  if (text === undefined) return { problem: conversion?.expects ?? 'has no form in SAP' };
  return fitsText(text, field);
}

/** Text of a CHAR, NUMC, RAW or STRING field, in SAP's form. */
export function fitsText(text: string, field: SapField): Converted {
  switch (field.abap) {
    case 'N':
      if (!/^[0-9]*$/.test(text)) return { problem: 'must hold digits only' };
      return text.length > field.length ? tooLong(field.length) : { text: text.padStart(field.length, '0') };
    case 'X':
      if (!/^([0-9A-Fa-f]{2})*$/.test(text)) return { problem: 'must hold hexadecimal digits, two for each byte' };
      return field.length > 0 && text.length > field.length * 2
        ? tooLong(field.length * 2)
        : { text: text.toUpperCase() };
    case 'S':
      return { text };
    default:
      // They would reach SAP as `#`.
      if (/[\t\n\r]/.test(text)) return { problem: 'must not hold line breaks or tabs' };
      // ABAP counts UTF-16 code units, as JavaScript does.
      return text.length > field.length ? tooLong(field.length) : { text };
  }
}

/** Ranges of INT1, INT2, INT4 by their digits; INT8 is bounded by what JSON carries exactly. */
const ranges: ReadonlyMap<number, readonly [number, number]> = new Map([
  [3, [0, 255]],
  [5, [-32_768, 32_767]],
  [10, [-2_147_483_648, 2_147_483_647]],
]);

/** A whole number for an INT, NUMC or packed field. */
export function wholeNumber(text: string, field: SapField): Converted {
  if (field.abap === 'P') return fitsPacked({ units: BigInt(text), scale: 0 }, field);
  if (field.abap === 'N') return text.startsWith('-') ? { problem: 'must not be negative' } : fitsText(text, field);
  if (field.abap !== 'I') return fitsText(text, field);
  const [least, most] = ranges.get(field.length) ?? [Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER];
  const number = Number(text);
  return number < least || number > most ? { problem: `must be from ${least} to ${most}` } : { text };
}

function decimalText(spec: Spec, value: string, field: SapField, amount: AmountFacts | undefined): Converted {
  const decimal = parseDecimal(value);
  if (decimal === undefined) return { problem: 'must be a decimal number' };
  if (spec.conversion === 'thousandths') return fitsThousandths(decimal, field);
  if (spec.conversion === 'amount') return fitsAmount(decimal, field, amount);
  return field.abap === 'F' ? { text: formatDecimal(decimal) } : fitsPacked(decimal, field);
}

/** NUMC with three implied decimals, as the old sales structures keep quantities. */
function fitsThousandths(decimal: Decimal, field: SapField): Converted {
  const text = formatDecimal(shift(decimal, 3));
  if (text.startsWith('-')) return { problem: 'must not be negative' };
  return text.includes('.') ? { problem: 'can have three decimals at most' } : fitsText(text, field);
}

/** CURR fields keep the smallest units of the currency as if it had the field's decimals; DEC fields keep real units. */
function fitsAmount(decimal: Decimal, field: SapField, amount: AmountFacts | undefined): Converted {
  if (amount === undefined || amount.currency === '') return { problem: 'needs its currency' };
  const places = decimalsOf(amount.currency, amount.decimals);
  const fraction = formatDecimal(decimal).split('.')[1] ?? '';
  if (fraction.length > places) return { problem: `is finer than ${amount.currency}, which has ${places} decimals` };
  return fitsPacked(field.dataType === 'CURR' ? shift(decimal, places - field.decimals) : decimal, field);
}

/** A packed number: digits before and after the point are counted apart. */
export function fitsPacked(decimal: Decimal, field: SapField): Converted {
  const text = formatDecimal(decimal);
  const [whole = '', fraction = ''] = text.replace('-', '').split('.');
  if (whole.replace(/^0+/, '').length > field.length - field.decimals)
    return { problem: `is larger than the ${field.length - field.decimals} digits SAP keeps`, maxLength: field.length };
  if (fraction.length > field.decimals) return { problem: `can have ${field.decimals} decimals at most in SAP` };
  return { text };
}

function tooLong(maxLength: number): Converted {
  return { problem: `is longer than the ${maxLength} characters SAP keeps`, maxLength };
}
