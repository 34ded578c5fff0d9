/** Parameters of one call for the addon: everything is checked before, because a call that fails there leaks memory. */
import type { AbapParameters, AbapStructure, AbapValue } from '../../../ports/index.ts';
import type { FunctionSignature, ParameterType, StructureType } from '../../functions/signature.ts';
import { isTable, mismatch, unknown } from '../request-shape.ts';
import type { RfcStructure, RfcValue } from './rfc-addon.ts';
import { toRfc } from './rfc-values.ts';

export interface RfcRequest {
  readonly parameters: RfcStructure;
  /** Tables that SAP need not send. */
  readonly notRequested: string[];
}

/** Refuses parameters, tables and fields that the function does not have in this system. */
export function prepareRequest(
  signature: FunctionSignature,
  parameters: AbapParameters,
  tables: readonly string[],
): RfcRequest {
  const unknownTable = tables.find((table) => !signature.tables.has(table));
  if (unknownTable !== undefined) throw unknown(signature.name, unknownTable);
  const converted = Object.entries(parameters).map(([name, value]): [string, RfcValue] => {
    const type = signature.input.get(name) ?? signature.tables.get(name);
    if (type === undefined) throw unknown(signature.name, name);
    return [name, toValue(type, value, name)];
  });
  const used = new Set([...tables, ...Object.keys(parameters)]);
  return {
    parameters: Object.fromEntries(converted),
    notRequested: [...signature.tables.keys()].filter((table) => !used.has(table)),
  };
}

function toValue(type: ParameterType, value: AbapValue, path: string): RfcValue {
  if (typeof value === 'string') {
    if (type.kind !== 'scalar') throw mismatch(path);
    return toRfc(type, value, path);
  }
  if (isTable(value)) {
    if (type.kind !== 'table') throw mismatch(path);
    return value.map((row) => toStructure(type.row, row, path));
  }
  if (type.kind !== 'structure') throw mismatch(path);
  return toStructure(type, value, path);
}

function toStructure(type: StructureType, row: AbapStructure, path: string): RfcStructure {
  const converted: Record<string, RfcValue> = {};
  for (const [field, value] of Object.entries(row)) {
    const fieldType = type.fields.get(field);
    if (fieldType === undefined) throw unknown(type.name, field);
    converted[field] = toValue(fieldType, value, `${path}.${field}`);
  }
  return converted;
}
