/** BAPI_SALESORDER_SIMULATE and BAPI_MATERIAL_AVAILABILITY. */
import { afterEach, describe, expect, test } from '@jest/globals';
import { startSapSimulator } from '../../../simulator/sap/start.ts';
import type { SapSimulator, SapTables } from '../../../simulator/sap/start.ts';
import { call, find, fields, rowsOf, textOf } from './soap-caller.ts';

let sap: SapSimulator | undefined;
afterEach(async () => {
  await sap?.close();
  sap = undefined;
});
async function start(data?: SapTables): Promise<string> {
  sap = await startSapSimulator(data === undefined ? {} : { data });
  return sap.url;
}

const header = fields({ DOC_TYPE: 'TA', SALES_ORG: '1000', DISTR_CHAN: '10', DIVISION: '00' });
const item = (values: Readonly<Record<string, string>>): string =>
  `<ORDER_ITEMS_IN><item>${fields(values)}</item></ORDER_ITEMS_IN>`;
const partner =
  '<ORDER_PARTNERS><item><PARTN_ROLE>AG</PARTN_ROLE><PARTN_NUMB>0000104711</PARTN_NUMB></item></ORDER_PARTNERS>';
const outputs = '<ORDER_ITEMS_OUT/><ORDER_CONDITION_EX/><ORDER_SCHEDULE_EX/><MESSAGETABLE/>';

describe('simulating an order', () => {
  test('gives net value, tax and dates; quantities have three implied decimals', async () => {
    const wish = item({ ITM_NUMBER: '000010', MATERIAL: 'GW-2040', REQ_QTY: '0000000002000', REQ_DATE: '2030-05-01' });
    const answer = await call(
      await start(),
      'BAPI_SALESORDER_SIMULATE',
      `<ORDER_HEADER_IN>${header}</ORDER_HEADER_IN>${wish}${partner}${outputs}`,
    );
    const [row] = rowsOf(answer, 'ORDER_ITEMS_OUT') ?? [];
    expect(row).toMatchObject({ MATERIAL: 'GW-2040', REQ_QTY: '2.000', SALES_UNIT: 'ST', CURRENCY: 'EUR' });
    expect(row).toMatchObject({ NET_VALUE1: '900.0000', TX_DOC_CUR: '171.0000', NET_VALUE: '000000000090000' });
    expect(rowsOf(answer, 'ORDER_SCHEDULE_EX')).toEqual([
      expect.objectContaining({ REQ_DATE: '2030-05-01', CONFIR_QTY: '2.000' }),
    ]);
    expect(rowsOf(answer, 'ORDER_CONDITION_EX')?.map((it) => it['COND_TYPE'])).toEqual(['PR00', 'MWST']);
    expect(textOf(find(answer, 'SOLD_TO_PARTY') ?? answer, 'NAME')).toBe('Nordwind Logistik GmbH');
    expect(textOf(find(answer, 'RETURN') ?? answer, 'TYPE')).toBe('');
  });

  test('says in RETURN what is wrong', async () => {
    const wish = item({ ITM_NUMBER: '000010', MATERIAL: '', REQ_QTY: '0000000002000' });
    const answer = await call(
      await start(),
      'BAPI_SALESORDER_SIMULATE',
      `<ORDER_HEADER_IN>${header}</ORDER_HEADER_IN>${wish}${partner}${outputs}`,
    );
    expect(textOf(find(answer, 'RETURN') ?? answer, 'CODE')).toBe('V1327');
    expect(rowsOf(answer, 'MESSAGETABLE')).toEqual([expect.objectContaining({ TYPE: 'E', ID: 'V1', NUMBER: '327' })]);
    expect(rowsOf(answer, 'ORDER_ITEMS_OUT')).toEqual([]);
  });
});

describe('asking for availability', () => {
  const data: SapTables = {
    MARA: [{ MATNR: '4711', MEINS: 'ST' }],
    MARC: [{ MATNR: '4711', WERKS: '1000', PLIFZ: '14' }],
    MARD: [{ MATNR: '4711', WERKS: '1000', LGORT: '0001', LABST: '10.000' }],
    T006: [{ MSEHI: 'ST', ISOCODE: 'PCE' }],
    VBAK: [{ VBELN: '1', VBTYP: 'C', KUNNR: '1' }],
    VBAP: [{ VBELN: '1', POSNR: '10', MATNR: '4711', WERKS: '1000', KWMENG: '4.000' }],
    VBEP: [{ VBELN: '1', POSNR: '10', ETENR: '1', BMENG: '4.000' }],
  };
  const ask = async (
    url: string,
    quantity: string,
    values: Readonly<Record<string, string>> = {},
  ): Promise<Awaited<ReturnType<typeof call>>> => {
    const wanted = { PLANT: '1000', MATERIAL: '000000000000004711', UNIT: 'ST', ...values };
    const wish = `<WMDVSX><item><REQ_DATE>2026-12-01</REQ_DATE><REQ_QTY>${quantity}</REQ_QTY></item></WMDVSX><WMDVEX/>`;
    return call(url, 'BAPI_MATERIAL_AVAILABILITY', fields(wanted) + wish);
  };

  test('promises what is free at once, and the rest after the time it takes', async () => {
    const url = await start(data);
    const enough = await ask(url, '6.000');
    expect([textOf(enough, 'AV_QTY_PLT'), textOf(enough, 'DIALOGFLAG')]).toEqual(['6.000', '']);
    const short = await ask(url, '8.000');
    expect(textOf(short, 'DIALOGFLAG')).toBe('X');
    expect(rowsOf(short, 'WMDVEX')?.map((it) => it['COM_QTY'])).toEqual(['6.000', '2.000']);
  });

  test.each([
    ['a number without its zeros', { MATERIAL: '4711' }, 'M3305'],
    ['another plant', { PLANT: '2000' }, 'M3351'],
    ['the ISO unit', { UNIT: 'PCE' }, 'R1701'],
    ['no unit', { UNIT: '' }, '00055'],
  ])('refuses %s', async (_what, values, code) => {
    const answer = await ask(await start(data), '1.000', values);
    expect(textOf(find(answer, 'RETURN') ?? answer, 'CODE')).toBe(code);
  });

  test('without stock in the data nothing is checked, and it says so', async () => {
    const answer = await ask(await start(), '8.000', { MATERIAL: 'GW-2040' });
    expect([textOf(answer, 'DIALOGFLAG'), rowsOf(answer, 'WMDVEX')?.[0]?.['COM_QTY']]).toEqual(['N', '8.000']);
  });
});
