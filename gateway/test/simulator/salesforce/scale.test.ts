/** The outbox with 100,000 requests waiting: what a visit costs is counted in records looked at, not in seconds. */
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { z } from 'zod';
import type { SalesforceSimulator } from '../../../simulator/salesforce/index.ts';
import { app, callRest, logOn } from './rest-caller.ts';
import { startTestOrg } from './test-org.ts';

const count = 100_000;
const batch = 2_000;
const answered = z.object({ requests: z.array(z.unknown()), waiting: z.number(), next: z.string().nullable() });

describe('100,000 requests that wait', () => {
  let org: SalesforceSimulator;
  let token: string;

  beforeAll(async () => {
    org = await startTestOrg({ connectedApps: [app], dailyApiRequests: 100_000 });
    token = await logOn(org);
    const { store } = org.org;
    store.afterSave = () => undefined;
    for (let start = 0; start < count; start += batch) {
      const transaction = store.begin(org.org.users[0]?.id ?? '');
      for (let n = start; n < start + batch; n += 1) {
        const accountId = transaction.insert('Account', { Name: `Account ${n}` });
        transaction.insert('SAP_Request__c', {
          Account__c: accountId,
          Key__c: `customer.create:${accountId}`,
          Operation__c: 'customer.create',
          Status__c: 'ready',
          SAP_System__c: 'ERPCLNT100',
          Payload__c: '{}',
        });
      }
      transaction.commit();
    }
  }, 120_000);
  afterAll(() => org.close());

  const visit = async (more: object = {}) => {
    const body = { contract: 1, agent: 'a', instance: 'i', system: 'ERPCLNT100', leaseSeconds: 60, isFarewell: false };
    const answer = await callRest(org, token, 'POST', '/services/apexrest/gangway/v1/visit', {
      ...{ ...body, wanted: 200, ...more },
    });
    return answered.parse(answer.body);
  };

  test('cost a visit no more than the requests it hands out', async () => {
    const find = jest.spyOn(org.org.store, 'find');
    const rows = jest.spyOn(org.org.store, 'rows');
    const first = await visit();
    expect([first.requests.length, first.waiting]).toEqual([200, 50_000]);
    // For each request: itself, its Account, and what saving it reads.
    expect(find.mock.calls.length).toBeLessThan(200 * 12);
    find.mockClear();
    const second = await visit({ after: first.next });
    expect(second.requests).toHaveLength(200);
    expect(find.mock.calls.length).toBeLessThan(200 * 12);
    expect(rows).not.toHaveBeenCalled();
    jest.restoreAllMocks();
  });

  test('cost the queue desk no more than one page', async () => {
    const rows = jest.spyOn(org.org.store, 'rows');
    const body = { action: 'list', states: ['ready', 'held'], limit: 50 };
    const page = await callRest(org, token, 'POST', '/services/apexrest/gangway/v1/queue', body);
    const read = z.object({ requests: z.array(z.unknown()), next: z.string() }).parse(page.body);
    expect(read.requests).toHaveLength(50);
    expect(rows).not.toHaveBeenCalled();
    jest.restoreAllMocks();
  });
});
