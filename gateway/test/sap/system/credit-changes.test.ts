/** Credit data end to end: real amounts, the area's own currency, once per key. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Written } from '../../../src/ports/index.ts';
import { startSapUnderTest } from '../fakes/simulated-sap.ts';
import type { SapUnderTest } from '../fakes/simulated-sap.ts';
import { failure } from '../fakes/soap-under-test.ts';
import { creditOf, customerOf, keyed, nordwind, soon, tableRows } from '../fakes/written-customers.ts';

let it: SapUnderTest;
beforeEach(async () => {
  it = await startSapUnderTest();
});
afterEach(() => it.close());

const change = (fields: object, name = 'customer.create:001:credit'): Promise<Written> =>
  it.sap.changeCredit(keyed(name), nordwind, creditOf(fields), soon());
const account = async (area = '1000'): Promise<Record<string, string> | undefined> =>
  (await tableRows(it, 'KNKK', `KUNNR=${nordwind}&KKBER=${area}`))[0];
const limitOf = async (area: string): Promise<unknown> =>
  (await it.sap.readCredit(nordwind, soon())).accounts.find((found) => found.creditControlArea.code === area)?.limit;

describe('changing credit data', () => {
  test.each([
    ['1000', { amount: '1234.5', currency: 'EUR' }, { amount: '1234.50', currency: 'EUR' }],
    ['3000', { amount: '1000000', currency: 'JPY' }, { amount: '1000000', currency: 'JPY' }],
    ['7000', { amount: '12.345', currency: 'KWD' }, { amount: '12.345', currency: 'KWD' }],
    ['1000', { amount: '0', currency: 'EUR' }, { amount: '0.00', currency: 'EUR' }],
    ['1000', { amount: '0012.3400', currency: 'EUR' }, { amount: '12.34', currency: 'EUR' }],
    ['1000', { amount: '9999999999999.99', currency: 'EUR' }, { amount: '9999999999999.99', currency: 'EUR' }],
    ['3000', { amount: '999999999999999', currency: 'JPY' }, { amount: '999999999999999', currency: 'JPY' }],
  ])('in area %s keeps %j', async (creditControlArea, limit, shown) => {
    const written = await change({ creditControlArea, limit });
    expect(written).toMatchObject({ customerNumber: nordwind, contactNumber: null, isRepeat: false });
    expect(await limitOf(creditControlArea)).toEqual(shown);
  });

  test.each([
    ['half a yen', { amount: '1.5', currency: 'JPY' }, 'JPY has no decimals'],
    ['a tenth of a fils', { amount: '1.0001', currency: 'KWD' }, 'KWD has 3 decimals'],
    ['a tenth of a cent', { amount: '1.001', currency: 'EUR' }, 'EUR has 2 decimals'],
    ['a negative limit', { amount: '-1', currency: 'EUR' }, 'from 0'],
    ['a limit of more digits than SAP has', { amount: '10000000000000', currency: 'EUR' }, 'as large as this'],
    ['more yen than SAP has digits', { amount: '1000000000000000', currency: 'JPY' }, 'as large as this'],
  ])('refuses %s before SAP is asked to write', async (_what, limit, words) => {
    const error = await failure(change({ limit }));
    expect(error.code).toBe('REQUEST_INVALID');
    expect(error.issues).toEqual([{ path: 'credit.limit.amount', message: expect.stringContaining(words) }]);
    expect(await it.calls()).not.toHaveProperty('Z_GANGWAY_CREDIT_CHANGE');
  });

  test('in another currency than the area is kept in is refused by SAP', async () => {
    const before = await account();
    const error = await failure(change({ limit: { amount: '1000000', currency: 'JPY' } }));
    expect(error.code).toBe('SAP_REFUSED');
    expect(error.sapMessages[0]?.text).toContain('EUR');
    expect(await account()).toEqual(before);
  });

  test('writes the risk class alone and leaves the limit', async () => {
    const before = await account();
    await it.sap.lookUpKey(keyed('warm').key, soon());
    await it.calls();
    await change({ riskClass: '003' });
    expect(await account()).toMatchObject({ CTLPC: '003', KLIMK: before?.['KLIMK'] });
    expect(await it.calls()).toEqual({ Z_GANGWAY_CREDIT_CHANGE: 1 });
  });

  test('writes the limit alone and leaves the risk class', async () => {
    const before = await account();
    await change({ limit: { amount: '5', currency: 'EUR' } });
    expect(await account()).toMatchObject({ KLIMK: '5.00', CTLPC: before?.['CTLPC'] });
  });

  test('with nothing but the area makes the account', async () => {
    await change({ creditControlArea: '7000' });
    expect(await account('7000')).toMatchObject({ KNKLI: nordwind });
  });

  test('once per key: what came between is not taken back', async () => {
    await change({ limit: { amount: '5', currency: 'EUR' } });
    await change({ limit: { amount: '6', currency: 'EUR' } }, 'later');
    expect((await change({ limit: { amount: '5', currency: 'EUR' } })).isRepeat).toBe(true);
    expect(await account()).toMatchObject({ KLIMK: '6.00' });
  });

  test('a cut after the commit is found by key', async () => {
    it.simulator.addFault({ kind: 'cut-after-commit', function: 'Z_GANGWAY_CREDIT_CHANGE', times: 1 });
    expect((await failure(change({ riskClass: '002' }))).code).toBe('SAP_OUTCOME_UNKNOWN');
    expect(await it.sap.lookUpKey(keyed('customer.create:001:credit').key, soon())).toMatchObject({
      state: 'done',
      customerNumber: nordwind,
      contactNumber: null,
    });
  });

  test('an unknown area, class or customer is refused, and the customer is named', async () => {
    expect((await failure(change({ creditControlArea: '9999' }))).code).toBe('SAP_REFUSED');
    expect((await failure(change({ riskClass: '999' }))).code).toBe('SAP_REFUSED');
    const unknown = customerOf('999999');
    const error = await failure(it.sap.changeCredit(keyed('u'), unknown, creditOf({ riskClass: '001' }), soon()));
    expect(error.code).toBe('SAP_CUSTOMER_UNKNOWN');
    expect(error.context).toMatchObject({ customerNumber: unknown });
  });

  test('an account somebody has open is locked, and says by whom', async () => {
    it.simulator.addFault({ kind: 'lock-held', object: 'KNKK', user: 'SCHMIDT' });
    const error = await failure(change({ riskClass: '002' }));
    expect(error.code).toBe('SAP_OBJECT_LOCKED');
    expect(error.context['lockedBy']).toBe('SCHMIDT');
  });

  test('a value SAP has no room for is named in the words of the model', async () => {
    const wide = { ...creditOf({}), riskClass: '0001' };
    const error = await failure(it.sap.changeCredit(keyed('w'), nordwind, wide, soon()));
    expect(error.context).toMatchObject({ field: 'credit.riskClass', maxLength: 3 });
  });
});
