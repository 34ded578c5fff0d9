/** Function modules that come with the data, the echo of every type, and interfaces of other releases. */
import { afterEach, describe, expect, test } from '@jest/globals';
import { DataFileError, startSapSimulator } from '../../../simulator/sap/start.ts';
import type { SapSimulator, SapSimulatorOptions } from '../../../simulator/sap/start.ts';
import { call, control, fault, find, rowsOf, textOf } from './soap-caller.ts';

let sap: SapSimulator | undefined;
afterEach(async () => {
  await sap?.close();
  sap = undefined;
});

async function start(options: SapSimulatorOptions): Promise<string> {
  sap = await startSapSimulator(options);
  return sap.url;
}

const shop: NonNullable<SapSimulatorOptions['functions']> = {
  '/SHOP/STATUS': {
    structures: { ZSHOP_S_LINE: ['POSNR NUMC6', 'NETWR CURR15.2', 'EDATU DATS'] },
    importing: ['I_VBELN CHAR10 # Order of the shop', 'I_LANGU? LANG'],
    exporting: ['E_STATUS? CHAR1', 'E_CHANGED? DATS', 'ET_LINE? ZSHOP_S_LINE[]'],
    changing: ['C_COUNT? INT4'],
    exceptions: ['NOT_FOUND'],
    answers: [
      {
        when: { I_VBELN: '0000000001' },
        give: { E_STATUS: 'C', E_CHANGED: '20260229'.replace('29', '28'), ET_LINE: [{ POSNR: 10, NETWR: '12.50' }] },
      },
      { when: { I_VBELN: '0000000002' }, dump: 'MESSAGE_TYPE_X' },
      { exception: 'NOT_FOUND' },
    ],
  },
};

describe('a function of the data file', () => {
  test('answers by its first case that fits', async () => {
    const url = await start({ functions: shop });
    const answer = await call(url, '_-SHOP_-STATUS', '<I_VBELN>0000000001</I_VBELN><C_COUNT>7</C_COUNT>');
    expect([textOf(answer, 'E_STATUS'), textOf(answer, 'E_CHANGED'), textOf(answer, 'C_COUNT')]).toEqual([
      'C',
      '2026-02-28',
      '7',
    ]);
    expect(rowsOf(answer, 'ET_LINE')).toEqual([{ POSNR: '000010', NETWR: '12.50', EDATU: '0000-00-00' }]);
    expect((await fault(url, '_-SHOP_-STATUS', '<I_VBELN>0000000002</I_VBELN>')).name).toBe('MESSAGE_TYPE_X');
    expect((await fault(url, '_-SHOP_-STATUS', '<I_VBELN>0000000003</I_VBELN>')).name).toBe('NOT_FOUND');
  });

  test('is described like any other', async () => {
    const url = await start({ functions: shop });
    const rows = rowsOf(
      await call(url, 'RFC_GET_FUNCTION_INTERFACE', '<FUNCNAME>/SHOP/STATUS</FUNCNAME><PARAMS/>'),
      'PARAMS',
    );
    expect(rows?.map((it) => [it['PARAMCLASS'], it['PARAMETER'], it['EXID'], it['OPTIONAL'], it['PARAMTEXT']])).toEqual(
      [
        ['I', 'I_VBELN', 'C', '', 'Order of the shop'],
        ['I', 'I_LANGU', 'C', 'X', 'Language'],
        ['E', 'E_STATUS', 'C', 'X', 'Status'],
        ['E', 'E_CHANGED', 'D', 'X', 'Changed'],
        ['E', 'ET_LINE', 'h', 'X', 'Line'],
        ['C', 'C_COUNT', 'I', 'X', 'Count'],
        ['X', 'NOT_FOUND', '', '', ''],
      ],
    );
  });

  test('writes rows that are gone without a commit, and stay with one', async () => {
    const writer = (commits: boolean): NonNullable<SapSimulatorOptions['functions']>[string] => ({
      importing: ['I_KEY CHAR10'],
      inserts: [{ table: 'T002', row: { SPRAS: 'Z', LAISO: { from: 'I_KEY' } } }],
      commits,
    });
    const url = await start({ functions: { Z_LOST: writer(false), Z_KEPT: writer(true) } });
    await call(url, 'Z_LOST', '<I_KEY>ZZ</I_KEY>');
    expect((await control(url, 'GET', 'tables/T002?SPRAS=Z')).body.count).toBe(0);
    await call(url, 'Z_KEPT', '<I_KEY>ZZ</I_KEY>');
    expect((await control(url, 'GET', 'tables/T002?SPRAS=Z')).body.rows).toEqual([{ SPRAS: 'Z', LAISO: 'ZZ' }]);
  });

  test.each<[string, object, RegExp]>([
    ['an unknown type', { Z_A: { importing: ['I_X CHARACTER10'] } }, /I_X has the unknown type/],
    ['an unknown structure', { Z_A: { tables: ['T_X ZNONE'] } }, /T_X has the unknown type/],
    ['a word that is no setting', { Z_A: { imports: [] } }, /imports/],
    ['a name in small letters', { z_a: {} }, /z_a/],
  ])('that has %s stops the start', async (_what, functions, reason) => {
    const refused = startSapSimulator({ data: { _functions: functions, KNA1: [] } });
    await expect(refused).rejects.toThrow(DataFileError);
    await expect(refused).rejects.toThrow(reason);
  });
});

describe('the echo of every type', () => {
  test('is offered on demand only', async () => {
    expect((await fault(await start({}), 'Z_GANGWAY_TEST_ECHO', '')).name).toBe('FU_NOT_FOUND');
  });

  test.each([
    ['CHAR10', 'a&amp;b', 'a&b'],
    ['NUMC10', '42', '0000000042'],
    ['DATS', '9999-12-31', '9999-12-31'],
    ['TIMS', '23:59:59', '23:59:59'],
    ['DEC23', '-0000000000000000001.5', '-1.5000'],
    ['INT1', '255', '255'],
    ['INT2', '-32768', '-32768'],
    ['INT4', '-2147483648', '-2147483648'],
    ['INT8', '9223372036854775807', '9223372036854775807'],
    ['FLTP', '0.1', '1.0000000000000001E-01'],
    ['RAW3', 'AP8=', 'AP8A'],
    ['STRING', 'two\nlines', 'two\nlines'],
    ['XSTRING', 'AP8=', 'AP8='],
  ])('hands back %s', async (type, sent, back) => {
    const url = await start({ testFunctions: true });
    const answer = await call(url, 'Z_GANGWAY_TEST_ECHO', `<I_${type}>${sent}</I_${type}>`);
    expect(textOf(answer, `E_${type}`)).toBe(back);
  });

  test.each([
    ['INT1', '256'],
    ['INT1', '-1'],
    ['INT2', '32768'],
    ['INT8', '9223372036854775808'],
    ['FLTP', '1e999'],
    ['CUKY', 'EUROSX'],
  ])('refuses %s %s', async (type, value) => {
    const url = await start({ testFunctions: true });
    expect((await fault(url, 'Z_GANGWAY_TEST_ECHO', `<I_${type}>${value}</I_${type}>`)).name).toBe('CONVERSION_ERROR');
  });

  test('STFC_STRUCTURE hands the structure back, and again as a row with one more', async () => {
    const answer = await call(
      await start({}),
      'STFC_STRUCTURE',
      '<IMPORTSTRUCT><RFCINT1>255</RFCINT1><RFCCHAR4>abcd</RFCCHAR4></IMPORTSTRUCT><RFCTABLE/>',
    );
    expect(textOf(find(answer, 'ECHOSTRUCT') ?? answer, 'RFCINT1')).toBe('255');
    expect(rowsOf(answer, 'RFCTABLE')?.[0]).toMatchObject({ RFCINT1: '0', RFCINT4: '1', RFCCHAR4: 'abcd' });
  });
});

describe('another release', () => {
  test('lacks a field without a word, and has longer and other ones', async () => {
    const url = await start({
      interfaceChanges: { structures: { BAPIVBELN: { EXTRA: 'CHAR5' }, BAPIRETURN: { MESSAGE: null, CODE: 'CHAR6' } } },
    });
    const answer = await call(url, 'BAPI_SALESORDER_GETSTATUS', '<SALESDOCUMENT>1</SALESDOCUMENT>');
    expect([textOf(answer, 'CODE'), textOf(answer, 'MESSAGE')]).toEqual(['V1302', undefined]);
    const rows = rowsOf(
      await call(url, 'DDIF_FIELDINFO_GET', '<TABNAME>BAPIRETURN</TABNAME><DFIES_TAB/>'),
      'DFIES_TAB',
    );
    expect(rows?.map((it) => `${it['FIELDNAME']} ${Number(it['LENG'])}`)).toEqual(expect.arrayContaining(['CODE 6']));
  });

  test('asks for a parameter more, lacks one, lacks a function, closes another to callers', async () => {
    const url = await start({
      interfaceChanges: {
        functions: {
          BAPI_SALESORDER_GETSTATUS: { importing: { WITH_ITEMS: 'CHAR1' } },
          STFC_CONNECTION: { exporting: { RESPTEXT: null }, importing: { MORE: 'CHAR1 optional' } },
          BAPI_CUSTOMER_FIND: null,
          RFC_READ_TABLE: { remote: false },
        },
      },
    });
    const names = await Promise.all([
      fault(url, 'BAPI_SALESORDER_GETSTATUS', '<SALESDOCUMENT>1</SALESDOCUMENT>'),
      fault(url, 'BAPI_CUSTOMER_FIND', ''),
      fault(url, 'RFC_READ_TABLE', ''),
    ]);
    expect(names.map((it) => it.name)).toEqual([
      'CALL_FUNCTION_PARM_MISSING',
      'FU_NOT_FOUND',
      'CALL_FUNCTION_NOT_REMOTE',
    ]);
    const echo = await call(url, 'STFC_CONNECTION', '<REQUTEXT>hi</REQUTEXT>');
    expect([textOf(echo, 'ECHOTEXT'), textOf(echo, 'RESPTEXT')]).toEqual(['hi', undefined]);
  });

  test.each([
    ['a field that is not there', { structures: { BAPIRET2: { NONE: null } } }, /NONE/],
    ['a structure that is not there', { structures: { ZNONE: {} } }, /ZNONE/],
    ['a function that is not there', { functions: { Z_NONE: null } }, /Z_NONE/],
  ])('that differs in %s stops the start', async (_what, interfaceChanges, reason) => {
    await expect(startSapSimulator({ interfaceChanges })).rejects.toThrow(reason);
  });
});
