/** Everything the relay writes to HTTP goes through here: the headers of each answer, and failures as problems. */
import type { ServerResponse } from 'node:http';
import type { GatewayError } from '../errors/index.ts';
import { toProblem } from '../model/index.ts';

const securityHeaders = [
  ['Cache-Control', 'no-store'],
  ['Content-Security-Policy', "default-src 'none'; frame-ancestors 'none'"],
  ['Referrer-Policy', 'no-referrer'],
  ['Strict-Transport-Security', 'max-age=31536000; includeSubDomains'],
  ['X-Content-Type-Options', 'nosniff'],
] as const;

const flatSecurityHeaders: readonly string[] = securityHeaders.flat();

export interface AnswerHead {
  readonly status: number;
  readonly length: number;
  readonly correlationId: string;
  readonly isProblem: boolean;
  /** More headers, name and value in turn. */
  readonly extra?: readonly string[] | undefined;
}

/** A refused or unlucky call may come again after a second; longer waits say so in the advice. */
const retryAfter = ['Retry-After', '1'];
const retryStatuses: ReadonlySet<number> = new Set([429, 503]);

/** Sends status and headers; the body follows. */
export function writeHead(response: ServerResponse, head: AnswerHead): void {
  // One flat list: Node copies it without building a map of names first.
  response.writeHead(head.status, [
    'Content-Type',
    head.isProblem ? 'application/problem+json' : 'application/json',
    'Content-Length',
    String(head.length),
    'X-Correlation-Id',
    head.correlationId,
    ...flatSecurityHeaders,
    ...(retryStatuses.has(head.status) ? retryAfter : []),
    ...(head.extra ?? []),
  ]);
}

/** The problem document of a failure, unless an answer has begun: then the connection is cut, so that nobody takes half for all. */
export function writeProblem(response: ServerResponse, error: GatewayError, correlationId: string): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const body = Buffer.from(JSON.stringify(toProblem(error, correlationId)));
  const extra = extraHeaders(error);
  writeHead(response, { status: error.status, length: body.length, correlationId, isProblem: true, extra });
  response.end(body);
}

function extraHeaders(error: GatewayError): readonly string[] {
  if (error.status === 401) return ['WWW-Authenticate', 'Bearer'];
  const allow = error.context['allow'];
  return error.code === 'METHOD_NOT_ALLOWED' && typeof allow === 'string' ? ['Allow', allow] : [];
}

/** The security headers for answers that Express writes. */
export function setSecurityHeaders(response: ServerResponse): void {
  for (const [name, value] of securityHeaders) response.setHeader(name, value);
}
