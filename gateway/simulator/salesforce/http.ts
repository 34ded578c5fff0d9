/** HTTP for the simulated org: one call in, one answer out, routes by method and pattern. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { gunzipSync, gzipSync } from 'node:zlib';
import { SalesforceError } from './org/errors.ts';

/** One call, its body read. */
export interface HttpCall {
  readonly method: string;
  readonly url: URL;
  /** What the pattern's named groups matched, decoded. */
  readonly parts: Readonly<Record<string, string>>;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
  /** The body of a route that takes files; `body` is empty then. */
  readonly file?: Buffer;
  /** The body of a part of another call, which was read with that. */
  readonly parsedBody?: unknown;
}

/** One answer; an object becomes JSON, a stream is sent as it comes. */
export interface HttpAnswer {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** The connection breaks in the middle of the answer. */
  readonly isCut?: boolean;
}

/** One address and what happens there. */
export interface Route {
  readonly method: string;
  readonly pattern: RegExp;
  readonly handle: (call: HttpCall) => HttpAnswer | Promise<HttpAnswer>;
  /** Takes a file of so many bytes at most, instead of a text. */
  readonly maxFileBytes?: number;
}

/** Salesforce takes 50 MB in a REST call; nothing here is near that, and a test should notice. */
const maxBodyBytes = 6 * 1024 * 1024;

const tooLarge = (): SalesforceError =>
  new SalesforceError('REQUEST_TOO_LARGE', 'The request is too large', { status: 413 });

/** Reads the whole body, unpacked; refuses one that is too long. */
export async function readBody(request: IncomingMessage, maxBytes = maxBodyBytes): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Uint8Array>) {
    bytes += chunk.length;
    if (bytes > maxBytes) throw tooLarge();
    chunks.push(chunk);
  }
  const body = Buffer.concat(chunks);
  return request.headers['content-encoding'] === 'gzip' ? unpacked(body, maxBytes) : body;
}

function unpacked(body: Buffer, maxBytes: number): Buffer {
  try {
    return gunzipSync(body, { maxOutputLength: maxBytes });
  } catch (error) {
    if (error instanceof RangeError) throw tooLarge();
    throw new SalesforceError('MALFORMED_REQUEST', 'The body is not what its content encoding says');
  }
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

/** What is smaller costs more to pack than to send. */
const minPackedBytes = 1_400;

/** Sends an answer, packed where the caller takes that. */
export function sendAnswer(request: IncomingMessage, response: ServerResponse, answer: HttpAnswer): void {
  const { status, body, headers = {} } = answer;
  if (body === undefined) {
    response.writeHead(status, headers).end();
    return;
  }
  const head = { 'content-type': 'application/json;charset=UTF-8', 'cache-control': 'no-store', ...headers };
  if (body instanceof Readable) {
    response.writeHead(status, head);
    body.on('error', () => response.destroy());
    response.on('close', () => body.destroy());
    body.pipe(response);
    return;
  }
  const payload = Buffer.isBuffer(body) ? body : Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
  const isPacked =
    payload.length >= minPackedBytes &&
    !('content-encoding' in headers) &&
    /\bgzip\b/.test(request.headers['accept-encoding'] ?? '');
  const sent = isPacked ? gzipSync(payload, { level: 1 }) : payload;
  response.writeHead(status, {
    ...head,
    ...(isPacked ? { 'content-encoding': 'gzip' } : {}),
    'content-length': sent.length,
  });
  if (answer.isCut === true) response.write(sent.subarray(0, sent.length >> 1), () => response.destroy());
  else response.end(sent);
}

/** Reads a JSON body as Salesforce does: an object or array, or JSON_PARSER_ERROR. */
export function parseJson(call: HttpCall): unknown {
  if (call.parsedBody !== undefined) return call.parsedBody;
  try {
    return JSON.parse(call.body);
  } catch (error) {
    const detail = error instanceof Error ? error.message : 'not JSON';
    throw new SalesforceError('JSON_PARSER_ERROR', detail);
  }
}
