/** The ABAP repository of the simulated system: structures, tables and function interfaces. */
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { HouseMadeFunction, HouseMadeFunctions } from './house-made.ts';
import { changeFunction, changeStructure, fieldName } from './interface-changes.ts';
import type { InterfaceChanges } from './interface-changes.ts';
import {
  NotationError,
  buildParameter,
  buildStructure,
  functionNotation,
  parameterKinds,
  parameterName,
  structureNotation,
} from './notation.ts';
import type { FunctionNotation, Parameter, Structure } from './notation.ts';
import { hasMember, isInstalled } from './pack-versions.ts';
import type { PackVersion } from './pack-versions.ts';

export type { PackVersion } from './pack-versions.ts';
export type { Parameter, ParameterKind, Structure } from './notation.ts';

export interface FunctionInterface {
  readonly name: string;
  readonly isRemote: boolean;
  readonly parameters: readonly Parameter[];
  readonly inputs: ReadonlyMap<string, Parameter>;
  readonly outputs: readonly Parameter[];
  readonly exceptions: readonly string[];
  /** What a function of the data file does; the simulator's own have code. */
  readonly houseMade: HouseMadeFunction | undefined;
}

export interface RepositoryContent {
  readonly pack: PackVersion;
  readonly functions?: HouseMadeFunctions | undefined;
  readonly changes?: InterfaceChanges | undefined;
}

function readJson(file: string): unknown {
  return JSON.parse(readFileSync(new URL(file, import.meta.url), 'utf8'));
}

const delivered = {
  structures: structureNotation.parse(readJson('./structures.json')),
  tables: structureNotation.parse(readJson('./tables.json')),
  functions: z.record(z.string(), functionNotation).parse(readJson('./functions.json')),
};

export class Repository {
  readonly #structures = new Map<string, Structure>();
  readonly #functions = new Map<string, FunctionInterface>();
  readonly #content: RepositoryContent;

  /** Throws NotationError for what the data file describes wrongly. */
  constructor(content: RepositoryContent) {
    this.#content = content;
    this.#addStructures(delivered.structures, false);
    this.#addStructures(delivered.tables, true);
    const houseMade = Object.entries(content.functions ?? {});
    for (const [, definition] of houseMade) this.#addStructures(definition.structures ?? {}, false);
    for (const [name, notation] of Object.entries(delivered.functions)) this.#addFunction(name, notation, undefined);
    for (const [name, definition] of houseMade) this.#addFunction(name, definition.interface, definition);
    this.#refuseUnknownTargets();
  }

  structure(name: string): Structure | undefined {
    return this.#structures.get(name);
  }

  function(name: string): FunctionInterface | undefined {
    return this.#functions.get(name);
  }

  get functions(): IterableIterator<FunctionInterface> {
    return this.#functions.values();
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

  #addStructures(source: Readonly<Record<string, readonly string[]>>, isTable: boolean): void {
    const { pack } = this.#content;
    for (const [name, all] of Object.entries(source)) {
      if (!isInstalled(pack, name)) continue;
      const lines = all.filter((line) => hasMember(pack, name, fieldName(line)));
      const changes = this.#content.changes?.structures?.[name];
      const changed = changes === undefined ? { lines, missing: [] } : changeStructure(lines, changes);
      this.#structures.set(
        name,
        buildStructure(name, changed.lines, isTable, [
          ...changed.missing,
          ...all.map(fieldName).filter((it) => !hasMember(pack, name, it)),
        ]),
      );
    }
  }

  #addFunction(name: string, declared: FunctionNotation, houseMade: HouseMadeFunction | undefined): void {
    const { pack, changes } = this.#content;
    const change = changes?.functions?.[name];
    if (!isInstalled(pack, name) || change === null) return;
    const notation = change === undefined ? declared : changeFunction(declared, change);
    const parameters = parameterKinds.flatMap((kind) =>
      (notation[kind] ?? [])
        .filter((line) => hasMember(pack, name, parameterName(line)))
        .map((line) => buildParameter(kind, line, (type) => this.#structures.get(type))),
    );
    this.#functions.set(name, {
      name,
      isRemote: notation.remote !== false,
      parameters,
      inputs: new Map(parameters.filter((it) => it.kind !== 'exporting').map((it) => [it.name, it])),
      outputs: parameters.filter((it) => it.kind !== 'importing'),
      exceptions: notation.exceptions ?? [],
      houseMade,
    });
  }

  /** A change of something that is not there would silently change nothing. */
  #refuseUnknownTargets(): void {
    const { structures = {}, functions = {} } = this.#content.changes ?? {};
    const structure = Object.keys(structures).find((name) => !this.#structures.has(name));
    if (structure !== undefined) throw new NotationError(`interface changes: there is no structure ${structure}`);
    const missing = Object.entries(functions).find(
      ([name, change]) => !(this.#functions.has(name) || (change === null && name in delivered.functions)),
    );
    if (missing !== undefined) throw new NotationError(`interface changes: there is no function ${missing[0]}`);
  }
}
