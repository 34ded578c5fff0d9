/** Composite calls and collections of the simulated org: limits, references, rows that fail alone, rights. */
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import type { SalesforceSimulator } from '../../../simulator/salesforce/index.ts';
import { app, callRest, logOn } from './rest-caller.ts';
import { data, startTestOrg } from './test-org.ts';

const composite = '/services/data/v67.0/composite';
const answered = z.object({
  compositeResponse: z.array(z.object({ body: z.unknown(), httpStatusCode: z.number(), referenceId: z.string() })),
});
const account = (values: object) => ({ attributes: { type: 'Account' }, ...values });
const keyed = (number: string, values: object = {}) =>
  account({
    Name: `Customer ${number}`,
    SAP_System__c: 'ERPCLNT100',
    SAP_Customer_Number__c: number,
    SAP_Customer_Key__c: `ERPCLNT100:${number}`,
    ...values,
  });
const upsertAccounts = (referenceId: string, records: readonly object[]) => ({
  method: 'PATCH',
  url: `${composite}/sobjects/Account/SAP_Customer_Key__c`,
  referenceId,
  body: { allOrNone: false, records },
});

describe('composite calls', () => {
  let org: SalesforceSimulator;
  let token: string;

  beforeEach(async () => {
    org = await startTestOrg({ connectedApps: [app] });
    token = await logOn(org);
  });
  afterEach(() => org.close());

  const call = (body: object) => callRest(org, token, 'POST', composite, body);
  const answers = async (body: object) => answered.parse((await call(body)).body).compositeResponse;

  test('do five collections in one call of the day, rows failing alone', async () => {
    const rows = [keyed('0000000001'), keyed('0000000002', { Name: 'x'.repeat(256) }), keyed('0000000003')];
    const before = org.apiRequests();
    const [first] = await answers({ compositeRequest: [upsertAccounts('accounts', rows)] });
    expect(first).toMatchObject({ httpStatusCode: 200, referenceId: 'accounts' });
    expect(first?.body).toMatchObject([
      { success: true, created: true },
      { success: false, errors: [{ statusCode: 'STRING_TOO_LONG', fields: ['Name'] }] },
      { success: true, created: true },
    ]);
    expect(org.apiRequests()).toBe(before + 1);
  });

  test('take 25 parts, of which five may be collections or queries', async () => {
    const part = (index: number) => ({
      method: 'GET',
      url: '/services/data/v67.0/sobjects/Account/describe',
      referenceId: `r${index}`,
    });
    const many = Array.from({ length: 26 }, (_, index) => part(index));
    expect((await call({ compositeRequest: many })).status).toBe(400);
    expect((await call({ compositeRequest: many.slice(1) })).status).toBe(200);
    const collections = Array.from({ length: 6 }, (_, index) => upsertAccounts(`c${index}`, []));
    expect((await call({ compositeRequest: collections })).status).toBe(400);
    expect((await call({ compositeRequest: collections.slice(1) })).status).toBe(200);
    expect((await call({ compositeRequest: [part(1), part(1)] })).status).toBe(400);
  });

  test('let later parts refer to earlier answers, and halt what refers to nothing', async () => {
    const create = (referenceId: string, body: object) => ({
      method: 'POST',
      url: '/services/data/v67.0/sobjects/Account',
      referenceId,
      body,
    });
    const parts = await answers({
      compositeRequest: [
        create('parent', { Name: 'Parent' }),
        create('child', { Name: 'Child', ParentId: '@{parent.id}' }),
        create('lost', { Name: 'Lost', ParentId: '@{nobody.id}' }),
      ],
    });
    expect(parts.map(({ httpStatusCode }) => httpStatusCode)).toEqual([201, 201, 400]);
    expect(parts[2]?.body).toMatchObject([{ errorCode: 'PROCESSING_HALTED' }]);
    const found = await callRest(
      org,
      token,
      'GET',
      `/services/data/v67.0/query?q=${encodeURIComponent("SELECT Parent.Name FROM Account WHERE Name = 'Child'")}`,
    );
    expect(found.body).toMatchObject({ records: [{ Parent: { Name: 'Parent' } }] });
  });

  test('write all or nothing when asked to', async () => {
    const create = (referenceId: string, body: object) => ({
      method: 'POST',
      url: '/services/data/v67.0/sobjects/Account',
      referenceId,
      body,
    });
    const parts = await answers({
      allOrNone: true,
      compositeRequest: [create('good', { Name: 'Good' }), create('bad', { Phone: '1' })],
    });
    expect(parts.map(({ body }) => body)).toMatchObject([
      [{ errorCode: 'PROCESSING_HALTED' }],
      [{ errorCode: 'REQUIRED_FIELD_MISSING' }],
    ]);
    expect(org.org.store.count('Account')).toBe(0);
  });

  test('know no record of the same call by its external id, and the next call does', async () => {
    const contact = {
      attributes: { type: 'Contact' },
      LastName: 'Lind',
      Account: { SAP_Customer_Key__c: 'ERPCLNT100:0000000001' },
    };
    const create = {
      method: 'POST',
      url: `${composite}/sobjects`,
      referenceId: 'contacts',
      body: { records: [contact] },
    };
    const inOneCollection = {
      ...create,
      body: {
        records: [keyed('0000000009'), { ...contact, Account: { SAP_Customer_Key__c: 'ERPCLNT100:0000000009' } }],
      },
    };
    const [alone] = await answers({ compositeRequest: [create] });
    const message =
      'Foreign key external ID: ERPCLNT100:0000000001 not found for field SAP_Customer_Key__c in entity Account';
    expect(alone?.body).toMatchObject([{ success: false, errors: [{ statusCode: 'INVALID_FIELD', message }] }]);
    const [together] = await answers({ compositeRequest: [inOneCollection] });
    expect(together?.body).toMatchObject([{ success: true }, { success: false }]);
    const [, after] = await answers({ compositeRequest: [upsertAccounts('accounts', [keyed('0000000001')]), create] });
    expect(after?.body).toMatchObject([{ success: true }]);
  });

  test('refuse the id field, a wrong type and a collection that cannot be read', async () => {
    const [part] = await answers({
      compositeRequest: [
        upsertAccounts('rows', [
          { ...keyed('0000000001'), id: '0015g0000000001AAA' },
          { ...keyed('0000000002'), attributes: { type: 'Contact' } },
        ]),
      ],
    });
    expect(part?.body).toMatchObject([
      { errors: [{ statusCode: 'INVALID_FIELD', fields: ['Id'] }] },
      { errors: [{ statusCode: 'INVALID_TYPE' }] },
    ]);
    const [whole] = await answers({
      compositeRequest: [
        upsertAccounts('rows', [keyed('0000000001'), keyed('0000000002', { NumberOfEmployees: 'many' })]),
      ],
    });
    expect(whole).toMatchObject({ httpStatusCode: 400, body: [{ errorCode: 'JSON_PARSER_ERROR' }] });
    expect(org.org.store.count('Account')).toBe(0);
  });

  test('publish events, and keep none of them as a record', async () => {
    const event = { attributes: { type: 'SAP_Request_Ready__e' }, System__c: 'ERPCLNT100' };
    const part = { method: 'POST', url: `${composite}/sobjects`, referenceId: 'e', body: { records: [event] } };
    const [answer] = await answers({ compositeRequest: [part] });
    expect(answer?.body).toMatchObject([{ success: true, errors: [{ statusCode: 'OPERATION_ENQUEUED' }] }]);
    expect(org.bus.after('SAP_Request_Ready__e', 0, 10)).toMatchObject([{ values: { System__c: 'ERPCLNT100' } }]);
  });

  test('may be packed, and answers are where the caller takes that', async () => {
    const rows = Array.from({ length: 100 }, (_, index) => keyed(String(index + 1).padStart(10, '0')));
    const answer = await fetch(org.url + composite, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
        'content-encoding': 'gzip',
        'accept-encoding': 'gzip',
      },
      body: gzipSync(JSON.stringify({ compositeRequest: [upsertAccounts('rows', rows)] })),
    });
    expect([answer.status, answer.headers.get('content-encoding')]).toEqual([200, 'gzip']);
    expect(org.org.store.count('Account')).toBe(100);
    const broken = await fetch(org.url + composite, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-encoding': 'gzip' },
      body: 'not packed',
    });
    expect(broken.status).toBe(400);
  });
});

describe('a user who works through the API only', () => {
  test('has what the permission sets grant, and nothing else', async () => {
    const users = data.users.map((user) => (user.alias === 'integration' ? { ...user, isApiOnly: true } : user));
    const org = await startTestOrg({ connectedApps: [app], data: { ...data, users } });
    try {
      const token = await logOn(org);
      const path = '/services/data/v67.0/composite/sobjects/SAP_Request__c/Key__c';
      const request = { attributes: { type: 'SAP_Request__c' }, Status__c: 'done' };
      const records = [
        { ...request, Key__c: 'a', Error_Code__c: 'MINE' },
        { ...request, Key__c: 'b' },
      ];
      const answer = await callRest(org, token, 'PATCH', path, { records });
      expect(answer.body).toMatchObject([
        { success: false, errors: [{ statusCode: 'INVALID_FIELD_FOR_INSERT_UPDATE', fields: ['Error_Code__c'] }] },
        { success: false, errors: [{ statusCode: 'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY' }] },
      ]);
      expect((await callRest(org, token, 'GET', '/services/data/v67.0/sobjects/Opportunity/describe')).status).toBe(
        404,
      );
    } finally {
      await org.close();
    }
  });
});
