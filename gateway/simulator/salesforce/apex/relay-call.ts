/** A call to the relay as the package's Apex makes it (GatewayRequest, GatewayCallout, GatewayResponse). */
import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import { CalloutException } from './context.ts';
import type { ApexContext, CalloutAnswer } from './context.ts';
import { GatewayException, problemOf, problemView } from './problem.ts';
import { writeSignature } from './write-signature.ts';

const readDeadlineMs = 15_000;
const writeDeadlineMs = 40_000;
/** The relay answers by the deadline, if only with a problem; this is its way back. */
const graceMs = 3_000;

/** What to call. */
export interface RelayCall {
  readonly method: 'GET' | 'POST';
  /** Parts of the path after /v1. */
  readonly path: readonly string[];
  /** Blank values add nothing. */
  readonly query: readonly (readonly [string, string | null | undefined])[];
  readonly body?: unknown;
  readonly idempotencyKey?: string;
}

/** A successful answer, not yet taken on trust. */
export interface RelayAnswer {
  readonly status: number;
  readonly body: string;
  readonly correlationId: string;
}

/** Apex encodes a blank as a plus sign. */
const encode = (text: string): string => encodeURIComponent(text).replaceAll('%20', '+');

function addressOf({ path, query }: RelayCall): string {
  const asked = query.flatMap(([name, value]) =>
    value == null || value.trim() === '' ? [] : `${name}=${encode(value)}`,
  );
  return ['/v1', ...path.map(encode)].join('/') + (asked.length === 0 ? '' : `?${asked.join('&')}`);
}

/** The failure of an answer that says something else than it must. */
export function unreadable(context: ApexContext, answer: RelayAnswer, cause?: unknown): GatewayException {
  const problem = problemOf(context.labels, 'RELAY_ANSWER_UNREADABLE', [String(answer.status)]);
  return new GatewayException({ ...problem, correlationId: answer.correlationId }, answer.status, cause);
}

/** The body as an object of that shape; anything else is unreadable. */
export function readAnswer<T>(context: ApexContext, answer: RelayAnswer, shape: z.ZodType<T>): T {
  try {
    return shape.parse(JSON.parse(answer.body));
  } catch (error) {
    throw unreadable(context, answer, error);
  }
}

function failureOf(context: ApexContext, answer: RelayAnswer): GatewayException {
  try {
    const problem = readAnswer(context, answer, problemView);
    return new GatewayException(
      { ...problem, correlationId: problem.correlationId ?? answer.correlationId },
      answer.status,
    );
  } catch (error) {
    if (error instanceof GatewayException) return error;
    throw error;
  }
}

function signatureOf(context: ApexContext, call: RelayCall, body: string | null): string | undefined {
  if (call.idempotencyKey === undefined) return undefined;
  const system = call.query.find(([name]) => name === 'system')?.[1]?.trim() ?? '';
  const path = addressOf({ ...call, query: [] });
  return writeSignature(context, {
    method: call.method,
    path,
    system,
    idempotencyKey: call.idempotencyKey,
    body: body ?? '',
  });
}

/** Makes the call; throws a GatewayException for everything but success. */
export async function callRelay(context: ApexContext, call: RelayCall): Promise<RelayAnswer> {
  const correlationId = randomUUID();
  const deadlineMs = call.idempotencyKey === undefined ? readDeadlineMs : writeDeadlineMs;
  const headers: Record<string, string> = {
    accept: 'application/json',
    'x-correlation-id': correlationId,
    'x-deadline-ms': String(deadlineMs),
  };
  if (call.idempotencyKey !== undefined) headers['idempotency-key'] = call.idempotencyKey;
  if (call.body !== undefined) headers['content-type'] = 'application/json';
  const body = call.body === undefined ? null : typeof call.body === 'string' ? call.body : JSON.stringify(call.body);
  const signature = signatureOf(context, call, body);
  if (signature !== undefined) headers['x-gangway-signature'] = signature;
  let answer: CalloutAnswer;
  try {
    answer = await context.callout({
      method: call.method,
      address: addressOf(call),
      body,
      headers,
      timeoutMs: deadlineMs + graceMs,
    });
  } catch (error) {
    if (!(error instanceof CalloutException)) throw error;
    const problem = problemOf(context.labels, 'RELAY_UNREACHABLE', [error.message]);
    throw new GatewayException({ ...problem, correlationId }, null, error);
  }
  const response = { ...answer, correlationId };
  if (answer.status < 200 || answer.status > 299) throw failureOf(context, response);
  return response;
}
