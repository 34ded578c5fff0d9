/** Both sides compared: what is drift, what only looks like it, and what a repair brings. */
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { keyText, recordKindsInOrder } from '../../../src/model/index.ts';
import type { ArrivedDocument, RecordKey, RecordKind } from '../../../src/model/index.ts';
import type { ChangeTrace, OrgRecord } from '../../../src/ports/index.ts';
import { compareSides, DifferenceList, RepairSpool } from '../../../src/sync/compare/index.ts';
import type { Comparison } from '../../../src/sync/compare/index.ts';
import { HurriedClock, keyOf, org, sourceOf, stagingText } from '../load/fakes.ts';

let folder = '';
let repairs: RepairSpool;
const closing: (() => Promise<void>)[] = [];
let listed: string[][] = [];
let records: OrgRecord[] = [];
let waiting: RecordKey[] = [];
let wanted: ReadonlySet<RecordKind> = new Set(recordKindsInOrder);

const extractedAt = '2026-11-21T10:15:00.000Z';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'compare-'));
  records = [];
  waiting = [];
  wanted = new Set(recordKindsInOrder);
});
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
  await rm(folder, { recursive: true });
});

/** A customer as the org has it, equal to SAP's unless said otherwise. */
const account = (id: string, more: Partial<OrgRecord> = {}): OrgRecord => ({
  key: keyOf('customer', id),
  recordId: `001-${id}`,
  fields: { number: id, name: `Customer ${id}`, 'credit.limit': '100' },
  asOf: extractedAt,
  isRemoved: false,
  ...more,
});

const area = (id: string, more: Partial<OrgRecord> = {}): OrgRecord => ({
  key: keyOf('sales-area', `${id}/1000/10/00`),
  recordId: `a01-${id}`,
  fields: { customer: id, salesOrganization: '1000' },
  asOf: extractedAt,
  ...more,
});

async function* readAll(_system: string, kind: RecordKind): AsyncGenerator<OrgRecord> {
  yield* records.filter(({ key }) => key.kind === kind);
}

/** Only what the comparison asks of a trace. */
const traced = (key: RecordKey): ChangeTrace => ({
  org,
  key,
  facet: 'master',
  position: 1,
  source: { kind: 'idoc', sender: 'ERPCLNT100', number: '1', type: 'DEBMAS', createdAt: extractedAt },
  fields: {},
  arrivedAtMs: 0,
  state: 'waiting',
  committedAt: undefined,
  recordId: undefined,
  problem: undefined,
  reason: undefined,
});

async function compare(text: string, runCharacters?: number): Promise<Comparison> {
  const path = join(folder, 'customers.txt');
  await writeFile(path, text);
  const source = sourceOf(path);
  const file = await source.lookThrough();
  const temporary = join(folder, `spool-${Math.floor(performance.now() * 1000)}`);
  await mkdir(temporary);
  const list = await DifferenceList.open(join(folder, 'differences.tsv'));
  const origin = { head: file.head, fileName: source.name, stamp: '20261121120000' };
  repairs = await RepairSpool.open(join(temporary, 'repairs'), origin);
  const opened = repairs;
  closing.push(() => opened.close());
  const comparison = await compareSides({
    source,
    file,
    sink: { org, wantedKinds: () => Promise.resolve(wanted), readAll },
    queue: {
      trace: (number) => Promise.resolve(waiting.filter(({ id }) => id.split('/').includes(number)).map(traced)),
    },
    clock: new HurriedClock(),
    folder: temporary,
    list,
    repairs,
    runCharacters,
    onProgress: () => undefined,
  }).finally(() => list.close());
  listed = (await readFile(join(folder, 'differences.tsv'), 'utf8'))
    .split('\n')
    .slice(1, -1)
    .map((line) => line.split('\t').slice(1, 7));
  return comparison;
}

async function repaired(): Promise<ArrivedDocument[]> {
  const accepted: ArrivedDocument[] = [];
  await repairs.repair(
    {
      accept: (documents) => {
        accepted.push(...documents);
        return Promise.resolve(documents.map((_, position) => ({ result: 'new', position })));
      },
    },
    () => undefined,
  );
  return accepted;
}

describe('what both sides have', () => {
  test('is the same where every field that SAP owns has SAP’s value', async () => {
    records = [account('C1'), account('C2'), area('C1'), area('C2')];
    const { kinds } = await compare(stagingText(['C1', 'C2']));
    expect(kinds.get('customer')).toMatchObject({ same: 2, different: 0, missingInSalesforce: 0, missingInSap: 0 });
    expect(kinds.get('sales-area')).toMatchObject({ same: 2 });
    expect([listed, repairs.count]).toEqual([[], 0]);
  });

  test('differs field by field, and a repair brings SAP’s side as old as the extraction', async () => {
    const fields = { number: 'C1', name: 'Renamed', 'credit.limit': '99.99' };
    records = [account('C1', { fields }), area('C1')];
    const { kinds } = await compare(stagingText(['C1']));
    expect(kinds.get('customer')).toMatchObject({ same: 0, different: 1 });
    expect(listed).toEqual([
      ['C1', 'different', 'name', 'Customer C1', 'Renamed', ''],
      ['C1', 'different', 'credit.limit', '100.00', '99.99', ''],
    ]);
    const [document] = await repaired();
    expect(document?.source).toMatchObject({ kind: 'load', number: '20261121120000-1', createdAt: extractedAt });
    expect(document?.changes.map(({ facet, fields: set, order }) => [facet, set, order.slice(0, 24)])).toEqual([
      ['master', { number: 'C1', name: 'Customer C1' }, extractedAt],
      ['credit', { 'credit.limit': '100.00' }, extractedAt],
    ]);
  });

  test('is not compared where the org maps no field or SAP says nothing', async () => {
    records = [account('C1', { fields: { 'blocks.order': '01' } }), area('C1')];
    expect((await compare(stagingText(['C1']))).kinds.get('customer')).toMatchObject({ same: 1 });
  });

  test('is shown apart where Salesforce has what SAP said after the extraction', async () => {
    records = [account('C1', { fields: { name: 'Newer' }, asOf: '2026-11-21T10:15:01.000Z' }), area('C1')];
    const { kinds } = await compare(stagingText(['C1']));
    expect(kinds.get('customer')).toMatchObject({ different: 0, apart: { newer: 1 } });
    expect(listed.map((row) => row[5])).toEqual(['newer']);
    expect(repairs.count).toBe(0);
  });

  test('is shown apart where something of that record waits in the queue', async () => {
    records = [account('C1', { fields: { name: 'Old' } }), account('C2', { fields: { name: 'Old' } })];
    waiting = [keyOf('customer', 'C1'), keyOf('sales-area', 'C2/1000/10/00')];
    const { kinds } = await compare(stagingText(['C1', 'C2'], 0));
    expect(kinds.get('customer')).toMatchObject({ different: 1, apart: { waiting: 1 } });
    expect((await repaired()).map(({ changes }) => changes[0]?.key.id)).toEqual(['C2']);
  });

  test('differs where Salesforce has it marked as deleted and SAP has it', async () => {
    records = [account('C1', { isRemoved: true }), area('C1')];
    await compare(stagingText(['C1']));
    expect(listed).toEqual([['C1', 'different', 'isRemoved', 'false', 'true', '']]);
  });
});

describe('what one side has', () => {
  test('is missing in Salesforce, and a repair brings it', async () => {
    records = [account('C1')];
    const { kinds } = await compare(stagingText(['C1', 'C2']));
    expect(kinds.get('customer')).toMatchObject({ same: 1, missingInSalesforce: 1 });
    expect(kinds.get('sales-area')).toMatchObject({ missingInSalesforce: 2 });
    const documents = await repaired();
    expect(documents.map(({ changes }) => changes[0] && keyText(changes[0].key))).toEqual([
      'ERPCLNT100:customer:C2',
      'ERPCLNT100:sales-area:C1/1000/10/00',
      'ERPCLNT100:sales-area:C2/1000/10/00',
    ]);
    expect(documents[2]?.changes[0]?.parents).toEqual([keyOf('customer', 'C2')]);
  });

  test('is missing in SAP, and a repair marks it', async () => {
    records = [account('C1'), account('C0'), area('C1')];
    const { kinds } = await compare(stagingText(['C1']));
    expect(kinds.get('customer')).toMatchObject({ missingInSap: 1 });
    expect((await repaired()).map(({ changes }) => changes[0])).toEqual([
      expect.objectContaining({ key: keyOf('customer', 'C0'), isRemoved: true, fields: { isRemoved: true } }),
    ]);
  });

  test.each([
    ['is younger than the extraction', { asOf: '2026-11-22T00:00:00.000Z' }, 'newer'],
    ['was linked by a person and never heard of SAP', { asOf: undefined }, 'unproven'],
  ])('is not called deleted where it %s', async (_, more, apart) => {
    records = [account('C1'), account('C9', more), area('C1')];
    await compare(stagingText(['C1']));
    expect(listed).toEqual([['C9', 'missing-in-sap', '', '', '', apart]]);
    expect(repairs.count).toBe(0);
  });

  test('is not called deleted where the file is a selection, has unread objects, or has none of its kind', async () => {
    records = [account('C9')];
    await compare(stagingText(['C1']).replace('101500\n', '101500\tPART\n'));
    expect(listed.find(([id]) => id === 'C9')?.[5]).toBe('not-extracted');
    expect(await compare(stagingText(['C1', 'C?']))).toMatchObject({ refused: 1 });
    expect(listed.find(([id]) => id === 'C9')?.[5]).toBe('not-extracted');
    records = [account('C1'), area('C1')];
    await compare(stagingText(['C1'], 0));
    expect(listed).toEqual([['C1/1000/10/00', 'missing-in-sap', '', '', '', 'not-extracted']]);
  });

  test('is nothing to speak of where it is marked as deleted already', async () => {
    records = [account('C1'), account('C9', { isRemoved: true }), area('C1')];
    const { kinds } = await compare(stagingText(['C1']));
    expect(kinds.get('customer')).toMatchObject({ same: 2, missingInSap: 0 });
  });
});

describe('large sides', () => {
  const ids = Array.from({ length: 300 }, (_, index) => `C${index}`);

  test('are the same in whatever order each of them comes, sorted in pieces on disk', async () => {
    const shuffled = ids.toSorted((one, other) => (hash(one) < hash(other) ? -1 : 1));
    records = [...shuffled.map((id) => account(id)), ...ids.toReversed().map((id) => area(id))];
    const { kinds } = await compare(stagingText(ids.toReversed()), 5_000);
    expect(kinds.get('customer')).toMatchObject({ same: 300, different: 0, missingInSap: 0, missingInSalesforce: 0 });
    expect(kinds.get('sales-area')).toMatchObject({ same: 300 });
  });

  test('show each single difference', async () => {
    records = ids.filter((id) => id !== 'C17').map((id) => account(id, id === 'C250' ? { fields: { name: 'x' } } : {}));
    const { kinds } = await compare(stagingText(ids, 0), 5_000);
    expect(kinds.get('customer')).toMatchObject({ same: 298, different: 1, missingInSalesforce: 1 });
    expect(listed.map(([id]) => id)).toEqual(['C17', 'C250']);
  });

  test('leave out kinds that the org does not want copied', async () => {
    wanted = new Set(['customer']);
    records = [account('C1'), area('C1', { fields: { salesOrganization: 'wrong' } })];
    const { kinds, unwanted } = await compare(stagingText(['C1']));
    expect([...kinds.keys()]).toEqual(['customer']);
    expect(unwanted).toEqual(['sales-area', 'partner', 'contact']);
  });
});

/** Some other order, the same in each run. */
const hash = (text: string): number => [...text].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 997, 7);
