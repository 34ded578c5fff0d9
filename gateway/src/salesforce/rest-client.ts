/**
 * Calls to the org's REST API as the integration user, through jsforce's `Connection` over our own exchange: jsforce
 * itself knows no deadline once the headers are there, no limit of size, and follows redirects with the token.
 */
import { PassThrough } from 'node:stream';
import type { Connection, HttpRequest, HttpResponse } from '@jsforce/jsforce-node';
import type { Deadline } from '../timing/index.ts';
import type { ApiUsage } from './api-usage.ts';
import { unreadable } from './exchange.ts';
import type { Exchange, HttpAnswer, HttpMethod } from './exchange.ts';
import { toFailure } from './failures.ts';
import type { Session } from './logon.ts';
import type { Sessions } from './sessions.ts';

/** Summer '26, the floor of the package (force-app's sourceApiVersion may be newer, never older). */
export const apiVersion = '67.0';

export interface RestCall {
  readonly method: HttpMethod;
  /** From the root, e.g. `/services/apexrest/gangway/v1/visit`. */
  readonly path: string;
  readonly body?: unknown;
  /** Instead of `body`: JSON that is text already, where a float would damage decimals. */
  readonly json?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** For answers that may be larger than a visit's. */
  readonly maxAnswerBytes?: number;
}

export interface RestAnswer {
  /** The answer's JSON, still to be checked. */
  readonly body: unknown;
  /** Salesforce's own time of it, as the header has it. */
  readonly date: string | undefined;
}

export interface RestParts {
  readonly sessions: Sessions;
  readonly exchange: Exchange;
  readonly usage: ApiUsage;
}

type Jsforce = Pick<typeof import('@jsforce/jsforce-node'), 'Connection'>;

export class RestClient {
  readonly #parts: RestParts;
  readonly #connections = new WeakMap<Session, Connection>();

  constructor(parts: RestParts) {
    this.#parts = parts;
  }

  /** The answer's JSON, still to be checked. */
  async call(call: RestCall, deadline: Deadline): Promise<unknown> {
    return (await this.ask(call, deadline)).body;
  }

  /** The same with Salesforce's time. */
  ask(call: RestCall, deadline: Deadline): Promise<RestAnswer> {
    return this.#parts.sessions.use(deadline, (session) => this.#send(session, call, deadline));
  }

  async #send(session: Session, call: RestCall, deadline: Deadline): Promise<RestAnswer> {
    // Loaded when an org is looked into: 40 MB and a quarter of a second that no other agent has to spend.
    const jsforce = await import('@jsforce/jsforce-node');
    const json = call.json ?? (call.body === undefined ? undefined : JSON.stringify(call.body));
    const request: HttpRequest = {
      method: call.method,
      url: call.path,
      headers: { ...call.headers, 'content-type': 'application/json' },
      ...(json === undefined ? {} : { body: json }),
    };
    let date: string | undefined;
    const transport = this.#transport(call, deadline, (answer) => (date = answer.headers['date']));
    const body: unknown = await this.#connection(jsforce, session).request(request, { transport });
    return { body, date };
  }

  #connection({ Connection }: Jsforce, session: Session): Connection {
    const known = this.#connections.get(session);
    if (known !== undefined) return known;
    const { instanceUrl, accessToken } = session;
    const connection = new Connection({
      instanceUrl,
      accessToken,
      version: apiVersion,
      callOptions: { client: 'Gangway' },
      // Its logger would print addresses; failures are ours to tell.
      logLevel: 'NONE',
    });
    this.#connections.set(session, connection);
    return connection;
  }

  /** What jsforce calls instead of its own fetch; whatever is no JSON of the API never reaches its parsers. */
  #transport(call: RestCall, deadline: Deadline, seen: (answer: HttpAnswer) => void): { httpRequest: Transport } {
    return {
      // jsforce also asks for a stream, which only its callers who want pieces of an answer read.
      httpRequest: (request) =>
        Object.assign(this.#exchange(request, call, deadline, seen), { stream: () => new PassThrough() }),
    };
  }

  async #exchange(
    { url, headers = {}, body }: HttpRequest,
    { method, path, maxAnswerBytes }: RestCall,
    deadline: Deadline,
    seen: (answer: HttpAnswer) => void,
  ): Promise<HttpResponse> {
    const text = typeof body === 'string' ? body : undefined;
    const answer = await this.#parts.exchange({ method, url, headers, body: text, maxAnswerBytes }, deadline);
    this.#parts.usage.note(answer.headers['sforce-limit-info']);
    seen(answer);
    const isApex = path.startsWith('/services/apexrest/');
    if (answer.status < 200 || answer.status >= 300) throw toFailure(answer, isApex);
    if (!/^application\/json(;|$)/i.test(answer.headers['content-type'] ?? '')) throw unreadable('not JSON');
    // jsforce reads JSON only where the type is spelt as it expects.
    const asJson = { ...answer.headers, 'content-type': 'application/json' };
    return { statusCode: answer.status, headers: asJson, body: answer.body };
  }
}

type Transport = (request: HttpRequest) => Promise<HttpResponse> & { readonly stream: () => PassThrough };
