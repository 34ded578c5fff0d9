/** Documents of any size, made while they are read: customers as DEBMAS07, in XML as SAP's port writes them and as flat records. */
import { shippedLayouts } from '../../src/sap/idoc/index.ts';
import type { IdocExpectations } from '../../src/sap/idoc/index.ts';

export type Form = 'xml' | 'flat';

export const expected: IdocExpectations = { client: '100', senders: new Set(['ERPCLNT100']) };
/** What a socket or a file stream gives at once. */
const chunkBytes = 65_536;

interface Segment {
  readonly type: string;
  readonly level: number;
  readonly fields: Readonly<Record<string, string>>;
}

/** A customer as master data has it: one record with some 30 filled fields, sales areas, partners, taxes, accounts. */
const segments: readonly Segment[] = [
  {
    type: 'E1KNA1M',
    level: 2,
    fields: {
      ...{ MSGFN: '005', KUNNR: '0000104711', ANRED: 'Firma', BRSCH: 'MACH', KTOKD: 'KUNA', KUKLA: '01', LAND1: 'DE' },
      ...{
        NAME1: 'Nordwind Logistik GmbH',
        NAME2: 'Niederlassung Lüneburg',
        ORT01: 'Lüneburg',
        ORT02: 'Mittelfeld',
        PSTLZ: '21335',
      },
      ...{
        REGIO: '03',
        SORTL: 'NORDWIND',
        SPRAS: 'D',
        STRAS: 'Am Speicher 12',
        TELF1: '04131 5550100',
        TELFX: '04131 5550199',
      },
      ...{ STCEG: 'DE000000001', LZONE: '0000000001', KONZS: '0000104720', SPRAS_ISO: 'DE' },
    },
  },
  ...['10', '20'].flatMap((channel): Segment[] => [
    {
      type: 'E1KNVVM',
      level: 3,
      fields: {
        ...{
          MSGFN: '005',
          VKORG: '1000',
          VTWEG: channel,
          SPART: '00',
          KALKS: '1',
          KDGRP: '02',
          BZIRK: 'DE0001',
          KONDA: '01',
        },
        ...{
          PLTYP: '01',
          INCO1: 'DAP',
          INCO2: 'Lüneburg',
          LPRIO: '02',
          VSBED: '01',
          WAERS: 'EUR',
          KTGRD: '01',
          ZTERM: 'Z030',
        },
        ...{ VWERK: '1000', VKGRP: '103', VKBUR: '1010', KKBER: '1000' },
      },
    },
    ...['AG', 'RE', 'RG', 'WE'].map((role): Segment => ({
      type: 'E1KNVPM',
      level: 4,
      fields: { MSGFN: '005', PARVW: role, KUNN2: '0000104711', PARZA: '000' },
    })),
    { type: 'E1KNVIM', level: 4, fields: { MSGFN: '005', ALAND: 'DE', TATYP: 'MWST', TAXKD: '1' } },
  ]),
  {
    type: 'E1KNB1M',
    level: 3,
    fields: {
      MSGFN: '005',
      BUKRS: '1000',
      ZUAWA: '001',
      AKONT: '0000140000',
      ZTERM: 'Z030',
      FDGRV: 'E2',
      BUSAB: 'AC',
      INTAD: 'ap@example.com',
    },
  },
  {
    type: 'E1KNVKM',
    level: 3,
    fields: {
      MSGFN: '005',
      PARNR: '0000001234',
      NAMEV: 'Jörg',
      NAME1: 'Petersen',
      ABTNR: '0003',
      TELF1: '04131 5550111',
    },
  },
  {
    type: 'E1KNKKM',
    level: 3,
    fields: { MSGFN: '005', KKBER: '1000', KLIMK: '      250000.00', KNKLI: '0000104711', CTLPC: '001', SBGRP: '001' },
  },
];

const control = {
  ...{
    TABNAM: 'EDI_DC40',
    MANDT: '100',
    DOCNUM: '',
    DOCREL: '750',
    STATUS: '30',
    DIRECT: '1',
    OUTMOD: '2',
    IDOCTYP: 'DEBMAS07',
  },
  ...{
    MESTYP: 'DEBMAS',
    SNDPOR: 'SAPERP',
    SNDPRT: 'LS',
    SNDPRN: 'ERPCLNT100',
    RCVPOR: 'A000000042',
    RCVPRT: 'LS',
    RCVPRN: 'GANGWAY',
  },
  ...{ CREDAT: '20261121', CRETIM: '101500', SERIAL: '20261121101500' },
};
/** Stands in the templates where each IDoc has its number. */
const numberMark = '################';

const fieldsXml = (fields: Readonly<Record<string, string>>, indent: string): string =>
  Object.entries(fields)
    .map(([name, value]) => `\n${indent}<${name}>${value}</${name}>`)
    .join('');

/** Indented, as SAP's own tools show it and most ports write it. */
function xmlTemplate(): string {
  let text = ` <IDOC BEGIN="1">\n  <EDI_DC40 SEGMENT="1">${fieldsXml({ ...control, DOCNUM: numberMark }, '   ')}\n  </EDI_DC40>`;
  segments.forEach(({ type, level, fields }, place) => {
    const indent = ' '.repeat(level);
    text += `\n${indent}<${type} SEGMENT="1">${fieldsXml(fields, `${indent} `)}`;
    const next = segments[place + 1]?.level ?? 1;
    for (let open = level; open >= next && open >= 2; open -= 1)
      text += `\n${' '.repeat(open)}</${parentAt(place, open)}>`;
  });
  return `${text}\n </IDOC>\n`;
}

/** The segment that is open at this level after the one in this place. */
function parentAt(place: number, level: number): string {
  return segments.slice(0, place + 1).findLast((each) => each.level === level)?.type ?? '';
}

function flatTemplate(): string {
  const lines = [
    `EDI_DC40  100${numberMark}750 3012  DEBMAS07${' '.repeat(52)}DEBMAS${' '.repeat(43)}SAPERP    LS  ERPCLNT100${' '.repeat(91)}A000000042LS  GANGWAY`,
  ];
  lines[0] = `${(lines[0] ?? '').padEnd(378)}20261121101500`.padEnd(504) + '20261121101500'.padEnd(20);
  segments.forEach(({ type, level, fields }, place) => {
    const parent = segments.slice(0, place).findLastIndex((each) => each.level === level - 1) + 1;
    const numbers =
      String(place + 1).padStart(6, '0') + String(parent).padStart(6, '0') + String(level).padStart(2, '0');
    const data = shippedLayouts()
      .get(type)
      ?.fields.map(({ name, start, end }) => (fields[name] ?? '').padEnd(end - start));
    lines.push(`E2${type.slice(2)}005`.padEnd(30) + `100${numberMark}${numbers}${(data ?? []).join('').padEnd(1000)}`);
  });
  return `${lines.join('\n')}\n`;
}

/** A document of about `bytes`, in chunks. */
export function* documentOf(form: Form, bytes: number): Generator<Buffer, void, undefined> {
  const [head = '', ...parts] = (form === 'xml' ? xmlTemplate() : flatTemplate()).split(numberMark);
  let held: string[] = form === 'xml' ? ['<?xml version="1.0" encoding="utf-8"?>\n<DEBMAS07>\n'] : [];
  let heldLength = 0;
  for (let sent = 0, docnum = 1; sent < bytes; docnum += 1) {
    const number = String(docnum).padStart(16, '0');
    const idoc = head + parts.map((part) => number + part).join('');
    held.push(idoc);
    heldLength += idoc.length;
    sent += idoc.length;
    if (heldLength < chunkBytes) continue;
    yield Buffer.from(held.join(''));
    held = [];
    heldLength = 0;
  }
  if (form === 'xml') held.push('</DEBMAS07>\n');
  yield Buffer.from(held.join(''));
}
