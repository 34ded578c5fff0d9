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

  test('a customer somebody else is changing is refused with the name of that user', async () => {
    sap.addFault({ kind: 'lock-held', object: 'KNA1', key: '0000104711', user: 'MEYER' });
    const answer = await call(sap.url, 'Z_GANGWAY_CUSTOMER_CHANGE', change('<NAME2>x</NAME2>', '<NAME2>X</NAME2>'));
    expect(rowsOf(answer, 'ET_RETURN')).toEqual([
      expect.objectContaining({ TYPE: 'E', NUMBER: '007', MESSAGE_V2: 'MEYER' }),
    ]);
  });
});
