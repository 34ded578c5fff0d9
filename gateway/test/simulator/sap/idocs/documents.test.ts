/** IDocs of documents: output control on creation and change, and what stands in them. */
import { afterEach, describe, expect, test } from '@jest/globals';
import { startIdocSystem } from './idoc-system.ts';
import type { IdocSystem } from './idoc-system.ts';
import { all, fieldOf, fieldsOf, idocsOf, readXml, shape } from './idoc-reader.ts';
import type { Element } from './idoc-reader.ts';

let it: IdocSystem;
afterEach(() => it.close());

const idocs = (): readonly Element[] => it.receiver.texts().flatMap((text) => idocsOf(text));
const last = (): Element => idocs().at(-1) ?? readXml('<NONE/>');
const everyField = (element: Element, segment: string, field: string): readonly (string | undefined)[] =>
  all(element, segment).map((found) => fieldOf(found, field));
const load = async (messageType: string, from: string, to = from): Promise<void> => {
  await it.jobs.load({ messageType, from, to }).ended;
};

describe('orders', () => {
  test('a change of an order sends the whole order, and says which item it was', async () => {
    it = await startIdocSystem({ messageTypes: { ORDRSP: {} } });
    await it.edit('VBAP', { VBELN: '0000004500', POSNR: '000020' }, { ABGRU: '01' });
    await it.ale.idle();
    expect(idocs()).toHaveLength(1);
    expect(fieldsOf(last(), 'EDI_DC40')).toMatchObject({ MESTYP: 'ORDRSP', IDOCTYP: 'ORDERS05' });
    expect(everyField(last(), 'E1EDP01', 'ACTION')).toEqual(['004', '003']);
    expect(everyField(last(), 'E1EDP01', 'ABGRU')).toEqual([undefined, '01']);
    expect(shape(last())).toEqual([
      'E1EDK01',
      ...Array<string>(4).fill('E1EDK14'),
      ...['E1EDK03', 'E1EDK03'],
      ...Array<string>(4).fill('E1EDKA1'),
      ...['E1EDK02', 'E1EDK02', 'E1EDK17', 'E1EDK18'],
      ['E1EDP01', ['E1EDP02', 'E1EDP20', 'E1EDP19']],
      ['E1EDP01', ['E1EDP02', 'E1EDP20', 'E1EDP19']],
      'E1EDS01',
    ]);
    expect(everyField(last(), 'E1EDK02', 'BELNR')).toEqual(['NW-2004', '0000004500']);
  });

  test('one unit of work is one IDoc, quotations are none, and foreign tables are none', async () => {
    it = await startIdocSystem({ messageTypes: { ORDRSP: {} } });
    const { database } = it.ale.system;
    const author = { user: 'TEST', date: '20261121', time: '120000' };
    const head = { VBELN: '0000099001', VBTYP: 'C', AUART: 'TA', WAERK: 'EUR', NETWR: '20.00', KUNNR: '0000104711' };
    const item = {
      VBELN: '0000099001',
      POSNR: '000010',
      MATNR: 'GW-2040',
      KWMENG: '2.000',
      VRKME: 'ST',
      NETWR: '20.00',
    };
    database.commit(
      [
        { kind: 'insert', table: 'VBAK', row: head },
        { kind: 'insert', table: 'VBAP', row: item },
        { kind: 'insert', table: 'VBAK', row: { ...head, VBELN: '0000099002', VBTYP: 'B' } },
      ],
      author,
    );
    await it.edit('KNA1', { KUNNR: '0000104711' }, { TELF1: '1' });
    await it.ale.idle();
    expect(idocs()).toHaveLength(1);
    expect(fieldsOf(last(), 'E1EDK01')).not.toHaveProperty('ACTION');
    expect(everyField(last(), 'E1EDP01', 'ACTION')).toEqual(['001']);
    database.commit([{ kind: 'delete', table: 'VBAP', row: item }], author);
    await it.ale.idle();
    expect(fieldsOf(last(), 'E1EDK01')).not.toHaveProperty('LIFSK');
    expect(fieldsOf(last(), 'E1EDP01')).toMatchObject({ POSEX: '000010', ACTION: '002' });
  });

  test('amounts have the decimals of their currency', async () => {
    it = await startIdocSystem({ messageTypes: { ORDRSP: {} } });
    const order = { WAERK: 'JPY', NETWR: '1234.00', VBTYP: 'C' };
    await it.edit('VBAK', { VBELN: '0000099003' }, order);
    await it.edit('VBAK', { VBELN: '0000099004' }, { ...order, WAERK: 'KWD', NETWR: '12345.67' });
    await it.ale.idle();
    expect(idocs().map((idoc) => fieldsOf(idoc, 'E1EDS01'))).toEqual([
      { SUMID: '002', SUMME: '123400', SUNIT: 'JPY' },
      { SUMID: '002', SUMME: '1234.567', SUNIT: 'KWD' },
    ]);
  });
});

describe('deliveries', () => {
  test('leave at goods issue, not when they are created', async () => {
    it = await startIdocSystem({ messageTypes: { DESADV: {} } });
    const key = { VBELN: '0080099001' };
    await it.edit(
      'LIPS',
      { ...key, POSNR: '000010' },
      { MATNR: 'GW-2040', LFIMG: '2', VRKME: 'ST', VGBEL: '4500', VGPOS: '10' },
    );
    await it.edit('LIKP', key, { KUNNR: '0000104711', WADAT: '20261120' });
    await it.ale.idle();
    expect(idocs()).toHaveLength(0);
    await it.edit('LIKP', key, { WADAT_IST: '20261121', BOLNR: 'TRACK-1' });
    await it.ale.idle();
    expect(idocs()).toHaveLength(1);
    await it.edit('LIKP', key, { BOLNR: 'TRACK-2' });
    await it.ale.idle();
    expect(idocs()).toHaveLength(1);
    expect(fieldsOf(last(), 'E1EDL20')).toMatchObject({ VBELN: '0080099001', BOLNR: 'TRACK-1' });
    expect(all(last(), 'E1EDT13').map((it) => [fieldOf(it, 'QUALF'), fieldOf(it, 'ISDD')])).toEqual([
      ['006', '20261121'],
      ['007', undefined],
    ]);
    expect(fieldsOf(last(), 'E1EDL24')).toMatchObject({ LFIMG: '2.000', VRKME: 'PCE' });
    expect(fieldsOf(last(), 'E1EDL43')).toMatchObject({ QUALF: 'C', BELNR: '0000004500', POSNR: '000010' });
    expect(fieldsOf(last(), 'E1EDL41')).toMatchObject({ QUALI: '001', BSTNR: 'NW-2004' });
  });

  test('may be told when they are created or changed, under another message type', async () => {
    it = await startIdocSystem({ messageTypes: { SHPORD: { events: ['creation', 'change'] } } });
    await it.edit('LIKP', { VBELN: '0080099001' }, { KUNNR: '0000104711' });
    await it.edit('LIKP', { VBELN: '0080099001' }, { ROUTE: 'R1' });
    await it.ale.idle();
    expect(idocs().map((idoc) => fieldsOf(idoc, 'EDI_DC40')['MESTYP'])).toEqual(['SHPORD', 'SHPORD']);
  });
});

describe('invoices', () => {
  test('name their order, delivery and totals', async () => {
    it = await startIdocSystem({ messageTypes: { INVOIC: {} } });
    await load('INVOIC', '0090004711');
    expect(fieldsOf(last(), 'E1EDK01')).toMatchObject({ BSART: 'INVO', BELNR: '0090004711', CURCY: 'EUR' });
    expect(
      Object.fromEntries(all(last(), 'E1EDS01').map((sum) => [fieldOf(sum, 'SUMID'), fieldOf(sum, 'SUMME')])),
    ).toEqual({
      '010': '4153.00',
      '005': '789.07',
      '011': '4942.07',
    });
    expect(fieldsOf(last(), 'E1EDK04')).toMatchObject({ MSATZ: '19.00', MWSBT: '789.07' });
    const [item] = all(last(), 'E1EDP01');
    expect(item && all(item, 'E1EDP02').map((it) => [fieldOf(it, 'QUALF'), fieldOf(it, 'BELNR')])).toEqual([
      ['001', 'NW-2004'],
      ['002', '0000004500'],
      ['016', '0080004711'],
    ]);
  });

  test('a credit memo and a cancellation have positive amounts, and BSART says what they are', async () => {
    it = await startIdocSystem({ messageTypes: { INVOIC: {} } });
    await load('INVOIC', '0090004734', '0090004735');
    const [cancellation, creditMemo] = idocs();
    expect(cancellation && fieldsOf(cancellation, 'E1EDK01')['BSART']).toBe('CRME');
    const cancelled = cancellation && all(cancellation, 'E1EDK02').find((it) => fieldOf(it, 'QUALF') === '017');
    expect(fieldOf(cancelled, 'BELNR')).toBe('0090004733');
    expect(creditMemo && fieldsOf(creditMemo, 'E1EDK01')['BSART']).toBe('CRME');
    expect(it.receiver.texts().join('')).not.toMatch(/<(?:SUMME|BETRG|MWSBT)>[^<]*-/);
  });

  test('leave when they are created, and never again', async () => {
    it = await startIdocSystem({ messageTypes: { INVOIC: {} } });
    const bill = { FKART: 'F2', VBTYP: 'M', WAERK: 'EUR', NETWR: '10.00', KUNRG: '0000104711' };
    await it.edit('VBRP', { VBELN: '0090099001', POSNR: '000010' }, { FKIMG: '1', VRKME: 'ST', NETWR: '10.00' });
    await it.edit('VBRK', { VBELN: '0090099001' }, bill);
    await it.edit('VBRK', { VBELN: '0090099001' }, { RFBSK: 'C' });
    await it.ale.idle();
    expect(idocs()).toHaveLength(1);
    expect(all(last(), 'E1EDP01')).toHaveLength(1);
  });
});
