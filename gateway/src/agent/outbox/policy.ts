/** How an outbox behaves: every number with its reason. */
import type { GatewayError } from '../../errors/index.ts';
import type { BackoffPolicy } from '../../timing/index.ts';

export interface OutboxPolicy {
  /** What happens within so little time goes into one visit. */
  readonly coalesceMs: number;
  /** Between the beginnings of two visits: twenty requests a second become some six visits, and nobody waits longer. */
  readonly minGapMs: number;
  /** An outcome that a call through the relay has too: the caller's own transaction usually is first, and then it costs nothing. */
  readonly relayOutcomeMs: number;
  /** A visit writes up to 100 outcomes with the org's own automation; Salesforce allows 10 s of CPU, and waits for locks. */
  readonly visitTimeoutMs: number;
  /** Of the lease's time; the rest is for a process that is slow between looking at its clock and calling SAP. */
  readonly leaseShare: number;
  /** Salesforce's own limits in the contract. */
  readonly maxWanted: number;
  readonly maxOutcomes: number;
  readonly maxAsking: number;
  readonly maxUnderWay: number;
  /** Entries looked through for outcomes to leave: those the org could not save last time must not hide the others. */
  readonly maxUndelivered: number;
  /** JSON of one request; the relay takes no more either. */
  readonly maxPayloadChars: number;
  /** Customers this alike (of 100) are most likely the same; a person looks at them before another one is created. */
  readonly sameFromScore: number;
  /** Look-ups before a write, at once in SAP: they must not take work processes from people. */
  readonly checksAtOnce: number;
  /** Before a check or an admission is tried again. */
  readonly retryWaits: BackoffPolicy;
  /** Before an outcome that the org could not save is left again. */
  readonly redeliverWaits: BackoffPolicy;
}

export const defaultOutboxPolicy: OutboxPolicy = {
  coalesceMs: 20,
  minGapMs: 150,
  relayOutcomeMs: 2_000,
  visitTimeoutMs: 20_000,
  leaseShare: 0.9,
  maxWanted: 200,
  maxOutcomes: 100,
  maxAsking: 200,
  maxUnderWay: 1_000,
  maxUndelivered: 500,
  maxPayloadChars: 256 * 1024,
  sameFromScore: 85,
  checksAtOnce: 4,
  retryWaits: { firstMs: 1_000, maxMs: 60_000 },
  redeliverWaits: { firstMs: 2_000, maxMs: 300_000 },
};

/** What follows a visit that failed. `stop`: nothing more before an operator has acted. */
export interface VisitFailure {
  readonly kind: 'again' | 'stop';
  readonly waits: BackoffPolicy;
}

/** An org that is away comes back within seconds or hours; a minute late does no harm then. */
const awayWaits: BackoffPolicy = { firstMs: 1_000, maxMs: 60_000 };
/** Two visits met on one lease, or somebody edits a request. */
const lockWaits: BackoffPolicy = { firstMs: 200, maxMs: 5_000 };
/** The limit is over 24 hours: each attempt takes from what people need. */
const limitWaits: BackoffPolicy = { firstMs: 120_000, maxMs: 3_600_000 };
/** Somebody installs a package or gives a right; nobody waits in front of the screen for longer. */
const personWaits: BackoffPolicy = { firstMs: 60_000, maxMs: 900_000 };

export function afterFailure({ code, disposition }: GatewayError): VisitFailure {
  // A full disk may have room again, and the agent is told so by the next attempt.
  if (disposition === 'stop' && code !== 'JOURNAL_FAILED') return { kind: 'stop', waits: personWaits };
  if (code === 'SALESFORCE_LIMIT_REACHED') return { kind: 'again', waits: limitWaits };
  if (code === 'SALESFORCE_ROW_LOCKED') return { kind: 'again', waits: lockWaits };
  return { kind: 'again', waits: disposition === 'hold' ? personWaits : awayWaits };
}
