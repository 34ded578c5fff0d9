/** The Express application: everything that is not a call, from health to 404. */
import express from 'express';
import type { ErrorRequestHandler, Express, Request, Response } from 'express';
import type { Registry } from 'prom-client';
import { GatewayError } from '../errors/index.ts';
import { setSecurityHeaders, writeProblem } from './http-answer.ts';
import { openApiDocument } from './openapi.ts';
import { discardBody, readCorrelationId } from './read-request.ts';
import { servicesDocumentPath } from './services-answer.ts';

export interface AppParts {
  readonly registry: Registry;
  readonly audience: string;
  /** Whether a round trip through a connected agent works; resolves to a word for the operator. */
  readonly checkReady: () => Promise<'ready' | 'draining' | 'no agent answers'>;
  /** Answers with the services this caller may call. */
  readonly answerServices: (request: Request, response: Response) => Promise<void>;
}

/** Builds the application. */
export function createApp(parts: AppParts): Express {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.use((_request, response, next) => {
    setSecurityHeaders(response);
    next();
  });
  app.get('/health/live', (_request, response) => {
    response.json({ status: 'live' });
  });
  app.get('/health/ready', async (_request, response) => {
    const status = await parts.checkReady();
    response.status(status === 'ready' ? 200 : 503).json({ status });
  });
  app.get('/metrics', async (_request, response) => {
    response.type(parts.registry.contentType).send(await parts.registry.metrics());
  });
  const document = JSON.stringify(openApiDocument(parts.audience));
  app.get('/v1/openapi.json', (_request, response) => {
    response.type('application/json').send(document);
  });
  app.get(servicesDocumentPath, (request, response) => parts.answerServices(request, response));
  app.use((request, response) => {
    writeProblem(response, new GatewayError('ROUTE_NOT_FOUND'), readCorrelationId(request));
    discardBody(request);
  });
  app.use(toProblem);
  return app;
}

/** Four parameters are how Express knows an error handler. */
const toProblem: ErrorRequestHandler = (thrown: unknown, request, response, _next) => {
  // Express throws its own errors for addresses it cannot decode.
  const isTheirs = thrown instanceof URIError;
  const error = isTheirs
    ? new GatewayError('REQUEST_MALFORMED', { reason: 'broken percent encoding in the address' }, thrown)
    : new GatewayError('INTERNAL', {}, thrown);
  writeProblem(response, error, readCorrelationId(request));
  discardBody(request);
};
