/** Values of every type and conversion, thousands of them, out and back through both drivers and the simulated SAP. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { ServiceValues } from '../../../src/ports/index.ts';
import type { SapSettings } from '../../../src/sap/index.ts';
import { seeded } from '../fakes/seeded.ts';
import type { Seeded } from '../fakes/seeded.ts';
import { describeRfc, failureOf, named, soon, startServices } from './services-under-test.ts';
import type { ServicesUnderTest } from './services-under-test.ts';

interface Column {
  readonly field: string;
  readonly type: string;
  readonly more?: string;
  /** A value as a caller sends it, and as it comes back. */
  readonly make: (chance: Seeded) => { readonly sent: unknown; readonly back: unknown };
}

const same = (value: unknown): { sent: unknown; back: unknown } => ({ sent: value, back: value });
const digits = (chance: Seeded, most: number): string =>
  Array.from({ length: 1 + chance.below(most) }, () => chance.below(10)).join('');
const characters = Array.from('aZ09 äÖß éñ Жя 日本 ₿ <&>"\' \u00a0 😀 ~');
const words = (chance: Seeded, most: number): string => {
  let text = '';
  for (let left = chance.upTo(most); left > 0; left -= 1) {
    const next = chance.pick(characters);
    if (text.length + next.length <= most) text += next;
  }
  // Trailing blanks do not exist in ABAP.
  return text.replace(/ +$/, '');
};
/** A decimal without superfluous zeros. */
const decimal = (chance: Seeded, whole: number, places: number): string => {
  const before = String(BigInt(digits(chance, whole)));
  const after = places === 0 ? '' : digits(chance, places).replace(/0+$/, '');
  const text = after === '' ? before : `${before}.${after}`;
  return chance.below(3) === 0 && /[1-9]/.test(text) ? `-${text}` : text;
};
const hexadecimal = Array.from('0123456789ABCDEF');
const two = (number: number): string => String(number).padStart(2, '0');
const day = (chance: Seeded): string =>
  chance.below(8) === 0
    ? '9999-12-31'
    : `${String(1 + chance.below(9_999)).padStart(4, '0')}-${two(1 + chance.below(12))}-${two(1 + chance.below(28))}`;
const withZeros = (text: string): string => (/^\d+$/.test(text) ? text.padStart(10, '0') : withoutZeros(text));
const withoutZeros = (text: string): string => (/^\d+$/.test(text) ? String(BigInt(text)) : text.toUpperCase());
const between = (chance: Seeded, least: number, most: number): number => least + chance.below(most - least + 1);
const key = (chance: Seeded, length: number): string =>
  chance.below(3) === 0 ? `${chance.pick(['a', 'w', 'Z'])}${digits(chance, length - 1)}` : digits(chance, length);

const columns: readonly Column[] = [
  { field: 'CHAR255_FIELD', type: 'text', make: (chance) => same(words(chance, 255)) },
  { field: 'CHAR10_FIELD', type: 'text', make: (chance) => same(words(chance, 10)) },
  { field: 'CHAR1_FIELD', type: 'boolean', make: (chance) => same(chance.below(2) === 1) },
  {
    field: 'NUMC10_FIELD',
    type: 'text',
    make: (chance) => {
      const text = digits(chance, 10);
      return { sent: text, back: text.padStart(10, '0') };
    },
  },
  { field: 'NUMC18_FIELD', type: 'integer', make: (chance) => same(between(chance, 0, Number.MAX_SAFE_INTEGER - 1)) },
  { field: 'DATS_FIELD', type: 'date', make: (chance) => same(day(chance)) },
  {
    field: 'TIMS_FIELD',
    type: 'time',
    make: (chance) => same(`${two(chance.below(24))}:${two(chance.below(60))}:${two(chance.below(60))}`),
  },
  { field: 'DEC5_FIELD', type: 'integer', make: (chance) => same(between(chance, -99_999, 99_999)) },
  { field: 'DEC23_FIELD', type: 'decimal', make: (chance) => same(decimal(chance, 19, 4)) },
  { field: 'DEC31_FIELD', type: 'decimal', make: (chance) => same(decimal(chance, 17, 14)) },
  { field: 'QUAN_FIELD', type: 'decimal', make: (chance) => same(decimal(chance, 10, 3)) },
  { field: 'INT1_FIELD', type: 'integer', make: (chance) => same(between(chance, 0, 255)) },
  { field: 'INT2_FIELD', type: 'integer', make: (chance) => same(between(chance, -32_768, 32_767)) },
  { field: 'INT4_FIELD', type: 'integer', make: (chance) => same(between(chance, -2_147_483_648, 2_147_483_647)) },
  { field: 'FLTP_FIELD', type: 'decimal', make: (chance) => same(String(between(chance, -8_000, 8_000) / 8)) },
  {
    field: 'RAW16_FIELD',
    type: 'text',
    make: (chance) => same(Array.from({ length: 32 }, () => chance.pick(hexadecimal)).join('')),
  },
  {
    field: 'LANG_FIELD',
    type: 'text',
    more: 'conversion: language',
    make: (chance) => {
      const iso = chance.pick(['DE', 'EN', 'ZH', 'SR', 'fr', 'JA']);
      return { sent: iso, back: iso.toUpperCase() };
    },
  },
  {
    field: 'UNIT_FIELD',
    type: 'text',
    more: 'conversion: unit',
    make: (chance) => {
      const unit = chance.pick(['PCE', 'kg', 'CT', 'HUR', 'M']);
      return { sent: unit, back: unit.toUpperCase() };
    },
  },
  {
    field: 'KUNNR',
    type: 'text',
    more: 'conversion: customer-number',
    make: (chance) => {
      const text = key(chance, 10);
      return { sent: text, back: withZeros(text) };
    },
  },
  {
    field: 'MATNR',
    type: 'text',
    more: 'conversion: material-number',
    make: (chance) => {
      const text = key(chance, 18);
      return { sent: text, back: withoutZeros(text) };
    },
  },
  { field: 'CUKY_FIELD', type: 'text', make: () => same('') },
  {
    field: 'CURR_FIELD',
    type: 'decimal',
    more: 'conversion: amount, currency: cukyField',
    make: () => same('0'),
  },
];
/** Decimals of each, as in TCURX. */
const places: Readonly<Record<string, number>> = { EUR: 2, JPY: 0, KWD: 3, USD: 2 };

const nameOf = (field: string): string =>
  field.toLowerCase().replace(/_(.)/g, (_all, letter: string) => letter.toUpperCase());

function row(chance: Seeded): { readonly sent: ServiceValues; readonly back: ServiceValues } {
  const sent: Record<string, unknown> = {};
  const back: Record<string, unknown> = {};
  for (const { field, make } of columns) {
    const value = make(chance);
    sent[nameOf(field)] = value.sent;
    back[nameOf(field)] = value.back;
  }
  const currency = chance.pick(Object.keys(places));
  const decimals = places[currency] ?? 2;
  const amount = decimal(chance, 12, decimals);
  const [whole = '', fraction = ''] = amount.split('.');
  const shown = decimals === 0 ? whole : `${whole}.${fraction.padEnd(decimals, '0')}`;
  return {
    sent: { ...sent, cukyField: currency, currField: amount },
    back: { ...back, cukyField: currency, currField: shown },
  };
}

const fields = (direction: 'to' | 'from'): string =>
  columns
    .map(
      ({ field, type, more }) =>
        `      - { name: ${nameOf(field)}, ${direction}: ${field}, type: ${type}${more === undefined ? '' : `, ${more}`} }`,
    )
    .join('\n');
const file = `gangway: 1
name: Echo
summary: Gives everything back
function: Z_GANGWAY_TEST_ECHO
effect: read
inputs:
  - name: one
    to: CS_ALL
    type: structure
    fields:
${fields('to')}
  - name: many
    to: TT_ALL
    type: list
    maxRows: 1000
    fields:
${fields('to')}
  - { name: string, to: I_STRING, type: text }
  - { name: quantity, to: I_NUMC10, type: decimal, conversion: thousandths }
  - { name: partner, to: I_CHAR10, type: text, enum: [sold-to, ship-to, '', 'a'] }
outputs:
  - name: one
    from: CS_ALL
    type: structure
    fields:
${fields('from')}
  - name: many
    from: TT_ALL
    type: list
    fields:
${fields('from')}
  - { name: string, from: E_STRING, type: text }
  - { name: quantity, from: E_NUMC10, type: decimal, conversion: thousandths }
`;

describe.each<SapSettings['driver']>(['soap', 'node-rfc'])('through %s', (driver) => {
  const suite = driver === 'soap' ? describe : describeRfc;
  suite('every value comes back as it was sent', () => {
    let it: ServicesUnderTest;
    beforeAll(async () => {
      it = await startServices(driver);
      it.put('Echo.yaml', file);
    });
    afterAll(() => it.close());
    const call = async (inputs: ServiceValues): Promise<ServiceValues> =>
      (await it.sap.services.read(named('Echo'), inputs, soon())).outputs;

    test('in 400 rows of a table', async () => {
      expect(await it.bench.checkServiceFile(file, soon())).toEqual([]);
      const chance = seeded(20_260_228);
      const rows = Array.from({ length: 400 }, () => row(chance));
      const { many } = await call({ many: rows.map(({ sent }) => sent) });
      expect(many).toEqual(rows.map(({ back }) => back));
    });

    test('in a structure, call by call', async () => {
      const chance = seeded(4711);
      for (let number = 0; number < 40; number += 1) {
        const { sent, back } = row(chance);
        expect((await call({ one: sent }))['one']).toEqual(back);
      }
    });

    test('in a string with line breaks, and in digits with implied decimals', async () => {
      const text = 'first\nsecond\tthird <&> 😀';
      expect(await call({ string: text, quantity: '2.5' })).toMatchObject({ string: text, quantity: '2.5' });
    });

    test('and nothing is what SAP has not got: no date is left out, no amount is zero', async () => {
      const { one } = await call({ one: {} });
      expect(one).toMatchObject({
        currField: '0.00',
        char10Field: '',
        char1Field: false,
        timsField: '00:00:00',
      });
      expect(one).not.toHaveProperty('datsField');
    });

    test.each<[string, ServiceValues, string, string]>([
      ['too long', { char10Field: 'elevenchars' }, 'SAP_VALUE_TOO_LONG', 'one.char10Field'],
      ['too long by a surrogate', { char10Field: `ninechars😀` }, 'SAP_VALUE_TOO_LONG', 'one.char10Field'],
      ['a customer number of eleven digits', { kunnr: '12345678901' }, 'SAP_VALUE_TOO_LONG', 'one.kunnr'],
      ['too many digits', { dec23Field: '12345678901234567890' }, 'SAP_VALUE_TOO_LONG', 'one.dec23Field'],
      ['too many decimals', { dec23Field: '0.00001' }, 'REQUEST_INVALID', 'one.dec23Field'],
      ['finer than its currency', { cukyField: 'JPY', currField: '10.5' }, 'REQUEST_INVALID', 'one.currField'],
      ['an amount without a currency', { currField: '10.5' }, 'REQUEST_INVALID', 'one.currField'],
      ['a language nobody knows', { langField: 'XX' }, 'REQUEST_INVALID', 'one.langField'],
      ['a line break in a character field', { char10Field: 'a\nb' }, 'REQUEST_INVALID', 'one.char10Field'],
      ['a control character', { char10Field: 'a\u0000b' }, 'REQUEST_INVALID', 'one.char10Field'],
      ['half a character', { char10Field: 'a\ud800' }, 'REQUEST_INVALID', 'one.char10Field'],
      ['a number outside of its range', { int1Field: 256 }, 'REQUEST_INVALID', 'one.int1Field'],
      ['a fraction', { int4Field: 1.5 }, 'REQUEST_INVALID', 'one.int4Field'],
      ['a day that does not exist', { datsField: '2026-02-29' }, 'REQUEST_INVALID', 'one.datsField'],
      ['a JSON number as an amount', { dec23Field: 12.5 }, 'REQUEST_INVALID', 'one.dec23Field'],
      ['a word as a flag', { char1Field: 'X' }, 'REQUEST_INVALID', 'one.char1Field'],
      ['an input nobody knows', { nothing: 1 }, 'REQUEST_INVALID', 'one.nothing'],
      ['an input called like a part of JavaScript', { constructor: 1 }, 'REQUEST_INVALID', 'one.constructor'],
    ])('%s is refused before anything is sent', async (_what, one, code, path) => {
      const before = await calls(it);
      const error = await failureOf(call({ one }));
      expect([error.code, error.issues.map((issue) => issue.path)]).toEqual([code, [path]]);
      expect(await calls(it)).toBe(before);
    });

    test('all issues are told at once', async () => {
      const error = await failureOf(
        call({
          one: { int1Field: -1, char10Field: 'elevenchars' },
          many: [{}, { datsField: 'x' }],
          partner: 'nobody',
          none: 1,
        }),
      );
      expect(error.issues.map(({ path }) => path)).toEqual(
        expect.arrayContaining(['none', 'many[1].datsField', 'partner']),
      );
    });

    test('more rows than the file allows are refused', async () => {
      const error = await failureOf(call({ many: Array.from({ length: 1_001 }, () => ({})) }));
      expect(error.issues).toMatchObject([{ path: 'many', message: 'has 1001 rows; 1000 are allowed' }]);
    });
  });
});

async function calls(it: ServicesUnderTest): Promise<unknown> {
  const answer: unknown = await (await fetch(`${it.simulator.url}/simulator/calls`)).json();
  const functions: unknown = Reflect.get(Object(answer), 'functions');
  const count: unknown = Reflect.get(Object(functions), 'Z_GANGWAY_TEST_ECHO');
  return count ?? 0;
}
