/** The interface of a function as RfcGetFunctionDesc needs it. */
import type { AbapType, Field } from '../metadata/field.ts';
import type { FunctionInterface, Parameter, Structure } from '../metadata/repository.ts';

const typeNames: Readonly<Record<AbapType, string>> = {
  C: 'CHAR',
  N: 'NUM',
  D: 'DATE',
  T: 'TIME',
  P: 'BCD',
  I: 'INT',
  F: 'FLOAT',
  X: 'BYTE',
  b: 'INT1',
  s: 'INT2',
  '8': 'INT8',
  g: 'STRING',
  y: 'XSTRING',
};
const directions = { importing: 'IMPORT', exporting: 'EXPORT', changing: 'CHANGING', tables: 'TABLES' } as const;

/** Characters for text, bytes for the rest, as in the SDK for a partner that is not Unicode. */
function lengthOf(field: Field): number {
  return 'CNDT'.includes(field.abapType) ? field.length : field.internalLength;
}

function describeField(field: Field): object {
  return {
    name: field.name,
    type: typeNames[field.abapType],
    length: lengthOf(field),
    decimals: field.decimals,
  };
}

function describeParameter(parameter: Parameter): object {
  const { name, kind, isTable, isOptional, defaultValue, structure, field } = parameter;
  const base = { direction: directions[kind], optional: isOptional, defaultValue };
  if (field !== undefined) return { ...describeField(field), ...base };
  return { name, type: isTable ? 'TABLE' : 'STRUCTURE', structure: structure?.name ?? '', ...base };
}

/** Parameters in their order, and each structure once. */
export function describeInterface(iface: FunctionInterface): object {
  const structures = new Map<string, Structure>();
  for (const { structure } of iface.parameters) if (structure !== undefined) structures.set(structure.name, structure);
  return {
    parameters: iface.parameters.map(describeParameter),
    structures: Object.fromEntries([...structures].map(([name, { fields }]) => [name, fields.map(describeField)])),
  };
}
