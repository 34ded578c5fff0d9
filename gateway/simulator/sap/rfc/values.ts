/**
 * ABAP values on the RFC wire: every value is SAP's own text (P with its decimals, X in hex), structures are objects,
 * tables lists of them, and what is initial is left out. Nothing is converted on this way, so nothing is checked either:
 * RFC hands over bytes, and a 32nd of January arrives as one.
 */
import { z } from 'zod';
import type { Field } from '../metadata/field.ts';
import type { FunctionInterface, Parameter, Structure } from '../metadata/repository.ts';
import { formatDecimal } from '../tables/decimal.ts';
import type { Input, Row } from '../wire/decode.ts';
import type { Output, OutputRow, OutputValue } from '../wire/encode.ts';
import { SoapFault } from '../wire/soap-fault.ts';
import { withoutTrailingBlanks } from '../wire/xml-text.ts';
import { RfcFailure } from './rfc-failure.ts';

const row = z.record(z.string(), z.string());
/** What an `invoke` carries. */
export const sentInput = z.record(z.string(), z.union([z.string(), row, z.array(row)]));
export type SentInput = z.infer<typeof sentInput>;

function refuse(name: string): never {
  throw new RfcFailure('protocol', { key: 'RFC_INVALID_PROTOCOL', message: `${name} does not fit its description` });
}

/** A system that is not Unicode keeps Latin-1 and puts # for the rest. */
function toCodePage(text: string, isUnicode: boolean): string {
  return isUnicode ? text : text.replace(/[^\u0000-\u00ff]/g, '#'); // eslint-disable-line no-control-regex
}

function readValue(field: Field | undefined, text: string, isUnicode: boolean): string {
  if (field === undefined) return refuse('a value');
  if (field.abapType === 'g') return toCodePage(text, isUnicode);
  if (field.abapType === 'C') return withoutTrailingBlanks(toCodePage(text, isUnicode));
  // Blank digits are how an initial number or date can arrive.
  return text.trim() === '' ? field.initial : text;
}

function readRow(structure: Structure, sent: Row, isUnicode: boolean): Row {
  const read: Record<string, string> = {};
  for (const [name, text] of Object.entries(sent))
    read[name] = readValue(structure.byName.get(name) ?? refuse(name), text, isUnicode);
  return read;
}

function requireMandatory(iface: FunctionInterface, sent: SentInput): void {
  for (const { name, kind, isOptional } of iface.inputs.values()) {
    if (kind === 'tables' || isOptional || sent[name] !== undefined) continue;
    const text = `Mandatory parameter ${name} of function ${iface.name} is missing`;
    throw new SoapFault('Client', text, { exception: 'CALL_FUNCTION_PARM_MISSING' });
  }
}

/** The input of a call. Every table comes back unless the caller skips it. */
export function readInput(
  iface: FunctionInterface,
  sent: SentInput,
  skipped: ReadonlySet<string>,
  isUnicode: boolean,
): Input {
  requireMandatory(iface, sent);
  const scalars = new Map<string, string>();
  const structures = new Map<string, Row>();
  const tables = new Map<string, readonly Row[]>();
  for (const { name, isTable } of iface.outputs) if (isTable && !skipped.has(name)) tables.set(name, []);
  for (const [name, value] of Object.entries(sent)) {
    const { structure, field } = iface.inputs.get(name) ?? refuse(name);
    if (typeof value === 'string') scalars.set(name, readValue(field, value, isUnicode));
    else if (structure === undefined) refuse(name);
    else if (Array.isArray(value))
      tables.set(
        name,
        value.map((it) => readRow(structure, it, isUnicode)),
      );
    else structures.set(name, readRow(structure, value, isUnicode));
  }
  return { scalars, structures, tables };
}

function packed(field: Field, value: OutputValue): string {
  if (typeof value === 'bigint') return formatDecimal(value, 4, field.decimals);
  const [whole = '0', fraction = ''] = String(value).split('.');
  if (field.decimals === 0) return whole;
  return `${whole}.${fraction.slice(0, field.decimals).padEnd(field.decimals, '0')}`;
}

/** The text of a value; undefined when it is initial. */
function writeValue(field: Field, value: OutputValue): string | undefined {
  if (value === '') return undefined;
  const text = field.abapType === 'P' ? packed(field, value) : String(value);
  if (field.abapType === 'C') return withoutTrailingBlanks(text.slice(0, field.length));
  if (field.abapType === 'N') return text.padStart(field.length, '0').slice(-field.length);
  return text === field.initial ? undefined : text;
}

function writeRow(structure: Structure, given: OutputRow): object {
  const written: Record<string, string> = {};
  for (const name in given) {
    const value = given[name];
    const field = structure.byName.get(name);
    if (field === undefined) {
      // Another release may lack it; one that is in no release is a mistake in the simulator, and must not pass silently.
      if (structure.missing.has(name)) continue;
      throw new Error(`${structure.name} has no field ${name}`);
    }
    const text = value === undefined ? undefined : writeValue(field, value);
    if (text !== undefined && text !== '') written[name] = text;
  }
  return written;
}

function writeParameter({ name, isTable, structure, field }: Parameter, output: Output): unknown {
  if (structure !== undefined && isTable) return (output.tables.get(name) ?? []).map((it) => writeRow(structure, it));
  if (structure !== undefined) return writeRow(structure, output.structures.get(name) ?? {});
  const value = output.scalars.get(name);
  return field === undefined || value === undefined ? undefined : writeValue(field, value);
}

/** The output of a call, without what the caller skips. */
export function writeOutput(iface: FunctionInterface, output: Output, skipped: ReadonlySet<string>): object {
  const written: Record<string, unknown> = {};
  for (const parameter of iface.outputs) {
    const value = skipped.has(parameter.name) ? undefined : writeParameter(parameter, output);
    if (value !== undefined) written[parameter.name] = value;
  }
  return written;
}
