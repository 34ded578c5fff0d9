/** The customer BAPIs that read. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startSapSimulator } from '../../../simulator/sap/start.ts';
import type { SapSimulator } from '../../../simulator/sap/start.ts';
import { call, rowsOf, textOf } from './soap-caller.ts';

let sap: SapSimulator;
beforeAll(async () => {
  sap = await startSapSimulator();
});
afterAll(() => sap.close());

describe('customer BAPIs', () => {
  test('detail shows the central blocks, and company code data only for a company code', async () => {
    const answer = await call(sap.url, 'BAPI_CUSTOMER_GETDETAIL2', '<CUSTOMERNO>0000104723</CUSTOMERNO>');
    expect([textOf(answer, 'DEL_FLAG_G'), textOf(answer, 'PSTG_BLK_G'), textOf(answer, 'COMP_CODE')]).toEqual([
      'X',
      'X',
      '',
    ]);
    const wrong = await call(
      sap.url,
      'BAPI_CUSTOMER_GETDETAIL2',
      '<CUSTOMERNO>0000104723</CUSTOMERNO><COMPANYCODE>7000</COMPANYCODE>',
    );
    expect([textOf(wrong, 'TYPE'), textOf(wrong, 'ID'), textOf(wrong, 'NUMBER')]).toEqual(['E', 'F2', '154']);
  });

  test('the alphanumeric customer is found as it is written, and only so', async () => {
    expect(
      textOf(await call(sap.url, 'BAPI_CUSTOMER_EXISTENCECHECK', '<CUSTOMERNO>WEB4711</CUSTOMERNO>'), 'TYPE'),
    ).toBe('');
    expect(
      textOf(await call(sap.url, 'BAPI_CUSTOMER_EXISTENCECHECK', '<CUSTOMERNO>web4711</CUSTOMERNO>'), 'TYPE'),
    ).toBe('E');
  });

  test('sales areas of a customer with two', async () => {
    const rows = rowsOf(
      await call(sap.url, 'BAPI_CUSTOMER_GETSALESAREAS', '<CUSTOMERNO>0000104718</CUSTOMERNO><SALESAREAS/>'),
      'SALESAREAS',
    );
    expect(rows?.map((it) => [it['SALESORG'], it['DISTRCHN'], it['DIVISION']])).toEqual([
      ['4000', '10', '00'],
      ['4000', '20', '00'],
    ]);
  });

  const list = (range: string, more = ''): Promise<Parameters<typeof rowsOf>[0]> =>
    call(sap.url, 'BAPI_CUSTOMER_GETLIST', `${more}<IDRANGE><item>${range}</item></IDRANGE><ADDRESSDATA/>`);

  test('the list selects by number with the long address', async () => {
    const answer = await list(
      '<SIGN>I</SIGN><OPTION>BT</OPTION><LOW>0000104711</LOW><HIGH>0000104713</HIGH>',
      '<MAXROWS>2</MAXROWS>',
    );
    expect(rowsOf(answer, 'ADDRESSDATA')?.map((it) => [it['CUSTOMER'], it['CITY'], it['STREET']])).toEqual([
      ['0000104711', 'Hamburg', 'Hafenstraße'],
      ['0000104712', 'Zürich', 'Seestrasse'],
    ]);
  });

  test.each([
    ['a bad sign', '<SIGN>X</SIGN><OPTION>EQ</OPTION>', 'S&', '026'],
    ['a bad option', '<SIGN>I</SIGN><OPTION>XX</OPTION>', 'S&', '027'],
    ['no hit', '<SIGN>I</SIGN><OPTION>EQ</OPTION><LOW>104711</LOW>', 'F2', '718'],
  ])('the list reports %s', async (_what, range, id, number) => {
    const answer = await list(range);
    expect([textOf(answer, 'TYPE'), textOf(answer, 'ID'), textOf(answer, 'NUMBER')]).toEqual(['E', id, number]);
  });

  const findBy = async (field: string, value: string, placeholder = ''): Promise<(string | undefined)[]> => {
    const search = `<SELOPT_TAB><item><TABNAME>KNA1</TABNAME><FIELDNAME>${field}</FIELDNAME><FIELDVALUE>${value}</FIELDVALUE></item></SELOPT_TAB>`;
    return (
      rowsOf(
        await call(sap.url, 'BAPI_CUSTOMER_FIND', `<PL_HOLD>${placeholder}</PL_HOLD>${search}<RESULT_TAB/>`),
        'RESULT_TAB',
      )?.map((it) => it['CUSTOMER'] || it['NUMBER']) ?? []
    );
  };

  test('the search takes patterns only when told to, and reports fields it cannot search', async () => {
    expect(await findBy('MCOD1', 'NORDWIND*', 'X')).toEqual(['0000104711', '0000104724']);
    expect(await findBy('MCOD1', 'NORDWIND*')).toEqual([]);
    expect(await findBy('STCEG', 'DE811204711')).toEqual(['0000104711']);
    expect(await findBy('NOFIELD', 'x')).toEqual(['050']);
  });
});
