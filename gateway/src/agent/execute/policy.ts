/** How patient the executor is, and what each failure of a write means; every number with its reason. */
import type { ErrorCode, GatewayError } from '../../errors/index.ts';
import type { WriteOperation } from '../../model/index.ts';
import type { BackoffPolicy } from '../../timing/index.ts';

export interface ExecutePolicy {
  /** Writes that have not ended; one more is AGENT_BUSY. Each costs about 2 KB and one row. */
  readonly maxOpenWrites: number;
  /** Steps of writes that nobody waits for, at once in SAP: they must not take work processes from people. */
  readonly backgroundSteps: number;
  /** Longer than any caller waits: a write that is about to succeed must not be cut off because its caller left. */
  readonly writeTimeoutMs: number;
  readonly lookUpTimeoutMs: number;
  /**
   * A write that never reached SAP is tried this often, then held: with the waits below about a quarter of an hour,
   * which covers a restart of SAP. A longer outage is a person's decision.
   */
  readonly maxAttempts: number;
  /** Outcomes lost in a row, each looked up and not found in SAP. Five lost answers are not chance. */
  readonly maxLostOutcomes: number;
  /** So long is looked up while SAP does not say how it ended: a night and a day of maintenance. Then held. */
  readonly verifyForMs: number;
  readonly retryWaits: BackoffPolicy;
  readonly lookUpWaits: BackoffPolicy;
  readonly journalWaits: BackoffPolicy;
}

export const defaultPolicy: ExecutePolicy = {
  maxOpenWrites: 1_000,
  backgroundSteps: 4,
  writeTimeoutMs: 60_000,
  lookUpTimeoutMs: 15_000,
  maxAttempts: 20,
  maxLostOutcomes: 5,
  verifyForMs: 24 * 60 * 60 * 1000,
  retryWaits: { firstMs: 1_000, maxMs: 60_000 },
  lookUpWaits: { firstMs: 500, maxMs: 60_000 },
  journalWaits: { firstMs: 1_000, maxMs: 30_000 },
};

/**
 * What a failed write means for the request:
 * - `again`: SAP did nothing, and the cause passes by itself.
 * - `refused`: SAP did nothing, and said no to the data.
 * - `held`: SAP did nothing, and a person must act first.
 * - `unknown`: SAP may have done it; look there.
 */
export type FailureMeaning = 'again' | 'refused' | 'held' | 'unknown';

/** These are known before SAP runs the function, so nothing can have been written. */
const heldBeforeSap: ReadonlySet<ErrorCode> = new Set([
  'SAP_LOGON_REFUSED',
  'SAP_NOT_AUTHORIZED',
  'SAP_FUNCTION_MISSING',
  'SAP_PACK_MISSING',
]);

/**
 * Promise 3 of the SapSystem port says that only SAP_OUTCOME_UNKNOWN may have written. A dump, an answer nobody can
 * read or a bug of ours are looked up all the same: one look-up is cheap, a second customer is not.
 */
export function meaningOf(failure: GatewayError): FailureMeaning {
  if (failure.disposition === 'retry') return 'again';
  if (failure.disposition === 'reject') return 'refused';
  return heldBeforeSap.has(failure.code) ? 'held' : 'unknown';
}

/** Whether a failed look-up is worth repeating: a lost answer and a busy SAP are, a missing right is not. */
export function isPassing(failure: GatewayError): boolean {
  return failure.disposition === 'retry' || failure.disposition === 'verify';
}

/**
 * A held write that is sent again has a fresh budget, for a person has acted. One that a restart found has what is
 * left of its own, so that a write which kills the agent does not do so for ever.
 */
export function lastAttempt({ state, attempts }: WriteOperation, maxAttempts: number): number {
  if (state === 'held') return attempts + maxAttempts;
  return Math.max(1, Math.ceil(attempts / maxAttempts)) * maxAttempts;
}
