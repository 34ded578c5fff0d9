/** SAP over RFC, through node-rfc and SAP's NetWeaver RFC SDK: sessions that last, so that a change and its commit are two calls. */
import { GatewayError, toGatewayError } from '../../../errors/index.ts';
import type { AbapParameters, CallOptions, SapConnection, SapSession, SessionOptions } from '../../../ports/index.ts';
import { Deadline } from '../../../timing/index.ts';
import type { Clock } from '../../../timing/index.ts';
import { sapError } from '../../errors.ts';
import type { FunctionDefinition, FunctionSignature } from '../../functions/signature.ts';
import { LogonRefusal } from '../logon-refusal.ts';
import { uncounted } from '../own-call.ts';
import type { OwnCall } from '../own-call.ts';
import { Signatures } from '../signatures.ts';
import type { DirectCall } from '../signatures.ts';
import { OpenClient } from './open-client.ts';
import { loadRfcLibrary } from './rfc-addon.ts';
import type { RfcLibrary } from './rfc-addon.ts';
import { connectionLimit, connectionParameters, plainRuntime } from './rfc-config.ts';
import type { RfcConfig } from './rfc-config.ts';
import { logonFailureOf, readRfcError } from './rfc-errors.ts';
import { exchange, isUsable } from './rfc-exchange.ts';
import type { PreparedCall } from './rfc-exchange.ts';
import { silentPartner } from './rfc-obstacle.ts';
import { RfcPool } from './rfc-pool.ts';
import { prepareRequest } from './rfc-request.ts';
import { RfcSession } from './rfc-session.ts';

/** How long a session waits for a client when its caller names no deadline. */
const sessionWaitMs = 30_000;

/** Loads the addon, or throws SAP_SDK_MISSING; nothing is sent before the first call. */
export function openRfc(
  config: RfcConfig,
  functions: ReadonlyMap<string, FunctionDefinition>,
  clock: Clock,
  ownCall: OwnCall = uncounted,
): SapConnection {
  const library = loadRfcLibrary(config.runtime ?? plainRuntime);
  return new RfcConnection(config, functions, { clock, library, ownCall });
}

interface RfcParts {
  readonly clock: Clock;
  readonly library: RfcLibrary;
  readonly ownCall: OwnCall;
}

class RfcConnection implements SapConnection {
  readonly capabilities = { statefulSession: true } as const;
  readonly #config: RfcConfig;
  readonly #clock: Clock;
  readonly #library: RfcLibrary;
  readonly #ownCall: OwnCall;
  readonly #pool: RfcPool;
  readonly #refusal: LogonRefusal;
  readonly #signatures: Signatures;

  constructor(
    config: RfcConfig,
    functions: ReadonlyMap<string, FunctionDefinition>,
    { clock, library, ownCall }: RfcParts,
  ) {
    this.#config = config;
    this.#ownCall = ownCall;
    this.#clock = clock;
    this.#library = library;
    this.#refusal = new LogonRefusal(config.sapClient);
    const limit = connectionLimit(config);
    const maxWaiting = config.maxWaiting ?? limit * 8;
    const open = (): Promise<OpenClient> => this.#open();
    const obstacle = (): GatewayError | undefined => this.#refusal.error();
    this.#pool = new RfcPool({ limit, maxWaiting, open, obstacle, silence: silentPartner(config) }, clock);
    const call: DirectCall = (signature, parameters, tables, deadline) =>
      ownCall(signature.name, () => this.#run(prepared(signature, parameters, { deadline, effect: 'read', tables })));
    this.#signatures = new Signatures({ definitions: functions, trust: 'dictionary', call }, clock);
  }

  async call(functionName: string, parameters: AbapParameters, options: CallOptions): Promise<AbapParameters> {
    this.#refusal.check();
    const { deadline } = options;
    if (deadline.hasPassed) throw new GatewayError('DEADLINE_PASSED');
    const signature = this.#signatures.known(functionName) ?? (await this.#signatures.resolve(functionName, deadline));
    return this.#run(prepared(signature, parameters, options));
  }

  async inOneSession<T>(work: (session: SapSession) => Promise<T>, options: SessionOptions = {}): Promise<T> {
    const deadline = options.deadline ?? Deadline.in(this.#clock, sessionWaitMs);
    const client = await this.#acquire('write', deadline);
    const session = new RfcSession(client, {
      prepare: (functionName, parameters, callOptions) =>
        this.#prepareOn(client, functionName, parameters, callOptions),
      exchange: (call) => this.#exchange(client, call),
    });
    try {
      return await work(session);
    } finally {
      // In the background: a call that nobody waits for any more must not keep the caller.
      void session.end().then(() => this.#pool.release(client));
    }
  }

  close(): Promise<void> {
    return this.#pool.close();
  }

  /** A read whose answer got lost on the way is asked once more, on a connection that is new; a write never is. */
  async #run(call: PreparedCall): Promise<AbapParameters> {
    const { effect, deadline } = call.options;
    const client = await this.#acquire(effect, deadline);
    try {
      return await this.#exchange(client, call);
    } catch (thrown) {
      if (effect === 'write' || toGatewayError(thrown).code !== 'SAP_UNREACHABLE') throw thrown;
    } finally {
      this.#pool.release(client);
    }
    this.#pool.closeIdle();
    const second = await this.#acquire(effect, deadline);
    const again = this.#ownCall(call.signature.name, () => this.#exchange(second, call));
    return again.finally(() => this.#pool.release(second));
  }

  /** Sessions ask the dictionary themselves: all clients may be lent to sessions, which would wait for each other. */
  async #prepareOn(
    client: OpenClient,
    functionName: string,
    parameters: AbapParameters,
    options: CallOptions,
  ): Promise<PreparedCall> {
    const ask: DirectCall = (signature, question, tables, deadline) =>
      this.#ownCall(signature.name, () =>
        this.#exchange(client, prepared(signature, question, { deadline, effect: 'read', tables })),
      );
    const signature =
      this.#signatures.known(functionName) ?? (await this.#signatures.resolveBy(ask, functionName, options.deadline));
    return prepared(signature, parameters, options);
  }

  async #acquire(effect: 'read' | 'write', deadline: Deadline): Promise<OpenClient> {
    for (;;) {
      if (deadline.hasPassed) throw new GatewayError('DEADLINE_PASSED');
      const client = await this.#pool.acquire(deadline);
      if (await isUsable(client, effect, deadline, this.#ownCall)) return client;
      // It died while nobody used it, and the others with it; those opened now have just been heard of.
      this.#pool.release(client);
      this.#pool.closeIdle();
    }
  }

  async #exchange(client: OpenClient, call: PreparedCall): Promise<AbapParameters> {
    try {
      return await exchange(client, call, { sapClient: this.#config.sapClient, refusal: this.#refusal });
    } catch (thrown) {
      const error = toGatewayError(thrown);
      if (error.code === 'SAP_INTERFACE_CHANGED') this.#signatures.forget(call.signature.name);
      throw error;
    }
  }

  async #open(): Promise<OpenClient> {
    const parameters = connectionParameters(this.#config);
    try {
      return await OpenClient.open(this.#library, parameters, this.#clock, this.#refusal);
    } catch (thrown) {
      const error = readRfcError(thrown);
      const cause = new Error(`node-rfc: ${error.codeString} in group ${error.group}`);
      throw this.#refusal.noted(sapError(logonFailureOf(error, this.#config.sapClient), 'read', cause));
    }
  }
}

function prepared(signature: FunctionSignature, parameters: AbapParameters, options: CallOptions): PreparedCall {
  return { signature, request: prepareRequest(signature, parameters, options.tables ?? []), options };
}
