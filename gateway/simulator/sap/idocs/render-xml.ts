/** An XML document of one or more IDocs, as the port type XML HTTP writes it: in pieces, so that size does not matter. */
import { controlFields } from './control-record.ts';
import type { OutgoingIdoc } from './idoc.ts';
import type { Segment } from './segment.ts';

export interface XmlStyle {
  /** As the XML declaration names it. */
  readonly encoding: string;
  /** Whether blank fields are there as empty elements. */
  readonly emptyElements: boolean;
  /** Whether the document comes inside a SOAP envelope. */
  readonly soap: boolean;
  /** Declarations between the XML declaration and the root; SAP writes none, a fault may. */
  readonly prolog?: string;
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

function escapeText(text: string): string {
  if (!/[&<>"']/.test(text)) return text;
  return text.replace(/[&<>"']/g, (it) => entities[it] ?? it);
}

function element(name: string, value: string): string {
  return value === '' ? `<${name}/>` : `<${name}>${escapeText(value)}</${name}>`;
}

/** In the order of the layout, whatever order they were filled in. */
function fieldsOf({ layout, values, cleared = [] }: Segment, emptyElements: boolean): string {
  let text = '';
  for (const { name } of layout.fields) {
    const value = values[name];
    if (value !== undefined) text += element(name, value);
    else if (emptyElements || cleared.includes(name)) text += element(name, '');
  }
  return text;
}

function* renderSegment(segment: Segment, emptyElements: boolean): Generator<string> {
  const { type } = segment.layout;
  yield `<${type} SEGMENT="1">${fieldsOf(segment, emptyElements)}`;
  for (const child of segment.children) yield* renderSegment(child, emptyElements);
  yield `</${type}>`;
}

/** The root is the extension where there is one, else the basic type. */
export function rootOf({ control }: OutgoingIdoc): string {
  const extension = control['CIMTYP'] ?? '';
  return extension === '' ? (control['IDOCTYP'] ?? '') : extension;
}

function renderControl({ control }: OutgoingIdoc): string {
  const fields = controlFields.map(({ name }) => {
    const value = control[name] ?? '';
    return value === '' ? '' : element(name, value);
  });
  return `<EDI_DC40 SEGMENT="1">${fields.join('')}</EDI_DC40>`;
}

/** All IDocs must share one root. */
export function* renderXml(idocs: readonly OutgoingIdoc[], style: XmlStyle): Generator<string> {
  const [first] = idocs;
  if (first === undefined) return;
  const root = rootOf(first);
  yield `<?xml version="1.0" encoding="${style.encoding}"?>${style.prolog ?? ''}`;
  if (style.soap) yield '<SOAP-ENV:Envelope xmlns:SOAP-ENV="http://schemas.xmlsoap.org/soap/envelope/"><SOAP-ENV:Body>';
  yield `<${root}>`;
  for (const idoc of idocs) {
    yield `<IDOC BEGIN="1">${renderControl(idoc)}`;
    for (const segment of idoc.segments) yield* renderSegment(segment, style.emptyElements);
    yield '</IDOC>';
  }
  yield `</${root}>`;
  if (style.soap) yield '</SOAP-ENV:Body></SOAP-ENV:Envelope>';
}
