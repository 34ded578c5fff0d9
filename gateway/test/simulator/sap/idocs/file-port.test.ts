/** The port file: records of exact length, and a name that a file has only when it is whole. */
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { watch } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { layoutOf } from '../../../../simulator/sap/idocs/segment-layouts.ts';
import type { IdocOptions } from '../../../../simulator/sap/start.ts';
import { startIdocSystem, nordwind } from './idoc-system.ts';
import type { IdocSystem } from './idoc-system.ts';
import { readRecord } from './idoc-reader.ts';

let folder = '';
let it: IdocSystem;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'idocs-'));
});
afterEach(async () => {
  await it.close();
  await rm(folder, { recursive: true });
});

const start = async (port: object = {}, messageTypes: IdocOptions['messageTypes'] = { DEBMAS: {} }): Promise<void> => {
  it = await startIdocSystem({ ports: { FILES: { kind: 'file', folder, ...port } }, messageTypes });
};
const change = async (): Promise<void> => {
  await it.edit('KNA1', nordwind, { NAME2: 'Söhne' });
  await it.run();
};
const lines = async (name = 'O_100_0000000000000001', encoding: BufferEncoding = 'utf8'): Promise<string[]> =>
  (await readFile(join(folder, name), encoding)).split('\n').slice(0, -1);

describe('records', () => {
  test.each([
    ['DEBMAS', 'E2KNA1M005', '02'],
    ['MATMAS', 'E2MARAM008', '02'],
    ['ADRMAS', 'E2ADRMAS', '02'],
    ['ORDRSP', 'E2EDK01005', '01'],
    ['DESADV', 'E2EDL20002', '02'],
    ['INVOIC', 'E2EDK01005', '01'],
  ])('of %s are 524 and 1063 characters, numbered, each below its parent', async (type, first, level) => {
    await start({}, { [type]: {} });
    await it.jobs.load({ messageType: type, packetSize: 1 }).ended;
    const names = await readdir(folder);
    expect(names.length).toBeGreaterThan(3);
    for (const name of names) {
      const [control = '', ...data] = await lines(name);
      expect(control).toHaveLength(524);
      expect(control.slice(0, 13)).toBe('EDI_DC40  100');
      expect(new Set(data.map((line) => line.length))).toEqual(new Set([1063]));
      const records = data.map(readRecord);
      expect(records[0]).toMatchObject({ segment: first, level, parent: '000000', client: '100' });
      expect(records.map(({ own }) => Number(own))).toEqual(records.map((_, index) => index + 1));
      for (const { number, parent, level: depth } of records) {
        expect(number).toBe(control.slice(13, 29));
        const above = records.find(({ own }) => own === parent);
        expect(Number(depth)).toBe(above === undefined ? Number(level) : Number(above.level) + 1);
      }
    }
  });

  test('hold each field at its place', async () => {
    await start();
    await change();
    const [control = '', ...data] = await lines();
    expect(control.slice(39, 69).trimEnd()).toBe('DEBMAS07');
    expect(control.slice(99, 129).trimEnd()).toBe('DEBMAS');
    expect(control.slice(162, 172)).toBe('ERPCLNT100');
    expect(control.slice(504)).toMatch(/^\d{14} {6}$/);
    const general = readRecord(data[0] ?? '').data;
    expect([general.slice(0, 3), general.slice(3, 13), general.slice(179, 214).trimEnd()]).toEqual([
      '004',
      '0000104711',
      'Nordwind Logistik GmbH',
    ]);
    expect([general.slice(477, 512).trimEnd(), general.slice(863, 865)]).toEqual(['Hafenstraße 12', 'DE']);
    const credit = data.map(readRecord).find(({ segment }) => segment === 'E2KNKKM001');
    expect(credit?.data.slice(3, 23)).toBe('1000       160000.00');
  });

  test('may end as Windows ends them, without trailing blanks, with other segment versions and in Latin-1', async () => {
    await start({ lineEnd: 'CRLF', trimBlanks: true, codePage: '1100', definitions: { E1KNA1M: 'E2KNA1M003' } });
    await change();
    const all = await lines(undefined, 'latin1');
    expect(all.every((line) => line.endsWith('\r') && !line.endsWith(' \r'))).toBe(true);
    expect(all[1]?.startsWith('E2KNA1M003 ')).toBe(true);
    expect(all[1]).toContain('Hafenstraße 12');
  });

  test('layouts stand at the offsets that are known of them', () => {
    const offset = (segment: string, name: string): number => {
      const { fields } = layoutOf(segment);
      const end = fields.findIndex((field) => field.name === name);
      return fields.slice(0, end).reduce((sum, field) => sum + field.length, 0);
    };
    expect(offset('E1KNA1M', 'CASSD')).toBe(920);
    expect(offset('E1KNVVM', 'KKBER')).toBe(156);
    expect(offset('E1KNB1M', 'NODEL')).toBe(475);
    expect(offset('E1MARAM', 'SATNR')).toBe(771);
    expect(offset('E1EDP01', 'MATNR')).toBe(394);
    expect(offset('E1EDL24', 'POSEX')).toBe(540);
  });
});

describe('files', () => {
  test('several IDocs are one file where they were collected', async () => {
    await start({}, { DEBMAS: { output: 'collect', packetSize: 10 } });
    for (const number of ['11', '12']) await it.edit('KNA1', { KUNNR: `00001047${number}` }, { TELF1: '1' });
    await it.run();
    it.ale.sendReady();
    await it.ale.idle();
    expect(await readdir(folder)).toEqual(['O_100_0000000000000001']);
    expect((await lines()).filter((line) => line.startsWith('EDI_DC40'))).toHaveLength(2);
  });

  test('have their name only when they are whole; a careless transfer gives it at once', async () => {
    await start();
    const seen: { name: string; isWhole: boolean }[] = [];
    const looks: Promise<void>[] = [];
    const look = async (name: string): Promise<void> => {
      const text = await readFile(join(folder, name), 'utf8').catch(() => undefined);
      if (text === undefined || name.endsWith('.tmp')) return;
      const records = text.split('\n').slice(1, -1);
      seen.push({ name, isWhole: text.endsWith('\n') && records.some((line) => line.startsWith('E2KNKKM001')) });
    };
    const watcher = watch(folder, (_event, name) => void looks.push(look(name ?? '')));
    await it.control('POST', 'idocs/faults', { kind: 'slow', pieces: 5, delayMs: 5, times: 1 });
    await change();
    await Promise.all(looks);
    expect(seen.every(({ isWhole }) => isWhole)).toBe(true);
    await it.control('POST', 'idocs/faults', { kind: 'partial-file', pieces: 5, delayMs: 20, times: 1 });
    await it.edit('KNA1', nordwind, { NAME2: 'x' });
    await it.run();
    await Promise.all(looks);
    watcher.close();
    expect(seen.some(({ name, isWhole }) => name === 'O_100_0000000000000002' && !isWhole)).toBe(true);
    expect(await lines('O_100_0000000000000002')).toHaveLength((await lines()).length);
  });

  test('a record may be too short or too long by a fault', async () => {
    await start();
    for (const by of [-1, 7]) await it.control('POST', 'idocs/faults', { kind: 'wrong-record-length', by, times: 1 });
    await change();
    await it.edit('KNA1', nordwind, { NAME2: 'x' });
    await it.run();
    expect((await lines()).at(-1)).toHaveLength(1062);
    expect((await lines('O_100_0000000000000002')).at(-1)).toHaveLength(1070);
  });

  test('a file that is sent twice has two names, and half of one ends in the middle of a record', async () => {
    await start();
    await it.control('POST', 'idocs/faults', { kind: 'duplicate', times: 1 });
    await change();
    expect(await readdir(folder)).toEqual(['O_100_0000000000000001', 'O_100_0000000000000001_2']);
    expect(await lines('O_100_0000000000000001_2')).toEqual(await lines());
    await it.control('POST', 'idocs/faults', { kind: 'truncated-body', times: 1 });
    await it.edit('KNA1', nordwind, { NAME2: 'x' });
    await it.run();
    const [whole, half] = await Promise.all(
      ['1', '2'].map(async (last) => (await readFile(join(folder, `O_100_000000000000000${last}`))).length),
    );
    expect(half).toBeLessThan((whole ?? 0) * 0.6);
  });

  test('a folder that is not there is status 02', async () => {
    await start({ folder: join(folder, 'missing') });
    await change();
    expect(it.ale.list()[0]?.history.at(-1)).toMatchObject({ status: '02', text: expect.stringMatching(/ENOENT/) });
  });
});
