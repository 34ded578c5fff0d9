/** The outbox of the simulated org: which changes of records become which requests, in the same transaction. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import type { SalesforceSimulator } from '../../../simulator/salesforce/index.ts';
import { app, callRest, logOn } from './rest-caller.ts';
import { putRecord, startTestOrg } from './test-org.ts';

const complete = {
  Name: 'Fjordlys Energi AS',
  Type: 'Customer - Direct',
  BillingStreet: 'Havnegata 1',
  BillingPostalCode: '5003',
  BillingCity: 'Bergen',
  BillingCountryCode: 'NO',
};
const payload = z.record(z.string(), z.unknown());

describe('the outbox of the simulated org', () => {
  let org: SalesforceSimulator;

  const start = async (options: Parameters<typeof startTestOrg>[0] = {}): Promise<void> => {
    org = await startTestOrg({ connectedApps: [app], automaticCreation: true, ...options });
  };
  beforeEach(() => start());
  afterEach(() => org.close());

  const save = (object: string, id: string, values: Record<string, unknown>): void => {
    const transaction = org.org.store.begin(org.org.users[0]?.id ?? '');
    transaction.update(object, id, values);
    transaction.commit();
  };
  const requests = () =>
    org.org.store.rows(org.org.named('SAP_Request__c')).map((row) => {
      const value = (name: string): unknown => row[org.org.named(name)];
      const text = z.string().parse(value('Payload__c'));
      return {
        id: String(row['Id']),
        key: value('Key__c'),
        status: value('Status__c'),
        code: value('Error_Code__c'),
        payload: payload.parse(JSON.parse(text)),
      };
    });
  const sendOut = (id: string): void =>
    save('SAP_Request__c', id, { Status__c: 'sent', Sent_At__c: '2026-11-21T09:00:00.000Z' });

  test('creates a customer of an Account whose type becomes a customer type, and rings', () => {
    const prospect = putRecord(org, 'Account', { ...complete, Type: 'Prospect' });
    expect(requests()).toEqual([]);
    save('Account', prospect, { Type: 'Customer - Direct' });
    expect(requests()).toMatchObject([
      {
        key: `customer.create:${prospect}`,
        status: 'ready',
        payload: {
          name: complete.Name,
          address: { city: 'Bergen', country: 'NO' },
          language: 'EN',
          companyCode: '1000',
        },
      },
    ]);
    expect(org.bus.published).toBe(1);
  });

  test('creates none by itself where the rule does not say so', async () => {
    await org.close();
    await start({ automaticCreation: false });
    putRecord(org, 'Account', complete);
    expect(requests()).toEqual([]);
  });

  test('holds what cannot succeed, tells the owner, and goes on when it is complete', () => {
    const accountId = putRecord(org, 'Account', { ...complete, BillingCity: null });
    expect(requests()).toMatchObject([{ status: 'held', code: 'REQUEST_INVALID' }]);
    expect(org.notifications()).toMatchObject([{ type: 'SAP_Request_Held', targetId: accountId }]);
    save('Account', accountId, { BillingCity: 'Bergen' });
    expect(requests()).toMatchObject([{ status: 'ready', code: null, payload: { address: { city: 'Bergen' } } }]);
    expect(org.notifications()).toHaveLength(1);
  });

  test('joins later changes to what has not left, and numbers those that come after', () => {
    const accountId = putRecord(org, 'Account', complete);
    save('Account', accountId, { Phone: '+47 1' });
    expect(requests()).toMatchObject([{ payload: { phone: '+47 1' } }]);
    sendOut(requests()[0]?.id ?? '');
    save('Account', accountId, { Phone: '+47 2' });
    save('Account', accountId, { Phone: '+47 3', BillingCity: 'Oslo' });
    const change = { key: `customer.change:${accountId}:1`, payload: { phone: '+47 3', address: { city: 'Oslo' } } };
    expect(requests().slice(1)).toMatchObject([change]);
    sendOut(requests()[1]?.id ?? '');
    save('Account', accountId, { Phone: '+47 4' });
    expect(requests().at(-1)).toMatchObject({ key: `customer.change:${accountId}:2`, payload: { phone: '+47 4' } });
  });

  test('sends Contacts of customers, also those that were there before', () => {
    const accountId = putRecord(org, 'Account', { ...complete, Type: 'Prospect' });
    const contactId = putRecord(org, 'Contact', { LastName: 'Berg', FirstName: 'Anna', AccountId: accountId });
    expect(requests()).toEqual([]);
    save('Account', accountId, { Type: 'Customer - Direct' });
    expect(requests().map(({ key }) => key)).toEqual([`customer.create:${accountId}`, `contact.create:${contactId}`]);
    save('Contact', contactId, { Phone: '+47 9' });
    expect(requests()).toHaveLength(2);
    sendOut(requests()[1]?.id ?? '');
    save('Contact', contactId, { Phone: '+47 8' });
    expect(requests().at(-1)).toMatchObject({ key: `contact.change:${contactId}:1`, payload: { phone: '+47 8' } });
  });

  test('takes a Contact along when it moves, and withdraws what is not wanted any more', () => {
    const [here, there] = [1, 2].map((n) =>
      putRecord(org, 'Account', { ...complete, SAP_Customer_Number__c: String(n) }),
    );
    const contactId = putRecord(org, 'Contact', { LastName: 'Berg', AccountId: here });
    save('Contact', contactId, { AccountId: there });
    const moved = org.org.store.rows('SAP_Request__c').at(-1);
    expect([moved?.['Account__c'], moved?.['Status__c']]).toEqual([there, 'ready']);
    const transaction = org.org.store.begin(org.org.users[0]?.id ?? '');
    transaction.delete('Contact', contactId);
    transaction.commit();
    expect(requests()).toMatchObject([{ status: 'refused', code: 'REQUEST_WITHDRAWN' }]);
  });

  test('creates a Contact anew at the customer it moves to, unless it brings its number along', () => {
    const [here, there] = [1, 2].map((n) =>
      putRecord(org, 'Account', { ...complete, SAP_Customer_Number__c: String(n) }),
    );
    const person = { LastName: 'Berg', AccountId: here };
    const [moved, known] = ['0000000815', '0000000816'].map((number) =>
      putRecord(org, 'Contact', { ...person, SAP_Contact_Number__c: number }),
    );
    save('Contact', moved ?? '', { AccountId: there });
    save('Contact', known ?? '', { AccountId: there, SAP_Contact_Number__c: '0000000900' });
    expect(requests().map(({ key }) => key)).toEqual([`contact.create:${moved}`]);
    expect(org.org.store.find('Contact', moved ?? '')?.['SAP_Contact_Number__c']).toBeNull();
    expect(org.org.store.find('Contact', known ?? '')?.['SAP_Contact_Number__c']).toBe('0000000900');
  });

  test('keeps what is left of a deleted Contact apart from the requests of its Account', () => {
    const accountId = putRecord(org, 'Account', { ...complete, SAP_Customer_Number__c: '1' });
    const person = { LastName: 'Berg', AccountId: accountId, SAP_Contact_Number__c: '0000000815' };
    const contactId = putRecord(org, 'Contact', person);
    save('Contact', contactId, { Phone: '+47 1' });
    save('SAP_Request__c', requests()[0]?.id ?? '', { Status__c: 'refused' });
    const transaction = org.org.store.begin(org.org.users[0]?.id ?? '');
    transaction.delete('Contact', contactId);
    transaction.commit();
    save('Account', accountId, { Phone: '+47 2' });
    expect(requests()).toMatchObject([
      { key: `contact.change:${contactId}:1`, status: 'refused' },
      { key: `customer.change:${accountId}:1`, status: 'ready', payload: { phone: '+47 2' } },
    ]);
  });

  test('makes a customer of a converted lead', async () => {
    const leadId = putRecord(org, 'Lead', {
      LastName: 'Lie',
      Company: 'Fjordlys Energi AS',
      City: 'Bergen',
      CountryCode: 'NO',
    });
    const answer = await fetch(`${org.url}/api/page/leads/${leadId}/convert`, { method: 'POST' });
    expect(answer.status).toBe(200);
    expect(requests().map(({ key, status }) => [String(key).split(':')[0], status])).toEqual([
      ['customer.create', 'ready'],
      ['contact.create', 'ready'],
    ]);
    expect((await fetch(`${org.url}/api/page/leads/${leadId}/convert`, { method: 'POST' })).status).toBe(400);
  });

  test('keeps request and change in one transaction', () => {
    org.addValidationRule((object) => (object === 'SAP_Request__c' ? 'not today' : null));
    expect(() => putRecord(org, 'Account', complete)).toThrow('not today');
  });

  test('does not let an Account go while SAP works on it; its requests go with it afterwards', async () => {
    const accountId = putRecord(org, 'Account', complete);
    sendOut(requests()[0]?.id ?? '');
    const token = await logOn(org);
    const remove = () => callRest(org, token, 'DELETE', `/services/data/v67.0/sobjects/Account/${accountId}`);
    expect(await remove()).toMatchObject({ status: 400, body: [{ errorCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION' }] });
    save('SAP_Request__c', requests()[0]?.id ?? '', { Status__c: 'held' });
    expect((await remove()).status).toBe(204);
    expect(requests()).toEqual([]);
  });

  test('tells the owner when SAP has the customer, also under a namespace', async () => {
    await org.close();
    await start({ namespace: 'acmx' });
    const accountId = putRecord(org, 'Account', complete);
    const token = await logOn(org);
    const visit = (more: object) =>
      callRest(org, token, 'POST', '/services/apexrest/acmx/gangway/v1/visit', {
        ...{ contract: 1, agent: 'agent-1', instance: 'one', system: 'ERPCLNT100', leaseSeconds: 60 },
        ...{ isFarewell: false, wanted: 10, ...more },
      });
    const key = `customer.create:${accountId}`;
    expect((await visit({})).body).toMatchObject({ requests: [{ id: key, checksDuplicates: true }], waiting: 0 });
    const operation = {
      id: key,
      kind: 'customer.create',
      state: 'done',
      asOf: '2026-11-21T09:00:00.000Z',
      attempts: 1,
    };
    const customer = { system: 'ERPCLNT100', number: '0000104999' };
    await visit({ outcomes: [{ operation: { ...operation, customer, sapMessages: [] }, correlationId: 'c' }] });
    const account = org.org.store.find('Account', accountId);
    expect(account?.['acmx__SAP_Customer_Key__c']).toBe('ERPCLNT100:0000104999');
    expect(org.notifications()).toMatchObject([
      { type: 'SAP_Customer_Created', targetId: accountId, body: 'Fjordlys Energi AS is SAP customer 104999.' },
    ]);
    const bell: unknown = await (await fetch(`${org.url}/api/page/notifications`)).json();
    expect(bell).toMatchObject([{ type: 'SAP_Customer_Created' }]);
  });
});
