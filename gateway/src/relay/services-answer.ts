/** Answers GET /v1/services/openapi.json: the services of the org that asks, for the user that asks. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { toGatewayError } from '../errors/index.ts';
import type { OrgTokenVerifier } from '../org-token/index.ts';
import { writeHead, writeProblem } from './http-answer.ts';
import type { OrgLimits } from './org-limits.ts';
import { discardBody, readBearerToken, readCorrelationId } from './read-request.ts';
import type { ServiceBook } from './service-book.ts';
import { servicesDocument } from './services-document.ts';

export const servicesDocumentPath = '/v1/services/openapi.json';

export interface ServicesAnswerParts {
  readonly verifier: OrgTokenVerifier;
  readonly orgLimits: OrgLimits;
  readonly services: ServiceBook;
  readonly audience: string;
}

/** With the org's token only: what an org can do in SAP is its own affair. Never throws. */
export async function answerServicesDocument(
  { verifier, orgLimits, services, audience }: ServicesAnswerParts,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const correlationId = readCorrelationId(request);
  try {
    const token = readBearerToken(request);
    const caller = verifier.remembered(token) ?? (await verifier.verify(token));
    // It counts as a call: making it takes as long as some.
    orgLimits.enter(caller.org);
    orgLimits.leave(caller.org);
    const document = servicesDocument(services.openTo(caller), { url: audience, systems: caller.systems });
    const body = Buffer.from(JSON.stringify(document));
    writeHead(response, { status: 200, length: body.length, correlationId, isProblem: false });
    response.end(request.method === 'HEAD' ? undefined : body);
  } catch (thrown) {
    writeProblem(response, toGatewayError(thrown), correlationId);
  }
  discardBody(request);
}
