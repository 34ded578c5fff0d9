/** Where values go: several places, marks, rows, special values, defaults; and that only what is wanted is sent. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { checkInputs } from '../../../src/sap/services/check-inputs.ts';
import { readServiceFile } from '../../../src/sap/services/read-service-file.ts';
import { shortKey } from '../../../src/sap/services/specials.ts';
import { named, soon, startServices, writeOf } from './services-under-test.ts';
import type { ServicesUnderTest } from './services-under-test.ts';

let it: ServicesUnderTest;
beforeAll(async () => {
  it = await startServices('soap');
});
afterAll(() => it.close());

const file = (parts: string, effect = 'read'): string =>
  `gangway: 1\nname: UnderTest\nsummary: A test\nfunction: Z_GANGWAY_TEST_ECHO\neffect: ${effect}\n${parts}`;
const run = async (parts: string, inputs: unknown = {}): Promise<unknown> =>
  (await it.bench.testService(file(parts), inputs, soon())).outputs;

describe('a value', () => {
  const both = `inputs: [{ name: a, to: [I_CHAR10, CS_ALL.CHAR10_FIELD, 'TT_ALL[2].CHAR10_FIELD'], mark: I_CHAR1, type: text }]
outputs:
  - { name: one, from: E_CHAR10, type: text }
  - { name: two, from: CS_ALL.CHAR10_FIELD, type: text }
  - { name: three, from: 'TT_ALL[1].CHAR10_FIELD', type: text }
  - { name: mark, from: E_CHAR1, type: boolean }
`;
  test('can go to several places and leave a mark', async () => {
    expect(await run(both, { a: 'here' })).toEqual({ one: 'here', two: 'here', three: 'here', mark: true });
  });

  test('that is not given goes nowhere and leaves no mark', async () => {
    expect(await run(both)).toEqual({ one: '', two: '', mark: false });
  });

  test('that is empty is given: it empties the field and marks it', async () => {
    expect(await run(both, { a: '' })).toMatchObject({ one: '', mark: true });
  });
});

describe('fixed values', () => {
  test('stand in the rows of a list, with the numbers of row and item', async () => {
    const list = `inputs:
  - name: rows
    to: TT_ALL
    type: list
    fields: [{ name: a, to: CHAR10_FIELD, type: text }]
    fixed: { NUMC10_FIELD: $item, INT4_FIELD: $row, CHAR1_FIELD: X, CHAR255_FIELD: $$row }
outputs:
  - name: rows
    from: TT_ALL
    type: list
    fields:
      - { name: a, from: CHAR10_FIELD, type: text }
      - { name: item, from: NUMC10_FIELD, type: text }
      - { name: row, from: INT4_FIELD, type: integer }
      - { name: flag, from: CHAR1_FIELD, type: boolean }
      - { name: dollar, from: CHAR255_FIELD, type: text }
`;
    const row = (number: number, a: string): object => ({
      a,
      item: `00000000${number}0`,
      row: number,
      flag: true,
      dollar: '$row',
    });
    expect(await run(list, { rows: [{ a: 'x' }, {}] })).toEqual({ rows: [row(1, 'x'), row(2, '')] });
    expect(await run(list, { rows: [] })).toEqual({ rows: [] });
  });

  test('may be what belongs to the key of a write', async () => {
    const parts = `commit: self
fixed: { I_CHAR255: $key, I_STRING: $contentHash, CS_ALL.CHAR255_FIELD: $shortKey, I_NUMC18: $fence, I_DATS: $today }
outputs:
  - { name: key, from: E_CHAR255, type: text }
  - { name: hash, from: E_STRING, type: text }
  - { name: short, from: CS_ALL.CHAR255_FIELD, type: text }
  - { name: fence, from: E_NUMC18, type: text }
  - { name: today, from: E_DATS, type: date }
`;
    it.put('UnderTest.yaml', file(parts, 'write'));
    const write = writeOf('some-key', 42);
    const { outputs } = await it.sap.services.write(write, named('UnderTest'), {}, soon());
    expect(outputs).toEqual({
      key: write.key,
      hash: write.contentHash,
      short: shortKey(write.key),
      fence: '000000000000000042',
      today: new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Berlin' }).format(),
    });
    const without = await it.sap.services.write(writeOf('some-key'), named('UnderTest'), {}, soon());
    expect(without.outputs).toMatchObject({ fence: '000000000000000000' });
  });
});

describe('the short key', () => {
  test('has twenty capitals and digits, the same for a key and another for each', () => {
    const keys = Array.from({ length: 10_000 }, (_one, number) => shortKey(`00D5g000004GANGEAW${number}`));
    expect(new Set(keys).size).toBe(10_000);
    expect(keys.every((key) => /^[0-9A-Z]{20}$/.test(key))).toBe(true);
    expect(shortKey('00D5g000004GANGEAW0')).toBe(keys[0]);
  });
});

describe('defaults', () => {
  const parts = `inputs:
  - { name: a, to: I_CHAR10, type: text, default: 0010 }
  - { name: flag, to: I_CHAR1, type: boolean, default: true }
  - { name: count, to: I_INT4, type: integer, default: 7 }
  - { name: group, to: CS_ALL, type: structure, fields: [{ name: day, to: DATS_FIELD, type: date, default: 2030-01-31 }] }
outputs:
  - { name: a, from: E_CHAR10, type: text }
  - { name: flag, from: E_CHAR1, type: boolean }
  - { name: count, from: E_INT4, type: integer }
  - { name: day, from: CS_ALL.DATS_FIELD, type: date }
`;
  test('stand in where nothing is given, also inside of what is left out', async () => {
    expect(await run(parts)).toEqual({ a: '0010', flag: true, count: 7, day: '2030-01-31' });
    expect(await run(parts, { a: null, flag: false, count: 0, group: { day: '2031-01-01' } })).toEqual({
      a: '0010',
      flag: false,
      count: 0,
      day: '2031-01-01',
    });
  });

  test('are what the checked inputs hold, which pass again unchanged', () => {
    const { file: read } = readServiceFile(file(parts));
    if (read === undefined) throw new Error('the file is not right');
    const once = checkInputs(read, {});
    expect(once).toEqual({ a: '0010', flag: true, count: 7, group: { day: '2030-01-31' } });
    expect(checkInputs(read, once)).toEqual(once);
  });
});
