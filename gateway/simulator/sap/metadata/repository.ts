/** The ABAP repository of the simulated system: structures, tables and function interfaces. */
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { isElementary, readField, readType } from './field.ts';
import type { Field } from './field.ts';

export interface Structure {
  readonly name: string;
  readonly isTable: boolean;
  readonly fields: readonly Field[];
  readonly byName: ReadonlyMap<string, Field>;
}

export type ParameterKind = 'importing' | 'exporting' | 'tables';

export interface Parameter {
  readonly name: string;
  readonly kind: ParameterKind;
  readonly isOptional: boolean;
  readonly defaultValue: string;
  /** Exactly one of the two is there. */
  readonly structure: Structure | undefined;
  readonly field: Field | undefined;
  /** As the interface was declared: structure, and its component for a single field. */
  readonly typeName: string;
  readonly componentName: string;
}

export interface FunctionInterface {
  readonly name: string;
  readonly isRemote: boolean;
  readonly parameters: readonly Parameter[];
  readonly inputs: ReadonlyMap<string, Parameter>;
  readonly outputs: readonly Parameter[];
  readonly exceptions: readonly string[];
}

const lines = z.array(z.string());
const structureFile = z.record(z.string(), lines);
const functionFile = z.record(
  z.string(),
  z.strictObject({
    remote: z.boolean().optional(),
    importing: lines.optional(),
    exporting: lines.optional(),
    tables: lines.optional(),
    exceptions: lines.optional(),
  }),
);
type FunctionNotation = z.infer<typeof functionFile>[string];

function readJson(file: string): unknown {
  return JSON.parse(readFileSync(new URL(file, import.meta.url), 'utf8'));
}

function buildStructure(name: string, lines: readonly string[], isTable: boolean): Structure {
  const fields = lines.map(readField);
  return { name, isTable, fields, byName: new Map(fields.map((field) => [field.name, field])) };
}

/** Versions of the ABAP pack that can be imported; `none` is a system without it. */
export type PackVersion = 'none' | '1.0.0' | '1.1.0';

/** What came with version 1.1.0: functions, structures and tables by name, and parameters, of all functions or of one. */
const newIn11 = new Set([
  ...['Z_GANGWAY_CREDIT_CHANGE', 'Z_GANGWAY_CONTACT_SAVE', 'ZGANGWAY_S_CONTACT', 'ZGANGWAY_S_CONTACTX'],
  ...['ZGANGWAY_FENCE', 'I_FENCE', 'E_PARNR', 'Z_GANGWAY_KEY_READ ET_RETURN'],
]);

export class Repository {
  readonly #structures = new Map<string, Structure>();
  readonly #functions = new Map<string, FunctionInterface>();

  constructor(pack: PackVersion) {
    const structures = structureFile.parse(readJson('./structures.json'));
    const tables = structureFile.parse(readJson('./tables.json'));
    const functions = functionFile.parse(readJson('./functions.json'));
    const isInstalled = (name: string): boolean =>
      !/^Z_?GANGWAY_/.test(name) || pack === '1.1.0' || (pack === '1.0.0' && !newIn11.has(name));
    const isThere = (owner: string, line: string): boolean => {
      const parameter = line.split(/[ ?]/)[0] ?? '';
      return pack !== '1.0.0' || !(newIn11.has(parameter) || newIn11.has(`${owner} ${parameter}`));
    };
    for (const [source, isTable] of [
      [structures, false],
      [tables, true],
    ] as const) {
      for (const [name, lines] of Object.entries(source)) {
        if (isInstalled(name)) this.#structures.set(name, buildStructure(name, lines, isTable));
      }
    }
    for (const [name, notation] of Object.entries(functions)) {
      if (isInstalled(name))
        this.#functions.set(
          name,
          this.#buildFunction(name, notation, (line) => isThere(name, line)),
        );
    }
  }

  structure(name: string): Structure | undefined {
    return this.#structures.get(name);
  }

  function(name: string): FunctionInterface | undefined {
    return this.#functions.get(name);
  }

  /** Adds a table that only the data file knows. */
  addTable(name: string, lines: readonly string[]): Structure {
    const structure = buildStructure(name, lines, true);
    this.#structures.set(name, structure);
    return structure;
  }

  get tables(): readonly Structure[] {
    return [...this.#structures.values()].filter((structure) => structure.isTable);
  }

  #buildFunction(name: string, notation: FunctionNotation, isThere: (line: string) => boolean): FunctionInterface {
    const parameters = (['importing', 'exporting', 'tables'] as const).flatMap((kind) =>
      (notation[kind] ?? []).filter(isThere).map((line) => this.#buildParameter(kind, line)),
    );
    return {
      name,
      isRemote: notation.remote !== false,
      parameters,
      inputs: new Map(parameters.filter((it) => it.kind !== 'exporting').map((it) => [it.name, it])),
      outputs: parameters.filter((it) => it.kind !== 'importing'),
      exceptions: notation.exceptions ?? [],
    };
  }

  #buildParameter(kind: ParameterKind, line: string): Parameter {
    const [declared = '', type = '', defaultValue = ''] = line.split(' ');
    const name = declared.replace('?', '');
    const base = { name, kind, isOptional: declared.endsWith('?'), defaultValue };
    if (isElementary(type)) {
      return { ...base, structure: undefined, field: readType(name, type), typeName: '', componentName: '' };
    }
    const [typeName = '', componentName = ''] = type.split('-');
    const structure = this.#structures.get(typeName);
    const component = componentName === '' ? undefined : structure?.byName.get(componentName);
    if (structure === undefined || (componentName !== '' && component === undefined)) {
      throw new Error(`metadata: parameter ${name} has the unknown type ${type}`);
    }
    const field = component === undefined ? undefined : { ...component, name };
    return { ...base, structure: field === undefined ? structure : undefined, field, typeName, componentName };
  }
}
