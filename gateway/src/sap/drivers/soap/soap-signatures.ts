/** Signatures ready to use: from our own data where it is certain, from SAP's dictionary where it is not. */
import type { AbapParameters, CallOptions } from '../../../ports/index.ts';
import { toGatewayError } from '../../../errors/index.ts';
import type { Clock, Deadline } from '../../../timing/index.ts';
import { compileDictionary, interfaceOf } from '../../dictionary.ts';
import { compileFunction, compileStructure, isOpen, structuresOf } from '../../functions/signature.ts';
import type {
  FunctionDefinition,
  FunctionSignature,
  StructureDefinition,
  StructureType,
} from '../../functions/signature.ts';
import { fieldInfo, functionInterface } from '../../functions/system.ts';

/** Functions are few: ours are some twenty, published services a handful more. */
const maxSignatures = 200;
/** After this time a dictionary that could not be read is asked again, in case the authorization was granted. */
const retryAfterMs = 600_000;

/** Calls SAP with a signature that is known for certain. */
export type DirectCall = (
  signature: FunctionSignature,
  parameters: AbapParameters,
  tables: readonly string[],
  deadline: Deadline,
) => Promise<AbapParameters>;

type Scope = CallOptions['scope'];

/** A blank is in no function's name. */
const keyOf = (functionName: string, scope: Scope): string =>
  scope === undefined ? functionName : `${functionName} ${scope}`;

interface Known {
  readonly signature: FunctionSignature;
  readonly staleAtMs: number;
}

export class SoapSignatures {
  readonly #definitions: ReadonlyMap<string, FunctionDefinition>;
  readonly #call: DirectCall;
  readonly #clock: Clock;
  readonly #known = new Map<string, Known>();
  readonly #underWay = new Map<string, Promise<FunctionSignature>>();

  constructor(definitions: ReadonlyMap<string, FunctionDefinition>, call: DirectCall, clock: Clock) {
    this.#definitions = definitions;
    this.#call = call;
    this.#clock = clock;
  }

  /** Without asking SAP; undefined when it must be asked. */
  known(functionName: string, scope?: Scope): FunctionSignature | undefined {
    const key = keyOf(functionName, scope);
    const known = this.#known.get(key);
    if (known !== undefined && known.staleAtMs > this.#clock.monotonic()) return known.signature;
    const definition = this.#definition(functionName, scope);
    if (definition === undefined || structuresOf(definition).some(isOpen)) return undefined;
    return this.#keep(key, compileFunction(definition, compileStructure), Infinity);
  }

  /** Asks SAP's dictionary; callers that come at once share the question. */
  resolve(functionName: string, deadline: Deadline, scope?: Scope): Promise<FunctionSignature> {
    const key = keyOf(functionName, scope);
    const underWay = this.#underWay.get(key);
    if (underWay !== undefined) return underWay;
    const asked = this.#resolve(functionName, deadline, scope).finally(() => this.#underWay.delete(key));
    this.#underWay.set(key, asked);
    return asked;
  }

  /** Our own knowledge; none where all that SAP has is wanted, because ours is only what our code uses. */
  #definition(functionName: string, scope: Scope): FunctionDefinition | undefined {
    return scope === 'whole' ? undefined : this.#definitions.get(functionName);
  }

  async #resolve(functionName: string, deadline: Deadline, scope: Scope): Promise<FunctionSignature> {
    const definition = this.#definition(functionName, scope) ?? (await this.#readInterface(functionName, deadline));
    const structures = new Map<StructureDefinition, StructureType>();
    let staleAtMs = Infinity;
    for (const structure of structuresOf(definition)) {
      const fromSap = isOpen(structure) ? await this.#readFields(structure, deadline) : compileStructure(structure);
      if (fromSap === undefined) staleAtMs = this.#clock.monotonic() + retryAfterMs;
      structures.set(structure, fromSap ?? compileStructure(structure));
    }
    const signature = compileFunction(
      definition,
      (structure) => structures.get(structure) ?? compileStructure(structure),
    );
    return this.#keep(keyOf(functionName, scope), signature, staleAtMs);
  }

  /** Undefined when this user may not read the dictionary: then only what is certain is used. */
  async #readFields(structure: StructureDefinition, deadline: Deadline): Promise<StructureType | undefined> {
    const signature = compileFunction(fieldInfo, compileStructure);
    try {
      const answer = await this.#call(signature, { TABNAME: structure.name, ALL_TYPES: 'X' }, ['DFIES_TAB'], deadline);
      return compileDictionary(structure, answer['DFIES_TAB']);
    } catch (thrown) {
      const error = toGatewayError(thrown);
      if (!refusedForGood.has(error.code)) throw error;
      return undefined;
    }
  }

  async #readInterface(functionName: string, deadline: Deadline): Promise<FunctionDefinition> {
    const signature = compileFunction(functionInterface, compileStructure);
    const parameters = { FUNCNAME: functionName, NONE_UNICODE_LENGTH: 'X' };
    const answer = await this.#call(signature, parameters, ['PARAMS'], deadline);
    return interfaceOf(functionName, answer['PARAMS']);
  }

  #keep(key: string, signature: FunctionSignature, staleAtMs: number): FunctionSignature {
    if (this.#known.size >= maxSignatures && !this.#known.has(key)) this.#known.clear();
    this.#known.set(key, { signature, staleAtMs });
    return signature;
  }
}

const refusedForGood: ReadonlySet<string> = new Set(['SAP_NOT_AUTHORIZED', 'SAP_FUNCTION_MISSING', 'SAP_REFUSED']);
