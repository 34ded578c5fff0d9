/** Changing customers: the marked fields, once per key. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { startSapSimulator } from '../../../simulator/sap/start.ts';
import type { SapSimulator } from '../../../simulator/sap/start.ts';
import { call, control, rowsOf, textOf } from './soap-caller.ts';

let sap: SapSimulator;
beforeEach(async () => {
  sap = await startSapSimulator();
});
afterEach(() => sap.close());

describe('changing a customer', () => {
  const change = (fields: string, flags: string): string =>
    `<I_EXTERNAL_KEY>c:1</I_EXTERNAL_KEY><I_CONTENT>${'c'.repeat(64)}</I_CONTENT><I_KUNNR>0000104711</I_KUNNR><IS_GENERAL>${fields}</IS_GENERAL><ISX_GENERAL>${flags}</ISX_GENERAL><ET_RETURN/>`;

  test('changes the marked fields only, once per key', async () => {
    const parameters = change('<STREET>Kaistraße</STREET><ORT01>Kiel</ORT01>', '<STREET>X</STREET>');
    const first = await call(sap.url, 'Z_GANGWAY_CUSTOMER_CHANGE', parameters);
    expect(rowsOf(first, 'ET_RETURN')).toEqual([expect.objectContaining({ TYPE: 'S', NUMBER: '006' })]);
    const { body } = await control(sap.url, 'GET', 'tables/KNA1?KUNNR=0000104711');
    expect(body.rows[0]).toMatchObject({ STRAS: 'Kaistraße 12', ORT01: 'Hamburg', NAME1: 'Nordwind Logistik GmbH' });
    expect(textOf(await call(sap.url, 'Z_GANGWAY_CUSTOMER_CHANGE', parameters), 'E_REPEATED')).toBe('X');
  });

  test('leaves the longer name of the address alone', async () => {
    const NAME1 = 'Nordwind Logistik Gesellschaft mbH Nord';
    const row = (await control(sap.url, 'GET', 'tables/ADRC?NAME1=Nordwind%20Logistik%20GmbH')).body.rows[0];
    const key = { ADDRNUMBER: row?.['ADDRNUMBER'] };
    await control(sap.url, 'PATCH', 'tables/ADRC', { key, set: { NAME1 } });
    await call(sap.url, 'Z_GANGWAY_CUSTOMER_CHANGE', change('<TELF1>1</TELF1>', '<TELF1>X</TELF1>'));
    const after = (await control(sap.url, 'GET', `tables/ADRC?ADDRNUMBER=${key.ADDRNUMBER}`)).body.rows[0];
    expect(after).toMatchObject({ NAME1, TEL_NUMBER: '1' });
  });

  test.each([
    ['<NAME1/><ORT01/>', '<NAME1>X</NAME1><ORT01>X</ORT01>', ['004 NAME1', '004 ORT01']],
    ['<LAND1>QQ</LAND1>', '<LAND1>X</LAND1>', ['005 LAND1']],
  ])('says everything that is wrong with %s', async (fields, flags, messages) => {
    const answer = await call(sap.url, 'Z_GANGWAY_CUSTOMER_CHANGE', change(fields, flags));
    expect((rowsOf(answer, 'ET_RETURN') ?? []).map((it) => `${it['NUMBER']} ${it['FIELD']}`)).toEqual(messages);
  });

  test('looks the region up where the country has regions', async () => {
    await sap.close();
    const KNA1 = [{ KUNNR: '0000104711', NAME1: 'Nordwind', ORT01: 'Hamburg', LAND1: 'DE' }];
    sap = await startSapSimulator({ data: { KNA1, T005S: [{ LAND1: 'DE', BLAND: '02' }] } });
    const change99 = change('<REGIO>99</REGIO>', '<REGIO>X</REGIO>');
    const refused = await call(sap.url, 'Z_GANGWAY_CUSTOMER_CHANGE', change99);
    expect(rowsOf(refused, 'ET_RETURN')).toEqual([expect.objectContaining({ NUMBER: '005', FIELD: 'REGIO' })]);
    const taken = await call(sap.url, 'Z_GANGWAY_CUSTOMER_CHANGE', change99.replace('>99<', '>02<'));
    expect(rowsOf(taken, 'ET_RETURN')).toEqual([expect.objectContaining({ NUMBER: '006' })]);
  });

  test('is refused to a user who may not change customers of its group', async () => {
    sap.addFault({ kind: 'no-authorization', object: 'F_KNA1_GRP' });
    const answer = await call(sap.url, 'Z_GANGWAY_CUSTOMER_CHANGE', change('<NAME2>x</NAME2>', '<NAME2>X</NAME2>'));
    expect(rowsOf(answer, 'ET_RETURN')).toEqual([
      expect.objectContaining({ NUMBER: '009', MESSAGE_V1: 'F_KNA1_GRP', MESSAGE_V2: 'KUNA' }),
    ]);
  });

  test('a customer somebody else is changing is refused with the name of that user', async () => {
    sap.addFault({ kind: 'lock-held', object: 'KNA1', key: '0000104711', user: 'MEYER' });
    const answer = await call(sap.url, 'Z_GANGWAY_CUSTOMER_CHANGE', change('<NAME2>x</NAME2>', '<NAME2>X</NAME2>'));
    expect(rowsOf(answer, 'ET_RETURN')).toEqual([
      expect.objectContaining({ TYPE: 'E', NUMBER: '007', MESSAGE_V2: 'MEYER' }),
    ]);
  });
});
