/** Answers the org's HTTP calls: finds the route, lets the faults strike, tells failures as Salesforce does. */
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { ZodError } from 'zod';
import type { Faults } from './faults/faults.ts';
import { ConnectionLost, withFaults } from './faults/faulty-answer.ts';
import { findRoute, readBody, sendAnswer } from './http.ts';
import type { HttpAnswer, Route } from './http.ts';
import { SalesforceError, notFound } from './org/errors.ts';

const toAnswer = (error: unknown): HttpAnswer => {
  if (error instanceof SalesforceError) return { status: error.status, body: [error.entry] };
  if (error instanceof ZodError)
    return { status: 400, body: [{ errorCode: 'JSON_PARSER_ERROR', message: error.message }] };
  const message = error instanceof Error ? error.message : String(error);
  return { status: 500, body: [{ errorCode: 'UNKNOWN_EXCEPTION', message }] };
};

/** What every call is answered with. */
export interface Desk {
  readonly routes: readonly Route[];
  readonly faults: Faults;
  readonly now: () => number;
}

async function answerCall(desk: Desk, request: IncomingMessage, response: ServerResponse): Promise<void> {
  // The org's clock is the one that its answers tell.
  response.setHeader('date', new Date(desk.now()).toUTCString());
  try {
    const url = new URL(request.url ?? '/', 'http://org.invalid');
    const method = request.method ?? 'GET';
    const found = findRoute(desk.routes, method, url.pathname);
    const maxBytes = found?.route.maxFileBytes;
    const bytes = await readBody(request, maxBytes);
    const sent = maxBytes === undefined ? { body: bytes.toString('utf8') } : { body: '', file: bytes };
    const answer = await withFaults(desk.faults, url.pathname, () => {
      if (found === undefined) throw notFound();
      return found.route.handle({ method, url, parts: found.parts, headers: request.headers, ...sent });
    });
    sendAnswer(request, response, answer);
  } catch (error) {
    if (error instanceof ConnectionLost) response.destroy();
    else sendAnswer(request, response, toAnswer(error));
  }
}

/** A server on the loopback address; port 0 is any free one. */
export async function listen(desk: Desk, wanted: number): Promise<{ readonly server: Server; readonly port: number }> {
  const server = createServer((request, response) => void answerCall(desk, request, response));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(wanted, '127.0.0.1', resolve);
  });
  const bound = server.address();
  return { server, port: typeof bound === 'object' && bound !== null ? bound.port : wanted };
}
