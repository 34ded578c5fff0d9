/** The interfaces of the pack's function modules, once as the ABAP sources have them, once as the simulated SAP has them. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readType } from '../../simulator/sap/metadata/field.ts';
import type { Field } from '../../simulator/sap/metadata/field.ts';
import type { Parameter, Repository, Structure } from '../../simulator/sap/metadata/repository.ts';

/** One line per function, parameter and field, so that a difference reads as a sentence. */
export type Signatures = readonly string[];

type Shape = Pick<Field, 'name' | 'ddicType' | 'length' | 'decimals'>;

function parts(xml: string, element: string): string[] {
  return [...xml.matchAll(new RegExp(`<${element}>([\\s\\S]*?)</${element}>`, 'g'))].map(([, inner = '']) => inner);
}

function value(xml: string, element: string): string {
  return parts(xml, element)[0] ?? '';
}

function describeField({ ddicType, length, decimals }: Shape): string {
  return `${ddicType} ${length}${decimals === 0 ? '' : `,${decimals}`}`;
}

function describeParameter(owner: string, parameter: Omit<Parameter, 'defaultValue'>): string[] {
  const { name, kind, isOptional, structure, field, typeName } = parameter;
  // What a function gives back is never required of a caller.
  const need = kind === 'exporting' || isOptional ? '' : ' required';
  const head = `${owner} ${kind} ${name}${need}`;
  if (structure === undefined) return [`${head}: ${field === undefined ? '?' : describeField(field)}`];
  return [`${head}: ${typeName}`, ...structure.fields.map((it) => `${typeName}-${it.name}: ${describeField(it)}`)];
}

/** Reads one table, structure or data element of the pack. */
function readFields(xml: string): Shape[] {
  return parts(xml, 'DD03P').map((field) => ({
    name: value(field, 'FIELDNAME'),
    ddicType: value(field, 'ROLLNAME') === 'MANDT' ? 'CLNT' : value(field, 'DATATYPE'),
    length: value(field, 'ROLLNAME') === 'MANDT' ? 3 : Number(value(field, 'LENG')),
    decimals: Number(value(field, 'DECIMALS')),
  }));
}

const builtIn: Readonly<Record<string, string>> = { I: 'INT4', D: 'DATS', T: 'TIMS' };

/** The pack's sources, with SAP's own dictionary for what they refer to. */
export class PackSources {
  readonly #folder: string;
  readonly #standard: Repository;

  constructor(folder: string, standard: Repository) {
    this.#folder = folder;
    this.#standard = standard;
  }

  /** Every remote-enabled function of the pack. */
  signatures(): Signatures {
    const functions = parts(value(this.#read('zgangway.fugr.xml'), 'FUNCTIONS'), 'item');
    return functions
      .filter((it) => value(it, 'REMOTE_CALL') === 'R')
      .flatMap((it) => this.#describeFunction(it))
      .sort();
  }

  /** The fields of one of the pack's tables. */
  table(name: string): Signatures {
    return this.#fieldsOf(name).map((it) => `${name}-${it.name}: ${describeField(it)}`);
  }

  #read(file: string): string {
    return readFileSync(join(this.#folder, file), 'utf8');
  }

  #describeFunction(xml: string): string[] {
    const owner = value(xml, 'FUNCNAME');
    const read = (list: string, row: string, kind: Parameter['kind']): string[] =>
      parts(value(xml, list), row).flatMap((it) => this.#describe(owner, kind, it));
    return [
      owner,
      ...read('IMPORT', 'RSIMP', 'importing'),
      ...read('EXPORT', 'RSEXP', 'exporting'),
      ...read('TABLES', 'RSTBL', 'tables'),
    ];
  }

  #describe(owner: string, kind: Parameter['kind'], xml: string): string[] {
    const typeName = value(xml, 'TYP') || value(xml, 'DBSTRUCT');
    const need = kind === 'exporting' || value(xml, 'OPTIONAL') === 'X' ? '' : ' required';
    const head = `${owner} ${kind} ${value(xml, 'PARAMETER')}${need}`;
    const single = this.#singleField(typeName);
    if (single !== undefined) return [`${head}: ${describeField(single)}`];
    return [
      `${head}: ${typeName}`,
      ...this.#fieldsOf(typeName).map((it) => `${typeName}-${it.name}: ${describeField(it)}`),
    ];
  }

  #singleField(typeName: string): Shape | undefined {
    const [owner = '', component] = typeName.split('-');
    if (component !== undefined) return this.#fieldsOf(owner).find((it) => it.name === component);
    const dictionaryType = builtIn[typeName] ?? (/^CHAR\d+$/.test(typeName) ? typeName : undefined);
    if (dictionaryType !== undefined) return readType(typeName, dictionaryType);
    if (!this.#has(`${typeName.toLowerCase()}.dtel.xml`)) return undefined;
    const xml = this.#read(`${typeName.toLowerCase()}.dtel.xml`);
    return { name: typeName, ddicType: value(xml, 'DATATYPE'), length: Number(value(xml, 'LENG')), decimals: 0 };
  }

  #fieldsOf(name: string): readonly Shape[] {
    const file = `${name.toLowerCase()}.tabl.xml`;
    if (this.#has(file)) return readFields(this.#read(file));
    const standard: Structure | undefined = name.startsWith('Z') ? undefined : this.#standard.structure(name);
    if (standard === undefined) throw new Error(`the sources use ${name}, which nobody defines`);
    return standard.fields;
  }

  #has(file: string): boolean {
    return readdirSync(this.#folder).includes(file);
  }
}

/** The same lines from the simulated SAP. */
export function simulatedSignatures(repository: Repository, functionNames: readonly string[]): Signatures {
  return functionNames
    .flatMap((name) => {
      const known = repository.function(name);
      return [name, ...(known?.parameters ?? []).flatMap((it) => describeParameter(name, it))];
    })
    .sort();
}

/** The fields of a simulated table. */
export function simulatedTable(repository: Repository, name: string): Signatures {
  return (repository.structure(name)?.fields ?? []).map((it) => `${name}-${it.name}: ${describeField(it)}`);
}
