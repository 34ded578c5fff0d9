/** What raw text means: SAP's ways to write nothing, and what is refused because it means nothing. */
import { describe, expect, test } from '@jest/globals';
import { dateOf, decimalOf, textOf, timeOf } from '../../../src/sap/idoc/index.ts';
import type { IdocSegment } from '../../../src/sap/idoc/index.ts';
import { formatDecimal } from '../../../src/sap/conversion/decimal.ts';

const holding = (text: string): IdocSegment => ({ name: 'E1KNKKM', parent: null, fields: { X: text } });
const figure = (text: string): string | null | undefined => {
  const value = decimalOf(holding(text), 'X');
  return value === undefined || value === null ? value : formatDecimal(value);
};

describe('a field', () => {
  test.each([dateOf, timeOf, decimalOf, textOf])('that was not sent has no value at all (%p)', (read) => {
    expect(read({ name: 'E1KNKKM', parent: null, fields: {} }, 'X')).toBeUndefined();
    expect(read(holding('/'), 'X')).toBeUndefined();
    expect(read(holding('  /'), 'X')).toBeUndefined();
  });

  test.each([dateOf, timeOf, decimalOf])('that was sent blank holds nothing (%p)', (read) => {
    expect(read(holding(''), 'X')).toBeNull();
    expect(read(holding('   '), 'X')).toBeNull();
  });

  test('keeps its raw text', () => {
    const segment = holding('      12.500-');
    decimalOf(segment, 'X');
    expect(segment.fields.X).toBe('      12.500-');
    expect(textOf(segment, 'X')).toBe('12.500-');
  });
});

describe('a date', () => {
  test.each([
    ['20261121', '2026-11-21'],
    ['20240229', '2024-02-29'],
    ['00000000', null],
    ['99991231', null],
  ])('%s is %s', (text, day) => expect(dateOf(holding(text), 'X')).toBe(day));

  test.each(['20260230', '20251301', '2026112', '21.11.2026', '00000001', '2026-11-21', 'ABCDEFGH', '20230229'])(
    '%s does not exist',
    (text) =>
      expect(() => dateOf(holding(text), 'X')).toThrow(
        expect.objectContaining({
          code: 'IDOC_VALUE_INVALID',
          context: expect.objectContaining({ segment: 'E1KNKKM', field: 'X' }),
        }),
      ),
  );
});

describe('a time', () => {
  test.each([
    ['101500', '10:15:00'],
    ['000000', '00:00:00'],
    ['235959', '23:59:59'],
  ])('%s is %s', (text, time) => expect(timeOf(holding(text), 'X')).toBe(time));

  test.each(['240000', '126000', '10150', '10:15:00'])('%s does not exist', (text) =>
    expect(() => timeOf(holding(text), 'X')).toThrow(expect.objectContaining({ code: 'IDOC_VALUE_INVALID' })),
  );
});

describe('a figure', () => {
  test.each([
    ['12.50', '12.5'],
    ['12.50-', '-12.5'],
    ['12.50 -', '-12.5'],
    ['-12.50', '-12.5'],
    ['     0.000', '0'],
    ['0.00-', '0'],
    ['1234567890123456.789', '1234567890123456.789'],
    ['.5', '0.5'],
    ['000100', '100'],
  ])('%j is %s', (text, value) => expect(figure(text)).toBe(value));

  test.each(['1,234.50', '1.234,50', '-5-', '1e3', '-', '--5', '12 50', 'EUR', '٣', '1.2.3'])('%j is none', (text) =>
    expect(() => figure(text)).toThrow(expect.objectContaining({ code: 'IDOC_VALUE_INVALID' })),
  );
});
