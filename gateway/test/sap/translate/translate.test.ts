/** Rules that turn SAP's codes into words: order status, due dates, names, deliveries and document flow. */
import { describe, expect, test } from '@jest/globals';
import { usualDecimals } from '../../../src/sap/conversion/amounts.ts';
import { daysOverdue, readLineItems } from '../../../src/sap/translate/line-items.ts';
import { scoreMatch } from '../../../src/sap/translate/match.ts';
import { comparableName, plain, similarity } from '../../../src/sap/translate/names.ts';
import { billingReferences, toDeliveries, toItems } from '../../../src/sap/translate/order-details.ts';
import { receivablesOfItems } from '../../../src/sap/translate/receivables.ts';
import { statusOf, toOrderSummaries } from '../../../src/sap/translate/sales-order.ts';
import { matchRequest } from '../../../src/model/index.ts';
import { seeded } from '../fakes/seeded.ts';

describe('order status', () => {
  test.each([
    ['nothing has happened', {}, { DLV_STAT_H: 'A', BILLINGSTA: 'A' }, 'open'],
    ['a part was delivered', {}, { DLV_STAT_H: 'B' }, 'partly-delivered'],
    ['all was delivered, nothing billed', {}, { DLV_STAT_H: 'C', BILLSTATUS: 'A' }, 'delivered'],
    ['all was delivered, a part billed', {}, { DLV_STAT_H: 'C', BILLSTATUS: 'B' }, 'delivered'],
    ['all was delivered and billed', {}, { DLV_STAT_H: 'C', BILLSTATUS: 'C' }, 'billed'],
    ['it is billed by order and has no delivery', {}, { DLV_STAT_H: '', BILLINGSTA: 'C' }, 'billed'],
    ['one way of billing is still open', {}, { DLV_STAT_H: 'C', BILLSTATUS: 'C', BILLINGSTA: 'A' }, 'delivered'],
    ['it needs neither delivery nor bill and is complete', {}, { PRC_STAT_H: 'C' }, 'delivered'],
    ['credit is not approved', {}, { DLV_STAT_H: 'A', TOTSTATCCH: 'B' }, 'blocked-by-credit'],
    ['credit is approved in part', {}, { DLV_STAT_H: 'B', TOTSTATCCH: 'C' }, 'blocked-by-credit'],
    ['credit was released by a person', {}, { DLV_STAT_H: 'A', TOTSTATCCH: 'D' }, 'open'],
    ['credit is fine', {}, { DLV_STAT_H: 'A', TOTSTATCCH: 'A' }, 'open'],
    ['delivery is blocked', { DLV_BLOCK: '01' }, { DLV_STAT_H: 'A' }, 'blocked'],
    ['credit and delivery are blocked', { DLV_BLOCK: '01' }, { DLV_STAT_H: 'A', TOTSTATCCH: 'B' }, 'blocked-by-credit'],
    ['a block came too late', { DLV_BLOCK: '01' }, { DLV_STAT_H: 'C', TOTSTATCCH: 'B' }, 'delivered'],
    ['everything was rejected', { DLV_BLOCK: '01' }, { OVERALLREJ: 'C', TOTSTATCCH: 'B' }, 'rejected'],
    ['a part was rejected', {}, { OVERALLREJ: 'B', DLV_STAT_H: 'A' }, 'open'],
    ['an old release has only the other field', {}, { DELIV_STAT: 'B' }, 'partly-delivered'],
    ['SAP says nothing', {}, {}, 'open'],
  ] as const)('%s', (_what, header, status, expected) => {
    expect(statusOf(header, status)).toBe(expected);
  });
});

describe('confirmed date', () => {
  const summary = (lines: readonly Record<string, string>[]) =>
    toOrderSummaries(
      {
        ORDER_HEADERS_OUT: [
          {
            DOC_NUMBER: '0000000001',
            CURRENCY: 'EUR',
            NET_VAL_HD: '0',
            SALES_ORG: '1',
            DISTR_CHAN: '1',
            DIVISION: '1',
          },
        ],
        ORDER_SCHEDULES_OUT: lines.map((line) => ({ DOC_NUMBER: '0000000001', ...line })),
        ORDER_BUSINESS_OUT: [
          { SD_DOC: '0000000001', ITM_NUMBER: '000010', PURCH_NO_C: 'of an item' },
          { SD_DOC: '0000000001', ITM_NUMBER: '000000', PURCH_NO_C: 'of the header' },
        ],
      },
      { decimals: usualDecimals, orderTypes: new Map() },
    ).get('0000000001');

  test('is the last line with a confirmed quantity', () => {
    const lines = [
      { REQ_DATE: '20260301', CONFIR_QTY: '1.000' },
      { REQ_DATE: '20260401', CONFIR_QTY: '2.000' },
      { REQ_DATE: '20260501', CONFIR_QTY: '0.000' },
    ];
    expect(summary(lines)?.confirmedOn).toBe('2026-04-01');
  });

  test('is none while nothing is confirmed, and the order number of the customer is that of the header', () => {
    expect(summary([{ REQ_DATE: '20260301', CONFIR_QTY: '0.000' }])).toMatchObject({
      confirmedOn: null,
      purchaseOrder: 'of the header',
    });
  });
});

describe('due dates', () => {
  const item = (changes: Record<string, string>) => ({
    COMP_CODE: '1000',
    FISC_YEAR: '2026',
    DOC_NO: '1',
    CURRENCY: 'EUR',
    AMT_DOCCUR: '10.0000',
    DB_CR_IND: 'S',
    BLINE_DATE: '20260101',
    ...changes,
  });
  const dueOn = (...rows: Record<string, string>[]) => readLineItems(rows, '20260301').map((one) => one.dueOn);

  test('net days first, then the second and the first discount period, then at once', () => {
    expect(dueOn(item({ NETTERMS: '45', DSCT_DAYS2: '30', DSCT_DAYS1: '14' }))).toEqual(['20260215']);
    expect(dueOn(item({ NETTERMS: '0', DSCT_DAYS2: '30', DSCT_DAYS1: '14' }))).toEqual(['20260131']);
    expect(dueOn(item({ NETTERMS: '0', DSCT_DAYS2: '0', DSCT_DAYS1: '14' }))).toEqual(['20260115']);
    expect(dueOn(item({}))).toEqual(['20260101']);
  });

  test('a credit memo is due at once, or by the terms that SAP copied from the invoice it refers to', () => {
    expect(dueOn(item({ DB_CR_IND: 'H', NETTERMS: '30' }))).toEqual(['20260101']);
    const invoice = item({ DOC_NO: '7', NETTERMS: '45', BLINE_DATE: '20260110' });
    const memo = item({ DOC_NO: '8', DB_CR_IND: 'H', NETTERMS: '30', INV_REF: '7', INV_YEAR: '2026' });
    expect(dueOn(invoice, memo)).toEqual(['20260224', '20260131']);
  });

  test('special G/L items and noted items are no receivables', () => {
    expect(dueOn(item({ SP_GL_IND: 'A' }), item({ DOC_STATUS: 'S' }))).toEqual([]);
  });

  test('ageing buckets hold every item once, credits reduce theirs and are never overdue themselves', () => {
    const random = seeded(7);
    for (let round = 0; round < 300; round += 1) {
      const rows = Array.from({ length: 1 + random.below(20) }, () =>
        item({
          DB_CR_IND: random.pick(['S', 'S', 'H']),
          AMT_DOCCUR: `${random.below(100_000)}.${random.below(90) + 10}00`,
          BLINE_DATE: random.pick(['20251001', '20251115', '20251215', '20260115', '20260225', '20260301', '20260415']),
          NETTERMS: random.pick(['0', '14', '30', '60']),
        }),
      );
      const items = readLineItems(rows, '20260301');
      const [receivables] = receivablesOfItems(items, usualDecimals);
      const cents = (text: string): number => Math.round(Number(text) * 100);
      const inBuckets = receivables?.aging.reduce((sum, bucket) => sum + cents(bucket.amount.amount), 0);
      const expected = rows.reduce((sum, row) => sum + cents(row.AMT_DOCCUR) * (row.DB_CR_IND === 'H' ? -1 : 1), 0);
      expect(inBuckets).toBe(expected);
      expect(cents(receivables?.overdue.amount ?? '')).toBe(
        expected - cents(receivables?.aging[0]?.amount.amount ?? ''),
      );
      for (const one of items) if (one.amount.units < 0n) expect(daysOverdue(one)).toBe(0);
    }
  });
});

describe('names', () => {
  test.each([
    ['Müller GmbH', 'MUELLER'],
    ['Nordwind Logistik GmbH & Co. KG', 'nordwind logistik'],
    ['Brasserie Lumière S.A.', 'Brasserie Lumiere'],
    ['Weiß & Söhne oHG', 'Weiss Soehne'],
    ['Svea Verktyg AB', 'SVEA VERKTYG'],
    ['Gulf Marine Supplies W.L.L.', 'Gulf Marine Supplies'],
  ])('%s and %s are one name', (a, b) => {
    expect(comparableName(a)).toBe(comparableName(b));
  });

  test('a name made of legal forms only keeps them', () => {
    expect(comparableName('AG GmbH')).toBe('ag gmbh');
    expect(plain('  ')).toBe('');
  });

  test('similarity is symmetric, between 0 and 1, and 1 only for the same', () => {
    const random = seeded(8);
    const words = ['nord', 'wind', 'nordwind', 'logistik', 'logistics', 'hafen', 'süd', 'x', ''];
    for (let round = 0; round < 1_500; round += 1) {
      const name = (): string => plain(Array.from({ length: 1 + random.below(3) }, () => random.pick(words)).join(' '));
      const [a, b] = [name(), name()];
      const value = similarity(a, b);
      expect(value).toBe(similarity(b, a));
      expect(value).toBeGreaterThanOrEqual(0);
      expect(value).toBeLessThanOrEqual(1);
    }
    expect(similarity('nordwind logistics', 'nordwind logistik')).toBeGreaterThan(0.7);
    expect(similarity('nordwind logistik', 'alpenglas')).toBeLessThan(0.3);
  });

  test('the town alone makes no duplicate, and a border makes one less likely', () => {
    const candidate = {
      name: 'Alpenglas AG',
      street: '',
      postalCode: '20457',
      city: 'Hamburg',
      country: 'DE',
      phone: '',
      hasVatNumber: false,
    };
    const request = matchRequest.parse({ name: 'Nordwind', postalCode: '20457', city: 'Hamburg', country: 'DE' });
    expect(scoreMatch(request, candidate)).toEqual({ score: 0, reasons: [] });
    const same = { ...candidate, name: 'Nordwind GmbH' };
    expect(scoreMatch(request, same).score).toBe(85);
    expect(scoreMatch(request, { ...same, country: 'AT' }).score).toBe(51);
  });

  test('surely the same is said only where nothing is merely similar', () => {
    const request = matchRequest.parse({ name: 'Nordwind', city: 'Hamburg', postalCode: '20457', street: 'Kai 1' });
    const same = { street: 'Kai 1', postalCode: '20457', city: 'Hamburg', country: '', phone: '', hasVatNumber: true };
    expect(scoreMatch(request, { ...same, name: 'Nordwind' }).score).toBe(100);
    expect(scoreMatch(request, { ...same, name: 'Nordwinds' }).score).toBe(99);
  });

  test('phone numbers are the same with and without country code, streets with and without "straße" written out', () => {
    const request = matchRequest.parse({ name: 'Nordwind', phone: '+49 (40) 123-4567', street: 'Hafenstraße 12' });
    const candidate = {
      name: 'Nordwind',
      street: 'Hafenstr. 12',
      postalCode: '',
      city: '',
      country: '',
      phone: '040 1234567',
      hasVatNumber: false,
    };
    expect(scoreMatch(request, candidate)).toEqual({
      score: 95,
      reasons: [
        { field: 'name', kind: 'same' },
        { field: 'street', kind: 'same' },
        { field: 'phone', kind: 'same' },
      ],
    });
  });
});

describe('order details', () => {
  test('a batch split shows the batches, not the empty main item, and only what comes from this order', () => {
    const answer = {
      ET_DELIVERY_HEADER: [
        { VBELN: '0080000001', WADAT: '00000000', LFDAT: '20260302', WADAT_IST: '00000000', BOLNR: '', TRAID: 'T1' },
      ],
      ET_DELIVERY_ITEM: [
        {
          VBELN: '0080000001',
          POSNR: '000010',
          VGBEL: '0000000001',
          VGPOS: '000010',
          LFIMG: '0.000',
          VRKME: 'ST',
          MATNR: '000000000000004711',
        },
        {
          VBELN: '0080000001',
          POSNR: '900001',
          VGBEL: '0000000001',
          VGPOS: '000010',
          LFIMG: '6.000',
          VRKME: 'ST',
          MATNR: '000000000000004711',
        },
        {
          VBELN: '0080000001',
          POSNR: '900002',
          VGBEL: '0000000001',
          VGPOS: '000010',
          LFIMG: '4.000',
          VRKME: 'ST',
          MATNR: '000000000000004711',
        },
        {
          VBELN: '0080000001',
          POSNR: '000020',
          VGBEL: '0000000009',
          VGPOS: '000010',
          LFIMG: '4.000',
          VRKME: 'ST',
          MATNR: 'X',
        },
      ],
    };
    const [delivery] = toDeliveries(answer, '0000000001', new Map([['ST', 'PCE']]));
    expect(delivery).toMatchObject({ plannedOn: '2026-03-02', goodsIssuedOn: null, tracking: 'T1' });
    expect(delivery?.items.map(({ item, material, delivered }) => [item, material, delivered])).toEqual([
      ['900001', '4711', { value: '6', unit: 'PCE' }],
      ['900002', '4711', { value: '4', unit: 'PCE' }],
    ]);
  });

  test('a cancellation and the invoice it cancels are both marked, wherever in the flow they stand', () => {
    const flow = [
      { PRECSDDOC: '0000000001', SUBSSDDOC: '0080000001', DOCCATEGOR: 'J' },
      { PRECSDDOC: '0080000001', SUBSSDDOC: '0090000001', DOCCATEGOR: 'M', CREAT_DATE: '20260301' },
      { PRECSDDOC: '0080000001', SUBSSDDOC: '0090000001', DOCCATEGOR: 'M', CREAT_DATE: '20260301' },
      { PRECSDDOC: '0090000001', SUBSSDDOC: '0090000002', DOCCATEGOR: 'N' },
      { PRECSDDOC: '0000000001', SUBSSDDOC: '0090000003', DOCCATEGOR: 'O' },
    ];
    expect(
      billingReferences({ ORDER_FLOWS_OUT: flow }).map(({ number, category, isCancelled }) => [
        number,
        category,
        isCancelled,
      ]),
    ).toEqual([
      ['0090000001', 'M', true],
      ['0090000002', 'N', true],
      ['0090000003', 'O', false],
    ]);
  });

  test('a rejected item says why, in the words of SAP where it has them', () => {
    const answer = {
      ORDER_ITEMS_OUT: [
        { ITM_NUMBER: '000010', REA_FOR_RE: '50', CURRENCY: 'EUR' },
        { ITM_NUMBER: '000020', CURRENCY: 'EUR' },
      ],
    };
    const items = toItems(answer, { decimals: usualDecimals, rejectionReasons: new Map([['50', 'Too late']]) });
    expect(items.map((item) => item.rejection)).toEqual([{ code: '50', text: 'Too late' }, null]);
  });
});
