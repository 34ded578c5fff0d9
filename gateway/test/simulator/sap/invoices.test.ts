/** Invoices and balances of a payer, from data of the test's own. */
import { afterEach, describe, expect, test } from '@jest/globals';
import { startSapSimulator } from '../../../simulator/sap/start.ts';
import type { SapSimulator, SapTables, SimulatorClock } from '../../../simulator/sap/start.ts';
import { call, find, rowsOf } from './soap-caller.ts';

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

/** I_BEFORE of the page that follows a row. */
function positionOf({ FKDAT = '', VBELN = '', BUKRS = '', GJAHR = '' }: Record<string, string>): string {
  return `${FKDAT.replaceAll('-', '')}${VBELN.padEnd(10)}${BUKRS.padEnd(4)}${GJAHR}`;
}
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
      before = positionOf(last);
    }
    expect(seen).toEqual([7, 5, 4, 3, 2, 6, 1800000001, 1]);
  });
});

test('a bill whose item names it only by reference, and whose company code comes from its sales organization', async () => {
  const url = await start({
    KNA1: [{ KUNNR: customer }],
    TVKO: [{ VKORG: '1', BUKRS: 'KW01' }],
    VBRK: [{ VBELN: '9', FKDAT: '20310101', VBTYP: 'M', WAERK: 'EUR', VKORG: '1', NETWR: '50.00', KUNRG: customer }],
    BSID: [item({ BELNR: '100', XBLNR: '0000000009', WAERS: 'EUR', WRBTR: '20.00', ZFBDT: '20310101' })],
  });
  const answer = await call(url, 'Z_GANGWAY_INVOICES_READ', `<I_KUNNR>${customer}</I_KUNNR><ET_INVOICE/>`);
  expect(rowsOf(answer, 'ET_INVOICE')).toEqual([
    expect.objectContaining({ BUKRS: 'KW01', AMOUNT: '50.0000', OPEN: '20.0000' }),
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

describe('documents that only accounting has', () => {
  const read = async (data: SapTables, parameters = ''): Promise<Record<string, string>[]> =>
    rowsOf(
      await call(
        await start({ KNA1: [{ KUNNR: customer }], ...data }),
        'Z_GANGWAY_INVOICES_READ',
        `<I_KUNNR>${customer}</I_KUNNR>${parameters}<ET_INVOICE/><ET_RECEIVABLE/><ET_RETURN/>`,
      ),
      'ET_INVOICE',
    ) ?? [];
  const instalment = (BUZEI: string, ZBD1T: string, fields: object = {}): object =>
    item({ BELNR: '1600000001', BLART: 'DR', BUZEI, ZFBDT: '20310101', ZBD1T, WRBTR: '1000.00', ...fields });

  test('are one row each, also in instalments: the sum, due with the next one, overdue since the oldest', async () => {
    const rows = await read({ BSID: [instalment('3', '90'), instalment('1', '30'), instalment('2', '60')] });
    expect(rows).toMatchObject([
      { VBELN: '1600000001', AMOUNT: '300.0000', OPEN: '300.0000', FAEDT: '2031-01-31', DAYS_OVERDUE: '29' },
    ]);
  });

  test('keep what is paid of them in their amount', async () => {
    const paid = instalment('1', '30', { AUGDT: '20310130', AUGBL: '1400000001' });
    const rows = await read({ BSID: [instalment('2', '60')], BSAD: [paid] });
    expect(rows).toMatchObject([
      { AMOUNT: '200.0000', OPEN: '100.0000', AUGDT: '0000-00-00', FAEDT: '2031-03-02', DAYS_OVERDUE: '0' },
    ]);
  });

  test('say their type, and of payments only those still open are shown', async () => {
    const payment = item({ BELNR: '1400000002', BLART: 'DZ', SHKZG: 'H', WRBTR: '50.00' });
    const old = item({ BELNR: '1400000001', BLART: 'DZ', SHKZG: 'H', WRBTR: '50.00', AUGDT: '20310102' });
    expect(await read({ BSID: [payment], BSAD: [old] })).toMatchObject([
      { VBELN: '1400000002', BLART: 'DZ', VBTYP: '', OPEN: '-5.0000' },
    ]);
  });

  test('of the same number in two company codes are two rows, and a page may end between them', async () => {
    const data = { BSID: [instalment('1', '30'), instalment('1', '30', { BUKRS: 'DE01' })] };
    const [first] = await read(data, '<I_MAX>1</I_MAX>');
    await sap?.close();
    const [second, ...more] = await read(data, `<I_BEFORE>${positionOf(first ?? {})}</I_BEFORE>`);
    expect([first?.['BUKRS'], second?.['BUKRS'], more]).toEqual(['KW01', 'DE01', []]);
  });
});

test('a bill without a payer is paid by who bought', async () => {
  const url = await start({
    KNA1: [{ KUNNR: customer }],
    VBRK: [{ VBELN: '9', FKDAT: '20310101', VBTYP: 'M', WAERK: 'EUR', BUKRS: '1', NETWR: '50.00', KUNAG: customer }],
    BSID: [item({ BELNR: '9', VBELN: '9', WAERS: 'EUR', WRBTR: '50.00' })],
  });
  const answer = await call(url, 'Z_GANGWAY_INVOICES_READ', `<I_KUNNR>${customer}</I_KUNNR><ET_INVOICE/>`);
  expect(rowsOf(answer, 'ET_INVOICE')).toMatchObject([{ VBELN: '0000000009', OPEN: '50.0000' }]);
});

test('an item of a bill that somebody else pays is still owed by its customer', async () => {
  const url = await start({
    KNA1: [{ KUNNR: customer }],
    VBRK: [{ VBELN: '9', FKDAT: '20310101', VBTYP: 'M', WAERK: 'EUR', BUKRS: '1', NETWR: '50.00', KUNRG: '78' }],
    BSID: [item({ BELNR: '9', VBELN: '9', WAERS: 'EUR', WRBTR: '50.00' })],
  });
  const answer = await call(url, 'Z_GANGWAY_INVOICES_READ', `<I_KUNNR>${customer}</I_KUNNR><ET_INVOICE/>`);
  expect(rowsOf(answer, 'ET_INVOICE')).toMatchObject([{ VBELN: '0000000009', OPEN: '50.0000' }]);
});

test.each([
  ['20310110', '2031-01-24'],
  ['20310116', '2031-02-15'],
])('terms with day limits: what is billed on %s is due on %s', async (FKDAT, due) => {
  const url = await start({
    KNA1: [{ KUNNR: customer }],
    T052: [
      { ZTERM: 'DAYS', ZTAGG: '31', ZTAG1: '30' },
      { ZTERM: 'DAYS', ZTAGG: '15', ZTAG1: '14' },
    ],
    VBRK: [{ VBELN: '9', FKDAT, VBTYP: 'M', WAERK: 'EUR', NETWR: '50.00', KUNRG: customer, ZTERM: 'DAYS' }],
  });
  const answer = await call(url, 'Z_GANGWAY_INVOICES_READ', `<I_KUNNR>${customer}</I_KUNNR><ET_INVOICE/>`);
  expect(rowsOf(answer, 'ET_INVOICE')).toMatchObject([{ FAEDT: due }]);
});
