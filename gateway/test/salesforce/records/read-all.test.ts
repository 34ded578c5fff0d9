/** Reading everything back: what SAP owns, by path, in the words of the model. */
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { OrgRecord } from '../../../src/ports/index.ts';
import type { OpenOrg } from '../../../src/salesforce/index.ts';
import { shapeOrg } from './org-shape.ts';
import { customer, key, openSink, record, quick, quickly, system } from './records.ts';
import { StrictBulk } from './strict-bulk.ts';
import { StrictOrg } from './strict-org.ts';

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

async function readAll(kind: OrgRecord['key']['kind']): Promise<OrgRecord[]> {
  const found: OrgRecord[] = [];
  for await (const one of open.sink.readAll(system, kind, quickly())) found.push(one);
  return found;
}

test('gives each record with what SAP owns, page by page, by key', async () => {
  const fields = {
    'credit.limit': '12500.10',
    'blocks.order': '01',
    'blocks.any': true,
    'credit.nextReview': '2027-01-31',
  };
  await open.sink.write(
    [customer('3', fields), customer('1'), customer('2', {}, { isRemoved: true })],
    undefined,
    quickly(),
  );
  const found = await readAll('customer');
  const rest = {
    'blocks.order': null,
    'blocks.any': false,
    'credit.limit': null,
    'credit.nextReview': null,
    'credit.riskClass': null,
  };
  const asOf = '2026-11-21T10:15:00.000Z';
  const there = { recordId: expect.any(String), asOf };
  expect(found).toEqual([
    { ...there, key: key('customer', '1'), isRemoved: false, fields: { ...rest, isRemoved: false } },
    { ...there, key: key('customer', '2'), isRemoved: true, fields: { ...rest, isRemoved: true } },
    {
      ...there,
      isRemoved: false,
      key: key('customer', '3'),
      fields: { ...rest, ...fields, 'credit.limit': '12500.1', isRemoved: false },
    },
  ]);
});

test('references come back as ids of the model', async () => {
  await open.sink.write(
    [customer('1'), record('order', '7', { customer: '1', shipTo: null, net: '0.10' })],
    undefined,
    quickly(),
  );
  expect(await readAll('order')).toMatchObject([
    { key: key('order', '7'), fields: { customer: '1', shipTo: null, net: '0.1' } },
  ]);
});

test('a page that breaks off is read on from where it broke', async () => {
  bulk.pageRows = 100;
  await open.sink.write(
    Array.from({ length: 50 }, (_, at) => customer(String(at).padStart(10, '0'))),
    undefined,
    quickly(),
  );
  let breaks = 0;
  bulk.onDownload = (_, response) => {
    breaks += 1;
    if (breaks > 2) return false;
    const job = bulk.jobs[0];
    response.writeHead(200, { 'content-type': 'text/csv' });
    response.write(`${job?.header}\n${job?.good.slice(0, 10 * breaks).join('')}`, () =>
      setImmediate(() => response.destroy()),
    );
    return true;
  };
  const found = await readAll('customer');
  expect(found.map((one) => one.key.id)).toEqual(Array.from({ length: 50 }, (_, at) => String(at).padStart(10, '0')));
});

test('a query that Salesforce refuses is an error with its words', async () => {
  bulk.onStart = (job) => Object.assign(job, { state: 'Failed', errorMessage: 'INVALID_FIELD: No such column' });
  await expect(readAll('customer')).rejects.toMatchObject({ code: 'SALESFORCE_MAPPING_INVALID' });
});

test('a kind that is not copied has no records', async () => {
  expect(await readAll('price')).toEqual([]);
});
