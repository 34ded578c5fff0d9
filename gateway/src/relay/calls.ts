/**
 * Flow A at the relay: a call comes in over HTTP, is checked, goes to an agent, and its answer goes back. This is
 * the hot path, on Node's own server (docs/decisions/0003-relay-hot-path-without-express.md).
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { GatewayError, toGatewayError } from '../errors/index.ts';
import { operations } from '../model/index.ts';
import type { Operation, OrgId, SapSystemId } from '../model/index.ts';
import type { OrgTokenVerifier, VerifiedOrgToken } from '../org-token/index.ts';
import { readInputs, writeCallHeader } from '../protocol/index.ts';
import type { RawParameters } from '../protocol/index.ts';
import { errorFields } from '../telemetry/index.ts';
import { chooseSystem } from './choose-system.ts';
import { exchange } from './exchange.ts';
import type { ExchangeOutcome } from './exchange.ts';
import { writeHead, writeProblem } from './http-answer.ts';
import type { OrgLimits } from './org-limits.ts';
import {
  discardBody,
  hasBody,
  readBearerToken,
  readBody,
  readCorrelationId,
  readDeadlineMs,
  readIdempotencyKey,
  readQuery,
  readSignature,
} from './read-request.ts';
import type { RelayMetrics } from './relay-metrics.ts';
import type { RouteMatcher } from './route-matcher.ts';
import type { ServiceBook, ServiceRoute } from './service-book.ts';
import type { AgentSession, Sessions } from './sessions.ts';
import type { RelayLimits, RelayParts } from './settings.ts';
import { toVerifying } from './unknown-outcome.ts';

export interface CallsParts extends Pick<RelayParts, 'clock' | 'log'> {
  readonly routes: RouteMatcher;
  readonly verifier: OrgTokenVerifier;
  readonly orgLimits: OrgLimits;
  readonly sessions: Sessions;
  readonly services: ServiceBook;
  readonly metrics: RelayMetrics;
  readonly limits: RelayLimits;
  /** True when an agent is registered for this org and system, connected or not. */
  readonly isServed: (org: OrgId, system: SapSystemId) => boolean;
  readonly isDraining: () => boolean;
}

/** The agent is told a little less, so that its own answer about the deadline arrives before the relay gives up. */
const answerReserveMs = 250;
/** A service without inputs is called without a body. */
const noInputs = Buffer.from('{}');

/** One call from its request to its end. */
interface Visit {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly correlationId: string;
  readonly startedMs: number;
  operation: Operation | undefined;
  service: string | undefined;
  idempotencyKey: string | undefined;
}

/** Answers calls to /v1. */
export function createCalls(parts: CallsParts): (request: IncomingMessage, response: ServerResponse) => void {
  return (request, response) => {
    const correlationId = readCorrelationId(request);
    const startedMs = parts.clock.monotonic();
    const visit: Visit = {
      request,
      response,
      correlationId,
      startedMs,
      operation: undefined,
      service: undefined,
      idempotencyKey: undefined,
    };
    answer(parts, visit).then(
      (outcome) => count(parts, visit, outcome.code ?? 'ok'),
      (thrown: unknown) => answerFailure(parts, visit, toGatewayError(thrown)),
    );
  };
}

async function answer(parts: CallsParts, visit: Visit): Promise<ExchangeOutcome> {
  if (parts.isDraining()) throw new GatewayError('RELAY_DRAINING');
  const { request } = visit;
  const [path = '', queryText = ''] = splitOnce(request.url ?? '');
  const { operation, params } = parts.routes.match(request.method ?? '', path);
  visit.operation = operation;
  const token = readBearerToken(request);
  const caller = parts.verifier.remembered(token) ?? (await parts.verifier.verify(token));
  parts.orgLimits.enter(caller.org);
  try {
    return await forward(parts, visit, { operation, params, query: readQuery(queryText), token, caller });
  } finally {
    parts.orgLimits.leave(caller.org);
  }
}

interface CheckedCall {
  readonly operation: Operation;
  readonly params: RawParameters;
  readonly query: RawParameters;
  readonly token: string;
  readonly caller: VerifiedOrgToken;
}

async function forward(parts: CallsParts, visit: Visit, call: CheckedCall): Promise<ExchangeOutcome> {
  const { limits } = parts;
  const { request, correlationId } = visit;
  const { params, query, token, caller } = call;
  const service = call.operation === operations.readService ? findService(parts, visit, call) : undefined;
  const operation = service?.operation ?? call.operation;
  const isWrite = operation.effect === 'write';
  const deadlineMs = readDeadlineMs(request, isWrite ? limits.writeDeadlineMs : limits.readDeadlineMs);
  const key = isWrite ? readIdempotencyKey(request) : undefined;
  visit.idempotencyKey = key;
  const body = hasBody(request) ? await readBody(request, limits.maxBodyBytes) : undefined;
  readInputs(operation, { params, query, body: service === undefined ? body : (body ?? noInputs) });
  const system = service?.system ?? chooseSystem(parts.isServed, caller, query['system']);
  return askAgents(
    parts,
    visit,
    { org: caller.org, system, deadlineMs, effect: operation.effect, body, agents: service?.route.agents },
    (remainingMs, ageMs) =>
      writeCallHeader({
        operation: operation.name,
        system,
        params,
        query,
        token,
        correlationId,
        remainingMs: Math.max(remainingMs / 2, remainingMs - answerReserveMs, 0),
        ageMs,
        idempotencyKey: key,
        signature: isWrite ? readSignature(request) : undefined,
        isShared: service?.route.isShared === true ? true : undefined,
      }),
  );
}

interface ServiceCall {
  readonly operation: Operation;
  readonly system: SapSystemId;
  readonly route: ServiceRoute;
}

/** Reads and writes have one address: what agents announced of the service says which this is, and who is asked. */
function findService(parts: CallsParts, visit: Visit, { params, query, caller }: CheckedCall): ServiceCall {
  const system = chooseSystem(parts.isServed, caller, query['system']);
  const route = parts.services.find(caller, system, params['name'] ?? '');
  const operation = route.service.effect === 'write' ? operations.writeService : operations.readService;
  visit.operation = operation;
  visit.service = route.service.name;
  return { operation, system, route };
}

interface Question {
  readonly org: OrgId;
  readonly system: SapSystemId;
  readonly deadlineMs: number;
  readonly effect: Operation['effect'];
  readonly body: Buffer | undefined;
  /** Only these, for a service. */
  readonly agents: readonly AgentSession[] | undefined;
}

/** Asks one agent, and when it does not take the call (it stands by, drains, is busy) the next one, each once. */
async function askAgents(
  { clock, limits, sessions }: CallsParts,
  { correlationId, response, startedMs }: Visit,
  { org, system, deadlineMs, effect, body, agents }: Question,
  toHeader: (remainingMs: number, ageMs: number) => string,
): Promise<ExchangeOutcome> {
  const asked = new Set<AgentSession>();
  for (;;) {
    const agent =
      agents === undefined
        ? sessions.choose(org, system, asked)
        : sessions.chooseAmong(agents, { effect, system, asked });
    asked.add(agent);
    const ageMs = clock.monotonic() - startedMs;
    const remainingMs = deadlineMs - ageMs;
    // Nothing was sent yet, or nothing was begun: this may be repeated, whatever the call is.
    if (remainingMs <= 0) throw new GatewayError('DEADLINE_PASSED');
    const outcome = await exchange(response, {
      ...{
        session: agent.session,
        header: toHeader(remainingMs, ageMs),
        body,
        effect,
        remainingMs,
        correlationId,
        clock,
      },
      maxAnswerBytes: limits.maxAnswerBytes,
      mayAskAnother: () =>
        agents === undefined ? sessions.hasOther(org, system, asked) : agents.some((other) => !asked.has(other)),
    });
    if (outcome.isDeclined !== true) return outcome;
  }
}

function splitOnce(url: string): readonly string[] {
  const mark = url.indexOf('?');
  return mark < 0 ? [url] : [url.slice(0, mark), url.slice(mark + 1)];
}

function answerFailure(parts: CallsParts, visit: Visit, error: GatewayError): void {
  const { request, response, correlationId, operation, idempotencyKey } = visit;
  count(parts, visit, error.code);
  logFailure(parts, visit, error);
  const verifying =
    error.code === 'SAP_OUTCOME_UNKNOWN' && operation !== undefined && idempotencyKey !== undefined
      ? toVerifying(operation, idempotencyKey, error, { clock: parts.clock, correlationId, service: visit.service })
      : undefined;
  if (verifying === undefined || response.headersSent) writeProblem(response, error, correlationId);
  else writeVerifying(visit, Buffer.from(JSON.stringify(verifying)));
  discardBody(request);
}

function writeVerifying(visit: Visit, body: Buffer): void {
  const { response, correlationId, idempotencyKey = '' } = visit;
  const extra = ['Location', `/v1/operations/${encodeURIComponent(idempotencyKey)}`];
  writeHead(response, { status: 202, length: body.length, correlationId, isProblem: false, extra });
  response.end(body);
}

function count(parts: CallsParts, visit: Visit, ending: string): void {
  parts.metrics.countCall(visit.operation?.name, ending, (parts.clock.monotonic() - visit.startedMs) / 1000);
}

/** Codes and ids only: neither path nor query, they name customers. */
function logFailure(parts: CallsParts, visit: Visit, error: GatewayError): void {
  const facts = { correlationId: visit.correlationId, operation: visit.operation?.name, service: visit.service };
  const said = { ...facts, ...errorFields(error) };
  if (error.code === 'INTERNAL') parts.log.error(said, 'A call failed inside the relay');
  else parts.log.info(said, 'A call was not answered');
}
