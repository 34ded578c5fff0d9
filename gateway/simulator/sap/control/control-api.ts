/** The control API under /simulator: faults, counts, tables. Not part of SAP, reachable from this machine only. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import type { IdocRoutes } from '../idocs/index.ts';
import type { CallStatistics } from '../server/call-statistics.ts';
import { readBody } from '../server/read-body.ts';
import { faultKinds } from '../system/faults.ts';
import type { SimulatedSystem } from '../system/simulated-system.ts';
import { actAtScreen, screenAct } from './screen-acts.ts';
import { readTableRows, TableRequestError, writeTableRow } from './table-editor.ts';

/** Control requests are a few hundred bytes; tables come in by file. */
const maxBodyBytes = 64 * 1024;

const faultRequest = z.strictObject({
  kind: z.enum(faultKinds),
  function: z.string().max(30).optional(),
  times: z.int().min(1).optional(),
  after: z.int().min(0).optional(),
  delayMs: z.int().min(0).max(600_000).optional(),
  stage: z.enum(['start', 'commit']).optional(),
  object: z.string().max(30).optional(),
  key: z.string().max(80).optional(),
  user: z.string().max(12).optional(),
});
const rowRequest = z.strictObject({
  key: z.record(z.string(), z.string()),
  set: z.record(z.string(), z.union([z.string(), z.number(), z.null(), z.strictObject({ days: z.int() })])),
});

interface Reply {
  readonly status: number;
  readonly body: unknown;
}

const refuse = (status: number, error: string): Reply => ({ status, body: { error } });

/** Loopback in all its spellings. */
export function isLoopback(address: string | undefined): boolean {
  return address !== undefined && /^(::ffff:)?127\.|^::1$/.test(address);
}

export class ControlApi {
  readonly #system: SimulatedSystem;
  readonly #statistics: CallStatistics;
  readonly #idocs: IdocRoutes | undefined;

  /** Without `idocs` the paths below /simulator/idocs are not there. */
  constructor(system: SimulatedSystem, statistics: CallStatistics, idocs?: IdocRoutes) {
    this.#system = system;
    this.#statistics = statistics;
    this.#idocs = idocs;
  }

  async handle(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
    const { status, body } = await this.#reply(request, url);
    const json = JSON.stringify(body);
    response.writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(json) });
    response.end(json);
  }

  async #reply(request: IncomingMessage, url: URL): Promise<Reply> {
    const hasBody = request.method === 'POST' || request.method === 'PATCH';
    // A page in a browser can post plain text anywhere; it cannot post JSON without asking first.
    if (hasBody && !/^application\/json\b/.test(request.headers['content-type'] ?? ''))
      return refuse(415, 'JSON expected');
    try {
      const payload = hasBody ? parseJson(await readBody(request, maxBodyBytes)) : undefined;
      const route = `${request.method} ${url.pathname.slice('/simulator/'.length)}`;
      return (await this.#idocReply(route, payload, url)) ?? this.#route(route, payload, url);
    } catch (error) {
      if (error instanceof z.ZodError) return refuse(400, z.prettifyError(error));
      if (error instanceof TableRequestError || error instanceof SyntaxError) return refuse(400, error.message);
      throw error;
    }
  }

  async #idocReply(route: string, payload: unknown, url: URL): Promise<Reply | undefined> {
    const [, method = '', path = ''] = /^(\w+) idocs(?:\/(.*))?$/.exec(route) ?? [];
    return method === '' ? undefined : this.#idocs?.reply(`${method} ${path}`, payload, url.searchParams);
  }

  #counts(): object {
    const { busy, waiting, peak } = this.#system.workProcesses;
    return { ...this.#statistics.snapshot(), workProcesses: { busy, waiting, peak } };
  }

  #route(route: string, payload: unknown, url: URL): Reply {
    const { faults, users } = this.#system;
    const [, method = '', name = ''] = /^(\w+) tables\/([\w/]+)$/.exec(route) ?? [];
    if (method === 'GET') return { status: 200, body: readTableRows(this.#system, name, url.searchParams) };
    if (method === 'PATCH') {
      const { key, set } = rowRequest.parse(payload);
      return { status: 200, body: writeTableRow(this.#system, name, key, set) };
    }
    const [, customer] = /^POST customers\/(\w{1,10})$/.exec(route) ?? [];
    if (customer !== undefined)
      return { status: 200, body: actAtScreen(this.#system, customer, screenAct.parse(payload)) };
    if (route === 'POST faults') return { status: 201, body: { id: faults.add(faultRequest.parse(payload)) } };
    if (route === 'GET faults') return { status: 200, body: faults.list() };
    if (route === 'GET calls') return { status: 200, body: this.#counts() };
    if (route === 'GET keys') return { status: 200, body: this.#statistics.keys.snapshot(url.searchParams.get('key')) };
    if (route === 'DELETE faults') faults.clear();
    else if (route === 'DELETE calls') this.#statistics.reset();
    else if (route === 'POST unlock') users.unlock(z.strictObject({ user: z.string() }).parse(payload).user);
    else return refuse(404, 'The control API has no such path');
    return { status: 200, body: {} };
  }
}

function parseJson(body: Buffer | undefined): unknown {
  if (body === undefined) throw new SyntaxError('The body is too large');
  return JSON.parse(body.toString('utf8'));
}
