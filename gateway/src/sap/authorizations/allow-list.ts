/** Which functions may be called at all: those that an enabled feature needs, and those of published services. */
import { GatewayError } from '../../errors/index.ts';
import { sapFeature } from '../../model/index.ts';
import type { SapFeature } from '../../model/index.ts';
import type { AbapParameters } from '../../ports/index.ts';
import { functionCatalogue } from '../functions/catalogue.ts';
import type { CatalogueFunction } from '../functions/signature.ts';
import { readTable } from '../functions/system.ts';
import { readableTables } from './tables.ts';

export interface AllowListParts {
  /** Everything where absent. */
  readonly features?: readonly SapFeature[] | undefined;
  /** Functions that published services call, with the commit functions where one of them needs them; asked at each call. */
  readonly published: () => ReadonlySet<string>;
}

/** True when one of the features calls this function. */
export function isNeeded({ neededBy }: CatalogueFunction, features: ReadonlySet<SapFeature>): boolean {
  if (neededBy === 'every') return true;
  return sapFeature.options.some((feature) => features.has(feature) && neededBy[feature] !== undefined);
}

export class AllowList {
  readonly features: ReadonlySet<SapFeature>;
  readonly #functions: ReadonlySet<string>;
  readonly #tables: ReadonlySet<string>;
  readonly #published: () => ReadonlySet<string>;

  constructor({ features, published }: AllowListParts) {
    const enabled = new Set(features ?? sapFeature.options);
    const own = [...functionCatalogue.values()].filter((definition) => isNeeded(definition, enabled));
    this.features = enabled;
    this.#functions = new Set(own.map(({ name }) => name));
    this.#tables = new Set(readableTables.filter(({ feature }) => enabled.has(feature)).map(({ name }) => name));
    this.#published = enabled.has('services') ? published : () => new Set();
  }

  /** The code's own functions that may be called. */
  get functions(): readonly CatalogueFunction[] {
    return [...functionCatalogue.values()].filter(({ name }) => this.#functions.has(name));
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
