/** What a data file may hold, and how its mistakes are named before the simulator listens. */
import { afterEach, describe, expect, test } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DataFileError, startSapSimulator } from '../../../simulator/sap/start.ts';
import type { SapSimulator, SapTables } from '../../../simulator/sap/start.ts';
import { basic, call, control, createParameters, envelope, rowsOf, send, textOf } from './soap-caller.ts';

let sap: SapSimulator | undefined;
afterEach(async () => {
  await sap?.close();
  sap = undefined;
});

async function start(data: SapTables): Promise<SapSimulator> {
  sap = await startSapSimulator({ data });
  return sap;
}

async function rows(table: string, query = ''): Promise<Record<string, string>[]> {
  return (await control(sap?.url ?? '', 'GET', `tables/${table}${query}`)).body.rows;
}

describe('a malformed data file', () => {
  test.each([
    [
      'a text that is too long',
      { KNA1: [{ KUNNR: '1', NAME1: 'x'.repeat(36) }] },
      /table KNA1, row 1, field NAME1: .*35 characters/,
    ],
    [
      'an amount that is none',
      { KNKK: [{ KUNNR: '1', KKBER: '1', KLIMK: 'lots' }] },
      /table KNKK, row 1, field KLIMK: "lots"/,
    ],
    [
      'an amount with three decimals',
      { KNKK: [{ KUNNR: '1', KKBER: '1', KLIMK: '1.005' }] },
      /field KLIMK: .*more than 2 decimals/,
    ],
    [
      'a date that is none',
      { BSID: [{ BUKRS: '1', KUNNR: '1', ZFBDT: '20310230' }] },
      /table BSID, row 1, field ZFBDT: "20310230"/,
    ],
    ['half a day', { BSID: [{ BUKRS: '1', KUNNR: '1', ZFBDT: { days: 1.5 } }] }, /field ZFBDT: "days"/],
    ['letters in a number field', { VBAP: [{ VBELN: '1', POSNR: 'A' }] }, /table VBAP, row 1, field POSNR/],
    ['a nested value', { KNA1: [{ KUNNR: '1', NAME1: { a: 1 } }] }, /table KNA1, row 1, field NAME1/],
    ['a line break in a text', { KNA1: [{ KUNNR: '1', NAME1: 'a\nb' }] }, /row 1, field NAME1: .*control character/],
    [
      'a field in small letters',
      { KNA1: [{ KUNNR: '1', name1: 'x' }] },
      /row 1, field name1: .*capital letters \(NAME1\)/,
    ],
    [
      'a row without its key',
      { KNA1: [{ KUNNR: '1' }, { NAME1: 'x' }] },
      /table KNA1, row 2: key field KUNNR is missing/,
    ],
    [
      'the same key twice, once padded',
      { KNA1: [{ KUNNR: '0000000001' }, { KUNNR: '1' }] },
      /table KNA1, row 2: the key KUNNR=0000000001/,
    ],
    ['a row that is a list', { KNA1: [[]] }, /table KNA1, row 1: must be an object/],
    ['a table that is no list', { KNA1: {} }, /table KNA1: must be a list/],
    ['a table name in small letters', { kna1: [] }, /table kna1: not a table name/],
    ['a misspelt setting', { _system: { workProcess: 3 } }, /_system: .*workProcess/s],
  ])('with %s is refused by name', async (_what, data, message) => {
    await expect(startSapSimulator({ data })).rejects.toThrow(message);
    await expect(startSapSimulator({ data })).rejects.toBeInstanceOf(DataFileError);
  });

  test('names all its mistakes at once', async () => {
    const data = { KNA1: [{ KUNNR: '12345678901' }], KNB1: [{ KUNNR: '1', BUKRS: '12345' }] };
    await expect(startSapSimulator({ data })).rejects.toMatchObject({
      problems: [expect.stringContaining('KNA1'), expect.stringContaining('KNB1')],
    });
  });

  test('that is not JSON, or not there, is refused', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'sap-'));
    const file = join(folder, 'data.json');
    writeFileSync(file, '{"KNA1": [');
    await expect(startSapSimulator({ data: file })).rejects.toBeInstanceOf(DataFileError);
    await expect(startSapSimulator({ data: join(folder, 'none.json') })).rejects.toBeInstanceOf(DataFileError);
    writeFileSync(file, '[]');
    await expect(startSapSimulator({ data: file })).rejects.toBeInstanceOf(DataFileError);
    rmSync(folder, { recursive: true });
  });
});

describe('a data file', () => {
  test('may hold its tables under "tables", keys unpadded, signs behind, blanks at the end', async () => {
    await start({
      tables: { KNKK: [{ KUNNR: '77', KKBER: '1000', KNKLI: 'web1', SKFOR: ' 12.50-', CTLPC: '001   ' }] },
    });
    expect(await rows('KNKK')).toEqual([
      { KUNNR: '0000000077', KKBER: '1000', KNKLI: 'WEB1', SKFOR: '-12.50', CTLPC: '001' },
    ]);
  });

  test('may give dates relative to the day of the start, and years of them', async () => {
    const data = { BSID: [{ BUKRS: '1', KUNNR: '1', ZFBDT: { days: -2 }, GJAHR: { days: -2 } }] };
    sap = await startSapSimulator({
      data,
      clock: { now: () => Date.UTC(2032, 2, 1, 1), after: () => () => undefined },
    });
    expect(await rows('BSID')).toMatchObject([{ BUKRS: '1', KUNNR: '0000000001', ZFBDT: '20320228', GJAHR: '2032' }]);
  });

  test('without customizing tables can still be read, and customers created from what is in use', async () => {
    const { url, warnings } = await start({
      KNA1: [{ KUNNR: '500', KTOKD: 'Z001' }],
      KNB1: [{ KUNNR: '500', BUKRS: 'DE01', AKONT: '123' }],
      KNVV: [{ KUNNR: '500', VKORG: 'DE', VTWEG: '01', SPART: '02' }],
    });
    expect(warnings).toEqual([]);
    const wish = {
      general: { KTOKD: 'Z001' },
      company: { BUKRS: 'DE01' },
      sales: { VKORG: 'DE', VTWEG: '01', SPART: '02' },
    };
    expect(textOf(await call(url, 'Z_GANGWAY_CUSTOMER_CREATE', createParameters(wish)), 'E_KUNNR')).toBe('0000000501');
    expect(await rows('KNB1', '?KUNNR=0000000501')).toEqual([expect.objectContaining({ AKONT: '0000000123' })]);
    const refused = await call(
      url,
      'Z_GANGWAY_CUSTOMER_CREATE',
      createParameters({ key: 'other', ...wish, company: { BUKRS: 'XX99' } }),
    );
    expect(rowsOf(refused, 'ET_RETURN')).toEqual([expect.objectContaining({ TYPE: 'E', FIELD: 'BUKRS' })]);
  });

  test('may hold tables and fields the simulator does not know; it says so and reads them as text', async () => {
    const { url, warnings } = await start({
      ZOWN: [{ A: 'one', B: 2 }, { A: 'three' }],
      KNA1: [{ KUNNR: '1', ZZFIELD: 'x' }],
    });
    expect(warnings).toEqual([expect.stringContaining('ZOWN'), expect.stringContaining('ZZFIELD')]);
    const answer = await call(
      url,
      'RFC_READ_TABLE',
      "<QUERY_TABLE>ZOWN</QUERY_TABLE><DELIMITER>|</DELIMITER><OPTIONS><item><TEXT>A = 'one'</TEXT></item></OPTIONS><FIELDS/><DATA/>",
    );
    expect(rowsOf(answer, 'DATA')).toEqual([{ WA: 'one  |2' }]);
  });

  test('gets the search fields and the padded material numbers that SAP would have saved', async () => {
    await start({
      KNA1: [{ KUNNR: '1', NAME1: 'Fjordlys Énergi', ORT01: 'Bergen' }],
      VBAP: [{ VBELN: '1', POSNR: '10', MATNR: '4711' }],
    });
    expect(await rows('KNA1')).toEqual([expect.objectContaining({ MCOD1: 'FJORDLYS ÉNERGI', MCOD3: 'BERGEN' })]);
    expect(await rows('VBAP')).toEqual([{ VBELN: '0000000001', POSNR: '000010', MATNR: '000000000000004711' }]);
  });

  test('with a number range but no account groups draws from that range', async () => {
    const { url } = await start({
      NRIV: [{ OBJECT: 'DEBITOR', NRRANGENR: '07', FROMNUMBER: '7000', TONUMBER: '7999', NRLEVEL: '0' }],
    });
    expect(textOf(await call(url, 'Z_GANGWAY_CUSTOMER_CREATE', createParameters()), 'E_KUNNR')).toBe('0000007000');
  });

  test('shows rows of its own SAP client only', async () => {
    await start({
      _system: { client: '300' },
      KNA1: [{ MANDT: '300', KUNNR: '1' }, { MANDT: '100', KUNNR: '2' }, { KUNNR: '3' }],
    });
    expect((await rows('KNA1')).map((it) => it['KUNNR'])).toEqual(['0000000001', '0000000003']);
  });

  test('sets system, SAP client, users and logical system', async () => {
    const { url, logicalSystem } = await start({
      _system: { sid: 'QAS', client: '300', users: [{ name: 'RFCUSER', password: 'pw', language: 'DE' }] },
    });
    expect(logicalSystem).toBe('QASCLNT300');
    const answer = await send(url, envelope('RFC_SYSTEM_INFO', ''), {
      client: '300',
      authorization: basic('RFCUSER', 'pw'),
    });
    expect(answer.text).toContain('<RFCSYSID>QAS</RFCSYSID>');
    expect((await send(url, envelope('RFC_PING', ''), { client: '300' })).status).toBe(401);
  });

  test('of a system that is not Unicode loses what Latin-1 lacks', async () => {
    const { url } = await start({ _system: { codePage: '1100' } });
    expect(textOf(await call(url, 'STFC_CONNECTION', '<REQUTEXT>Zürich Łódź €</REQUTEXT>'), 'ECHOTEXT')).toBe(
      'Zürich #ód# #',
    );
  });

  test('decides the date by its time zone', async () => {
    const clock = { now: () => Date.UTC(2031, 0, 31, 20), after: () => () => undefined };
    sap = await startSapSimulator({ data: { _system: { timeZone: 'Asia/Tokyo' } }, clock });
    expect(textOf(await call(sap.url, 'STFC_CONNECTION', '<REQUTEXT>a</REQUTEXT>'), 'RESPTEXT')).toContain(
      'Date: 20310201   Time: 050000',
    );
  });
});

test('rows of other clients are not there, and it says so', async () => {
  const { warnings } = await start({
    _system: { client: '800' },
    KNA1: [
      { MANDT: '800', KUNNR: '1' },
      { MANDT: '100', KUNNR: '2' },
    ],
  });
  expect(warnings).toEqual(['table KNA1: 1 of 2 rows belong to other clients than 800']);
  expect((await rows('KNA1')).map((it) => it['KUNNR'])).toEqual(['0000000001']);
});

test('numbers in small letters are kept in capitals, as every screen of SAP does', async () => {
  await start({ KNA1: [{ KUNNR: 'web1' }] });
  expect((await rows('KNA1'))[0]?.['KUNNR']).toBe('WEB1');
});

test('documents without a currency have that of their company code, their bill or their customer', async () => {
  await start({
    T001: [{ BUKRS: '1', WAERS: 'JPY' }],
    KNVV: [{ KUNNR: '1', VKORG: 'S', VTWEG: '10', SPART: '00', WAERS: 'CHF' }],
    VBAK: [{ VBELN: '5', KUNNR: '1', VKORG: 'S' }],
    VBRK: [
      { VBELN: '7', BUKRS: '1' },
      { VBELN: '8', WAERK: 'KWD' },
    ],
    BSID: [
      { BUKRS: '1', KUNNR: '1', BELNR: '1' },
      { BUKRS: '1', KUNNR: '1', BELNR: '2', VBELN: '8' },
    ],
    BSAD: [{ BUKRS: '2', KUNNR: '1', BELNR: '3' }],
  });
  const currencies = async (table: string, field: string): Promise<unknown[]> =>
    (await rows(table)).map((it) => it[field]);
  expect(await currencies('VBAK', 'WAERK')).toEqual(['CHF']);
  expect(await currencies('VBRK', 'WAERK')).toEqual(['JPY', 'KWD']);
  expect(await currencies('BSID', 'WAERS')).toEqual(['JPY', 'KWD']);
  expect(await currencies('BSAD', 'WAERS')).toEqual(['EUR']);
});
