/** Credit, ageing, blocks and amounts, from data of the test's own. */
import { afterEach, describe, expect, test } from '@jest/globals';
import { startSapSimulator } from '../../../simulator/sap/start.ts';
import type { SapSimulator, SapTables, SimulatorClock } from '../../../simulator/sap/start.ts';
import { call, rowsOf } from './soap-caller.ts';

let sap: SapSimulator | undefined;
afterEach(async () => {
  await sap?.close();
  sap = undefined;
});

/** Noon of a day far from any other, so that nothing here depends on today. */
const clock: SimulatorClock = { now: () => Date.UTC(2031, 2, 1, 12), after: () => () => undefined };

async function start(data: SapTables): Promise<string> {
  sap = await startSapSimulator({ data, clock });
  return sap.url;
}

const customer = '0000000077';
const credit = `<I_KUNNR>${customer}</I_KUNNR><ET_ACCOUNT/><ET_SHARED/><ET_RECEIVABLE/><ET_TERMS/><ET_BLOCK/><ET_RETURN/>`;
const item = (fields: object): object => ({
  BUKRS: 'KW01',
  KUNNR: customer,
  GJAHR: '2031',
  BUZEI: '001',
  WAERS: 'KWD',
  SHKZG: 'S',
  BUDAT: '20310101',
  ...fields,
});

describe('amounts', () => {
  const data: SapTables = {
    KNA1: [{ KUNNR: customer, NAME1: 'Any' }],
    KNKK: [
      { KUNNR: customer, KKBER: 'JP01', KLIMK: '1234.56', SKFOR: '10.00' },
      { KUNNR: customer, KKBER: 'KW01', KLIMK: '12345.67', SKFOR: '0.01' },
    ],
    T014: [
      { KKBER: 'JP01', WAERS: 'JPY' },
      { KKBER: 'KW01', WAERS: 'KWD' },
    ],
    T001: [{ BUKRS: 'KW01', WAERS: 'KWD' }],
    S066: [
      { KKBER: 'JP01', KNKLI: customer, SPMON: '203101', OEIKW: '1.00' },
      { KKBER: 'JP01', KNKLI: customer, SPMON: '203102', OEIKW: '2.00' },
    ],
    KNB1: [{ KUNNR: customer, BUKRS: 'KW01' }],
    BSID: [item({ BELNR: '1', DMBTR: '10000.05', WRBTR: '10000.05', ZFBDT: '20310101' })],
    VBAK: [
      {
        VBELN: '5',
        AUDAT: '20310110',
        VBTYP: 'C',
        AUART: 'TA',
        NETWR: '10.00',
        WAERK: 'JPY',
        VKORG: 'JP01',
        KUNNR: customer,
      },
    ],
    VBAP: [{ VBELN: '5', POSNR: '10', MATNR: 'M', NETPR: '5.00', NETWR: '10.00', WAERK: 'JPY', KWMENG: '2.000' }],
  };

  test('of yen and dinar are real units in DEC fields', async () => {
    const answer = await call(await start(data), 'Z_GANGWAY_CREDIT_READ', credit);
    expect(rowsOf(answer, 'ET_ACCOUNT')).toEqual([
      expect.objectContaining({
        KKBER: 'JP01',
        WAERS: 'JPY',
        KLIMK: '123456.0000',
        SKFOR: '1000.0000',
        OPEN_ORDER: '300.0000',
        SUM_OPENS: '1300.0000',
      }),
      expect.objectContaining({ KKBER: 'KW01', WAERS: 'KWD', KLIMK: '1234.5670', SKFOR: '0.0010' }),
    ]);
  });

  test('are stored with two decimals in CURR fields, in real units in the DEC fields of other BAPIs', async () => {
    const url = await start(data);
    const list = await call(
      url,
      'BAPI_SALESORDER_GETLIST',
      `<CUSTOMER_NUMBER>${customer}</CUSTOMER_NUMBER><SALES_ORGANIZATION>JP01</SALES_ORGANIZATION><SALES_ORDERS/>`,
    );
    expect(rowsOf(list, 'SALES_ORDERS')).toEqual([
      expect.objectContaining({
        NET_VAL_HD: '10.00',
        NET_VALUE: '10.00',
        NET_PRICE: '5.00',
        CURRENCY: 'JPY',
        REQ_QTY: '2.000',
      }),
    ]);
    const view =
      '<I_BAPI_VIEW><HEADER>X</HEADER></I_BAPI_VIEW><SALES_DOCUMENTS><item><VBELN>0000000005</VBELN></item></SALES_DOCUMENTS><ORDER_HEADERS_OUT/>';
    const detail = await call(url, 'BAPISDORDER_GETDETAILEDLIST', view);
    expect(rowsOf(detail, 'ORDER_HEADERS_OUT')).toEqual([expect.objectContaining({ NET_VAL_HD: '1000.000000000' })]);
    const items = await call(
      url,
      'BAPI_AR_ACC_GETOPENITEMS',
      `<COMPANYCODE>KW01</COMPANYCODE><CUSTOMER>${customer}</CUSTOMER><KEYDATE>2031-03-01</KEYDATE><LINEITEMS/>`,
    );
    expect(rowsOf(items, 'LINEITEMS')).toEqual([
      expect.objectContaining({
        LC_AMOUNT: '1000.0050',
        AMT_DOCCUR: '1000.0050',
        CLEAR_DATE: '0000-00-00',
        DB_CR_IND: 'S',
      }),
    ]);
  });
});

describe('ageing', () => {
  const days = (offset: number): object => ({ days: offset });
  const open = (BELNR: string, WRBTR: string, offset: number, more: object = {}): object =>
    item({ BELNR, DMBTR: WRBTR, WRBTR, WAERS: 'EUR', ZFBDT: days(offset), ZBD1T: '30', ...more });
  const data: SapTables = {
    KNA1: [{ KUNNR: customer, NAME1: 'Any' }],
    BSID: [
      open('1', '1.00', -30),
      open('2', '2.00', -31),
      open('3', '4.00', -60),
      open('4', '8.00', -61),
      open('5', '16.00', -90),
      open('6', '32.00', -91),
      open('7', '64.00', -120),
      open('8', '128.00', -121),
      open('9', '256.00', 5),
      open('10', '500.00', -200, { UMSKZ: 'A' }),
      open('11', '0.50', -10, { SHKZG: 'H' }),
      open('12', '0.25', -40, { SHKZG: 'H', REBZG: '3' }),
    ],
  };

  test('puts each item into the bucket of its due date; the edges are 30, 60 and 90 days', async () => {
    const answer = await call(await start(data), 'Z_GANGWAY_CREDIT_READ', credit);
    expect(rowsOf(answer, 'ET_RECEIVABLE')).toEqual([
      {
        BUKRS: 'KW01',
        WAERS: 'EUR',
        NOT_DUE: '257.0000',
        DAYS_1_30: '5.2500',
        DAYS_31_60: '24.0000',
        DAYS_61_90: '96.0000',
        DAYS_OVER_90: '128.0000',
        OVERDUE: '253.2500',
        OLDEST_DAYS: '91',
      },
    ]);
  });

  test('a credit without its invoice is due at its base date, special G/L items are left out, the longest terms count', async () => {
    const url = await start({
      KNA1: [{ KUNNR: customer }],
      BSID: [item({ BELNR: '1', DMBTR: '7.00', ZFBDT: '20310101', ZBD1T: '14', ZBD2T: '30', ZBD3T: '59' })],
    });
    const answer = await call(url, 'Z_GANGWAY_CREDIT_READ', credit);
    expect(rowsOf(answer, 'ET_RECEIVABLE')).toEqual([
      expect.objectContaining({ OLDEST_DAYS: '0', NOT_DUE: '0.7000', OVERDUE: '0.0000' }),
    ]);
  });
});

describe('credit', () => {
  test('of a shared account is the limit of its owner, with everybody else on it', async () => {
    const url = await start({
      KNA1: [
        { KUNNR: customer, NAME1: 'Daughter' },
        { KUNNR: '78', NAME1: 'Mother' },
        { KUNNR: '79', NAME1: 'Sister' },
      ],
      KNKK: [
        { KUNNR: customer, KKBER: '1000', KNKLI: '78', KLIMK: '0' },
        { KUNNR: '78', KKBER: '1000', KNKLI: '78', KLIMK: '500.00', CTLPC: '002', CRBLB: 'X' },
        { KUNNR: '79', KKBER: '1000', KNKLI: '78' },
      ],
      T691B: [{ SPRAS: 'D', CTLPC: '002', KKBER: '1000', RTEXT: 'Mittel' }],
    });
    const answer = await call(url, 'Z_GANGWAY_CREDIT_READ', credit);
    expect(rowsOf(answer, 'ET_ACCOUNT')).toEqual([
      expect.objectContaining({ KNKLI: '0000000078', KLIMK: '500.0000', CTLPC: '002', RTEXT: 'Mittel' }),
    ]);
    expect(rowsOf(answer, 'ET_SHARED')?.map((it) => [it['KUNNR'], it['NAME1']])).toEqual([
      ['0000000078', 'Mother'],
      ['0000000079', 'Sister'],
    ]);
    expect(rowsOf(answer, 'ET_BLOCK')).toEqual([expect.objectContaining({ FIELD: 'CRBLB', KKBER: '1000', CODE: 'X' })]);
  });

  test('names every block with its scope and its text in the logon language', async () => {
    const url = await start({
      KNA1: [{ KUNNR: customer, AUFSD: '01', LIFSD: '02', FAKSD: '03', CASSD: 'X', SPERR: 'X', LOEVM: 'X' }],
      KNVV: [{ KUNNR: customer, VKORG: '1', VTWEG: '2', SPART: '3', LIFSD: '02' }],
      KNB1: [{ KUNNR: customer, BUKRS: '9', SPERR: 'X' }],
      TVAST: [
        { AUFSP: '01', SPRAS: 'E', VTEXT: 'All' },
        { AUFSP: '01', SPRAS: 'D', VTEXT: 'Alles' },
      ],
      TVLST: [{ LIFSP: '02', SPRAS: 'E', VTEXT: 'Politics' }],
    });
    const rows = rowsOf(await call(url, 'Z_GANGWAY_CREDIT_READ', credit, { language: 'DE' }), 'ET_BLOCK');
    expect(rows?.map((it) => [it['FIELD'], it['VKORG'], it['BUKRS'], it['CODE'], it['TEXT']])).toEqual([
      ['AUFSD', '', '', '01', 'Alles'],
      ['LIFSD', '', '', '02', 'Politics'],
      ['FAKSD', '', '', '03', ''],
      ['CASSD', '', '', 'X', 'Kontaktsperre'],
      ['SPERR', '', '', 'X', 'Buchungssperre'],
      ['LOEVM', '', '', 'X', 'Löschvormerkung'],
      ['LIFSD', '1', '', '02', 'Politics'],
      ['SPERR', '', '9', 'X', 'Buchungssperre'],
    ]);
  });
});
