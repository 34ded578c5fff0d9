/** Faults of single rows and of jobs, records that people delete and merge, and what the control routes show of it all. */
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import type { FaultKind, SalesforceSimulator } from '../../../simulator/salesforce/index.ts';
import { app, callRest, logOn } from './rest-caller.ts';
import { putRecord, startTestOrg } from './test-org.ts';

const accounts = '/services/data/v67.0/composite/sobjects/Account/SAP_Customer_Key__c';
const row = (number: string) => ({
  attributes: { type: 'Account' },
  Name: `Customer ${number}`,
  SAP_System__c: 'ERPCLNT100',
  SAP_Customer_Number__c: number,
  SAP_Customer_Key__c: `ERPCLNT100:${number}`,
});
const results = z.array(z.object({ success: z.boolean(), errors: z.array(z.object({ statusCode: z.string() })) }));

describe('trouble with rows', () => {
  let org: SalesforceSimulator;
  let token: string;
  beforeEach(async () => {
    org = await startTestOrg({ connectedApps: [app] });
    token = await logOn(org);
  });
  afterEach(() => org.close());

  const write = async (...numbers: string[]): Promise<string[]> => {
    const { body } = await callRest(org, token, 'PATCH', accounts, { records: numbers.map(row) });
    return results.parse(body).map(({ success, errors }) => (success ? 'written' : (errors[0]?.statusCode ?? '')));
  };
  const control = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const sent = body === undefined ? {} : { body: JSON.stringify(body) };
    const headers = { 'content-type': 'application/json' };
    return (await fetch(`${org.url}/simulator/${path}`, { method, headers, ...sent })).json();
  };

  test.each<[FaultKind, string]>([
    ['record-locked', 'UNABLE_TO_LOCK_ROW'],
    ['rule-refuses', 'FIELD_CUSTOM_VALIDATION_EXCEPTION'],
    ['storage-full', 'STORAGE_LIMIT_EXCEEDED'],
    ['duplicate-found', 'DUPLICATES_DETECTED'],
  ])('%s strikes the record it is meant for, as often as was said', async (kind, code) => {
    await control('POST', 'faults', { kind, object: 'Account', record: ':0000000002', times: 1 });
    expect(await write('0000000001', '0000000002', '0000000003')).toEqual(['written', code, 'written']);
    expect(await write('0000000002')).toEqual(['written']);
  });

  test('storage and duplicates concern new records, and a record that is gone one that was there', async () => {
    await write('0000000001');
    for (const kind of ['storage-full', 'duplicate-found', 'record-gone'] as const) org.faults.add({ kind });
    expect(await write('0000000001', '0000000002')).toEqual(['ENTITY_IS_DELETED', 'STORAGE_LIMIT_EXCEEDED']);
  });

  test('duplicates are no trouble for who says that they may be saved', async () => {
    org.faults.add({ kind: 'duplicate-found' });
    const part = {
      method: 'PATCH',
      url: accounts,
      referenceId: 'a',
      httpHeaders: { 'Sforce-Duplicate-Rule-Header': 'allowSave=true' },
      body: { records: [row('0000000001')] },
    };
    const answer = await callRest(org, token, 'POST', '/services/data/v67.0/composite', { compositeRequest: [part] });
    expect(answer.body).toMatchObject({ compositeResponse: [{ body: [{ success: true }] }] });
  });

  test('one call in ten fails, and some of the rows by a chance that is the same each time', async () => {
    org.faults.add({ kind: 'unavailable', every: 10 });
    const statuses: number[] = [];
    for (let call = 0; call < 20; call += 1)
      statuses.push((await callRest(org, token, 'GET', '/services/data/v67.0/limits')).status);
    expect(statuses.flatMap((status, index) => (status === 200 ? [] : [index]))).toEqual([9, 19]);
    org.faults.clear();
    org.faults.add({ kind: 'record-locked', chance: 0.3 });
    const many = Array.from({ length: 100 }, (_, index) => String(index).padStart(10, '0'));
    const locked = (await write(...many)).filter((result) => result !== 'written').length;
    expect([locked > 15, locked < 45]).toEqual([true, true]);
  });

  test('cuts an answer in the middle after the commit', async () => {
    org.faults.add({ kind: 'cut-answer', times: 1 });
    await expect(write('0000000001')).rejects.toThrow();
    expect(org.org.store.count('Account')).toBe(1);
  });

  test('ends a job in the middle, and says which rows were not looked at', async () => {
    const jobs = '/services/data/v67.0/jobs/ingest';
    const settings = { object: 'Account', operation: 'insert' };
    const { id } = z.object({ id: z.string() }).parse((await callRest(org, token, 'POST', jobs, settings)).body);
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'text/csv' };
    const lines = Array.from({ length: 450 }, (_, index) => `Customer ${index}`);
    await fetch(`${org.url}${jobs}/${id}/batches`, { method: 'PUT', headers, body: `Name\n${lines.join('\n')}\n` });
    org.faults.add({ kind: 'job-fails', after: 1 });
    await callRest(org, token, 'PATCH', `${jobs}/${id}`, { state: 'UploadComplete' });
    const info = async () =>
      z.object({ state: z.string() }).parse((await callRest(org, token, 'GET', `${jobs}/${id}`)).body);
    while ((await info()).state !== 'Failed') await pause(1);
    const rows = async (file: string): Promise<number> =>
      String((await callRest(org, token, 'GET', `${jobs}/${id}/${file}`)).body)
        .trim()
        .split('\n').length - 1;
    expect([await rows('successfulResults'), await rows('unprocessedrecords')]).toEqual([200, 250]);
  });

  test('shows records and counts calls by what they ask for', async () => {
    await write('0000000001', '0000000002');
    await callRest(org, token, 'GET', '/services/data/v67.0/query?q=SELECT%20Id%20FROM%20Account');
    expect(await control('GET', 'counts')).toMatchObject({ calls: { collections: 1, query: 1 }, rows: 2 });
    expect(await control('GET', 'records/Account?SAP_Customer_Number__c=0000000002')).toMatchObject({
      total: 1,
      records: [{ Name: 'Customer 0000000002' }],
    });
    await control('DELETE', 'counts');
    expect(await control('GET', 'counts')).toMatchObject({ calls: {}, rows: 0 });
  });

  test('deletes records as people do', async () => {
    await write('0000000001');
    const [account] = org.org.store.rows('Account');
    await control('POST', `records/Account/${String(account?.['Id'])}/delete`, {});
    expect(org.org.store.count('Account')).toBe(0);
    expect(await write('0000000001')).toEqual(['written']);
  });

  test('merges Accounts as people do: contacts move, and a prospect becomes the customer', async () => {
    await write('0000000001');
    const customer = String(org.org.store.rows('Account')[0]?.['Id']);
    const prospect = putRecord(org, 'Account', { Name: 'The same' });
    putRecord(org, 'Contact', { LastName: 'Lind', AccountId: customer });
    await control('POST', `records/Account/${customer}/merge`, { into: prospect });
    expect(org.org.store.rows('Contact')).toMatchObject([{ AccountId: prospect }]);
    expect(org.org.store.rows('Account')).toMatchObject([
      { Name: 'The same', SAP_Customer_Key__c: 'ERPCLNT100:0000000001' },
    ]);
    expect(await write('0000000001')).toEqual(['written']);
    expect(org.org.store.count('Account')).toBe(1);
  });

  test('shows somebody that one Account stands for two customers now, and makes the second one no Account', async () => {
    await write('0000000001', '0000000002');
    const [first, second] = org.org.store.rows('Account').map((one) => String(one['Id']));
    await control('POST', `records/Account/${first}/merge`, { into: second });
    expect(org.org.store.rows('SAP_Request__c')).toMatchObject([
      { Status__c: 'held', Error_Code__c: 'ACCOUNT_HAS_TWO_CUSTOMERS', SAP_Customer_Number__c: '0000000001' },
    ]);
    const arrival = { ...row('0000000001'), SAP_Arrival__c: `master=2026-11-21T10:15:00.000Z#${'0'.repeat(20)}` };
    const { body } = await callRest(org, token, 'PATCH', accounts, { records: [arrival] });
    expect(JSON.stringify(body)).toContain('SAP_ARRIVAL_UNWANTED: ');
  });
});
