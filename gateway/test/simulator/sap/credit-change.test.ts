/** Credit data: risk class and limit in the currency of the area, once per key. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { startSapSimulator } from '../../../simulator/sap/start.ts';
import type { SapSimulator } from '../../../simulator/sap/start.ts';
import { changeCredit, orgKey } from './pack-writer.ts';
import type { CreditWish, Saved } from './pack-writer.ts';
import { call, control, fields, textOf } from './soap-caller.ts';

let sap: SapSimulator;
beforeEach(async () => {
  sap = await startSapSimulator();
});
afterEach(() => sap.close());

const changed = (wish: CreditWish = {}): Promise<Saved> => changeCredit(sap.url, wish);
const account = async (customer = '0000104711', area = '1000'): Promise<Record<string, string> | undefined> =>
  (await control(sap.url, 'GET', `tables/KNKK?KUNNR=${customer}&KKBER=${area}`)).body.rows[0];

describe('credit data of a customer', () => {
  test('writes what is marked and nothing else', async () => {
    const before = await account();
    expect(await changed({ riskClass: '003' })).toMatchObject({ messages: ['S 013'], isRepeat: false });
    const after = await account();
    expect(after).toMatchObject({ ...before, CTLPC: '003' });
    await changed({ key: orgKey('2'), limit: '1234.50' });
    expect(await account()).toMatchObject({ ...before, CTLPC: '003', KLIMK: '1234.50' });
  });

  test('makes the account where the area has none', async () => {
    expect(await account('0000104711', '3000')).toBeUndefined();
    await changed({ area: '3000', limit: '1000000', currency: 'JPY', riskClass: '001' });
    expect(await account('0000104711', '3000')).toMatchObject({ KNKLI: '0000104711', CTLPC: '001', ERNAM: 'GANGWAY' });
  });

  test.each([
    ['3000', 'JPY', '1000', '10.00'],
    ['7000', 'KWD', '12.5000', '125.00'],
    ['1000', 'EUR', '12.34', '12.34'],
    ['3000', 'JPY', '999999999999999', '9999999999999.99'],
  ])('keeps a limit in %s as SAP keeps %s', async (area, currency, limit, stored) => {
    expect((await changed({ area, currency, limit })).messages).toEqual(['S 013']);
    expect(await account('0000104711', area)).toMatchObject({ KLIMK: stored });
  });

  test('a limit of zero is a limit', async () => {
    expect((await changed({ limit: '0' })).messages).toEqual(['S 013']);
    expect(await account()).not.toHaveProperty('KLIMK');
  });

  test.each<[string, CreditWish, string, string]>([
    ['a yen with decimals', { area: '3000', limit: '1.5' }, 'E 015', 'KLIMK'],
    ['a dinar with four decimals', { area: '7000', limit: '1.0001' }, 'E 015', 'KLIMK'],
    ['more than SAP keeps', { limit: '10000000000000' }, 'E 015', 'KLIMK'],
    ['less than nothing', { limit: '-1' }, 'E 015', 'KLIMK'],
    ['another currency', { limit: '1', currency: 'JPY' }, 'E 016', '1000'],
    ['an area that does not exist', { area: '9999', limit: '1' }, 'E 005', 'KKBER'],
    ['no area', { area: '', limit: '1' }, 'E 004', 'I_KKBER'],
    ['a risk class of no area', { riskClass: '999' }, 'E 005', 'CTLPC'],
    ['a customer SAP does not have', { customer: '0000999999', limit: '1' }, 'E 153', '0000999999'],
  ])('refuses %s', async (_what, wish, message, variable) => {
    const before = await account(wish.customer, wish.area === '' ? '1000' : wish.area);
    const answer = await changed(wish);
    expect(answer.messages).toEqual([message]);
    expect(answer.variables[0]).toBe(variable);
    expect(await account(wish.customer, wish.area === '' ? '1000' : wish.area)).toEqual(before);
    expect((await control(sap.url, 'GET', 'tables/ZGANGWAY_KEY')).body.count).toBe(0);
  });

  test('an empty risk class is cleared', async () => {
    await changed({ riskClass: '' });
    expect(await account()).not.toHaveProperty('CTLPC');
  });

  test('a test run checks and writes nothing', async () => {
    const before = await account();
    expect((await changed({ limit: '5', testRun: true })).messages).toEqual([]);
    expect((await changed({ limit: '5', currency: 'JPY', testRun: true })).messages).toEqual(['E 016']);
    expect(await account()).toEqual(before);
  });

  test('once per key, also after a cut', async () => {
    sap.addFault({ kind: 'cut-after-commit', function: 'Z_GANGWAY_CREDIT_CHANGE', times: 1 });
    await expect(changed({ limit: '5' })).rejects.toThrow();
    await changed({ key: orgKey('2'), limit: '6' });
    expect(await changed({ limit: '5' })).toMatchObject({ messages: ['S 013'], isRepeat: true });
    expect(await account()).toMatchObject({ KLIMK: '6.00' });
    const key = await call(sap.url, 'Z_GANGWAY_KEY_READ', fields({ I_EXTERNAL_KEY: orgKey('1') }));
    expect(textOf(key, 'E_KUNNR')).toBe('0000104711');
    expect(textOf(key, 'E_PARNR')).toBe('0000000000');
  });

  test('an account that somebody has open is told with who', async () => {
    sap.addFault({ kind: 'lock-held', object: 'KNKK', user: 'SCHMIDT' });
    expect(await changed({ limit: '5' })).toMatchObject({ messages: ['E 007'], variables: ['0000104711', 'SCHMIDT'] });
  });

  test('a customer that somebody has open stands in the way too', async () => {
    sap.addFault({ kind: 'lock-held', object: 'KNA1', user: 'MEYER' });
    expect(await changed({ limit: '5' })).toMatchObject({ messages: ['E 007'], variables: ['0000104711', 'MEYER'] });
  });

  test('a missing F_KNKA_KKB is told with the area', async () => {
    sap.addFault({ kind: 'no-authorization', object: 'F_KNKA_KKB' });
    expect(await changed({ limit: '5' })).toMatchObject({ messages: ['E 009'], variables: ['F_KNKA_KKB', '1000'] });
  });

  test('everything that is wrong is told at once', async () => {
    expect((await changed({ limit: '-1', riskClass: '999' })).messages).toEqual(['E 005', 'E 015']);
  });

  test('nothing marked on an account that is there changes nothing, under its key', async () => {
    const before = await account();
    expect((await changed()).messages).toEqual(['S 013']);
    expect(await account()).toEqual(before);
    expect((await changed()).isRepeat).toBe(true);
  });

  test('the first account of a customer brings the data of all areas along', async () => {
    const central = async (): Promise<unknown[]> =>
      (await control(sap.url, 'GET', 'tables/KNKA?KUNNR=0000104722')).body.rows;
    await control(sap.url, 'PATCH', 'tables/T014', { key: { KKBER: '9000' }, set: { WAERS: 'SEK' } });
    const had = await central();
    await changed({ customer: '0000104722', area: '9000', limit: '7', currency: 'SEK' });
    expect(await central()).toEqual(had.length > 0 ? had : [{ KUNNR: '0000104722', WAERS: 'SEK' }]);
  });
});
