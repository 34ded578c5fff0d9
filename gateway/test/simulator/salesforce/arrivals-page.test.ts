/** How people see in the simulated org what has arrived from SAP, and what could not. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { SalesforceSimulator } from '../../../simulator/salesforce/index.ts';
import { callApex, data, putRecord, startTestOrg } from './test-org.ts';

const admin = { alias: 'admin', firstName: 'admin', lastName: 'Test', username: 'admin@test.example', title: 'Admin' };
const users = [
  ...data.users,
  { ...admin, sees: 'all' as const, permissionSets: ['Gangway_Admin', 'Gangway_Sales_User'] },
];

describe.each([undefined, 'acmx'])('the pages of an org with namespace %s', (namespace) => {
  let org: SalesforceSimulator;
  let accountId: string;
  beforeEach(async () => {
    org = await startTestOrg({ namespace, data: { ...data, users } });
    accountId = putRecord(org, 'Account', { Name: 'Nordwind' });
  });
  afterEach(() => org.close());

  const read = async (path: string): Promise<unknown> => {
    const user = org.org.users.find(({ username }) => username === admin.username);
    const answer = await fetch(`${org.url}/api/${path}`, { headers: { cookie: `gangway_user=${user?.id ?? ''}` } });
    return answer.json();
  };
  const issue = (number: number, values: object = {}): string =>
    putRecord(org, 'SAP_Sync_Issue__c', {
      SAP_Key__c: `ERPCLNT100:SC-${number}`,
      Change__c: `SC-${number}`,
      System__c: 'ERPCLNT100',
      Kind__c: 'order',
      Record__c: `000001234${number}`,
      Account__c: accountId,
      State__c: 'Held',
      Code__c: 'SALESFORCE_RULE_REFUSED',
      What_Happened__c: 'A rule refused it.',
      Held_At__c: `2026-11-21T10:0${number}:00.000Z`,
      ...values,
    });

  test('show what has arrived in lists on the Account, and in the layouts of the package', async () => {
    expect(await read(`page/records/${accountId}/related`)).toHaveLength(1);
    const orderId = putRecord(org, 'SAP_Order__c', {
      Account__c: accountId,
      SAP_Key__c: 'ERPCLNT100:0000012345',
      Order_Date__c: '2026-11-20',
      Net_Value__c: 120.5,
      Currency_Code__c: 'EUR',
    });
    issue(1);
    const object = org.org.named;
    const lists = (await read(`page/records/${accountId}/related`)) as { object: string }[];
    expect(lists.map((list) => list.object)).toEqual(
      ['SAP_Request__c', 'SAP_Sync_Issue__c', 'SAP_Order__c'].map((name) => object(name)),
    );
    expect(await read(`page/records/${orderId}`)).toMatchObject({
      sections: [
        { label: 'SAP Order', fields: expect.arrayContaining([expect.objectContaining({ text: '20 Nov 2026' })]) },
        { label: 'From SAP' },
      ],
    });
  });

  test('list held changes, newest first, and note what people want done with them', async () => {
    const [first, second, solved] = [issue(1), issue(2), issue(3, { State__c: 'Solved' })];
    const view = await callApex(org, 'admin', 'SyncIssueController.load', { filter: { search: '1234' } });
    expect(view.body).toMatchObject({
      issues: [
        { id: second, name: 'SC-2', accountName: 'Nordwind', heldAt: '2026-11-21T10:02:00.000Z', canAct: true },
        { id: first },
      ],
      counts: { Held: 2, Waiting: 0, Solved: 1, Discarded: 0 },
      hasMore: false,
    });
    const retried = await callApex(org, 'admin', 'SyncIssueController.retry', { issueIds: [first, solved] });
    expect(retried.body).toMatchObject({ results: [{ isNoted: true }, { isNoted: false }] });
    expect(org.org.store.find(org.org.named('SAP_Sync_Issue__c'), first)).toMatchObject({
      [org.org.named('Wish__c')]: 'Retry',
      [org.org.named('Wish_By__c')]: 'admin Test',
    });
    const unsaid = await callApex(org, 'admin', 'SyncIssueController.discard', { issueIds: [second], reason: ' ' });
    expect(unsaid.body).toMatchObject({
      results: [],
      problem: { code: 'REQUEST_INVALID', issues: [{ path: 'reason' }] },
    });
  });

  test('refuse to retry a document that could not be understood, and let it be discarded', async () => {
    const key = { SAP_Key__c: 'ERPCLNT100:SD-2', Change__c: 'SD-2', Kind__c: 'document', Record__c: null };
    const [change, document] = [issue(1), issue(2, key)];
    const view = await callApex(org, 'admin', 'SyncIssueController.load', {});
    expect(view.body).toMatchObject({
      issues: [
        { id: document, canAct: true, canRetry: false },
        { id: change, canAct: true, canRetry: true },
      ],
    });
    const retried = await callApex(org, 'admin', 'SyncIssueController.retry', { issueIds: [change, document] });
    expect(retried.body).toMatchObject({
      results: [{ isNoted: true }, { isNoted: false, reason: expect.stringMatching(/SAP has to send it again/) }],
    });
    const discarded = await callApex(org, 'admin', 'SyncIssueController.discard', {
      issueIds: [document],
      reason: 'Test data',
    });
    expect(discarded.body).toMatchObject({ results: [{ id: document, isNoted: true }] });
  });

  test.each([
    ['the number of a document that could not be understood', '5_55', ['SD-2']],
    ['that number as its row shows it', '0000000000005_55 (DEBMAS)', ['SD-2']],
    ['the document that brought a change', 'ORDRSP 0000000000007777', ['SC-1']],
    ["the keys as they are SAP's", '0000004523/000010', ['SC-1']],
    ['the keys as a row shows them', '4523 / 10', ['SC-1']],
    ['keys in another order', '10 / 4523', []],
    ['a type alone in brackets', '(DEBMAS)', []],
    ['the name of an issue', 'sc-1', ['SC-1']],
  ])('find issues by %s', async (_, search, found) => {
    issue(1, { Kind__c: 'order-item', Record__c: '0000004523/000010', Document__c: 'ORDRSP 0000000000007777' });
    const key = { SAP_Key__c: 'ERPCLNT100:SD-2', Change__c: 'SD-2', Kind__c: 'document', Record__c: null };
    issue(2, { ...key, Document__c: 'DEBMAS 0000000000005_55' });
    const { body } = await callApex(org, 'admin', 'SyncIssueController.load', { filter: { search } });
    expect(body).toMatchObject({ issues: found.map((name) => ({ name })) });
  });

  test('show nobody held changes who may not decide about them', async () => {
    issue(1);
    const view = await callApex(org, 'rep', 'SyncIssueController.load', {});
    expect(JSON.stringify(view.body)).not.toContain('SC-1');
  });

  test('show how the flow is doing', async () => {
    putRecord(org, 'SAP_Sync_Status__c', {
      SAP_Key__c: 'ERPCLNT100',
      Canary_At__c: '2026-11-21T10:00:00.000Z',
      Canary_Took_Ms__c: 420,
      Waiting__c: 3,
    });
    const view = await callApex(org, 'admin', 'SyncStatusController.load', {});
    expect(view.body).toMatchObject({
      systems: [
        { sapSystem: 'ERPCLNT100', canaryAt: '2026-11-21T10:00:00.000Z', canaryTookMs: 420, waiting: 3, held: 0 },
      ],
      canManage: true,
    });
  });
});
