/** ABAP types as a property test knows them: values that must come back, and values that must be refused. */
import type { Seeded } from '../fakes/seeded.ts';

export interface ValueKind {
  /** Field of the echo function's structure. */
  readonly field: string;
  /** A value that SAP can keep. */
  readonly draw: (chance: Seeded) => string;
  /** The form in which it has to come back. */
  readonly comesBack: (value: string) => string;
  /** Whether a simpler text is still a value of the type. */
  readonly holds: (value: string) => boolean;
  /** A value that SAP cannot keep; undefined for a type that takes everything. */
  readonly drawBad?: (chance: Seeded) => string;
}

/** Plain, accented, double-width, outside the first plane, what XML escapes, blanks of two kinds. */
const characters = Array.from('aZ09 äßéŁ中文ﾊ😀<>&"\'#%]-  \u00a0\u0301');

function drawText(chance: Seeded, limit: number, alphabet = characters): string {
  const wanted = chance.pick([0, 1, limit, chance.upTo(limit)]);
  let text = '';
  while (text.length < wanted) {
    const next = chance.pick(alphabet);
    // A pair that does not fit whole would be half a character.
    if (text.length + next.length > wanted) break;
    text += next;
  }
  return text;
}

const drawDigits = (chance: Seeded, count: number): string =>
  Array.from({ length: count }, () => String(chance.below(10))).join('');

const withoutTrailingBlanks = (value: string): string => value.replace(/ +$/, '');

/** CHAR and its like. */
export function text(field: string, length: number, alphabet?: readonly string[]): ValueKind {
  return {
    field,
    draw: (chance) => drawText(chance, length, alphabet === undefined ? characters : [...alphabet]),
    comesBack: withoutTrailingBlanks,
    holds: (value) => value.length <= length && value.isWellFormed(),
    drawBad: (chance) =>
      chance.pick([
        'x'.repeat(length + 1 + chance.below(5)),
        `${'x'.repeat(Math.max(0, length - 1))}\n`,
        '\u0000',
        '\ud83d',
        '\u0085',
      ]),
  };
}

/** NUMC: digits that keep their zeros. */
export function digits(field: string, length: number): ValueKind {
  return {
    field,
    draw: (chance) => drawDigits(chance, chance.upTo(length)),
    comesBack: (value) => value.padStart(length, '0'),
    holds: (value) => /^\d*$/.test(value) && value.length <= length,
    drawBad: (chance) => chance.pick(['1'.repeat(length + 1), '-1', '1.0', 'A', '٣', ' 1 x']),
  };
}

const daysOf = (year: number, month: number): number =>
  month === 2 ? (isLeap(year) ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;
const isLeap = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
const pad = (value: number, width: number): string => String(value).padStart(width, '0');

/** A day of the calendar, none, or the unlimited one. */
export const dates: ValueKind = {
  field: 'DATS_FIELD',
  draw: (chance) => {
    const year = 1 + chance.below(9999);
    const month = 1 + chance.below(12);
    const day = chance.pick([1, daysOf(year, month), 1 + chance.below(daysOf(year, month))]);
    return chance.pick(['', '00000000', '99991231', '00010101', pad(year, 4) + pad(month, 2) + pad(day, 2)]);
  },
  comesBack: (value) => (value === '' ? '00000000' : value),
  holds: (value) => value === '' || /^\d{8}$/.test(value),
  drawBad: (chance) =>
    chance.pick([
      '20260230',
      '20261301',
      '19000229',
      '20260100',
      '00001231',
      '2026-01-01',
      '202601',
      '99999999',
      'today',
    ]),
};

/** A time of the day. */
export const times: ValueKind = {
  field: 'TIMS_FIELD',
  draw: (chance) =>
    chance.pick([
      '',
      '000000',
      '235959',
      pad(chance.below(24), 2) + pad(chance.below(60), 2) + pad(chance.below(60), 2),
    ]),
  comesBack: (value) => (value === '' ? '000000' : value),
  holds: (value) => value === '' || /^\d{6}$/.test(value),
  drawBad: (chance) => chance.pick(['240000', '126000', '120060', '12:00:00', '1200', '999999']),
};

/** Packed numbers: signs, limits, zeros in front and behind. */
export function packed(field: string, length: number, decimals: number): ValueKind {
  const whole = length - decimals;
  return {
    field,
    draw: (chance) => {
      const front = chance.pick([
        '0',
        '9'.repeat(whole),
        drawDigits(chance, 1 + chance.below(whole)),
        '00'.slice(0, whole),
      ]);
      const behind =
        decimals === 0
          ? ''
          : chance.pick(['', `.${'9'.repeat(decimals)}`, `.${drawDigits(chance, 1 + chance.below(decimals))}`, '.0']);
      return `${chance.pick(['', '-'])}${front}${behind}`;
    },
    comesBack: (value) => canonicalPacked(value, decimals),
    holds: (value) => /^-?\d+(\.\d+)?$/.test(value),
    drawBad: (chance) =>
      chance
        .pick([`1${'0'.repeat(whole)}`, `0.${'0'.repeat(decimals)}1`, '1,5', '1e3', '1.', '+1', '5-', '--1', 'NaN', ''])
        .replace(/^$/, 'x'),
  };
}

function canonicalPacked(value: string, decimals: number): string {
  const [, sign = '', whole = '', fraction = ''] = /^(-?)0*(\d*)(?:\.(\d*))?$/.exec(value) ?? [];
  const kept = fraction.padEnd(decimals, '0').slice(0, decimals);
  const isZero = /^0*$/.test(whole + kept);
  const front = (isZero ? '' : sign) + (whole === '' ? '0' : whole);
  return decimals === 0 ? front : `${front}.${kept}`;
}

/** Integers of one to eight bytes. */
export function integers(field: string, least: bigint, most: bigint): ValueKind {
  return {
    field,
    draw: (chance) =>
      String(chance.pick([least, most, 0n, BigInt(chance.below(200)), least + BigInt(chance.below(200))])),
    comesBack: (value) => value,
    holds: (value) => /^-?\d+$/.test(value) && BigInt(value) >= least && BigInt(value) <= most,
    drawBad: (chance) =>
      chance.pick([String(most + 1n), String(least - 1n), '1.5', '0x10', '1e2', '9'.repeat(60), 'one']),
  };
}

/** Bytes: the field is filled up with zeros. */
export function bytes(field: string, length: number): ValueKind {
  return {
    field,
    draw: (chance) =>
      Array.from({ length: chance.pick([0, length, chance.upTo(length)]) }, () => pad(chance.below(256), 3))
        .map((it) => Number(it).toString(16).padStart(2, '0'))
        .join('')
        .toUpperCase(),
    comesBack: (value) => value.padEnd(length * 2, '0'),
    holds: (value) => /^([0-9A-F]{2})*$/.test(value),
    drawBad: (chance) => chance.pick(['A', 'GG', '00'.repeat(length + 1), '0x00', ' 00']),
  };
}

/** Floats: not the text comes back but the number. */
export const floats: ValueKind = {
  field: 'FLTP_FIELD',
  draw: (chance) =>
    chance.pick([
      '0',
      '-0.1',
      '1e308',
      '-1.7976931348623157e308',
      '5e-324',
      '123456789.125',
      `${chance.below(1e6)}.${drawDigits(chance, 8)}`,
    ]),
  comesBack: (value) => String(Number(value)),
  holds: (value) => /^-?\d+(\.\d+)?(e-?\d+)?$/.test(value),
  drawBad: (chance) => chance.pick(['1e999', 'Infinity', 'NaN', '1,5', 'x']),
};

/** Every field of the echo function's flat structure that has a type of its own. */
export const valueKinds: readonly ValueKind[] = [
  text('CHAR1_FIELD', 1),
  text('CHAR10_FIELD', 10),
  text('CHAR255_FIELD', 255),
  text('LANG_FIELD', 1, Array.from('DEF1289ZN')),
  text('CUKY_FIELD', 5, ['EUR', 'JPY', 'KWD', 'USD']),
  text('UNIT_FIELD', 3, ['ST', 'KG', 'KAR', '%']),
  digits('NUMC1_FIELD', 1),
  digits('NUMC10_FIELD', 10),
  digits('NUMC18_FIELD', 18),
  dates,
  times,
  packed('DEC5_FIELD', 5, 0),
  packed('DEC23_FIELD', 23, 4),
  packed('DEC31_FIELD', 31, 14),
  packed('CURR_FIELD', 15, 2),
  packed('QUAN_FIELD', 13, 3),
  integers('INT1_FIELD', 0n, 255n),
  integers('INT2_FIELD', -(2n ** 15n), 2n ** 15n - 1n),
  integers('INT4_FIELD', -(2n ** 31n), 2n ** 31n - 1n),
  floats,
  bytes('RAW3_FIELD', 3),
  bytes('RAW16_FIELD', 16),
];
