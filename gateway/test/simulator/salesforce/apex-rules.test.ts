/** Rules of the package's Apex that no recording tells: the stand-in keeps them as the Apex does. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { withoutAmountsInMessages } from '../../../simulator/salesforce/apex/amount-filter.ts';
import type { ApexContext } from '../../../simulator/salesforce/apex/context.ts';
import { checkDraft } from '../../../simulator/salesforce/apex/customer-draft.ts';
import { form } from '../../../simulator/salesforce/apex/request-service.ts';
import type { SalesforceSimulator } from '../../../simulator/salesforce/index.ts';
import { startScriptedRelay } from './scripted-relay.ts';
import type { ScriptedRelay } from './scripted-relay.ts';
import { callApex, data, people, putRecord, startTestOrg } from './test-org.ts';

const draft = { name: 'Fjordlys', city: 'Bergen', country: 'NO', language: 'EN', salesArea: 'Germany_Export' };
const requestView = z.object({ id: z.string(), status: z.string() });
const system = 'ERPCLNT100';
const nordwind = { system, number: '0000104711' };
const problem = { code: 'SAP_SAYS_NO', disposition: 'hold', title: 'SAP says no.', advice: 'Ask SAP.' };

describe('the Apex stand-in', () => {
  let relay: ScriptedRelay;
  let org: SalesforceSimulator;
  let accountId: string;

  beforeEach(async () => {
    relay = await startScriptedRelay();
    org = await startTestOrg({ relayUrl: relay.url });
    accountId = putRecord(org, 'Account', { Name: 'Fjordlys' });
  });
  afterEach(async () => {
    await org.close();
    await relay.close();
  });

  const commit = async (): Promise<string> => {
    const parameters = { recordId: accountId, draft };
    const answer = await callApex(org, people.rep, 'CustomerRequestController.commitRequest', parameters);
    return requestView.parse(answer.body).id;
  };
  /** Commits, sends, and says what the request is after that answer. */
  const statusAfter = async (status: number, body: unknown): Promise<string> => {
    const requestId = await commit();
    relay.answer = { status, body };
    const answer = await callApex(org, people.rep, 'CustomerRequestController.send', { requestId });
    return requestView.parse(answer.body).status;
  };
  const operation = (values: Record<string, unknown>): unknown => ({ id: `customer.create:${accountId}`, ...values });
  const contextOf = (who: string): ApexContext => {
    const user = org.org.users.find(({ username }) => username === `${who}@test.example`);
    if (user === undefined) throw new Error(`Nobody is called ${who}`);
    return {
      org: org.org,
      user,
      transaction: org.org.store.begin(user.id),
      labels: (name) => name,
      callout: () => Promise.reject(new Error('A form never calls out')),
      signWithCertificate: () => '',
    };
  };

  /** Checks the draft in an org whose admin has set up its sales area so. */
  const checkInOrgWith = async (values: Record<string, string>): Promise<ReturnType<typeof checkDraft>> => {
    const customMetadata = { 'SAP_Sales_Area.Germany_Export': values };
    const other = await startTestOrg({ data: { ...data, customMetadata } });
    try {
      return checkDraft({ org: other.org, labels: (name) => name }, draft);
    } finally {
      await other.close();
    }
  };

  test('shows a standing request in the form only to who may create', async () => {
    const id = await commit();
    expect(form(contextOf(people.rep), accountId)).toMatchObject({ canCreate: true, request: { id } });
    expect(form(contextOf(people.agent), accountId)).toMatchObject({ canCreate: false, accountId, request: null });
  });

  test.each([
    [302, 'verifying'],
    [399, 'verifying'],
    [412, 'held'],
    [422, 'refused'],
    [429, 'ready'],
    [503, 'verifying'],
  ])('makes of status %i a request that is %s', async (status, expected) => {
    expect(await statusAfter(status, problem)).toBe(expected);
  });

  test('verifies what the relay says to verify, whatever the status', async () => {
    expect(await statusAfter(412, { ...problem, disposition: 'verify' })).toBe('verifying');
  });

  test('cuts a correlation id to what its field holds', async () => {
    expect(await statusAfter(412, { ...problem, correlationId: 'c'.repeat(200) })).toBe('held');
    expect(org.org.store.rows('SAP_Request__c')[0]?.['Correlation_Id__c']).toBe('c'.repeat(64));
  });

  test.each([
    ['a result of another system', { state: 'done', customer: { system: 'OTHERSYS', number: '104731' } }],
    ['done without a customer', { state: 'done' }],
    ['a customer although SAP refused', { state: 'refused', customer: nordwind, problem }],
    ['held without saying why', { state: 'held' }],
    ['refused with a problem that says too little', { state: 'refused', problem: { code: 'X' } }],
    ['a problem that is none', { state: 'running', problem: 'none' }],
  ])('verifies after an answer that contradicts itself: %s', async (_, values) => {
    expect(await statusAfter(200, operation(values))).toBe('verifying');
    const [request] = org.org.store.rows('SAP_Request__c');
    expect(request).toMatchObject({ Error_Code__c: 'RELAY_ANSWER_UNREADABLE' });
    expect(request?.['SAP_Customer_Number__c'] ?? null).toBeNull();
  });

  test.each([
    ['held', { state: 'held', problem }],
    ['sent', { state: 'running', problem: { code: 'X' } }],
    ['done', { state: 'done', customer: { system: ' erpclnt100', number: '104731' } }],
  ])('takes an answer that agrees with itself: %s', async (expected, values) => {
    expect(await statusAfter(200, operation(values))).toBe(expected);
  });

  test('hides amounts in the texts of SAP from who may not see them, and only from them', async () => {
    accountId = putRecord(org, 'Account', { Name: 'Nordwind', SAP_Customer_Number__c: '104711' });
    const text = 'Credit limit exceeded by 12.345,60 EUR on 21.11.2026, document 4500001234';
    relay.answer = { status: 422, body: { ...problem, sapMessages: [{ type: 'E', text }] } };
    const seenBy = async (who: string): Promise<unknown> =>
      (await callApex(org, who, 'PanelController.refresh', { recordId: accountId, panel: 'credit' })).body;
    const masked = 'Credit limit exceeded by *** EUR on 21.11.2026, document 4500001234';
    expect(await seenBy(people.agent)).toMatchObject({ problem: { sapMessages: [{ text: masked }] } });
    expect(await seenBy(people.rep)).toMatchObject({ problem: { sapMessages: [{ text }] } });
  });

  test.each([
    ['Exceeded by EUR 1200', 'Exceeded by EUR ***'],
    ["Limit 1'200.50 reached", 'Limit *** reached'],
    ['Credit 500,00- open', 'Credit *** open'],
    ['Order 4711 item 10, release 7.40.1', 'Order 4711 item 10, release 7.40.1'],
  ])('makes of %p the text %p', (text, expected) => {
    const { sapMessages } = withoutAmountsInMessages({
      ...problem,
      disposition: 'hold',
      sapMessages: [{ text }],
      issues: [],
    });
    expect(sapMessages).toEqual([{ text: expected }]);
  });

  test.each([
    [
      { Credit_Control_Area__c: ' 1000 ', Risk_Class__c: '002' },
      { creditControlArea: '1000', riskClass: '002' },
    ],
    [{ Credit_Control_Area__c: '1000' }, { creditControlArea: '1000' }],
    [{}, undefined],
  ])('brings the credit data of a sales area set up with %j', async (values, credit) => {
    const { issues, payload } = await checkInOrgWith(values);
    expect(issues).toEqual([]);
    expect(z.looseObject({ credit: z.unknown().optional() }).parse(JSON.parse(payload ?? '')).credit).toEqual(credit);
  });

  test.each([
    { Risk_Class__c: '002' },
    { Credit_Control_Area__c: '10 0' },
    { Credit_Control_Area__c: 'eu01' },
    { Credit_Control_Area__c: '1000', Risk_Class__c: 'A-1' },
  ])('refuses a sales area set up with %j', async (values) => {
    const { issues } = await checkInOrgWith(values);
    expect(issues).toEqual([{ path: 'salesArea', message: 'Issue_Credit_Setup' }]);
  });

  test('brings the SAP system of an Account into its form before it is saved', () => {
    const values = { Name: 'N', SAP_Customer_Number__c: ' 104711', SAP_System__c: ' erpclnt100 ' };
    const saved = org.org.store.find('Account', putRecord(org, 'Account', values));
    expect(saved).toMatchObject({ SAP_System__c: system, SAP_Customer_Key__c: `${system}:0000104711` });
  });

  test('asks the SAP system of an Account in its form', async () => {
    accountId = putRecord(org, 'Account', { Name: 'N', SAP_System__c: ' erpclnt200 ' });
    await commit();
    expect(org.org.store.rows('SAP_Request__c')[0]?.['SAP_System__c']).toBe('ERPCLNT200');
  });

  test.each([
    ['Germany', ''],
    [' de ', 'DE'],
  ])('searches for the country %p as %p', async (country, expected) => {
    relay.answer = { status: 200, body: { matches: [] } };
    const parameters = { recordId: accountId, draft: { ...draft, country } };
    await callApex(org, people.rep, 'CustomerRequestController.matches', parameters);
    expect(JSON.parse(relay.calls[0]?.body ?? '')).toMatchObject({ country: expected });
  });

  test.each([
    ['leaves', '2026-11-21T10:30:12.500+01:00', '2026-11-21T09:30:12.499Z', false],
    ['replaces', '2026-11-21T10:30:12+01:00', '2026-11-21T09:30:13Z', true],
  ])('%s the snapshot of %s when the answer of %s arrives', async (_, first, second, isReplaced) => {
    const recordId = putRecord(org, 'Account', { Name: 'Nordwind', SAP_Customer_Number__c: '104711' });
    for (const asOf of [first, second]) {
      relay.answer = { status: 200, body: { customer: nordwind, asOf } };
      const live = await callApex(org, people.rep, 'PanelController.refresh', { recordId, panel: 'credit' });
      expect(live.body).toMatchObject({ isLive: true, asOf });
    }
    const { body } = await callApex(org, people.rep, 'PanelController.load', { recordId, panel: 'credit' });
    expect(body).toMatchObject({ isLive: false, asOf: isReplaced ? second : first });
  });
});
