/** Control records of one file: each is read as if it stood alone, though what is the same as before is not read again. */
import { describe, expect, test } from '@jest/globals';
import { controlPlaces, ControlRecords } from '../../../src/sap/idoc/control-record.ts';
import type { ControlField } from '../../../src/sap/idoc/control-record.ts';

type Fields = Readonly<Partial<Record<ControlField, string>>>;

const usual: Fields = {
  TABNAM: 'EDI_DC40',
  MANDT: '100',
  DOCNUM: '0000000000000041',
  IDOCTYP: 'DEBMAS07',
  MESTYP: 'DEBMAS',
  SNDPRN: 'ERPCLNT100',
  CREDAT: '20261121',
  CRETIM: '101500',
};

const recordOf = (fields: Fields): string =>
  controlPlaces.fields.map(({ name, start, end }) => (fields[name] ?? '').padEnd(end - start)).join('');

/** One change after the other; each field of the record is in one of them. */
const others: readonly Fields[] = [
  {},
  { DOCNUM: '0000000000000042' },
  { DOCNUM: '43' },
  { DOCNUM: '' },
  { CRETIM: '101501', SERIAL: '20261121101501' },
  { SERIAL: '' },
  { MANDT: '200' },
  { RCVLAD: 'Lager Süd, Tor 4' },
  { CIMTYP: 'ZDEBMAS', TEST: 'X' },
  { IDOCTYP: ' DEBMAS06' },
  ...controlPlaces.fields.map(({ name }): Fields => ({ [name]: '7' })),
];

describe('a control record', () => {
  test.each([
    ['as long as it is', (record: string) => record],
    ['without the blanks at its end', (record: string) => record.trimEnd()],
  ])('is read as if it stood alone, %s', (_length, write) => {
    const burst = new ControlRecords();
    for (const other of [...others, ...others.toReversed()]) {
      const record = write(recordOf({ ...usual, ...other }));
      expect(burst.read(record)).toEqual(new ControlRecords().read(record));
    }
  });

  test('has every field of its own record, also those that the one before had not', () => {
    const burst = new ControlRecords();
    const first = burst.read(recordOf(usual));
    const second = burst.read(recordOf({ ...usual, DOCNUM: '42', SERIAL: '1', CRETIM: '' }));
    expect(second).toEqual({ ...first, DOCNUM: '0000000000000042', SERIAL: '1', CRETIM: '' });
    expect(first).toMatchObject(usual);
    expect(first.SERIAL).toBe('');
  });

  test('that is refused leaves nothing behind', () => {
    const burst = new ControlRecords();
    const first = burst.read(recordOf(usual));
    const refused = recordOf({ ...usual, DOCNUM: '42', MESTYP: 'MATMAS', SERIAL: 'a\u0001' });
    for (const _again of [1, 2]) expect(() => burst.read(refused)).toThrow('it has control characters');
    expect(burst.read(recordOf(usual))).toEqual(first);
  });
});
