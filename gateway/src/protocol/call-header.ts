/**
 * The header of a call and of its answer, as compact JSON. These are read for each call, so they are checked by
 * hand: the schema library would cost as much as the rest of the hop.
 */
import { GatewayError } from '../errors/index.ts';

/** Parameters as the caller wrote them: both sides check them against the operation's own schemas. */
export type RawParameters = Readonly<Record<string, string>>;

/** Relay to agent, with each call. */
export interface CallHeader {
  readonly operation: string;
  readonly system: string;
  readonly params: RawParameters;
  readonly query: RawParameters;
  /** The org's token, untouched: the agent trusts it and not the relay. */
  readonly token: string;
  readonly correlationId: string;
  /** What is left of the deadline, in milliseconds: clocks of two machines differ, durations do not. */
  readonly remainingMs: number;
  /** How long the relay has had the call already: it may have waited for another agent. */
  readonly ageMs?: number | undefined;
  readonly idempotencyKey?: string | undefined;
  /** The org's signature of a write, untouched. */
  readonly signature?: string | undefined;
  /** Another agent may have had this key before: what SAP has of it is looked up before it is written. */
  readonly isShared?: boolean | undefined;
}

/** Agent to relay, before the bytes of the answer. */
export interface AnswerHeader {
  readonly status: number;
  /** Bytes that follow. */
  readonly length: number;
  /** Catalogue code where the body is a problem document. */
  readonly code?: string | undefined;
}

/** Ten minutes: no call may ask for more, whatever the relay is configured to. */
const maxRemainingMs = 600_000;

export function writeCallHeader(header: CallHeader): string {
  return JSON.stringify(header);
}

export function writeAnswerHeader(header: AnswerHeader): string {
  return JSON.stringify(header);
}

/** Throws PROTOCOL_VIOLATION for anything that is not a call header. */
export function readCallHeader(bytes: Buffer): CallHeader {
  const read = parse(bytes);
  const { operation, system, params, query, token, correlationId, remainingMs } = read;
  const { ageMs, idempotencyKey, signature, isShared } = read;
  const isCall =
    isName(operation) &&
    isName(system) &&
    typeof token === 'string' &&
    isName(correlationId) &&
    isDuration(remainingMs) &&
    (ageMs === undefined || isDuration(ageMs)) &&
    isRawParameters(params) &&
    isRawParameters(query) &&
    isTextOrAbsent(idempotencyKey) &&
    isTextOrAbsent(signature) &&
    (isShared === undefined || typeof isShared === 'boolean');
  if (!isCall) throw violation('not a call header');
  return {
    operation,
    system,
    params,
    query,
    token,
    correlationId,
    remainingMs,
    ageMs,
    idempotencyKey,
    signature,
    isShared,
  };
}

/** Throws PROTOCOL_VIOLATION for anything that is not an answer header. */
export function readAnswerHeader(bytes: Buffer): AnswerHeader {
  const { status, length, code } = parse(bytes);
  const isAnswer =
    isWholeNumber(status) &&
    status >= 200 &&
    status <= 599 &&
    isWholeNumber(length) &&
    length >= 0 &&
    (code === undefined || typeof code === 'string');
  if (!isAnswer) throw violation('not an answer header');
  return { status, length, code };
}

const violation = (reason: string, cause?: unknown): GatewayError =>
  new GatewayError('PROTOCOL_VIOLATION', { reason }, cause);

function parse(bytes: Buffer): Record<string, unknown> {
  const value = parseJson(bytes);
  if (isRecord(value)) return value;
  throw violation('header is not an object');
}

function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch (cause) {
    throw violation('header is not JSON', cause);
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isWholeNumber(value: unknown): value is number {
  return Number.isSafeInteger(value);
}

/** Names are logged before anything else about a call is known to be true. */
function isName(value: unknown): value is string {
  return typeof value === 'string' && /^[\w/-]{1,64}$/.test(value);
}

function isTextOrAbsent(value: unknown): value is string | undefined {
  return value === undefined || typeof value === 'string';
}

function isDuration(value: unknown): value is number {
  return typeof value === 'number' && value >= 0 && value <= maxRemainingMs;
}

function isRawParameters(value: unknown): value is RawParameters {
  return isRecord(value) && Object.values(value).every((entry) => typeof entry === 'string');
}
