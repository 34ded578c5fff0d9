/** SAP's ways to fail, mapped to the catalogue's codes in one table: the key decides, and only without one the group. */
import { GatewayError } from '../errors/index.ts';
import type { ErrorCode, SapMessage } from '../errors/index.ts';

/** What kind of failure a driver saw; the same words for every transport. */
export type FailureGroup =
  | 'logon'
  | 'authorization'
  | 'communication'
  | 'busy'
  | 'service-missing'
  | 'abap-runtime'
  | 'abap-application'
  | 'unreadable';

export interface SapFailure {
  readonly group: FailureGroup;
  /** Names of exceptions and runtime errors that came with it. */
  readonly keys: readonly string[];
  readonly functionName: string;
  readonly sapClient: string;
  readonly messages: readonly SapMessage[];
  /** Short and free of payload, e.g. `HTTP 405`. */
  readonly reason?: string;
}

const codeByKey: Readonly<Record<string, ErrorCode>> = {
  FU_NOT_FOUND: 'SAP_FUNCTION_MISSING',
  FUNCTION_NOT_FOUND: 'SAP_FUNCTION_MISSING',
  CALL_FUNCTION_NOT_FOUND: 'SAP_FUNCTION_MISSING',
  CALL_FUNCTION_NOT_REMOTE: 'SAP_FUNCTION_MISSING',
  FUNCTION_NOT_REMOTE: 'SAP_FUNCTION_MISSING',
  NOT_AUTHORIZED: 'SAP_NOT_AUTHORIZED',
  NO_AUTHORITY: 'SAP_NOT_AUTHORIZED',
  NO_AUTHORIZATION: 'SAP_NOT_AUTHORIZED',
  RFC_NO_AUTHORITY: 'SAP_NOT_AUTHORIZED',
  CALL_FUNCTION_NO_AUTHORITY: 'SAP_NOT_AUTHORIZED',
  RFC_AUTHORIZATION_FAILURE: 'SAP_NOT_AUTHORIZED',
  SYSTEM_NO_TASK_STORAGE: 'SAP_WORK_PROCESSES_EXHAUSTED',
  NO_WORK_PROCESS: 'SAP_WORK_PROCESSES_EXHAUSTED',
  TIME_OUT: 'SAP_SHORT_DUMP',
};

const codeByGroup: Readonly<Record<FailureGroup, ErrorCode>> = {
  logon: 'SAP_LOGON_REFUSED',
  authorization: 'SAP_NOT_AUTHORIZED',
  communication: 'SAP_UNREACHABLE',
  busy: 'SAP_WORK_PROCESSES_EXHAUSTED',
  'service-missing': 'SAP_FUNCTION_MISSING',
  'abap-runtime': 'SAP_SHORT_DUMP',
  'abap-application': 'SAP_REFUSED',
  unreadable: 'SAP_ANSWER_UNREADABLE',
};

/** Failures in which SAP certainly did not start to execute the function: a write then has written nothing. */
const beforeExecution: ReadonlySet<ErrorCode> = new Set([
  'SAP_FUNCTION_MISSING',
  'SAP_NOT_AUTHORIZED',
  'SAP_LOGON_REFUSED',
  'SAP_WORK_PROCESSES_EXHAUSTED',
]);

/** The failure as a GatewayError; for a write that may have been executed it is SAP_OUTCOME_UNKNOWN. */
export function sapError(failure: SapFailure, effect: 'read' | 'write', cause?: unknown): GatewayError {
  const key = failure.keys.find((name) => Object.hasOwn(codeByKey, name));
  const code = (key === undefined ? undefined : codeByKey[key]) ?? codeByGroup[failure.group];
  const context = {
    functionName: failure.functionName,
    sapClient: failure.sapClient,
    key: key ?? failure.keys[0],
    reason: failure.reason,
  };
  const error = new GatewayError(code, context, cause, { sapMessages: failure.messages });
  // A dump happens while something runs, whatever its name is.
  const hasNotRun = beforeExecution.has(code) && failure.group !== 'abap-runtime';
  return effect === 'write' && !hasNotRun ? outcomeUnknown(failure.functionName, error) : error;
}

/** A write went out and no answer that could be read came back. */
export function outcomeUnknown(functionName: string, cause: unknown): GatewayError {
  return new GatewayError('SAP_OUTCOME_UNKNOWN', { functionName }, cause);
}

/** Message class and number of locks: `MC 601` is SAP's own enqueue message, the others are the pack's. */
const lockMessages: ReadonlySet<string> = new Set(['MC/601', 'MC/602', 'ZGANGWAY/002', 'ZGANGWAY/007']);
const reusedKeyMessages: ReadonlySet<string> = new Set(['ZGANGWAY/003']);
const unknownCustomerMessages: ReadonlySet<string> = new Set(['F2/153']);
const authorizationMessages: ReadonlySet<string> = new Set(['F2/543', 'ZGANGWAY/009']);

/** What an E or A in RETURN means: SAP was asked, refused, and wrote nothing. */
export function refusal(messages: readonly SapMessage[], context: { readonly functionName: string }): GatewayError {
  const serious = messages.filter((message) => message.type === 'E' || message.type === 'A' || message.type === 'X');
  const ids = serious.map((message) => `${message.id}/${message.number.padStart(3, '0')}`);
  return new GatewayError(refusalCode(ids), context, undefined, { sapMessages: messages });
}

function refusalCode(ids: readonly string[]): ErrorCode {
  if (ids.some((id) => reusedKeyMessages.has(id))) return 'IDEMPOTENCY_KEY_REUSED';
  if (ids.some((id) => lockMessages.has(id))) return 'SAP_OBJECT_LOCKED';
  if (ids.some((id) => unknownCustomerMessages.has(id))) return 'SAP_CUSTOMER_UNKNOWN';
  if (ids.some((id) => authorizationMessages.has(id))) return 'SAP_NOT_AUTHORIZED';
  return 'SAP_REFUSED';
}
