/** Answers what Node could not even read as a request: oversized headers, slow senders, broken HTTP. */
import { randomUUID } from 'node:crypto';
import type { Duplex } from 'node:stream';
import { GatewayError } from '../errors/index.ts';
import { toProblem } from '../model/index.ts';

const reasons: Readonly<Record<string, readonly [status: number, phrase: string, reason: string]>> = {
  HPE_HEADER_OVERFLOW: [431, 'Request Header Fields Too Large', 'its headers are larger than 16 KB'],
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'Request Timeout', 'it was not complete in time'],
};
const brokenRequest = [400, 'Bad Request', 'not valid HTTP'] as const;

/** A problem document on the bare socket; there is no response object for a request that never was one. */
export function answerClientError(failure: Error & { readonly code?: string }, socket: Duplex): void {
  if (failure.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const [status, phrase, reason] = reasons[failure.code ?? ''] ?? brokenRequest;
  const problem = toProblem(new GatewayError('REQUEST_MALFORMED', { reason }), randomUUID());
  const body = JSON.stringify({ ...problem, status });
  socket.end(
    `HTTP/1.1 ${status} ${phrase}\r\nContent-Type: application/problem+json\r\nConnection: close\r\n` +
      `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
}
