/** BAPI_SALESORDER_CREATEFROMDAT2 and BAPI_QUOTATION_CREATEFROMDATA2. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startSapSimulator } from '../../../simulator/sap/start.ts';
import type { SapSimulator } from '../../../simulator/sap/start.ts';
import { call, control, fields, rowsOf, textOf } from './soap-caller.ts';

let sap: SapSimulator;
beforeAll(async () => {
  sap = await startSapSimulator();
});
afterAll(() => sap.close());

type Values = Readonly<Record<string, string>>;
const items = (...rows: readonly Values[]): string => rows.map((row) => `<item>${fields(row)}</item>`).join('');

interface Wish {
  readonly header?: Values;
  readonly headerX?: Values;
  readonly partners?: readonly Values[];
  readonly items?: readonly Values[];
  readonly schedules?: readonly Values[];
  readonly more?: string;
}

function parameters(prefix: string, wish: Wish): string {
  const area = { SALES_ORG: '1000', DISTR_CHAN: '10', DIVISION: '00' };
  const header = { DOC_TYPE: prefix === 'ORDER' ? 'TA' : 'AG', ...area, PURCH_NO_C: 'PO 1', ...wish.header };
  const part = (name: string, rows: readonly Values[]): string =>
    `<${prefix}_${name}>${items(...rows)}</${prefix}_${name}>`;
  return (
    `<${prefix}_HEADER_IN>${fields(header)}</${prefix}_HEADER_IN>` +
    (wish.headerX === undefined ? '' : `<${prefix}_HEADER_INX>${fields(wish.headerX)}</${prefix}_HEADER_INX>`) +
    part('PARTNERS', wish.partners ?? [{ PARTN_ROLE: 'AG', PARTN_NUMB: '0000104711' }]) +
    part('ITEMS_IN', wish.items ?? [{ ITM_NUMBER: '000010', MATERIAL: 'GW-2040' }]) +
    part('SCHEDULES_IN', wish.schedules ?? [{ ITM_NUMBER: '000010', REQ_QTY: '3.000', REQ_DATE: '2030-05-01' }]) +
    `${wish.more ?? ''}<RETURN/>`
  );
}

async function create(wish: Wish = {}, prefix = 'ORDER'): Promise<{ number: string; messages: string[] }> {
  const name = prefix === 'ORDER' ? 'BAPI_SALESORDER_CREATEFROMDAT2' : 'BAPI_QUOTATION_CREATEFROMDATA2';
  const answer = await call(sap.url, name, parameters(prefix, wish));
  const messages = (rowsOf(answer, 'RETURN') ?? []).map((it) => `${it['TYPE']} ${it['ID']} ${it['NUMBER']}`);
  return { number: textOf(answer, 'SALESDOCUMENT') ?? '', messages };
}

describe('creating an order over SOAP', () => {
  test('says its number, and leaves nothing, because the session ends before any commit', async () => {
    const { number, messages } = await create();
    expect(number).toMatch(/^\d{10}$/);
    expect(messages).toEqual(['S V4 233', 'S V4 233', 'S V1 311']);
    expect((await control(sap.url, 'GET', `tables/VBAK?VBELN=${number}`)).body.count).toBe(0);
  });

  test('a test run checks everything and gives no number', async () => {
    expect(await create({ more: '<TESTRUN>X</TESTRUN>' })).toEqual({ number: '', messages: ['S V4 233', 'S V4 233'] });
  });

  test('the English type and partner function need CONVERT', async () => {
    const english = { header: { DOC_TYPE: 'OR' }, partners: [{ PARTN_ROLE: 'SP', PARTN_NUMB: '0000104711' }] };
    expect((await create(english)).messages).toEqual(expect.arrayContaining(['E V1 320', 'E V1 323', 'E V4 219']));
    expect((await create({ ...english, more: '<CONVERT>X</CONVERT>' })).number).not.toBe('');
  });

  test('a field without its mark in the change list does not count', async () => {
    const marks = { UPDATEFLAG: 'I', SALES_ORG: 'X', DISTR_CHAN: 'X', DIVISION: 'X', DOC_TYPE: 'X' };
    expect((await create({ headerX: marks })).number).not.toBe('');
    const { SALES_ORG: _dropped, ...without } = marks;
    expect((await create({ headerX: without })).messages).toContain('E V1 322');
    expect((await create({ headerX: { ...marks, UPDATEFLAG: 'U' } })).messages).toContain('E V1 330');
  });

  test.each<[string, Wish, string]>([
    ['a sold-to party that is not there', { partners: [{ PARTN_ROLE: 'AG', PARTN_NUMB: '104711' }] }, 'E F2 153'],
    ['a customer of another sales area', { header: { SALES_ORG: '3000' } }, 'E F2 156'],
    [
      'a customer with a central order block',
      { header: { SALES_ORG: '2000' }, partners: [{ PARTN_ROLE: 'AG', PARTN_NUMB: '0000104716' }] },
      'E V1 324',
    ],
    ['a schedule line of no item', { schedules: [{ ITM_NUMBER: '000020', REQ_QTY: '1' }] }, 'E V1 329'],
    [
      'two items of one number',
      {
        items: [
          { ITM_NUMBER: '000010', MATERIAL: 'A' },
          { ITM_NUMBER: '000010', MATERIAL: 'B' },
        ],
      },
      'E V1 326',
    ],
    [
      'an ISO unit where the internal one belongs',
      { items: [{ ITM_NUMBER: '000010', MATERIAL: 'GW-2040', SALES_UNIT: 'PCE' }] },
      'E V1 328',
    ],
    ['an unknown currency', { header: { CURRENCY: 'XXQ' } }, 'E R1 701'],
    ['a document to refer to that is not there', { header: { REF_DOC: '9999999999' } }, 'E V1 332'],
    [
      'a number where only internal ones are given',
      { more: '<SALESDOCUMENTIN>0000999999</SALESDOCUMENTIN>' },
      'E V1 334',
    ],
  ])('refuses %s and draws no number', async (_what, wish, message) => {
    const { number, messages } = await create(wish);
    expect(messages).toEqual(expect.arrayContaining([message, 'E V4 219']));
    expect(number).toBe('');
  });

  test('an item without a schedule line is saved without a quantity, and says so', async () => {
    expect((await create({ schedules: [] })).messages).toEqual(['S V4 233', 'S V4 233', 'W V1 335', 'S V1 311']);
  });
});

test('a quotation is no order, and an order type makes no quotation', async () => {
  expect((await create({}, 'QUOTATION')).number).not.toBe('');
  expect((await create({ header: { DOC_TYPE: 'TA' } }, 'QUOTATION')).messages).toContain('E V1 321');
  expect((await create({ header: { DOC_TYPE: 'AG' } })).messages).toContain('E V1 321');
});
