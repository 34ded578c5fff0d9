/** Writes the answer of a function, and faults, as SOAP. */
import type { Field } from '../metadata/field.ts';
import type { FunctionInterface, Structure } from '../metadata/repository.ts';
import { formatDecimal } from '../tables/decimal.ts';
import { rfcNamespace } from './read-request.ts';
import type { SoapFault } from './soap-fault.ts';
import { escapeXml, toXmlName, withoutTrailingBlanks } from './xml-text.ts';

/** A value a function hands out: text in SAP's internal form, an integer, or a decimal in ten-thousandths. */
export type OutputValue = string | number | bigint;
export type OutputRow = Readonly<Record<string, OutputValue | undefined>>;

const head =
  '<?xml version="1.0" encoding="utf-8"?><SOAP-ENV:Envelope xmlns:SOAP-ENV="http://schemas.xmlsoap.org/soap/envelope/"><SOAP-ENV:Body>';
const tail = '</SOAP-ENV:Body></SOAP-ENV:Envelope>';

function encodePacked(field: Field, value: OutputValue): string {
  if (typeof value === 'bigint') return formatDecimal(value, 4, field.decimals);
  const text = String(value);
  const point = text.indexOf('.');
  const decimals = point < 0 ? 0 : text.length - point - 1;
  if (decimals === field.decimals) return text;
  if (decimals > field.decimals)
    return field.decimals === 0 ? text.slice(0, point) : text.slice(0, point + 1 + field.decimals);
  return `${text}${point < 0 ? '.' : ''}${'0'.repeat(field.decimals - decimals)}`;
}

function encodeValue(field: Field, value: OutputValue): string {
  if (field.abapType === 'P') return encodePacked(field, value);
  const text = String(value);
  if (field.abapType === 'g') return escapeXml(withoutTrailingBlanks(text));
  if (field.abapType === 'C') return escapeXml(withoutTrailingBlanks(text.slice(0, field.length)));
  // Sixteen decimals bring every double back as it was; SAP writes floats in this way too.
  if (field.abapType === 'F')
    return Number(text)
      .toExponential(16)
      .replace(/e([+-])(\d)$/, 'E$10$2')
      .replace('e', 'E');
  if (field.abapType === 'D') return `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6, 8)}`;
  if (field.abapType === 'T') return `${text.slice(0, 2)}:${text.slice(2, 4)}:${text.slice(4, 6)}`;
  if (field.abapType === 'N') return text.padStart(field.length, '0').slice(-field.length);
  return field.abapType === 'X' || field.abapType === 'y' ? Buffer.from(text, 'hex').toString('base64') : text;
}

interface FieldWriter {
  readonly field: Field;
  readonly open: string;
  readonly close: string;
  readonly initial: string;
}

function toWriter(field: Field): FieldWriter {
  const name = toXmlName(field.name);
  const [open, close] = [`<${name}>`, `</${name}>`];
  return { field, open, close, initial: open + encodeValue(field, field.initial) + close };
}

/** Wide structures are mostly initial: their tags are prepared once. */
const rowWriters = new WeakMap<Structure, readonly FieldWriter[]>();

function writersOf(structure: Structure): readonly FieldWriter[] {
  const known = rowWriters.get(structure);
  if (known !== undefined) return known;
  const writers = structure.fields.map(toWriter);
  rowWriters.set(structure, writers);
  return writers;
}

/** A field that the structure lacks in every release is a mistake in the simulator, and must not pass silently. */
function refuseUnknownFields(structure: Structure, row: OutputRow): void {
  for (const name in row) {
    if (!structure.byName.has(name) && !structure.missing.has(name))
      throw new Error(`${structure.name} has no field ${name}`);
  }
}

function encodeRow(structure: Structure, row: OutputRow): string {
  refuseUnknownFields(structure, row);
  let xml = '';
  for (const writer of writersOf(structure)) {
    const value = row[writer.field.name];
    const isInitial = value === undefined || (value === '' && writer.field.abapType !== 'C');
    xml += isInitial ? writer.initial : writer.open + encodeValue(writer.field, value) + writer.close;
  }
  return xml;
}

export interface Output {
  readonly scalars: ReadonlyMap<string, OutputValue>;
  readonly structures: ReadonlyMap<string, OutputRow>;
  readonly tables: ReadonlyMap<string, readonly OutputRow[]>;
}

/** The answer: every EXPORTING and CHANGING parameter, and those tables the caller named. */
export function encodeAnswer(iface: FunctionInterface, output: Output, askedFor: (table: string) => boolean): string {
  const name = toXmlName(iface.name);
  let xml = `${head}<rfc:${name}.Response xmlns:rfc="${rfcNamespace}">`;
  for (const parameter of iface.outputs) {
    const tag = toXmlName(parameter.name);
    if (parameter.isTable) {
      const isLeftOut = parameter.kind === 'tables' && !askedFor(parameter.name);
      if (isLeftOut || parameter.structure === undefined) continue;
      xml += `<${tag}>`;
      for (const row of output.tables.get(parameter.name) ?? [])
        xml += `<item>${encodeRow(parameter.structure, row)}</item>`;
      xml += `</${tag}>`;
    } else if (parameter.structure !== undefined) {
      xml += `<${tag}>${encodeRow(parameter.structure, output.structures.get(parameter.name) ?? {})}</${tag}>`;
    } else if (parameter.field !== undefined) {
      const value = output.scalars.get(parameter.name) ?? parameter.field.initial;
      xml += `<${tag}>${encodeValue(parameter.field, value)}</${tag}>`;
    }
  }
  return `${xml}</rfc:${name}.Response>${tail}`;
}

/** The body of HTTP 500. */
export function encodeFault(fault: SoapFault): string {
  const { exception, messageClass, messageNumber, variables } = fault.detail;
  const parts = [
    exception === undefined ? '' : `<Name>${escapeXml(exception)}</Name>`,
    messageClass === undefined ? '' : `<ID>${escapeXml(messageClass)}</ID><NUMBER>${messageNumber ?? '000'}</NUMBER>`,
    ...(variables ?? []).map((value, index) => `<V${index + 1}>${escapeXml(value)}</V${index + 1}>`),
  ].join('');
  return (
    `${head}<SOAP-ENV:Fault><faultcode>SOAP-ENV:${fault.side}</faultcode><faultstring>${escapeXml(fault.message)}</faultstring>` +
    `<detail><rfc:Error xmlns:rfc="${rfcNamespace}">${parts}</rfc:Error></detail></SOAP-ENV:Fault>${tail}`
  );
}
