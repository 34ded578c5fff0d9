/** Turns the elements of a request into ABAP values by the function's interface, refusing what does not fit. */
import type { FunctionInterface, Parameter, Structure } from '../metadata/repository.ts';
import type { AbapType, Field } from '../metadata/field.ts';
import { isCalendarDate } from '../system/dates.ts';
import { SoapFault } from './soap-fault.ts';
import type { Element } from './read-request.ts';
import { withoutTrailingBlanks } from './xml-text.ts';

/** One row or structure: only the fields that were sent, in SAP's internal text form. */
export type Row = Readonly<Record<string, string>>;

export interface Input {
  readonly scalars: ReadonlyMap<string, string>;
  readonly structures: ReadonlyMap<string, Row>;
  readonly tables: ReadonlyMap<string, readonly Row[]>;
}

function refuse(path: string, why: string): never {
  throw new SoapFault('Client', `Parameter ${path}: ${why}`, { exception: 'CONVERSION_ERROR' });
}

function decodePacked(field: Field, text: string, path: string): string {
  // No number SAP keeps is this long, and the pattern below is quadratic in zeros.
  if (text.length > 40) refuse(path, 'number is too large');
  const parts = /^(-?)0*(\d*)(?:\.(\d*?)0*)?$/.exec(text);
  const digits = parts?.[2] ?? '';
  const fraction = parts?.[3] ?? '';
  if (parts === null || /^-?\.?$/.test(text)) refuse(path, 'not a decimal number');
  if (fraction.length > field.decimals) refuse(path, `more than ${field.decimals} decimals`);
  if (digits.length > field.length - field.decimals) refuse(path, 'number is too large');
  const isZero = digits === '' && fraction === '';
  const whole = `${isZero ? '' : parts[1]}${digits === '' ? '0' : digits}`;
  return field.decimals === 0 ? whole : `${whole}.${fraction.padEnd(field.decimals, '0')}`;
}

function decodeDate(text: string, path: string): string {
  const digits = text.replaceAll('-', '');
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) refuse(path, 'a date is YYYY-MM-DD');
  if (digits !== '00000000' && !isCalendarDate(digits)) refuse(path, 'no such day');
  return digits;
}

/** What an integer of each size holds; INT1 has no sign. */
const integerRanges: Partial<Record<AbapType, readonly [bigint, bigint]>> = {
  b: [0n, 255n],
  s: [-(2n ** 15n), 2n ** 15n - 1n],
  I: [-(2n ** 31n), 2n ** 31n - 1n],
  '8': [-(2n ** 63n), 2n ** 63n - 1n],
};

function decodeInteger([least, most]: readonly [bigint, bigint], text: string, path: string): string {
  if (!/^-?\d{1,19}$/.test(text)) refuse(path, 'not an integer');
  const value = BigInt(text);
  if (value < least || value > most) refuse(path, 'integer out of range');
  return String(value);
}

function decodeBytes(field: Field, text: string, path: string): string {
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(text)) refuse(path, 'not base64');
  const hex = Buffer.from(text, 'base64').toString('hex').toUpperCase();
  if (field.abapType === 'y') return hex;
  if (hex.length > field.length * 2) refuse(path, 'too many bytes');
  // A byte field has a fixed width; only trailing zeros tell.
  return hex.padEnd(field.length * 2, '0');
}

/** One value; an empty element is the initial value. */
export function decodeValue(field: Field, text: string, path: string): string {
  if (field.abapType === 'g') return withoutTrailingBlanks(text);
  if (field.abapType === 'C') {
    const value = withoutTrailingBlanks(text);
    if (value.length > field.length) refuse(path, `longer than ${field.length} characters`);
    return value;
  }
  const trimmed = text.trim();
  if (trimmed === '') return field.initial;
  if (field.abapType === 'P') return decodePacked(field, trimmed, path);
  if (field.abapType === 'D') return decodeDate(trimmed, path);
  const range = integerRanges[field.abapType];
  if (range !== undefined) return decodeInteger(range, trimmed, path);
  if (field.abapType === 'X' || field.abapType === 'y') return decodeBytes(field, trimmed, path);
  if (field.abapType === 'T') {
    if (!/^([01]\d|2[0-3]):[0-5]\d:[0-5]\d$/.test(trimmed)) refuse(path, 'a time is HH:MM:SS');
    return trimmed.replaceAll(':', '');
  }
  if (field.abapType === 'F') {
    if (!/^-?\d+(\.\d+)?([eE][+-]?\d+)?$/.test(trimmed)) refuse(path, 'not a floating point number');
    if (!Number.isFinite(Number(trimmed))) refuse(path, 'floating point number out of range');
    return trimmed;
  }
  if (!/^\d+$/.test(trimmed) || trimmed.length > field.length) refuse(path, `not up to ${field.length} digits`);
  return trimmed.padStart(field.length, '0');
}

function decodeRow(structure: Structure, element: Element, path: string): Row {
  if (element.text.trim() !== '') refuse(path, 'text where a structure is expected');
  const row: Record<string, string> = {};
  for (const child of element.children) {
    const field = structure.byName.get(child.name);
    const childPath = `${path}-${child.name}`;
    if (field === undefined) refuse(childPath, `structure ${structure.name} has no such field`);
    if (child.children.length > 0) refuse(childPath, 'elements where a value is expected');
    if (row[child.name] !== undefined) refuse(childPath, 'given twice');
    row[child.name] = decodeValue(field, child.text, childPath);
  }
  return row;
}

function decodeTable(structure: Structure, element: Element): readonly Row[] {
  if (element.text.trim() !== '') refuse(element.name, 'text where a table is expected');
  return element.children.map((item, index) => {
    if (item.name !== 'item') refuse(element.name, `a table holds item elements, not ${item.name}`);
    return decodeRow(structure, item, `${element.name}(${index + 1})`);
  });
}

function requireMandatory(name: string, parameters: Iterable<Parameter>, seen: ReadonlySet<string>): void {
  for (const parameter of parameters) {
    // RFC hands a table that was not sent over as an empty one; only what has a value of its own can be missing.
    if (parameter.kind === 'tables' || parameter.isOptional || seen.has(parameter.name)) continue;
    throw new SoapFault('Client', `Mandatory parameter ${parameter.name} of function ${name} is missing`, {
      exception: 'CALL_FUNCTION_PARM_MISSING',
    });
  }
}

/** Decodes all parameters of a call. */
export function decodeInput(iface: FunctionInterface, elements: readonly Element[]): Input {
  const scalars = new Map<string, string>();
  const structures = new Map<string, Row>();
  const tables = new Map<string, readonly Row[]>();
  const seen = new Set<string>();
  for (const element of elements) {
    const parameter = iface.inputs.get(element.name);
    if (parameter === undefined) {
      throw new SoapFault('Client', `Function ${iface.name} has no parameter ${element.name}`, {
        exception: 'CALL_FUNCTION_PARM_UNKNOWN',
      });
    }
    if (seen.has(element.name)) refuse(element.name, 'given twice');
    seen.add(element.name);
    const { structure, field } = parameter;
    if (structure !== undefined && parameter.isTable) tables.set(element.name, decodeTable(structure, element));
    else if (structure !== undefined) structures.set(element.name, decodeRow(structure, element, element.name));
    else if (field !== undefined && element.children.length === 0)
      scalars.set(element.name, decodeValue(field, element.text, element.name));
    else refuse(element.name, 'elements where a value is expected');
  }
  requireMandatory(iface.name, iface.inputs.values(), seen);
  return { scalars, structures, tables };
}
