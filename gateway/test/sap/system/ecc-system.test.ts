/** What the room decides by itself: windows of time, texts, missing authorizations. */
import { beforeEach, describe, expect, test } from '@jest/globals';
import { documentNumber, matchRequest } from '../../../src/model/index.ts';
import type { AbapStructure } from '../../../src/ports/index.ts';
import type { SoapSettings } from '../../../src/sap/index.ts';
import { EccSystem } from '../../../src/sap/system/ecc-system.ts';
import { Deadline } from '../../../src/timing/index.ts';
import { manualClock } from '../fakes/manual-clock.ts';
import type { ManualClock } from '../fakes/manual-clock.ts';
import { scriptedConnection } from '../fakes/scripted-connection.ts';
import type { Script, ScriptedConnection } from '../fakes/scripted-connection.ts';
import { one, pack, refused, settings, standard } from '../fakes/scripted-system.ts';
import { failure } from '../fakes/soap-under-test.ts';

let clock: ManualClock;
let connection: ScriptedConnection;
let sap: EccSystem;
const soon = (): Deadline => Deadline.in(clock, 5_000);
const count = (name: string): number => connection.asked.filter((call) => call.functionName === name).length;
const open = (script: Script, changes: Partial<SoapSettings> = {}): void => {
  connection = scriptedConnection(script);
  sap = new EccSystem(connection, { ...settings, ...changes }, clock);
};

beforeEach(() => {
  clock = manualClock('2026-03-01T12:00:00Z');
});

describe('credit without the pack', () => {
  const field = (name: string, dataElement: string, dataType: string, type = 'P'): AbapStructure => ({
    FIELDNAME: name,
    ROLLNAME: dataElement,
    DATATYPE: dataType,
    INTTYPE: type,
    LENG: '15',
    DECIMALS: '2',
  });

  test('finds figures by their data element, whatever the fields are called, and scales CURR fields', async () => {
    open({
      ...standard,
      DDIF_FIELDINFO_GET: () => ({
        DFIES_TAB: [
          field('F1', 'KLIMK', 'CURR'),
          field('F2', 'SKFOR', 'DEC'),
          field('F3', 'WAERS', 'CUKY', 'C'),
          field('F4', 'CRBLB', 'CHAR', 'C'),
        ],
      }),
      BAPI_CR_ACC_GETDETAIL: () => ({ CREDIT_ACCOUNT_DETAIL: { F1: '15000.00', F2: '7.00', F3: 'JPY', F4: 'X' } }),
    });
    const { accounts, blocks } = await sap.readCredit(one, soon());
    expect(accounts[0]).toMatchObject({
      limit: { amount: '1500000', currency: 'JPY' },
      exposure: { receivables: { amount: '7' }, specialLiabilities: null },
    });
    expect(blocks).toContainEqual(
      expect.objectContaining({ kind: 'credit', scope: { level: 'credit-control-area', creditControlArea: '1000' } }),
    );
  });

  test('reads the limit of the credit account when it belongs to another customer', async () => {
    open({
      ...standard,
      DDIF_FIELDINFO_GET: () => ({
        DFIES_TAB: [
          field('LIM', 'KLIMK', 'DEC'),
          field('ACC', 'KNKLI', 'CHAR', 'C'),
          field('CUR', 'WAERS', 'CUKY', 'C'),
        ],
      }),
      BAPI_CR_ACC_GETDETAIL: ({ CUSTOMER }) => ({
        CREDIT_ACCOUNT_DETAIL: { LIM: CUSTOMER === '0000000099' ? '500.00' : '0.00', ACC: '0000000099', CUR: 'EUR' },
      }),
    });
    expect((await sap.readCredit(one, soon())).accounts[0]).toMatchObject({
      creditAccount: '0000000099',
      limit: { amount: '500.00' },
    });
  });

  test('a company code that may not be read is named, and others are still shown', async () => {
    open(
      {
        ...standard,
        BAPI_AR_ACC_GETOPENITEMS: ({ COMPANYCODE }) =>
          COMPANYCODE === '2000'
            ? { RETURN: { TYPE: 'E', CODE: 'F5 083', MESSAGE: 'No authorization' } }
            : {
                LINEITEMS: [
                  { COMP_CODE: '1000', CURRENCY: 'EUR', AMT_DOCCUR: '5.0000', DB_CR_IND: 'S', BLINE_DATE: '20260101' },
                ],
              },
      },
      { companyCodes: ['1000', '2000'] },
    );
    const { receivables, unavailable } = await sap.readCredit(one, soon());
    expect(receivables.map(({ companyCode, overdue }) => [companyCode, overdue.amount])).toEqual([['1000', '5.00']]);
    expect(unavailable).toContainEqual({ figure: 'receivables.2000', reason: 'NOT_AUTHORIZED' });
  });
});

describe('orders', () => {
  const orders = (rows: readonly AbapStructure[]): Script => ({
    ...standard,
    BAPI_CUSTOMER_GETSALESAREAS: () => ({
      SALESAREAS: [{ SALESORG: '1000' }, { SALESORG: '1000' }, { SALESORG: '2000' }],
    }),
    BAPI_SALESORDER_GETLIST: ({ SALES_ORGANIZATION, DOCUMENT_DATE, DOCUMENT_DATE_TO }) => ({
      RETURN: { TYPE: 'W', CODE: 'V4999' },
      SALES_ORDERS: rows.filter(
        (row) =>
          row['ORG'] === SALES_ORGANIZATION &&
          String(row['DOC_DATE']) >= String(DOCUMENT_DATE) &&
          String(row['DOC_DATE']) <= String(DOCUMENT_DATE_TO),
      ),
    }),
    BAPISDORDER_GETDETAILEDLIST: ({ SALES_DOCUMENTS }) => ({
      ORDER_HEADERS_OUT: (Array.isArray(SALES_DOCUMENTS) ? SALES_DOCUMENTS : []).map((row: AbapStructure) => ({
        DOC_NUMBER: String(row['VBELN']),
        SALES_ORG: '1000',
        DISTR_CHAN: '10',
        DIVISION: '00',
        CURRENCY: 'EUR',
        NET_VAL_HD: '1.000000000',
        SOLD_TO: one,
        TRAN_GROUP: '0',
      })),
    }),
  });
  const row = (document: string, date: string, organization = '1000'): AbapStructure => ({
    SD_DOC: document,
    DOC_DATE: date,
    ORG: organization,
  });

  test('a full page in the last two months costs one list per sales organization and one call for all details', async () => {
    open(orders([row('0000000001', '20260225'), row('0000000001', '20260225'), row('0000000002', '20260226', '2000')]));
    const page = await sap.listOrders(one, { limit: 1 }, soon());
    expect(page.orders.map((order) => order.number)).toEqual(['0000000002']);
    expect([count('BAPI_SALESORDER_GETLIST'), count('BAPISDORDER_GETDETAILEDLIST')]).toEqual([2, 1]);
    const next = await sap.listOrders(one, { limit: 1, cursor: page.next ?? '' }, soon());
    expect([next.orders.map((order) => order.number), next.next]).toEqual([['0000000001'], null]);
  });

  test('old orders are found in wider windows, and a customer without any costs a bounded number of calls', async () => {
    open(orders([row('0000000001', '20150601'), row('0000000002', '20250601'), row('0000000003', '20270101')]));
    const page = await sap.listOrders(one, { limit: 10 }, soon());
    expect(page.orders.map((order) => order.number)).toEqual(['0000000003', '0000000002', '0000000001']);
    open(orders([]));
    expect((await sap.listOrders(one, { limit: 10 }, soon())).orders).toEqual([]);
    expect(count('BAPI_SALESORDER_GETLIST')).toBe(8);
    expect(count('BAPISDORDER_GETDETAILEDLIST')).toBe(0);
  });

  test('sales organizations are remembered for a while, not for ever', async () => {
    open(orders([row('0000000001', '20260225')]));
    await sap.listOrders(one, { limit: 1 }, soon());
    await sap.listOrders(one, { limit: 1 }, soon());
    expect(count('BAPI_CUSTOMER_GETSALESAREAS')).toBe(1);
    clock.advance(300_001);
    await sap.listOrders(one, { limit: 1 }, soon());
    expect(count('BAPI_CUSTOMER_GETSALESAREAS')).toBe(2);
  });

  test('an error of one sales organization fails the list: half a list would be taken for the whole', async () => {
    open({
      ...orders([row('0000000001', '20260225')]),
      BAPI_SALESORDER_GETLIST: () => ({ RETURN: { TYPE: 'E', CODE: 'V1001', MESSAGE: 'No' } }),
    });
    expect((await failure(sap.listOrders(one, { limit: 1 }, soon()))).code).toBe('SAP_REFUSED');
  });

  test('a customer without sales areas is one, unless SAP does not know it at all', async () => {
    const none = { ...standard, BAPI_CUSTOMER_GETSALESAREAS: () => ({ SALESAREAS: [] }) };
    open(none);
    expect((await sap.listOrders(one, { limit: 5 }, soon())).orders).toEqual([]);
    open({ ...none, BAPI_CUSTOMER_GETDETAIL2: () => ({ RETURN: { TYPE: 'E', ID: 'F2', NUMBER: '153' } }) });
    expect((await failure(sap.listOrders(one, { limit: 5 }, soon()))).code).toBe('SAP_CUSTOMER_UNKNOWN');
  });

  test.each([
    ['DEC', '12500.000000000', '12500'],
    ['CURR', '125.00', '12500'],
  ])(
    'a bill kept as %s has its value in real units, and a cancelled one is told by the flow alone',
    async (DATATYPE, NET_VALUE, amount) => {
      open({
        ...orders([]),
        DDIF_FIELDINFO_GET: () => ({
          DFIES_TAB: [{ FIELDNAME: 'NET_VALUE', DATATYPE, INTTYPE: 'P', LENG: '28', DECIMALS: '9' }],
        }),
        BAPISDORDER_GETDETAILEDLIST: () => ({
          ORDER_HEADERS_OUT: [
            {
              DOC_NUMBER: '0000000001',
              SOLD_TO: one,
              TRAN_GROUP: '0',
              CURRENCY: 'JPY',
              SALES_ORG: '1',
              DISTR_CHAN: '1',
              DIVISION: '1',
            },
          ],
          ORDER_FLOWS_OUT: [
            { PRECSDDOC: '0000000001', SUBSSDDOC: '0090000001', DOCCATEGOR: 'M' },
            { PRECSDDOC: '0090000001', SUBSSDDOC: '0090000002', DOCCATEGOR: 'N' },
          ],
        }),
        BAPI_DELIVERY_GETLIST: () => ({}),
        BAPI_BILLINGDOC_GETDETAIL: () => ({ BILLINGDOCUMENTDETAIL: { NET_VALUE } }),
      });
      const { invoices } = await sap.readOrder(documentNumber.parse('1'), one, soon());
      expect(invoices.map(({ net, isCancelled }) => [net.amount, isCancelled])).toEqual([
        [amount, true],
        [`-${amount}`, true],
      ]);
    },
  );

  test('a quotation is not an order', async () => {
    open({
      ...standard,
      BAPISDORDER_GETDETAILEDLIST: () => ({
        ORDER_HEADERS_OUT: [{ DOC_NUMBER: '0000000001', TRAN_GROUP: '2', SOLD_TO: one }],
      }),
    });
    expect((await failure(sap.readOrder(documentNumber.parse('1'), undefined, soon()))).code).toBe(
      'SAP_DOCUMENT_UNKNOWN',
    );
  });
});

describe('texts and duplicates', () => {
  test('texts that may not be read leave codes without words, and are not asked for with every question', async () => {
    open({ ...pack, RFC_READ_TABLE: refused('SAP_NOT_AUTHORIZED') });
    await sap.readCredit(one, soon());
    await sap.readCredit(one, soon());
    expect(count('RFC_READ_TABLE')).toBe(1);
  });

  test('a refused logon is not taken for missing texts: the next try would lock the user', async () => {
    open({ ...pack, RFC_READ_TABLE: refused('SAP_LOGON_REFUSED') });
    expect((await failure(sap.readCredit(one, soon()))).code).toBe('SAP_LOGON_REFUSED');
  });

  test('decimals of currencies come from SAP where it lets us read them', async () => {
    open({
      ...pack,
      RFC_READ_TABLE: () => ({
        FIELDS: [
          { FIELDNAME: 'CURRKEY', OFFSET: '000000', LENGTH: '000005' },
          { FIELDNAME: 'CURRDEC', OFFSET: '000005', LENGTH: '000010' },
        ],
        DATA: [{ WA: 'HUF           0' }],
      }),
      Z_GANGWAY_CREDIT_READ: () => ({
        ET_RECEIVABLE: [
          { BUKRS: '1000', WAERS: 'HUF', OVERDUE: '7.0000' },
          { BUKRS: '1000', WAERS: 'KWD', OVERDUE: '7.0000' },
        ],
      }),
    });
    const { receivables } = await sap.readCredit(one, soon());
    // A currency that this SAP does not list has two decimals there, whatever the world thinks.
    expect(receivables.map(({ overdue }) => overdue.amount)).toEqual(['7', '7.00']);
  });

  test('"nothing found" is no error, a missing authorization is one: it must not look like "no duplicates"', async () => {
    const request = matchRequest.parse({ name: 'Nordwind', vatNumber: 'DE 123.456.789' });
    open({ BAPI_CUSTOMER_FIND: () => ({ RETURN: { TYPE: 'E', ID: 'F2', NUMBER: '718' } }) });
    expect((await sap.findMatches(request, soon())).matches).toEqual([]);
    expect(JSON.stringify(connection.asked)).toContain('DE123456789');
    open({ BAPI_CUSTOMER_FIND: () => ({ RETURN: { TYPE: 'E', ID: 'F2', NUMBER: '543' } }) });
    expect((await failure(sap.findMatches(request, soon()))).code).toBe('SAP_NOT_AUTHORIZED');
  });

  test('a customer found by its VAT number is first, even under another name and in another country', async () => {
    open({
      BAPI_CUSTOMER_FIND: ({ SELOPT_TAB }) => ({
        RESULT_TAB: JSON.stringify(SELOPT_TAB).includes('STCEG')
          ? [{ FIELDNAME: 'STCEG', CUSTOMER: '0000000002', DEL_FLAG_G: 'X' }]
          : [{ FIELDNAME: 'MCOD1', CUSTOMER: '0000000001' }],
      }),
      BAPI_CUSTOMER_GETLIST: () => ({
        ADDRESSDATA: [
          { CUSTOMER: '0000000001', NAME: 'Nordwind AG', CITY: 'Kiel', COUNTRY: 'DE' },
          { CUSTOMER: '0000000002', NAME: 'Altona Holding', CITY: 'Wien', COUNTRY: 'AT' },
        ],
      }),
    });
    const { matches } = await sap.findMatches(
      matchRequest.parse({ name: 'Nordwind', country: 'DE', vatNumber: 'DE123456789' }),
      soon(),
    );
    expect(matches.map(({ customer, score, isBlocked }) => [customer.number, score, isBlocked])).toEqual([
      ['0000000002', 80, true],
      ['0000000001', 60, false],
    ]);
  });
});
