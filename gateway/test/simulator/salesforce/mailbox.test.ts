/** The mailbox of the simulated org: lease, outcomes, hand-out, as docs/salesforce/mailbox.md says. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import type { SalesforceSimulator } from '../../../simulator/salesforce/index.ts';
import { app, callRest, logOn } from './rest-caller.ts';
import { people, putRecord, startTestOrg } from './test-org.ts';

const system = 'ERPCLNT100';
const handedOut = z.looseObject({ id: z.string(), name: z.string(), wasSent: z.boolean(), subject: z.string() });
const answerShape = z.looseObject({
  lease: z.object({ isHeld: z.boolean(), fence: z.number(), holder: z.string().nullable(), expiresInMs: z.number() }),
  requests: z.array(handedOut),
  next: z.string().nullable(),
  withdrawn: z.array(z.object({ id: z.string(), wish: z.string(), reason: z.string() })),
  standing: z.array(z.object({ id: z.string(), state: z.string() })),
  receipts: z.array(z.object({ id: z.string(), result: z.string(), reason: z.string().nullable() })),
  waiting: z.number(),
});

describe('the mailbox of the simulated org', () => {
  let org: SalesforceSimulator;
  let token: string;
  let now: number;

  beforeEach(async () => {
    now = Date.parse('2026-11-21T09:00:00Z');
    org = await startTestOrg({ connectedApps: [app], now: () => now });
    token = await logOn(org);
  });
  afterEach(() => org.close());

  const call = (visit: Record<string, unknown> = {}) =>
    callRest(org, token, 'POST', '/services/apexrest/gangway/v1/visit', {
      contract: 1,
      agent: 'agent-1',
      instance: 'one',
      system,
      fence: null,
      leaseSeconds: 60,
      isFarewell: false,
      wanted: 10,
      after: null,
      underWay: [],
      asking: [],
      outcomes: [],
      ...visit,
    });
  const visit = async (more: Record<string, unknown> = {}) => answerShape.parse((await call(more)).body);
  const account = (values: Record<string, unknown> = {}): string =>
    putRecord(org, 'Account', { Name: 'Nordwind', ...values });
  const request = (accountId: string, values: Record<string, unknown> = {}): string =>
    putRecord(org, 'SAP_Request__c', {
      Account__c: accountId,
      Key__c: `customer.create:${accountId}`,
      Operation__c: 'customer.create',
      Status__c: 'ready',
      SAP_System__c: system,
      Payload__c: '{}',
      ...values,
    });
  const outcome = (id: string, operation: Record<string, unknown>) => ({
    operation: {
      id,
      kind: 'customer.create',
      state: 'done',
      asOf: '2026-11-21T09:00:01.000Z',
      attempts: 1,
      isRepeat: false,
      customer: { system, number: '0000104999' },
      contact: null,
      sapMessages: [],
      problem: null,
      ...operation,
    },
    correlationId: 'c-1',
  });
  const problem = { code: 'SAP_REFUSED', disposition: 'hold', title: 'No', advice: 'Ask', sapMessages: [] };
  const field = (object: string, id: string, name: string): unknown => org.org.store.find(object, id)?.[name];

  test('hands a ready request out once, under the lease it gives', async () => {
    const accountId = account();
    const id = request(accountId);
    const first = await visit();
    expect(first.lease).toEqual({ isHeld: true, fence: 1, holder: 'agent-1', expiresInMs: 60_000 });
    const key = `customer.create:${accountId}`;
    expect(first.requests).toMatchObject([{ id: key, kind: 'customer.create', subject: accountId, wasSent: false }]);
    expect([field('SAP_Request__c', id, 'Status__c'), field('SAP_Request__c', id, 'Fence__c')]).toEqual(['sent', 1]);
    expect((await visit({ fence: 1, underWay: [key] })).requests).toEqual([]);
    expect((await visit({ fence: 1 })).requests).toMatchObject([{ id: key, wasSent: true }]);
  });

  test('gives the lease to another agent only when it has expired, under a higher fence', async () => {
    request(account());
    await visit();
    const other = { agent: 'agent-2', instance: 'two' };
    expect(await visit(other)).toMatchObject({ lease: { isHeld: false, holder: 'agent-1' }, requests: [] });
    now += 61_000;
    expect((await visit(other)).lease).toMatchObject({ isHeld: true, fence: 2, holder: 'agent-2' });
    expect((await visit({ fence: 1 })).lease).toMatchObject({ isHeld: false, holder: 'agent-2' });
  });

  test('gives the lease to a new process of the same agent at once, and the old one writes nothing any more', async () => {
    const accountId = account();
    request(accountId);
    await visit();
    expect((await visit({ instance: 'two' })).lease).toMatchObject({ isHeld: true, fence: 2 });
    const late = await visit({ fence: 1, outcomes: [outcome(`customer.create:${accountId}`, {})] });
    expect(late).toMatchObject({ lease: { isHeld: false }, receipts: [] });
    expect(field('Account', accountId, 'SAP_Customer_Number__c')).toBeNull();
  });

  test('takes the lease back at a farewell', async () => {
    await visit();
    await visit({ fence: 1, isFarewell: true });
    expect((await visit({ agent: 'agent-2', instance: 'two' })).lease).toMatchObject({ isHeld: true, fence: 2 });
  });

  test('writes outcome and customer number in one transaction, and never takes them back', async () => {
    const accountId = account();
    const id = request(accountId);
    const key = `customer.create:${accountId}`;
    await visit();
    const done = await visit({ fence: 1, outcomes: [outcome(key, {})] });
    expect(done.receipts).toEqual([{ id: key, result: 'noted', reason: null }]);
    expect(field('Account', accountId, 'SAP_Customer_Number__c')).toBe('0000104999');
    const held = outcome(key, { state: 'held', customer: null, problem, asOf: '2026-11-21T10:00:00.000Z' });
    expect((await visit({ fence: 1, outcomes: [held] })).receipts).toMatchObject([{ result: 'repeated' }]);
    expect(field('SAP_Request__c', id, 'Status__c')).toBe('done');
  });

  test('writes the number while a later step is still missing, and finishes later', async () => {
    const accountId = account();
    const id = request(accountId);
    const key = `customer.create:${accountId}`;
    await visit();
    await visit({ fence: 1, outcomes: [outcome(key, { state: 'held', problem })] });
    expect(field('Account', accountId, 'SAP_Customer_Number__c')).toBe('0000104999');
    expect(field('SAP_Request__c', id, 'Status__c')).toBe('held');
    const older = outcome(key, { state: 'running', asOf: '2026-11-21T09:00:00.500Z' });
    expect((await visit({ fence: 1, outcomes: [older] })).receipts).toMatchObject([{ result: 'repeated' }]);
    await visit({ fence: 1, outcomes: [outcome(key, { asOf: '2026-11-21T09:05:00.000Z' })] });
    expect(field('SAP_Request__c', id, 'Status__c')).toBe('done');
  });

  test('lets one request of an Account out at a time, and the next one in the visit that ends the first', async () => {
    const accountId = account();
    request(accountId);
    const change = `customer.change:${accountId}:1`;
    request(accountId, { Key__c: change, Operation__c: 'customer.change', Change_Number__c: 1 });
    expect((await visit()).requests).toHaveLength(1);
    const key = `customer.create:${accountId}`;
    const next = await visit({ fence: 1, outcomes: [outcome(key, {})] });
    expect(next.requests).toMatchObject([{ id: change, customer: '0000104999' }]);
  });

  test('lets a held request block those behind it', async () => {
    const accountId = account();
    request(accountId, { Status__c: 'held' });
    request(accountId, { Key__c: `customer.change:${accountId}:1`, Operation__c: 'customer.change' });
    const other = account();
    request(other);
    expect((await visit()).requests.map(({ subject }) => subject)).toEqual([other]);
  });

  test('goes on behind the last one it handed out', async () => {
    const accounts = [1, 2, 3].map(() => account());
    accounts.forEach((id) => request(id));
    const first = await visit({ wanted: 2 });
    expect(first.requests.map(({ subject }) => subject)).toEqual(accounts.slice(0, 2));
    const second = await visit({ fence: 1, wanted: 2, after: first.next });
    expect(second.requests.map(({ subject }) => subject)).toEqual(accounts.slice(2));
    expect(second.next).toBeNull();
  });

  test('tells what people want withdrawn, and what still stands', async () => {
    const accountId = account();
    request(accountId);
    const ended = account();
    request(ended, { Status__c: 'refused' });
    await visit();
    const [key, endedKey] = [`customer.create:${accountId}`, `customer.create:${ended}`];
    const discard = { action: 'discard', ids: [key], reason: 'a mistake', by: 'Ines' };
    const desk = await callRest(org, token, 'POST', '/services/apexrest/gangway/v1/queue', discard);
    expect(desk.body).toMatchObject({ results: [{ id: key, result: 'done', reason: null }] });
    const answer = await visit({ fence: 1, underWay: [key], asking: [key, endedKey, 'customer.create:none'] });
    expect(answer.withdrawn).toEqual([{ id: key, wish: 'discard', reason: 'a mistake' }]);
    expect(answer.standing.map(({ state }) => state)).toEqual(['open', 'ended', 'unknown']);
  });

  test('says which customer stays in SAP when a person discards what was held after it', async () => {
    const accountId = account({ SAP_Customer_Number__c: '0000104999', SAP_System__c: system });
    const id = request(accountId, { Status__c: 'held', SAP_Customer_Number__c: '0000104999' });
    const discard = { action: 'discard', ids: [`customer.create:${accountId}`], reason: 'by hand', by: 'Ines' };
    await callRest(org, token, 'POST', '/services/apexrest/gangway/v1/queue', discard);
    expect(field('SAP_Request__c', id, 'Status__c')).toBe('refused');
    expect(field('SAP_Request__c', id, 'Next_Step__c')).toMatch(/^SAP customer 104999 exists/);
  });

  test('says what is gone, and lets a person look at what contradicts itself', async () => {
    const accountId = account();
    const id = request(accountId);
    const key = `customer.create:${accountId}`;
    await visit();
    const foreign = outcome(key, { customer: { system: 'OTHERCLNT1', number: '0000104999' } });
    const answer = await visit({ fence: 1, outcomes: [outcome('customer.create:none', {}), foreign] });
    expect(answer.receipts.map(({ result }) => result)).toEqual(['gone', 'noted']);
    expect(field('SAP_Request__c', id, 'Error_Code__c')).toBe('SALESFORCE_OUTCOME_UNUSABLE');
    expect(field('Account', accountId, 'SAP_Customer_Number__c')).toBeNull();
  });

  test('takes the number of a customer that SAP made from other data of the same request', async () => {
    const accountId = account();
    const id = request(accountId);
    const reused = { ...problem, code: 'IDEMPOTENCY_KEY_REUSED', issues: [] };
    await visit();
    await visit({
      fence: 1,
      outcomes: [outcome(`customer.create:${accountId}`, { state: 'refused', problem: reused })],
    });
    expect(field('SAP_Request__c', id, 'Status__c')).toBe('refused');
    expect(field('SAP_Request__c', id, 'Next_Step__c')).toMatch(/its number is on the Account/);
    expect(field('Account', accountId, 'SAP_Customer_Number__c')).toBe('0000104999');
  });

  test('does nothing for a contract it does not know', async () => {
    request(account());
    expect(await call({ contract: 2 })).toMatchObject({
      status: 409,
      body: { contract: 1, error: 'CONTRACT_UNKNOWN' },
    });
    expect((await visit()).lease.fence).toBe(1);
  });

  test.each([{ wanted: 201 }, { leaseSeconds: 9 }, { underWay: Array.from({ length: 1_001 }, (_, i) => `k${i}`) }])(
    'refuses %j',
    async (more) => {
      expect((await call(more)).status).toBe(400);
    },
  );

  test('lets only the integration user in, and counts the call', async () => {
    const rep = await logOn(org, people.rep);
    expect((await callRest(org, rep, 'POST', '/services/apexrest/gangway/v1/visit', {})).status).toBe(403);
    expect((await call()).headers.get('sforce-limit-info')).toBe('api-usage=2/15000');
    org.leaveApiRequests(0);
    expect(await call()).toMatchObject({ status: 403, body: [{ errorCode: 'REQUEST_LIMIT_EXCEEDED' }] });
    org.leaveApiRequests(10);
    org.expireSessions();
    expect(await call()).toMatchObject({ status: 401, body: [{ errorCode: 'INVALID_SESSION_ID' }] });
  });
});
