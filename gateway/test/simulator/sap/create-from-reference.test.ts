/** BAPI_CUSTOMER_CREATEFROMDATA1 and the sales document BAPIs in a session that commits. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { startSapSimulator } from '../../../simulator/sap/start.ts';
import type { SapSimulator } from '../../../simulator/sap/start.ts';
import { openSession } from './rfc-caller.ts';
import { control } from './soap-caller.ts';

let sap: SapSimulator;
beforeEach(async () => {
  sap = await startSapSimulator({ rfc: true });
});
afterEach(() => sap.close());

const rows = async (table: string, query: string): Promise<Record<string, string>[]> =>
  (await control(sap.url, 'GET', `tables/${table}?${query}`)).body.rows;

const company = {
  ...{ NAME: 'Hafenwerk GmbH', CITY: 'Bremen', POSTL_COD1: '28195', STREET: 'Am Wall', COUNTRY: 'DE' },
  ...{ LANGU_ISO: 'DE', CURRENCY: 'EUR' },
};
const reference = { SALESORG: '1000', DISTR_CHAN: '10', DIVISION: '00', REF_CUSTMR: '0000104711' };

/** Calls the function and commits in one session; gives the first exporting value of that name. */
async function committed(functionName: string, input: object, output: string): Promise<string> {
  const session = await openSession(sap);
  try {
    const { ok = {} } = await session.invoke(functionName, input);
    await session.invoke('BAPI_TRANSACTION_COMMIT', { WAIT: 'X' });
    return String(ok[output] ?? '');
  } finally {
    await session.close();
  }
}

describe('a customer copied from another', () => {
  test('has its own data, and everything else from the reference', async () => {
    const input = { PI_COMPANYDATA: company, PI_OPT_COMPANYDATA: { PMNTTRMS: 'ZB14' }, PI_COPYREFERENCE: reference };
    const number = await committed('BAPI_CUSTOMER_CREATEFROMDATA1', input, 'CUSTOMERNO');
    const [[general], [area], [model]] = await Promise.all([
      rows('KNA1', `KUNNR=${number}`),
      rows('KNVV', `KUNNR=${number}`),
      rows('KNVV', 'KUNNR=0000104711&VTWEG=10'),
    ]);
    expect(general).toMatchObject({ NAME1: 'Hafenwerk GmbH', SPRAS: 'D' });
    expect(area).toMatchObject({ KTGRD: model?.['KTGRD'], ZTERM: 'ZB14', WAERS: 'EUR' });
    const own = (await rows('KNVP', `KUNNR=${number}`)).filter((it) => it['KUNN2'] === number).map((it) => it['PARVW']);
    expect(own).toContain('AG');
    expect(await rows('KNKK', `KUNNR=${number}`)).toEqual([]);
  });

  test('takes credit data along when it is told to, without what the other owes', async () => {
    const input = { PI_COMPANYDATA: company, PI_COPYREFERENCE: reference, PI_CREDIT_CONTROL_FLAG: 'X' };
    const number = await committed('BAPI_CUSTOMER_CREATEFROMDATA1', input, 'CUSTOMERNO');
    const [credit] = await rows('KNKK', `KUNNR=${number}`);
    const [model] = await rows('KNKK', 'KUNNR=0000104711');
    expect(credit).toMatchObject({ KNKLI: number, KLIMK: model?.['KLIMK'] });
    expect(credit?.['SKFOR']).toBeUndefined();
  });

  test('that is a person has itself as contact person', async () => {
    const { NAME: _name, LANGU_ISO: _language, ...address } = company;
    const person = { ...address, FIRSTNAME: 'Jörg', LASTNAME: 'Harms', LANGUP_ISO: 'DE' };
    const input = { PI_PERSONALDATA: person, PI_COPYREFERENCE: reference };
    const number = await committed('BAPI_CUSTOMER_CREATEFROMDATA1', input, 'CUSTOMERNO');
    expect(await rows('KNVK', `KUNNR=${number}`)).toEqual([expect.objectContaining({ NAMEV: 'Jörg', NAME1: 'Harms' })]);
  });
});

test('an order is there for everybody once its session has committed, with what the quotation said', async () => {
  const header = { DOC_TYPE: 'AG', SALES_ORG: '1000', DISTR_CHAN: '10', DIVISION: '00' };
  const partners = [{ PARTN_ROLE: 'AG', PARTN_NUMB: '0000104711' }];
  const quotation = await committed(
    'BAPI_QUOTATION_CREATEFROMDATA2',
    {
      QUOTATION_HEADER_IN: header,
      QUOTATION_PARTNERS: partners,
      QUOTATION_ITEMS_IN: [{ ITM_NUMBER: '000010', MATERIAL: 'GW-2040', TARGET_QTY: '5.000' }],
    },
    'SALESDOCUMENT',
  );
  const order = await committed(
    'BAPI_SALESORDER_CREATEFROMDAT2',
    {
      ORDER_HEADER_IN: { ...header, DOC_TYPE: 'TA', REF_DOC: quotation, REFDOC_CAT: 'B' },
      ORDER_PARTNERS: partners,
      ORDER_ITEMS_IN: [{ ITM_NUMBER: '000010', REF_DOC: quotation, REF_DOC_IT: '000010', REF_DOC_CA: 'B' }],
    },
    'SALESDOCUMENT',
  );
  const [item] = await rows('VBAP', `VBELN=${order}`);
  expect(item).toMatchObject({ MATNR: 'GW-2040', KWMENG: '5.000', VGBEL: quotation });
  expect(await rows('VBFA', `VBELN=${order}`)).toEqual([expect.objectContaining({ VBELV: quotation })]);
});
