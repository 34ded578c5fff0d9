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
   * So long after a lost answer of a service a look-up that finds nothing is made again before it counts. SAP ends a dialog step
   * after 600 s (rdisp/max_wprun_time): until then the lost call may still commit, and SAP keeps no key that would stop its twin.
   */
  readonly serviceSettleMs: number;
  /** Attempts that count (see `causes`), then held: what fails this often does not pass by itself. */
  readonly maxAttempts: number;
  /** Outcomes lost in a row, each looked up and not found in SAP. Five lost answers are not chance. */
  readonly maxLostOutcomes: number;
  /** So long is looked up while SAP does not say how it ended: a night and a day of maintenance. Then held. */
  readonly verifyForMs: number;
  /** So long is waited for somebody who has the record open in SAP; then a person asks him. */
  readonly lockedForMs: number;
  /** Between two pings while SAP is away: quick after a restart of SAP, cheap during an outage. */
  readonly awayWaits: BackoffPolicy;
  /** SAP needs its work processes for others first; they are rarely free again within seconds. */
  readonly busyWaits: BackoffPolicy;
  /** Between two looks whether a pause is over: they end before SAP and cost nothing, and it is to go on within seconds. */
  readonly pausedWaits: BackoffPolicy;
  /** Somebody saves, and the lock is gone: short waits. */
  readonly lockWaits: BackoffPolicy;
  readonly retryWaits: BackoffPolicy;
  readonly lookUpWaits: BackoffPolicy;
  readonly journalWaits: BackoffPolicy;
  /** How long a call waits for the agent's first look into its org, which says who writes; a start takes about a second. */
  readonly leaseWaitMs: number;
  /**
   * A write call that has been on its way for longer is not begun where the org's outbox brings its request too: it may have
   * ended meanwhile, by another agent. A call travels for some ten milliseconds; an agent that stands by says so at once.
   */
  readonly maxCallAgeMs: number;
  /** So long a call that finds its content refused is answered so, where the org's outbox brings what is asked anew: a callout lasts two minutes. */
  readonly refusalStandsMs: number;
}

export const defaultPolicy: ExecutePolicy = {
  maxOpenWrites: 1_000,
  backgroundSteps: 4,
  writeTimeoutMs: 60_000,
  lookUpTimeoutMs: 15_000,
  serviceSettleMs: 600_000,
  maxAttempts: 20,
  maxLostOutcomes: 5,
  verifyForMs: 24 * 60 * 60 * 1000,
  lockedForMs: 60 * 60 * 1000,
  awayWaits: { firstMs: 1_000, maxMs: 60_000 },
  busyWaits: { firstMs: 5_000, maxMs: 120_000 },
  pausedWaits: { firstMs: 1_000, maxMs: 1_000 },
  lockWaits: { firstMs: 1_000, maxMs: 30_000 },
  retryWaits: { firstMs: 1_000, maxMs: 60_000 },
  lookUpWaits: { firstMs: 500, maxMs: 60_000 },
  journalWaits: { firstMs: 1_000, maxMs: 30_000 },
  leaseWaitMs: 2_000,
  maxCallAgeMs: 3_000,
  refusalStandsMs: 120_000,
};

/**
 * What a failed write means for the request:
 * - `away`, `busy`: SAP did nothing and cannot be worked with now. All writes wait together, one of them asks, without end.
 * - `paused`: an operator has paused work in SAP, so nothing was sent. The same, and it goes on within seconds after.
 * - `locked`: SAP did nothing because somebody has the record open. Short waits for an hour, then held.
 * - `passing`: SAP did nothing, and the cause passes by itself. Tried `maxAttempts` times, then held.
 * - `logon`: SAP refused the logon. Nothing more is sent, or the user would be locked; all writes wait for a restart.
 * - `standby`: SAP did nothing because another agent has the lease. Ends here without an outcome.
 * - `refused`: SAP did nothing, and said no to the data.
 * - `held`: SAP did nothing, and a person must act first.
 * - `unknown`: SAP may have done it; look there.
 */
export type Cause =
  'away' | 'busy' | 'paused' | 'locked' | 'passing' | 'logon' | 'standby' | 'refused' | 'held' | 'unknown';

/** Everything else goes by its disposition: `retry` is passing, `reject` is refused, the rest is unknown. */
const causes: { readonly [Code in ErrorCode]?: Cause } = {
  SAP_UNREACHABLE: 'away',
  CONNECTION_LOST: 'away',
  RELAY_UNREACHABLE: 'away',
  SAP_WORK_PROCESSES_EXHAUSTED: 'busy',
  // There was no place in SAP in time. Where a write was sent and not answered in time, its outcome is unknown instead.
  AGENT_BUSY: 'busy',
  DEADLINE_PASSED: 'busy',
  SAP_PAUSED: 'paused',
  SAP_OBJECT_LOCKED: 'locked',
  SAP_LOGON_REFUSED: 'logon',
  SECRET_MISSING: 'logon',
  // Another SAP system answers: until the configuration is corrected nothing may be written, and nothing looked up there.
  SAP_SYSTEM_MISMATCH: 'logon',
  LEASE_LOST: 'standby',
  // These are known before SAP runs the function, so nothing can have been written.
  SAP_NOT_AUTHORIZED: 'held',
  SAP_FUNCTION_MISSING: 'held',
  SAP_PACK_MISSING: 'held',
  SAP_PACK_OUTDATED: 'held',
  SAP_FUNCTION_NOT_ALLOWED: 'held',
  SAP_INTERFACE_CHANGED: 'held',
  SERVICE_CHANGED: 'held',
};

/**
 * Promise 3 of the SapSystem port says that only SAP_OUTCOME_UNKNOWN may have written. A dump, an answer nobody can
 * read or a bug of ours are looked up all the same: one look-up is cheap, a second customer is not.
 */
export function causeOf(failure: GatewayError): Cause {
  const known = causes[failure.code];
  if (known !== undefined) return known;
  if (failure.disposition === 'retry') return 'passing';
  return failure.disposition === 'reject' ? 'refused' : 'unknown';
}

/** Whether a failed look-up or check is worth repeating: a lost answer and a busy SAP are, a missing right is not. */
export function isPassing(failure: GatewayError): boolean {
  return failure.disposition === 'retry' || failure.disposition === 'verify' || causeOf(failure) === 'logon';
}

/**
 * A held write that is sent again has a fresh budget, for a person has acted; so has one whose last attempt is known
 * to have failed (it has a problem). One that was interrupted has what is left of its own, so that a write which kills
 * the agent does not do so for ever.
 */
export function lastAttempt({ state, attempts, problem }: WriteOperation, maxAttempts: number): number {
  const isInterrupted = state === 'verifying' || (state === 'running' && problem === null);
  if (!isInterrupted) return attempts + maxAttempts;
  return Math.max(1, Math.ceil(attempts / maxAttempts)) * maxAttempts;
}
