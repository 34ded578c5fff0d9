/** Creating a customer through relay, agent and journal into the simulated SAP: one intent, one customer. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startStack } from './stack.ts';
import type { Stack } from './stack.ts';
import { draft } from './draft.ts';

let stack: Stack;
beforeAll(async () => {
  stack = await startStack();
});
afterAll(() => stack.close());

const customersNamed = async (name: string): Promise<number> =>
  (await stack.table('KNA1')).filter((row) => row['NAME1'] === name).length;

test('a new customer is created once, and the same request again gets the same number', async () => {
  const key = 'customer.create:001AAA';
  const first = await stack.call('POST', '/v1/customers', { key, body: draft });
  const again = await stack.call('POST', '/v1/customers', { key, body: draft });
  expect(first).toMatchObject({ status: 201, body: { state: 'done', isRepeat: false, attempts: 1 } });
  expect(again).toMatchObject({ status: 200, body: { state: 'done', isRepeat: true } });
  expect(again.body.customer).toEqual(first.body.customer);
  expect(await customersNamed(draft.name)).toBe(1);
});

test('twenty reps at the same moment get one number', async () => {
  const body = { ...draft, name: 'Twenty Reps AG' };
  const answers = await Promise.all(
    Array.from({ length: 20 }, () => stack.call('POST', '/v1/customers', { key: 'customer.create:001BBB', body })),
  );
  expect(new Set(answers.map((answer) => answer.body.customer?.number)).size).toBe(1);
  expect(await customersNamed(body.name)).toBe(1);
});

test('what was created is what was asked for, in every part', async () => {
  const name = 'Łódź & Søn <Ltd> "Žar"';
  const body = { ...draft, name, phone: '+48 42 123456', email: 'biuro@example.com', vatNumber: 'DE136695976' };
  const { body: operation } = await stack.call('POST', '/v1/customers', { key: 'customer.create:001CCC', body });
  const isIt = (row: Record<string, string>): boolean => row['KUNNR'] === operation.customer?.number;
  expect((await stack.table('KNA1')).find(isIt)).toMatchObject({ NAME1: name, STCEG: 'DE136695976', LAND1: 'DE' });
  expect((await stack.table('KNB1')).find(isIt)).toMatchObject({ BUKRS: '1000', ZTERM: 'ZB30' });
  expect((await stack.table('KNVV')).find(isIt)).toMatchObject({ VKORG: '1000', VTWEG: '10', SPART: '00' });
  const roles = (await stack.table('KNVP')).filter(isIt).map((row) => row['PARVW']);
  expect(roles.sort()).toEqual(['AG', 'RE', 'RG', 'WE']);
});

test('other data under a used key are refused and change nothing', async () => {
  const key = 'customer.create:001DDD';
  await stack.call('POST', '/v1/customers', { key, body: { ...draft, name: 'First Wish Ltd' } });
  const other = await stack.call('POST', '/v1/customers', { key, body: { ...draft, name: 'Second Wish Ltd' } });
  expect(other).toMatchObject({ status: 409, body: { code: 'IDEMPOTENCY_KEY_REUSED' } });
  expect(await customersNamed('Second Wish Ltd')).toBe(0);
});

test("what SAP refuses comes with SAP's own message, and corrected data may follow under the same key", async () => {
  const key = 'customer.create:001EEE';
  const name = 'Refused First GmbH';
  const wrong = { ...draft, name, paymentTerms: 'XXXX' };
  const refused = await stack.call('POST', '/v1/customers', { key, body: wrong });
  expect(refused).toMatchObject({ status: 200, body: { state: 'refused', problem: { code: 'SAP_REFUSED' } } });
  expect(refused.body.sapMessages?.[0]?.text).toContain('XXXX');
  expect(await customersNamed(name)).toBe(0);
  const corrected = await stack.call('POST', '/v1/customers', { key, body: { ...draft, name } });
  expect(corrected).toMatchObject({ status: 201, body: { state: 'done' } });
  expect(await customersNamed(name)).toBe(1);
});

describe('bad input reaches nothing', () => {
  test.each([
    ['no name', { ...draft, name: '' }, 'name'],
    ['a control character', { ...draft, name: 'Bell\u0007 Ltd' }, 'name'],
    ['a name longer than SAP keeps', { ...draft, name: 'x'.repeat(36) }, 'name'],
    ['a country in words', { ...draft, address: { ...draft.address, country: 'Germany' } }, 'address.country'],
    ['an unknown field', { ...draft, creditLimit: '1' }, ''],
  ])('%s is named and nothing is sent to SAP', async (_, body, path) => {
    const before = await stack.callsOf('Z_GANGWAY_CUSTOMER_CREATE');
    const answer = await stack.call('POST', '/v1/customers', { key: 'customer.create:001FFF', body });
    expect(answer).toMatchObject({ status: 422, body: { code: 'REQUEST_INVALID' } });
    expect(answer.body.issues?.map((issue) => issue.path)).toContain(path);
    expect(await stack.callsOf('Z_GANGWAY_CUSTOMER_CREATE')).toBe(before);
  });

  test('a write without a key is refused', async () => {
    const answer = await stack.call('POST', '/v1/customers', { body: draft });
    expect(answer).toMatchObject({ status: 400, body: { code: 'IDEMPOTENCY_KEY_MISSING' } });
  });

  test('markup in a name is stored as text', async () => {
    const name = '</NAME1><KTOKD>0002</KTOKD>';
    const { body } = await stack.call('POST', '/v1/customers', {
      key: 'customer.create:001GGG',
      body: { ...draft, name },
    });
    const row = (await stack.table('KNA1')).find((it) => it['KUNNR'] === body.customer?.number);
    expect(row).toMatchObject({ NAME1: name, KTOKD: '0001' });
  });
});
