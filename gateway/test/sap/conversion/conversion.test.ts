/** Conversions, each checked on thousands of random cases against an independent way to the same result. */
import { describe, expect, test } from '@jest/globals';
import { displayKey, padKey } from '../../../src/sap/conversion/alpha.ts';
import { moneyFromCurr, moneyFromDec, signedDecimal, usualDecimals } from '../../../src/sap/conversion/amounts.ts';
import { addDays, daysBetween, isValidDate, toCalendarDate, todayIn } from '../../../src/sap/conversion/dates.ts';
import {
  add,
  compare,
  formatDecimal,
  negate,
  parseDecimal,
  percentOf,
  shift,
  subtract,
} from '../../../src/sap/conversion/decimal.ts';
import type { Decimal } from '../../../src/sap/conversion/decimal.ts';
import { languageIso, languageKey } from '../../../src/sap/conversion/languages.ts';
import { partnerRole } from '../../../src/sap/conversion/partner-functions.ts';
import { quantity, unitOf } from '../../../src/sap/conversion/units.ts';
import { money as moneySchema } from '../../../src/model/index.ts';
import { systemClock } from '../../../src/timing/index.ts';
import { seeded } from '../fakes/seeded.ts';

const rounds = 2_000;

function decimal(text: string): Decimal {
  const value = parseDecimal(text);
  if (value === undefined) throw new Error(`${text} is not a decimal`);
  return value;
}

function randomDecimal(random: ReturnType<typeof seeded>, digits: number, decimals: number): string {
  const whole = Array.from({ length: 1 + random.below(digits) }, () => random.below(10)).join('');
  const fraction = Array.from({ length: random.upTo(decimals) }, () => random.below(10)).join('');
  return `${random.pick(['', '-'])}${whole}${fraction === '' ? '' : `.${fraction}`}`;
}

describe('decimals', () => {
  test('sums and differences are exact, where floats are not', () => {
    const random = seeded(1);
    for (let round = 0; round < rounds; round += 1) {
      const [a, b] = [randomDecimal(random, 19, 9), randomDecimal(random, 19, 9)];
      const scaled = (text: string): bigint => {
        const [whole = '', fraction = ''] = text.split('.');
        return BigInt(`${whole}${fraction.padEnd(9, '0')}`);
      };
      expect(shift(add(decimal(a), decimal(b)), 9)).toMatchObject({ scale: 0 });
      expect(shift(add(decimal(a), decimal(b)), 9).units).toBe(scaled(a) + scaled(b));
      expect(shift(subtract(decimal(a), decimal(b)), 9).units).toBe(scaled(a) - scaled(b));
      expect(Math.sign(compare(decimal(a), decimal(b)))).toBe(
        Number(scaled(a) > scaled(b)) - Number(scaled(a) < scaled(b)),
      );
    }
    expect(formatDecimal(add(decimal('0.1'), decimal('0.2')))).toBe('0.3');
  });

  test('a figure that is written and read again is the same figure', () => {
    const random = seeded(2);
    for (let round = 0; round < rounds; round += 1) {
      const value = decimal(randomDecimal(random, 23, 9));
      const places = random.upTo(4);
      const text = formatDecimal(value, places);
      expect(compare(decimal(text), value)).toBe(0);
      expect((text.split('.')[1] ?? '').length).toBeGreaterThanOrEqual(places);
      expect(text).not.toMatch(/^-0(\.0*)?$/);
      expect(compare(negate(negate(value)), value)).toBe(0);
    }
  });

  test.each(['', '-', '.', '1e5', '1,5', '0x10', 'NaN', '1.2.3', '--1', '1-', '１'])('%j is not a figure', (text) => {
    expect(parseDecimal(text)).toBeUndefined();
  });

  test('percent is rounded half away from zero, to one decimal', () => {
    const percent = (part: string, whole: string): string =>
      formatDecimal(percentOf(decimal(part), decimal(whole), 1) ?? decimal('-1'), 1);
    expect(percent('83.35', '100')).toBe('83.4');
    expect(percent('83.34', '100')).toBe('83.3');
    expect(percent('-0.05', '100')).toBe('-0.1');
    expect(percent('200000.0000', '150000.00')).toBe('133.3');
    expect(percentOf(decimal('5'), decimal('0.00'), 1)).toBeUndefined();
  });
});

describe('amounts', () => {
  test('real units take the decimals of their currency and lose nothing', () => {
    expect(moneyFromDec('1000.0000', 'JPY', usualDecimals)).toEqual({ amount: '1000', currency: 'JPY' });
    expect(moneyFromDec('12.5000', 'KWD', usualDecimals)).toEqual({ amount: '12.500', currency: 'KWD' });
    expect(moneyFromDec('-3.1000', 'EUR', usualDecimals)).toEqual({ amount: '-3.10', currency: 'EUR' });
    expect(moneyFromDec('0.0000', 'EUR', usualDecimals)).toEqual({ amount: '0.00', currency: 'EUR' });
    expect(moneyFromDec('1.2345', 'EUR', usualDecimals)).toEqual({ amount: '1.2345', currency: 'EUR' });
    expect(moneyFromDec('7.0000', 'USDN', new Map([['USDN', 5]]))).toEqual({ amount: '7.00000', currency: 'USDN' });
  });

  test('the short way for everyday amounts gives what arithmetic gives', () => {
    const random = seeded(9);
    for (let round = 0; round < rounds; round += 1) {
      const currency = random.pick(['EUR', 'JPY', 'KWD']);
      const text = random.pick([
        randomDecimal(random, 12, 4),
        `${random.below(9_999)}.${random.pick(['0000', '5000', '1200', '0001', '0'])}`,
        '0.0000',
        '0007.10',
      ]);
      const places = usualDecimals.get(currency) ?? 2;
      expect(moneyFromDec(text, currency, usualDecimals).amount).toBe(formatDecimal(decimal(text), places));
    }
  });

  test('CURR fields are stored with two decimals whatever the currency has', () => {
    expect(moneyFromCurr('10.00', 'JPY', usualDecimals)).toEqual({ amount: '1000', currency: 'JPY' });
    expect(moneyFromCurr('125.00', 'KWD', usualDecimals)).toEqual({ amount: '12.500', currency: 'KWD' });
    expect(moneyFromCurr('12.34', 'EUR', usualDecimals)).toEqual({ amount: '12.34', currency: 'EUR' });
  });

  test('every amount of every currency fits the model', () => {
    const random = seeded(3);
    for (let round = 0; round < rounds; round += 1) {
      const currency = random.pick(['EUR', 'JPY', 'KWD', 'USD', 'CLP', 'BHD']);
      const text = randomDecimal(random, 15, 4);
      expect(moneySchema.safeParse(moneyFromDec(text, currency, usualDecimals)).success).toBe(true);
      const { amount } = moneyFromCurr(randomDecimal(random, 13, 2), currency, usualDecimals);
      expect((amount.split('.')[1] ?? '').length).toBeGreaterThanOrEqual(usualDecimals.get(currency) ?? 2);
    }
  });

  test('a credit is negative, a debit is as it stands', () => {
    expect(formatDecimal(signedDecimal('10.0000', 'H'), 2)).toBe('-10.00');
    expect(formatDecimal(signedDecimal('10.0000', 'S'), 2)).toBe('10.00');
  });
});

describe('dates', () => {
  test('adding and counting days agree with each other and with the calendar', () => {
    const random = seeded(4);
    for (let round = 0; round < rounds; round += 1) {
      const start = new Date(Date.UTC(1950 + random.below(150), random.below(12), 1 + random.below(28)))
        .toISOString()
        .slice(0, 10);
      const date = start.replaceAll('-', '');
      const days = random.below(20_000) - 10_000;
      const expected = new Date(Date.parse(start) + days * 86_400_000).toISOString().slice(0, 10);
      expect(addDays(date, days)).toBe(expected.replaceAll('-', ''));
      expect(daysBetween(date, addDays(date, days))).toBe(days);
      expect(toCalendarDate(date)).toBe(start);
    }
  });

  test.each(['', '00000000', '99991231', '20260230', '20261301', 'abcdefgh'])('%j is no day to wait for', (date) => {
    expect(toCalendarDate(date)).toBeNull();
  });

  test('the ends of the calendar hold', () => {
    expect(addDays('99991231', 5)).toBe('99991231');
    expect(addDays('00010101', -5)).toBe('00010101');
    expect(isValidDate('20240229')).toBe(true);
    expect(isValidDate('20230229')).toBe(false);
  });

  test("today is what SAP's own server calls it", () => {
    const clock = { ...systemClock, now: () => Date.parse('2026-03-01T23:30:00Z') };
    expect(todayIn('Europe/Berlin', clock)).toBe('20260302');
    expect(todayIn('America/New_York', clock)).toBe('20260301');
  });
});

describe('keys, languages, units, partner functions', () => {
  test('a key padded for SAP and stripped for people is the same key', () => {
    const random = seeded(5);
    for (let round = 0; round < rounds; round += 1) {
      const number = String(1 + random.below(2_000_000_000));
      expect(padKey(number, 10)).toHaveLength(10);
      expect(displayKey(padKey(number, 10))).toBe(number);
      expect(padKey(padKey(number, 10), 10)).toBe(padKey(number, 10));
    }
    expect(padKey('web4711', 10)).toBe('WEB4711');
    expect(displayKey('WEB4711')).toBe('WEB4711');
    expect(padKey('', 10)).toBe('');
    expect(displayKey('0000')).toBe('0');
  });

  test('every language key leads to its ISO code and back', () => {
    for (const key of 'ABCDEFGHIJKLNOPQRSTUVWXY0123456789') expect(languageKey(languageIso(key) ?? '')).toBe(key);
    expect(languageKey('de')).toBe('D');
    for (const name of ['constructor', '__proto__', 'toString']) {
      expect(languageIso(name)).toBeUndefined();
      expect(partnerRole(name)).toBe('other');
    }
    expect(languageIso('?')).toBeUndefined();
  });

  test('units are shown by their ISO code where SAP gives one or an item has taught it', () => {
    expect(unitOf('ST', 'PCE')).toBe('PCE');
    expect(unitOf('ST', '', new Map([['ST', 'PCE']]))).toBe('PCE');
    expect(unitOf('XYZ', '')).toBe('XYZ');
    expect(quantity('10.000', 'PCE')).toEqual({ value: '10', unit: 'PCE' });
    expect(quantity('2.500', 'KGM')).toEqual({ value: '2.5', unit: 'KGM' });
  });

  test("SAP's internal SP is the forwarding agent, never the sold-to party", () => {
    expect(['AG', 'WE', 'RE', 'RG', 'SP', 'SH'].map(partnerRole)).toEqual([
      'sold-to',
      'ship-to',
      'bill-to',
      'payer',
      'other',
      'other',
    ]);
  });
});
