/** Orders, deliveries and their statuses, from data of the test's own. */
import { afterEach, describe, expect, test } from '@jest/globals';
import { startSapSimulator } from '../../../simulator/sap/start.ts';
import type { SapSimulator, SapTables, SimulatorClock } from '../../../simulator/sap/start.ts';
import { call, rowsOf, textOf } from './soap-caller.ts';

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

describe('orders whose statuses the data leave out', () => {
  const header = { AUDAT: '20310110', VBTYP: 'C', WAERK: 'EUR', VKORG: '1000', KUNNR: customer };
  const bill = { VBTYP: 'M', WAERK: 'EUR', KUNRG: customer, FKDAT: '20310120' };
  const statusOf = async (data: SapTables): Promise<Record<string, string> | undefined> => {
    const answer = await call(
      await start({ KNA1: [{ KUNNR: customer }], VBAK: [{ ...header, VBELN: '5' }], ...data }),
      'BAPISDORDER_GETDETAILEDLIST',
      '<I_BAPI_VIEW><STATUS_H>X</STATUS_H></I_BAPI_VIEW><SALES_DOCUMENTS><item><VBELN>0000000005</VBELN></item>' +
        '</SALES_DOCUMENTS><ORDER_STATUSHEADERS_OUT/>',
    );
    return rowsOf(answer, 'ORDER_STATUSHEADERS_OUT')?.[0];
  };
  const ordered = [{ VBELN: '5', POSNR: '10', KWMENG: '2.000' }];
  const delivered = {
    LIKP: [{ VBELN: '80', WADAT_IST: '20310119' }],
    LIPS: [{ VBELN: '80', POSNR: '10', LFIMG: '2.000', VGBEL: '5', VGPOS: '10' }],
  };
  const billed = { VBELN: '90', POSNR: '10', FKIMG: '2.000', VGBEL: '80', VGPOS: '10' };

  test('an item rejected beside an open one makes nothing delivered', async () => {
    const rejected = { VBELN: '5', POSNR: '20', KWMENG: '1.000', ABGRU: '10' };
    expect(await statusOf({ VBAP: [...ordered, rejected] })).toMatchObject({
      DELIV_STAT: 'A',
      BILLINGSTA: 'A',
      OVERALLREJ: 'B',
    });
    await sap?.close();
    expect(await statusOf({ VBAP: [...ordered, rejected], ...delivered })).toMatchObject({ DELIV_STAT: 'C' });
  });

  test('a bill that names only the delivery bills the order', async () => {
    const data = { VBAP: ordered, ...delivered, VBRK: [{ ...bill, VBELN: '90' }], VBRP: [billed] };
    expect(await statusOf(data)).toMatchObject({ BILLINGSTA: 'C' });
  });

  test('a cancelled bill and a credit memo bill nothing', async () => {
    const VBRK = [
      { ...bill, VBELN: '90' },
      { ...bill, VBELN: '91', VBTYP: 'N', SFAKN: '90' },
      { ...bill, VBELN: '92', VBTYP: 'O' },
    ];
    const VBRP = [billed, { ...billed, VBELN: '91' }, { ...billed, VBELN: '92', AUBEL: '5', AUPOS: '10' }];
    expect(await statusOf({ VBAP: ordered, ...delivered, VBRK, VBRP })).toMatchObject({ BILLINGSTA: 'A' });
  });
});

describe('a document flow that the data leave out', () => {
  const flowOf = async (data: SapTables): Promise<unknown[]> => {
    const answer = await call(
      await start({ KNA1: [{ KUNNR: customer }], VBAK: [{ VBELN: '5', VBTYP: 'C', KUNNR: customer }], ...data }),
      'BAPISDORDER_GETDETAILEDLIST',
      '<I_BAPI_VIEW><FLOW>X</FLOW></I_BAPI_VIEW><SALES_DOCUMENTS><item><VBELN>0000000005</VBELN></item>' +
        '</SALES_DOCUMENTS><ORDER_FLOWS_OUT/>',
    );
    const rows = rowsOf(answer, 'ORDER_FLOWS_OUT') ?? [];
    return rows.map((it) => [Number(it['PRECSDDOC']), it['DOCCATEGOR'], Number(it['SUBSSDDOC'])]);
  };
  const LIPS = [
    { VBELN: '80', POSNR: '10', LFIMG: '2.000', VGBEL: '5', VGPOS: '10' },
    { VBELN: '80', POSNR: '20', LFIMG: '1.000', VGBEL: '6', VGPOS: '10' },
  ];

  test('of a delivery shared with another order holds the bills of its own items alone', async () => {
    const VBRP = [
      { VBELN: '90', POSNR: '10', VGBEL: '80', VGPOS: '10' },
      { VBELN: '91', POSNR: '10', VGBEL: '80', VGPOS: '20' },
    ];
    const VBRK = ['90', '91'].map((VBELN) => ({ VBELN, VBTYP: 'M' }));
    expect(await flowOf({ LIPS, VBRP, VBRK })).toEqual([
      [5, 'J', 80],
      [80, 'M', 90],
    ]);
  });

  test('leads from a bill to what cancels it, whatever the items of the cancellation name', async () => {
    const VBRK = [
      { VBELN: '90', VBTYP: 'M' },
      { VBELN: '91', VBTYP: 'N', SFAKN: '90' },
    ];
    const VBRP = [{ VBELN: '90', POSNR: '10', AUBEL: '5', AUPOS: '10' }];
    const wanted = [
      [5, 'M', 90],
      [90, 'N', 91],
    ];
    expect(await flowOf({ VBRK, VBRP })).toEqual(wanted);
    await sap?.close();
    const copied = { VBELN: '91', POSNR: '10', AUBEL: '5', AUPOS: '10' };
    expect(await flowOf({ VBRK, VBRP: [...VBRP, copied] })).toEqual(wanted);
  });
});

test('customers have the sales areas of their orders where the data leave theirs out', async () => {
  const order = { VBTYP: 'C', VKORG: 'S1', VTWEG: '10', SPART: '00', KUNNR: customer };
  const url = await start({ KNA1: [{ KUNNR: customer }], VBAK: ['5', '6'].map((VBELN) => ({ ...order, VBELN })) });
  const answer = await call(url, 'BAPI_CUSTOMER_GETSALESAREAS', `<CUSTOMERNO>${customer}</CUSTOMERNO><SALESAREAS/>`);
  expect(rowsOf(answer, 'SALESAREAS')).toMatchObject([{ SALESORG: 'S1', DISTRCHN: '10', DIVISION: '00' }]);
});

test('units come with the ISO code that customizing has, and without where it has none', async () => {
  const url = await start({
    KNA1: [{ KUNNR: customer }],
    T006: [{ MSEHI: 'ST', ISOCODE: 'PCE' }],
    VBAK: [{ VBELN: '5', KUNNR: customer }],
    VBAP: [
      { VBELN: '5', POSNR: '10', VRKME: 'ST' },
      { VBELN: '5', POSNR: '20', VRKME: 'ZZ' },
    ],
  });
  const answer = await call(
    url,
    'BAPISDORDER_GETDETAILEDLIST',
    '<I_BAPI_VIEW><ITEM>X</ITEM></I_BAPI_VIEW><SALES_DOCUMENTS><item><VBELN>0000000005</VBELN></item>' +
      '</SALES_DOCUMENTS><ORDER_ITEMS_OUT/>',
  );
  expect(rowsOf(answer, 'ORDER_ITEMS_OUT')?.map((it) => it['ISOCODUNIT'])).toEqual(['PCE', '']);
});
