/** The room under test without a SAP behind it, and IDocs written for it. */
import { recordPaths } from '../../../src/model/index.ts';
import type { RecordChange, RecordFields, RecordKind } from '../../../src/model/index.ts';
import type { Arrival, SapChanges } from '../../../src/ports/index.ts';
import { openChanges } from '../../../src/sap/changes/open-changes.ts';
import type { SoapSettings } from '../../../src/sap/index.ts';
import { sapSystemId } from '../../../src/model/index.ts';
import { manualClock } from '../fakes/manual-clock.ts';
import { scriptedConnection } from '../fakes/scripted-connection.ts';
import type { Script } from '../fakes/scripted-connection.ts';
import { control, flatBytes, segment, xmlBytes } from '../idoc/written-idocs.ts';
import type { WrittenIdoc, WrittenSegment } from '../idoc/written-idocs.ts';

export const settings: SoapSettings = {
  ...{ system: sapSystemId.parse('ERPCLNT100'), driver: 'soap', url: 'http://127.0.0.1:1', sapClient: '100' },
  ...{ language: 'EN', user: 'GANGWAY', password: () => '', timeZone: 'Europe/Berlin', maxConnections: 1 },
  ...{ companyCodes: ['1000'], accountGroup: '0001' },
};

/** One row as RFC_READ_TABLE gives it. */
const readTable = (rows: Readonly<Record<string, readonly (readonly [string, string])[]>>): Script => ({
  RFC_READ_TABLE: ({ QUERY_TABLE, FIELDS }) => ({
    FIELDS: (FIELDS as { FIELDNAME: string }[]).map(({ FIELDNAME }, index) => ({
      FIELDNAME,
      OFFSET: String(index * 10),
      LENGTH: '10',
    })),
    DATA: (rows[String(QUERY_TABLE)] ?? []).map(([key, value]) => ({ WA: key.padEnd(10) + value.padEnd(10) })),
  }),
});

/** Customizing of the scripted SAP: yen without decimals, dinars with three, and which control area counts in which currency. */
export const customizing = readTable({
  TCURX: [
    ['JPY', '0'],
    ['KWD', '3'],
  ],
  T014: [
    ['1000', 'EUR'],
    ['3000', 'JPY'],
    ['7000', 'KWD'],
  ],
  T006: [
    ['ST', 'PCE'],
    ['ZPL', ''],
  ],
});

/** A translator whose SAP gives its customizing and nothing else. */
export function changesOf(more: Partial<SoapSettings> = {}, script: Script = customizing): SapChanges {
  return openChanges({
    settings: { ...settings, ...more },
    clock: manualClock('2026-11-21T10:15:00Z'),
    connection: scriptedConnection(script),
  });
}

/** All arrivals of written IDocs, as XML. */
export async function readXml(
  idocs: readonly WrittenIdoc[],
  root = 'DEBMAS07',
  changes = changesOf(),
): Promise<readonly Arrival[]> {
  return collect(changes.readXmlIdocs([xmlBytes(idocs, root)], 'text/xml; charset=utf-8'));
}

/** The same as a flat file. */
export async function readFlat(idocs: readonly WrittenIdoc[], changes = changesOf()): Promise<readonly Arrival[]> {
  return collect(changes.readFlatIdocs([flatBytes(idocs)]));
}

export async function collect(arriving: AsyncIterable<Arrival>): Promise<readonly Arrival[]> {
  const all: Arrival[] = [];
  for await (const arrival of arriving) all.push(arrival);
  return all;
}

/** The changes of one arrival; a refusal ends the test with its words. */
export function understood(arrival: Arrival | undefined): readonly RecordChange[] {
  if (arrival === undefined) throw new Error('nothing arrived');
  if ('refused' in arrival) throw arrival.refused.error;
  return arrival.document.changes;
}

/** Code and words of a refusal. */
export function refusalOf(arrival: Arrival | undefined): string {
  if (arrival === undefined || !('refused' in arrival)) throw new Error('it was not refused');
  return `${arrival.refused.error.code}: ${arrival.refused.error.message}`;
}

/** The fields that changes of a kind say, over all facets. */
export function fieldsOf(changes: readonly RecordChange[], kind: RecordKind, id?: string): RecordFields {
  const meant = changes.filter(({ key }) => key.kind === kind && (id === undefined || key.id === id));
  return Object.assign({}, ...meant.map(({ fields }) => fields)) as RecordFields;
}

/** What is wrong with changes by the model's own tables: paths, facets, types. */
export function strayPaths(changes: readonly RecordChange[]): readonly string[] {
  return changes.flatMap(({ key, facet, fields }) =>
    Object.entries(fields).flatMap(([path, value]) => {
      const known = recordPaths[key.kind].find((it) => it.path === path);
      if (known === undefined) return [`${key.kind} has no path ${path}`];
      if (known.facet !== facet) return [`${path} of ${key.kind} belongs to ${known.facet}, not ${facet}`];
      const isRight =
        value === null || (known.type === 'boolean' ? typeof value === 'boolean' : fits(known.type, value));
      return isRight ? [] : [`${path} of ${key.kind} is ${JSON.stringify(value)}`];
    }),
  );
}

function fits(type: string, value: string | boolean): boolean {
  if (typeof value === 'boolean' || value === '') return false;
  if (type === 'decimal') return /^-?\d+(\.\d+)?$/.test(value);
  return type !== 'date' || /^\d{4}-\d\d-\d\d$/.test(value);
}

/** A whole customer: fields of KNA1 with what every customer has. */
export function wholeCustomer(
  fields: Readonly<Record<string, string>> = {},
  children: readonly WrittenSegment[] = [],
  controlFields: Readonly<Record<string, string>> = {},
): WrittenIdoc {
  const always = { MSGFN: '004', KUNNR: '0000104711', NAME1: 'Nordwind Logistik GmbH', LAND1: 'DE', KTOKD: '0001' };
  return {
    control: control(700101, controlFields),
    segments: [segment('E1KNA1M', { ...always, ...fields }, children)],
  };
}
