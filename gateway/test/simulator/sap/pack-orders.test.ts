/** What version 1.2.0 of the pack adds: partners, contacts, orders once per key; and what older ones lack. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { startSapSimulator } from '../../../simulator/sap/start.ts';
import type { SapSimulator } from '../../../simulator/sap/start.ts';
import { keyFields, orgKey, saveContact } from './pack-writer.ts';
import type { PackKey } from './pack-writer.ts';
import { call, control, createParameters, fault, fields, rowsOf, textOf } from './soap-caller.ts';

let sap: SapSimulator;
beforeEach(async () => {
  sap = await startSapSimulator();
});
afterEach(() => sap.close());

type Values = Readonly<Record<string, string>>;
const table = (name: string, rows: readonly Values[]): string =>
  `<${name}>${rows.map((row) => `<item>${fields(row)}</item>`).join('')}</${name}>`;

describe('Z_GANGWAY_PARTNERS_READ', () => {
  const read = async (more = ''): Promise<{ rows: Record<string, string>[]; more: string; messages: string[] }> => {
    const answer = await call(sap.url, 'Z_GANGWAY_PARTNERS_READ', `${more}<ET_PARTNER/><ET_RETURN/>`);
    const messages = (rowsOf(answer, 'ET_RETURN') ?? []).map((it) => `${it['ID']} ${it['NUMBER']}`);
    return { rows: rowsOf(answer, 'ET_PARTNER') ?? [], more: textOf(answer, 'E_MORE') ?? '', messages };
  };

  test('gives functions with words, names and cities, by sales area', async () => {
    const { rows } = await read('<I_KUNNR>0000104711</I_KUNNR>');
    expect(rows.length).toBeGreaterThan(4);
    expect(rows[0]).toMatchObject({ VKORG: '1000', VTWEG: '10', PARVW: 'AG', KIND: 'K', PARTNER: '0000104711' });
    expect(rows[0]?.['NAME']).toBe('Nordwind Logistik GmbH');
    expect(rows.every((it) => it['TEXT'] !== '')).toBe(true);
  });

  test('keeps to one sales area, and to a number of rows, and says that there are more', async () => {
    const narrow = await read('<I_KUNNR>0000104711</I_KUNNR><I_VTWEG>20</I_VTWEG>');
    expect(new Set(narrow.rows.map((it) => it['VTWEG']))).toEqual(new Set(['20']));
    const short = await read('<I_KUNNR>0000104711</I_KUNNR><I_MAX_ROWS>2</I_MAX_ROWS>');
    expect([short.rows.length, short.more]).toEqual([2, 'X']);
    expect((await read('<I_KUNNR>0000999999</I_KUNNR>')).messages).toEqual(['F2 153']);
  });
});

test('Z_GANGWAY_PARTNERS_READ tells by its first number who a partner is, and by the address what it is called', async () => {
  await sap.close();
  const row = { KUNNR: '0000104711', VKORG: '1000', VTWEG: '10', SPART: '00', PARZA: '000' };
  const ADRC = [
    { ADDRNUMBER: '1', DATE_FROM: '20260101', NAME1: 'Nordwind SE', CITY1: 'Kiel', COUNTRY: 'DE' },
    { ADDRNUMBER: '1', DATE_FROM: '00010101', NAME1: 'Nordwind GmbH', CITY1: 'Hamburg', COUNTRY: 'DE' },
    { ADDRNUMBER: '1', DATE_FROM: '20260201', NATION: 'C', NAME1: 'Beifeng', CITY1: 'Jier', COUNTRY: 'DE' },
  ];
  const KNVP = [
    { ...row, PARVW: 'AG', KUNN2: '0000104711', LIFNR: '0000300001' },
    { ...row, PARVW: 'SP', LIFNR: '0000300001', PARNR: '0000000815' },
    { ...row, PARVW: 'VE', PERNR: '00001234' },
    { ...row, PARVW: 'ZC', PARNR: '0000000815', PERNR: '00001234' },
    { ...row, PARVW: 'ZN' },
  ];
  const KNA1 = [{ KUNNR: '0000104711', NAME1: 'Nordwind', ADRNR: '1' }];
  sap = await startSapSimulator({ data: { KNA1, ADRC, KNVP } });
  const answer = await call(sap.url, 'Z_GANGWAY_PARTNERS_READ', '<I_KUNNR>0000104711</I_KUNNR><ET_PARTNER/>');
  const rows = rowsOf(answer, 'ET_PARTNER') ?? [];
  expect(rows.map((it) => `${it['PARVW']} ${it['KIND']} ${it['PARTNER']}`.trim())).toEqual([
    'AG K 0000104711',
    'SP L 0000300001',
    'VE P 0000001234',
    'ZC A 0000000815',
    'ZN',
  ]);
  expect(rows[0]).toMatchObject({ NAME: 'Nordwind SE', CITY: 'Kiel' });
});

test('Z_GANGWAY_CONTACTS_READ gives what was saved', async () => {
  const values = {
    NAMEV: 'Åsa',
    NAME1: 'Lindgren',
    SPRAS_ISO: 'SV',
    TELF1: '+46 8 1234567890123',
    SMTP_ADDR: 'a@b.example',
  };
  await saveContact(sap.url, { values });
  const answer = await call(sap.url, 'Z_GANGWAY_CONTACTS_READ', '<I_KUNNR>0000104711</I_KUNNR><ET_CONTACT/>');
  expect(rowsOf(answer, 'ET_CONTACT')).toEqual([expect.objectContaining({ ...values, LOEVM: '' })]);
});

describe('Z_GANGWAY_ORDER_CREATE', () => {
  interface Wish extends PackKey {
    readonly header?: Values;
    readonly items?: readonly Values[];
    readonly lines?: readonly Values[];
    readonly partners?: readonly Values[];
  }
  const create = async (
    wish: Wish = {},
  ): Promise<{ number: string; isRepeat: boolean; status: string; messages: string[] }> => {
    const header = {
      VBTYP: 'C',
      AUART: 'TA',
      VKORG: '1000',
      VTWEG: '10',
      SPART: '00',
      KUNNR: '0000104722',
      BSTKD: 'PO 9',
    };
    const area = { KUNNR: '0000104711' };
    const parameters =
      `<IS_HEADER>${fields({ ...header, ...area, ...wish.header })}</IS_HEADER>` +
      table('IT_ITEM', wish.items ?? [{ POSNR: '000010', MATNR: 'GW-2040' }]) +
      table('IT_SCHEDULE', wish.lines ?? [{ POSNR: '000010', WMENG: '2.000', EDATU: '2030-05-01' }]) +
      table('IT_PARTNER', wish.partners ?? []);
    const answer = await call(sap.url, 'Z_GANGWAY_ORDER_CREATE', `${keyFields(wish)}${parameters}<ET_RETURN/>`);
    return {
      number: textOf(answer, 'E_VBELN') ?? '',
      isRepeat: textOf(answer, 'E_REPEATED') === 'X',
      status: textOf(answer, 'E_CMGST') ?? '',
      messages: (rowsOf(answer, 'ET_RETURN') ?? []).map((it) => `${it['TYPE']} ${it['NUMBER']}`),
    };
  };

  test('commits the document together with its key, and a repeated call gives the same one', async () => {
    const first = await create();
    expect(first.messages).toEqual(['S 018']);
    const [row] = (await control(sap.url, 'GET', `tables/VBAK?VBELN=${first.number}`)).body.rows;
    expect(row).toMatchObject({ AUART: 'TA', KUNNR: '0000104711', WAERK: 'EUR', BSTNK: 'PO 9' });
    expect(Number(row?.['NETWR'])).toBeGreaterThan(0);
    expect(await create()).toMatchObject({ number: first.number, isRepeat: true, messages: ['S 018'] });
    const key = await call(sap.url, 'Z_GANGWAY_KEY_READ', `${fields({ I_EXTERNAL_KEY: orgKey('1') })}<ET_RETURN/>`);
    expect([textOf(key, 'E_STATE'), textOf(key, 'E_VBELN')]).toEqual(['D', first.number]);
  });

  test('an order over the credit limit is saved and says that it is blocked', async () => {
    const { number, status } = await create({ lines: [{ POSNR: '000010', WMENG: '900000.000' }] });
    expect([number === '', status]).toEqual([false, 'B']);
  });

  test('an order refers to the quotation it comes from', async () => {
    const quotation = await create({ header: { VBTYP: 'B', AUART: 'AG' } });
    const items = [{ POSNR: '000010', MATNR: 'GW-2040', VGBEL: quotation.number, VGPOS: '000010' }];
    const order = await create({ key: orgKey('2'), items, header: { VGBEL: quotation.number, VGTYP: 'B' } });
    const flow = (await control(sap.url, 'GET', `tables/VBFA?VBELN=${order.number}`)).body.rows;
    expect(flow).toEqual([expect.objectContaining({ VBELV: quotation.number, VBTYP_V: 'B', VBTYP_N: 'C' })]);
  });

  test.each<[string, Wish, string]>([
    ['no item', { items: [], lines: [] }, 'E 004'],
    ['an item without a line', { lines: [] }, 'E 004'],
    [
      'a line of no item',
      {
        lines: [
          { POSNR: '000010', WMENG: '1' },
          { POSNR: '000020', WMENG: '1' },
        ],
      },
      'E 005',
    ],
    ['no quantity', { lines: [{ POSNR: '000010', WMENG: '0' }] }, 'E 015'],
    [
      'an item twice',
      {
        items: [
          { POSNR: '000010', MATNR: 'A' },
          { POSNR: '000010', MATNR: 'B' },
        ],
      },
      'E 021',
    ],
    ['another sold-to party', { partners: [{ PARVW: 'AG', PARTNER: '0000104712' }] }, 'E 020'],
    ['another category', { header: { VBTYP: 'M' } }, 'E 005'],
    ['a type that is not there', { header: { AUART: 'ZZZZ' } }, 'E 320'],
  ])('writes nothing with %s', async (_what, wish, message) => {
    const { number, messages } = await create(wish);
    expect(messages).toContain(message);
    expect(number).toBe('');
  });
});

describe('a new customer with partners and taxes', () => {
  const create = async (tables: string, key = orgKey('1')): Promise<{ number: string; messages: string[] }> => {
    const parameters = createParameters({ key }).replace('<ET_RETURN/>', '');
    const answer = await call(sap.url, 'Z_GANGWAY_CUSTOMER_CREATE', `${parameters}${tables}<ET_RETURN/>`);
    const messages = (rowsOf(answer, 'ET_RETURN') ?? []).map((it) => `${it['TYPE']} ${it['NUMBER']}`);
    return { number: textOf(answer, 'E_KUNNR') ?? '', messages };
  };

  test('has those that were given, itself for the others, and taxes for the categories nobody named', async () => {
    const partners = table('IT_PARTNERS', [
      { PARVW: 'RG', KUNN2: '0000104711' },
      { PARVW: 'WE' },
      { PARVW: 'WE', KUNN2: '0000104712' },
    ]);
    const { number } = await create(partners + table('IT_TAX', [{ ALAND: 'SE', TATYP: 'MWST', TAXKD: '0' }]));
    const rows = (await control(sap.url, 'GET', `tables/KNVP?KUNNR=${number}`)).body.rows;
    const shown = rows.map(
      (it) => `${it['PARVW']} ${it['PARZA'] ?? '000'} ${it['KUNN2'] === number ? 'self' : it['KUNN2']}`,
    );
    expect(shown.sort()).toEqual([
      'AG 000 self',
      'RE 000 self',
      'RG 000 0000104711',
      'WE 000 self',
      'WE 001 0000104712',
    ]);
    const taxes = (await control(sap.url, 'GET', `tables/KNVI?KUNNR=${number}`)).body.rows;
    expect(taxes.map((it) => `${it['ALAND']} ${it['TAXKD']}`).sort()).toEqual(['DE 1', 'SE 0']);
  });

  test.each([
    ['another sold-to party', [{ PARVW: 'AG', KUNN2: '0000104711' }], [], 'E 020'],
    ['two sold-to parties', [{ PARVW: 'AG' }, { PARVW: 'AG' }], [], 'E 021'],
    ['a function that nobody knows', [{ PARVW: 'Q9', LIFNR: '0000001000' }], [], 'E 005'],
    ['a country that nobody knows', [], [{ ALAND: 'QQ', TATYP: 'MWST', TAXKD: '1' }], 'E 005'],
    ['an unknown partner', [{ PARVW: 'RE', KUNN2: '0000999999' }], [], 'E 005'],
    ['another sales area', [{ VKORG: '3000', PARVW: 'RE' }], [], 'E 017'],
    [
      'a tax twice',
      [],
      [
        { ALAND: 'NO', TATYP: 'MWST', TAXKD: '1' },
        { ALAND: 'NO', TATYP: 'MWST', TAXKD: '0' },
      ],
      'E 021',
    ],
  ])('is refused with %s', async (_what, partners, taxes, message) => {
    const { number, messages } = await create(table('IT_PARTNERS', partners) + table('IT_TAX', taxes));
    expect([number, messages]).toEqual(['', [message]]);
  });
});

test('what is wrong with a new customer and with its tables is said at once', async () => {
  const parameters = createParameters({ key: orgKey('1') })
    .replace('<ET_RETURN/>', '')
    .replace(/<LAND1>\w+</, '<LAND1>QQ<');
  const tables = table('IT_PARTNERS', [{ LIFNR: '1' }]) + table('IT_TAX', [{ ALAND: 'DE' }]);
  const answer = await call(sap.url, 'Z_GANGWAY_CUSTOMER_CREATE', `${parameters}${tables}<ET_RETURN/>`);
  expect((rowsOf(answer, 'ET_RETURN') ?? []).map((it) => `${it['NUMBER']} ${it['FIELD']}`)).toEqual([
    '005 LAND1',
    '004 PARVW',
    '004 TATYP',
    '004 TAXKD',
  ]);
});

describe('a user who may not see everything', () => {
  test.each([
    ['PARTNERS_READ', 'ET_PARTNER', 'F_KNA1_APP', '03'],
    ['PARTNERS_READ', 'ET_PARTNER', 'F_KNA1_GRP', 'KUNA'],
    ['PARTNERS_READ', 'ET_PARTNER', 'V_KNA1_VKO', '1000/10/00'],
    ['CONTACTS_READ', 'ET_CONTACT', 'F_KNA1_GRP', 'KUNA'],
    ['CREDIT_READ', 'ET_ACCOUNT', 'F_KNA1_BUK', '1000'],
    ['CREDIT_READ', 'ET_ACCOUNT', 'F_KNKA_KKB', '1000'],
    ['CREDIT_READ', 'ET_RECEIVABLE', 'F_BKPF_BUK', '1000'],
    ['INVOICES_READ', 'ET_INVOICE', 'V_VBRK_VKO', '1000'],
    ['INVOICES_READ', 'ET_RECEIVABLE', 'F_BKPF_KOA', 'D'],
  ])('gets nothing of Z_GANGWAY_%s %s without %s', async (name, output, object, value) => {
    await control(sap.url, 'POST', 'faults', { kind: 'no-authorization', object });
    const parameters = `<I_KUNNR>0000104711</I_KUNNR><${output}/><ET_RETURN/>`;
    const answer = await call(sap.url, `Z_GANGWAY_${name}`, parameters);
    expect(rowsOf(answer, output)).toEqual([]);
    const messages = (rowsOf(answer, 'ET_RETURN') ?? []).map(
      (it) => `${it['TYPE']} ${it['NUMBER']} ${it['MESSAGE_V1']} ${it['MESSAGE_V2']}`,
    );
    expect(messages).toEqual([`E 009 ${object} ${value}`]);
  });
});

describe('an older pack', () => {
  test.each(['1.0.0', '1.1.0'] as const)('%s lacks what came later', async (packVersion) => {
    const old = await startSapSimulator({ packVersion });
    try {
      for (const name of ['PARTNERS_READ', 'CONTACTS_READ', 'ORDER_CREATE', 'CHANGES_READ'])
        expect((await fault(old.url, `Z_GANGWAY_${name}`, '')).name).toBe('FU_NOT_FOUND');
      const version = await call(old.url, 'Z_GANGWAY_VERSION', '');
      expect([textOf(version, 'E_VERSION'), textOf(version, 'E_LOGSYS')]).toEqual([packVersion, undefined]);
      const taxed = `${createParameters({ key: orgKey('1') })}<IT_TAX/>`;
      expect((await fault(old.url, 'Z_GANGWAY_CUSTOMER_CREATE', taxed)).name).toBe('CALL_FUNCTION_PARM_UNKNOWN');
      const rows = rowsOf(
        await call(old.url, 'DDIF_FIELDINFO_GET', '<TABNAME>ZGANGWAY_S_SALES</TABNAME><DFIES_TAB/>'),
        'DFIES_TAB',
      );
      expect(rows?.map((it) => it['FIELDNAME'])).toEqual(['VKORG', 'VTWEG', 'SPART', 'WAERS', 'ZTERM']);
    } finally {
      await old.close();
    }
  });

  test('the newest one says which system answers, and what time it is there', async () => {
    const version = await call(sap.url, 'Z_GANGWAY_VERSION', '');
    expect([textOf(version, 'E_LOGSYS'), textOf(version, 'E_SYSTEM'), textOf(version, 'E_CLIENT')]).toEqual([
      'ERPCLNT100',
      'ERP',
      '100',
    ]);
    expect(textOf(version, 'E_UTC_STAMP')).toMatch(/^20\d{12}$/);
  });
});
