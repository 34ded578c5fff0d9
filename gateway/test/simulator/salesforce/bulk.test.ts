/** Bulk API 2.0 of the simulated org: jobs, files, what every row became, and queries in pages. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import type { SalesforceSimulator } from '../../../simulator/salesforce/index.ts';
import { app, callRest, logOn } from './rest-caller.ts';
import { startTestOrg } from './test-org.ts';

const base = '/services/data/v67.0/jobs';
const jobInfo = z.object({
  id: z.string(),
  state: z.string(),
  numberRecordsProcessed: z.number(),
  numberRecordsFailed: z.number().optional(),
  errorMessage: z.string().optional(),
});
const accountJob = { object: 'Account', operation: 'upsert', externalIdFieldName: 'SAP_Customer_Key__c' };
const header = 'SAP_Customer_Key__c,Name,SAP_System__c,SAP_Customer_Number__c,Phone';
const number = (index: number): string => String(index).padStart(10, '0');
const line = (index: number, name = `Customer ${index}`, phone = ''): string =>
  `ERPCLNT100:${number(index)},${name},ERPCLNT100,${number(index)},${phone}`;

describe('Bulk API 2.0', () => {
  let org: SalesforceSimulator;
  let token: string;

  beforeEach(async () => {
    org = await startTestOrg({ connectedApps: [app] });
    token = await logOn(org);
  });
  afterEach(() => org.close());

  const call = (method: string, path: string, body?: unknown) => callRest(org, token, method, base + path, body);
  const upload = async (id: string, csv: string): Promise<number> => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'text/csv' };
    return (await fetch(`${org.url}${base}/ingest/${id}/batches`, { method: 'PUT', headers, body: csv })).status;
  };
  const open = async (settings: object): Promise<string> =>
    jobInfo.parse((await call('POST', '/ingest', settings)).body).id;
  const ended = async (path: string) => {
    for (;;) {
      const info = jobInfo.parse((await call('GET', path)).body);
      if (['JobComplete', 'Failed', 'Aborted'].includes(info.state)) return info;
      await pause(1);
    }
  };
  const run = async (lines: readonly string[], settings: object = accountJob) => {
    const id = await open(settings);
    await upload(id, `${lines.join('\n')}\n`);
    await call('PATCH', `/ingest/${id}`, { state: 'UploadComplete' });
    return ended(`/ingest/${id}`);
  };
  const file = async (id: string, name: string): Promise<string[]> =>
    String((await call('GET', `/ingest/${id}/${name}`)).body)
      .trim()
      .split('\n');
  const find = (index: number) => {
    const object = org.org.store.object('Account');
    const field = object.fields.get('sap_customer_key__c');
    return field === undefined ? undefined : org.org.store.findUnique('Account', field, `ERPCLNT100:${number(index)}`);
  };

  test('writes what is good and says row by row what was not', async () => {
    const info = await run([
      header,
      line(1),
      line(2, 'x'.repeat(256)),
      line(3, '"Say ""hello"",\nplease"'),
      line(3, 'Twice'),
    ]);
    expect(info).toMatchObject({ state: 'JobComplete', numberRecordsProcessed: 4, numberRecordsFailed: 2 });
    expect(find(3)).toMatchObject({ Name: 'Say "hello",\nplease' });
    const [titles, first] = await file(info.id, 'successfulResults');
    expect(titles).toBe(
      `"sf__Id","sf__Created",${header
        .split(',')
        .map((name) => `"${name}"`)
        .join(',')}`,
    );
    expect(first).toMatch(/^"001\w{15}","true","ERPCLNT100:0000000001"/);
    const [, tooLong, twice] = await file(info.id, 'failedResults');
    expect(tooLong).toMatch(/^"","STRING_TOO_LONG:Account Name: data value too large: x+ \(max length=255\):Name --"/);
    expect(twice).toMatch(/^"","DUPLICATE_VALUE:Duplicate external id specified: ERPCLNT100:0000000003:/);
    expect(await file(info.id, 'unprocessedrecords')).toHaveLength(1);
  });

  test('leaves alone what a cell does not say, and clears what says #N/A', async () => {
    await run([header, line(1, 'Before', '123'), line(2, 'Before', '456')]);
    const info = await run([header, line(1, '', ''), line(2, 'After', '#N/A')]);
    expect(info).toMatchObject({ numberRecordsFailed: 0 });
    expect(find(1)).toMatchObject({ Name: 'Before', Phone: '123' });
    expect(find(2)).toMatchObject({ Name: 'After', Phone: null });
    const [, first] = await file(info.id, 'successfulResults');
    expect(first).toContain('"false"');
  });

  test('finds other records by their external ids', async () => {
    await run([header, line(1)]);
    const contacts = { object: 'Contact', operation: 'insert' };
    const rows = ['LastName,Account.SAP_Customer_Key__c', 'Lind,ERPCLNT100:0000000001', 'Berg,ERPCLNT100:0000000002'];
    const info = await run(rows, contacts);
    expect(org.org.store.rows('Contact')).toMatchObject([{ LastName: 'Lind', AccountId: find(1)?.['Id'] }]);
    expect((await file(info.id, 'failedResults'))[1]).toContain(
      'INVALID_FIELD:Foreign key external ID: ERPCLNT100:0000000002 not found for field SAP_Customer_Key__c in entity Account:--',
    );
  });

  test.each([
    ['a column that is no field', ['Nonsense__c', 'x'], 'InvalidBatch : Field name not found : Nonsense__c'],
    ['a row with other cells than the header', ['Name,Phone', 'A'], 'InvalidBatch : Row 1 has 1 cells'],
    ['lines that end otherwise', ['Name\r', 'A\r'], 'ClientInputError : LineEnding is invalid on user data'],
    ['a quote that never ends', ['Name', '"A'], 'InvalidBatch : A quoted cell never ends'],
  ])('fails a job for %s', async (_, lines, message) => {
    const info = await run(lines, { object: 'Account', operation: 'insert' });
    expect(info.state).toBe('Failed');
    expect(info.errorMessage).toContain(message);
    expect(org.org.store.count('Account')).toBe(0);
  });

  test('takes one file per job, and no file for a job that was aborted', async () => {
    const id = await open(accountJob);
    expect((await call('PATCH', `/ingest/${id}`, { state: 'UploadComplete' })).status).toBe(400);
    expect(await upload(id, `${header}\n`)).toBe(201);
    expect(await upload(id, `${header}\n`)).toBe(400);
    expect((await call('PATCH', `/ingest/${id}`, { state: 'Aborted' })).body).toMatchObject({ state: 'Aborted' });
    expect((await call('PATCH', `/ingest/${id}`, { state: 'UploadComplete' })).status).toBe(400);
    expect((await call('DELETE', `/ingest/${id}`)).status).toBe(204);
    expect((await call('GET', `/ingest/${id}`)).status).toBe(404);
  });

  test.each([
    ['an object that does not exist', { ...accountJob, object: 'Nonsense__c' }],
    ['no external id', { object: 'Account', operation: 'upsert' }],
    ['a field that is no external id', { ...accountJob, externalIdFieldName: 'Phone' }],
  ])('makes no job for %s', async (_, settings) => {
    expect((await call('POST', '/ingest', settings)).status).toBe(400);
  });

  test('answers a query in pages, each record once', async () => {
    await run([header, ...Array.from({ length: 450 }, (_, index) => line(index + 1))]);
    const query = 'SELECT SAP_Customer_Key__c, Parent.Name, CreatedDate FROM Account ORDER BY SAP_Customer_Key__c';
    const created = await call('POST', '/query', { operation: 'query', query });
    const { id } = jobInfo.parse(created.body);
    await ended(`/query/${id}`);
    const keys: string[] = [];
    let locator: string | null = '';
    let pages = 0;
    while (locator !== 'null') {
      const where: string = locator === '' ? '' : `&locator=${locator}`;
      const page = await call('GET', `/query/${id}/results?maxRecords=200${where}`);
      const [titles, ...rows] = String(page.body).trim().split('\n');
      expect(titles).toBe('"SAP_Customer_Key__c","Parent.Name","CreatedDate"');
      expect(page.headers.get('sforce-numberofrecords')).toBe(String(rows.length));
      expect(rows[0]).toMatch(/"","\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.000Z"$/);
      keys.push(...rows.map((row) => row.split(',')[0] ?? ''));
      locator = page.headers.get('sforce-locator');
      pages += 1;
    }
    expect([pages, keys.length, new Set(keys).size]).toEqual([3, 450, 450]);
    expect(keys).toEqual(keys.toSorted());
    expect((await call('POST', '/query', { operation: 'query', query: 'SELECT COUNT() FROM Account' })).status).toBe(
      400,
    );
    expect((await call('POST', '/query', { operation: 'query', query: 'SELECT Nonsense FROM Account' })).status).toBe(
      400,
    );
  });
});
