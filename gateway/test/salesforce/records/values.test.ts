/** Every value arrives as it was, by JSON and by CSV, or is refused in words. */
import { describe, expect, test } from '@jest/globals';
import { recordPaths } from '../../../src/model/index.ts';
import type { FieldValue, PathType } from '../../../src/model/index.ts';
import { toCell } from '../../../src/salesforce/records/cells.ts';
import { upsertBody } from '../../../src/salesforce/records/collection-json.ts';
import { csvShapeOf, fitsCsv, toCsvLine } from '../../../src/salesforce/records/csv-lines.ts';
import { objectDescribe } from '../../../src/salesforce/records/object-describe.ts';
import type { FieldDescribe } from '../../../src/salesforce/records/object-describe.ts';
import { toFieldValue } from '../../../src/salesforce/records/org-values.ts';
import { readCsv } from '../../../src/salesforce/records/read-csv.ts';
import { toRow } from '../../../src/salesforce/records/rows.ts';
import type { Column, Target } from '../../../src/salesforce/records/targets.ts';
import { field as anyField, text } from './org-shape.ts';
import { customer, system } from './records.ts';
import type { StrictField } from './strict-org.ts';

const described = (field: StrictField): FieldDescribe => {
  const found = objectDescribe.parse({ name: 'X', fields: [field] }).fields.get(field.name.toLowerCase());
  if (found === undefined) throw new Error('no field');
  return found;
};
const fieldOf = (type: string, more: object = {}): FieldDescribe => described(anyField('F__c', type, more));
const textField = described(text('F__c', 32_000));
const number = (precision: number, scale: number): FieldDescribe => fieldOf('double', { precision, scale });
const sent = (value: FieldValue, field: FieldDescribe): unknown => {
  const cell = toCell(value, field);
  return cell.is === 'null' ? null : 'text' in cell ? cell.text : cell;
};

/** A small generator with a seed, so that what fails once fails again. */
function chance(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const hostile = [
  '"',
  ',',
  '\n',
  '\r\n',
  '\t',
  '#N/A',
  "'",
  '\\',
  '\\"',
  'ü',
  '岡',
  '🚢',
  '𠮷',
  '\u2028',
  '\ufeff',
  '=1+1',
  '@{part0}',
  ' ',
  '<b>',
  'a',
  'null',
  '{',
  '}',
  '""',
];
const anyText = (next: (below: number) => number): string =>
  Array.from({ length: 1 + next(8) }, () => hostile[next(hostile.length)] ?? '').join('');

function targetOf(field: FieldDescribe, type: PathType): Target {
  const path = recordPaths.customer.find((each) => each.type === type);
  if (path === undefined) throw new Error(`no path of type ${type}`);
  const column: Column = { path, field, owner: 'SAP' };
  return { kind: 'customer', object: 'Account', keyField: 'Key__c', columns: [column], own: new Map() };
}

/** What JSON's reader and our CSV reader make of a row. */
async function roundTrip(
  value: FieldValue,
  target: Target,
): Promise<{ json: unknown; csv: string | undefined; fits: boolean }> {
  const path = target.columns[0]?.path.path ?? '';
  const row = toRow(customer('1', { name: null, [path]: value }), target);
  const body = JSON.parse(upsertBody(target, [row])) as { records: Record<string, unknown>[] };
  const shape = csvShapeOf(target);
  const bytes = Buffer.from(shape.header + toCsvLine(row, shape));
  const pieces = async function* (): AsyncGenerator<Uint8Array> {
    for (const byte of bytes) yield Uint8Array.of(byte);
  };
  const lines: (readonly string[])[] = [];
  for await (const line of readCsv(pieces())) lines.push(line);
  return { json: body.records[0]?.['F__c'], csv: lines[1]?.[1], fits: fitsCsv(row) };
}

test('any text arrives by JSON and by CSV, byte by byte', async () => {
  const next = chance(4711);
  const target = targetOf(textField, 'text');
  for (let round = 0; round < 500; round += 1) {
    const value = anyText(next);
    const { json, csv, fits } = await roundTrip(value, target);
    const isBlank = value.trim() === '';
    expect(json).toBe(isBlank ? null : value);
    expect(csv).toBe(isBlank ? '#N/A' : value);
    expect(fits).toBe(value !== '#N/A');
  }
});

test('any decimal within the field arrives digit by digit, and comes back', async () => {
  const next = chance(815);
  const field = number(18, 9);
  const target = targetOf(field, 'decimal');
  for (let round = 0; round < 500; round += 1) {
    const whole = String(next(2 ** 30)).slice(0, 1 + next(9));
    const fraction = next(2) === 0 ? '' : `.${String(next(2 ** 30)).slice(0, 1 + next(9))}`;
    const value = `${next(3) === 0 ? '-' : ''}${whole}${fraction}`;
    const row = toRow(customer('1', { 'credit.limit': value }), target);
    const [, digits] = /"F__c":([^},]+)/.exec(upsertBody(target, [row])) ?? [];
    const plain = value.replace(/^(-?)0+(?=\d)/, '$1');
    const isZero = Number(value) === 0;
    expect(digits).toBe(isZero ? plain.replace('-', '') : plain);
    const back = target.columns.map((column) => toFieldValue(String(digits), column, system))[0];
    expect(Number(back)).toBe(Number(value) + 0);
    expect(String(back)).not.toMatch(/\.\d*0$|^-0$/);
  }
});

test.each([
  ['1.25E7', '12500000'],
  ['1.0E10', '10000000000'],
  ['1.2345678901E7', '12345678.901'],
  ['-1.5E-3', '-0.0015'],
  ['0.0', '0'],
  ['-0.0', '0'],
  ['100.0', '100'],
])('Salesforce writes %s, the model %s', (text_, plain) => {
  const [column] = targetOf(number(18, 2), 'decimal').columns;
  if (column === undefined) throw new Error('no column');
  expect(toFieldValue(text_, column, system)).toBe(plain);
});

describe('is sent', () => {
  test.each<[FieldValue, FieldDescribe, unknown]>([
    ['12500.500', number(18, 3), '12500.500'],
    ['12500.500', number(18, 2), '12500.50'],
    ['12.00', fieldOf('int', { digits: 8 }), '12'],
    ['0012', number(18, 0), '12'],
    ['-0.00', number(18, 2), '0.00'],
    ['1250.10', textField, '1250.10'],
    ['9999-12-31', fieldOf('date'), '4000-12-31'],
    ['2024-02-29', fieldOf('date'), '2024-02-29'],
    ['2026-11-21T11:15:00+01:00', fieldOf('datetime'), '2026-11-21T10:15:00.000Z'],
    [true, fieldOf('boolean'), 'true'],
    [null, fieldOf('boolean'), 'false'],
    [null, textField, null],
    ['', textField, null],
    ['  ', textField, null],
  ])('%j to %#', (value, field, expected) => {
    expect(sent(value, field)).toBe(expected);
  });
});

describe('is refused with the field and its limit', () => {
  const picklist = fieldOf('picklist', {
    length: 255,
    restrictedPicklist: true,
    picklistValues: [
      { value: 'A', active: true },
      { value: 'B', active: false },
    ],
  });
  test.each<[FieldValue, FieldDescribe, string]>([
    ['x'.repeat(41), fieldOf('phone', { length: 40 }), 'it has 41 characters, the field takes 40.'],
    ['12.505', number(18, 2), 'it has 3 decimals, the field takes 2.'],
    ['12345', number(6, 2), 'it has 5 digits before the point, the field takes 4.'],
    ['123456', fieldOf('int', { digits: 5 }), 'it has 6 digits before the point, the field takes 5.'],
    ['1234567890', fieldOf('int', { digits: 0 }), 'it has 10 digits before the point, the field takes 9.'],
    ['1.5', fieldOf('long', { digits: 8, scale: 2 }), 'it has 1 decimals, the field takes 0.'],
    ['1e5', number(18, 2), 'it is no decimal number.'],
    ['NaN', number(18, 2), 'it is no decimal number.'],
    ['2026-02-30', fieldOf('date'), 'it is no date.'],
    ['00000000', fieldOf('date'), 'it is no date.'],
    ['1066-10-14', fieldOf('date'), 'Salesforce knows the years 1700 to 4000.'],
    ['4711-01-01', fieldOf('date'), 'Salesforce knows the years 1700 to 4000.'],
    ['noon', fieldOf('datetime'), 'it is no time.'],
    ['X', fieldOf('boolean'), 'it is neither true nor false.'],
    [true, textField, 'a field of type string takes no true or false.'],
    ['B', picklist, 'it is none of the values of this picklist.'],
    ['\u0000', textField, 'it has characters that no text can have.'],
    ['\u0085', textField, 'it has characters that no text can have.'],
    ['\ud800', textField, 'it has characters that no text can have.'],
  ])('%j', (value, field, message) => {
    expect(() => toCell(value, field)).toThrow(
      expect.objectContaining({ code: 'SALESFORCE_VALUE_REFUSED', context: { field: 'F__c', message } }),
    );
  });
});

describe('CSV', () => {
  const read = async (...pieces: string[]): Promise<readonly (readonly string[])[]> => {
    const rows: (readonly string[])[] = [];
    const bytes = async function* (): AsyncGenerator<Uint8Array> {
      for (const piece of pieces) yield Buffer.from(piece);
    };
    for await (const row of readCsv(bytes())) rows.push(row);
    return rows;
  };

  test('is read with both kinds of line ends, with and without the last', async () => {
    expect(await read('a,b\r\n1,"2"\r\n3,4')).toEqual([
      ['a', 'b'],
      ['1', '2'],
      ['3', '4'],
    ]);
    expect(await read('a\n', '"x""y,\n', 'z"\n')).toEqual([['a'], ['x"y,\nz']]);
    expect(await read('')).toEqual([]);
    expect(await read('a,\n,\n')).toEqual([
      ['a', ''],
      ['', ''],
    ]);
  });

  test.each([[['"never closed']], [['"a"b,c\n']], [['"', 'x'.repeat(2_000_001)]]])(
    'that is broken is unreadable %#',
    async (pieces) => {
      await expect(read(...pieces)).rejects.toMatchObject({ code: 'SALESFORCE_ANSWER_UNREADABLE' });
    },
  );
});
