/** Reading alone: what our reading of IDocs is compared with, over the same bytes. */
import { SaxesParser } from 'saxes';
import { readFlatIdocs, readXmlIdocs, shippedLayouts } from '../../src/sap/idoc/index.ts';
import { expected } from './documents.ts';
import type { Form } from './documents.ts';

/** Generous, so that a gigabyte of small IDocs is one document. */
const limits = { idocs: 1_000_000, documentBytes: 4 * 1024 ** 3 };

/** Our own reading, to its end: every IDoc whole and checked. Returns the number of its segments. */
export async function readIdocs(form: Form, chunks: Iterable<Uint8Array>): Promise<number> {
  const read = form === 'xml' ? readXmlIdocs : readFlatIdocs;
  let segments = 0;
  for await (const result of read(chunks, { expected, limits })) {
    if ('refused' in result) throw result.refused.error;
    segments += result.idoc.segments.length;
  }
  return segments;
}

/** The parser saxes, which sees every tag and text and keeps nothing. Returns the number of segments. */
export function parseXml(chunks: Iterable<Uint8Array>): number {
  const parser = new SaxesParser();
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let segments = 0;
  let characters = 0;
  parser.on('opentag', ({ name, attributes }) => (segments += 'SEGMENT' in attributes && name !== 'EDI_DC40' ? 1 : 0));
  parser.on('text', (value) => (characters += value.length));
  parser.on('closetag', () => undefined);
  for (const chunk of chunks) parser.write(decoder.decode(chunk, { stream: true }));
  parser.close();
  if (characters === 0) throw new Error('the texts are not there');
  return segments;
}

/** Splitting into lines, each looked at for what it is. Returns the number of data records. */
export function splitLines(chunks: Iterable<Uint8Array>): number {
  let segments = 0;
  splitEach(chunks, () => (segments += 1));
  return segments;
}

/** Splitting into lines and each line into its fields by name, blank ones left out: no checks, no IDocs, nothing kept. */
export function splitFields(chunks: Iterable<Uint8Array>): number {
  const layouts = shippedLayouts();
  let segments = 0;
  let last: Readonly<Record<string, string>> = {};
  splitEach(chunks, (line) => {
    segments += 1;
    const fields: Record<string, string> = {};
    for (const { name, start, end } of layouts.get(`E1${line.slice(2, 27).trimEnd().slice(0, -3)}`)?.fields ?? []) {
      const value = line.slice(63 + start, 63 + end).trimEnd();
      if (value !== '') fields[name] = value;
    }
    last = fields;
  });
  if (last.MSGFN === undefined) throw new Error('the fields are not there');
  return segments;
}

function splitEach(chunks: Iterable<Uint8Array>, take: (line: string) => void): void {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let rest = '';
  for (const chunk of chunks) {
    const text = [rest, decoder.decode(chunk, { stream: true })].join('');
    let start = 0;
    for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', start)) {
      const line = text.slice(start, end);
      if (!line.startsWith('EDI_DC40')) take(line);
      start = end + 1;
    }
    rest = text.slice(start);
  }
}
