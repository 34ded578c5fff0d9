/** Which functions may be called at all: those that an enabled feature needs, and those of published services. */
import { GatewayError } from '../../errors/index.ts';
import { sapFeature } from '../../model/index.ts';
import type { AbapPackUse, SapFeature } from '../../model/index.ts';
import type { AbapParameters } from '../../ports/index.ts';
import { functionCatalogue } from '../functions/catalogue.ts';
import type { CatalogueFunction } from '../functions/signature.ts';
import { readTable } from '../functions/system.ts';
import { featuresOf, isMet, isNeeded } from './needed.ts';
import type { Wanted } from './needed.ts';
import { readableTables } from './tables.ts';

export interface AllowListParts {
  /** Everything where absent. */
  readonly features?: readonly SapFeature[] | undefined;
  /** `optional` where absent. */
  readonly pack?: AbapPackUse | undefined;
  /** Functions that published services call, with the commit functions where one of them needs them; asked at each call. */
  readonly published: () => ReadonlySet<string>;
}

export class AllowList {
  readonly #wanted: Wanted;
  readonly #functions: ReadonlySet<string>;
  readonly #tables: ReadonlySet<string>;
  readonly #published: () => ReadonlySet<string>;

  constructor({ features, pack = 'optional', published }: AllowListParts) {
    const enabled = new Set(features ?? sapFeature.options);
    const wanted = { features: enabled, pack };
    const own = [...functionCatalogue.values()].filter((definition) => isNeeded(definition, wanted));
    const tables = readableTables.filter(({ feature, need }) => enabled.has(feature) && isMet(need, pack));
    this.#wanted = wanted;
    this.#functions = new Set(own.map(({ name }) => name));
    this.#tables = new Set(tables.map(({ name }) => name));
    this.#published = enabled.has('services') ? published : () => new Set();
  }

  /** The code's own functions that may be called. */
  get functions(): readonly CatalogueFunction[] {
    return [...functionCatalogue.values()].filter(({ name }) => this.#functions.has(name));
  }

  /** The enabled features that call it. */
  featuresOf(definition: CatalogueFunction): readonly SapFeature[] {
    return featuresOf(definition, this.#wanted);
  }

  /** Whether the code itself may call it. */
  has({ name }: CatalogueFunction): boolean {
    return this.#functions.has(name);
  }

  /** Throws SAP_FUNCTION_NOT_ALLOWED; a table reader is let through for the tables of the features only, whoever asks. */
  check(functionName: string, parameters: AbapParameters): void {
    if (functionName === readTable.name) return this.#checkTable(parameters['QUERY_TABLE']);
    if (this.#functions.has(functionName) || this.#published().has(functionName)) return;
    throw new GatewayError('SAP_FUNCTION_NOT_ALLOWED', { functionName });
  }

  #checkTable(name: AbapParameters[string] | undefined): void {
    if (typeof name === 'string' && this.#tables.has(name)) return;
    const table = typeof name === 'string' ? name : '';
    throw new GatewayError('SAP_FUNCTION_NOT_ALLOWED', { functionName: `${readTable.name} for table ${table}` });
  }
}
