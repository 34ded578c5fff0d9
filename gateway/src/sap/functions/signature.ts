/** How a function module's interface is written down as data, and compiled for a driver. */
import type { SapFeature } from '../../model/index.ts';

/**
 * An ABAP type in short: `C10` characters, `N6` digits, `P23.4` packed with 23 digits of which 4 decimals, `D` date,
 * `T` time, `I` integer of four bytes and `I1`, `I2`, `I8` of others, `F` float, `S` string, `X16` bytes.
 */
export type FieldType =
  `C${number}` | `N${number}` | `P${number}.${number}` | `X${number}` | 'D' | 'T' | 'I' | `I${1 | 2 | 8}` | 'F' | 'S';

export interface StructureDefinition {
  readonly name: string;
  readonly fields: Readonly<Record<string, FieldType>>;
  /** Fields to take from SAP's own dictionary at run time, where this release has them; `all` takes every one. */
  readonly fromDictionary: readonly string[] | 'all';
  /** Fields that some functions or releases leave out, and that nothing depends on. */
  readonly optional?: readonly string[];
}

/** What a function takes and gives; only what is used needs to be listed. */
export interface FunctionDefinition {
  readonly name: string;
  /** Parameters that older systems or packs have not got, and that the code does without. */
  readonly optional?: readonly string[];
  readonly importing?: Readonly<Record<string, FieldType | StructureDefinition>>;
  readonly exporting?: Readonly<Record<string, FieldType | StructureDefinition>>;
  readonly tables?: Readonly<Record<string, StructureDefinition>>;
  /** Rows of those importing, exporting and changing parameters that are of a table type: unlike `tables` they always come back. */
  readonly tableTypes?: {
    readonly input: Readonly<Record<string, StructureDefinition>>;
    readonly output: Readonly<Record<string, StructureDefinition>>;
  };
}

/**
 * When a feature calls a function: always, or only where the ABAP pack is there (`with-pack`), or only in its place
 * (`without-pack`).
 */
export type Need = 'always' | 'with-pack' | 'without-pack';

/** A function that the code itself calls: why, and for which features. */
export interface CatalogueFunction extends FunctionDefinition {
  /** One phrase in words, for people who read what was done in their system. */
  readonly purpose: string;
  /** `every` for the few that say who and what SAP is; `every-with-pack` for the pack's own word on it. */
  readonly neededBy: Readonly<Partial<Record<SapFeature, Need>>> | 'every' | 'every-with-pack';
}

export type AbapKind = 'C' | 'N' | 'P' | 'X' | 'D' | 'T' | 'I' | 'F' | 'S';

export interface ScalarType {
  readonly kind: 'scalar';
  readonly abap: AbapKind;
  /** Characters, digits of a packed number, bytes of an integer or of raw data; 0 is unlimited. */
  readonly length: number;
  readonly decimals: number;
}

export interface StructureType {
  readonly kind: 'structure';
  readonly name: string;
  readonly fields: ReadonlyMap<string, ParameterType>;
}

export interface TableType {
  readonly kind: 'table';
  readonly row: StructureType;
}

export type ParameterType = ScalarType | StructureType | TableType;

/** A definition with every structure resolved, ready to write requests and read answers by. */
export interface FunctionSignature {
  readonly name: string;
  readonly input: ReadonlyMap<string, ParameterType>;
  readonly tables: ReadonlyMap<string, TableType>;
  /** Exporting and changing parameters, and tables: what may stand in an answer. */
  readonly output: ReadonlyMap<string, ParameterType>;
}

/** A structure whose fields are known for certain. */
export function structure(name: string, fields: StructureDefinition['fields']): StructureDefinition {
  return { name, fields, fromDictionary: [] };
}

/** A structure of which some fields are certain; the others are taken from SAP's dictionary at run time. */
export function openStructure(
  name: string,
  fields: StructureDefinition['fields'],
  fromDictionary: StructureDefinition['fromDictionary'],
): StructureDefinition {
  return { name, fields, fromDictionary };
}

/** True when the definition needs SAP's dictionary before it can be used. */
export function isOpen(definition: StructureDefinition): boolean {
  return definition.fromDictionary === 'all' || definition.fromDictionary.length > 0;
}

/** The structures a function uses, each once. */
export function structuresOf(definition: FunctionDefinition): StructureDefinition[] {
  const { importing, exporting, tables, tableTypes } = definition;
  const types = [importing, exporting, tables, tableTypes?.input, tableTypes?.output].flatMap((part) =>
    Object.values(part ?? {}),
  );
  return [...new Set(types.filter((type) => typeof type !== 'string'))];
}

/** Compiles a definition; `fieldsOf` gives the fields of a structure, from the definition or from SAP. */
export function compileFunction(
  definition: FunctionDefinition,
  fieldsOf: (structure: StructureDefinition) => StructureType,
): FunctionSignature {
  const compile = (type: FieldType | StructureDefinition): ScalarType | StructureType =>
    typeof type === 'string' ? scalarType(type) : fieldsOf(type);
  const compileTables = (rows: Readonly<Record<string, StructureDefinition>> = {}): [string, TableType][] =>
    Object.entries(rows).map(([name, row]) => [name, { kind: 'table', row: fieldsOf(row) }]);
  const compileAll = (part: FunctionDefinition['importing'] = {}): [string, ParameterType][] =>
    Object.entries(part).map(([name, type]) => [name, compile(type)]);
  const { name, importing, exporting, tableTypes } = definition;
  const tables = new Map(compileTables(definition.tables));
  return {
    name,
    input: new Map([...compileAll(importing), ...compileTables(tableTypes?.input)]),
    tables,
    output: new Map([...compileAll(exporting), ...compileTables(tableTypes?.output), ...tables]),
  };
}

/** A structure as its definition alone has it. */
export function compileStructure(definition: StructureDefinition): StructureType {
  const fields = Object.entries(definition.fields).map(([name, type]): [string, ScalarType] => [
    name,
    scalarType(type),
  ]);
  return { kind: 'structure', name: definition.name, fields: new Map(fields) };
}

/** `P23.4` and its like, taken apart. */
export function scalarType(type: FieldType): ScalarType {
  const match = /^([CNPXDTIFS])(\d+)?(?:\.(\d+))?$/.exec(type);
  const kind = kinds.find((known) => known === match?.[1]) ?? 'C';
  return {
    kind: 'scalar',
    abap: kind,
    length: Number(match?.[2] ?? impliedLength[kind] ?? 0),
    decimals: Number(match?.[3] ?? 0),
  };
}

const kinds: readonly AbapKind[] = ['C', 'N', 'P', 'X', 'D', 'T', 'I', 'F', 'S'];
const impliedLength: Partial<Record<AbapKind, number>> = { D: 8, T: 6, I: 4 };
