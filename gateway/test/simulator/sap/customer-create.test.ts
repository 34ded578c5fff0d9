/** Creating customers: one per key, one unit of work, numbers with gaps, locks. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startSapSimulator } from '../../../simulator/sap/start.ts';
import type { SapSimulator } from '../../../simulator/sap/start.ts';
import { call, control, createParameters, envelope, rowsOf, send, textOf } from './soap-caller.ts';
import type { CreateWish } from './soap-caller.ts';

let sap: SapSimulator;
beforeEach(async () => {
  sap = await startSapSimulator({ lockWaitMs: 5_000 });
});
afterEach(() => sap.close());

async function create(
  wish: CreateWish = {},
): Promise<{ number: string; repeated: string; messages: Record<string, string>[] }> {
  const answer = await call(sap.url, 'Z_GANGWAY_CUSTOMER_CREATE', createParameters(wish));
  return {
    number: textOf(answer, 'E_KUNNR') ?? '',
    repeated: textOf(answer, 'E_REPEATED') ?? '',
    messages: rowsOf(answer, 'ET_RETURN') ?? [],
  };
}

async function countRows(table: string, query = ''): Promise<number> {
  return (await control(sap.url, 'GET', `tables/${table}${query}`)).body.count;
}

async function keyState(key: string): Promise<{ state: string | undefined; number: string | undefined }> {
  const answer = await call(sap.url, 'Z_GANGWAY_KEY_READ', `<I_EXTERNAL_KEY>${key}</I_EXTERNAL_KEY>`);
  return { state: textOf(answer, 'E_STATE'), number: textOf(answer, 'E_KUNNR') };
}

describe('a new customer', () => {
  test('gets a number, all its rows, and its key in the same unit of work', async () => {
    const { number, messages } = await create();
    expect(number).toMatch(/^0000104\d{3}$/);
    expect(messages).toEqual([
      expect.objectContaining({
        TYPE: 'S',
        ID: 'ZGANGWAY',
        NUMBER: '001',
        MESSAGE: `Customer ${number} has been created`,
      }),
    ]);
    for (const [table, rows] of Object.entries({ KNA1: 1, KNB1: 1, KNVV: 1, KNVP: 4, KNVI: 1, ZGANGWAY_KEY: 1 })) {
      expect([table, await countRows(table, `?KUNNR=${number}`)]).toEqual([table, rows]);
    }
    const { body } = await control(sap.url, 'GET', `tables/KNA1?KUNNR=${number}`);
    expect(await countRows('ADRC', `?ADDRNUMBER=${body.rows[0]?.['ADRNR']}`)).toBe(1);
    expect(await countRows('ADR6', `?ADDRNUMBER=${body.rows[0]?.['ADRNR']}`)).toBe(1);
  });

  test('is readable by the standard function', async () => {
    const { number } = await create();
    const answer = await call(
      sap.url,
      'BAPI_CUSTOMER_GETDETAIL2',
      `<CUSTOMERNO>${number}</CUSTOMERNO><COMPANYCODE>1000</COMPANYCODE>`,
    );
    expect(textOf(answer, 'NAME')).toBe('Fjordlys Energi AS');
    expect(textOf(answer, 'COUNTRYISO')).toBe('NO');
  });
});

describe('the key', () => {
  test('used again for the same content gives the first number and writes nothing', async () => {
    const first = await create();
    const before = await countRows('KNA1');
    const second = await create();
    expect(second).toMatchObject({ number: first.number, repeated: 'X' });
    expect(await countRows('KNA1')).toBe(before);
  });

  test('used for other content is refused', async () => {
    await create();
    const second = await create({ content: 'b'.repeat(64) });
    expect(second).toMatchObject({
      number: '',
      messages: [expect.objectContaining({ TYPE: 'E', ID: 'ZGANGWAY', NUMBER: '003' })],
    });
  });

  test('sent twenty times at once makes one customer', async () => {
    const before = await countRows('KNA1');
    const answers = await Promise.all(Array.from({ length: 20 }, () => create()));
    expect(new Set(answers.map((it) => it.number)).size).toBe(1);
    expect(answers.filter((it) => it.repeated === '')).toHaveLength(1);
    expect(await countRows('KNA1')).toBe(before + 1);
  });

  test('is running while another session works on it, and done afterwards', async () => {
    sap.addFault({ kind: 'slow', function: 'Z_GANGWAY_CUSTOMER_CREATE', delayMs: 300, stage: 'commit', times: 1 });
    const creating = create();
    let seen = await keyState('test:1');
    while (seen.state === '') seen = await keyState('test:1');
    expect(seen).toEqual({ state: 'R', number: '' });
    const { number } = await creating;
    expect(await keyState('test:1')).toEqual({ state: 'D', number });
  });

  test('held by another session for too long is refused with message 002', async () => {
    await sap.close();
    sap = await startSapSimulator({ lockWaitMs: 20 });
    sap.addFault({ kind: 'lock-held', object: 'ZGANGWAY_KEY', key: 'test:1' });
    expect((await create()).messages).toEqual([expect.objectContaining({ TYPE: 'E', ID: 'ZGANGWAY', NUMBER: '002' })]);
    expect((await create({ key: 'test:2' })).number).not.toBe('');
  });

  test('never seen has no state', async () => {
    expect(await keyState('test:none')).toEqual({ state: '', number: '' });
  });
});

describe('what SAP refuses', () => {
  test.each([
    ['a missing name', { general: { NAME1: '' } }, '004', 'NAME1'],
    ['an unknown country', { general: { LAND1: 'XX' } }, '005', 'LAND1'],
    ['an unknown language', { general: { SPRAS_ISO: 'QQ' } }, '005', 'SPRAS_ISO'],
    ['an unknown account group', { general: { KTOKD: 'ZZZZ' } }, '005', 'KTOKD'],
    ['an unknown company code', { company: { BUKRS: '9999' } }, '005', 'BUKRS'],
    ['unknown terms', { company: { ZTERM: 'ZZ99' } }, '005', 'ZTERM'],
    ['an unknown sales area', { sales: { VTWEG: '99' } }, '005', 'VKORG'],
    ['an unknown currency', { sales: { WAERS: 'XXX' } }, '005', 'WAERS'],
  ])('%s is named with its field, and nothing is written', async (_what, wish, number, field) => {
    const before = await countRows('KNA1');
    const answer = await create(wish);
    expect(answer.number).toBe('');
    expect(answer.messages).toEqual([
      expect.objectContaining({ TYPE: 'E', ID: 'ZGANGWAY', NUMBER: number, FIELD: field }),
    ]);
    expect(await countRows('KNA1')).toBe(before);
    expect(await keyState('test:1')).toEqual({ state: '', number: '' });
  });

  test('several mistakes are reported together', async () => {
    expect((await create({ general: { NAME1: '', ORT01: '' } })).messages.map((it) => it['FIELD'])).toEqual([
      'NAME1',
      'ORT01',
    ]);
  });

  test('an account group whose interval does not exist gets no number, and none is made up', async () => {
    await control(sap.url, 'PATCH', 'tables/T077D', { key: { KTOKD: 'KUNA' }, set: { NUMKR: 'QQ' } });
    const answer = await call(sap.url, 'Z_GANGWAY_CUSTOMER_CREATE', createParameters());
    expect(rowsOf(answer, 'ET_RETURN')).toEqual([expect.objectContaining({ TYPE: 'E', ID: 'NR', NUMBER: '752' })]);
    expect((await control(sap.url, 'GET', 'tables/NRIV?NRRANGENR=QQ')).body.count).toBe(0);
  });

  test('an account group with external numbers wants a number', async () => {
    expect((await create({ general: { KTOKD: 'DEBI' } })).messages).toEqual([
      expect.objectContaining({ ID: 'F2', NUMBER: '246' }),
    ]);
  });

  test('messages come in the logon language, and in English where it has none', async () => {
    const german = await call(sap.url, 'Z_GANGWAY_CUSTOMER_CREATE', createParameters({ general: { NAME1: '' } }), {
      language: 'DE',
    });
    expect(rowsOf(german, 'ET_RETURN')?.[0]?.['MESSAGE']).toBe('Das Feld NAME1 ist ein Mussfeld');
    const french = await call(sap.url, 'Z_GANGWAY_CUSTOMER_CREATE', createParameters({ general: { NAME1: '' } }), {
      language: 'FR',
    });
    expect(rowsOf(french, 'ET_RETURN')?.[0]?.['MESSAGE']).toBe('Field NAME1 is required');
  });

  test('a test run checks, but writes nothing and draws no number', async () => {
    expect(await create({ testRun: true })).toMatchObject({ number: '', messages: [] });
    expect((await create({ testRun: true, general: { LAND1: 'XX' } })).messages).toHaveLength(1);
    expect(await keyState('test:1')).toEqual({ state: '', number: '' });
  });
});

describe('number ranges', () => {
  test('refused data costs no number, a lost commit does', async () => {
    const first = Number((await create({ key: 'n:1' })).number);
    await create({ key: 'n:2', general: { LAND1: 'XX' } });
    const second = Number((await create({ key: 'n:3' })).number);
    expect(second).toBe(first + 1);
    sap.addFault({ kind: 'cut-before-commit', function: 'Z_GANGWAY_CUSTOMER_CREATE', times: 1 });
    await expect(create({ key: 'n:4' })).rejects.toThrow();
    expect(Number((await create({ key: 'n:5' })).number)).toBe(second + 2);
  });

  test('a used-up interval is an error of class NR', async () => {
    await control(sap.url, 'PATCH', 'tables/NRIV', {
      key: { OBJECT: 'DEBITOR', NRRANGENR: '01' },
      set: { TONUMBER: '00000000000000104731' },
    });
    expect((await create({ key: 'u:1' })).number).toBe('0000104731');
    expect((await create({ key: 'u:2' })).messages).toEqual([
      expect.objectContaining({ TYPE: 'E', ID: 'NR', NUMBER: '751' }),
    ]);
  });
});

describe('the ABAP session', () => {
  const reference =
    '<PI_COPYREFERENCE><SALESORG>1000</SALESORG><DISTR_CHAN>10</DISTR_CHAN><DIVISION>00</DIVISION><REF_CUSTMR>0000104711</REF_CUSTMR></PI_COPYREFERENCE>';
  const company =
    '<PI_COMPANYDATA><NAME>Zephyr Robotics GmbH</NAME><CITY>Berlin</CITY><POSTL_COD1>10115</POSTL_COD1><STREET>Invalidenstr. 1</STREET><COUNTRY>DE</COUNTRY><LANGU_ISO>DE</LANGU_ISO><CURRENCY>EUR</CURRENCY></PI_COMPANYDATA>';

  test('ends with the call: a customer of the standard BAPI is gone, whatever is committed afterwards', async () => {
    const answer = await call(sap.url, 'BAPI_CUSTOMER_CREATEFROMDATA1', company + reference);
    const number = textOf(answer, 'CUSTOMERNO');
    expect(number).toMatch(/^0000104\d{3}$/);
    await call(sap.url, 'BAPI_TRANSACTION_COMMIT', '<WAIT>X</WAIT>');
    expect(await countRows('KNA1', `?KUNNR=${number}`)).toBe(0);
  });

  test('holds its locks no longer than the call', async () => {
    await call(sap.url, 'BAPI_CUSTOMER_CREATEFROMDATA1', company + reference);
    const again = await call(sap.url, 'BAPI_CUSTOMER_CREATEFROMDATA1', company + reference);
    expect(textOf(again, 'TYPE')).toBe('');
  });

  test('a reference customer outside the sales area is refused', async () => {
    const answer = await call(
      sap.url,
      'BAPI_CUSTOMER_CREATEFROMDATA1',
      company + reference.replace('0000104711', '0000104712'),
    );
    expect(textOf(answer, 'TYPE')).toBe('E');
    expect(textOf(answer, 'NUMBER')).toBe('156');
  });
});

describe('a state file', () => {
  test('brings committed customers back after the simulator is killed, and leaves a gap in the numbers', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'sap-'));
    const state = join(folder, 'state.jsonl');
    await sap.close();
    sap = await startSapSimulator({ state });
    const { number } = await create();
    await sap.close();
    sap = await startSapSimulator({ state });
    expect(await keyState('test:1')).toEqual({ state: 'D', number });
    expect(Number((await create({ key: 'test:2' })).number)).toBeGreaterThan(Number(number) + 1);
    rmSync(folder, { recursive: true });
  });
});

test('an answer lost after the commit leaves a customer behind its key', async () => {
  sap.addFault({ kind: 'cut-after-commit', function: 'Z_GANGWAY_CUSTOMER_CREATE', times: 1 });
  await expect(send(sap.url, envelope('Z_GANGWAY_CUSTOMER_CREATE', createParameters()))).rejects.toThrow();
  const { state, number } = await keyState('test:1');
  expect(state).toBe('D');
  expect((await create()).number).toBe(number);
});
