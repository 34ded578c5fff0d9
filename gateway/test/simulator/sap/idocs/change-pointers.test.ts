/** Change pointers and the master IDocs that a job makes of them. */
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import { startSapSimulator } from '../../../../simulator/sap/start.ts';
import { startIdocSystem, nordwind } from './idoc-system.ts';
import type { IdocSystem } from './idoc-system.ts';
import { all, fieldOf, fieldsOf, idocsOf, readXml, shape } from './idoc-reader.ts';

let it: IdocSystem;
afterEach(() => it.close());

const lastIdoc = () => idocsOf(it.receiver.texts().at(-1) ?? '')[0] ?? readXml('<NONE/>');

describe('change pointers', () => {
  test('nothing leaves before a job has read them, and then everything of the customer does', async () => {
    it = await startIdocSystem();
    await it.edit('KNA1', nordwind, { AUFSD: '01' });
    expect(it.receiver.received).toHaveLength(0);
    expect(it.ale.pointers()).toMatchObject([
      { messageType: 'DEBMAS', key: '0000104711', table: 'KNA1', kind: 'update', fields: ['AUFSD'] },
    ]);
    const [number] = await it.run();
    expect(it.ale.pointers()).toEqual([]);
    expect(fieldsOf(lastIdoc(), 'EDI_DC40')['DOCNUM']).toBe(number);
    expect(fieldsOf(lastIdoc(), 'E1KNA1M')).toMatchObject({ MSGFN: '004', KUNNR: '0000104711', AUFSD: '01' });
    expect(fieldsOf(lastIdoc(), 'E1KNB1M')).toMatchObject({ MSGFN: '018', BUKRS: '1000' });
    expect(shape(lastIdoc())).toEqual([
      [
        'E1KNA1M',
        [
          ['E1KNVVM', [...Array<string>(5).fill('E1KNVPM'), 'E1KNVIM']],
          ['E1KNVVM', [...Array<string>(5).fill('E1KNVPM'), 'E1KNVIM']],
          'E1KNB1M',
          'E1KNKAM',
          'E1KNKKM',
        ],
      ],
    ]);
  });

  test('many changes of one customer become one IDoc, changes of two become two', async () => {
    it = await startIdocSystem();
    for (const phone of ['1', '2', '3']) await it.edit('KNA1', nordwind, { TELF1: phone });
    await it.edit('KNVV', { ...nordwind, VKORG: '1000', VTWEG: '10', SPART: '00' }, { LIFSD: '01' });
    await it.edit('KNA1', { KUNNR: '0000104712' }, { AUFSD: '01' });
    expect(await it.run()).toHaveLength(2);
    const [first] = it.receiver.texts().flatMap((text) => idocsOf(text));
    expect(first && fieldsOf(first, 'E1KNA1M')).toMatchObject({ TELF1: '3', MSGFN: '004' });
    expect(first && fieldsOf(first, 'E1KNVVM')).toMatchObject({ LIFSD: '01', MSGFN: '004' });
    expect(await it.run()).toEqual([]);
  });

  test('a change that changes nothing raises none, and credit data raise none unless configured', async () => {
    it = await startIdocSystem();
    await it.edit('KNA1', nordwind, { NAME1: 'Nordwind Logistik GmbH' });
    await it.edit('KNKK', { ...nordwind, KKBER: '1000' }, { CRBLB: 'X' });
    expect(it.ale.pointers()).toEqual([]);
    it.ale.configure({ messageTypes: { DEBMAS: { changePointers: { KNKK: ['CRBLB'] } } } });
    await it.edit('KNKK', { ...nordwind, KKBER: '1000' }, { KLIMK: '1.00' });
    expect(it.ale.pointers()).toEqual([]);
    await it.edit('KNKK', { ...nordwind, KKBER: '1000' }, { CRBLB: null });
    await it.run();
    expect(fieldsOf(lastIdoc(), 'E1KNKKM')).toMatchObject({ MSGFN: '004', KLIMK: '            1.00' });
    expect(fieldsOf(lastIdoc(), 'E1KNKKM')).not.toHaveProperty('CRBLB');
  });

  test('a row that is gone is told by its key with function 003, a new one with 009', async () => {
    it = await startIdocSystem();
    const key = { ...nordwind, VKORG: '1000', VTWEG: '10', SPART: '00', PARVW: 'ZV', PARZA: '000' };
    await it.edit('KNVP', key, { KUNN2: '0000104712' });
    await it.run();
    const told = () =>
      all(lastIdoc(), 'E1KNVPM')
        .filter((partner) => fieldOf(partner, 'PARVW') === 'ZV')
        .map(({ children }) => Object.fromEntries(children.map(({ name, text }) => [name, text])));
    const keys = { PARVW: 'ZV', PARZA: '000' };
    expect(told()).toEqual([{ MSGFN: '009', KUNN2: '0000104712', ...keys }]);
    const { database } = it.ale.system;
    const author = { user: 'TEST', date: '20261121', time: '120000' };
    database.commit([{ kind: 'delete', table: 'KNVP', row: key }], author);
    await it.run();
    expect(told()).toEqual([{ MSGFN: '003', ...keys }]);
  });

  test('an address raises ADRMAS too, which leaves after DEBMAS', async () => {
    it = await startIdocSystem({ messageTypes: { ADRMAS: {}, DEBMAS: {} } });
    await it.edit('ADRC', { ADDRNUMBER: '0000009000' }, { STREET: 'Neue Straße', HOUSE_NUM1: '7a' });
    await it.edit('KNA1', nordwind, { STRAS: 'Neue Straße 7a' });
    await it.run();
    const roots = it.receiver.texts().map((text) => readXml(text).name);
    expect(roots).toEqual(['DEBMAS07', 'ADRMAS03']);
    expect(fieldsOf(lastIdoc(), 'E1ADRMAS')).toMatchObject({ OBJ_TYPE: 'KNA1', OBJ_ID: '0000104711', CONTEXT: '0001' });
    expect(fieldsOf(lastIdoc(), 'E1BPAD1VL')).toMatchObject({
      STREET: 'Neue Straße',
      HOUSE_NO: '7a',
      COUNTRYISO: 'DE',
    });
  });

  test('what cannot be made into an IDoc is noted, and holds up nothing else', async () => {
    const fields = { ZZTEXT: 'x'.repeat(1001) };
    const extension = { name: 'ZDEBMAS7', segment: 'Z1KNA1M', under: 'E1KNA1M', fields };
    it = await startIdocSystem({ messageTypes: { DEBMAS: { extension }, ADRMAS: {} } });
    await it.edit('KNA1', nordwind, { TELF1: '1' });
    await it.edit('ADRC', { ADDRNUMBER: '0000009000' }, { STREET: 'Neu' });
    expect(await it.run()).toHaveLength(1);
    const { problems, pointersOpen } = it.ale.counts();
    expect(problems).toEqual([expect.stringMatching(/^DEBMAS 0000104711: segment Z1KNA1M cannot be 1001 long/)]);
    expect(pointersOpen).toBe(0);
  });

  test('a phone of a contact person is no address of the customer', async () => {
    it = await startIdocSystem({ messageTypes: { ADRMAS: {} } });
    const mail = { ADDRNUMBER: '0000009000', CONSNUMBER: '001' };
    await it.edit('ADR6', { ...mail, PERSNUMBER: '8000000001' }, { SMTP_ADDR: 'person@example.com' });
    expect(await it.run()).toEqual([]);
    await it.edit('ADR6', { ...mail, PERSNUMBER: '' }, { SMTP_ADDR: 'firm@example.com' });
    await it.run();
    expect(all(lastIdoc(), 'E1BPADSMTP').map((found) => fieldOf(found, 'E_MAIL'))).toEqual(['firm@example.com']);
  });

  test('materials and conditions have message types of their own', async () => {
    it = await startIdocSystem({ messageTypes: { MATMAS: {}, COND_A: {} } });
    await it.edit('MARA', { MATNR: 'GW-9' }, { MTART: 'FERT', MEINS: 'ST', NTGEW: '2.5', GEWEI: 'KG' });
    await it.edit('MAKT', { MATNR: 'GW-9', SPRAS: 'DE' }, { MAKTX: 'Fräskopf' });
    const validity = { KFRST: '', DATBI: '99991231' };
    await it.edit(
      'KONP',
      { KNUMH: '0000000001', KOPOS: '01' },
      { KSCHL: 'PR00', KBETR: '99.50', KONWA: 'EUR', KPEIN: '1' },
    );
    await it.edit(
      'A304',
      { KAPPL: 'V', KSCHL: 'PR00', VKORG: '1000', VTWEG: '10', MATNR: 'GW-9', ...validity },
      { DATAB: '20260101', KNUMH: '0000000001' },
    );
    await it.run();
    const [material, condition] = it.receiver.texts().map((text) => readXml(text));
    expect(material && fieldsOf(material, 'E1MARAM')).toMatchObject({
      MSGFN: '009',
      MATNR: 'GW-9',
      MEINS: 'PCE',
      GEWEI: 'KGM',
      NTGEW: '         2.500',
    });
    expect(material && fieldsOf(material, 'E1MAKTM')).toMatchObject({ SPRAS: 'D', SPRAS_ISO: 'DE', MAKTX: 'Fräskopf' });
    expect(condition && fieldsOf(condition, 'E1KOMG')).toMatchObject({
      KOTABNR: '304',
      VAKEY: '100010GW-9',
      VKORG: '1000',
      MATNR: 'GW-9',
    });
    expect(condition && fieldsOf(condition, 'E1KONP')).toMatchObject({ KBETR: '99.50', KONWA: 'EUR', KPEIN: '1' });
    expect(await it.run()).toEqual([]);
    await it.edit('KONP', { KNUMH: '0000000001', KOPOS: '01' }, { LOEVM_KO: 'X' });
    await it.run();
    expect(fieldsOf(lastIdoc(), 'E1KONP')).toMatchObject({ LOEVM_KO: 'X' });
  });
});

describe('reduced and extended message types', () => {
  test('a reduced one has only its segments and fields, and shows a cleared field as an empty element', async () => {
    it = await startIdocSystem({
      messageTypes: { ZDEBMAS: { reference: 'DEBMAS', reduced: { E1KNA1M: ['AUFSD', 'NAME1'], E1KNVVM: '*' } } },
    });
    await it.edit('KNA1', nordwind, { AUFSD: '01' });
    await it.edit('KNA1', nordwind, { AUFSD: null });
    await it.run();
    expect(fieldsOf(lastIdoc(), 'EDI_DC40')).toMatchObject({ MESTYP: 'ZDEBMAS', IDOCTYP: 'DEBMAS07' });
    expect(fieldsOf(lastIdoc(), 'E1KNA1M')).toEqual({
      MSGFN: '004',
      KUNNR: '0000104711',
      AUFSD: '',
      NAME1: 'Nordwind Logistik GmbH',
    });
    expect(shape(lastIdoc())).toEqual([['E1KNA1M', ['E1KNVVM', 'E1KNVVM']]]);
    expect(fieldsOf(lastIdoc(), 'E1KNVVM')).toMatchObject({ WAERS: 'EUR', LIFSD: '' });
  });

  test('or shows with a slash what it does not send', async () => {
    it = await startIdocSystem({
      messageTypes: { ZDEBMAS: { reference: 'DEBMAS', reduced: { E1KNA1M: ['AUFSD'] }, notSent: 'slash' } },
    });
    await it.edit('KNA1', nordwind, { AUFSD: '01' });
    await it.run();
    expect(fieldsOf(lastIdoc(), 'E1KNA1M')).toMatchObject({ AUFSD: '01', NAME1: '/', LIFSD: '/', KUNNR: '0000104711' });
  });

  test('an extension gives the document its name and adds its segment', async () => {
    const extension = { name: 'ZDEBMAS7', segment: 'Z1KNA1M', under: 'E1KNA1M', fields: { ZZKEY: 'A1' } };
    it = await startIdocSystem({ messageTypes: { DEBMAS: { extension } } });
    await it.edit('KNA1', nordwind, { AUFSD: '01' });
    await it.run();
    expect(readXml(it.receiver.texts()[0] ?? '').name).toBe('ZDEBMAS7');
    expect(fieldsOf(lastIdoc(), 'EDI_DC40')).toMatchObject({ IDOCTYP: 'DEBMAS07', CIMTYP: 'ZDEBMAS7' });
    expect(fieldsOf(lastIdoc(), 'Z1KNA1M')).toEqual({ ZZKEY: 'A1' });
  });
});

describe('restart and job', () => {
  test('a number is never used twice, also after a restart', async () => {
    const state = join(await mkdtemp(join(tmpdir(), 'idocs-')), 'state');
    it = await startIdocSystem({}, { state });
    await it.edit('KNA1', nordwind, { TELF1: '1' });
    const [before = ''] = await it.run();
    await it.close();
    it = await startIdocSystem({}, { state });
    // What a restart brings back is no change.
    expect(it.ale.pointers()).toEqual([]);
    await it.edit('KNA1', nordwind, { TELF1: '2' });
    const [after = ''] = await it.run();
    expect(after > before).toBe(true);
  });

  test('pointers, IDocs and what became of them are there again after a restart, and nothing leaves twice', async () => {
    const state = join(await mkdtemp(join(tmpdir(), 'idocs-')), 'state');
    const extension = { name: 'ZDEBMAS7', segment: 'Z1KNA1M', under: 'E1KNA1M', fields: { ZZKEY: 'A1' } };
    const messageTypes = { DEBMAS: { extension }, ADRMAS: { output: 'collect' as const } };
    it = await startIdocSystem({ messageTypes }, { state });
    it.receiver.answer(200, 503);
    for (const number of ['11', '12']) {
      await it.edit('KNA1', { KUNNR: `00001047${number}` }, { TELF1: '1' });
      await it.run();
    }
    await it.edit('ADRC', { ADDRNUMBER: '0000009000' }, { STREET: 'Neu' });
    await it.run();
    await it.edit('KNA1', { KUNNR: '0000104713' }, { AUFSD: '01' });
    const before = JSON.stringify([it.ale.pointers(), it.ale.list()]);
    const [, failed] = it.receiver.texts();
    await it.close();
    it = await startIdocSystem({ messageTypes }, { state });
    expect(JSON.stringify([it.ale.pointers(), it.ale.list()])).toBe(before);
    expect(it.ale.list().map((idoc) => idoc.history.at(-1)?.status)).toEqual(['03', '02', '30']);
    expect(await it.run()).toHaveLength(1);
    expect(it.ale.sendReady()).toHaveLength(1);
    expect(it.ale.sendReady()).toEqual([]);
    await it.ale.idle();
    expect(it.ale.resend()).toHaveLength(1);
    await it.ale.idle();
    expect(it.receiver.texts().at(-1)).toBe(failed);
    expect(it.ale.counts().byStatus).toEqual({ '03': 4 });
  });

  test('the job runs by itself at its interval, and sends again what failed', async () => {
    it = await startIdocSystem({ jobIntervalMs: 10, resendByJob: true });
    it.receiver.answer(503, 503);
    await it.edit('KNA1', nordwind, { AUFSD: '01' });
    const { promise, resolve } = Promise.withResolvers<void>();
    const look = setInterval(() => {
      if (it.ale.list({ status: '03' }).length === 1) resolve();
    }, 5);
    await promise;
    clearInterval(look);
    expect(it.receiver.received).toHaveLength(3);
    expect(it.ale.list()[0]?.history.map(({ status }) => status)).toEqual(['01', '30', '02', '02', '03']);
  });

  test('without the option there is neither a table of numbers nor a path of control', async () => {
    it = await startIdocSystem();
    const plain = await startSapSimulator();
    expect(plain.idocs).toBeUndefined();
    expect((await fetch(`${plain.url}/simulator/idocs`)).status).toBe(404);
    await plain.close();
  });
});
