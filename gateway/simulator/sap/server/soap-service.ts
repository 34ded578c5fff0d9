/** The ICF service /sap/bc/soap/rfc: logon, work process, one function call, one session that ends with it. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { ConnectionCut, FunctionCall } from '../functions/function-call.ts';
import { functionModules } from '../functions/index.ts';
import type { FunctionInterface } from '../metadata/repository.ts';
import { pause } from '../system/clock.ts';
import { toSapLanguage } from '../system/language.ts';
import type { SimulatedSystem } from '../system/simulated-system.ts';
import type { SapUser } from '../system/users.ts';
import { mayCall } from '../system/users.ts';
import { decodeInput } from '../wire/decode.ts';
import { encodeAnswer, encodeFault } from '../wire/encode.ts';
import { readRequest } from '../wire/read-request.ts';
import type { SoapRequest } from '../wire/read-request.ts';
import { SoapFault, shortDump } from '../wire/soap-fault.ts';
import type { CallStatistics } from './call-statistics.ts';
import type { ErrorPage } from './pages.ts';
import { pages, sendPage } from './pages.ts';
import { readBody } from './read-body.ts';

/** Where the service is. */
export const soapPath = '/sap/bc/soap/rfc';
/** icm/HTTP/max_request_size_KB as a careful Basis team sets it. */
const maxRequestBytes = 8 * 1024 * 1024;
const utf8 = new TextDecoder('utf-8', { fatal: true });

/** The fault of that name; the real shortage is met before the request is read. */
class NoWorkProcess extends Error {}

interface Logon {
  readonly user: SapUser;
  readonly language: string;
}

export class SoapService {
  readonly #system: SimulatedSystem;
  readonly #statistics: CallStatistics;
  readonly #realm: string;

  constructor(system: SimulatedSystem, statistics: CallStatistics) {
    this.#system = system;
    this.#statistics = statistics;
    this.#realm = `SAP NetWeaver Application Server [${system.settings.sid}/${system.settings.client}]`;
  }

  async handle(request: IncomingMessage, response: ServerResponse, query: URLSearchParams): Promise<void> {
    if (request.method !== 'POST') return sendPage(response, pages.wrongMethod);
    const logon = this.#logOn(request, query);
    if ('status' in logon) return sendPage(response, logon);
    if (!/^(text|application)\/xml\s*(;\s*charset="?utf-8"?\s*)?$/i.test(request.headers['content-type'] ?? '')) {
      return sendPage(response, pages.wrongType);
    }
    const body = await readBody(request, maxRequestBytes);
    if (body === undefined)
      return request.destroyed && !request.complete ? undefined : sendPage(response, pages.tooLarge);
    const { workProcesses } = this.#system;
    if (!workProcesses.tryTake() && !(await workProcesses.take())) return sendPage(response, pages.noWorkProcess);
    try {
      await this.#serve(body, logon, response);
    } finally {
      workProcesses.release();
    }
  }

  #logOn(request: IncomingMessage, query: URLSearchParams): Logon | ErrorPage {
    const { settings, users, faults } = this.#system;
    const parameter = (name: string): string | undefined => {
      const header = request.headers[name];
      return query.get(name) ?? (typeof header === 'string' ? header : undefined);
    };
    if (faults.strike('logon-refused', '') !== undefined) return pages.logonFailed(this.#realm);
    if ((parameter('sap-client') ?? settings.client) !== settings.client) return pages.logonFailed(this.#realm);
    const result = users.logOn(request.headers.authorization);
    if (!('user' in result)) return pages.logonFailed(this.#realm);
    const language = toSapLanguage(parameter('sap-language') ?? result.user.language ?? 'EN');
    if (language === undefined) return pages.logonFailed(this.#realm);
    return result.user.mayUseService === false ? pages.forbidden : { user: result.user, language };
  }

  async #serve(body: Buffer, logon: Logon, response: ServerResponse): Promise<void> {
    try {
      const soap = readRequest(this.#decode(body));
      const xml = await this.#execute(soap, logon);
      if (this.#system.faults.strike('garbage', soap.functionName) !== undefined)
        this.#send(response, 200, xml.slice(0, xml.length / 2));
      else this.#send(response, 200, xml);
    } catch (error) {
      if (error instanceof NoWorkProcess) return sendPage(response, pages.noWorkProcess);
      if (error instanceof ConnectionCut) {
        response.destroy();
        return;
      }
      this.#statistics.failed();
      this.#send(response, 500, encodeFault(error instanceof SoapFault ? error : toDump(error)));
    }
  }

  #decode(body: Buffer): string {
    const text = decodeText(body);
    // Code page 4103 is Unicode; an older system keeps Latin-1 and puts # for the rest.
    return this.#system.settings.codePage === '4103' ? text : text.replace(/[^\u0000-\u00ff]/g, '#'); // eslint-disable-line no-control-regex
  }

  async #execute(soap: SoapRequest, logon: Logon): Promise<string> {
    const { functionName } = soap;
    this.#statistics.called(functionName);
    const iface = this.#authorize(functionName, logon.user);
    const input = decodeInput(iface, soap.parameters);
    const module = functionModules.get(functionName);
    if (module === undefined) throw shortDump('FUNCTION_NOT_IMPLEMENTED', functionName);
    await this.#strikeBefore(functionName);
    const call = new FunctionCall(this.#system, iface, input, logon.user.name.toUpperCase(), logon.language);
    try {
      const running = module(call);
      if (running !== undefined) await running;
      this.#strikeAfter(call);
    } finally {
      // The session ends: uncommitted changes were never anywhere else than in it.
      this.#system.locks.releaseAll(call);
      if (iface.inputs.has('I_CONTENT'))
        this.#statistics.keys.used(call.value('I_EXTERNAL_KEY'), functionName, call.hasCommitted);
    }
    return encodeAnswer(iface, call.output, (table) => call.isAskedFor(table));
  }

  #authorize(functionName: string, user: SapUser): FunctionInterface {
    const iface = this.#system.repository.function(functionName);
    if (iface === undefined) {
      throw new SoapFault('Client', `Function module ${functionName} does not exist`, { exception: 'FU_NOT_FOUND' });
    }
    if (!iface.isRemote) {
      throw new SoapFault('Client', `Function module ${functionName} cannot be used for remote calls`, {
        exception: 'CALL_FUNCTION_NOT_REMOTE',
      });
    }
    if (!mayCall(user, functionName) || this.#system.faults.strike('no-authorization', functionName) !== undefined) {
      throw new SoapFault('Client', `No RFC authorization for function module ${functionName}`, {
        exception: 'RFC_NO_AUTHORITY',
      });
    }
    return iface;
  }

  async #strikeBefore(functionName: string): Promise<void> {
    const { faults, clock } = this.#system;
    if (faults.strike('work-processes-exhausted', functionName) !== undefined) throw new NoWorkProcess();
    const slow = faults.strike('slow', functionName);
    if (slow !== undefined) await pause(clock, slow.delayMs ?? 0);
    const hang = faults.strike('hang', functionName);
    if (hang !== undefined) {
      // Like a TIME_OUT dump after rdisp/max_wprun_time: a work process is never lost for good.
      await Promise.race([pause(clock, hang.delayMs ?? 600_000), faults.cleared()]);
      throw new ConnectionCut();
    }
    if (faults.strike('short-dump', functionName) !== undefined)
      throw shortDump('COMPUTE_INT_ZERODIVIDE', 'Division by zero');
  }

  /** A function that commits meets its cut inside the commit; any other one here, before its answer. */
  #strikeAfter(call: FunctionCall): void {
    if (call.hasCommitted) return;
    const { faults } = this.#system;
    const name = call.interface.name;
    const isCut = faults.strike('cut-before-commit', name) ?? faults.strike('cut-after-commit', name);
    if (isCut !== undefined) throw new ConnectionCut();
  }

  #send(response: ServerResponse, status: number, xml: string): void {
    if (response.destroyed) return;
    response.writeHead(status, {
      'content-type': 'text/xml; charset=utf-8',
      'content-length': Buffer.byteLength(xml),
      'set-cookie': `sap-usercontext=sap-client=${this.#system.settings.client}; path=/`,
    });
    response.end(xml);
  }
}

function decodeText(body: Buffer): string {
  try {
    return utf8.decode(body);
  } catch (error) {
    if (error instanceof TypeError) throw new SoapFault('Client', 'The request is not UTF-8');
    throw error;
  }
}

function toDump(error: unknown): SoapFault {
  return shortDump('SIMULATOR_DEFECT', error instanceof Error ? error.message : String(error));
}
