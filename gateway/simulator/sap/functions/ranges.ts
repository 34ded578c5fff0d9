/** Selection ranges: SIGN, OPTION, LOW, HIGH under the names each BAPI gives them. */
import type { Row } from '../wire/decode.ts';

export interface Range {
  readonly sign: string;
  readonly option: string;
  readonly low: string;
  readonly high: string;
}

/** Reads a range row whose bounds are called `LOW`, or end in `_LOW`. */
export function readRange(row: Row): Range {
  const bound = (end: string): string =>
    Object.entries(row).find(([name]) => name === end || name.endsWith(`_${end}`))?.[1] ?? '';
  return { sign: row.SIGN ?? '', option: row.OPTION ?? '', low: bound('LOW'), high: bound('HIGH') };
}

const options: Readonly<Record<string, (value: string, range: Range) => boolean>> = {
  EQ: (value, { low }) => value === low,
  NE: (value, { low }) => value !== low,
  BT: (value, { low, high }) => value >= low && value <= high,
  NB: (value, { low, high }) => value < low || value > high,
  GE: (value, { low }) => value >= low,
  GT: (value, { low }) => value > low,
  LE: (value, { low }) => value <= low,
  LT: (value, { low }) => value < low,
  CP: (value, { low }) => toPattern(low).test(value),
  NP: (value, { low }) => !toPattern(low).test(value),
};

/** `*` is any text and `+` any character in ABAP patterns. */
export function toPattern(pattern: string): RegExp {
  const source = pattern
    .replace(/[\\^$.|?()[\]{}]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('+', '.');
  return new RegExp(`^${source}$`, 'is');
}

/** What is wrong with a range: its sign or its option. */
export function invalidPart(range: Range): 'sign' | 'option' | undefined {
  if (range.sign !== 'I' && range.sign !== 'E') return 'sign';
  return options[range.option] === undefined ? 'option' : undefined;
}

function meets(value: string, range: Range): boolean {
  return options[range.option]?.(value, range) ?? false;
}

/** Included by any I row (or by there being none) and excluded by no E row. */
export function isInRanges(value: string, ranges: readonly Range[]): boolean {
  const including = ranges.filter((it) => it.sign !== 'E');
  const isIncluded = including.length === 0 || including.some((it) => meets(value, it));
  return isIncluded && !ranges.some((it) => it.sign === 'E' && meets(value, it));
}

/** The values asked for one by one, when that is all the ranges do: then an index serves. */
export function singleValues(ranges: readonly Range[]): readonly string[] | undefined {
  const areSingle = ranges.length > 0 && ranges.every((it) => it.sign === 'I' && it.option === 'EQ');
  return areSingle ? [...new Set(ranges.map((it) => it.low))] : undefined;
}
