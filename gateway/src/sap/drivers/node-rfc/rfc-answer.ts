/** The addon's answer in the port's form: only what was asked for, and only values that need it are touched. */
import { GatewayError } from '../../../errors/index.ts';
import type { AbapParameters, AbapStructure, AbapValue } from '../../../ports/index.ts';
import type { FunctionSignature, ParameterType, StructureType } from '../../functions/signature.ts';
import { fromRfc, isAlreadyRight } from './rfc-values.ts';

type Row = Record<string, unknown>;

/** The addon gives back every parameter, sent ones and tables nobody wants included. */
export function readAnswer(signature: FunctionSignature, answer: unknown, tables: readonly string[]): AbapParameters {
  if (!isRow(answer)) throw unreadable('no parameters');
  const result: Record<string, AbapValue> = {};
  for (const [name, type] of signature.output) {
    const isWanted = type.kind !== 'table' || tables.includes(name);
    const value = answer[name];
    if (isWanted && value !== undefined) result[name] = readValue(type, value);
  }
  return result;
}

function readValue(type: ParameterType | undefined, value: unknown): AbapValue {
  if (Array.isArray(value)) return readTable(type?.kind === 'table' ? type.row : undefined, value);
  if (isRow(value)) {
    const structure = type?.kind === 'structure' ? type : undefined;
    return readRow(planFor(structure, value), value);
  }
  return type?.kind === 'scalar' ? fromRfc(type.abap, type.length, value) : fromRfc(undefined, 0, value);
}

function readTable(type: StructureType | undefined, rows: readonly unknown[]): AbapStructure[] {
  const first: unknown = rows[0];
  // Rows of a table are alike: what of them needs work is found out once.
  const plan = isRow(first) ? planFor(type, first) : [];
  return rows.map((row) => (isRow(row) ? readRow(plan, row) : { '': fromRfc(undefined, 0, row) }));
}

type Plan = readonly (readonly [string, ParameterType | undefined])[];

/** Fields whose values are not yet as the port wants them. */
function planFor(type: StructureType | undefined, row: Row): Plan {
  return Object.keys(row)
    .map((field) => [field, type?.fields.get(field)] as const)
    .filter(([field, fieldType]) => {
      const kind = fieldType?.kind === 'scalar' ? fieldType.abap : undefined;
      return !isAlreadyRight(kind, row[field]);
    });
}

/** Changes the row in place: it was made for this answer, and copies of a thousand rows cost more than all else. */
function readRow(plan: Plan, row: Row): AbapStructure {
  for (const [field, type] of plan) {
    const value = row[field];
    const converted = readValue(type, value);
    if (converted !== value) row[field] = converted;
  }
  // Every value that is not a text of the right form has just been replaced by one.
  return row as AbapStructure;
}

/** The addon makes plain objects; a Buffer is a value. */
function isRow(value: unknown): value is Row {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !Buffer.isBuffer(value);
}

function unreadable(reason: string): GatewayError {
  return new GatewayError('SAP_ANSWER_UNREADABLE', { reason });
}
