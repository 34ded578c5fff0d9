/** Signatures ready to use: from our own data where it is certain, from SAP's dictionary where it is not. */
import type { AbapParameters, CallOptions } from '../../ports/index.ts';
import { GatewayError, toGatewayError } from '../../errors/index.ts';
import type { Clock, Deadline } from '../../timing/index.ts';
import { rowsOf } from '../answers.ts';
import { compileDictionary, interfaceOf, rowTypeOf } from '../dictionary.ts';
import { compileFunction, compileStructure, isOpen, structuresOf } from '../functions/signature.ts';
import type {
  FunctionDefinition,
  FunctionSignature,
  StructureDefinition,
  StructureType,
} from '../functions/signature.ts';
import { fieldInfo, functionInterface, ping } from '../functions/system.ts';

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

export interface SignatureSource {
  readonly definitions: ReadonlyMap<string, FunctionDefinition>;
  /**
   * What rules where both could: our own definitions, so that SAP is asked only for what they leave open; or SAP's own
   * interface, for a driver that must know every field as this release has it.
   */
  readonly trust: 'definitions' | 'dictionary';
  readonly call: DirectCall;
}

/** Functions with which the dictionary is read, and one without parameters: the same in every release. */
const certain: ReadonlyMap<string, FunctionDefinition> = new Map(
  [ping, fieldInfo, functionInterface].map((definition) => [definition.name, definition]),
);

export class Signatures {
  readonly #definitions: ReadonlyMap<string, FunctionDefinition>;
  /** Used without asking SAP. */
  readonly #trusted: ReadonlyMap<string, FunctionDefinition>;
  readonly #call: DirectCall;
  readonly #clock: Clock;
  readonly #known = new Map<string, Known>();
  readonly #underWay = new Map<string, Promise<FunctionSignature>>();

  constructor({ definitions, trust, call }: SignatureSource, clock: Clock) {
    this.#definitions = definitions;
    this.#trusted = trust === 'definitions' ? definitions : certain;
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
    const asked = this.#resolve(this.#call, functionName, deadline, scope).finally(() => this.#underWay.delete(key));
    this.#underWay.set(key, asked);
    return asked;
  }

  /** The same by another way of calling, which cannot wait for anybody else's question. */
  resolveBy(call: DirectCall, functionName: string, deadline: Deadline): Promise<FunctionSignature> {
    return this.#resolve(call, functionName, deadline, undefined);
  }

  /** SAP has contradicted it: the next call asks again. */
  forget(functionName: string): void {
    this.#known.delete(functionName);
    this.#known.delete(keyOf(functionName, 'whole'));
  }

  /** Our own knowledge; none where all that SAP has is wanted, because ours is only what our code uses. */
  #definition(functionName: string, scope: Scope): FunctionDefinition | undefined {
    return scope === 'whole' ? undefined : this.#trusted.get(functionName);
  }

  /** What our own code uses of the function; for what is published it is not enough. */
  #ownDefinition(functionName: string, scope: Scope): FunctionDefinition | undefined {
    return scope === 'whole' ? undefined : this.#definitions.get(functionName);
  }

  async #resolve(call: DirectCall, functionName: string, deadline: Deadline, scope: Scope): Promise<FunctionSignature> {
    const { definition, isWhole } = await this.#define(call, functionName, deadline, scope);
    const structures = new Map<StructureDefinition, StructureType>();
    // What customers publish changes with their transports, and its files are written for what SAP has now.
    const isKept = isWhole && scope !== 'whole';
    let staleAtMs = isKept ? Infinity : this.#clock.monotonic() + retryAfterMs;
    for (const structure of structuresOf(definition)) {
      const fields = isOpen(structure) ? await readFields(call, structure, deadline) : compileStructure(structure);
      if (typeof fields !== 'string') {
        structures.set(structure, fields);
        continue;
      }
      staleAtMs = this.#clock.monotonic() + retryAfterMs;
      const ours = this.#ownDefinition(functionName, scope);
      // An interface without its fields is worth less than what our own code knows of the function.
      if (fields === 'not-authorized' && ours !== undefined)
        return this.#keep(keyOf(functionName, scope), compileFunction(ours, compileStructure), staleAtMs);
      structures.set(structure, compileStructure(structure));
    }
    const signature = compileFunction(
      definition,
      (structure) => structures.get(structure) ?? compileStructure(structure),
    );
    return this.#keep(keyOf(functionName, scope), signature, staleAtMs);
  }

  /** Not `isWhole` where SAP should have been asked and this user may not: then our own knowledge must do. */
  async #define(
    call: DirectCall,
    functionName: string,
    deadline: Deadline,
    scope: Scope,
  ): Promise<{ readonly definition: FunctionDefinition; readonly isWhole: boolean }> {
    const trusted = this.#definition(functionName, scope);
    if (trusted !== undefined) return { definition: trusted, isWhole: true };
    try {
      return { definition: await readInterface(call, functionName, deadline), isWhole: true };
    } catch (thrown) {
      const ours = this.#ownDefinition(functionName, scope);
      if (ours === undefined || toGatewayError(thrown).code !== 'SAP_NOT_AUTHORIZED') throw thrown;
      return { definition: ours, isWhole: false };
    }
  }

  #keep(key: string, signature: FunctionSignature, staleAtMs: number): FunctionSignature {
    if (this.#known.size >= maxSignatures && !this.#known.has(key)) this.#known.clear();
    this.#known.set(key, { signature, staleAtMs });
    return signature;
  }
}

const refusedForGood: ReadonlySet<string> = new Set(['SAP_NOT_AUTHORIZED', 'SAP_FUNCTION_MISSING', 'SAP_REFUSED']);

/** A word where there is nothing to read: then only what is certain is used. */
async function readFields(
  call: DirectCall,
  structure: StructureDefinition,
  deadline: Deadline,
): Promise<StructureType | 'not-authorized' | 'unknown'> {
  const signature = compileFunction(fieldInfo, compileStructure);
  try {
    const ask = (name: string): Promise<AbapParameters> =>
      call(signature, { TABNAME: name, ALL_TYPES: 'X' }, ['DFIES_TAB'], deadline);
    const answer = await ask(structure.name);
    const rowType = rowTypeOf(structure.name, rowsOf(answer['DFIES_TAB']));
    const described = rowType === undefined ? answer : await ask(rowType);
    return compileDictionary(structure, described['DFIES_TAB']);
  } catch (thrown) {
    const error = toGatewayError(thrown);
    if (!refusedForGood.has(error.code)) throw error;
    return error.code === 'SAP_NOT_AUTHORIZED' ? 'not-authorized' : 'unknown';
  }
}

async function readInterface(call: DirectCall, functionName: string, deadline: Deadline): Promise<FunctionDefinition> {
  const signature = compileFunction(functionInterface, compileStructure);
  const parameters = { FUNCNAME: functionName, NONE_UNICODE_LENGTH: 'X' };
  try {
    const answer = await call(signature, parameters, ['PARAMS'], deadline);
    return interfaceOf(functionName, answer['PARAMS']);
  } catch (thrown) {
    const error = toGatewayError(thrown);
    if (error.code !== 'SAP_FUNCTION_MISSING') throw error;
    // It is the function asked for that is missing, not the one that was asked.
    throw new GatewayError(error.code, { ...error.context, functionName }, error, { sapMessages: error.sapMessages });
  }
}
