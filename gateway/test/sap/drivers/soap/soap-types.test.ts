/** Values of every ABAP type, there and back, thousands of times. */
import { describe, expect, test } from '@jest/globals';
import { GatewayError } from '../../../../src/errors/index.ts';
import { fromSoap, toSoap } from '../../../../src/sap/drivers/soap/soap-types.ts';
import { scalarType } from '../../../../src/sap/functions/signature.ts';
import type { FieldType } from '../../../../src/sap/functions/signature.ts';
import { seeded } from '../../fakes/seeded.ts';
import type { Seeded } from '../../fakes/seeded.ts';

const digits = (random: Seeded, length: number): string => Array.from({ length }, () => random.below(10)).join('');
const unescaped = (text: string): string =>
  text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&#13;', '\r').replaceAll('&amp;', '&');

const values: readonly [FieldType, (random: Seeded) => string][] = [
  [
    'C10',
    (random) =>
      Array.from({ length: random.upTo(10) }, () => random.pick(Array.from('aZ09 &<>"\'äöüßéЖ日')))
        .join('')
        .trimEnd(),
  ],
  ['N6', (random) => digits(random, 6)],
  [
    'D',
    (random) =>
      random.pick(['00000000', '99991231', `20${digits(random, 2)}0${1 + random.below(9)}1${random.below(10)}`]),
  ],
  ['T', (random) => `1${random.below(10)}${random.below(6)}${random.below(10)}${random.below(6)}${random.below(10)}`],
  [
    'P23.4',
    (random) =>
      `${random.pick(['', '-'])}${1 + random.below(9)}${digits(random, random.upTo(17))}.${digits(random, 1 + random.below(4))}`,
  ],
  ['I', (random) => String(random.below(4_000_000) - 2_000_000)],
  ['F', (random) => String(Number(`${random.below(100)}.5E${random.pick(['+', '-'])}${random.below(9)}`))],
  ['X4', (random) => Array.from({ length: 4 }, () => random.pick(['00', '7F', 'FF', 'A0'])).join('')],
];

const codeOf = (work: () => unknown): string => {
  try {
    work();
    return 'accepted';
  } catch (thrown) {
    return thrown instanceof GatewayError ? thrown.code : String(thrown);
  }
};

describe('ABAP values over SOAP', () => {
  test.each(values)('%s there and back is the same value', (name, make) => {
    const random = seeded(name.length + 40);
    const type = scalarType(name);
    for (let round = 0; round < 1_000; round += 1) {
      const value = make(random);
      expect(fromSoap(type, unescaped(toSoap(type, value, 'F')))).toBe(value);
    }
  });

  test.each<[FieldType, string, string]>([
    ['D', '0000-00-00', '00000000'],
    ['D', '', '00000000'],
    ['D', '2026-01-31', '20260131'],
    ['D', '20260131', '20260131'],
    ['T', '23:59:59', '235959'],
    ['T', '', '000000'],
    ['N6', '10', '000010'],
    ['N3', '', '000'],
    ['P15.2', '-12.50', '-12.50'],
    ['P15.2', '', '0'],
    ['I', ' 7 ', '7'],
    ['C10', '  a b  ', '  a b'],
    ['F', '1.5000000000000000E+00', '1.5'],
    ['X2', 'q80=', 'ABCD'],
  ])('%s %j is read as %j', (type, text, expected) => {
    expect(fromSoap(scalarType(type), text)).toBe(expected);
  });

  test.each<[FieldType, string]>([
    ['D', '31.01.2026'],
    ['D', '2026-1-31'],
    ['T', '25'],
    ['N6', 'abc'],
    ['P15.2', '1,50'],
    ['P15.2', '1.50-'],
    ['I', '1.5'],
    ['X2', '!'],
  ])('%s %j is unreadable, not guessed', (type, text) => {
    expect(codeOf(() => fromSoap(scalarType(type), text))).toBe('SAP_ANSWER_UNREADABLE');
  });

  test.each<[FieldType, string, string]>([
    ['C3', 'abcd', 'SAP_VALUE_TOO_LONG'],
    ['N3', '1234', 'SAP_VALUE_TOO_LONG'],
    ['N3', 'x', 'REQUEST_INVALID'],
    ['D', '2026-01-31', 'REQUEST_INVALID'],
    ['P5.2', '1234.00', 'SAP_VALUE_TOO_LONG'],
    ['P5.2', '1.005', 'SAP_VALUE_TOO_LONG'],
    ['P5.2', '123.4500', 'accepted'],
    ['P5.2', '-000123.45', 'accepted'],
    ['P5.2', '1e3', 'REQUEST_INVALID'],
    ['I', '123456789012', 'SAP_VALUE_TOO_LONG'],
    ['X2', 'ABC', 'REQUEST_INVALID'],
    ['S', 'line\nbreak', 'accepted'],
    ['C20', 'line\nbreak', 'REQUEST_INVALID'],
  ])('%s %j: %s', (type, value, expected) => {
    expect(codeOf(() => toSoap(scalarType(type), value, 'F'))).toBe(expected);
  });
});
