/** What has an end: jobs, looks, attempts, events; and answers that cannot be trusted. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { ServerResponse } from 'node:http';
import { Writable } from 'node:stream';
import { sapSystemId } from '../../../src/model/index.ts';
import type { RecordOutcome, RecordWrite } from '../../../src/ports/index.ts';
import type { OpenOrg } from '../../../src/salesforce/index.ts';
import { OrgNames } from '../../../src/salesforce/records/org-names.ts';
import { readCsv } from '../../../src/salesforce/records/read-csv.ts';
import { refreshParts } from '../../../src/salesforce/records/refresh-event.ts';
import { createLog } from '../../../src/telemetry/index.ts';
import type { Asked } from '../fake-org.ts';
import { shapeOrg } from './org-shape.ts';
import { customer, key, openSink, quick, quickly, record, system } from './records.ts';
import { StrictBulk } from './strict-bulk.ts';
import { StrictOrg } from './strict-org.ts';

let org: StrictOrg;
let bulk: StrictBulk;
let open: OpenOrg;
let logged = '';
beforeEach(async () => {
  org = await StrictOrg.start();
  bulk = new StrictBulk(org);
  shapeOrg(org);
  logged = '';
  const sink = new Writable({
    write: (chunk: Buffer, _, done) => {
      logged += chunk.toString();
      done();
    },
  });
  open = openSink(org, {}, { clock: quick, log: createLog('agent', { level: 'info' }, sink) });
});
afterEach(async () => {
  await open.close();
  await org.close();
});

async function* each(records: readonly RecordWrite[]): AsyncGenerator<RecordWrite> {
  yield* records;
}
async function load(records: readonly RecordWrite[]): Promise<RecordOutcome[]> {
  const outcomes: RecordOutcome[] = [];
  for await (const outcome of open.sink.load('customer', each(records), quickly())) outcomes.push(outcome);
  return outcomes;
}
/** The first call to a path is answered by the test. */
function once(path: RegExp, answer: (response: ServerResponse) => void): void {
  const next = org.onCall;
  let isOver = false;
  org.onCall = (asked: Asked, response) => {
    if (isOver || !path.test(`${asked.method} ${asked.path}`)) return next(asked, response);
    isOver = true;
    answer(response);
    return true;
  };
}
const look = /^GET .*ingest\/\w+$/;

describe('a job', () => {
  test('that we may not look at is no job to wait for', async () => {
    once(look, (response) =>
      response
        .writeHead(403, { 'content-type': 'application/json' })
        .end('[{"errorCode":"INSUFFICIENT_ACCESS","message":"no"}]'),
    );
    await expect(load([customer('1')])).rejects.toMatchObject({ code: 'SALESFORCE_NOT_AUTHORIZED' });
  });

  test('is looked at again when a look is not answered', async () => {
    once(look, () => undefined);
    expect(await load([customer('1')])).toMatchObject([{ ended: 'written' }]);
  });
});

test('blanks at the ends of a text are kept by quotes, where Salesforce would take them off', async () => {
  await load([customer('1', { phone: ' 1' }), customer('2', { phone: '2 ' })]);
  expect(bulk.jobs[0]?.csv).toMatch(/" 1"[^]*"2 "/);
});

test('a page of a table that breaks off again and again is given up', async () => {
  await open.sink.write([customer('1')], undefined, quickly());
  let downloads = 0;
  bulk.onDownload = (_, response) => {
    downloads += 1;
    response.destroy();
    return true;
  };
  const reading = open.sink.readAll(system, 'customer', quickly())[Symbol.asyncIterator]().next();
  await expect(reading).rejects.toMatchObject({ code: 'SALESFORCE_UNREACHABLE' });
  expect(downloads).toBe(5);
});

test.each([
  ['is no UTF-8', [0x61, 0x0a, 0xfc, 0x62, 0x0a]],
  ['ends within a character', [0x61, 0x0a, 0xc3]],
  ['ends within quotes', [0x61, 0x0a, 0x22, 0x62]],
])('a table that %s is not read as something else', async (_, bytes) => {
  async function* pieces(): AsyncGenerator<Uint8Array> {
    yield Uint8Array.from(bytes);
  }
  const reading = async (): Promise<unknown> => {
    const rows = [];
    for await (const row of readCsv(pieces())) rows.push(row);
    return rows;
  };
  await expect(reading()).rejects.toMatchObject({ code: 'SALESFORCE_ANSWER_UNREADABLE' });
});

describe('the event for open panels', () => {
  const names = new OrgNames('');
  const bodyOf = (text: string | undefined) =>
    JSON.parse(text ?? '') as { readonly System__c: string; readonly Customers__c: string };

  test('names as many customers as its field takes, each as a whole and once', () => {
    const customers = Array.from({ length: 20_000 }, (_, at) => key('customer', String(at).padStart(10, '0')));
    const [part, ...more] = refreshParts({ customers: [...customers, ...customers] }, names);
    const { Customers__c: text } = bodyOf(part?.body);
    expect(more).toEqual([]);
    expect(text.length).toBeLessThanOrEqual(131_072);
    expect(text.length).toBeGreaterThan(131_000);
    expect(new Set(text.split('\n').map(({ length }) => length))).toEqual(new Set([10]));
  });

  test('is one for each system, and not more than one call takes', () => {
    const systems = Array.from({ length: 30 }, (_, at) => sapSystemId.parse(`SYS${at}`));
    const customers = systems.map((each) => ({ ...key('customer', '1'), system: each }));
    const parts = refreshParts({ customers }, names);
    expect(parts).toHaveLength(20);
    expect(parts.map(({ body }) => bodyOf(body).System__c)).toEqual(systems.slice(0, 20));
  });

  test('that the org does not take is told in the log', async () => {
    org.onPart = ({ url }) =>
      url.includes('__e') ? { status: 400, body: [{ errorCode: 'LIMIT_EXCEEDED' }] } : undefined;
    await open.sink.write([customer('1')], { customers: [key('customer', '1')] }, quickly());
    expect(logged).toContain('Open panels were not told');
    expect(logged).toContain('LIMIT_EXCEEDED');
  });
});

describe('a call', () => {
  test('whose keys or references a composite call would take for others goes alone', async () => {
    const odd = 'P@{part0.id}';
    const records = [
      record('product', odd, { name: 'Pump' }),
      record('order', '1', {}),
      record('order-item', '1/10', { order: '1', product: odd }),
    ];
    const { outcomes } = await open.sink.write(records, undefined, quickly());
    expect(outcomes).toMatchObject(Array(3).fill({ ended: 'written' }));
    expect(org.row('SAP_Order_Item__c', 'ERPCLNT100:1/10')).toBeDefined();
  });

  test('with fewer results than rows says of no row what became of it', async () => {
    const result = { success: true, id: '001xx0000000001AAA', created: true, errors: [] };
    org.onPart = ({ url }) => (url.includes('Account/') ? { status: 200, body: [result] } : undefined);
    const { outcomes } = await open.sink.write([customer('1'), customer('2')], undefined, quickly());
    expect(outcomes).toMatchObject(
      Array(2).fill({ ended: 'failed', error: { code: 'SALESFORCE_ANSWER_UNREADABLE', disposition: 'retry' } }),
    );
  });
});
