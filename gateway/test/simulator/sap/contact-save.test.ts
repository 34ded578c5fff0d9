/** Contact persons: new and changed, once per key, with name, phone and mail where SAP keeps them. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { startSapSimulator } from '../../../simulator/sap/start.ts';
import type { SapSimulator } from '../../../simulator/sap/start.ts';
import { orgKey, saveContact } from './pack-writer.ts';
import type { ContactWish, Saved } from './pack-writer.ts';
import { call, control, envelope, fault, fields, send, textOf } from './soap-caller.ts';

let sap: SapSimulator;
beforeEach(async () => {
  sap = await startSapSimulator();
});
afterEach(() => sap.close());

const rows = async (table: string, query = ''): Promise<Record<string, string>[]> =>
  (await control(sap.url, 'GET', `tables/${table}?${query}`)).body.rows;
const saved = (wish: ContactWish = {}): Promise<Saved> => saveContact(sap.url, wish);
const whole = {
  NAMEV: 'Åsa',
  NAME1: 'Lindgren-Ödegård',
  SPRAS_ISO: 'SV',
  TELF1: '+46 8 5555 1234 ext. 4711',
  SMTP_ADDR: 'asa@nordwind.example',
  ABTNR: '0002',
  PAFKT: '01',
};

describe('a new contact person', () => {
  test('has a number of its own, and every field is where SAP keeps it', async () => {
    const { contact, messages } = await saved({ values: whole });
    expect(messages).toEqual(['S 012']);
    expect(contact).toMatch(/^0\d{9}$/);
    const [row] = await rows('KNVK', `PARNR=${contact}`);
    expect(row).toMatchObject({ KUNNR: '0000104711', NAMEV: 'Åsa', NAME1: 'Lindgren-Ödegård', PARLA: 'V' });
    expect(row).toMatchObject({ ABTNR: '0002', PAFKT: '01', TELF1: '+46 8 5555 1234' });
    const person = `PERSNUMBER=${row?.['PRSNR']}`;
    const [customer] = await rows('KNA1', 'KUNNR=0000104711');
    expect((await rows('ADR2', person))[0]).toMatchObject({ TEL_NUMBER: whole.TELF1, ADDRNUMBER: customer?.['ADRNR'] });
    expect((await rows('ADR6', person))[0]).toMatchObject({ SMTP_ADDR: whole.SMTP_ADDR });
    expect((await rows('ADRP', person))[0]).toMatchObject({ NAME_FIRST: 'Åsa', NAME_LAST: 'Lindgren-Ödegård' });
  });

  test('without a language has that of the customer', async () => {
    const { contact } = await saved({ customer: '0000104713' });
    const [row] = await rows('KNVK', `PARNR=${contact}`);
    expect(row?.['PARLA']).toBe((await rows('KNA1', 'KUNNR=0000104713'))[0]?.['SPRAS']);
  });

  test('ignores the marks', async () => {
    const { contact } = await saved({ values: { NAME1: 'Berg', NAMEV: 'Ida' }, marks: ['NAME1'] });
    expect((await rows('KNVK', `PARNR=${contact}`))[0]).toMatchObject({ NAME1: 'Berg', NAMEV: 'Ida' });
  });

  test.each<[string, ContactWish, string, string]>([
    ['no last name', { values: { NAMEV: 'Ida' } }, 'E 004', 'NAME1'],
    ['a language SAP does not know', { values: { ...whole, SPRAS_ISO: 'QQ' } }, 'E 005', 'SPRAS_ISO'],
    ['a customer SAP does not have', { customer: '0000999999' }, 'E 153', '0000999999'],
    ['no key', { key: '' }, 'E 004', 'I_EXTERNAL_KEY'],
  ])('with %s is refused and costs no number', async (_what, wish, message, variable) => {
    expect(await saved(wish)).toMatchObject({ messages: [message], contact: '0000000000' });
    expect((await saved(wish)).variables[0]).toBe(variable);
    expect(await rows('KNVK')).toEqual([]);
    expect(await rows('NRIV', 'OBJECT=PARTNER')).toEqual([]);
  });

  test.each([
    ['TSAB', 'ABTNR'],
    ['TPFK', 'PAFKT'],
  ])('is checked against %s where the system has it', async (table, field) => {
    await control(sap.url, 'PATCH', `tables/${table}`, { key: { [field]: '03' }, set: {} });
    expect((await saved({ values: { NAME1: 'Berg', [field]: '99' } })).messages).toEqual(['E 005']);
    expect((await saved({ values: { NAME1: 'Berg', [field]: '03' } })).messages).toEqual(['S 012']);
  });

  test('of a test run is checked and not written', async () => {
    expect(await saved({ testRun: true })).toMatchObject({ messages: [], contact: '0000000000' });
    expect((await saved({ testRun: true, values: {} })).messages).toEqual(['E 004']);
    expect(await rows('KNVK')).toEqual([]);
    expect(await rows('ZGANGWAY_KEY')).toEqual([]);
  });
});

describe('the key of a contact person', () => {
  test('gives the first number again, and the table of keys knows customer and contact', async () => {
    const first = await saved();
    expect(await saved()).toEqual({ ...first, isRepeat: true });
    const answer = await call(sap.url, 'Z_GANGWAY_KEY_READ', fields({ I_EXTERNAL_KEY: orgKey('1') }));
    expect(textOf(answer, 'E_KUNNR')).toBe('0000104711');
    expect(textOf(answer, 'E_PARNR')).toBe(first.contact);
    expect(await rows('KNVK')).toHaveLength(1);
  });

  test('with other content, or used by another function, is refused', async () => {
    await saved();
    expect((await saved({ content: 'b' })).messages).toEqual(['E 003']);
    const change = `${fields({ I_EXTERNAL_KEY: orgKey('1'), I_CONTENT: 'a'.padEnd(64, '0'), I_KUNNR: '0000104711' })}<IS_GENERAL/><ISX_GENERAL/><ET_RETURN/>`;
    expect(textOf(await call(sap.url, 'Z_GANGWAY_CUSTOMER_CHANGE', change), 'NUMBER')).toBe('003');
  });

  test('of two calls at once is one contact person', async () => {
    const both = await Promise.all([saved(), saved()]);
    expect(new Set(both.map((it) => it.contact)).size).toBe(1);
    expect(both.map((it) => it.isRepeat).sort()).toEqual([false, true]);
    expect(await rows('KNVK')).toHaveLength(1);
  });

  test.each([
    ['cut-before-commit', 0],
    ['cut-after-commit', 1],
  ] as const)('tells after %s what came of it', async (kind, contacts) => {
    sap.addFault({ kind, function: 'Z_GANGWAY_CONTACT_SAVE', times: 1 });
    await expect(saved()).rejects.toThrow();
    expect(await rows('KNVK')).toHaveLength(contacts);
    expect((await saved()).isRepeat).toBe(contacts === 1);
    expect(await rows('KNVK')).toHaveLength(1);
  });

  test('shows how often it was asked for and committed', async () => {
    sap.addFault({ kind: 'cut-after-commit', function: 'Z_GANGWAY_CONTACT_SAVE', times: 1 });
    await expect(saved()).rejects.toThrow();
    await saved();
    await saved({ key: orgKey('2') });
    const all = await control(sap.url, 'GET', 'keys');
    expect(all.body).toMatchObject({ count: 2, calls: 3, commits: 2, doubled: [] });
    const one = await control(sap.url, 'GET', `keys?key=${encodeURIComponent(orgKey('1'))}`);
    expect(one.body).toMatchObject({
      uses: [{ key: orgKey('1'), function: 'Z_GANGWAY_CONTACT_SAVE', calls: 2, commits: 1 }],
    });
    await control(sap.url, 'DELETE', 'calls');
    expect((await control(sap.url, 'GET', 'keys')).body).toMatchObject({ count: 0 });
  });
});

describe('changing a contact person', () => {
  const change = (wish: ContactWish): Promise<Saved> => saved({ key: orgKey('change'), ...wish });

  test('writes the marked fields only', async () => {
    const { contact } = await saved({ values: whole });
    const values = { NAMEV: 'Other', TELF1: '+46 1', SMTP_ADDR: 'new@nordwind.example', PAFKT: '' };
    const after = await change({ contact, values, marks: ['TELF1', 'SMTP_ADDR', 'PAFKT'] });
    expect(after).toMatchObject({ messages: ['S 012'], contact });
    const [row] = await rows('KNVK', `PARNR=${contact}`);
    expect(row).toMatchObject({ NAMEV: 'Åsa', TELF1: '+46 1', ABTNR: '0002', PARLA: 'V' });
    expect(row).not.toHaveProperty('PAFKT');
    const person = `PERSNUMBER=${row?.['PRSNR']}`;
    expect((await rows('ADR2', person))[0]).toMatchObject({ TEL_NUMBER: '+46 1' });
    expect((await rows('ADR6', person))[0]).toMatchObject({ SMTP_ADDR: 'new@nordwind.example' });
  });

  test('takes phone and mail away where they are cleared, and names the person anew', async () => {
    const { contact } = await saved({ values: whole });
    await change({ contact, values: { NAME1: 'Berg' }, marks: ['NAME1', 'TELF1', 'SMTP_ADDR', 'SPRAS_ISO'] });
    expect((await rows('KNVK', `PARNR=${contact}`))[0]).toMatchObject({ NAME1: 'Berg', PARLA: 'D' });
    expect((await rows('ADRP'))[0]).toMatchObject({ NAME_FIRST: 'Åsa', NAME_LAST: 'Berg' });
    expect(await rows('ADR2')).toEqual([]);
    expect((await rows('ADR6')).filter((row) => row['PERSNUMBER'] !== undefined)).toEqual([]);
  });

  test('does not clear the last name', async () => {
    const { contact } = await saved();
    expect((await change({ contact, values: {}, marks: ['NAME1'] })).messages).toEqual(['E 004']);
  });

  test('of another customer, or that SAP does not have, is refused', async () => {
    const { contact } = await saved();
    const wrong = await change({ contact, customer: '0000104712', marks: ['NAME1'] });
    expect(wrong).toMatchObject({ messages: ['E 014'], variables: [contact, '0000104712'] });
    expect((await change({ contact: '0000099999', marks: ['NAME1'] })).messages).toEqual(['E 014']);
  });

  test("leaves the customer's own mail alone, and a change of the customer leaves the person's", async () => {
    const own = async (): Promise<unknown> =>
      (await rows('ADR6')).find((row) => row['ADDRNUMBER'] === address && row['PERSNUMBER'] === undefined)?.[
        'SMTP_ADDR'
      ];
    const address = (await rows('KNA1', 'KUNNR=0000104711'))[0]?.['ADRNR'];
    const customer = `${fields({ I_CONTENT: 'c', I_KUNNR: '0000104711' })}<IS_GENERAL>${fields({ SMTP_ADDR: 'info@nordwind.example' })}</IS_GENERAL><ISX_GENERAL>${fields({ SMTP_ADDR: 'X' })}</ISX_GENERAL><ET_RETURN/>`;
    await saved({ values: whole });
    await call(sap.url, 'Z_GANGWAY_CUSTOMER_CHANGE', fields({ I_EXTERNAL_KEY: 'mail' }) + customer);
    expect(await own()).toBe('info@nordwind.example');
    expect((await rows('ADR6', `ADDRNUMBER=${address}`)).map((row) => row['SMTP_ADDR']).sort()).toEqual([
      whole.SMTP_ADDR,
      'info@nordwind.example',
    ]);
  });
});

describe('what stands in the way of a contact person', () => {
  test('a customer that somebody has open', async () => {
    sap.addFault({ kind: 'lock-held', object: 'KNA1', key: '0000104711', user: 'MEYER' });
    expect(await saved()).toMatchObject({ messages: ['E 007'], variables: ['0000104711', 'MEYER'] });
    expect((await saved({ customer: '0000104712' })).messages).toEqual(['S 012']);
  });

  test.each([
    ['F_KNA1_APP', '02'],
    ['F_KNA1_GRP', 'KUNA'],
  ])('a missing %s', async (object, value) => {
    sap.addFault({ kind: 'no-authorization', object, times: 1 });
    expect(await saved()).toMatchObject({ messages: ['E 009'], variables: [object, value] });
    expect((await saved()).messages).toEqual(['S 012']);
  });

  test('a missing right to call it', async () => {
    sap.addFault({ kind: 'no-authorization', function: 'Z_GANGWAY_CONTACT_SAVE' });
    await expect(saved()).rejects.toThrow(/RFC_NO_AUTHORITY/);
  });

  test('a number range that is used up', async () => {
    const key = { OBJECT: 'PARTNER', NRRANGENR: 'AP' };
    await control(sap.url, 'PATCH', 'tables/NRIV', { key, set: { FROMNUMBER: '1', TONUMBER: '1', NRLEVEL: '1' } });
    expect((await saved()).messages).toEqual(['E 751']);
    expect(await rows('ZGANGWAY_KEY')).toEqual([]);
  });

  test('values that are too long, and fields the pack does not have', async () => {
    const parameters = (field: string): string =>
      `${fields({ I_EXTERNAL_KEY: 'x', I_CONTENT: 'x', I_KUNNR: '0000104711' })}<IS_CONTACT>${field}</IS_CONTACT>`;
    const answer = (field: string): ReturnType<typeof fault> =>
      fault(sap.url, 'Z_GANGWAY_CONTACT_SAVE', parameters(field));
    expect((await answer(fields({ NAME1: 'x'.repeat(36) }))).name).toBe('CONVERSION_ERROR');
    expect((await answer(fields({ NAMEV: 'x'.repeat(36) }))).name).toBe('CONVERSION_ERROR');
    expect((await answer(fields({ LOEVM: 'X' }))).status).toBe(500);
    expect((await send(sap.url, envelope('Z_GANGWAY_CONTACT_SAVE', parameters('')))).status).toBe(200);
  });
});

test('contact numbers start above the highest of the data, whose own contact persons can be changed', async () => {
  await sap.close();
  sap = await startSapSimulator({
    data: {
      KNA1: [{ KUNNR: '0000104711', NAME1: 'Nord', LAND1: 'DE', SPRAS: 'D' }],
      // A language that the pack does not know stays as it is.
      KNVK: [{ PARNR: '0000004000', KUNNR: '0000104711', NAME1: 'Alt', PARLA: 'M' }],
    },
  });
  const first = await saved();
  expect(first.contact).toBe('0000004001');
  const old = await saved({ key: orgKey('c'), contact: '0000004000', values: { TELF1: '5' }, marks: ['TELF1'] });
  expect(old.messages).toEqual(['S 012']);
  expect((await rows('KNVK', 'PARNR=0000004000'))[0]).toMatchObject({ NAME1: 'Alt', TELF1: '5', PARLA: 'M' });
  expect((await rows('ADRP')).map((row) => row['NAME_LAST']).sort()).toEqual(['Alt', 'Åström']);
});
