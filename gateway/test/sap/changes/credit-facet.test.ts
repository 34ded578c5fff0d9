/** Credit that was read from SAP, as the fields of a customer: of one control area, and never a figure that nobody can know. */
import { expect, test } from '@jest/globals';
import { credit as creditSchema } from '../../../src/model/index.ts';
import type { Credit } from '../../../src/model/index.ts';
import { creditFields } from '../../../src/sap/changes/credit-facet.ts';
import type { ValueRules } from '../../../src/sap/changes/translation.ts';
import { settings } from './read-changes.ts';

const rules = (creditControlAreas: readonly string[] = []): ValueRules => ({
  system: settings.system,
  language: 'EN',
  decimals: new Map([['JPY', 0]]),
  currencies: new Set(['EUR', 'USD', 'JPY']),
  units: new Set(),
  areaCurrencies: new Map(),
  creditControlAreas,
  addressesFromCustomers: true,
  realAmounts: new Set(),
});

const account = (code: string, currency: string, limit: string | null): object => ({
  creditControlArea: { code, text: null },
  currency,
  creditAccount: '0000104711',
  sharedWith: [],
  limit: limit === null ? null : { amount: limit, currency },
  exposure: {
    ...{ receivables: null, openOrders: null, openDeliveries: null, openBilling: null, specialLiabilities: null },
    total: { amount: '12.50', currency },
  },
  utilisationPercent: null,
  available: null,
  riskClass: null,
});
const overdue = (companyCode: string, amount: string, currency: string): object => ({
  ...{ companyCode, overdue: { amount, currency }, oldestDaysOverdue: 1, aging: [] },
});
const blocked = (scope: object, kind = 'credit'): object => ({
  ...{ kind, scope, reason: { code: 'X', text: null }, liftedBy: 'credit-management' },
});

const creditOf = (more: object): Credit =>
  creditSchema.parse({
    customer: { system: settings.system, number: '0000104711' },
    name: 'Nordwind',
    asOf: '2026-11-21T10:15:00.000Z',
    ...{ accounts: [account('1000', 'EUR', '100.00')], receivables: [], paymentTerms: [], blocks: [], unavailable: [] },
    ...more,
  });
const overdueOf = (...receivables: readonly object[]): unknown =>
  creditFields(creditOf({ receivables }), rules())['credit.overdue'];

test('what is overdue is the sum of all company codes', () => {
  expect(overdueOf(overdue('1000', '10.25', 'EUR'), overdue('2000', '0.75', 'EUR'))).toBe('11.00');
  expect(overdueOf()).toBe('0.00');
});

test('what is overdue in another currency has no sum; nothing overdue there does no harm', () => {
  expect(overdueOf(overdue('1000', '10.25', 'EUR'), overdue('3000', '5.00', 'USD'))).toBeNull();
  expect(overdueOf(overdue('1000', '10.25', 'EUR'), overdue('3000', '0.00', 'USD'))).toBe('10.25');
  expect(overdueOf(overdue('3000', '-5.00', 'USD'))).toBeNull();
});

test('a block of another control area is none of this one; one of the whole customer is', () => {
  const isBlocked = (...blocks: readonly object[]): unknown =>
    creditFields(creditOf({ blocks }), rules())['credit.isBlocked'];
  expect(isBlocked()).toBe(false);
  expect(isBlocked(blocked({ level: 'credit-control-area', creditControlArea: '1000' }))).toBe(true);
  expect(isBlocked(blocked({ level: 'credit-control-area', creditControlArea: '2000' }))).toBe(false);
  expect(isBlocked(blocked({ level: 'central' }))).toBe(true);
  expect(isBlocked(blocked({ level: 'central' }, 'order'))).toBe(false);
});

test('the configured control area stands for the customer, in its own currency; a figure that SAP does not give is nothing', () => {
  const accounts = [account('1000', 'EUR', '100.00'), account('3000', 'JPY', null)];
  expect(creditFields(creditOf({ accounts }), rules())).toMatchObject({ 'credit.controlArea': '1000' });
  expect(creditFields(creditOf({ accounts }), rules(['9000', '3000']))).toMatchObject({
    'credit.controlArea': '3000',
    'credit.currency': 'JPY',
    'credit.limit': null,
    'credit.exposure': '12.50',
    'credit.available': null,
    'credit.overdue': '0',
  });
});

test('without a credit account nothing is left of what was known', () => {
  const fields = creditFields(creditOf({ accounts: [] }), rules());
  const { 'credit.isBlocked': isBlocked, ...others } = fields;
  expect(isBlocked).toBe(false);
  expect(Object.values(others)).toEqual(Object.values(others).map(() => null));
  expect(Object.keys(others)).toContain('credit.exposure');
});
