/** HTTP for the simulated org: one call in, one answer out, routes by method and pattern. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { SalesforceError } from './org/errors.ts';

/** One call, its body read. */
export interface HttpCall {
  readonly method: string;
  readonly url: URL;
  /** What the pattern's named groups matched, decoded. */
  readonly parts: Readonly<Record<string, string>>;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** One answer; an object becomes JSON. */
export interface HttpAnswer {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** One address and what happens there. */
export interface Route {
  readonly method: string;
  readonly pattern: RegExp;
  readonly handle: (call: HttpCall) => HttpAnswer | Promise<HttpAnswer>;
}

/** Salesforce takes 50 MB in a REST call; nothing here is near that, and a test should notice. */
const maxBodyBytes = 6 * 1024 * 1024;

/** Reads the whole body; refuses one that is too long. */
export async function readBody(request: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    bytes += chunk.length;
    if (bytes > maxBodyBytes)
      throw new SalesforceError('REQUEST_TOO_LARGE', 'The request is too large', { status: 413 });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** The route that answers a call, with the parts of its address. */
export function findRoute(routes: readonly Route[], method: string, path: string) {
  for (const route of routes) {
    const match = route.method === method ? route.pattern.exec(path) : null;
    if (match === null) continue;
    const parts = Object.entries(match.groups ?? {}).map(([name, text]) => [name, decodeURIComponent(text)] as const);
    return { route, parts: Object.fromEntries(parts) };
  }
  return undefined;
}

/** Sends an answer. */
export function sendAnswer(response: ServerResponse, answer: HttpAnswer): void {
  const { status, body, headers = {} } = answer;
  if (body === undefined) {
    response.writeHead(status, headers).end();
    return;
  }
  const payload = typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body);
  response.writeHead(status, {
    'content-type': 'application/json;charset=UTF-8',
    'cache-control': 'no-store',
    ...headers,
  });
  response.end(payload);
}

/** Reads a JSON body as Salesforce does: an object or array, or JSON_PARSER_ERROR. */
export function parseJson(call: HttpCall): unknown {
  try {
    return JSON.parse(call.body);
  } catch (error) {
    const detail = error instanceof Error ? error.message : 'not JSON';
    throw new SalesforceError('JSON_PARSER_ERROR', detail);
  }
}
