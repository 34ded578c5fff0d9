/** Fences: of two leases the newer one writes, and a late call of the older one changes nothing. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { startSapSimulator } from '../../../simulator/sap/start.ts';
import type { SapSimulator } from '../../../simulator/sap/start.ts';
import { changeCredit, orgKey, saveContact } from './pack-writer.ts';
import { call, control, createParameters, fields, rowsOf, textOf } from './soap-caller.ts';

let sap: SapSimulator;
beforeEach(async () => {
  sap = await startSapSimulator();
});
afterEach(() => sap.close());

const rows = async (table: string): Promise<Record<string, string>[]> =>
  (await control(sap.url, 'GET', `tables/${table}`)).body.rows;
const contact = (key: string, fence: string): ReturnType<typeof saveContact> =>
  saveContact(sap.url, { key: orgKey(key), fence });

describe('a fence', () => {
  test('is kept per org, in the same unit of work as the key', async () => {
    await contact('1', '7');
    expect(await rows('ZGANGWAY_FENCE')).toEqual([{ SCOPE: '00D5g000004GANGEAW', FENCE: '7'.padStart(18, '0') }]);
  });

  test('that is older than the newest of its org writes nothing and says both', async () => {
    await contact('1', '7');
    const late = await contact('2', '6');
    expect(late).toMatchObject({ messages: ['E 011'], variables: ['6', '7'], contact: '0000000000' });
    expect(await rows('KNVK')).toHaveLength(1);
    expect(await rows('ZGANGWAY_KEY')).toHaveLength(1);
  });

  test('that is equal or newer writes, and the newest stays', async () => {
    expect((await contact('1', '9')).messages).toEqual(['S 012']);
    expect((await contact('2', '9')).messages).toEqual(['S 012']);
    expect((await contact('3', '10')).messages).toEqual(['S 012']);
    expect((await contact('4', '9')).messages).toEqual(['E 011']);
    expect((await rows('ZGANGWAY_FENCE'))[0]).toMatchObject({ FENCE: '10'.padStart(18, '0') });
  });

  test('of zero is not checked and takes nothing back', async () => {
    await contact('1', '7');
    expect((await contact('2', '0')).messages).toEqual(['S 012']);
    expect((await contact('3', '')).messages).toEqual(['S 012']);
    expect((await contact('4', '6')).messages).toEqual(['E 011']);
  });

  test('of one org is nothing to another', async () => {
    await contact('1', '7');
    const other = await saveContact(sap.url, { key: orgKey('1', '00D5g000004OTHERAW'), fence: '1' });
    expect(other.messages).toEqual(['S 012']);
  });

  test('does not hide what was done: the same key answers with the first result whatever the fence', async () => {
    const first = await contact('1', '7');
    await contact('2', '8');
    const again = await contact('1', '7');
    expect(again).toMatchObject({ messages: ['S 012'], contact: first.contact, isRepeat: true });
    expect(await rows('KNVK')).toHaveLength(2);
  });

  test('of eighteen digits is compared whole', async () => {
    await contact('1', '9'.repeat(18));
    expect((await contact('2', `${'9'.repeat(17)}8`)).messages).toEqual(['E 011']);
  });

  test('of a test run leaves no trace', async () => {
    await saveContact(sap.url, { key: orgKey('1'), fence: '7', testRun: true });
    expect(await rows('ZGANGWAY_FENCE')).toEqual([]);
  });

  test('holds for every writing function', async () => {
    await contact('1', '7');
    const create = await call(sap.url, 'Z_GANGWAY_CUSTOMER_CREATE', createParameters({ key: orgKey('c'), fence: '6' }));
    expect(rowsOf(create, 'ET_RETURN')).toEqual([expect.objectContaining({ TYPE: 'E', NUMBER: '011' })]);
    expect(textOf(create, 'E_KUNNR')).toBe('');
    const change = await call(
      sap.url,
      'Z_GANGWAY_CUSTOMER_CHANGE',
      `${fields({ I_EXTERNAL_KEY: orgKey('u'), I_CONTENT: 'a', I_FENCE: '6', I_KUNNR: '0000104711' })}<IS_GENERAL/><ISX_GENERAL/><ET_RETURN/>`,
    );
    expect(rowsOf(change, 'ET_RETURN')).toEqual([expect.objectContaining({ NUMBER: '011' })]);
    expect((await changeCredit(sap.url, { key: orgKey('l'), fence: '6' })).messages).toEqual(['E 011']);
  });

  test('is looked at again at the commit: a newer lease that came meanwhile terminates the update', async () => {
    sap.addFault({ kind: 'slow', function: 'Z_GANGWAY_CONTACT_SAVE', stage: 'commit', delayMs: 300, times: 1 });
    const slow = contact('old', '6');
    for (;;) {
      const state = await call(sap.url, 'Z_GANGWAY_KEY_READ', fields({ I_EXTERNAL_KEY: orgKey('old') }));
      if (textOf(state, 'E_STATE') === 'R') break;
    }
    const quick = await saveContact(sap.url, { key: orgKey('new'), fence: '7', customer: '0000104712' });
    expect(quick.messages).toEqual(['S 012']);
    expect(await slow).toMatchObject({ messages: ['A 010'], contact: '0000000000' });
    expect((await rows('KNVK')).map((row) => row['KUNNR'])).toEqual(['0000104712']);
    expect((await rows('ZGANGWAY_KEY')).map((row) => row['EXTERNAL_KEY'])).toEqual([orgKey('new')]);
  });
});

describe('looking a key up', () => {
  const look = async (key: string, fence: string): Promise<readonly [string, string]> => {
    const given = fields({ I_EXTERNAL_KEY: key, I_FENCE: fence });
    const answer = await call(sap.url, 'Z_GANGWAY_KEY_READ', `${given}<ET_RETURN/>`);
    const [row] = rowsOf(answer, 'ET_RETURN') ?? [];
    return [textOf(answer, 'E_STATE') ?? '', row === undefined ? '' : `${row['TYPE']} ${row['NUMBER']}`];
  };

  test('with a fence puts it in force: what was not found can no longer be written by an older lease', async () => {
    expect(await look(orgKey('1'), '7')).toEqual(['', '']);
    expect((await contact('1', '6')).messages).toEqual(['E 011']);
    expect(await look(orgKey('1'), '7')).toEqual(['', '']);
    expect((await contact('1', '7')).messages).toEqual(['S 012']);
    expect(await look(orgKey('1'), '7')).toEqual(['D', '']);
    expect((await rows('ZGANGWAY_FENCE'))[0]).toMatchObject({ FENCE: '7'.padStart(18, '0') });
  });

  test('with a fence that is too old says nothing about the key, and takes nothing back', async () => {
    await contact('1', '7');
    expect(await look(orgKey('1'), '6')).toEqual(['', 'E 011']);
    expect((await rows('ZGANGWAY_FENCE'))[0]).toMatchObject({ FENCE: '7'.padStart(18, '0') });
  });

  test('without a fence only looks', async () => {
    await contact('1', '7');
    expect(await look(orgKey('1'), '0')).toEqual(['D', '']);
    expect(await look(orgKey('2'), '')).toEqual(['', '']);
    expect((await rows('ZGANGWAY_FENCE'))[0]).toMatchObject({ FENCE: '7'.padStart(18, '0') });
  });

  test('with a fence needs a key, for without one there is no org', async () => {
    expect(await look('', '7')).toEqual(['', 'E 004']);
    expect(await rows('ZGANGWAY_FENCE')).toEqual([]);
  });

  test('ends an older write that is past its first look: running, and then never', async () => {
    sap.addFault({ kind: 'slow', function: 'Z_GANGWAY_CONTACT_SAVE', stage: 'commit', delayMs: 300, times: 1 });
    const slow = contact('old', '6');
    while ((await look(orgKey('old'), ''))[0] !== 'R');
    expect(await look(orgKey('old'), '7')).toEqual(['R', '']);
    expect((await slow).messages).toEqual(['A 010']);
    expect(await look(orgKey('old'), '7')).toEqual(['', '']);
    expect(await rows('KNVK')).toEqual([]);
  });

  test('that is cut before its commit has raised nothing, after it everything', async () => {
    sap.addFault({ kind: 'cut-before-commit', function: 'Z_GANGWAY_KEY_READ', times: 1 });
    await expect(look(orgKey('1'), '7')).rejects.toThrow();
    expect(await rows('ZGANGWAY_FENCE')).toEqual([]);
    sap.addFault({ kind: 'cut-after-commit', function: 'Z_GANGWAY_KEY_READ', times: 1 });
    await expect(look(orgKey('1'), '7')).rejects.toThrow();
    expect(await rows('ZGANGWAY_FENCE')).toHaveLength(1);
  });

  test('of two at once lets the newer fence win', async () => {
    sap.addFault({ kind: 'slow', function: 'Z_GANGWAY_KEY_READ', stage: 'commit', delayMs: 200, times: 1 });
    const slow = look(orgKey('1'), '6');
    for (;;) if ((await control(sap.url, 'GET', 'calls')).body['open'] === 1) break;
    while ((await rows('ZGANGWAY_FENCE')).length === 0) await contact('2', '7');
    expect(await slow).toEqual(['', 'E 011']);
    expect((await rows('ZGANGWAY_FENCE'))[0]).toMatchObject({ FENCE: '7'.padStart(18, '0') });
  });
});

test('a fence survives a restart of SAP, as keys and contact numbers do', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'gangway-sap-'));
  const state = join(folder, 'state.jsonl');
  await sap.close();
  sap = await startSapSimulator({ state });
  const first = await contact('1', '7');
  await sap.close();
  sap = await startSapSimulator({ state });
  expect((await contact('2', '6')).messages).toEqual(['E 011']);
  expect(await contact('1', '6')).toMatchObject({ contact: first.contact, isRepeat: true });
  expect(Number((await contact('3', '8')).contact)).toBeGreaterThan(Number(first.contact));
  rmSync(folder, { recursive: true });
});

test('an older pack knows no fence, no contact person and no credit data, and still creates', async () => {
  await sap.close();
  sap = await startSapSimulator({ packVersion: '1.0.0' });
  expect(textOf(await call(sap.url, 'Z_GANGWAY_VERSION', ''), 'E_VERSION')).toBe('1.0.0');
  await expect(contact('1', '1')).rejects.toThrow(/FU_NOT_FOUND/);
  await expect(
    call(sap.url, 'Z_GANGWAY_CUSTOMER_CREATE', createParameters({ key: orgKey('c'), fence: '6' })),
  ).rejects.toThrow(/CALL_FUNCTION_PARM_UNKNOWN/);
  const old = createParameters({ key: orgKey('c') }).replace('<I_FENCE></I_FENCE>', '');
  expect(textOf(await call(sap.url, 'Z_GANGWAY_CUSTOMER_CREATE', old), 'E_KUNNR')).toMatch(/^\d{10}$/);
  const key = await call(sap.url, 'Z_GANGWAY_KEY_READ', fields({ I_EXTERNAL_KEY: orgKey('c') }));
  expect(textOf(key, 'E_STATE')).toBe('D');
  expect(textOf(key, 'E_PARNR')).toBeUndefined();
});
