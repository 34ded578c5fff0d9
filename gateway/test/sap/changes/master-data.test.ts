/** Materials and addresses: which of several texts and versions counts, and that what was not said erases nothing. */
import { describe, expect, test } from '@jest/globals';
import { control, segment } from '../idoc/written-idocs.ts';
import type { WrittenIdoc, WrittenSegment } from '../idoc/written-idocs.ts';
import { changesOf, fieldsOf, readXml, understood } from './read-changes.ts';

describe('the description of a material', () => {
  const nameOf = async (texts: readonly WrittenSegment[], language = 'EN'): Promise<unknown> => {
    const idoc: WrittenIdoc = {
      control: control(700301, { IDOCTYP: 'MATMAS05', MESTYP: 'ZMATMAS_R' }),
      segments: [segment('E1MARAM', { MSGFN: '004', MATNR: 'GW-2040' }, texts)],
    };
    const [arrival] = await readXml([idoc], 'MATMAS05', changesOf({ language }));
    return fieldsOf(understood(arrival), 'product')['name'];
  };
  const text = (SPRAS_ISO: string, fields: Readonly<Record<string, string>>): WrittenSegment =>
    segment('E1MAKTM', { MSGFN: '004', SPRAS_ISO, ...fields });

  test('is that of the configured language, else English, else the first that is there', async () => {
    const texts = [text('FR', { MAKTX: 'Pompe' }), text('EN', { MAKTX: 'Pump' }), text('DE', { MAKTX: 'Pumpe' })];
    expect(await nameOf(texts, 'DE')).toBe('Pumpe');
    expect(await nameOf(texts, 'ES')).toBe('Pump');
    expect(await nameOf(texts.slice(0, 1), 'ES')).toBe('Pompe');
  });

  test('is not erased by a reduced segment that leaves it out, and not taken from one that is gone', async () => {
    expect(await nameOf([text('EN', {})])).toBeUndefined();
    expect(await nameOf([text('EN', { MSGFN: '003', MAKTX: 'Old' })])).toBeUndefined();
    expect(await nameOf([text('EN', {}), text('FR', { MAKTX: 'Pompe' })])).toBe('Pompe');
    expect(await nameOf([text('EN', { MAKTX: '' })])).toBeNull();
  });
});

describe('of several versions of an address', () => {
  const cityOf = async (...versions: readonly Readonly<Record<string, string>>[]): Promise<unknown> => {
    const addresses = versions.map((fields) => segment('E1BPAD1VL', { COUNTRY: 'DE', ...fields }));
    const idoc: WrittenIdoc = {
      control: control(700302, { IDOCTYP: 'ADRMAS03', MESTYP: 'ADRMAS', CREDAT: '20261121' }),
      segments: [segment('E1ADRMAS', { OBJ_TYPE: 'KNA1', OBJ_ID: '0000104711', CONTEXT: '0001' }, addresses)],
    };
    return fieldsOf(understood((await readXml([idoc], 'ADRMAS03'))[0]), 'customer')['address.city'];
  };
  const since = (FROM_DATE: string, CITY: string, more = {}): Record<string, string> => ({ FROM_DATE, CITY, ...more });
  const [old, now, later] = [
    since('00010101', 'Bremen'),
    since('20260701', 'Hamburg'),
    since('20270101', 'Kiel'),
  ] as const;

  test('the one that began last counts, in whatever order they come, and none of tomorrow', async () => {
    expect(await cityOf(old, now, later)).toBe('Hamburg');
    expect(await cityOf(later, now, old)).toBe('Hamburg');
    expect(await cityOf(since('20261121', 'Altona'), now)).toBe('Altona');
  });

  test('one in another script does not count; one of tomorrow alone does', async () => {
    expect(await cityOf(since('20260801', 'ハンブルク', { ADDR_VERS: 'K' }), now)).toBe('Hamburg');
    expect(await cityOf(later)).toBe('Kiel');
  });
});
