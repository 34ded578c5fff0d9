/** The hash of an IDoc's content: the same for the same content, however it was sent. */
import { createHash, hash } from 'node:crypto';
import type { Hash } from 'node:crypto';
import type { GatewayError } from '../../errors/index.ts';
import type { Idoc, IdocControl } from '../idoc/index.ts';

/** What stays the same when SAP sends an IDoc again; its status and ports may change. */
const lasting = ['IDOCTYP', 'CIMTYP', 'MESTYP', 'MESCOD', 'MESFCT', 'CREDAT', 'CRETIM', 'SERIAL'] as const;
/** No text of a field holds them: they are no characters of XML, and a flat file has records. */
const [betweenFields, betweenSegments] = ['\u0001', '\u0002'];

/** An IDoc of usual size is hashed at once; one with millions of characters in pieces. */
const pieceLength = 65_536;

/** Segments of all types in use have some 2,000 names of fields; the limit keeps hostile names from filling memory. */
const maxKnownFields = 4096;
const begins = new Map<string, string>();

/** What stands before the text of a field. */
function beginOf(field: string): string {
  const known = begins.get(field);
  if (known !== undefined) return known;
  const begin = `${betweenFields}${field}=`;
  if (begins.size >= maxKnownFields) begins.clear();
  begins.set(field, begin);
  return begin;
}

/** SHA-256 of segments and fields in their order, which is that of SAP's layouts in every format. */
export function hashOfIdoc({ control, segments }: Idoc): string {
  let pieces: Hash | undefined;
  let text = lasting.map((field) => control[field]).join(betweenFields);
  for (const { name, parent, fields, raw } of segments) {
    text = text + betweenSegments + name + betweenFields + String(parent ?? '');
    // Two additions per field are half as many pieces of text as with a template.
    for (const field in fields) text = text + beginOf(field) + (fields[field] ?? '');
    if (raw !== undefined) text += betweenFields + raw;
    if (text.length < pieceLength) continue;
    pieces = (pieces ?? createHash('sha256')).update(text);
    text = '';
  }
  return pieces === undefined ? hash('sha256', text) : pieces.update(text).digest('hex');
}

/** Of an IDoc that could not be read, as far as it is known: sent again, it is the same. */
export function hashOfRefusal(control: Readonly<Partial<IdocControl>>, { code, context }: GatewayError): string {
  const known = Object.entries(control).filter(([name]) => name !== 'STATUS');
  // Without a number, its place in the document is all that tells it from another.
  const facts = [code, control.DOCNUM ? '' : String(context['position'] ?? '')];
  return hash('sha256', JSON.stringify([known.toSorted(([one], [other]) => (one < other ? -1 : 1)), facts]));
}
