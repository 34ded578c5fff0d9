/** Loading by Bulk API 2.0: outcomes in the order of the records, whatever order the job had them in. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { RecordOutcome, RecordWrite } from '../../../src/ports/index.ts';
import type { OpenOrg } from '../../../src/salesforce/index.ts';
import { shapeOrg } from './org-shape.ts';
import { customer, key, openSink, record, quick, quickly } from './records.ts';
import { StrictBulk, parseCsv } from './strict-bulk.ts';
import { failed, StrictOrg } from './strict-org.ts';

let org: StrictOrg;
let bulk: StrictBulk;
let open: OpenOrg;
beforeEach(async () => {
  org = await StrictOrg.start();
  bulk = new StrictBulk(org);
  shapeOrg(org);
  open = openSink(org, {}, { clock: quick });
});
afterEach(async () => {
  await open.close();
  await org.close();
});

async function* each(records: readonly RecordWrite[]): AsyncGenerator<RecordWrite> {
  yield* records;
}

async function load(kind: RecordWrite['key']['kind'], records: readonly RecordWrite[]): Promise<RecordOutcome[]> {
  const outcomes: RecordOutcome[] = [];
  for await (const outcome of open.sink.load(kind, each(records), quickly())) outcomes.push(outcome);
  return outcomes;
}

test('loads through one job, and each record knows what became of it', async () => {
  org.onRow = (_, cells) =>
    cells['Name'] === 'Customer 2' ? failed('DUPLICATES_DETECTED', 'Use one of these records?') : undefined;
  const bad = customer('3', { 'credit.limit': '1.005' });
  const outcomes = await load('customer', [customer('9', { phone: null }), customer('2'), bad, customer('1')]);
  expect(outcomes).toMatchObject([
    { ended: 'written', isNew: true },
    {
      ended: 'failed',
      error: { code: 'SALESFORCE_DUPLICATE_FOUND', context: { message: 'Use one of these records?' } },
    },
    { ended: 'failed', error: { code: 'SALESFORCE_VALUE_REFUSED', context: { field: 'SAP_Credit_Limit__c' } } },
    { ended: 'written', isNew: true },
  ]);
  expect(bulk.jobs).toHaveLength(1);
  expect(bulk.jobs[0]?.settings).toMatchObject({
    object: 'Account',
    operation: 'upsert',
    externalIdFieldName: 'SAP_Customer_Key__c',
  });
  expect(org.row('Account', 'ERPCLNT100:9')).toMatchObject({ Name: 'Customer 9', Phone: null });
  expect(org.row('Account', 'ERPCLNT100:1')).not.toHaveProperty('Phone');
});

test('rows of one parent are neighbours, so that they do not fight for its lock', async () => {
  await open.sink.write([customer('1'), customer('2')], undefined, quickly());
  await load(
    'order',
    ['4', '3', '2', '1'].map((id) => record('order', id, { customer: Number(id) % 2 === 0 ? '2' : '1' })),
  );
  const keys = parseCsv(bulk.jobs[0]?.csv ?? '')
    .slice(1)
    .map(([first]) => first);
  expect(keys).toEqual(['1', '3', '2', '4'].map((id) => `ERPCLNT100:${id}`));
});

test('a parent that is not there is named', async () => {
  const [outcome] = await load('order', [record('order', '1', { customer: 'WEB4711' })]);
  expect(outcome).toEqual({ ended: 'parent-missing', parent: key('customer', 'WEB4711') });
});

test('a cancellation that came before its invoice in the job is written with the next one', async () => {
  const outcomes = await load('invoice', [record('invoice', '1', { cancels: '2' }), record('invoice', '2', {})]);
  expect(outcomes).toMatchObject([{ ended: 'written' }, { ended: 'written' }]);
  expect(bulk.jobs).toHaveLength(2);
});

test('the same record twice goes in two jobs, the later one last', async () => {
  const outcomes = await load('customer', [customer('1', { name: 'Before' }), customer('1', { name: 'After' })]);
  expect(outcomes).toMatchObject([{ isNew: true }, { isNew: false }]);
  expect(org.row('Account', 'ERPCLNT100:1')).toMatchObject({ Name: 'After' });
});

test('a text that CSV would take for "cleared" arrives as it is', async () => {
  const outcomes = await load('customer', [customer('1', { phone: '#N/A' }), customer('2', { phone: '2' })]);
  expect(outcomes.map(({ ended }) => ended)).toEqual(['written', 'written']);
  expect(org.row('Account', 'ERPCLNT100:1')).toMatchObject({ Phone: '#N/A' });
  expect(org.row('Account', 'ERPCLNT100:2')).toMatchObject({ Phone: '2' });
});

describe('a job that fails', () => {
  test('says so for each of its rows, in words', async () => {
    bulk.onStart = (job) =>
      Object.assign(job, { state: 'Failed', good: [], errorMessage: 'InvalidBatch : Field name not found : X__c' });
    expect(await load('customer', [customer('1')])).toMatchObject([
      {
        ended: 'failed',
        error: { code: 'SALESFORCE_MAPPING_INVALID', context: { message: 'Field name not found : X__c' } },
      },
    ]);
  });

  test('keeps what it had done before', async () => {
    bulk.onStart = (job) => Object.assign(job, { state: 'Failed', good: job.good.slice(0, 1), errorMessage: 'gone' });
    expect(await load('customer', [customer('1'), customer('2')])).toMatchObject([
      { ended: 'written' },
      { ended: 'failed', error: { code: 'SALESFORCE_FAILED', context: { message: 'gone' } } },
    ]);
  });

  test('is given up when the time is over', async () => {
    bulk.looks = 1_000_000;
    const outcomes = open.sink.load('customer', each([customer('1')]), quickly(60_000));
    await expect(outcomes[Symbol.asyncIterator]().next()).rejects.toMatchObject({ code: 'SALESFORCE_UNREACHABLE' });
    expect(bulk.jobs[0]?.state).toBe('Aborted');
  });
});

test('kinds that are not copied need no job', async () => {
  expect(await load('price', [record('price', 'PR00/1', {})])).toMatchObject([{ ended: 'unwanted' }]);
  expect(bulk.jobs).toEqual([]);
});

describe('on its way', () => {
  const times = (path: RegExp, status: number, headers: Record<string, string>, text: string): void => {
    const next = org.onCall;
    let isOver = false;
    org.onCall = (asked, response) => {
      if (isOver || !path.test(`${asked.method} ${asked.path}`)) return next(asked, response);
      isOver = true;
      response.writeHead(status, headers).end(text);
      return true;
    };
  };
  const json = { 'content-type': 'application/json' };

  test('a session that ends at the upload is replaced, and all rows go up again', async () => {
    times(/^PUT /, 401, json, '[{"errorCode":"INVALID_SESSION_ID","message":"Session expired"}]');
    expect(await load('customer', [customer('1'), customer('2')])).toMatchObject([
      { ended: 'written' },
      { ended: 'written' },
    ]);
    expect(org.fake.logons).toHaveLength(2);
    expect(parseCsv(bulk.jobs[0]?.csv ?? '')).toHaveLength(3);
  });

  test('a look at the job that fails is no failure of the job', async () => {
    times(/^GET .*ingest\/\w+$/, 503, json, '[{"errorCode":"SERVER_UNAVAILABLE","message":""}]');
    expect(await load('customer', [customer('1')])).toMatchObject([{ ended: 'written' }]);
  });

  test.each([
    [
      'a page instead of results',
      /^GET .*successfulResults/,
      200,
      { 'content-type': 'text/html' },
      '<html>',
      'SALESFORCE_ANSWER_UNREADABLE',
    ],
    [
      'results without their columns',
      /^GET .*successfulResults/,
      200,
      { 'content-type': 'text/csv' },
      'a,b\n',
      'SALESFORCE_ANSWER_UNREADABLE',
    ],
    [
      'no calls left',
      /^POST .*jobs/,
      403,
      json,
      '[{"errorCode":"REQUEST_LIMIT_EXCEEDED","message":""}]',
      'SALESFORCE_LIMIT_REACHED',
    ],
    [
      'something that is no job',
      /^POST .*jobs/,
      200,
      json,
      '{"id":"../../x","state":"Open"}',
      'SALESFORCE_ANSWER_UNREADABLE',
    ],
  ] as const)('%s is thrown: the same may be loaded again', async (_, path, status, headers, text, code) => {
    times(path, status, headers, text);
    await expect(load('customer', [customer('1')])).rejects.toMatchObject({ code, disposition: 'retry' });
    expect(await load('customer', [customer('1')])).toMatchObject([{ ended: 'written' }]);
  });

  test('an upload that is refused leaves no open job behind', async () => {
    times(/^PUT /, 400, json, '[{"errorCode":"INVALIDJOB","message":"no"}]');
    await expect(load('customer', [customer('1')])).rejects.toMatchObject({ code: 'SALESFORCE_FAILED' });
    expect(bulk.jobs[0]?.state).toBe('Aborted');
  });
});
