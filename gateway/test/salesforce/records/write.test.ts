/** Writing records: one composite call, parents first, each row with its own outcome. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { orderOf } from '../../../src/model/index.ts';
import type { RecordFields } from '../../../src/model/index.ts';
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
    });
    // Rules and mappings, descriptions, records.
    expect(calls).toBe(3);
  });
});

test('says whether a record is gone only where the change speaks of it', async () => {
  const removed = async (fields: RecordFields, isRemoved: boolean): Promise<unknown> => {
    await open.sink.write([customer('1', fields, { isRemoved })], undefined, soon());
    return org.row('Account', 'ERPCLNT100:1')?.['SAP_Removed__c'];
  };
  expect(await removed({}, false)).toBeUndefined();
  expect(await removed({}, true)).toBe(true);
  expect(await removed({ name: 'Its name alone' }, false)).toBe(true);
  expect(await removed({ isRemoved: false }, false)).toBe(false);
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

test('every row has a key, a type and nothing of the others', async () => {
  await open.sink.write([customer('1', { phone: '1' }), customer('2')], undefined, soon());
  const [part] = org.writes[0] ?? [];
  expect(part).toMatchObject({
    method: 'PATCH',
    url: '/services/data/v67.0/composite/sobjects/Account/SAP_Customer_Key__c',
    httpHeaders: { 'Sforce-Duplicate-Rule-Header': 'allowSave=true', 'Sforce-Auto-Assign': 'FALSE' },
    body: { allOrNone: false },
  });
  expect(org.fake.calls.at(-1)?.headers).toMatchObject({ 'sforce-call-options': 'client=Gangway' });
  expect(org.row('Account', 'ERPCLNT100:2')).not.toHaveProperty('Phone');
});

test('money is written digit by digit', async () => {
  const order = record('order', '1', { net: '9007199254740993.10', currency: 'EUR' });
  await open.sink.write([order], undefined, soon());
  expect(org.fake.calls.at(-1)?.body).toContain('"Net_Value__c":9007199254740993.10,');
});

describe('more than one call takes', () => {
  const many = (kind: 'customer' | 'order', count: number) =>
    Array.from({ length: count }, (_, at) => record(kind, String(at).padStart(10, '0'), { number: null }));

  test('1,000 records of five objects are one call', async () => {
    const kinds = ['product', 'customer', 'contact', 'order', 'order-item'] as const;
    const records = kinds.flatMap((kind) => Array.from({ length: 200 }, (_, at) => record(kind, `${at}`, {})));
    expect(records).toHaveLength(open.sink.maxRecords);
    await open.sink.wantedKinds(soon());
    const { calls, outcomes } = await open.sink.write(records, { customers: [key('customer', '1')] }, soon());
    expect(calls).toBe(1);
    expect(outcomes.every(({ ended }) => ended === 'written')).toBe(true);
    expect(org.events).toHaveLength(1);
  });

  test('1,001 of one object are two calls, each collection of 200 at most, the event with the last', async () => {
    await open.sink.wantedKinds(soon());
    const { calls, outcomes } = await open.sink.write(
      many('customer', 1_001),
      { customers: [key('customer', '1')] },
      soon(),
    );
    expect(calls).toBe(2);
    expect(outcomes).toHaveLength(1_001);
    expect(org.rows.get('Account')?.size).toBe(1_001);
    expect(org.writes.map((parts) => parts.length)).toEqual([5, 2]);
  });

  test('what the first call wrote is told when the second fails', async () => {
    org.onRow = (_, cells) => {
      if (cells['SAP_Customer_Key__c'] === 'ERPCLNT100:0000000999')
        org.onCall = (_asked, response) => Boolean(response.writeHead(503).end());
      return undefined;
    };
    const { outcomes } = await open.sink.write(many('customer', 1_200), undefined, soon());
    expect(outcomes.slice(0, 1_000).every(({ ended }) => ended === 'written')).toBe(true);
    expect(outcomes.slice(1_000)).toMatchObject(
      Array(200).fill({ ended: 'failed', error: { code: 'SALESFORCE_UNREACHABLE', disposition: 'retry' } }),
    );
  });
});

test('the same record twice is written twice, in order, never in one collection', async () => {
  const before = customer('WEB4711', { name: 'Before' });
  const { outcomes } = await open.sink.write([before, customer('web4711', { name: 'After' })], undefined, soon());
  expect(outcomes).toMatchObject([{ isNew: true }, { isNew: false }]);
  expect(org.row('Account', 'ERPCLNT100:WEB4711')).toMatchObject({ Name: 'After' });
  expect(org.writes).toHaveLength(1);
});

test('a cancellation is written after the invoice it cancels, though it came first', async () => {
  const records = [record('invoice', '1', { cancels: '2' }), record('invoice', '2', {})];
  expect((await open.sink.write(records, undefined, soon())).outcomes).toMatchObject([
    { ended: 'written' },
    { ended: 'written' },
  ]);
});

test('a text that a composite call would take for a reference goes alone, and arrives', async () => {
  const records = [customer('1', { name: '@{part0.id} Ltd' }), customer('2'), record('order', '3', { customer: '1' })];
  const refresh = { customers: [key('customer', '1')] };
  const { outcomes } = await open.sink.write(records, refresh, soon());
  expect(outcomes.map(({ ended }) => ended)).toEqual(['written', 'written', 'written']);
  expect(org.row('Account', 'ERPCLNT100:1')).toMatchObject({ Name: '@{part0.id} Ltd' });
  expect(org.events).toHaveLength(1);
  const last = await open.sink.write(records.slice(0, 1), refresh, soon());
  expect(last).toMatchObject({ outcomes: [{ ended: 'written' }], calls: 2 });
  expect(org.events).toHaveLength(2);
});

test('a missing parent is named, and brothers of the row are written', async () => {
  const records = [
    record('order', '1', { customer: '1', shipTo: '2' }),
    record('order', '2', { customer: '1' }),
    customer('1'),
  ];
  expect((await open.sink.write(records, undefined, soon())).outcomes).toMatchObject([
    { ended: 'parent-missing', parent: key('customer', '2') },
    { ended: 'written' },
    { ended: 'written' },
  ]);
});

test.each([null, ''])('a reference to %j takes the parent off the record', async (none) => {
  await open.sink.write([customer('1'), record('order', '1', { customer: '1' })], undefined, soon());
  expect(org.row('SAP_Order__c', 'ERPCLNT100:1')).toHaveProperty('Account__r');
  const { outcomes } = await open.sink.write([record('order', '1', { customer: none })], undefined, soon());
  expect(outcomes).toMatchObject([{ ended: 'written' }]);
  expect(org.row('SAP_Order__c', 'ERPCLNT100:1')).toMatchObject({ Account__c: null });
});

test('a value that cannot be taken holds its record without asking Salesforce', async () => {
  const { outcomes } = await open.sink.write([customer('1', { phone: '1'.repeat(41) })], undefined, soon());
  expect(outcomes).toMatchObject([
    { ended: 'failed', error: { code: 'SALESFORCE_VALUE_REFUSED', context: { field: 'Phone' } } },
  ]);
  expect(org.writes).toEqual([]);
});

describe('a part that fails as a whole', () => {
  const onOrders = (status: number, errorCode: string, message = ''): void => {
    org.onPart = ({ url }) => (url.includes('SAP_Order__c/') ? { status, body: [{ errorCode, message }] } : undefined);
  };
  test.each([
    [400, 'INVALID_FIELD', "No such column 'X' on sobject of type SAP_Order__c", 'SALESFORCE_MAPPING_INVALID'],
    [404, 'NOT_FOUND', 'The requested resource does not exist', 'SALESFORCE_MAPPING_INVALID'],
    [403, 'REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.', 'SALESFORCE_LIMIT_REACHED'],
    [503, 'SERVER_UNAVAILABLE', 'busy', 'SALESFORCE_UNREACHABLE'],
    [500, 'UNKNOWN_EXCEPTION', 'An unexpected error occurred', 'SALESFORCE_FAILED'],
  ])('with %s %s concerns its own rows alone', async (status, theirs, message, code) => {
    onOrders(status, theirs, message);
    const records = [customer('1'), record('order', '1', {}), record('product', 'P', {})];
    expect((await open.sink.write(records, undefined, soon())).outcomes).toMatchObject([
      { ended: 'written' },
      { ended: 'failed', error: { code, context: { message } } },
      { ended: 'written' },
    ]);
  });

  test('without a word we know is unreadable or failed, and never written', async () => {
    for (const [status, body] of [
      [200, {}],
      [200, []],
      [200, [{ success: true }]],
      [200, null],
      [502, null],
      [400, [{}]],
    ] as const) {
      org.onPart = ({ url }) => (url.includes('Account/') ? { status, body } : undefined);
      const [outcome] = (await open.sink.write([customer('1')], undefined, soon())).outcomes;
      expect(outcome).toMatchObject({ ended: 'failed', error: { disposition: 'retry' } });
    }
  });

  test('and is only the event holds up nothing', async () => {
    org.onPart = ({ url }) =>
      url.includes('__e') ? { status: 400, body: [{ errorCode: 'LIMIT_EXCEEDED' }] } : undefined;
    const { outcomes } = await open.sink.write([customer('1')], { customers: [key('customer', '1')] }, soon());
    expect(outcomes).toMatchObject([{ ended: 'written' }]);
  });
});

describe('a call that fails as a whole', () => {
  test.each([
    [
      403,
      [{ errorCode: 'REQUEST_LIMIT_EXCEEDED', message: 'TotalRequests Limit exceeded.' }],
      'SALESFORCE_LIMIT_REACHED',
    ],
    [503, [{ errorCode: 'SERVER_UNAVAILABLE', message: '' }], 'SALESFORCE_UNREACHABLE'],
    [200, { compositeResponse: [] }, 'SALESFORCE_ANSWER_UNREADABLE'],
    [200, [], 'SALESFORCE_ANSWER_UNREADABLE'],
  ])('(%s) is thrown: nothing is known of it', async (status, body, code) => {
    await open.sink.wantedKinds(soon());
    org.onCall = (_, response) =>
      Boolean(response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body)));
    await expect(open.sink.write([customer('1')], undefined, soon())).rejects.toMatchObject({
      code,
      disposition: 'retry',
    });
  });

  test('because the session has ended is made again with a new one', async () => {
    await open.sink.wantedKinds(soon());
    let refusals = 0;
    org.onCall = (_, response) => {
      refusals += 1;
      if (refusals > 1) return false;
      response.writeHead(401, { 'content-type': 'application/json' }).end('[{"errorCode":"INVALID_SESSION_ID"}]');
      return true;
    };
    expect((await open.sink.write([customer('1')], undefined, soon())).outcomes).toMatchObject([{ ended: 'written' }]);
    expect(org.fake.logons).toHaveLength(2);
  });
});

test('nothing to write is no call, and a refresh alone is one', async () => {
  await open.sink.wantedKinds(soon());
  expect(await open.sink.write([], undefined, soon())).toMatchObject({ outcomes: [], calls: 0 });
  expect(await open.sink.write([], { customers: [key('customer', '1')] }, soon())).toMatchObject({ calls: 1 });
  expect(org.events).toHaveLength(1);
});

test('without Salesforce’s time ours is taken', async () => {
  org.date = 'yesterday';
  const { committedAt } = await open.sink.write([customer('1')], undefined, soon());
  expect(Date.parse(committedAt)).toBeGreaterThan(Date.parse('2026-01-01T00:00:00Z'));
});

test('rows of one parent are neighbours in a collection, whatever order they came in', async () => {
  await open.sink.write([customer('1'), customer('2')], undefined, soon());
  const orders = ['4', '3', '2', '1'].map((id) => record('order', id, { customer: Number(id) % 2 === 0 ? '2' : '1' }));
  const { outcomes } = await open.sink.write(orders, undefined, soon());
  const [part] = org.writes.at(-1) ?? [];
  const { records } = part?.body as { records: Record<string, unknown>[] };
  expect(records.map((row) => row['SAP_Key__c'])).toEqual(['1', '3', '2', '4'].map((id) => `ERPCLNT100:${id}`));
  const ids = ['4', '3', '2', '1'].map((id) => org.row('SAP_Order__c', `ERPCLNT100:${id}`)?.['Id']);
  expect(outcomes.map((outcome) => outcome.ended === 'written' && outcome.recordId)).toEqual(ids);
});
