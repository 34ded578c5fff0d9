/** Reading through relay and agent: every customer's figures equal what the simulated SAP holds in its tables. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { credit, customer, invoicePage, order, orderPage, partners } from '../../src/model/index.ts';
import { startStack } from './stack.ts';
import type { Stack } from './stack.ts';

type Row = Record<string, string>;

const customers = [
  ...['0000104711', '0000104712', '0000104713', '0000104714', '0000104715', '0000104716', '0000104717'],
  ...['0000104718', '0000104719', '0000104720', '0000104721', '0000104722', '0000104723', 'WEB4711'],
];

let stack: Stack;
let plain: Stack;
beforeAll(async () => {
  stack = await startStack();
  plain = await startStack({ pack: false });
});
afterAll(async () => {
  await stack.close();
  await plain.close();
});

/** CURR fields keep two decimals whatever the currency has; TCURX says how many it has. */
async function realUnits(stored: string, currency: string): Promise<string> {
  const row = (await stack.table('TCURX')).find((it) => it['CURRKEY'] === currency);
  const decimals = row === undefined ? 2 : Number(row['CURRDEC']);
  const digits = BigInt(stored.replace('.', ''))
    .toString()
    .padStart(decimals + 1, '0');
  return decimals === 0 ? digits : `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}

async function rowsOf(table: string, field: string, value: string): Promise<readonly Row[]> {
  return (await stack.table(table)).filter((row) => row[field] === value);
}

describe.each(customers)('customer %s', (number) => {
  test('has a credit panel whose limit is SAP’s own', async () => {
    const answer = await stack.call('GET', `/v1/customers/${number}/credit`);
    expect(answer.status).toBe(200);
    const { accounts, unavailable } = credit.parse(answer.body);
    expect(unavailable).toEqual([]);
    for (const account of accounts) {
      const rows = await rowsOf('KNKK', 'KUNNR', account.creditAccount);
      const own = rows.find((row) => row['KKBER'] === account.creditControlArea.code);
      expect(account.limit?.amount).toBe(await realUnits(own?.['KLIMK'] ?? '', account.currency));
    }
  });

  test('has every order of SAP, once, newest first, over all pages', async () => {
    const seen: { number: string; orderedOn: string | null }[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const query = cursor === '' ? '' : `&cursor=${cursor}`;
      const answer = await stack.call('GET', `/v1/customers/${number}/orders?limit=7${query}`);
      expect(answer.status).toBe(200);
      const page = orderPage.parse(answer.body);
      seen.push(...page.orders);
      cursor = page.next;
    }
    const inSap = (await rowsOf('VBAK', 'KUNNR', number)).filter((row) => row['VBTYP'] === 'C');
    expect(seen.map((it) => it.number).sort()).toEqual(inSap.map((row) => row['VBELN']).sort());
    const dates = seen.map((it) => it.orderedOn ?? '');
    expect(dates).toEqual([...dates].sort().reverse());
  });

  test('has every invoice of SAP over all pages', async () => {
    const seen: string[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const query = cursor === '' ? '' : `&cursor=${cursor}`;
      const answer = await stack.call('GET', `/v1/customers/${number}/invoices?limit=6${query}`);
      expect(answer.status).toBe(200);
      const page = invoicePage.parse(answer.body);
      seen.push(...page.invoices.map((it) => it.number));
      cursor = page.next;
    }
    const inSap = (await rowsOf('VBRK', 'KUNRG', number)).map((row) => row['VBELN'] ?? '');
    expect(new Set(seen).size).toBe(seen.length);
    expect(inSap.filter((billing) => !seen.includes(billing))).toEqual([]);
  });

  test('can be read without the ABAP pack too, and says what is missing', async () => {
    const answer = await plain.call('GET', `/v1/customers/${number}/credit`);
    expect(answer.status).toBe(200);
    const figures = credit.parse(answer.body).unavailable.map((it) => it.figure);
    expect(figures).toContain('exposure.openOrders');
    const orders = await plain.call('GET', `/v1/customers/${number}/orders`);
    const invoices = await plain.call('GET', `/v1/customers/${number}/invoices`);
    expect([orders.status, invoices.status]).toEqual([200, 200]);
    invoicePage.parse(invoices.body);
  });

  test('has a name and partner functions', async () => {
    const master = customer.parse((await stack.call('GET', `/v1/customers/${number}`)).body);
    expect(master.name).toBe((await rowsOf('KNA1', 'KUNNR', number))[0]?.['NAME1']);
    partners.parse((await stack.call('GET', `/v1/customers/${number}/partners`)).body);
  });
});

test('each order opens to items, schedule lines, deliveries and invoices', async () => {
  const list = orderPage.parse((await stack.call('GET', '/v1/customers/104711/orders?limit=50')).body);
  for (const summary of list.orders) {
    const answer = await stack.call('GET', `/v1/orders/${summary.number}?customer=104711`);
    const detail = order.parse(answer.body);
    const items = await rowsOf('VBAP', 'VBELN', summary.number);
    expect(detail.items.map((item) => item.item)).toEqual(items.map((row) => row['POSNR']));
    const deliveries = new Set((await rowsOf('LIPS', 'VGBEL', summary.number)).map((row) => row['VBELN']));
    expect(detail.deliveries.map((it) => it.number).sort()).toEqual([...deliveries].sort());
  }
});

test("an order of somebody else is not shown as this customer's", async () => {
  const [row] = await rowsOf('VBAK', 'KUNNR', '0000104711');
  const answer = await stack.call('GET', `/v1/orders/${row?.['VBELN'] ?? ''}?customer=104712`);
  expect(answer).toMatchObject({ status: 404, body: { code: 'SAP_DOCUMENT_UNKNOWN' } });
});

describe('bad input', () => {
  test.each([
    ['a number SAP does not have', '/v1/customers/4711999/credit', 404, 'SAP_CUSTOMER_UNKNOWN'],
    ['a malformed number', '/v1/customers/47-11/credit', 422, 'CUSTOMER_NUMBER_INVALID'],
    ['an over-long number', '/v1/customers/12345678901/credit', 422, 'CUSTOMER_NUMBER_INVALID'],
    ['another SAP system', '/v1/customers/104711/credit?system=OTHCLNT200', 404, 'SYSTEM_NOT_SERVED'],
    ['a huge page', '/v1/customers/104711/orders?limit=100000', 422, 'REQUEST_INVALID'],
    ['an unknown parameter', '/v1/customers/104711/orders?page=2', 422, 'REQUEST_INVALID'],
    ['a cursor nobody gave', '/v1/customers/104711/orders?cursor=%3Cx%3E', 422, 'REQUEST_INVALID'],
    ['an unknown address', '/v1/tables/KNA1', 404, 'ROUTE_NOT_FOUND'],
  ])('%s gets its own answer', async (_, path, status, code) => {
    const before = await stack.callsOf('Z_GANGWAY_CREDIT_READ');
    const answer = await stack.call('GET', path);
    expect({ status: answer.status, code: answer.body.code }).toEqual({ status, code });
    expect(answer.body.advice).toEqual(expect.any(String));
    if (code !== 'SAP_CUSTOMER_UNKNOWN') expect(await stack.callsOf('Z_GANGWAY_CREDIT_READ')).toBe(before);
  });
});
