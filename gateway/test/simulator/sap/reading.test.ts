/** What the reading functions say about data of a test's own. */
import { afterEach, describe, expect, test } from '@jest/globals';
import { startSapSimulator } from '../../../simulator/sap/start.ts';
import type { SapSimulator, SapTables, SimulatorClock } from '../../../simulator/sap/start.ts';
import { call, find, rowsOf, textOf } from './soap-caller.ts';

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

describe('invoices', () => {
  const bill = (VBELN: string, FKDAT: string, fields: object = {}): object => ({
    VBELN,
    FKDAT,
    VBTYP: 'M',
    WAERK: 'EUR',
    BUKRS: '1000',
    NETWR: '100.00',
    MWSBK: '19.00',
    KUNRG: customer,
    BELNR: VBELN,
    GJAHR: '2031',
    ...fields,
  });
  const posting = (BELNR: string, fields: object = {}): object => ({
    BUKRS: '1000',
    KUNNR: customer,
    GJAHR: '2031',
    BELNR,
    BUZEI: '001',
    WAERS: 'EUR',
    SHKZG: 'S',
    DMBTR: '119.00',
    WRBTR: '119.00',
    ZFBDT: '20310101',
    ZBD1T: '30',
    ...fields,
  });
  const data: SapTables = {
    KNA1: [{ KUNNR: customer }],
    VBRK: [
      bill('1', '20310101'),
      bill('2', '20310110', { VBTYP: 'O' }),
      bill('3', '20310111', { FKSTO: 'X' }),
      bill('4', '20310112', { VBTYP: 'N', SFAKN: '3' }),
      bill('5', '20310220'),
      bill('6', '20310105'),
      bill('7', '20310228', { BELNR: '', RFBSK: '' }),
      bill('8', '20310101', { VBTYP: 'U' }),
      bill('9', '20310103', { KUNRG: '0000000078' }),
    ],
    BSID: [
      posting('1', { DMBTR: '19.00', WRBTR: '19.00' }),
      posting('2', { SHKZG: 'H', ZFBDT: '20310110' }),
      posting('5', { ZFBDT: '20310220' }),
      posting('1800000001', { BLART: 'DR', BLDAT: '20310102' }),
    ],
    BSAD: [
      posting('6', { AUGDT: '20310201' }),
      posting('3', { AUGDT: '20310112' }),
      posting('4', { AUGDT: '20310112', SHKZG: 'H' }),
      posting('1400000001', { BLART: 'DZ', SHKZG: 'H', AUGDT: '20310201' }),
    ],
  };
  const read = async (url: string, parameters = ''): Promise<Record<string, string>[]> =>
    rowsOf(
      await call(url, 'Z_GANGWAY_INVOICES_READ', `<I_KUNNR>${customer}</I_KUNNR>${parameters}<ET_INVOICE/>`),
      'ET_INVOICE',
    ) ?? [];

  test('of the payer come newest first, signed, with what is open and which document cancelled which', async () => {
    const rows = await read(await start(data));
    expect(rows.map((it) => [Number(it['VBELN']), it['AMOUNT'], it['OPEN'], it['DAYS_OVERDUE']])).toEqual([
      [7, '119.0000', '119.0000', '0'],
      [5, '119.0000', '119.0000', '0'],
      [4, '-119.0000', '0.0000', '0'],
      [3, '119.0000', '0.0000', '0'],
      [2, '-119.0000', '-119.0000', '0'],
      [6, '119.0000', '0.0000', '0'],
      [1800000001, '119.0000', '119.0000', '29'],
      [1, '119.0000', '19.0000', '29'],
    ]);
    expect(rows.find((it) => it['VBELN'] === '0000000004')).toMatchObject({ SFAKN: '0000000003', STORNO: '' });
    expect(rows.find((it) => it['VBELN'] === '0000000003')).toMatchObject({
      SFAKN: '',
      STORNO: '0000000004',
      AUGDT: '2031-01-12',
    });
    expect(rows.find((it) => it['VBELN'] === '0000000006')).toMatchObject({ AUGDT: '2031-02-01', FAEDT: '2031-01-31' });
  });

  test.each([
    ['O', [7, 5, 2, 1800000001, 1]],
    ['D', [1800000001, 1]],
    ['P', [6]],
  ])('in state %s are those alone', async (state, numbers) => {
    expect((await read(await start(data), `<I_STATE>${state}</I_STATE>`)).map((it) => Number(it['VBELN']))).toEqual(
      numbers,
    );
  });

  test('page by the last row seen without loss or repetition', async () => {
    const url = await start(data);
    const seen: number[] = [];
    for (let before = ''; ;) {
      const rows = await read(url, `<I_MAX>3</I_MAX><I_BEFORE>${before}</I_BEFORE>`);
      const last = rows.at(-1);
      if (last === undefined) break;
      seen.push(...rows.map((it) => Number(it['VBELN'])));
      before = `${last['FKDAT']?.replaceAll('-', '')}${last['VBELN']}`;
    }
    expect(seen).toEqual([7, 5, 4, 3, 2, 6, 1800000001, 1]);
  });
});

describe('sales documents', () => {
  const order = {
    VBELN: '5',
    AUDAT: '20310110',
    VBTYP: 'C',
    AUART: 'TA',
    NETWR: '10.00',
    WAERK: 'EUR',
    VKORG: '1000',
    KUNNR: customer,
  };
  const data: SapTables = {
    KNA1: [{ KUNNR: customer }],
    VBAK: [order, { ...order, VBELN: '6', VBTYP: 'B', AUART: 'AG' }],
    VBAP: [
      { VBELN: '5', POSNR: '10', KWMENG: '10.000', NETWR: '10.00' },
      { VBELN: '5', POSNR: '20', KWMENG: '4.000' },
      { VBELN: '6', POSNR: '10', KWMENG: '1.000' },
    ],
    LIKP: [
      { VBELN: '80', LFDAT: '20310120', WADAT_IST: '20310119', BOLNR: 'TRACK' },
      { VBELN: '81', LFDAT: '20310125' },
    ],
    LIPS: [
      { VBELN: '80', POSNR: '10', LFIMG: '6.000', VGBEL: '5', VGPOS: '10' },
      { VBELN: '81', POSNR: '10', LFIMG: '4.000', VGBEL: '5', VGPOS: '10' },
    ],
    VBRK: [{ VBELN: '90', VBTYP: 'M', WAERK: 'EUR', KUNRG: customer }],
    VBRP: [{ VBELN: '90', POSNR: '10', FKIMG: '6.000', VGBEL: '80', VGPOS: '10', AUBEL: '5', AUPOS: '10' }],
  };

  test('without status rows get their status from deliveries and invoices', async () => {
    const answer = await call(
      await start(data),
      'BAPI_SALESORDER_GETSTATUS',
      '<SALESDOCUMENT>0000000005</SALESDOCUMENT><STATUSINFO/>',
    );
    const rows = rowsOf(answer, 'STATUSINFO');
    expect(
      rows?.map((it) => [it['ITM_NUMBER'], it['PRC_STAT_H'], it['DLV_STAT_H'], it['DLV_STAT_I'], it['DELIV_NUMB']]),
    ).toEqual([
      ['000010', 'B', 'B', 'C', '0000000080'],
      ['000010', 'B', 'B', 'C', '0000000081'],
      ['000020', 'B', 'B', 'A', ''],
    ]);
  });

  test('without flow rows get their flow from the references of what followed', async () => {
    const parameters =
      '<I_BAPI_VIEW><FLOW>X</FLOW></I_BAPI_VIEW><SALES_DOCUMENTS><item><VBELN>0000000005</VBELN></item></SALES_DOCUMENTS><ORDER_FLOWS_OUT/><ORDER_ITEMS_OUT/>';
    const answer = await call(await start(data), 'BAPISDORDER_GETDETAILEDLIST', parameters);
    expect(
      rowsOf(answer, 'ORDER_FLOWS_OUT')?.map((it) => [it['PRECSDDOC'], it['SUBSSDDOC'], it['DOCCATEGOR']]),
    ).toEqual([
      ['0000000005', '0000000080', 'J'],
      ['0000000005', '0000000081', 'J'],
      ['0000000080', '0000000090', 'M'],
    ]);
    expect(rowsOf(answer, 'ORDER_ITEMS_OUT')).toEqual([]);
  });

  test('of another transaction group and of unknown documents are left out', async () => {
    const url = await start(data);
    const list = (more: string): Promise<Record<string, string>[] | undefined> =>
      call(
        url,
        'BAPI_SALESORDER_GETLIST',
        `<CUSTOMER_NUMBER>${customer}</CUSTOMER_NUMBER><SALES_ORGANIZATION>1000</SALES_ORGANIZATION>${more}<SALES_ORDERS/>`,
      ).then((it) => rowsOf(it, 'SALES_ORDERS'));
    expect((await list(''))?.map((it) => it['SD_DOC'])).toEqual(['0000000005', '0000000005']);
    expect((await list('<TRANSACTION_GROUP>2</TRANSACTION_GROUP>'))?.map((it) => it['SD_DOC'])).toEqual(['0000000006']);
    expect(await list('<DOCUMENT_DATE>2031-01-11</DOCUMENT_DATE>')).toEqual([]);
    const unknown = await call(url, 'BAPI_SALESORDER_GETSTATUS', '<SALESDOCUMENT>5</SALESDOCUMENT><STATUSINFO/>');
    expect(textOf(unknown, 'TYPE')).toBe('E');
    expect(textOf(unknown, 'CODE')).toBe('V1302');
  });

  test('deliveries show items and statuses only when their flags are set', async () => {
    const url = await start(data);
    const range =
      '<IT_VGBEL><item><SIGN>I</SIGN><OPTION>EQ</OPTION><REF_DOC_LOW>0000000005</REF_DOC_LOW></item></IT_VGBEL><ET_DELIVERY_HEADER/><ET_DELIVERY_HEADER_STS/><ET_DELIVERY_ITEM/>';
    const bare = await call(url, 'BAPI_DELIVERY_GETLIST', `<IS_DLV_DATA_CONTROL/>${range}`);
    expect(rowsOf(bare, 'ET_DELIVERY_HEADER')?.map((it) => [it['VBELN'], it['WADAT_IST'], it['BOLNR']])).toEqual([
      ['0000000080', '2031-01-19', 'TRACK'],
      ['0000000081', '0000-00-00', ''],
    ]);
    expect(rowsOf(bare, 'ET_DELIVERY_ITEM')).toEqual([]);
    const full = await call(
      url,
      'BAPI_DELIVERY_GETLIST',
      `<IS_DLV_DATA_CONTROL><ITEM>X</ITEM><HEAD_STATUS>X</HEAD_STATUS></IS_DLV_DATA_CONTROL>${range}`,
    );
    expect(rowsOf(full, 'ET_DELIVERY_ITEM')).toHaveLength(2);
    expect(rowsOf(full, 'ET_DELIVERY_HEADER_STS')?.map((it) => it['WBSTK'])).toEqual(['C', 'A']);
  });
});

test('logon languages change texts; the status text of the order list is one of them', async () => {
  const url = await start({
    KNA1: [{ KUNNR: customer }],
    VBAK: [{ VBELN: '5', VBTYP: 'C', VKORG: '1', KUNNR: customer, AUDAT: '20310101' }],
    VBAP: [{ VBELN: '5', POSNR: '10', KWMENG: '1.000' }],
  });
  const parameters = `<CUSTOMER_NUMBER>${customer}</CUSTOMER_NUMBER><SALES_ORGANIZATION>1</SALES_ORGANIZATION><SALES_ORDERS/>`;
  const text = async (language: string): Promise<string | undefined> =>
    textOf(await call(url, 'BAPI_SALESORDER_GETLIST', parameters, { language }), 'DOC_STATUS');
  expect([await text('EN'), await text('DE'), await text('D'), await text('JA')]).toEqual([
    'Open',
    'offen',
    'offen',
    'Open',
  ]);
});

test('a balance is signed, one row per currency, special G/L only when asked for', async () => {
  const url = await start({
    KNA1: [{ KUNNR: customer }],
    T001: [{ BUKRS: 'KW01', WAERS: 'KWD' }],
    KNB1: [{ KUNNR: customer, BUKRS: 'KW01' }],
    BSID: [
      item({ BELNR: '1', DMBTR: '30.00', WRBTR: '30.00' }),
      item({ BELNR: '2', DMBTR: '50.00', WRBTR: '50.00', SHKZG: 'H' }),
      item({ BELNR: '3', DMBTR: '70.00', WRBTR: '70.00', UMSKZ: 'A' }),
    ],
  });
  const parameters = `<COMPANYCODE>KW01</COMPANYCODE><CUSTOMER>${customer}</CUSTOMER><KEYDATE>2031-03-01</KEYDATE><KEYBALANCE/>`;
  expect(rowsOf(await call(url, 'BAPI_AR_ACC_GETKEYDATEBALANCE', parameters), 'KEYBALANCE')).toEqual([
    expect.objectContaining({ T_CURR_BAL: '-2.0000', CURRENCY: 'KWD', SP_GL_IND: '' }),
  ]);
  expect(
    rowsOf(
      await call(url, 'BAPI_AR_ACC_GETKEYDATEBALANCE', `${parameters}<BALANCESPGLI>X</BALANCESPGLI>`),
      'KEYBALANCE',
    ),
  ).toHaveLength(2);
  expect(find(await call(url, 'BAPI_AR_ACC_GETKEYDATEBALANCE', parameters.replace('KW01', 'XX01')), 'CODE')?.text).toBe(
    'FN021',
  );
});
