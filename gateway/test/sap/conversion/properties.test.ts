/** What holds for every value, without any SAP: keys, capitals, days, money, languages, partner functions, units. */
import { describe, expect, test } from '@jest/globals';
import { displayKey, inCapitals, padKey } from '../../../src/sap/conversion/alpha.ts';
import { decimalsOf, moneyFromCurr, moneyFromDec, negated } from '../../../src/sap/conversion/amounts.ts';
import { addDays, daysBetween, isValidDate, toCalendarDate } from '../../../src/sap/conversion/dates.ts';
import { formatDecimal, parseDecimal, shift } from '../../../src/sap/conversion/decimal.ts';
import { languageIso, languageKey } from '../../../src/sap/conversion/languages.ts';
import { partnerKey, partnerRole } from '../../../src/sap/conversion/partner-functions.ts';
import { internalUnit, unitOf } from '../../../src/sap/conversion/units.ts';
import { seeded } from '../fakes/seeded.ts';
import type { Seeded } from '../fakes/seeded.ts';

/** The first value for which the property does not hold, with what makes it fail. */
function firstExample<T>(
  draw: (chance: Seeded) => T,
  problem: (value: T) => string | undefined,
  cases = 5_000,
): string {
  const chance = seeded(20_261_121);
  for (let index = 0; index < cases; index += 1) {
    const value = draw(chance);
    const found = problem(value);
    if (found !== undefined) return `${JSON.stringify(value)}: ${found}`;
  }
  return 'none';
}

const digits = (chance: Seeded, most: number): string =>
  Array.from({ length: 1 + chance.below(most) }, () => chance.below(10)).join('');
const letters = Array.from('aZ09-./ßäéŉ中 ');
const word = (chance: Seeded): string => Array.from({ length: chance.below(18) }, () => chance.pick(letters)).join('');

describe('keys', () => {
  test('a number is the same with and without its zeros, and as long as its field', () => {
    const problem = (value: string): string | undefined => {
      const padded = padKey(value, 18);
      if (padded.length !== 18) return `${padded} has not 18 places`;
      return padKey(displayKey(padded), 18) === padded ? undefined : `${displayKey(padded)} is another key`;
    };
    expect(firstExample((chance) => digits(chance, 18), problem)).toBe('none');
  });

  test('a text is never longer than it was, and twice is as good as once', () => {
    const problem = (value: string): string | undefined => {
      const key = padKey(`x${value}`, 10);
      if (key.length > value.length + 1) return `${key} is longer`;
      return padKey(key, 10) === key && displayKey(key) === key ? undefined : `${key} changes once more`;
    };
    expect(firstExample(word, problem)).toBe('none');
    expect([inCapitals('straße'), inCapitals('Müller é')]).toEqual(['STRAßE', 'MÜLLER É']);
  });
});

describe('days', () => {
  test('a day is one exactly where the calendar has it', () => {
    const draw = (chance: Seeded): string =>
      `${String(chance.below(10_000)).padStart(4, '0')}${String(chance.below(14)).padStart(2, '0')}${String(chance.below(33)).padStart(2, '0')}`;
    const problem = (date: string): string | undefined => {
      const iso = `${date.slice(0, 4)}-${date.slice(4, 6)}-${date.slice(6)}`;
      const parsed = new Date(`${iso}T00:00:00Z`);
      const isDay = !date.startsWith('0000') && !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(iso);
      return isValidDate(date) === isDay ? undefined : `valid: ${isValidDate(date)}`;
    };
    expect(firstExample(draw, problem, 20_000)).toBe('none');
  });

  test('so many days later and back is the same day, and that many days lie between', () => {
    const draw = (chance: Seeded): number => chance.below(3_600_000);
    const problem = (count: number): string | undefined => {
      const later = addDays('00010101', count);
      if (!isValidDate(later)) return `${later} is no day`;
      if (daysBetween('00010101', later) !== count) return `${daysBetween('00010101', later)} days`;
      return addDays(later, -count) === '00010101' ? undefined : `back on ${addDays(later, -count)}`;
    };
    expect(firstExample(draw, problem)).toBe('none');
  });

  test.each(['', '00000000', '99991231', '20260230', '20261301', '00000101'])('%p is no day to wait for', (date) => {
    expect(toCalendarDate(date)).toBeNull();
  });
});

describe('money', () => {
  const table = new Map([
    ['JPY', 0],
    ['KWD', 3],
    ['ZZ5', 5],
  ]);
  const draw = (chance: Seeded): readonly [string, string] => {
    const currency = chance.pick(['JPY', 'KWD', 'ZZ5', 'EUR', 'XXX']);
    const places = decimalsOf(currency, table);
    const fraction = places === 0 ? '' : `.${digits(chance, 1).repeat(places)}`;
    const whole = digits(chance, 10).replace(/^0+(?=\d)/, '');
    const isZero = /^[0.]*$/.test(whole + fraction);
    return [`${!isZero && chance.below(2) === 0 ? '-' : ''}${whole}${fraction}`, currency];
  };

  test('reads the same from a field with two stored decimals and from one with real units', () => {
    const problem = ([amount, currency]: readonly [string, string]): string | undefined => {
      const decimal = parseDecimal(amount);
      if (decimal === undefined) return 'no decimal';
      const stored = formatDecimal(shift(decimal, decimalsOf(currency, table) - 2), 2);
      const [fromCurr, fromDec] = [moneyFromCurr(stored, currency, table), moneyFromDec(amount, currency, table)];
      if (fromCurr.amount !== amount) return `${fromCurr.amount} from CURR ${stored}`;
      if (fromDec.amount !== amount) return `${fromDec.amount} from DEC`;
      return negated(negated(fromCurr)).amount === amount
        ? undefined
        : `${negated(negated(fromCurr)).amount} twice negated`;
    };
    expect(firstExample(draw, problem)).toBe('none');
  });
});

describe('codes', () => {
  const keys = Array.from('ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789');

  test('a language that has an ISO code is found by it again; others have none', () => {
    for (const key of keys) {
      const iso = languageIso(key);
      expect(iso === undefined ? undefined : languageKey(iso)).toBe(iso === undefined ? undefined : key);
    }
    expect([languageKey('QQ'), languageKey('D'), languageIso('Z'), languageIso('')]).toEqual(Array(4).fill(undefined));
  });

  test('a role has one internal key; SP inside is the forwarding agent, and no role of ours', () => {
    for (const role of ['sold-to', 'ship-to', 'bill-to', 'payer'] as const)
      expect(partnerRole(partnerKey(role))).toBe(role);
    expect([partnerRole('SP'), partnerRole('SH'), partnerRole('ag'), partnerKey('sp')]).toEqual([
      'other',
      'other',
      'other',
      'SP',
    ]);
  });

  test('a unit with an ISO code of its own comes back; others stay as they are', () => {
    for (const iso of ['PCE', 'CT', 'PK', 'PR', 'HUR', 'DAY']) expect(unitOf(internalUnit(iso), '')).toBe(iso);
    for (const unit of ['KG', 'M', 'ZZZ', '%']) expect([internalUnit(unit), unitOf(unit, '')]).toEqual([unit, unit]);
    expect(unitOf('ST', 'XPP')).toBe('XPP');
  });
});
