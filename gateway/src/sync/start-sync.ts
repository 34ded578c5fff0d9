/** Starts the deliveries of one SAP system into one org: from what an earlier run has left to the last call under way. */
import type { ErrorCode, GatewayError } from '../errors/index.ts';
import { toGatewayError } from '../errors/index.ts';
import type { OrgId, SapSystemId } from '../model/index.ts';
import type { ChangeQueue, RecordSink } from '../ports/index.ts';
import { errorFields } from '../telemetry/index.ts';
import type { Log } from '../telemetry/index.ts';
import { sleep } from '../timing/index.ts';
import type { Clock, Deadline } from '../timing/index.ts';
import { DailyBudget } from './budget.ts';
import { Canary } from './canary.ts';
import { Deliveries } from './deliveries.ts';
import { Engine } from './engine.ts';
import { Intake } from './intake.ts';
import { IssueBook } from './issues.ts';
import { defaultSyncPolicy } from './policy.ts';
import type { SyncPolicy } from './policy.ts';
import { Refreshes } from './refresh.ts';
import { Reports } from './reports.ts';
import { Settling } from './settling.ts';
import { OrgStanding } from './standing.ts';
import { Suspects } from './suspects.ts';
import type { SyncMeasure } from './sync-metrics.ts';
import type { SyncParts, SyncSettings } from './sync-parts.ts';
import { CollectingWindow } from './window.ts';

/** A disk that is full is given room by a person. */
const openAgainMs = 10_000;

export interface SyncOptions {
  readonly org: OrgId;
  readonly system: SapSystemId;
  readonly queue: ChangeQueue;
  readonly sink: RecordSink;
  readonly settings: SyncSettings;
  readonly clock: Clock;
  readonly log: Log;
  /** Of `createSyncMetrics`, which is asked once for all orgs. */
  readonly measure: SyncMeasure;
  /** What this agent is just creating a customer for in the system, if it is (`SR-000012`): unknown customers wait meanwhile. */
  readonly isBeingCreated?: (system: SapSystemId) => string | undefined;
  /** Other limits than the defaults; see policy.ts. */
  readonly policy?: Partial<SyncPolicy>;
}

/** How deliveries stand. */
export interface SyncState {
  /** `waiting`: the org is left alone for a while, or the day's calls are spent. `stopped`: an operator must act. */
  readonly standing: 'running' | 'waiting' | 'stopped';
  /** Why it waits or is stopped. */
  readonly code: ErrorCode | undefined;
  /** Since the last canary went round, or since the start: how alive the flow is. */
  readonly canaryAgeMs: number;
  readonly canaryTookMs: number | undefined;
  readonly callsToday: number;
  readonly callsBudget: number;
  readonly refreshesToday: number;
  readonly refreshesBudget: number;
}

export interface Sync {
  readonly org: OrgId;
  readonly system: SapSystemId;
  readonly state: SyncState;
  /** An operator or admin has corrected something: tries again at once, with the org's rules and mappings read anew. */
  goOn(): void;
  /** Takes nothing more and waits for what is under way. What was taken and not sent is due again after a restart. */
  stop(deadline: Deadline): Promise<void>;
}

export function startSync(options: SyncOptions): Sync {
  const parts = partsOf(options);
  const { org, system, queue, sink, clock, standing, budget } = parts;
  const canary = new Canary({ ...parts, everyMs: parts.settings.canarySeconds * 1000 });
  const settling = new Settling(parts);
  const deliveries = new Deliveries(parts, settling);
  const reports = new Reports(parts, canary, settling);
  const intake = new Intake(parts, { deliveries, reports, settling });
  const engine = new Engine(parts, { deliveries, reports, intake, settling });
  const ending = new AbortController();
  const stopListening = queue.onDue(() => engine.arrived());
  const over = run({ parts, canary, reports, engine }, ending.signal);
  return {
    org,
    system,
    get state() {
      return stateOf(parts, canary);
    },
    goOn() {
      sink.forget();
      standing.goOn();
      engine.arrived();
      engine.wake();
      reports.wake();
    },
    async stop(deadline) {
      stopListening();
      ending.abort();
      const late = new AbortController();
      await Promise.race([over.then(() => budget.saved()), sleep(clock, deadline.remainingMs(), late.signal)]);
      late.abort();
    },
  };
}

function partsOf(options: SyncOptions): SyncParts {
  const policy = { ...defaultSyncPolicy, ...options.policy };
  const { org, system, queue, clock, log, settings } = options;
  const standing = new OrgStanding(clock);
  const onFailure = (thrown: unknown): void => {
    const error = toGatewayError(thrown);
    standing.stop(error);
    log.error({ org, system, ...errorFields(error) }, 'What was spent today cannot be kept, so nothing more is spent');
  };
  const { reserveShare } = policy;
  const budget = new DailyBudget({ org, system, queue, clock, ...settings, reserveShare, onFailure });
  return {
    ...options,
    policy,
    standing,
    budget,
    window: new CollectingWindow(clock, { batchMs: settings.batchMs, quietMs: policy.quietMs }),
    refreshes: new Refreshes({ clock, budget, policy }),
    suspects: new Suspects(policy),
    issues: new IssueBook({ org, system, queue, policy }),
    isBeingCreated: () => options.isBeingCreated?.(system),
  };
}

interface Running {
  readonly parts: SyncParts;
  readonly canary: Canary;
  readonly reports: Reports;
  readonly engine: Engine;
}

async function run({ parts, canary, reports, engine }: Running, signal: AbortSignal): Promise<void> {
  const { standing, log, org, system } = parts;
  try {
    await open(parts, signal);
    await Promise.all([
      engine.run(signal),
      reports.run(signal),
      canary.run(signal),
      measureUntil(signal, parts, canary),
    ]);
  } catch (thrown) {
    const error = toGatewayError(thrown);
    standing.stop(error);
    log.error({ org, system, ...errorFields(error) }, 'Deliveries have ended; the agent must be started again');
  }
}

/** What an earlier run has left, from the queue; until then nothing has begun, so it goes on by itself once the queue answers. */
async function open(
  { budget, issues, standing, clock, log, org, system }: SyncParts,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    try {
      await Promise.all([budget.open(), issues.open()]);
      if (standing.isStopped) standing.goOn();
      return;
    } catch (thrown) {
      const error = toGatewayError(thrown);
      if (!standing.isStopped)
        log.error({ org, system, ...errorFields(error) }, 'Deliveries begin once the queue answers');
      standing.stop(error);
      await sleep(clock, openAgainMs, signal);
    }
  }
}

async function measureUntil(signal: AbortSignal, parts: SyncParts, canary: Canary): Promise<void> {
  const { org, system, clock, log, measure, budget, policy } = parts;
  let isMissing = false;
  while (!signal.aborted) {
    const failure = await measureQueue(signal, parts);
    // Once for all that are missed in a row.
    if (failure !== undefined && !isMissing)
      log.warn({ org, system, ...errorFields(failure) }, 'What waits could not be counted; it is counted again soon');
    isMissing = failure !== undefined;
    measure.left(budget.callsLeft, budget.refreshesLeft);
    measure.canaryAge(canary.ageMs / 1000);
    await sleep(clock, policy.measureMs, signal);
  }
}

/** Returns why the queue could not be counted. */
async function measureQueue(signal: AbortSignal, parts: SyncParts): Promise<GatewayError | undefined> {
  const { queue, org, system, clock, measure } = parts;
  try {
    const { waiting, held, oldestAtMs } = await queue.counts(org, system);
    measure.queue(waiting, held, oldestAtMs === undefined ? 0 : Math.max(0, clock.now() - oldestAtMs) / 1000);
    return undefined;
  } catch (thrown) {
    // At the end the queue may be closed already.
    return signal.aborted ? undefined : toGatewayError(thrown);
  }
}

function stateOf({ standing, budget, settings }: SyncParts, canary: Canary): SyncState {
  const isSpent = budget.level === 'spent';
  const code = standing.failure?.code ?? (isSpent ? 'SALESFORCE_BUDGET_SPENT' : undefined);
  const isWaiting = isSpent || !standing.mayCall;
  return {
    standing: standing.isStopped ? 'stopped' : isWaiting ? 'waiting' : 'running',
    code,
    canaryAgeMs: canary.ageMs,
    canaryTookMs: canary.last?.tookMs,
    callsToday: budget.calls,
    callsBudget: settings.dailyApiCalls,
    refreshesToday: budget.refreshes,
    refreshesBudget: settings.dailyRefreshes,
  };
}
