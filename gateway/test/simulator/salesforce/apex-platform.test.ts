/** The platform around the controllers: transactions, access, and what survives a restart. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { CalloutException } from '../../../simulator/salesforce/apex/context.ts';
import { NamedCredential } from '../../../simulator/salesforce/apex/named-credential.ts';
import type { SalesforceSimulator } from '../../../simulator/salesforce/index.ts';
import { startScriptedRelay } from './scripted-relay.ts';
import type { ScriptedRelay } from './scripted-relay.ts';
import { audience, callApex, keys, orgId, people, putRecord, startTestOrg } from './test-org.ts';

const draft = { name: 'Fjordlys', city: 'Bergen', country: 'NO', language: 'EN', salesArea: 'Germany_Export' };
const requestView = z.object({ id: z.string(), name: z.string(), status: z.string() });

describe('the platform of the simulated org', () => {
  let relay: ScriptedRelay;
  let org: SalesforceSimulator;

  beforeEach(async () => {
    relay = await startScriptedRelay();
    org = await startTestOrg({ relayUrl: relay.url });
  });
  afterEach(async () => {
    await org.close();
    await relay.close();
  });

  const commit = async (accountId: string) =>
    requestView.parse(
      (await callApex(org, people.rep, 'CustomerRequestController.commitRequest', { recordId: accountId, draft })).body,
    );

  test('refuses a callout after uncommitted work, and calls nothing', async () => {
    const user = org.org.users[0];
    if (user === undefined) throw new Error('The org has no users');
    const credential = new NamedCredential({
      relayUrl: relay.url,
      audience,
      orgId,
      privateKey: keys.privateKey,
      now: Date.now,
    });
    const transaction = org.org.store.begin(user.id);
    transaction.insert('Account', { Name: 'Not yet there' });
    const request = { method: 'GET', address: '/v1', body: null, headers: {}, timeoutMs: 1000 } as const;
    await expect(credential.send(user, transaction, request)).rejects.toThrow(CalloutException);
    transaction.rollback();
    expect(org.org.store.rows('Account')).toEqual([]);
    expect(relay.calls).toEqual([]);
    await credential.close();
  });

  test('gives two reps who commit at once the same request', async () => {
    const accountId = putRecord(org, 'Account', { Name: 'Fjordlys' });
    const [first, second] = await Promise.all([commit(accountId), commit(accountId)]);
    expect(second).toEqual(first);
    expect(relay.calls).toEqual([]);
  });

  test('refuses a class that no permission set opens', async () => {
    const recordId = putRecord(org, 'Account', { Name: 'A' });
    const answer = await callApex(org, people.agent, 'CustomerRequestController.form', { recordId });
    expect(answer.status).toBe(403);
  });

  test.each(['nonsense', '', null, "0015g0000000001' OR Name != '"])(
    'refuses %p as a record id before any Apex runs',
    async (recordId) => {
      expect((await callApex(org, people.rep, 'PanelController.load', { recordId, panel: 'credit' })).status).toBe(400);
    },
  );

  test('keeps what was committed over a kill and a restart', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'gangway-org-'));
    await org.close();
    org = await startTestOrg({ relayUrl: relay.url, stateFile: join(folder, 'org.jsonl') });
    const accountId = putRecord(org, 'Account', { Name: 'Fjordlys' });
    const before = await commit(accountId);
    await org.close();
    org = await startTestOrg({ relayUrl: relay.url, stateFile: join(folder, 'org.jsonl') });
    expect(await commit(accountId)).toEqual(before);
    const other = await commit(putRecord(org, 'Account', { Name: 'Zephyr' }));
    expect(other.name).not.toBe(before.name);
    await rm(folder, { recursive: true });
  });

  test('shows the relay being away as a problem, never as a failed page', async () => {
    const recordId = putRecord(org, 'Account', { Name: 'A', SAP_Customer_Number__c: '104711' });
    const answer = await callApex(org, people.rep, 'PanelController.refresh', { recordId, panel: 'credit' });
    expect(answer).toMatchObject({
      status: 200,
      body: { isLive: false, problem: { code: 'RELAY_UNREACHABLE', disposition: 'retry' } },
    });
  });

  test('holds a request whose number a validation rule keeps off the Account, and writes it once the rule is gone', async () => {
    const accountId = putRecord(org, 'Account', { Name: 'Fjordlys' });
    const { id } = await commit(accountId);
    const rule = { isOn: true };
    org.addValidationRule((object, row) =>
      rule.isOn && object === 'Account' && row['SAP_Customer_Number__c'] !== null ? 'Closed for the quarter' : null,
    );
    const result = {
      id: `customer.create:${accountId}`,
      state: 'done',
      attempts: 1,
      customer: { system: 'ERPCLNT100', number: '0000104731' },
      sapMessages: [],
    };
    relay.answer = { status: 201, body: result };
    const held = await callApex(org, people.rep, 'CustomerRequestController.send', { requestId: id });
    expect(held.body).toMatchObject({
      status: 'held',
      customer: { number: '0000104731' },
      problem: { code: 'SALESFORCE_RECORD_REFUSED' },
    });
    rule.isOn = false;
    relay.answer = null;
    const done = await callApex(org, people.rep, 'CustomerRequestController.send', { requestId: id });
    expect(done.body).toMatchObject({ status: 'done' });
    expect(org.org.store.find('Account', accountId)?.['SAP_Customer_Key__c']).toBe('ERPCLNT100:0000104731');
    expect(relay.calls).toHaveLength(1);
  });
});
