/** From SAP's rows to the figures of the panels: which field ends where, with which sign and which words. */
import { describe, expect, test } from '@jest/globals';
import { customerNumber, sapSystemId } from '../../../src/model/index.ts';
import { usualDecimals } from '../../../src/sap/conversion/amounts.ts';
import { toCredit } from '../../../src/sap/translate/credit.ts';
import { invoiceOfItems, invoiceOfPack } from '../../../src/sap/translate/invoice.ts';
import { readLineItems } from '../../../src/sap/translate/line-items.ts';
import type { LineItem } from '../../../src/sap/translate/line-items.ts';
import { isReducing, toDeliveries, toItems } from '../../../src/sap/translate/order-details.ts';
import { receivablesOfItems } from '../../../src/sap/translate/receivables.ts';
import { statusOf } from '../../../src/sap/translate/sales-order.ts';

const one = customerNumber.parse('1');
const identity = {
  customer: { system: sapSystemId.parse('PRDCLNT800'), number: one },
  asOf: '2026-03-01T00:00:00Z',
};

describe('credit of the pack', () => {
  test('names those who share an account only in the control area where they do', () => {
    const account = { KNKLI: 'OWNER', WAERS: 'EUR', KLIMK: '1', SUM_OPENS: '0' };
    const { accounts } = toCredit(
      {
        ET_ACCOUNT: [
          { KKBER: 'A', ...account },
          { KKBER: 'B', ...account },
        ],
        ET_SHARED: [{ KKBER: 'B', KNKLI: 'OWNER', KUNNR: '0000000002', NAME1: 'Two' }],
      },
      identity,
      usualDecimals,
    );
    expect(accounts.map((it) => it.sharedWith)).toEqual([[], [{ number: '0000000002', name: 'Two' }]]);
  });

  test.each([
    ['AUFSD', 'order', 'order-management'],
    ['LIFSD', 'delivery', 'shipping'],
    ['FAKSD', 'billing', 'billing'],
    ['CASSD', 'sales-support', 'order-management'],
    ['SPERR', 'posting', 'accounts-receivable'],
    ['LOEVM', 'deletion', 'master-data'],
    ['CRBLB', 'credit', 'credit-management'],
  ])('%s is a block of kind %s, lifted by %s', (FIELD, kind, liftedBy) => {
    const { blocks } = toCredit({ ET_BLOCK: [{ FIELD, CODE: '01', TEXT: '' }] }, identity, usualDecimals);
    expect(blocks).toEqual([{ kind, liftedBy, scope: { level: 'central' }, reason: { code: '01', text: null } }]);
  });
});

describe('an invoice of the pack', () => {
  const row = {
    VBELN: '0090000001',
    BELNR: '1800000001',
    BUKRS: '1000',
    VBTYP: 'M',
    FKDAT: '20260101',
    FAEDT: '20260131',
    WAERS: 'EUR',
    AMOUNT: '119.0000',
    OPEN: '0.0000',
    AUGDT: '20260210',
    DAYS_OVERDUE: '0',
  };
  const invoice = (changes: object) => invoiceOfPack({ ...row, ...changes }, usualDecimals);

  test('has the number of billing, and that of accounting where billing has none', () => {
    expect(invoice({}).number).toBe('0090000001');
    expect(invoice({ VBELN: '' }).number).toBe('1800000001');
  });

  test('was paid on the day of its clearing', () => {
    expect(invoice({})).toMatchObject({ state: 'paid', paidOn: '2026-02-10', dueOn: '2026-01-31' });
  });

  test('is open on the day it is due, and overdue on the next', () => {
    const open = { OPEN: '119.0000', AUGDT: '00000000' };
    expect(invoice({ ...open, DAYS_OVERDUE: '0' })).toMatchObject({ state: 'open', daysOverdue: 0, paidOn: null });
    expect(invoice({ ...open, DAYS_OVERDUE: '1' })).toMatchObject({ state: 'overdue', daysOverdue: 1 });
  });

  test('that is cancelled is never overdue, though its items wait for their clearing', () => {
    const changes = { STORNO: '0090000002', OPEN: '119.0000', DAYS_OVERDUE: '9' };
    expect(invoice(changes)).toMatchObject({ state: 'cancelled', daysOverdue: 0, cancelledBy: '0090000002' });
  });

  test.each([
    ['M', 'invoice'],
    ['O', 'credit-memo'],
    ['P', 'debit-memo'],
    ['N', 'cancellation'],
    ['S', 'cancellation'],
    ['', 'other'],
  ])('of category %j is: %s', (VBTYP, kind) => {
    expect(invoice({ VBTYP }).kind).toBe(kind);
  });
});

describe('a document of accounting', () => {
  const item = (changes: object = {}): object => ({
    COMP_CODE: '1000',
    FISC_YEAR: '2026',
    DOC_NO: '1600000001',
    CURRENCY: 'EUR',
    AMT_DOCCUR: '10.0000',
    DB_CR_IND: 'S',
    BLINE_DATE: '20260101',
    ...changes,
  });
  const read = (...rows: object[]): LineItem[] =>
    readLineItems(
      rows.map((row) => ({ ...row })),
      '20260301',
    );
  const invoice = (...rows: object[]) => {
    const [first, ...rest] = read(...rows);
    if (first === undefined) throw new Error('no items');
    return invoiceOfItems([first, ...rest], usualDecimals);
  };

  test.each([
    ['DZ', 'H', 'payment'],
    ['DG', 'H', 'credit-memo'],
    ['DR', 'S', 'invoice'],
    ['DR', 'H', 'credit-memo'],
    ['RV', 'S', 'invoice'],
    ['RV', 'H', 'credit-memo'],
    ['SA', 'S', 'other'],
  ])('of type %s on side %s is: %s', (DOC_TYPE, DB_CR_IND, kind) => {
    expect(invoice(item({ DOC_TYPE, DB_CR_IND })).kind).toBe(kind);
  });

  test('of which one instalment is paid is not paid', () => {
    const paid = item({ CLEAR_DATE: '20260110' });
    expect(invoice(paid, item({ BLINE_DATE: '20260401' }))).toMatchObject({
      state: 'open',
      paidOn: null,
      open: { amount: '10.00' },
      amount: { amount: '20.00' },
      dueOn: '2026-04-01',
    });
    expect(invoice(paid)).toMatchObject({ state: 'paid', paidOn: '2026-01-10' });
  });

  test('ages by company code and currency, each on its own', () => {
    const items = read(item(), item({ CURRENCY: 'JPY' }), item({ COMP_CODE: '2000' }));
    const found = receivablesOfItems(items, usualDecimals).map((it) => [it.companyCode, it.overdue]);
    expect(found).toEqual([
      ['1000', { amount: '10.00', currency: 'EUR' }],
      ['1000', { amount: '10', currency: 'JPY' }],
      ['2000', { amount: '10.00', currency: 'EUR' }],
    ]);
  });

  test('a credit makes nobody late: the oldest day is that of a debit', () => {
    const items = read(item({ BLINE_DATE: '20260228' }), item({ DB_CR_IND: 'H', BLINE_DATE: '20250101' }));
    expect(receivablesOfItems(items, usualDecimals)[0]?.oldestDaysOverdue).toBe(1);
  });

  test.each([
    ['20260301', 0],
    ['20260228', 1],
    ['20260130', 1],
    ['20260129', 2],
    ['20251231', 2],
    ['20251230', 3],
    ['20251201', 3],
    ['20251130', 4],
  ])('due on %s is in bucket %s on the first of March', (BLINE_DATE, bucket) => {
    const [receivables] = receivablesOfItems(read(item({ BLINE_DATE })), usualDecimals);
    expect(receivables?.aging.findIndex((it) => it.amount.amount !== '0.00')).toBe(bucket);
  });
});

describe('an order', () => {
  test('billed ahead of its delivery is not over', () => {
    expect(statusOf({}, { DLV_STAT_H: 'A', BILLINGSTA: 'C' })).toBe('open');
    expect(statusOf({}, { DLV_STAT_H: 'B', BILLINGSTA: 'C' })).toBe('partly-delivered');
  });

  test('a line that only confirms asks for nothing, one that only asks confirms nothing', () => {
    const line = { ITM_NUMBER: '000010', REQ_DATE: '20260301' };
    const answer = {
      ORDER_ITEMS_OUT: [{ ITM_NUMBER: '000010', CURRENCY: 'EUR' }],
      ORDER_SCHEDULES_OUT: [
        { ...line, SCHED_LINE: '0001', REQ_QTY: '5.000', CONFIR_QTY: '0.000' },
        { ...line, SCHED_LINE: '0002', REQ_QTY: '0.000', CONFIR_QTY: '5.000' },
      ],
    };
    const [item] = toItems(answer, { decimals: usualDecimals, rejectionReasons: new Map() });
    expect(item?.scheduleLines.map((it) => [it.requestedOn, it.confirmedOn])).toEqual([
      ['2026-03-01', null],
      [null, '2026-03-01'],
    ]);
  });

  test('a delivery is planned for its goods issue, or arrives on a day when no issue is planned', () => {
    const headers = [
      { VBELN: '0080000001', WADAT: '20260301', LFDAT: '20260303' },
      { VBELN: '0080000002', WADAT: '00000000', LFDAT: '20260303' },
    ];
    const deliveries = toDeliveries({ ET_DELIVERY_HEADER: headers, ET_DELIVERY_ITEM: [] }, '1', new Map());
    expect(deliveries.map((it) => it.plannedOn)).toEqual(['2026-03-01', '2026-03-03']);
  });

  test('credit memos and cancelled invoices reduce, cancelled credit memos do not', () => {
    expect(['M', 'P', 'S', 'O', 'N'].map(isReducing)).toEqual([false, false, false, true, true]);
  });
});
