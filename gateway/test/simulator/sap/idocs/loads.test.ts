/** Initial loads: IDocs of everything in a range, and a staging file of any number of rows. */
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { watch } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { generateTables } from '../../../../simulator/sap/index.ts';
import { startIdocSystem } from './idoc-system.ts';
import type { IdocSystem } from './idoc-system.ts';
import { fieldsOf, idocsOf } from './idoc-reader.ts';

let folder = '';
let it: IdocSystem;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'loads-'));
});
afterEach(async () => {
  await it.close();
  await rm(folder, { recursive: true });
});

describe('by IDoc', () => {
  test('takes a range of customers in packets, each with function 005', async () => {
    it = await startIdocSystem();
    const { body } = await it.control('POST', 'idocs/load', {
      messageType: 'DEBMAS',
      from: '0000104712',
      to: '0000104716',
      packetSize: 2,
    });
    expect(body).toMatchObject({ state: 'finished', done: 5 });
    expect(it.receiver.texts().map((text) => idocsOf(text).length)).toEqual([2, 2, 1]);
    const roots = it.receiver.texts().flatMap((text) => idocsOf(text).map((idoc) => fieldsOf(idoc, 'E1KNA1M')));
    expect(roots.map(({ KUNNR }) => KUNNR)).toEqual(['12', '13', '14', '15', '16'].map((end) => `00001047${end}`));
    expect(new Set(roots.map(({ MSGFN }) => MSGFN))).toEqual(new Set(['005']));
  });

  test('sends as many as there are, without keeping them', async () => {
    it = await startIdocSystem({ keep: 100 }, { data: generateTables(1500) });
    const ended = await it.jobs.load({ messageType: 'DEBMAS', packetSize: 100 }).ended;
    expect(ended).toMatchObject({ state: 'finished', done: 1500 });
    expect(it.receiver.received).toHaveLength(15);
    expect(it.ale.list().length).toBeLessThanOrEqual(110);
  });

  test('of a message type that is not active is refused', async () => {
    it = await startIdocSystem();
    expect((await it.control('POST', 'idocs/load', { messageType: 'MATMAS' })).status).toBe(400);
  });
});

describe('by staging file', () => {
  test('holds the rows of the tables, object by object, between a head and an end', async () => {
    it = await startIdocSystem();
    const file = join(folder, 'customers.tsv');
    await it.edit('KNA1', { KUNNR: '0000104712' }, { NAME2: 'a\\b' });
    const { body } = await it.control('POST', 'idocs/staging-file', { kind: 'customers', file });
    expect(body).toMatchObject({ state: 'finished' });
    const lines = (await readFile(file, 'utf8')).split('\n').slice(0, -1);
    expect(lines[0]).toMatch(/^#STAGING\t1\tERPCLNT100\t100\tcustomers\t\d{14}$/);
    const columns = new Map(
      lines.filter((line) => /^#[A-Z]+\d|^#KN/.test(line)).map((line) => [line.slice(1, 5), line.split('\t').slice(1)]),
    );
    const rows = lines.filter((line) => !line.startsWith('#')).map((line) => line.split('\t'));
    for (const [table = '', ...values] of rows) expect(values).toHaveLength(columns.get(table)?.length ?? 0);
    const customers = rows.filter(([table]) => table === 'KNA1');
    expect(lines.at(-1)).toBe(`#END\t${customers.length}\t${rows.length}`);
    expect(body).toMatchObject({ done: customers.length });
    const name = columns.get('KNA1')?.indexOf('NAME2') ?? -1;
    expect(customers.find(([, number]) => number === '0000104712')?.[name + 1]).toBe('a\\\\b');
    expect(await readdir(folder)).toEqual(['customers.tsv']);
  });

  test('makes up customers, and tells how far it is', async () => {
    it = await startIdocSystem();
    const file = join(folder, 'many.tsv');
    const order = { kind: 'customers', file, generated: 2000, wait: false };
    const { body, status } = await it.control('POST', 'idocs/staging-file', order);
    expect([status, body]).toEqual([202, { id: 1 }]);
    await it.jobs.ended(1);
    expect((await it.control('GET', 'idocs/jobs')).body).toEqual([
      { id: 1, name: 'stage customers', state: 'finished', done: 2000 },
    ]);
    const numbers = (await readFile(file, 'utf8')).match(/^KNA1\t\d{10}/gm) ?? [];
    expect(new Set(numbers).size).toBe(2000);
  });

  test('of a hundred million rows grows row by row, and is never a whole file when SAP is shut down meanwhile', async () => {
    it = await startIdocSystem();
    const file = join(folder, 'endless.tsv');
    const { id, ended } = it.jobs.stage({ kind: 'materials', file, generated: 100_000_000 });
    const seen = Promise.withResolvers<void>();
    const watcher = watch(folder, () => {
      if ((it.jobs.list().find((job) => job.id === id)?.done ?? 0) > 0) seen.resolve();
    });
    await seen.promise;
    watcher.close();
    await it.jobs.close();
    expect(await ended).toMatchObject({ state: 'cancelled', error: 'The system was shut down' });
    expect(await readdir(folder)).toEqual(['endless.tsv.tmp']);
  });

  test('a file that cannot be written cancels the job with the reason', async () => {
    it = await startIdocSystem();
    const ended = await it.jobs.stage({ kind: 'materials', file: join(folder, 'no', 'file') }).ended;
    expect(ended).toMatchObject({ state: 'cancelled', error: expect.stringMatching(/ENOENT/) });
  });
});
