/** An SAP without the ABAP pack, through relay and agent: what is missing is named, and nothing is written. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { credit } from '../../src/model/index.ts';
import { startStack } from './stack.ts';
import type { Stack } from './stack.ts';

let stack: Stack;
beforeAll(async () => {
  stack = await startStack({ pack: false });
});
afterAll(() => stack.close());

const draft = {
  name: 'Zephyr Robotics GmbH',
  address: { street: 'Kai', houseNumber: '7', postalCode: '20457', city: 'Hamburg', country: 'DE' },
  language: 'DE',
  salesArea: { salesOrganization: '1000', distributionChannel: '10', division: '00' },
  companyCode: '1000',
  paymentTerms: 'ZB30',
  currency: 'EUR',
};

test.each([
  ['POST', '/v1/customers', draft, 'Z_GANGWAY_CUSTOMER_CREATE'],
  ['PATCH', '/v1/customers/104711', { phone: '1' }, 'Z_GANGWAY_CUSTOMER_CHANGE'],
] as const)('%s %s is held for SAP Basis, before SAP is asked to write', async (method, path, body, functionName) => {
  const customers = await stack.table('KNA1');
  const answer = await stack.call(method, path, { body, key: `without.pack.${method}` });
  expect(answer.body).toMatchObject({
    state: 'held',
    problem: { code: 'SAP_PACK_MISSING', disposition: 'hold', advice: expect.stringContaining('ABAP pack') },
  });
  expect(await stack.callsOf(functionName)).toBe(0);
  expect(await stack.table('KNA1')).toEqual(customers);
});

const missing = (figure: string): object => ({ figure, reason: 'ABAP_PACK_MISSING' });

test('the credit panel names exactly the figures that it cannot have', async () => {
  const { body } = await stack.call('GET', '/v1/customers/104711/credit');
  const parts = ['openOrders', 'openDeliveries', 'openBilling', 'total'].map((part) => missing(`exposure.${part}`));
  const others = ['utilisationPercent', 'available', 'sharedWith', 'blocks.salesArea', 'paymentTerms.salesArea'];
  expect(body.unavailable).toEqual(expect.arrayContaining([...parts, ...others.map(missing)]));
  for (const account of credit.parse(body).accounts) {
    const { receivables, specialLiabilities, ...unknown } = account.exposure;
    expect([account.limit, receivables, specialLiabilities]).not.toContain(null);
    expect(Object.values(unknown)).toEqual([null, null, null, null]);
    expect([account.available, account.utilisationPercent]).toEqual([null, null]);
  }
});

test('the invoices panel says that it cannot tell which invoices were cancelled', async () => {
  const { body } = await stack.call('GET', '/v1/customers/104711/invoices');
  expect(body.unavailable).toEqual([missing('invoices.cancellations')]);
  expect(body.invoices).not.toEqual([]);
});
