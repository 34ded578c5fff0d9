/** Our ways through a document, and what they are compared with over the same bytes. */
import { SaxesParser } from 'saxes';
import { sapSystemId } from '../../src/model/index.ts';
import { arrivalsOf } from '../../src/sap/changes/idoc-arrivals.ts';
import { SapValues } from '../../src/sap/changes/sap-values.ts';
import { WallClock } from '../../src/sap/changes/wall-clock.ts';
import { controlPlaces } from '../../src/sap/idoc/control-record.ts';
import type { FieldPlace } from '../../src/sap/idoc/filled-fields.ts';
import { segmentType } from '../../src/sap/idoc/flat/segment-names.ts';
import { readFlatIdocs, readXmlIdocs, shippedLayouts } from '../../src/sap/idoc/index.ts';
import type { IdocResult } from '../../src/sap/idoc/index.ts';
import { Customizing } from '../../src/sap/system/customizing.ts';
import { systemClock } from '../../src/timing/index.ts';
import { customizing, settings } from '../../test/sap/changes/read-changes.ts';
import { scriptedConnection } from '../../test/sap/fakes/scripted-connection.ts';
import { expected } from './documents.ts';
import type { Form } from './templates.ts';

/** Generous, so that a gigabyte of small IDocs is one document. */
const limits = { idocs: 1_000_000, documentBytes: 4 * 1024 ** 3 };

/** What `openChanges` gives its readers; those have the limits of one document of SAP's. */
const values = new SapValues(
  settings,
  systemClock,
  new Customizing(scriptedConnection(customizing), settings.language, systemClock),
);
export const parts = {
  system: sapSystemId.parse('ERPCLNT100'),
  clock: systemClock,
  wallClock: new WallClock(settings.timeZone),
  rules: () => values.rules(),
};

function reading(form: Form, chunks: Iterable<Uint8Array>): AsyncGenerator<IdocResult, void, undefined> {
  const read = form === 'xml' ? readXmlIdocs : readFlatIdocs;
  return read(chunks, { expected, limits });
}

/** The whole way: every IDoc checked, hashed and translated. Returns the number of IDocs. */
export async function toModel(form: Form, chunks: Iterable<Uint8Array>): Promise<number> {
  let idocs = 0;
  for await (const arrival of arrivalsOf(reading(form, chunks), parts)) {
    if ('refused' in arrival) throw arrival.refused.error;
    if (arrival.document.changes.length === 0) throw new Error('nothing was understood');
    idocs += 1;
  }
  return idocs;
}

/** Reading alone: every IDoc whole and checked. Returns the number of IDocs. */
export async function toIdocs(form: Form, chunks: Iterable<Uint8Array>): Promise<number> {
  let idocs = 0;
  for await (const result of reading(form, chunks)) {
    if ('refused' in result) throw result.refused.error;
    idocs += 1;
  }
  return idocs;
}

/** The parser saxes, which sees every tag and text and keeps nothing. Returns the number of IDocs. */
export function parseXml(chunks: Iterable<Uint8Array>): number {
  const parser = new SaxesParser();
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let idocs = 0;
  let characters = 0;
  parser.on('opentag', ({ name }) => (idocs += name === 'IDOC' ? 1 : 0));
  parser.on('text', (value) => (characters += value.length));
  parser.on('closetag', () => undefined);
  for (const chunk of chunks) parser.write(decoder.decode(chunk, { stream: true }));
  parser.close();
  if (characters === 0) throw new Error('the texts are not there');
  return idocs;
}

/** Splitting into lines, each looked at for what it is. Returns the number of IDocs. */
export function splitLines(chunks: Iterable<Uint8Array>): number {
  return splitEach(chunks, () => undefined);
}

/**
 * Splitting into lines and each line into its fields by name, those of control records like those of segments, blank ones left
 * out: no checks, no IDocs, nothing kept.
 */
export function splitFields(chunks: Iterable<Uint8Array>): number {
  const layouts = shippedLayouts();
  const known = new Map<string, readonly FieldPlace[]>();
  const fieldsOf = (padded: string): readonly FieldPlace[] => {
    const found = layouts.get(segmentType(padded.trimEnd(), layouts))?.fields ?? [];
    known.set(padded, found);
    return found;
  };
  let last: Readonly<Record<string, string>> = {};
  const split = (line: string, first: number, places: readonly FieldPlace[]): void => {
    const fields: Record<string, string> = {};
    for (const { name, start, end } of places) {
      const value = line.slice(first + start, first + end).trimEnd();
      if (value !== '') fields[name] = value;
    }
    last = fields;
  };
  const idocs = splitEach(chunks, (line, isControl) => {
    if (isControl) return split(line, 0, controlPlaces.fields);
    const definition = line.slice(0, 30);
    split(line, 63, known.get(definition) ?? fieldsOf(definition));
  });
  if (Object.keys(last).length === 0) throw new Error('the fields are not there');
  return idocs;
}

/** Calls `take` with each record; returns the number of control records. */
function splitEach(chunks: Iterable<Uint8Array>, take: (line: string, isControl: boolean) => void): number {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let idocs = 0;
  let rest = '';
  for (const chunk of chunks) {
    const text = [rest, decoder.decode(chunk, { stream: true })].join('');
    let start = 0;
    for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', start)) {
      const line = text.slice(start, end);
      const isControl = line.startsWith('EDI_DC40');
      if (isControl) idocs += 1;
      take(line, isControl);
      start = end + 1;
    }
    rest = text.slice(start);
  }
  return idocs;
}
