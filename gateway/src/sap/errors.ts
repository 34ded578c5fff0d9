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
  /** The part on the way that is in the way, and what to look at. */
  readonly obstacle?: string | undefined;
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
    obstacle: failure.obstacle,
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

/**
 * What messages mean that are more than "the data was refused", by class and number; where several came, the first of
 * this list. `MC 601`, `F2 042` and `V1 042` are SAP's own words for a lock, `F2 543` for a missing right.
 */
const codeByMessage: readonly (readonly [string, ErrorCode])[] = [
  ['ZGANGWAY/003', 'IDEMPOTENCY_KEY_REUSED'],
  ['ZGANGWAY/011', 'LEASE_LOST'],
  ['MC/601', 'SAP_OBJECT_LOCKED'],
  ['MC/602', 'SAP_OBJECT_LOCKED'],
  ['F2/042', 'SAP_OBJECT_LOCKED'],
  ['V1/042', 'SAP_OBJECT_LOCKED'],
  ['ZGANGWAY/002', 'SAP_OBJECT_LOCKED'],
  ['ZGANGWAY/007', 'SAP_OBJECT_LOCKED'],
  ['F2/153', 'SAP_CUSTOMER_UNKNOWN'],
  ['ZGANGWAY/014', 'SAP_CONTACT_UNKNOWN'],
  // The update task ended in a dump: the data was not refused, and the same call may succeed.
  ['ZGANGWAY/010', 'SAP_SHORT_DUMP'],
  ['F2/543', 'SAP_NOT_AUTHORIZED'],
  ['ZGANGWAY/009', 'SAP_NOT_AUTHORIZED'],
];

/** Facts of a refusal that its messages alone do not carry. */
export interface RefusalFacts {
  readonly functionName: string;
  readonly lockedBy?: string | undefined;
}

/** What an E or A in RETURN means: SAP was asked, refused, and wrote nothing. */
export function refusal(messages: readonly SapMessage[], facts: RefusalFacts): GatewayError {
  const serious = messages.filter((message) => message.type === 'E' || message.type === 'A' || message.type === 'X');
  const ids = new Set(serious.map((message) => `${message.id}/${message.number.padStart(3, '0')}`));
  const code = codeByMessage.find(([id]) => ids.has(id))?.[1] ?? 'SAP_REFUSED';
  return new GatewayError(code, { ...facts }, undefined, { sapMessages: messages });
}
