/** The shipped customers are what the README says, and their figures agree with each other. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { generateDefaultTables, toFileText } from '../../../simulator/sap/data/generate-default.ts';
import { generateTables, generatedCustomerNumber } from '../../../simulator/sap/data/generate-tables.ts';
import { startSapSimulator } from '../../../simulator/sap/start.ts';
import type { SapSimulator } from '../../../simulator/sap/start.ts';
import { call, rowsOf } from './soap-caller.ts';

const tables = generateDefaultTables();
const rows = (name: string): Record<string, string>[] =>
  (tables[name] ?? []).map((row) =>
    Object.fromEntries(Object.entries(row).filter((entry): entry is [string, string] => typeof entry[1] === 'string')),
  );
const cents = (text: string | undefined): number => Math.round(Number(text ?? '0') * 100);
const total = (items: readonly Record<string, string>[], field: string): number =>
  items.reduce((sum, it) => sum + (it['SHKZG'] === 'H' ? -1 : 1) * cents(it[field]), 0);

let sap: SapSimulator;
beforeAll(async () => {
  sap = await startSapSimulator();
});
afterAll(() => sap.close());

test('default.json is what its script makes', () => {
  const file = readFileSync(new URL('../../../simulator/sap/data/default.json', import.meta.url), 'utf8');
  expect(file).toBe(toFileText(tables));
});

test('loads without a warning', () => {
  expect(sap.warnings).toEqual([]);
});

describe('the figures', () => {
  test('of the receivables are the sum of the open items of all who share the account', () => {
    for (const account of rows('KNKK').filter((it) => it['KNKLI'] === it['KUNNR'])) {
      const open = rows('BSID').filter((it) => it['KUNNR'] === account['KUNNR'] && it['BUKRS'] === account['KKBER']);
      expect([account['KUNNR'], cents(account['SKFOR'])]).toEqual([
        account['KUNNR'],
        total(
          open.filter((it) => it['UMSKZ'] === undefined),
          'DMBTR',
        ),
      ]);
      expect([account['KUNNR'], cents(account['SSOBL'])]).toEqual([
        account['KUNNR'],
        total(
          open.filter((it) => it['UMSKZ'] !== undefined),
          'DMBTR',
        ),
      ]);
    }
  });

  test('of each order are the sum of its items, and nothing is delivered or billed twice', () => {
    for (const order of rows('VBAK')) {
      const items = rows('VBAP').filter((it) => it['VBELN'] === order['VBELN']);
      expect([order['VBELN'], cents(order['NETWR'])]).toEqual([order['VBELN'], total(items, 'NETWR')]);
      for (const item of items) {
        const delivered = rows('LIPS').filter((it) => it['VGBEL'] === item['VBELN'] && it['VGPOS'] === item['POSNR']);
        expect(delivered.reduce((sum, it) => sum + Number(it['LFIMG']), 0)).toBeLessThanOrEqual(Number(item['KWMENG']));
      }
    }
  });

  test('of each posted bill agree with its accounting item', () => {
    const posted = [...rows('BSID'), ...rows('BSAD')];
    for (const bill of rows('VBRK').filter((it) => it['BELNR'] !== undefined)) {
      const item = posted.find((it) => it['VBELN'] === bill['VBELN']);
      expect([bill['VBELN'], cents(item?.['WRBTR'])]).toEqual([
        bill['VBELN'],
        cents(bill['NETWR']) + cents(bill['MWSBK']),
      ]);
    }
  });
});

describe('the customers', () => {
  const credit = async (number: string): Promise<Parameters<typeof rowsOf>[0]> =>
    call(
      sap.url,
      'Z_GANGWAY_CREDIT_READ',
      `<I_KUNNR>${number}</I_KUNNR><ET_ACCOUNT/><ET_SHARED/><ET_RECEIVABLE/><ET_BLOCK/>`,
    );

  test('Nordwind has used nearly all of its limit and owes something in every bucket', async () => {
    const answer = await credit('0000104711');
    const [account] = rowsOf(answer, 'ET_ACCOUNT') ?? [];
    const used = Number(account?.['SUM_OPENS']) / Number(account?.['KLIMK']);
    expect(used).toBeGreaterThan(0.85);
    expect(used).toBeLessThan(1);
    const [owed] = rowsOf(answer, 'ET_RECEIVABLE') ?? [];
    for (const bucket of ['NOT_DUE', 'DAYS_1_30', 'DAYS_31_60', 'DAYS_61_90', 'DAYS_OVER_90'])
      expect(Number(owed?.[bucket])).toBeGreaterThan(0);
  });

  test('Nordwind has more orders than a page and one in every state', async () => {
    const answer = await call(
      sap.url,
      'BAPI_SALESORDER_GETLIST',
      '<CUSTOMER_NUMBER>0000104711</CUSTOMER_NUMBER><SALES_ORGANIZATION>1000</SALES_ORGANIZATION><SALES_ORDERS/>',
    );
    const list = rowsOf(answer, 'SALES_ORDERS') ?? [];
    expect(new Set(list.map((it) => it['SD_DOC'])).size).toBeGreaterThan(25);
    expect(new Set(list.map((it) => it['DOC_STATUS']))).toEqual(new Set(['Open', 'Being processed', 'Completed']));
    const states = rows('VBUK')
      .filter((it) => it['VBTYP'] === 'C')
      .map((it) => `${it['LFGSK']}${it['FKSAK']}${it['CMGST']}`);
    for (const state of ['AAA', 'BBA', 'CAA', 'CCA', 'AAB', 'AAD']) expect(states).toContain(state);
  });

  test.each([
    ['0000104716', 'AUFSD'],
    ['0000104717', 'CRBLB'],
    ['0000104718', 'LIFSD'],
    ['0000104719', 'FAKSD'],
    ['0000104723', 'SPERR'],
    ['0000104723', 'LOEVM'],
    ['0000104723', 'CASSD'],
  ])('%s has the block %s, with a text', async (number, field) => {
    const block = rowsOf(await credit(number), 'ET_BLOCK')?.find((it) => it['FIELD'] === field);
    expect(block?.['TEXT']).not.toBe('');
    expect(block).toBeDefined();
  });

  test('Hansa Werft Süd uses the credit of its holding', async () => {
    const answer = await credit('0000104721');
    expect(rowsOf(answer, 'ET_ACCOUNT')?.[0]?.['KNKLI']).toBe('0000104720');
    expect(rowsOf(answer, 'ET_SHARED')?.map((it) => it['KUNNR'])).toEqual(['0000104720']);
  });

  test('Svea Verktyg has no orders and owes nothing', async () => {
    const answer = await call(
      sap.url,
      'BAPI_SALESORDER_GETLIST',
      '<CUSTOMER_NUMBER>0000104722</CUSTOMER_NUMBER><SALES_ORGANIZATION>6000</SALES_ORGANIZATION><SALES_ORDERS/>',
    );
    expect(rowsOf(answer, 'SALES_ORDERS')).toEqual([]);
    expect(rowsOf(await credit('0000104722'), 'ET_RECEIVABLE')).toEqual([]);
  });
});

describe('generated customers', () => {
  test('are the same for the same seed, others for another', () => {
    expect(generateTables(20, 7)).toEqual(generateTables(20, 7));
    expect(generateTables(20, 7)).not.toEqual(generateTables(20, 8));
  });

  test('load, and their receivables agree with their items', async () => {
    const generated = await startSapSimulator({ data: generateTables(200, 3) });
    for (const index of [0, 99, 199]) {
      const answer = await call(
        generated.url,
        'Z_GANGWAY_CREDIT_READ',
        `<I_KUNNR>${generatedCustomerNumber(index)}</I_KUNNR><ET_ACCOUNT/><ET_RECEIVABLE/>`,
      );
      const [account] = rowsOf(answer, 'ET_ACCOUNT') ?? [];
      const [owed] = rowsOf(answer, 'ET_RECEIVABLE') ?? [];
      expect(Number(owed?.['OVERDUE']) + Number(owed?.['NOT_DUE'])).toBeCloseTo(Number(account?.['SKFOR']), 2);
    }
    await generated.close();
  });
});
