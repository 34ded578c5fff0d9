/** Exact decimal arithmetic on bigint: figures never pass through a float. */

/** `units` times ten to the power of minus `scale`. */
export interface Decimal {
  readonly units: bigint;
  readonly scale: number;
}

export const zero: Decimal = { units: 0n, scale: 0 };

/** Undefined when `text` is not a plain decimal (`-12.50`; no exponent, no separators). */
export function parseDecimal(text: string): Decimal | undefined {
  const match = /^(-?)(\d*)(?:\.(\d*))?$/.exec(text.trim());
  if (match === null) return undefined;
  const [, sign = '', whole = '', fraction = ''] = match;
  if (whole === '' && fraction === '') return undefined;
  const units = BigInt(whole + fraction);
  return { units: sign === '-' ? -units : units, scale: fraction.length };
}

/** With at least `minScale` decimals; more are kept only where they are not zero, because nothing is ever cut. */
export function formatDecimal(value: Decimal, minScale = 0): string {
  const digits = (value.units < 0n ? -value.units : value.units).toString().padStart(value.scale + 1, '0');
  const whole = digits.slice(0, digits.length - value.scale);
  const fraction = digits
    .slice(digits.length - value.scale)
    .replace(/0+$/, '')
    .padEnd(minScale, '0');
  const sign = value.units < 0n ? '-' : '';
  return fraction === '' ? `${sign}${whole}` : `${sign}${whole}.${fraction}`;
}

/** The sum. */
export function add(a: Decimal, b: Decimal): Decimal {
  const scale = Math.max(a.scale, b.scale);
  return { units: atScale(a, scale) + atScale(b, scale), scale };
}

/** `a` minus `b`. */
export function subtract(a: Decimal, b: Decimal): Decimal {
  return add(a, negate(b));
}

/** The same with the other sign. */
export function negate(value: Decimal): Decimal {
  return { units: -value.units, scale: value.scale };
}

/** Negative, zero or positive, as `a` is smaller than, equal to or larger than `b`. */
export function compare(a: Decimal, b: Decimal): number {
  const difference = subtract(a, b).units;
  if (difference === 0n) return 0;
  return difference < 0n ? -1 : 1;
}

/** Times ten to the power of `places`; negative places divide. */
export function shift(value: Decimal, places: number): Decimal {
  const scale = value.scale - places;
  if (scale >= 0) return { units: value.units, scale };
  return { units: value.units * 10n ** BigInt(-scale), scale: 0 };
}

/** `part` as percent of `whole`, rounded half away from zero to `scale` decimals; undefined for a whole of zero. */
export function percentOf(part: Decimal, whole: Decimal, scale: number): Decimal | undefined {
  if (whole.units === 0n) return undefined;
  const common = Math.max(part.scale, whole.scale);
  const numerator = atScale(part, common) * 100n * 10n ** BigInt(scale);
  return { units: divideRounded(numerator, atScale(whole, common)), scale };
}

function atScale(value: Decimal, scale: number): bigint {
  return value.units * 10n ** BigInt(scale - value.scale);
}

function divideRounded(numerator: bigint, denominator: bigint): bigint {
  const isNegative = numerator < 0n !== denominator < 0n;
  const top = numerator < 0n ? -numerator : numerator;
  const bottom = denominator < 0n ? -denominator : denominator;
  const rounded = (2n * top + bottom) / (2n * bottom);
  return isNegative ? -rounded : rounded;
}
