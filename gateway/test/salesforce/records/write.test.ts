/** Writing records: one composite call, parents first, each row with its own outcome. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { orderOf } from '../../../src/model/index.ts';
import type { OpenOrg } from '../../../src/salesforce/index.ts';
import { shapeOrg } from './org-shape.ts';
import { customer, key, openSink, record, soon } from './records.ts';
import { failed, StrictOrg } from './strict-org.ts';

let org: StrictOrg;
let open: OpenOrg;
beforeEach(async () => {
  org = await StrictOrg.start();
  shapeOrg(org);
  open = openSink(org);
});
afterEach(async () => {
  await open.close();
  await org.close();
});

describe.each(['', 'gway'])('a package with the namespace "%s"', (namespace) => {
  test('has its names in every row, and the records what they are made of', async () => {
    const { own } = shapeOrg(org, namespace);
    await open.close();
    open = openSink(org, { namespace });
    const fields = {
      'credit.limit': '12500.10',
      'blocks.order': '01',
      'blocks.any': true,
      'credit.nextReview': '2027-01-31',
    };
    const facets = {
      master: orderOf('2026-11-21T10:15:00Z', '1234'),
      credit: orderOf('2026-11-21T10:20:00.5Z', '77'),
    };
    const { outcomes, calls } = await open.sink.write([customer('0000104711', fields, { facets })], undefined, soon());
    expect(outcomes).toEqual([{ ended: 'written', recordId: expect.any(String), isNew: true }]);
    expect(org.row('Account', 'ERPCLNT100:0000104711')).toEqual({
      Id: expect.any(String),
      Name: 'Customer 0000104711',
      [own('SAP_Customer_Key__c')]: 'ERPCLNT100:0000104711',
      [own('SAP_System__c')]: 'ERPCLNT100',
      [own('SAP_Customer_Number__c')]: '0000104711',
      [own('SAP_Credit_Limit__c')]: 12500.1,
      [own('SAP_Order_Block__c')]: '01',
      [own('SAP_Blocked__c')]: true,
      [own('SAP_Next_Credit_Review__c')]: '2027-01-31',
      [own('SAP_Arrival__c')]:
        'credit=2026-11-21T10:20:00.500Z#00000000000000000077;master=2026-11-21T10:15:00.000Z#00000000000000001234',
      [own('SAP_As_Of__c')]: '2026-11-21T10:20:00.500Z',
      [own('SAP_Document__c')]: 'DEBMAS 0000000000001234',
      [own('SAP_Removed__c')]: false,
    });
    // Rules and mappings, descriptions, records.
    expect(calls).toBe(3);
  });
});

test('writes five objects in one call, parents first, and the next write needs no other', async () => {
  const records = [
    record('order-item', '0000000001/000010', { order: '0000000001', product: 'PUMP', quantity: '1.500' }),
    record('order', '0000000001', { customer: '0000104711', net: '100.00', currency: 'EUR' }),
    record('contact', '0000000007', { customer: '0000104711', lastName: 'Fox' }),
    record('product', 'PUMP', { name: 'Pump' }),
    customer('0000104711'),
  ];
  const refresh = { customers: [key('customer', '0000104711'), key('customer', '0000104712')] };
  const first = await open.sink.write(records, refresh, soon());
  expect(first.outcomes.map(({ ended }) => ended)).toEqual(Array(5).fill('written'));
  expect(first.committedAt).toBe('2026-11-21T10:15:30.000Z');
  expect(org.writes).toHaveLength(1);
  expect(org.writes[0]?.map(({ url }) => url.split('/').at(-2))).toEqual([
    'Product2',
    'Account',
    'Contact',
    'SAP_Order__c',
    'SAP_Order_Item__c',
    'sobjects',
  ]);
  expect(org.events).toEqual([
    { type: 'SAP_Data_Changed__e', System__c: 'ERPCLNT100', Customers__c: '0000104711\n0000104712' },
  ]);
  expect((await open.sink.write(records, undefined, soon())).calls).toBe(1);
  expect(open.sink.callsUsed).toEqual({ used: 18, limit: 15_000 });
});

test('a row that Salesforce refuses is refused alone, in the order of the records', async () => {
  org.onRow = (_, cells) =>
    cells['Name'] === 'Customer 2'
      ? failed('FIELD_CUSTOM_VALIDATION_EXCEPTION', 'Phone is missing', ['Phone'])
      : undefined;
  const { outcomes } = await open.sink.write([customer('3'), customer('2'), customer('1')], undefined, soon());
  expect(outcomes).toMatchObject([
    { ended: 'written' },
    {
      ended: 'failed',
      error: { code: 'SALESFORCE_RULE_REFUSED', context: { message: 'Phone is missing', field: 'Phone' } },
    },
    { ended: 'written' },
  ]);
});
