/** IDocs written for tests, as XML and as flat files, by code that shares nothing with what reads them but the layouts. */
import { readFileSync } from 'node:fs';
import type { Idoc, IdocExpectations, IdocResult } from '../../../src/sap/idoc/index.ts';
import type { Seeded } from '../fakes/seeded.ts';

export interface WrittenSegment {
  readonly type: string;
  readonly definition: string;
  readonly fields: readonly (readonly [name: string, value: string])[];
  readonly children: readonly WrittenSegment[];
}

export interface WrittenIdoc {
  readonly control: Readonly<Record<string, string>>;
  readonly segments: readonly WrittenSegment[];
}

export const expected: IdocExpectations = { client: '100', senders: new Set(['ERPCLNT100']) };

export const controlLayout = (
  'TABNAM 10, MANDT 3, DOCNUM 16, DOCREL 4, STATUS 2, DIRECT 1, OUTMOD 1, EXPRSS 1, TEST 1, IDOCTYP 30, CIMTYP 30, MESTYP 30, ' +
  'MESCOD 3, MESFCT 3, STD 1, STDVRS 6, STDMES 6, SNDPOR 10, SNDPRT 2, SNDPFC 2, SNDPRN 10, SNDSAD 21, SNDLAD 70, RCVPOR 10, ' +
  'RCVPRT 2, RCVPFC 2, RCVPRN 10, RCVSAD 21, RCVLAD 70, CREDAT 8, CRETIM 6, REFINT 14, REFGRP 14, REFMES 14, ARCKEY 70, SERIAL 20'
)
  .split(', ')
  .map((part): readonly [string, number] => [part.split(' ')[0] ?? '', Number(part.split(' ')[1])]);

const layoutFile = new URL('../../../src/sap/idoc/flat/segment-layouts.json', import.meta.url);
const layoutTexts = JSON.parse(readFileSync(layoutFile, 'utf8')) as Record<string, string>;

/** Fields and lengths of a segment type. */
export function layoutOf(type: string): readonly (readonly [name: string, length: number])[] {
  const parts = (layoutTexts[type] ?? '').split(', ').filter((part) => part !== '');
  return parts.map((part) => [part.split(' ')[0] ?? '', Number(part.split(' ')[1])]);
}

/** A control record as the test system sends it. */
export function control(
  docnum: number | string,
  changes: Readonly<Record<string, string>> = {},
): WrittenIdoc['control'] {
  return {
    ...{ TABNAM: 'EDI_DC40', MANDT: '100', DOCNUM: String(docnum).padStart(16, '0'), DOCREL: '750', STATUS: '30' },
    ...{ DIRECT: '1', OUTMOD: '2', IDOCTYP: 'DEBMAS07', MESTYP: 'DEBMAS', SNDPOR: 'SAPERP', SNDPRT: 'LS' },
    ...{ SNDPRN: 'ERPCLNT100', RCVPOR: 'A000000042', RCVPRT: 'LS', RCVPRN: 'GANGWAY', CREDAT: '20261121' },
    ...{ CRETIM: '101500', SERIAL: '20261121101500' },
    ...changes,
  };
}

/** A segment of a known type; the definition gets a version as SAP's have. */
export function segment(
  type: string,
  fields: Readonly<Record<string, string>>,
  children: readonly WrittenSegment[] = [],
  version = '005',
): WrittenSegment {
  const order = layoutOf(type).map(([name]) => name);
  const sorted = Object.entries(fields).sort(([one], [other]) => order.indexOf(one) - order.indexOf(other));
  return { type, definition: `${type.slice(0, 1)}2${type.slice(2)}${version}`, fields: sorted, children };
}

/** A customer with one sales area. */
export function customer(docnum: number, changes: Readonly<Record<string, string>> = {}): WrittenIdoc {
  const area = segment('E1KNVVM', { MSGFN: '005', VKORG: '1000', VTWEG: '10', SPART: '00', ZTERM: 'Z030' }, [
    segment('E1KNVPM', { MSGFN: '005', PARVW: 'AG', KUNN2: '0000104711' }, [], ''),
  ]);
  const root = segment(
    'E1KNA1M',
    { MSGFN: '005', KUNNR: '0000104711', NAME1: 'Nordwind Logistik GmbH', ORT01: 'Lüneburg' },
    [area],
  );
  return { control: control(docnum, changes), segments: [root] };
}

const escape = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
const element = (name: string, value: string): string => `<${name}>${escape(value)}</${name}>`;

function segmentXml({ type, fields, children }: WrittenSegment): string {
  const content = fields.map(([name, value]) => element(name, value)).join('');
  return `<${type} SEGMENT="1">${content}${children.map(segmentXml).join('')}</${type}>`;
}

/** One IDOC element. */
export function idocXml({ control: record, segments }: WrittenIdoc): string {
  const fields = Object.entries(record).filter(([, value]) => value !== '');
  const head = fields.map(([name, value]) => element(name, value)).join('');
  return `<IDOC BEGIN="1"><EDI_DC40 SEGMENT="1">${head}</EDI_DC40>${segments.map(segmentXml).join('')}</IDOC>`;
}

/** A document, without declaration. */
export function documentXml(idocs: readonly WrittenIdoc[], root = 'DEBMAS07'): string {
  return `<${root}>\n${idocs.map(idocXml).join('\n ')}\n</${root}>\n`;
}

/** A document as bytes of UTF-8. */
export function xmlBytes(idocs: readonly WrittenIdoc[], root?: string): Buffer {
  return Buffer.from(`<?xml version="1.0" encoding="utf-8"?>\n${documentXml(idocs, root)}`);
}

function dataOf({ type, fields }: WrittenSegment): string {
  const values = new Map(fields);
  return layoutOf(type)
    .map(([name, length]) => (values.get(name) ?? '').padEnd(length))
    .join('');
}

/** The records of an IDoc, each with its full length. */
export function flatRecords({ control: record, segments }: WrittenIdoc): string[] {
  const records = [controlLayout.map(([name, length]) => (record[name] ?? '').padEnd(length)).join('')];
  const add = (written: WrittenSegment, parent: number, level: number): void => {
    const number = records.length;
    const numbers = String(number).padStart(6, '0') + String(parent).padStart(6, '0') + String(level).padStart(2, '0');
    const owner = (record.MANDT ?? '').padEnd(3) + (record.DOCNUM ?? '').padEnd(16);
    records.push(written.definition.padEnd(30) + owner + numbers + dataOf(written).padEnd(1000));
    for (const child of written.children) add(child, number, level + 1);
  };
  for (const each of segments) add(each, 0, 2);
  return records;
}

/** A flat file as bytes. */
export function flatBytes(idocs: readonly WrittenIdoc[], lineEnd = '\n', isTrimmed = false): Buffer {
  const records = idocs.flatMap(flatRecords);
  return Buffer.from(records.map((each) => (isTrimmed ? each.replace(/ +$/, '') : each) + lineEnd).join(''));
}

/** What reading this IDoc must give. */
export function asRead({ control: record, segments }: WrittenIdoc): Idoc {
  const read: Idoc['segments'][number][] = [];
  const add = ({ type, fields, children }: WrittenSegment, parent: number | null): void => {
    const place = read.length;
    read.push({ name: type, parent, fields: Object.fromEntries(fields) });
    for (const child of children) add(child, place);
  };
  for (const each of segments) add(each, null);
  const full = controlLayout.map(([name]): [string, string] => [name, record[name] ?? '']);
  return { control: Object.fromEntries(full) as Idoc['control'], segments: read };
}

/** Everything a document gave, and the error it ended with, if any. */
export async function readAll(
  reading: AsyncIterable<IdocResult>,
): Promise<{ results: IdocResult[]; idocs: Idoc[]; refusals: string[]; error: unknown }> {
  const results: IdocResult[] = [];
  let error: unknown;
  try {
    for await (const result of reading) results.push(result);
  } catch (thrown) {
    error = thrown;
  }
  const idocs = results.flatMap((result) => ('idoc' in result ? [result.idoc] : []));
  const refusals = results.flatMap((result) => ('refused' in result ? [result.refused.error.code] : []));
  return { results, idocs, refusals, error };
}

/** Bytes cut into chunks at random places. */
export function cutBytes(chance: Seeded, bytes: Buffer): Buffer[] {
  const chunks: Buffer[] = [];
  for (let from = 0; from < bytes.length;) {
    const length = chance.below(chance.pick([3, 50, 5000, 200_000]));
    chunks.push(bytes.subarray(from, from + length));
    from += length;
  }
  return chunks;
}

const types = [
  'E1KNA1M',
  'E1KNVVM',
  'E1KNVPM',
  'E1KNB1M',
  'E1EDK01',
  'E1EDKA1',
  'E1EDP01',
  'E1MARAM',
  'E1MAKTM',
  'E1TXTP8',
];
const plain = Array.from('ABCdef 0123456789-./&<>"\'');
const western = [...plain, ...Array.from('äöüßÀéñ§µ')];
const anywhere = [...western, ...Array.from('€łőЖж東京株式'), '😀', '\u3000'];

/** Random IDocs; `isWestern` for those that ISO-8859-1 can hold. */
export function randomIdocs(chance: Seeded, isWestern = false): WrittenIdoc[] {
  const characters = isWestern ? western : anywhere;
  const value = (length: number): string => {
    let text = '';
    for (let count = chance.upTo(Math.min(length, 40)); count > 0; count -= 1) text += chance.pick(characters);
    // Neither form can hold blanks at the end.
    return text
      .slice(0, length)
      .replace(/[\ud800-\udbff]$/, '')
      .replace(/ +$/, '');
  };
  const makeSegment = (depth: number): WrittenSegment => {
    const type = chance.pick(types);
    const fields = layoutOf(type)
      .filter(() => chance.below(6) === 0)
      .map(([name, length]): [string, string] => [name, value(length)])
      .filter(([, text]) => text !== '');
    const count = depth > 4 ? 0 : chance.below(4 - Math.min(depth, 3));
    const children = Array.from({ length: count }, () => makeSegment(depth + 1));
    return segment(type, Object.fromEntries(fields), children, chance.pick(['', '003', '007']));
  };
  return Array.from({ length: 1 + chance.below(3) }, (_, place) => ({
    control: control(7000 + place, { RCVLAD: value(70).trim(), SERIAL: value(20).trim() }),
    segments: Array.from({ length: 1 + chance.below(5) }, () => makeSegment(1)),
  }));
}
