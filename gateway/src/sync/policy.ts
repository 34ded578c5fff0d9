/** How patient deliveries are, and what each failure means for them; every number with its reason. */
import type { ErrorCode, GatewayError } from '../errors/index.ts';
import type { BackoffPolicy } from '../timing/index.ts';

export interface SyncPolicy {
  /** Calls under way at once: one that hangs must not stop everything, and more would fight for the same rows. */
  readonly lanes: number;
  /** With nothing else arriving for so long, what is there goes: a lone change need not wait for company. */
  readonly quietMs: number;
  /** Between two looks at how much waits while changes are collected. */
  readonly countMs: number;
  /** Objects that one composite call takes; each takes a fifth of the sink's `maxRecords`. */
  readonly objectsPerCall: number;
  /** Records in hand, in calls: enough that the rests of each kind weigh nothing, little enough to be held in memory. */
  readonly callsInHand: number;
  /** Changes in hand, whatever number of records: about 1 KB each. */
  readonly changesInHand: number;
  /** Records of one round of Bulk API 2.0: a job per kind, with some 10 calls each. 30 MB at 1.5 KB. */
  readonly bulkRecords: number;
  readonly bulkChanges: number;
  /** Outcomes of a load that are settled in one go. */
  readonly bulkSettle: number;
  /** What a Bulk API job costs: made, sent, closed, asked about, its three results read. */
  readonly bulkCalls: number;
  /** Salesforce ends a call after 10 minutes; 120 s of an upsert of 1,000 rows means that nobody answers any more. */
  readonly writeTimeoutMs: number;
  readonly reportTimeoutMs: number;
  /** Bulk API gives up on a batch after 10 attempts of 10 minutes; a round that takes an hour is tried anew. */
  readonly loadTimeoutMs: number;
  /** Tries of one record that the org itself refuses as passing; what fails so often does not pass by itself. */
  readonly maxAttempts: number;
  /** Whole calls that a record is part of and that fail for no clear reason, before it is suspected. One may be chance. */
  readonly suspectAfter: number;
  /** Records that are under suspicion; forgotten ones are found again. */
  readonly maxSuspects: number;
  /** Records not wanted that are remembered for the sake of their children. */
  readonly maxUnwanted: number;
  /** The share of the day's calls that is kept for blocks and credit. */
  readonly reserveShare: number;
  /** Panels refresh at most so often: nobody reads faster, and events are counted. */
  readonly refreshMs: number;
  /** A refresh that no write takes along within so long goes by itself. */
  readonly refreshAloneMs: number;
  /** Customers in one event; with ten characters each a third of what its field takes. */
  readonly refreshCustomers: number;
  /** Customers that wait to be named; more are left out, and their panels show their age. */
  readonly refreshPending: number;
  /** Between two reports of issues to the org. */
  readonly reportMs: number;
  /** Issues the org shows of what is held; nobody works through more at once, and the next ones follow. */
  readonly maxIssues: number;
  /** Issues in one report: the port's limit. */
  readonly issuesPerCall: number;
  /** Between two questions what people want; they look at the screen meanwhile. */
  readonly wishesMs: number;
  /** Between two looks at the figures for the operator. */
  readonly measureMs: number;
}

export const defaultSyncPolicy: SyncPolicy = {
  lanes: 2,
  quietMs: 100,
  countMs: 100,
  objectsPerCall: 5,
  callsInHand: 5,
  changesInHand: 20_000,
  bulkRecords: 20_000,
  bulkChanges: 60_000,
  bulkSettle: 500,
  bulkCalls: 10,
  writeTimeoutMs: 120_000,
  reportTimeoutMs: 30_000,
  loadTimeoutMs: 3_600_000,
  maxAttempts: 20,
  suspectAfter: 2,
  maxSuspects: 10_000,
  maxUnwanted: 10_000,
  reserveShare: 0.1,
  refreshMs: 3_000,
  refreshAloneMs: 1_000,
  refreshCustomers: 1_000,
  refreshPending: 2_000,
  reportMs: 2_000,
  maxIssues: 500,
  issuesPerCall: 200,
  wishesMs: 30_000,
  measureMs: 5_000,
};

/**
 * What a failed call as a whole means:
 * - `away`: nobody answered. Everything waits together, one call asks.
 * - `limit`: the org takes no more calls for now; each attempt takes from what people need.
 * - `person`: the org needs somebody first (a right, the package, a clock); asked again within minutes.
 * - `stop`: the next attempt would lock the user or write into another org. Nothing more before an operator has acted.
 * - `unclear`: the org or a record in it: after some of them the records are tried in halves, until one stands alone.
 */
export type CallCause = 'away' | 'limit' | 'person' | 'stop' | 'unclear';

const callCauses: { readonly [Code in ErrorCode]?: CallCause } = {
  SALESFORCE_UNREACHABLE: 'away',
  SALESFORCE_SESSION_EXPIRED: 'away',
  PROXY_REFUSED: 'away',
  SALESFORCE_LIMIT_REACHED: 'limit',
  SALESFORCE_STORAGE_FULL: 'limit',
  RATE_LIMITED: 'limit',
  // A bug of ours that one record wakes up.
  INTERNAL: 'unclear',
};

const callWaits: Readonly<Record<CallCause, BackoffPolicy>> = {
  // One call in ten that fails must not be felt; an org that is away for hours is asked once a minute.
  away: { firstMs: 200, maxMs: 60_000 },
  unclear: { firstMs: 200, maxMs: 60_000 },
  // The limit is over 24 hours, and others use it too.
  limit: { firstMs: 120_000, maxMs: 3_600_000 },
  // Somebody installs a package or gives a right; nobody waits in front of the screen for longer.
  person: { firstMs: 60_000, maxMs: 900_000 },
  stop: { firstMs: 60_000, maxMs: 900_000 },
};

/** Why a whole call failed. */
export function callCauseOf({ code, disposition }: GatewayError): CallCause {
  if (disposition === 'stop') return 'stop';
  const known = callCauses[code];
  if (known !== undefined) return known;
  return disposition === 'hold' ? 'person' : 'unclear';
}

/** How long the org is left alone after such a failure. */
export const callWaitsOf = (cause: CallCause): BackoffPolicy => callWaits[cause];

/** What the refusal of one record means: tried again after such waits, so often; or held. */
export interface RowRetry {
  readonly waits: BackoffPolicy;
  /** Undefined: without end, because a person is told of it elsewhere or it passes for certain. */
  readonly maxAttempts: number | undefined;
}

const rowRetries: { readonly [Code in ErrorCode]?: RowRetry } = {
  // Somebody saves, and the lock is gone: Salesforce itself waits for 10 s before it says so.
  SALESFORCE_ROW_LOCKED: { waits: { firstMs: 200, maxMs: 30_000 }, maxAttempts: 50 },
  // The request itself is held in the org where its outcome stays unknown, so somebody knows.
  CUSTOMER_BEING_CREATED: { waits: { firstMs: 5_000, maxMs: 60_000 }, maxAttempts: undefined },
  SALESFORCE_LIMIT_REACHED: { waits: { firstMs: 120_000, maxMs: 3_600_000 }, maxAttempts: undefined },
  SALESFORCE_STORAGE_FULL: { waits: { firstMs: 300_000, maxMs: 3_600_000 }, maxAttempts: undefined },
  SALESFORCE_UNREACHABLE: { waits: { firstMs: 200, maxMs: 60_000 }, maxAttempts: undefined },
  SALESFORCE_SESSION_EXPIRED: { waits: { firstMs: 200, maxMs: 60_000 }, maxAttempts: undefined },
};

/** Undefined: the record is held. What the port does not expect of a row (`verify`, `stop`) is tried again: writing is an upsert. */
export function rowRetryOf({ code, disposition }: GatewayError, policy: SyncPolicy): RowRetry | undefined {
  if (disposition === 'hold' || disposition === 'reject') return undefined;
  return rowRetries[code] ?? { waits: { firstMs: 1_000, maxMs: 300_000 }, maxAttempts: policy.maxAttempts };
}
