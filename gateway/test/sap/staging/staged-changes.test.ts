/** Rows of one customer as changes: which partner belongs where, and how many may be in one document. */
import { describe, expect, test } from '@jest/globals';
import { orderOf, sapSystemId } from '../../../src/model/index.ts';
import type { RecordChange } from '../../../src/model/index.ts';
import { changesOfObject } from '../../../src/sap/staging/staged-changes.ts';
import { columnsOf, StagedRow } from '../../../src/sap/staging/staged-row.ts';

const system = sapSystemId.parse('ERPCLNT100');
const rules = {
  ...{
    system,
    language: 'EN',
    decimals: new Map<string, number>(),
    currencies: new Set(['EUR']),
    units: new Set(['PC']),
  },
  ...{
    areaCurrencies: new Map<string, string>(),
    creditControlAreas: [],
    addressesFromCustomers: false,
    realAmounts: new Set<string>(),
  },
};
const columns = new Map(
  Object.entries({
    KNA1: 'KUNNR NAME1',
    KNVV: 'KUNNR VKORG VTWEG SPART',
    KNVP: 'KUNNR VKORG VTWEG SPART PARVW PARZA KUNN2 LIFNR PARNR PERNR',
  }).map(([table, names]) => [table, columnsOf(table, names.split(' '))]),
);

function changesOf(...texts: readonly string[]): readonly RecordChange[] {
  const rows = texts.map((text, index) => {
    const [table = ''] = text.split('|');
    return new StagedRow(text.replaceAll('|', '\t'), columns.get(table) ?? columnsOf(table, []), index + 1);
  });
  const object = { line: 1, key: '0000104711', rows, hash: '' };
  return changesOfObject(object, 'customers', orderOf('2026-11-21T10:15:00Z', '1'), rules);
}

const general = 'KNA1|0000104711|Nordwind';
const partnersOf = (changes: readonly RecordChange[]) =>
  changes.filter(({ key }) => key.kind === 'partner').map(({ key, fields }) => [key.id, fields['partnerNumber']]);

describe('a partner', () => {
  test('belongs to the sales area that all three keys name', () => {
    const changes = changesOf(
      general,
      'KNVV|0000104711|1000|10|00',
      'KNVV|0000104711|1000|10|01',
      'KNVP|0000104711|1000|10|01|WE|000|0000104712|||',
      'KNVP|0000104711|1000|10|00|WE|000|0000104713|||',
    );
    expect(changes.filter(({ key }) => key.kind === 'sales-area').map(({ key }) => key.id)).toEqual([
      '0000104711/1000/10/00',
      '0000104711/1000/10/01',
    ]);
    expect(partnersOf(changes)).toEqual([
      ['0000104711/1000/10/00/WE/000', '0000104713'],
      ['0000104711/1000/10/01/WE/000', '0000104712'],
    ]);
  });

  test.each([
    ['a vendor', '0000000000|0000004711|0000000000|00000000', '0000004711'],
    ['a contact person', '|0000000000|0000000815|00000000', '0000000815'],
    ['an employee', '0000000000||0000000000|00000042', '0000000042'],
    ['nobody', '0000000000||0000000000|00000000', null],
  ])('is %s by the field that is filled: zeros are none', (_, numbers, number) => {
    const changes = changesOf(general, 'KNVV|0000104711|1000|10|00', `KNVP|0000104711|1000|10|00|XX|000|${numbers}`);
    expect(partnersOf(changes)).toEqual([['0000104711/1000/10/00/XX/000', number]]);
  });

  test('of a sales area that the customer does not have is a refusal, and nothing is left out silently', () => {
    const lost = (): unknown => changesOf(general, 'KNVP|0000104711|2000|10|00|WE|000|0000104712|||');
    expect(lost).toThrow(expect.objectContaining({ code: 'IDOC_VALUE_INVALID' }));
  });
});

test('more than one document may have is a refusal', () => {
  const areas = (count: number): readonly string[] =>
    Array.from({ length: count }, (_, index) => `KNVV|0000104711|${String(index).padStart(4, '0')}|10|00`);
  const few = changesOf(general, ...areas(9_000)).length;
  const room = 10_000 - (few - 9_000);
  expect(changesOf(general, ...areas(room))).toHaveLength(10_000);
  expect(() => changesOf(general, ...areas(room + 1))).toThrow(expect.objectContaining({ code: 'IDOC_TOO_LARGE' }));
});
