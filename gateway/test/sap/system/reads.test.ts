/** Reading end to end: the room's answers from the simulated SAP, their shape, their figures and their cost. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  credit,
  customer,
  customerMatches,
  customerNumber,
  documentNumber,
  invoicePage,
  matchRequest,
  order,
  orderPage,
  partners,
} from '../../../src/model/index.ts';
import type { CustomerNumber, Order, OrderSummary } from '../../../src/model/index.ts';
import { GatewayError } from '../../../src/errors/index.ts';
import { add, formatDecimal, parseDecimal, zero } from '../../../src/sap/conversion/decimal.ts';
import { Deadline, systemClock } from '../../../src/timing/index.ts';
import { startSapUnderTest } from '../fakes/simulated-sap.ts';
import type { SapUnderTest } from '../fakes/simulated-sap.ts';

const soon = (): Deadline => Deadline.in(systemClock, 10_000);
const number = (text: string): CustomerNumber => customerNumber.parse(text);
const nordwind = number('104711');
const nobody = number('999999');
const everybody = [
  '104711',
  '104712',
  '104713',
  '104714',
  '104715',
  '104716',
  '104717',
  '104718',
  '104719',
  '104720',
  '104721',
  '104722',
  '104723',
  'WEB4711',
];

const codeOf = async (work: Promise<unknown>): Promise<string> => {
  const thrown: unknown = await work.then(
    () => undefined,
    (error: unknown) => error,
  );
  return thrown instanceof GatewayError ? thrown.code : String(thrown);
};
const total = (amounts: readonly string[]): string =>
  formatDecimal(
    amounts.reduce((sum, amount) => add(sum, parseDecimal(amount) ?? zero), zero),
    2,
  );

let it: SapUnderTest;
beforeAll(async () => {
  it = await startSapUnderTest();
});
afterAll(() => it.close());

describe('with the ABAP pack', () => {
  test.each(everybody)('every answer about customer %s has the shape of the model', async (text) => {
    const one = number(text);
    expect(customer.safeParse(await it.sap.readCustomer(one, soon())).error).toBeUndefined();
    expect(credit.safeParse(await it.sap.readCredit(one, soon())).error).toBeUndefined();
    expect(partners.safeParse(await it.sap.listPartners(one, soon())).error).toBeUndefined();
    expect(invoicePage.safeParse(await it.sap.listInvoices(one, 'all', { limit: 50 }, soon())).error).toBeUndefined();
    const page = await it.sap.listOrders(one, { limit: 20 }, soon());
    expect(orderPage.safeParse(page).error).toBeUndefined();
    for (const summary of page.orders.slice(0, 4)) {
      expect(order.safeParse(await it.sap.readOrder(summary.number, one, soon())).error).toBeUndefined();
    }
  });

  test('credit and invoices cost one call each once everything else is known', async () => {
    await it.sap.readCredit(nordwind, soon());
    await it.calls();
    await it.sap.readCredit(nordwind, soon());
    expect(await it.calls()).toEqual({ Z_GANGWAY_CREDIT_READ: 1 });
    await it.sap.listInvoices(nordwind, 'open', { limit: 10 }, soon());
    expect(await it.calls()).toEqual({ Z_GANGWAY_INVOICES_READ: 1 });
  });

  test('exposure is the sum of its parts, and what is left is the limit without it', async () => {
    const [account] = (await it.sap.readCredit(nordwind, soon())).accounts;
    const parts = account?.exposure;
    const sum = [
      parts?.receivables,
      parts?.openOrders,
      parts?.openDeliveries,
      parts?.openBilling,
      parts?.specialLiabilities,
    ];
    expect(total(sum.map((part) => part?.amount ?? ''))).toBe(parts?.total?.amount);
    expect(total([parts?.total?.amount ?? '', account?.available?.amount ?? ''])).toBe(account?.limit?.amount);
  });

  test('yen have no decimals, dinars three', async () => {
    const amounts = async (text: string): Promise<string[]> => {
      const { accounts, receivables } = await it.sap.readCredit(number(text), soon());
      return [
        ...accounts.map(({ limit }) => limit?.amount ?? ''),
        ...receivables.flatMap(({ aging }) => aging.map(({ amount }) => amount.amount)),
      ];
    };
    for (const amount of await amounts('104714')) expect(amount).toMatch(/^-?\d+$/);
    for (const amount of await amounts('104715')) expect(amount).toMatch(/^-?\d+\.\d{3}$/);
  });

  test('a shared credit account names the others on it', async () => {
    const [account] = (await it.sap.readCredit(number('104721'), soon())).accounts;
    expect(account?.creditAccount).toBe('0000104720');
    expect(account?.sharedWith.map((other) => other.number)).toContain('0000104720');
  });

  test("every kind of block comes with its scope, SAP's words and who lifts it", async () => {
    const blocksOf = async (text: string): Promise<unknown[]> => (await it.sap.readCredit(number(text), soon())).blocks;
    expect(await blocksOf('104716')).toContainEqual(
      expect.objectContaining({ kind: 'order', scope: { level: 'central' }, liftedBy: 'order-management' }),
    );
    expect(await blocksOf('104717')).toContainEqual(
      expect.objectContaining({ kind: 'credit', liftedBy: 'credit-management' }),
    );
    expect(await blocksOf('104718')).toContainEqual(
      expect.objectContaining({
        kind: 'delivery',
        scope: expect.objectContaining({ level: 'sales-area' }),
        reason: { code: expect.any(String), text: expect.any(String) },
      }),
    );
    expect(await blocksOf('104719')).toContainEqual(expect.objectContaining({ kind: 'billing', liftedBy: 'billing' }));
    expect(await blocksOf('104723')).toContainEqual(
      expect.objectContaining({ kind: 'deletion', liftedBy: 'master-data' }),
    );
  });

  test('pages of orders join without a gap or a repetition, newest first', async () => {
    const all = (await it.sap.listOrders(nordwind, { limit: 50 }, soon())).orders;
    const joined: OrderSummary[] = [];
    for (let cursor: string | undefined, pages = 0; pages < 40; pages += 1) {
      const page = await it.sap.listOrders(nordwind, { limit: 3, cursor }, soon());
      joined.push(...page.orders);
      if (page.next === null) break;
      cursor = page.next;
    }
    expect(joined.map((one) => one.number)).toEqual(all.map((one) => one.number));
    const dates = joined.map((one) => one.orderedOn ?? '');
    expect(dates).toEqual([...dates].sort().reverse());
    expect(new Set(joined.map((one) => one.number)).size).toBe(joined.length);
    expect(new Set(joined.map((one) => one.status)).size).toBeGreaterThanOrEqual(5);
  });

  test('pages of invoices join without a gap or a repetition', async () => {
    const all = (await it.sap.listInvoices(nordwind, 'all', { limit: 50 }, soon())).invoices;
    const joined: string[] = [];
    for (let cursor: string | undefined, pages = 0; pages < 40; pages += 1) {
      const page = await it.sap.listInvoices(nordwind, 'all', { limit: 4, cursor }, soon());
      joined.push(...page.invoices.map((one) => one.number));
      if (page.next === null) break;
      cursor = page.next;
    }
    expect(joined).toEqual(all.map((one) => one.number));
  });

  test('a cancelled invoice and its cancellation know each other and sum up to nothing', async () => {
    const { invoices } = await it.sap.listInvoices(nordwind, 'all', { limit: 50 }, soon());
    const cancellation = invoices.find((one) => one.cancels !== null);
    const cancelled = invoices.find((one) => one.number === cancellation?.cancels);
    expect(cancelled?.cancelledBy).toBe(cancellation?.number);
    expect([cancelled?.state, cancellation?.state, cancellation?.kind]).toEqual([
      'cancelled',
      'cancelled',
      'cancellation',
    ]);
    expect(total([cancelled?.amount.amount ?? '', cancellation?.amount.amount ?? ''])).toBe('0.00');
  });

  test('an order opens to items, deliveries with goods issue and tracking, and invoices', async () => {
    const { orders } = await it.sap.listOrders(nordwind, { limit: 50 }, soon());
    const opened: Order[] = [];
    for (const { number: document } of orders) opened.push(await it.sap.readOrder(document, nordwind, soon()));
    const issued = opened.flatMap((one) => one.deliveries).filter((delivery) => delivery.goodsIssuedOn !== null);
    expect(issued.length).toBeGreaterThan(0);
    for (const delivery of issued) expect(delivery.tracking).not.toBe('');
    expect(opened.flatMap((one) => one.deliveries).some((delivery) => delivery.goodsIssuedOn === null)).toBe(true);
    expect(opened.flatMap((one) => one.invoices).some((invoice) => invoice.isCancelled)).toBe(true);
    for (const one of opened) expect(total(one.items.map((item) => item.net.amount))).toBe(one.net.amount);
  });

  test("somebody else's order does not exist", async () => {
    const [first] = (await it.sap.listOrders(nordwind, { limit: 1 }, soon())).orders;
    expect(await codeOf(it.sap.readOrder(first?.number ?? documentNumber.parse('1'), number('104712'), soon()))).toBe(
      'SAP_DOCUMENT_UNKNOWN',
    );
    expect(await codeOf(it.sap.readOrder(documentNumber.parse('1'), undefined, soon()))).toBe('SAP_DOCUMENT_UNKNOWN');
  });

  test.each(['x', '20260101', '2026-01-01.0000000001', '20260101.0000000001.', '00000000.'])(
    'the cursor %j was not ours',
    async (cursor) => {
      expect(await codeOf(it.sap.listOrders(nordwind, { limit: 3, cursor }, soon()))).toBe('REQUEST_INVALID');
    },
  );

  test('a customer without orders has an empty page, an unknown one none', async () => {
    expect(await it.sap.listOrders(number('104722'), { limit: 5 }, soon())).toMatchObject({ orders: [], next: null });
    expect(await codeOf(it.sap.readCustomer(nobody, soon()))).toBe('SAP_CUSTOMER_UNKNOWN');
    expect(await codeOf(it.sap.readCredit(nobody, soon()))).toBe('SAP_CUSTOMER_UNKNOWN');
    expect(await codeOf(it.sap.listOrders(nobody, { limit: 5 }, soon()))).toBe('SAP_CUSTOMER_UNKNOWN');
    expect(await codeOf(it.sap.listInvoices(nobody, 'all', { limit: 5 }, soon()))).toBe('SAP_CUSTOMER_UNKNOWN');
    expect(await codeOf(it.sap.listPartners(nobody, soon()))).toBe('SAP_CUSTOMER_UNKNOWN');
  });

  test('a duplicate is found under a similar name, in its town, with its reasons', async () => {
    const request = matchRequest.parse({ name: 'Nordwind Logistics', city: 'Hamburg', country: 'DE' });
    const found = await it.sap.findMatches(request, soon());
    expect(customerMatches.safeParse(found).error).toBeUndefined();
    expect(found.matches[0]).toMatchObject({ name: 'Nordwind Logistik GmbH', customer: { number: '0000104711' } });
    expect(found.matches[0]?.reasons).toContainEqual({ field: 'name', kind: 'similar' });
  });

  test('nobody of an unheard-of name is a duplicate, and a wildcard in the name searches for nothing more', async () => {
    for (const name of ['Qxzvw', '*', '% OR 1=1', "O'Brien & Sons"]) {
      expect(await it.sap.findMatches(matchRequest.parse({ name }), soon())).toMatchObject({ matches: [] });
    }
  });
});

describe('without the ABAP pack', () => {
  let bare: SapUnderTest;
  beforeAll(async () => {
    bare = await startSapUnderTest({ pack: false });
  });
  afterAll(() => bare.close());

  test.each(['104711', '104714', '104715', '104721', '104722', '104723'])(
    'limit, receivables and ageing of customer %s are those that the pack gives',
    async (text) => {
      const withPack = await it.sap.readCredit(number(text), soon());
      const without = await bare.sap.readCredit(number(text), soon());
      expect(credit.safeParse(without).error).toBeUndefined();
      expect(without.name).toBe(withPack.name);
      expect(without.receivables).toEqual(withPack.receivables);
      const known = withPack.accounts.filter((account) =>
        ['1000', '3000', '7000'].includes(account.creditControlArea.code),
      );
      expect(without.accounts.map(({ limit, exposure }) => [limit, exposure.receivables])).toEqual(
        known.map(({ limit, exposure }) => [limit, exposure.receivables]),
      );
    },
  );

  test('figures that only the pack has are named, never shown as zero', async () => {
    const { accounts, unavailable } = await bare.sap.readCredit(nordwind, soon());
    expect(accounts[0]?.exposure).toMatchObject({ openOrders: null, openDeliveries: null, total: null });
    expect(accounts[0]?.available).toBeNull();
    expect(unavailable).toContainEqual({ figure: 'exposure.openOrders', reason: 'ABAP_PACK_MISSING' });
    expect(unavailable).toContainEqual({ figure: 'blocks.salesArea', reason: 'ABAP_PACK_MISSING' });
  });

  test('central blocks keep the words of SAP', async () => {
    const settings = { companyCodes: ['1000', '2000', '5000'] };
    const other = await startSapUnderTest({ pack: false }, settings);
    const { blocks } = await other.sap.readCredit(number('104716'), soon());
    await other.close();
    expect(blocks).toContainEqual({
      kind: 'order',
      liftedBy: 'order-management',
      scope: { level: 'central' },
      reason: { code: expect.any(String), text: expect.stringMatching(/\w/) },
    });
  });

  test.each(['open', 'overdue', 'paid', 'all'] as const)(
    '%s invoices are the documents of accounting, page by page',
    async (state) => {
      const all = await bare.sap.listInvoices(nordwind, state, { limit: 50 }, soon());
      expect(invoicePage.safeParse(all).error).toBeUndefined();
      expect(all.invoices.length).toBeGreaterThan(0);
      const joined: string[] = [];
      for (let cursor: string | undefined, pages = 0; pages < 40; pages += 1) {
        const page = await bare.sap.listInvoices(nordwind, state, { limit: 4, cursor }, soon());
        joined.push(...page.invoices.map((one) => one.number));
        if (page.next === null) break;
        cursor = page.next;
      }
      expect(joined).toEqual(all.invoices.map((one) => one.number));
      if (state === 'overdue') for (const one of all.invoices) expect(one.daysOverdue).toBeGreaterThan(0);
      if (state === 'paid') for (const one of all.invoices) expect(one.paidOn).not.toBeNull();
    },
  );

  test('an unknown customer is unknown here too', async () => {
    expect(await codeOf(bare.sap.readCredit(nobody, soon()))).toBe('SAP_CUSTOMER_UNKNOWN');
    expect(await codeOf(bare.sap.listInvoices(nobody, 'all', { limit: 5 }, soon()))).toBe('SAP_CUSTOMER_UNKNOWN');
  });
});
