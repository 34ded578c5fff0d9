/** SAP systems unlike the shipped one: other clients, organizations, currencies, and data left out. */
import { afterEach, describe, expect, test } from '@jest/globals';
import type { SapTables } from '../../../simulator/sap/start.ts';
import { customerNumber, documentNumber, matchRequest } from '../../../src/model/index.ts';
import type { InvoicePage } from '../../../src/model/index.ts';
import type { SoapSettings } from '../../../src/sap/index.ts';
import { Deadline, systemClock } from '../../../src/timing/index.ts';
import { startSapUnderTest } from '../fakes/simulated-sap.ts';
import type { SapUnderTest } from '../fakes/simulated-sap.ts';

const soon = (): Deadline => Deadline.in(systemClock, 10_000);
const acme = customerNumber.parse('ACME01');

let it: SapUnderTest | undefined;
afterEach(async () => {
  await it?.close();
  it = undefined;
});

async function start(tables: SapTables, settings: Partial<SoapSettings> = {}, pack = true): Promise<SapUnderTest> {
  const _system = { client: '800', sid: 'PRD', logicalSystem: 'PRDCLNT800', timeZone: 'Europe/Berlin', pack };
  it = await startSapUnderTest(
    { data: { _system, KNA1: [{ KUNNR: 'ACME01', NAME1: 'Acme' }], ...tables } },
    { timeZone: 'Europe/Berlin', ...settings },
  );
  return it;
}

async function everyInvoice({ sap }: SapUnderTest, limit: number): Promise<InvoicePage['invoices']> {
  const found: InvoicePage['invoices'] = [];
  for (let cursor: string | undefined; ;) {
    const page = await sap.listInvoices(acme, 'all', { limit, cursor }, soon());
    found.push(...page.invoices);
    if (page.next === null) return found;
    cursor = page.next;
  }
}

const item = (fields: object): object => ({
  BUKRS: 'Z_01',
  KUNNR: 'ACME01',
  GJAHR: { days: -10 },
  BELNR: '1600000001',
  BUZEI: '001',
  BLART: 'DR',
  BUDAT: { days: -10 },
  BLDAT: { days: -10 },
  ZFBDT: { days: -10 },
  WAERS: 'TND',
  SHKZG: 'S',
  WRBTR: '10.00',
  ...fields,
});

describe.each([
  ['with the pack', true],
  ['without the pack', false],
])('invoices %s', (_title, pack) => {
  const settings = { companyCodes: ['Z_01', 'Z_02'] };

  test('of the same number and day in two company codes are all there, one to a page', async () => {
    const open = await start({ BSID: [item({}), item({ BUKRS: 'Z_02' })] }, settings, pack);
    const found = (await everyInvoice(open, 1)).map(({ number, companyCode }) => `${companyCode} ${number}`);
    expect(found.sort()).toEqual(['Z_01 1600000001', 'Z_02 1600000001']);
  });

  test('in instalments are one invoice, due with the next of them', async () => {
    const instalments = [90, 30, 5].map((ZBD1T, index) => item({ BUZEI: `00${index + 1}`, ZBD1T }));
    const [invoice, ...others] = await everyInvoice(await start({ BSID: instalments }, settings, pack), 2);
    expect(others).toEqual([]);
    expect(invoice).toMatchObject({
      // TND has three decimals, so the stored 10.00 is 1.000.
      amount: { amount: '3.000', currency: 'TND' },
      open: { amount: '3.000', currency: 'TND' },
      daysOverdue: 5,
      state: 'overdue',
    });
    const dueInDays = (Date.parse(invoice?.dueOn ?? '') - Date.parse(invoice?.issuedOn ?? '')) / 86_400_000;
    expect(dueInDays).toBe(5);
  });

  test('of a state are those of it alone, and a full page without more has no next one', async () => {
    const data = [item({}), item({ BELNR: '1600000002', ZBD1T: '90' })];
    const cleared = item({ BELNR: '1600000003', AUGDT: { days: -1 }, AUGBL: '1400000001' });
    const { sap } = await start({ BSID: data, BSAD: [cleared] }, settings, pack);
    for (const [state, numbers] of [
      ['open', ['1600000002', '1600000001']],
      ['overdue', ['1600000001']],
      ['paid', ['1600000003']],
    ] as const) {
      const page = await sap.listInvoices(acme, state, { limit: numbers.length }, soon());
      expect([state, page.invoices.map(({ number }) => number), page.next]).toEqual([state, numbers, null]);
    }
  });

  test('and credit memos are due by their own terms, those without an invoice at once', async () => {
    const memo = (BELNR: string, fields: object): object =>
      item({ BELNR, BLART: 'DG', SHKZG: 'H', ZBD1T: '5', ...fields });
    const open = await start(
      { BSID: [item({ ZBD1T: '60' }), memo('1600000002', { REBZG: '1600000001' }), memo('1600000003', {})] },
      settings,
      pack,
    );
    const dueInDays = (await everyInvoice(open, 5)).map(({ issuedOn, dueOn }) =>
      Math.round((Date.parse(dueOn ?? '') - Date.parse(issuedOn ?? '')) / 86_400_000),
    );
    expect(dueInDays).toEqual([0, 5, 60]);
  });

  test('are told from payments on account', async () => {
    const payment = item({ BELNR: '1400000001', BLART: 'DZ', SHKZG: 'H' });
    const [found] = await everyInvoice(await start({ BSID: [payment] }, settings, pack), 5);
    expect(found).toMatchObject({ kind: 'payment', open: { amount: '-1.000', currency: 'TND' } });
  });
});

test.each([
  ['with the pack', true],
  ['without the pack', false],
])('the risk class is that of the credit account the limit belongs to, %s', async (_title, pack) => {
  const KNKK = [
    { KUNNR: 'ACME01', KKBER: 'C1', KNKLI: 'OWNER', CTLPC: '001' },
    { KUNNR: 'OWNER', KKBER: 'C1', CTLPC: '003', KLIMK: '5.00' },
  ];
  const KNA1 = ['ACME01', 'OWNER'].map((KUNNR) => ({ KUNNR, NAME1: KUNNR }));
  const { sap } = await start({ KNA1, KNKK }, { creditControlAreas: ['C1'] }, pack);
  const [account] = (await sap.readCredit(acme, soon())).accounts;
  expect(account).toMatchObject({ creditAccount: 'OWNER', riskClass: { code: '003' } });
});

test.each([
  ['with the pack', true],
  ['without the pack', false],
])("a credit block of its own is shown though the limit is somebody else's, %s", async (_title, pack) => {
  const KNKK = [
    { KUNNR: 'ACME01', KKBER: 'C1', KNKLI: 'OWNER', CRBLB: 'X' },
    { KUNNR: 'OWNER', KKBER: 'C1', KLIMK: '5.00' },
  ];
  const KNA1 = ['ACME01', 'OWNER'].map((KUNNR) => ({ KUNNR, NAME1: KUNNR }));
  const { sap } = await start({ KNA1, KNKK }, { creditControlAreas: ['C1'] }, pack);
  const { blocks } = await sap.readCredit(acme, soon());
  expect(blocks.map(({ kind, scope }) => [kind, scope])).toEqual([
    ['credit', { level: 'credit-control-area', creditControlArea: 'C1' }],
  ]);
});

test.each([
  ['with the pack', true],
  ['without the pack', false],
])('every central block is shown, %s', async (_title, pack) => {
  const all = { AUFSD: '01', LIFSD: '02', FAKSD: '03', SPERR: 'X', LOEVM: 'X' };
  const { sap } = await start({ KNA1: [{ KUNNR: 'ACME01', NAME1: 'Acme', ...all }] }, {}, pack);
  const { blocks } = await sap.readCredit(acme, soon());
  expect(blocks.map(({ kind, reason }) => [kind, reason.code])).toEqual([
    ['order', '01'],
    ['delivery', '02'],
    ['billing', '03'],
    ['posting', 'X'],
    ['deletion', 'X'],
  ]);
});

test('the bills of an order reduce where they are credited or cancelled', async () => {
  const bill = { WAERK: 'TND', FKDAT: { days: -5 }, NETWR: '10.00' };
  const { sap } = await start({
    VBAK: [{ VBELN: '5', KUNNR: 'ACME01', VKORG: 'S1', VTWEG: '10', SPART: '00', AUDAT: { days: -9 } }],
    VBAP: [{ VBELN: '5', POSNR: '10', KWMENG: '1.000' }],
    VBRK: [
      { ...bill, VBELN: '90', VBTYP: 'M' },
      { ...bill, VBELN: '91', VBTYP: 'N', SFAKN: '90' },
      { ...bill, VBELN: '92', VBTYP: 'O' },
    ],
    VBRP: ['90', '91', '92'].map((VBELN) => ({ VBELN, POSNR: '10', AUBEL: '5', AUPOS: '10' })),
  });
  const { invoices } = await sap.readOrder(documentNumber.parse('5'), acme, soon());
  expect(invoices.map(({ number, net, isCancelled }) => [Number(number), net.amount, isCancelled])).toEqual([
    [90, '1.000', true],
    [91, '-1.000', true],
    [92, '-1.000', false],
  ]);
});

test('a currency that TCURX leaves out has two decimals, whatever it has elsewhere', async () => {
  const { sap } = await start({ TCURX: [{ CURRKEY: 'JPY', CURRDEC: 0 }], BSID: [item({})] });
  const { receivables } = await sap.readCredit(acme, soon());
  expect(receivables[0]?.aging[1]).toMatchObject({ amount: { amount: '10.00', currency: 'TND' } });
});

describe('possible duplicates', () => {
  const find = async (tables: SapTables, request: object): Promise<unknown[]> => {
    const { sap } = await start(tables);
    const { matches } = await sap.findMatches(matchRequest.parse({ name: 'Nobody', ...request }), soon());
    return matches.map(({ customer, isBlocked }) => [customer.number, isBlocked]);
  };

  test.each([
    ['Cafe Central', 'Café Central'],
    ['Café Central', 'Cafe Central'],
    ['Espana Motores', 'España Motores'],
    ['Helene Mode', 'Hélène Mode'],
    ['Müller Bau', 'Mueller Bau'],
    ['Mueller Bau', 'Müller Bau'],
  ])('%s finds %s', async (name, filed) => {
    expect(await find({ KNA1: [{ KUNNR: 'A1', NAME1: filed }] }, { name })).toEqual([['A1', false]]);
  });

  test.each(['+49 40 555010', '040/555010', '+49 (40) 5550-10', '0049 40 55 50 10'])(
    'a telephone number is found as %s too',
    async (TELF1) => {
      const found = await find(
        { KNA1: [{ KUNNR: 'A1', NAME1: 'Acme', TELF1, ORT01: 'Kiel', PSTLZ: '24103', STRAS: 'Kai 1' }] },
        { phone: '+49 40555010', city: 'Kiel', postalCode: '24103' },
      );
      expect(found).toEqual([['A1', false]]);
    },
  );

  test.each(['AUFSD', 'LIFSD', 'FAKSD', 'SPERR', 'LOEVM'])('one with %s set is blocked', async (field) => {
    const KNA1 = [{ KUNNR: 'A1', NAME1: 'Acme', [field]: 'X' }];
    expect(await find({ KNA1 }, { name: 'Acme' })).toEqual([['A1', true]]);
  });
});
