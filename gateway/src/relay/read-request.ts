/** Reads the parts of an HTTP request that calls use, each with its limit and its own refusal. */
import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { GatewayError } from '../errors/index.ts';
import { correlationId, idempotencyKey } from '../model/index.ts';
import type { RawParameters } from '../protocol/index.ts';

/** A client that sends more than this after its refusal is cut off; less is read and dropped, so it sees the answer. */
const maxDiscardedBytes = 16 * 1024 * 1024;

/** The caller's correlation id where it is well formed, a fresh one otherwise. */
export function readCorrelationId(request: IncomingMessage): string {
  const given = request.headers['x-correlation-id'];
  return typeof given === 'string' && correlationId.safeParse(given).success ? given : randomUUID();
}

/** Throws ORG_TOKEN_MISSING. */
export function readBearerToken(request: IncomingMessage): string {
  const token = /^Bearer ([\w.-]+)$/i.exec(request.headers.authorization ?? '')?.[1];
  if (token === undefined) throw new GatewayError('ORG_TOKEN_MISSING');
  return token;
}

/** Required for writes: throws IDEMPOTENCY_KEY_MISSING for none, or one of another form. */
export function readIdempotencyKey(request: IncomingMessage): string {
  const key = idempotencyKey.safeParse(request.headers['idempotency-key']);
  if (!key.success) throw new GatewayError('IDEMPOTENCY_KEY_MISSING');
  return key.data;
}

/** The org's signature of a write, passed on as it is: the agent judges it. Throws REQUEST_MALFORMED when it is none. */
export function readSignature(request: IncomingMessage): string | undefined {
  const signature = request.headers['x-gangway-signature'];
  if (signature === undefined) return undefined;
  // A 4096-bit RSA signature has 684 characters; 2 KB leave room for the largest keys in use.
  if (typeof signature === 'string' && signature.length <= 2048) return signature;
  throw new GatewayError('REQUEST_MALFORMED', { reason: 'X-Gangway-Signature has another form' });
}

/** What the caller grants, at most `capMs`; throws REQUEST_INVALID for anything but a positive whole number. */
export function readDeadlineMs(request: IncomingMessage, capMs: number): number {
  const given = request.headers['x-deadline-ms'];
  if (given === undefined) return capMs;
  const isDuration = typeof given === 'string' && /^[1-9]\d{0,8}$/.test(given);
  if (isDuration) return Math.min(Number(given), capMs);
  const issues = [{ path: 'X-Deadline-Ms', message: 'A whole number of milliseconds, at least 1' }];
  throw new GatewayError('REQUEST_INVALID', {}, undefined, { issues });
}

/** The query as written; a name given twice is REQUEST_INVALID, because either value would be a guess. */
export function readQuery(text: string): RawParameters {
  if (text === '') return {};
  const query = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(text)) {
    if (query.has(name)) {
      const issues = [{ path: name.slice(0, 64), message: 'Given more than once' }];
      throw new GatewayError('REQUEST_INVALID', {}, undefined, { issues });
    }
    query.set(name, value);
  }
  return Object.fromEntries(query);
}

/** Whether a body comes with the request. */
export function hasBody(request: IncomingMessage): boolean {
  const length = request.headers['content-length'];
  return request.headers['transfer-encoding'] !== undefined || (length !== undefined && length !== '0');
}

/** Throws CONTENT_TYPE_NOT_SUPPORTED, PAYLOAD_TOO_LARGE, or REQUEST_MALFORMED when the client hangs up. */
export async function readBody(request: IncomingMessage, maxBytes: number): Promise<Buffer> {
  if (!isPlainJson(request)) throw new GatewayError('CONTENT_TYPE_NOT_SUPPORTED');
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) throw tooLarge(maxBytes);
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes <= maxBytes) chunks.push(chunk);
      else reject(tooLarge(maxBytes));
    });
    request.on('end', () => resolve(Buffer.concat(chunks)));
    request.on('error', (cause) => reject(new GatewayError('REQUEST_MALFORMED', { reason: 'ended early' }, cause)));
  });
}

/** After a refusal: the rest of the body is read and dropped, up to a limit, so that the client sees the answer. */
export function discardBody(request: IncomingMessage): void {
  if (request.complete) return;
  let bytes = 0;
  request.removeAllListeners('data');
  request.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > maxDiscardedBytes) request.destroy();
  });
  request.on('error', () => request.destroy());
  request.resume();
}

function isPlainJson(request: IncomingMessage): boolean {
  const isJson = /^application\/json\s*(;\s*charset="?utf-8"?\s*)?$/i.test(request.headers['content-type'] ?? '');
  const encoding = request.headers['content-encoding'];
  return isJson && (encoding === undefined || encoding === 'identity');
}

function tooLarge(maxBytes: number): GatewayError {
  return new GatewayError('PAYLOAD_TOO_LARGE', { maxBytes });
}
