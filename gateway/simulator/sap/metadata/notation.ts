/** The short notation of structures and function interfaces, as the metadata files and data files hold it. */
import { z } from 'zod';
import { NotationError, isElementary, readField, readType } from './field.ts';
import type { Field } from './field.ts';

export { NotationError } from './field.ts';

export interface Structure {
  readonly name: string;
  readonly isTable: boolean;
  readonly fields: readonly Field[];
  readonly byName: ReadonlyMap<string, Field>;
  /** Fields that this release lacks though the simulator knows them: they are left out in silence. */
  readonly missing: ReadonlySet<string>;
}

export type ParameterKind = 'importing' | 'exporting' | 'changing' | 'tables';
/** In the order in which an interface lists them. */
export const parameterKinds = ['importing', 'exporting', 'changing', 'tables'] as const;

export interface Parameter {
  readonly name: string;
  readonly kind: ParameterKind;
  readonly isOptional: boolean;
  readonly defaultValue: string;
  /** Exactly one of the two is there. */
  readonly structure: Structure | undefined;
  readonly field: Field | undefined;
  /** A TABLES parameter, or any other one of a table type (`ZROW[]`). */
  readonly isTable: boolean;
  /** As the interface was declared: structure, and its component for a single field. */
  readonly typeName: string;
  readonly componentName: string;
  readonly text: string;
}

const lines = z.array(z.string().max(200)).max(500);
/** Structures by name, each a list of field lines. */
export const structureNotation = z.record(z.string(), lines);
/** One function module. */
export const functionNotation = z.strictObject({
  remote: z.boolean().optional(),
  importing: lines.optional(),
  exporting: lines.optional(),
  changing: lines.optional(),
  tables: lines.optional(),
  exceptions: lines.optional(),
});
export type FunctionNotation = z.infer<typeof functionNotation>;

/** A structure, from lines such as `*KUNNR CHAR10` or `NETWR CURR15.2`. */
export function buildStructure(
  name: string,
  notation: readonly string[],
  isTable: boolean,
  missing: readonly string[] = [],
): Structure {
  const fields = notation.map(readField);
  const byName = new Map(fields.map((field) => [field.name, field]));
  if (byName.size < fields.length) throw new NotationError(`structure ${name} has a field twice`);
  return { name, isTable, fields, byName, missing: new Set(missing) };
}

/** Name of the parameter of a line, without what stands around it. */
export function parameterName(line: string): string {
  return line.split(/[ ?]/)[0] ?? '';
}

/**
 * One parameter, from `NAME TYPE default # text`: `?` after the name makes it optional; the type is elementary (`CHAR10`), a
 * structure, a field of a structure (`KNA1-KUNNR`), or a table type (`ZROW[]`).
 */
export function buildParameter(
  kind: ParameterKind,
  line: string,
  structureOf: (name: string) => Structure | undefined,
): Parameter {
  const [notation = '', text = ''] = line.split(' # ');
  const [declared = '', type = '', defaultValue = ''] = notation.trim().split(' ');
  const name = declared.replace('?', '');
  const isTable = kind === 'tables' || type.endsWith('[]');
  const base = { name, kind, isOptional: declared.endsWith('?'), defaultValue, text, isTable };
  if (isElementary(type)) {
    if (isTable) throw new NotationError(`parameter ${name}: a table has rows of a structure, not ${type}`);
    return { ...base, structure: undefined, field: readType(name, type), typeName: '', componentName: '' };
  }
  const [typeName = '', componentName = ''] = type.replace('[]', '').split('-');
  const structure = structureOf(typeName);
  const component = componentName === '' ? undefined : structure?.byName.get(componentName);
  if (structure === undefined || (componentName !== '' && component === undefined))
    throw new NotationError(`parameter ${name} has the unknown type ${type}`);
  const field = component === undefined ? undefined : { ...component, name };
  return { ...base, structure: field === undefined ? structure : undefined, field, typeName, componentName };
}
