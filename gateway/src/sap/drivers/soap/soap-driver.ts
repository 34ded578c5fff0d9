/** SAP over SOAP: every call is one HTTP request and its own ABAP session. */
import { Pool } from 'undici';
import { GatewayError } from '../../../errors/index.ts';
import type { AbapParameters, CallOptions, SapConnection, SapSession } from '../../../ports/index.ts';
import type { Clock, Deadline } from '../../../timing/index.ts';
import { outcomeUnknown, sapError } from '../../errors.ts';
import type { FunctionDefinition, FunctionSignature } from '../../functions/signature.ts';
import { uncounted } from '../own-call.ts';
import type { OwnCall } from '../own-call.ts';
import { Signatures } from '../signatures.ts';
import { SoapAnswer } from './soap-answer.ts';
import { soapAddress } from './soap-config.ts';
import type { SoapConfig } from './soap-config.ts';
import { exchange } from './soap-exchange.ts';
import type { Ending } from './soap-exchange.ts';
import { SoapFault } from './soap-fault.ts';
import { SoapLogon } from './soap-logon.ts';
import { writeRequest } from './soap-request.ts';
import { failureOf, statusFailure } from './soap-status.ts';

const megabyte = 1_048_576;
const defaultMaxAnswerBytes = 64 * megabyte;
/** Below the 30 s after which SAP's ICM closes idle connections by default, so that we never write into a closed one. */
const keepAliveMs = 20_000;
/** A LAN answers within milliseconds; a host that does not within this time is down. */
const connectTimeoutMs = 10_000;

/** Opens the driver; nothing is sent before the first call. */
export function openSoap(
  config: SoapConfig,
  functions: ReadonlyMap<string, FunctionDefinition>,
  clock: Clock,
  ownCall: OwnCall = uncounted,
): SapConnection {
  return new SoapConnection(config, functions, clock, ownCall);
}

class SoapConnection implements SapConnection {
  readonly capabilities = { statefulSession: false } as const;
  readonly #config: SoapConfig;
  readonly #clock: Clock;
  readonly #path: string;
  readonly #pool: Pool;
  readonly #signatures: Signatures;
  readonly #logon: SoapLogon;
  readonly #ownCall: OwnCall;
  #calls = 0;

  constructor(config: SoapConfig, functions: ReadonlyMap<string, FunctionDefinition>, clock: Clock, ownCall: OwnCall) {
    const { origin, path } = soapAddress(config);
    this.#config = config;
    this.#clock = clock;
    this.#path = path;
    this.#ownCall = ownCall;
    this.#logon = new SoapLogon(config, clock);
    this.#pool = new Pool(origin, {
      connections: config.maxConnections,
      pipelining: 1,
      keepAliveTimeout: keepAliveMs,
      keepAliveMaxTimeout: keepAliveMs,
      connect: { timeout: connectTimeoutMs },
      // The call's own deadline rules; these would only add a second, different one.
      headersTimeout: 0,
      bodyTimeout: 0,
    });
    const call = (
      signature: FunctionSignature,
      parameters: AbapParameters,
      tables: readonly string[],
      deadline: Deadline,
    ) => ownCall(signature.name, () => this.#run(signature, parameters, { deadline, effect: 'read', tables }));
    this.#signatures = new Signatures({ definitions: functions, trust: 'definitions', call }, clock);
  }

  async call(functionName: string, parameters: AbapParameters, options: CallOptions): Promise<AbapParameters> {
    const { scope, deadline } = options;
    const signature =
      this.#signatures.known(functionName, scope) ?? (await this.#signatures.resolve(functionName, deadline, scope));
    return this.#run(signature, parameters, options);
  }

  inOneSession<T>(_work: (session: SapSession) => Promise<T>): Promise<T> {
    const cause = new Error('over SOAP every call is its own ABAP session');
    return Promise.reject(new GatewayError('INTERNAL', { statefulSession: false }, cause));
  }

  async close(): Promise<void> {
    // Not `close()`: it would wait for calls whose callers are gone.
    await this.#pool.destroy();
  }

  async #run(signature: FunctionSignature, parameters: AbapParameters, options: CallOptions): Promise<AbapParameters> {
    const body = writeRequest(signature, parameters, options.tables ?? []);
    this.#logon.refusal.check();
    if (this.#calls >= this.#limit()) throw new GatewayError('AGENT_BUSY', { limit: this.#limit() });
    this.#calls += 1;
    try {
      return await this.#logon.guard(options.deadline, () => this.#send(signature, body, options));
    } finally {
      this.#calls -= 1;
    }
  }

  /** A read whose answer got lost on the way is asked once more; a write never is. */
  async #send(signature: FunctionSignature, body: string, options: CallOptions): Promise<AbapParameters> {
    const tables = options.tables ?? [];
    const answer = new SoapAnswer(signature, tables);
    const ending = await this.#exchange(body, answer, options.deadline);
    if (options.effect === 'write' || !wasCut(ending) || options.deadline.hasPassed) {
      return this.#settle(signature, ending, answer, options);
    }
    return this.#ownCall(signature.name, async () => {
      const second = new SoapAnswer(signature, tables);
      return this.#settle(signature, await this.#exchange(body, second, options.deadline), second, options);
    });
  }

  #exchange(body: string, answer: SoapAnswer, deadline: Deadline): Promise<Ending> {
    if (deadline.hasPassed) {
      return Promise.resolve({ kind: 'failed', error: new GatewayError('DEADLINE_PASSED'), mayHaveRun: false });
    }
    const headers = [
      'content-type',
      'text/xml; charset=utf-8',
      'soapaction',
      '""',
      'accept',
      'text/xml',
      'authorization',
      this.#logon.authorization(),
    ];
    const maxAnswerBytes = this.#config.maxAnswerBytes ?? defaultMaxAnswerBytes;
    // Calls that wait for a connection must not try a logon that was refused meanwhile.
    const obstacle = (): GatewayError | undefined => this.#logon.refusal.error();
    const request = { path: this.#path, headers, body, maxAnswerBytes, deadline, obstacle };
    return exchange(this.#pool, request, answer, this.#clock);
  }

  #settle(signature: FunctionSignature, ending: Ending, answer: SoapAnswer, options: CallOptions): AbapParameters {
    const where = { functionName: signature.name, sapClient: this.#config.sapClient };
    if (ending.kind === 'failed') {
      const isUnknown = options.effect === 'write' && ending.mayHaveRun;
      throw isUnknown ? outcomeUnknown(signature.name, ending.error) : ending.error;
    }
    if (!ending.isRead) throw this.#logon.refusal.noted(sapError(statusFailure(ending.status, where), options.effect));
    this.#logon.proven();
    const result = resultOf(answer, signature.name, options.effect);
    if (result instanceof SoapFault)
      throw this.#logon.refusal.noted(sapError(failureOf(result, where, options.effect), options.effect));
    return result;
  }

  #limit(): number {
    return this.#config.maxConnections + (this.#config.maxWaiting ?? this.#config.maxConnections * 8);
  }
}

function wasCut(ending: Ending): boolean {
  return ending.kind === 'failed' && ending.error.code === 'SAP_UNREACHABLE' && ending.mayHaveRun;
}

function resultOf(answer: SoapAnswer, functionName: string, effect: CallOptions['effect']): AbapParameters | SoapFault {
  try {
    return answer.result();
  } catch (thrown) {
    throw effect === 'write' ? outcomeUnknown(functionName, thrown) : thrown;
  }
}
