/** One HTTP exchange with Salesforce: bounded in time and size, without redirects, through the proxy where one is set. */
import { Readable } from 'node:stream';
import { Agent, ProxyAgent, request } from 'undici';
import type { Dispatcher } from 'undici';
import { z } from 'zod';
import { GatewayError } from '../errors/index.ts';
import type { Clock, Deadline } from '../timing/index.ts';

export type HttpMethod = 'GET' | 'POST' | 'PATCH' | 'PUT';

export interface HttpQuestion {
  readonly method: HttpMethod;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
  /** For answers that may be larger than a visit's. */
  readonly maxAnswerBytes?: number | undefined;
}

export interface HttpAnswer {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What is too large for one piece of memory: given and taken in pieces. */
export interface StreamQuestion extends Omit<HttpQuestion, 'body' | 'maxAnswerBytes'> {
  readonly body?: Iterable<string> | undefined;
}

export interface StreamAnswer extends Omit<HttpAnswer, 'body'> {
  /** To be read, or left by `return`: the connection is held until then, at longest until the deadline. */
  readonly body: AsyncIterable<Uint8Array>;
}

/** Like `Exchange`; what breaks later is thrown while the body is read. */
export type StreamExchange = (question: StreamQuestion, deadline: Deadline) => Promise<StreamAnswer>;

/** Asks, and gives whatever was answered; throws SALESFORCE_UNREACHABLE or SALESFORCE_ANSWER_UNREADABLE. */
export type Exchange = (question: HttpQuestion, deadline: Deadline) => Promise<HttpAnswer>;

/** The largest is a visit's: a million characters of payload in all, at worst six bytes each, and what is around them. */
const largestVisit = 8_388_608;
/** A visit, the desk, a check and a logon at once; an org never needs more from one agent. */
const maxConnections = 8;

/** The way out to one org. `close` ends what is under way. */
export function openExchange(
  proxyUrl: string | undefined,
  clock: Clock,
): { readonly exchange: Exchange; readonly stream: StreamExchange; close(): Promise<void> } {
  const dispatcher =
    proxyUrl === undefined
      ? new Agent({ connections: maxConnections })
      : new ProxyAgent({ uri: proxyUrl, connections: maxConnections });
  return {
    exchange: (question, deadline) => exchangeOnce(dispatcher, question, deadline, clock),
    stream: (question, deadline) => streamOnce(dispatcher, question, deadline, clock),
    close: () => dispatcher.destroy(),
  };
}

async function exchangeOnce(
  dispatcher: Dispatcher,
  { method, url, headers, body, maxAnswerBytes = largestVisit }: HttpQuestion,
  deadline: Deadline,
  clock: Clock,
): Promise<HttpAnswer> {
  const late = new AbortController();
  const cancel = clock.after(deadline.remainingMs(), () => late.abort());
  try {
    const answer = await request(url, {
      dispatcher,
      method,
      headers: { ...headers, accept: 'application/json' },
      body: body ?? null,
      signal: late.signal,
    });
    return {
      status: answer.statusCode,
      headers: flat(answer.headers),
      body: await readAll(answer.body, maxAnswerBytes),
    };
  } catch (cause) {
    throw broken(cause, late.signal);
  } finally {
    cancel();
  }
}

async function streamOnce(
  dispatcher: Dispatcher,
  { method, url, headers, body }: StreamQuestion,
  deadline: Deadline,
  clock: Clock,
): Promise<StreamAnswer> {
  const late = new AbortController();
  const cancel = clock.after(deadline.remainingMs(), () => late.abort());
  try {
    const sent = body === undefined ? null : Readable.from(body, { objectMode: false });
    const answer = await request(url, { dispatcher, method, headers, body: sent, signal: late.signal });
    const pieces = piecesOf(answer.body, late.signal, cancel);
    return { status: answer.statusCode, headers: flat(answer.headers), body: pieces };
  } catch (cause) {
    cancel();
    throw broken(cause, late.signal);
  }
}

async function* piecesOf(
  body: AsyncIterable<Buffer>,
  late: AbortSignal,
  cancel: () => void,
): AsyncGenerator<Uint8Array, void, undefined> {
  try {
    for await (const piece of body) yield piece;
  } catch (cause) {
    throw broken(cause, late);
  } finally {
    cancel();
  }
}

function broken(cause: unknown, late: AbortSignal): GatewayError {
  if (cause instanceof GatewayError) return cause;
  const reason = late.aborted ? 'no answer in time' : reasonOf(cause);
  return new GatewayError('SALESFORCE_UNREACHABLE', { reason }, cause);
}

async function readAll(body: AsyncIterable<Buffer>, maxBytes: number): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.length;
    // Leaving the loop closes the connection, so an endless answer ends here too.
    if (bytes > maxBytes) throw unreadable(`more than ${maxBytes} bytes`);
    chunks.push(chunk);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks));
  } catch (cause) {
    throw new GatewayError('SALESFORCE_ANSWER_UNREADABLE', { reason: 'not UTF-8' }, cause);
  }
}

/** An answer that no reader of ours understands. */
export const unreadable = (reason: string): GatewayError =>
  new GatewayError('SALESFORCE_ANSWER_UNREADABLE', { reason });

function flat(headers: Readonly<Record<string, string | string[] | undefined>>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name.toLowerCase(), typeof value === 'string' ? value : value.join(', ')]],
    ),
  );
}

/** The system's name for it (`ECONNREFUSED`); never the message, which may hold addresses. */
function reasonOf(cause: unknown): string {
  const { code, message } = failed.parse(cause);
  const refusal = /^Proxy response \((\d{3})\)/.exec(message)?.[1];
  return refusal === undefined ? code : `the proxy answered ${refusal}`;
}

const failed = z
  .object({ code: z.string().max(40).catch('the connection failed'), message: z.string().catch('') })
  .catch({ code: 'the connection failed', message: '' });
