/** The ICF service /sap/bc/soap/rfc: logon, work process, one function call, one session that ends with it. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { ConnectionCut } from '../functions/function-call.ts';
import { AbapSession } from '../system/abap-session.ts';
import { toSapLanguage } from '../system/language.ts';
import type { SimulatedSystem } from '../system/simulated-system.ts';
import type { SapUser } from '../system/users.ts';
import { decodeInput } from '../wire/decode.ts';
import { encodeAnswer, encodeFault } from '../wire/encode.ts';
import { readRequest } from '../wire/read-request.ts';
import type { SoapRequest } from '../wire/read-request.ts';
import { SoapFault, shortDump } from '../wire/soap-fault.ts';
import { NoWorkProcess } from './function-executor.ts';
import type { FunctionExecutor } from './function-executor.ts';
import type { ErrorPage } from './pages.ts';
import { pages, sendPage } from './pages.ts';
import { readBody } from './read-body.ts';

/** Where the service is. */
export const soapPath = '/sap/bc/soap/rfc';
/** icm/HTTP/max_request_size_KB as a careful Basis team sets it. */
const maxRequestBytes = 8 * 1024 * 1024;
const utf8 = new TextDecoder('utf-8', { fatal: true });

interface Logon {
  readonly user: SapUser;
  readonly language: string;
}

export class SoapService {
  readonly #system: SimulatedSystem;
  readonly #executor: FunctionExecutor;
  readonly #realm: string;

  constructor(system: SimulatedSystem, executor: FunctionExecutor) {
    this.#system = system;
    this.#executor = executor;
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
    if (!(await this.#executor.inWorkProcess(() => this.#serve(body, logon, response))))
      sendPage(response, pages.noWorkProcess);
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
      this.#executor.failed();
      this.#send(response, 500, encodeFault(error instanceof SoapFault ? error : toDump(error)));
    }
  }

  #decode(body: Buffer): string {
    const text = decodeText(body);
    // Code page 4103 is Unicode; an older system keeps Latin-1 and puts # for the rest.
    return this.#system.settings.codePage === '4103' ? text : text.replace(/[^\u0000-\u00ff]/g, '#'); // eslint-disable-line no-control-regex
  }

  async #execute(soap: SoapRequest, logon: Logon): Promise<string> {
    const session = new AbapSession(this.#system, logon.user, logon.language);
    try {
      const call = await this.#executor.execute(session, soap.functionName, (iface) =>
        decodeInput(iface, soap.parameters),
      );
      return encodeAnswer(call.interface, call.output, (table) => call.isAskedFor(table));
    } finally {
      // The session ends: uncommitted changes were never anywhere else than in it.
      session.rollBack();
    }
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
