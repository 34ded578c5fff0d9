/** The addon's answer in the port's form: only what was asked for, and only values that need it are touched. */
import { GatewayError } from '../../../errors/index.ts';
import type { AbapParameters, AbapStructure, AbapValue } from '../../../ports/index.ts';
import type { AbapKind, FunctionSignature, ParameterType, StructureType } from '../../functions/signature.ts';
import { fromRfc, isRight } from './rfc-values.ts';

type Row = Record<string, unknown>;

/** The addon gives back every parameter, sent ones and tables nobody wants included. */
export function readAnswer(signature: FunctionSignature, answer: unknown, tables: readonly string[]): AbapParameters {
  if (!isRow(answer)) throw unreadable('no parameters');
  const result: Record<string, AbapValue> = {};
  for (const [name, type] of signature.output) {
    const isWanted = !signature.tables.has(name) || tables.includes(name);
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
  // Rows of a table are alike: which of their fields may need work is found out once.
  const plan = isRow(first) ? planFor(type, first) : [];
  return rows.map((row) => (isRow(row) ? readRow(plan, row) : { '': fromRfc(undefined, 0, row) }));
}

interface PlannedField {
  readonly name: string;
  readonly type: ParameterType | undefined;
  readonly kind: AbapKind | undefined;
  readonly length: number;
}

/** Fields that may come in another form than the port's; texts never do. */
function planFor(type: StructureType | undefined, row: Row): readonly PlannedField[] {
  return Object.keys(row)
    .map((name): PlannedField => {
      const field = type?.fields.get(name);
      const scalar = field?.kind === 'scalar' ? field : undefined;
      return { name, type: field, kind: scalar?.abap, length: scalar?.length ?? 0 };
    })
    .filter(({ name, kind }) => typeof row[name] !== 'string' || (kind !== 'C' && kind !== 'S' && kind !== undefined));
}

/** Changes the row in place: it was made for this answer, and copies of a thousand rows cost more than all else. */
function readRow(plan: readonly PlannedField[], row: Row): AbapStructure {
  for (const { name, type, kind, length } of plan) {
    const value = row[name];
    if (!isRight(kind, length, value)) row[name] = readValue(type, value);
  }
  // Every value that was no text of the right form has just been replaced by one.
  return row as AbapStructure;
}

/** The addon makes plain objects; a Buffer is a value. */
function isRow(value: unknown): value is Row {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !Buffer.isBuffer(value);
}

function unreadable(reason: string): GatewayError {
  return new GatewayError('SAP_ANSWER_UNREADABLE', { reason });
}
