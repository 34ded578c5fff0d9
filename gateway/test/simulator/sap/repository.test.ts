/** The repository about itself, and RFC_READ_TABLE. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startSapSimulator } from '../../../simulator/sap/start.ts';
import type { SapSimulator } from '../../../simulator/sap/start.ts';
import { call, fault, rowsOf, textOf } from './soap-caller.ts';

let sap: SapSimulator;
beforeAll(async () => {
  sap = await startSapSimulator();
});
afterAll(() => sap.close());

describe('RFC_GET_FUNCTION_INTERFACE', () => {
  const describeFunction = async (name: string): Promise<Record<string, string>[]> =>
    rowsOf(await call(sap.url, 'RFC_GET_FUNCTION_INTERFACE', `<FUNCNAME>${name}</FUNCNAME><PARAMS/>`), 'PARAMS') ?? [];

  test('lists parameters with class, type, length and whether they may be left out', async () => {
    const rows = await describeFunction('BAPI_CR_ACC_GETDETAIL');
    expect(
      rows.map((it) => [it['PARAMCLASS'], it['PARAMETER'], it['TABNAME'], it['FIELDNAME'], it['EXID'], it['OPTIONAL']]),
    ).toEqual([
      ['I', 'CREDITCONTROLAREA', 'BAPI1010', 'C_CTR_AREA', 'C', ''],
      ['I', 'CUSTOMER', 'BAPI1010', 'CUSTMR_NO', 'C', ''],
      ['I', 'ALLOWED_AGING_IN_DAYS', 'BAPI1010_P', 'AL_AG_DAYS', 'N', 'X'],
      ['I', 'ALLOWED_AGING_IN_HOURS', 'BAPI1010_P', 'AL_AG_HOUR', 'N', 'X'],
      ['E', 'CREDIT_ACCOUNT_DETAIL', 'BAPI1010_6', '', 'u', 'X'],
      ['E', 'RETURN', 'BAPIRETURN1', '', 'u', 'X'],
    ]);
  });

  test('lists exceptions too, and raises its own for what does not exist', async () => {
    expect(
      (await describeFunction('RFC_READ_TABLE')).filter((it) => it['PARAMCLASS'] === 'X').map((it) => it['PARAMETER']),
    ).toContain('OPTION_NOT_VALID');
    expect((await fault(sap.url, 'RFC_GET_FUNCTION_INTERFACE', '<FUNCNAME>NONE</FUNCNAME><PARAMS/>')).name).toBe(
      'FU_NOT_FOUND',
    );
  });
});

describe('DDIF_FIELDINFO_GET', () => {
  test('gives the fields in order with types, lengths and offsets that add up', async () => {
    const rows =
      rowsOf(await call(sap.url, 'DDIF_FIELDINFO_GET', '<TABNAME>BAPI3007_3</TABNAME><DFIES_TAB/>'), 'DFIES_TAB') ?? [];
    expect(
      rows.map((it) => [
        it['FIELDNAME'],
        it['DATATYPE'],
        it['INTTYPE'],
        it['LENG'],
        it['DECIMALS'],
        it['OFFSET'],
        it['INTLEN'],
      ]),
    ).toEqual([
      ['COMP_CODE', 'CHAR', 'C', '000004', '000000', '000000', '000008'],
      ['CUSTOMER', 'CHAR', 'C', '000010', '000000', '000008', '000020'],
      ['SP_GL_IND', 'CHAR', 'C', '000001', '000000', '000028', '000002'],
      ['CURRENCY', 'CUKY', 'C', '000005', '000000', '000030', '000010'],
      ['LOC_CURRCY', 'CUKY', 'C', '000005', '000000', '000040', '000010'],
      ['T_CURR_BAL', 'DEC', 'P', '000023', '000004', '000050', '000012'],
      ['LC_BAL', 'DEC', 'P', '000023', '000004', '000062', '000012'],
    ]);
  });

  test('gives the data elements of structures nobody knows by heart', async () => {
    const rows =
      rowsOf(await call(sap.url, 'DDIF_FIELDINFO_GET', '<TABNAME>BAPI1010_6</TABNAME><DFIES_TAB/>'), 'DFIES_TAB') ?? [];
    expect(rows.map((it) => it['ROLLNAME'])).toEqual(
      expect.arrayContaining(['KLIMK', 'SKFOR', 'SSOBL', 'WAERS', 'CTLPC', 'CRBLB']),
    );
  });

  test('every function that the pack promises is described and executable', async () => {
    const reading = [
      'VERSION',
      'CREDIT_READ',
      'INVOICES_READ',
      'PARTNERS_READ',
      'CONTACTS_READ',
      'CHANGES_READ',
      'KEY_READ',
    ];
    const writing = ['CUSTOMER_CREATE', 'CUSTOMER_CHANGE', 'CREDIT_CHANGE', 'CONTACT_SAVE', 'ORDER_CREATE'];
    for (const name of [...reading, ...writing]) {
      const rows = rowsOf(
        await call(sap.url, 'RFC_GET_FUNCTION_INTERFACE', `<FUNCNAME>Z_GANGWAY_${name}</FUNCNAME><PARAMS/>`),
        'PARAMS',
      );
      expect(rows?.length).toBeGreaterThan(0);
    }
    expect(textOf(await call(sap.url, 'Z_GANGWAY_VERSION', ''), 'E_VERSION')).toBe('1.2.0');
  });
});

describe('RFC_READ_TABLE', () => {
  const read = async (
    table: string,
    where: readonly string[],
    fields: readonly string[],
    more = '',
  ): Promise<string[] | undefined> => {
    const options = where
      .map((it) => `<item><TEXT>${it.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</TEXT></item>`)
      .join('');
    const columns = fields.map((it) => `<item><FIELDNAME>${it}</FIELDNAME></item>`).join('');
    const answer = await call(
      sap.url,
      'RFC_READ_TABLE',
      `<QUERY_TABLE>${table}</QUERY_TABLE>${more}<OPTIONS>${options}</OPTIONS><FIELDS>${columns}</FIELDS><DATA/>`,
    );
    return rowsOf(answer, 'DATA')?.map((it) => it['WA'] ?? '');
  };
  const refused = async (table: string, options: string, fields = ''): Promise<string> =>
    (
      await fault(
        sap.url,
        'RFC_READ_TABLE',
        `<QUERY_TABLE>${table}</QUERY_TABLE><OPTIONS>${options}</OPTIONS><FIELDS>${fields}</FIELDS><DATA/>`,
      )
    ).name;

  test('cuts columns by offset and length, numbers on the right with room for the sign', async () => {
    const answer = await call(
      sap.url,
      'RFC_READ_TABLE',
      "<QUERY_TABLE>KNKK</QUERY_TABLE><OPTIONS><item><TEXT>KUNNR = '0000104714'</TEXT></item></OPTIONS><FIELDS><item><FIELDNAME>KUNNR</FIELDNAME></item><item><FIELDNAME>KLIMK</FIELDNAME></item><item><FIELDNAME>NXTRV</FIELDNAME></item></FIELDS><DATA/>",
    );
    const columns = rowsOf(answer, 'FIELDS');
    const [row] = rowsOf(answer, 'DATA') ?? [];
    const cell = (index: number): string | undefined =>
      row?.['WA']?.slice(
        Number(columns?.[index]?.['OFFSET']),
        Number(columns?.[index]?.['OFFSET']) + Number(columns?.[index]?.['LENGTH']),
      );
    expect([cell(0), cell(1)?.trim(), cell(2)]).toEqual(['0000104714', '15000.00', expect.stringMatching(/^\d{8}$/)]);
  });

  test.each([
    ["KUNNR = '0000104711'", ['0000104711']],
    ["KUNNR EQ '104711'", []],
    ["LAND1 = 'DE' AND ORT01 = 'Bremen'", ['0000104720']],
    ["( LAND1 = 'FR' OR LAND1 = 'CH' ) AND NOT KUNNR = '0000104712'", ['0000104713']],
    ["NAME1 LIKE 'Nordwind%'", ['0000104711', '0000104724']],
    ["KUNNR BETWEEN '0000104712' AND '0000104713'", ['0000104712', '0000104713']],
    ["KUNNR IN ('0000104715', 'WEB4711')", ['0000104715', 'WEB4711']],
    ["LOEVM <> ''", ['0000104723']],
    ["MANDT = '100' AND KUNNR GE 'A'", ['WEB4711']],
    ["NAME1 = 'O''Neill'", []],
  ])('understands %s', async (where, numbers) => {
    expect(await read('KNA1', [where], ['KUNNR'])).toEqual(numbers);
  });

  test('joins lines of a clause, skips and counts rows', async () => {
    expect(await read('KNA1', ["LAND1 = 'DE'", "AND ORT01 = 'Hamburg'"], ['KUNNR'])).toEqual(['0000104711']);
    expect(await read('KNA1', ["LAND1 = 'DE'"], ['KUNNR'], '<ROWSKIPS>1</ROWSKIPS><ROWCOUNT>2</ROWCOUNT>')).toEqual([
      '0000104720',
      '0000104721',
    ]);
    expect(await read('KNA1', [], ['KUNNR'], '<NO_DATA>X</NO_DATA>')).toEqual([]);
  });

  test.each([
    ['a table that is not there', 'NONE', '', '', 'TABLE_NOT_AVAILABLE'],
    ['a structure', 'BAPIRET2', '', '', 'TABLE_WITHOUT_DATA'],
    ['an unknown column', 'KNA1', '', '<item><FIELDNAME>NONE</FIELDNAME></item>', 'FIELD_NOT_VALID'],
    ['an unknown field in the clause', 'T001', "<item><TEXT>NONE = '1'</TEXT></item>", '', 'OPTION_NOT_VALID'],
    ['a literal that does not end', 'T001', "<item><TEXT>BUKRS = '1</TEXT></item>", '', 'OPTION_NOT_VALID'],
    [
      'a literal over two lines',
      'T001',
      "<item><TEXT>BUKRS = '10</TEXT></item><item><TEXT>00'</TEXT></item>",
      '',
      'OPTION_NOT_VALID',
    ],
    ['a second statement', 'T001', "<item><TEXT>BUKRS = '1'; DELETE FROM T001</TEXT></item>", '', 'OPTION_NOT_VALID'],
    [
      'a line of more than 72 characters',
      'T001',
      `<item><TEXT>BUKRS = '${'1'.repeat(72)}'</TEXT></item>`,
      '',
      'CONVERSION_ERROR',
    ],
    ['more than 512 characters a row', 'KNA1', '', '', 'DATA_BUFFER_EXCEEDED'],
  ])('refuses %s', async (_what, table, options, fields, name) => {
    expect(await refused(table, options, fields)).toBe(name);
  });
});
