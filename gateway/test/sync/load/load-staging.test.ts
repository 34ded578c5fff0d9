/** A staging file into an org: what is written in which order, and what remains of a load that was stopped. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { GatewayError } from '../../../src/errors/index.ts';
import type { LoadParts, LoadProgress, LoadReport } from '../../../src/sync/load/index.ts';
import { loadStaging } from '../../../src/sync/load/index.ts';
import { CheckpointsInMemory, failed, HurriedClock, OrgInMemory, sourceOf, stagingText } from './fakes.ts';

let folder = '';
let file = '';
let sink: OrgInMemory;
let checkpoints: CheckpointsInMemory;
let progress: LoadProgress[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'load-'));
  file = join(folder, 'customers.txt');
  sink = new OrgInMemory();
  checkpoints = new CheckpointsInMemory();
  progress = [];
});
afterEach(() => rm(folder, { recursive: true }));

const numbers = (count: number): string[] => Array.from({ length: count }, (_, index) => `C${index + 1}`);
const failuresPath = (): string => join(folder, 'failed.tsv');
const listed = async (): Promise<string[][]> =>
  (await readFile(failuresPath(), 'utf8'))
    .split('\n')
    .slice(1, -1)
    .map((line) => line.split('\t'));

const load = (more: Partial<LoadParts> = {}): Promise<LoadReport> =>
  loadStaging({
    source: sourceOf(file),
    sink,
    checkpoints,
    clock: new HurriedClock(),
    failuresPath: failuresPath(),
    onProgress: (each) => progress.push(each),
    onWait: () => undefined,
    ...more,
  });

describe('a whole load', () => {
  test('writes all records of one kind before those that refer to them', async () => {
    await writeFile(file, stagingText(numbers(3), 2));
    const { state } = await load();
    expect(sink.jobs).toEqual([
      { kind: 'customer', rows: 3 },
      { kind: 'sales-area', rows: 6 },
    ]);
    expect(state.counts.customer).toMatchObject({ written: 3, created: 3 });
    expect(state.counts['sales-area']).toMatchObject({ written: 6, created: 6, parentMissing: 0 });
  });

  test('writes what several tables say of a customer as one record with the order of each facet', async () => {
    await writeFile(file, stagingText(['C1']));
    await load();
    const order = '2026-11-21T10:15:00.000Z#00000000000000000004';
    expect(sink.records.get('ERPCLNT100:customer:C1')).toMatchObject({
      fields: { number: 'C1', name: 'Customer C1', 'credit.limit': '100.00' },
      facets: { master: order, credit: order },
      source: { kind: 'load', sender: 'ERPCLNT100/customers.txt', number: '4' },
    });
  });

  test('takes five thousand records at a time', async () => {
    await writeFile(file, stagingText(numbers(10_500), 0));
    await load();
    expect(sink.jobs.filter(({ kind }) => kind === 'customer')).toEqual([
      { kind: 'customer', rows: 5_000 },
      { kind: 'customer', rows: 5_000 },
      { kind: 'customer', rows: 500 },
    ]);
  });

  test('sends no kind that the org does not want copied, and names it', async () => {
    await writeFile(file, stagingText(numbers(2)));
    sink.wanted = new Set(['customer', 'partner', 'contact']);
    const { unwanted } = await load();
    expect(unwanted).toEqual(['sales-area']);
    expect(sink.jobs.map(({ kind }) => kind)).toEqual(['customer']);
  });

  test('counts what the org has newer as no failure', async () => {
    await writeFile(file, stagingText(numbers(2), 0));
    sink.answer = ({ key }) => (key.id === 'C1' ? { ended: 'older', facets: ['credit'] } : undefined);
    const { state } = await load();
    expect(state.counts.customer).toMatchObject({ written: 1, older: 1, failed: 0 });
    expect(await listed()).toEqual([]);
  });

  test('tells how far it is and how long it will take at this pace', async () => {
    await writeFile(file, stagingText(numbers(3)));
    await load();
    expect(progress[0]).toMatchObject({ kind: 'customer', pass: 1, passes: 4, objects: 0, objectsInAll: 3, done: 0 });
    expect(progress.at(-1)).toMatchObject({ kind: 'contact', pass: 4, objects: 3, done: 1, remainingMs: 0 });
    const done = progress.map((each) => each.done);
    expect(done).toEqual([...done].sort((a, b) => a - b));
  });
});

describe('rows that fail', () => {
  test('are listed with line, code and next step, and hold up no other', async () => {
    await writeFile(file, stagingText(['C1', 'C2', 'C3'], 0));
    sink.answer = ({ key }) => (key.id === 'C2' ? failed('SALESFORCE_RULE_REFUSED') : undefined);
    const { state } = await load();
    expect(state.counts.customer).toMatchObject({ written: 2, failed: 1 });
    expect(await listed()).toEqual([
      ['5', 'customer', 'C2', 'SALESFORCE_RULE_REFUSED', expect.any(String), expect.stringContaining('retry'), ''],
    ]);
  });

  test('are listed once where the object itself could not be understood', async () => {
    await writeFile(file, stagingText(['C1', 'C?', 'C3']));
    const { state } = await load();
    expect(state.refused).toBe(1);
    expect((await listed()).map(([line, , , code]) => [line, code])).toEqual([['6', 'IDOC_VALUE_INVALID']]);
    expect(state.counts.customer?.written).toBe(2);
  });

  test('are listed apart where the record they belong to is not there', async () => {
    await writeFile(file, stagingText(['C1', 'C2']));
    sink.answer = ({ key }) =>
      key.kind === 'customer' && key.id === 'C2' ? failed('SALESFORCE_DUPLICATE_FOUND') : undefined;
    const { state } = await load();
    expect(state.counts['sales-area']).toMatchObject({ written: 1, parentMissing: 1, failed: 0 });
    expect((await listed()).map(([, , id, code]) => [id, code])).toEqual([
      ['C2', 'SALESFORCE_DUPLICATE_FOUND'],
      ['C2/1000/10/00', 'CHANGE_PARENT_MISSING'],
    ]);
  });

  test('are sent again alone where a lock kept them away', async () => {
    await writeFile(file, stagingText(['C1', 'C2'], 0));
    let locks = 2;
    sink.answer = ({ key }) => (key.id === 'C2' && locks-- > 0 ? failed('SALESFORCE_ROW_LOCKED') : undefined);
    const { state } = await load();
    expect(sink.jobs.map(({ rows }) => rows).slice(0, 3)).toEqual([2, 1, 1]);
    expect(state.counts.customer).toMatchObject({ written: 2, failed: 0 });
  });

  test('stay behind where the lock does not go away', async () => {
    await writeFile(file, stagingText(['C1', 'C2'], 0));
    sink.answer = ({ key }) => (key.id === 'C2' ? failed('SALESFORCE_ROW_LOCKED') : undefined);
    const { state } = await load();
    expect(state.counts.customer).toMatchObject({ written: 1, failed: 1 });
  });

  test('stop the load where none at all passes', async () => {
    await writeFile(file, stagingText(['C1', 'C2'], 0));
    sink.answer = () => failed('SALESFORCE_STORAGE_FULL');
    await expect(load()).rejects.toMatchObject({ code: 'SALESFORCE_STORAGE_FULL' });
    expect(await listed()).toEqual([]);
  });
});

describe('a load that was stopped', () => {
  test('goes on by itself when the org was away, and sends no row twice that had its answer', async () => {
    await writeFile(file, stagingText(numbers(5), 0));
    let cuts = 1;
    sink.afterRow = (rows) => {
      if (rows === 3 && cuts-- > 0) throw new GatewayError('SALESFORCE_UNREACHABLE');
    };
    const waits: string[] = [];
    const { state } = await load({ onWait: (error) => waits.push(error.code) });
    expect(waits).toEqual(['SALESFORCE_UNREACHABLE']);
    expect(sink.jobs[0]).toEqual({ kind: 'customer', rows: 2 });
    expect(state.counts.customer).toMatchObject({ written: 5, created: 5 });
  });

  test('goes on behind the last chunk, whenever it was killed', async () => {
    await writeFile(file, stagingText(numbers(10_001)));
    for (let kills = 1; kills <= 8; kills += 1) {
      let left = 1;
      checkpoints.beforeKeep = () => {
        if (left-- === 0) throw new Error('killed');
      };
      await load().catch(() => undefined);
    }
    checkpoints.beforeKeep = () => undefined;
    const { state } = await load();
    expect(sink.records.size).toBe(20_002);
    expect(state.counts.customer).toMatchObject({ written: 10_001, failed: 0 });
    expect(state.counts['sales-area']).toMatchObject({ written: 10_001, failed: 0 });
    expect(sink.jobs.filter(({ kind, rows }) => kind === 'customer' && rows === 5_000).length).toBeLessThanOrEqual(4);
  });

  test('lists no failure twice, although its last chunk came again', async () => {
    await writeFile(file, stagingText(['C1', 'C2'], 0));
    sink.answer = ({ key }) => (key.id === 'C2' ? failed('SALESFORCE_RULE_REFUSED') : undefined);
    checkpoints.beforeKeep = () => {
      throw new Error('killed');
    };
    await expect(load()).rejects.toThrow('killed');
    expect(await listed()).toHaveLength(1);
    checkpoints.beforeKeep = () => undefined;
    const { state } = await load();
    expect(state.counts.customer?.failed).toBe(1);
    expect(await listed()).toHaveLength(1);
  });

  test('is not repeated when all of it is there, unless somebody says so', async () => {
    await writeFile(file, stagingText(numbers(2)));
    await load();
    const jobs = sink.jobs.length;
    expect(await load()).toMatchObject({ wasLoaded: true, state: { counts: { customer: { written: 2 } } } });
    expect(sink.jobs).toHaveLength(jobs);
    expect(await load({ again: true })).toMatchObject({
      wasLoaded: false,
      state: { counts: { customer: { created: 0 } } },
    });
  });

  test('loads the kinds that the org has come to want since', async () => {
    await writeFile(file, stagingText(numbers(2)));
    sink.wanted = new Set(['customer']);
    await load();
    sink.wanted = new Set(['customer', 'sales-area']);
    await load();
    expect(sink.jobs.map(({ kind }) => kind)).toEqual(['customer', 'sales-area']);
  });

  test('is stopped for good by what waiting cannot help', async () => {
    await writeFile(file, stagingText(numbers(2)));
    sink.afterRow = () => {
      throw new GatewayError('SALESFORCE_MAPPING_INVALID');
    };
    await expect(load()).rejects.toMatchObject({ code: 'SALESFORCE_MAPPING_INVALID' });
    expect(sink.jobs).toEqual([]);
  });
});

describe('a file that cannot be trusted', () => {
  test('is refused before the org is asked for anything', async () => {
    await writeFile(file, stagingText(numbers(3)).split('#END')[0] ?? '');
    await expect(load()).rejects.toMatchObject({ code: 'STAGING_TRUNCATED' });
    await writeFile(file, stagingText(numbers(3)).replace('#END\t3', '#END\t4'));
    await expect(load()).rejects.toMatchObject({ code: 'STAGING_MALFORMED' });
    expect(sink.jobs).toEqual([]);
    expect(checkpoints.kept.size).toBe(0);
  });

  test('is another file where its content is another, whatever its name', async () => {
    await writeFile(file, stagingText(['C1']));
    await load();
    await writeFile(file, stagingText(['C2']));
    expect(await load()).toMatchObject({ wasLoaded: false });
    expect(sink.records.has('ERPCLNT100:customer:C2')).toBe(true);
  });
});
