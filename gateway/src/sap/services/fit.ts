/** Whether what a file says of a value fits what SAP keeps: type, conversion, length, default, fixed value. */
import { usualDecimals } from '../conversion/amounts.ts';
import { isValidDate } from '../conversion/dates.ts';
import { parseDecimal } from '../conversion/decimal.ts';
import { textConversions } from './conversions.ts';
import { externalValue } from './external-value.ts';
import { defaultValue } from './format-problems.ts';
import type { SapField, SapKind } from './sap-field.ts';
import type { InputValue, OutputValue, ValueType } from './service-file.ts';
import { isSpecial, literal } from './specials.ts';
import { fitsPacked, fitsText, toSap, wholeNumber } from './to-sap.ts';

export interface Misfit {
  /** Which key of the file is wrong. */
  readonly part: 'type' | 'conversion' | 'maxLength' | 'default' | 'enum';
  readonly message: string;
}

const kindsOf: Readonly<Record<ValueType, readonly SapKind[]>> = {
  text: ['C', 'N', 'S', 'X'],
  integer: ['I', 'N', 'P'],
  decimal: ['P', 'F'],
  date: ['D'],
  time: ['T'],
  boolean: ['C'],
};
const typeOf: Readonly<Record<SapKind, ValueType>> = {
  C: 'text',
  N: 'text',
  X: 'text',
  S: 'text',
  D: 'date',
  T: 'time',
  P: 'decimal',
  F: 'decimal',
  I: 'integer',
};

/** The type that fits a field best, for drafts and for advice. */
export const bestType = ({ abap }: SapField): ValueType => typeOf[abap];

/** As SE11 shows it: `CHAR 40`, `CURR 15,2`. */
export function sapTypeText({ dataType, abap, length, decimals }: SapField): string {
  const name = dataType.length > 1 ? dataType : (typeNames[abap] ?? abap);
  if (length === 0) return abap === 'X' ? 'RAWSTRING' : name;
  return decimals > 0 ? `${name} ${length},${decimals}` : `${name} ${length}`;
}

const typeNames: Partial<Record<SapKind, string>> = {
  C: 'CHAR',
  N: 'NUMC',
  X: 'RAW',
  D: 'DATS',
  T: 'TIMS',
  P: 'DEC',
  I: 'INT',
  F: 'FLTP',
  S: 'STRING',
};

function typeMisfit({ type, conversion }: Pick<InputValue, 'type' | 'conversion'>, field: SapField): Misfit[] {
  const kinds = conversion === 'thousandths' ? (['N'] as const) : kindsOf[type];
  const isFlagTooLong = type === 'boolean' && field.length !== 1;
  const isFraction = type === 'integer' && field.decimals > 0;
  if (!kinds.some((kind) => kind === field.abap) || isFlagTooLong || isFraction)
    return [
      {
        part: 'type',
        message: `is ${sapTypeText(field)} in SAP, which cannot be ${type}; use type ${bestType(field)}`,
      },
    ];
  const misfit = conversion === undefined ? undefined : textConversions[conversion]?.misfit(field);
  if (misfit !== undefined)
    return [
      { part: 'conversion', message: `is ${sapTypeText(field)} in SAP, which ${conversion} does not fit: ${misfit}` },
    ];
  if (conversion === 'amount' && field.abap !== 'P')
    return [{ part: 'conversion', message: `is ${sapTypeText(field)} in SAP, which is no amount` }];
  return [];
}

/** What is wrong with an output. */
export function outputTypeProblem(spec: OutputValue, field: SapField): readonly Misfit[] {
  return typeMisfit(spec, field);
}

/** What is wrong with an input. */
export function inputTypeProblem(spec: InputValue, field: SapField): readonly Misfit[] {
  const misfits = typeMisfit(spec, field);
  if (misfits.length > 0) return misfits;
  const problems: Misfit[] = [];
  if (spec.maxLength !== undefined && field.abap === 'C' && spec.maxLength > field.length)
    problems.push({ part: 'maxLength', message: `keeps ${field.length} characters; lower maxLength` });
  const values = (spec.enum ?? []).map((value) => ({ part: 'enum' as const, value }));
  const { value } = spec.default === undefined ? {} : externalValue(spec, defaultValue(spec), []);
  if (value !== undefined) problems.push(...valueMisfit(spec, 'default', value, field));
  return [...problems, ...values.flatMap((one) => valueMisfit(spec, one.part, one.value, field))];
}

function valueMisfit(
  spec: InputValue,
  part: 'default' | 'enum',
  value: string | number | boolean,
  field: SapField,
): Misfit[] {
  // Which currency it will be is only known in a call; two decimals are the most common.
  const converted = toSap(spec, value, field, { currency: 'EUR', decimals: usualDecimals });
  return 'text' in converted ? [] : [{ part, message: `cannot keep ${String(value)}: it ${converted.problem}` }];
}

const specialLengths: Readonly<Record<string, number>> = {
  $key: 80,
  $shortKey: 20,
  $contentHash: 64,
  $fence: 18,
  $today: 8,
};

/** What is wrong with a fixed value; undefined when it fits. `maxRows` of the list it is in, else 0. */
export function fixedProblem(value: string, field: SapField, maxRows: number): string | undefined {
  if (isSpecial(value)) return specialProblem(value, field, maxRows);
  const problem = literalProblem(literal(value), field);
  return problem === undefined ? undefined : `is ${sapTypeText(field)} in SAP: the value ${problem}`;
}

function specialProblem(value: string, field: SapField, maxRows: number): string | undefined {
  const isNumber = value === '$row' || value === '$item';
  if (isNumber && (field.abap === 'I' || field.abap === 'P')) return undefined;
  if (value === '$today' && field.abap === 'D') return undefined;
  const digits = value === '$fence' || value === '$today' || isNumber;
  const length = specialLengths[value] ?? String(maxRows * 10).length;
  const isRightKind = field.abap === 'C' || field.abap === 'S' || (digits && field.abap === 'N');
  if (isRightKind && (field.length === 0 || field.length >= length)) return undefined;
  return `is ${sapTypeText(field)} in SAP; ${value} needs ${digits ? 'digits' : 'CHAR'} of ${length}`;
}

function literalProblem(value: string, field: SapField): string | undefined {
  switch (field.abap) {
    case 'D':
      return value === '00000000' || isValidDate(value) ? undefined : 'must be a day, YYYYMMDD';
    case 'T':
      return /^([01]\d|2[0-4])[0-5]\d[0-5]\d$/.test(value) ? undefined : 'must be a time, HHMMSS';
    case 'P': {
      const decimal = parseDecimal(value);
      const fitted = decimal === undefined ? { problem: 'must be a number' } : fitsPacked(decimal, field);
      return 'problem' in fitted ? fitted.problem : undefined;
    }
    case 'F':
      return parseDecimal(value) === undefined ? 'must be a number' : undefined;
    case 'I': {
      const fitted = /^-?\d{1,19}$/.test(value) ? wholeNumber(value, field) : { problem: 'must be a whole number' };
      return 'problem' in fitted ? fitted.problem : undefined;
    }
    default: {
      const fitted = fitsText(value, field);
      return 'problem' in fitted ? fitted.problem : undefined;
    }
  }
}
