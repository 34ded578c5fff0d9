/** What the parts of one delivery share: one org and SAP system, its queue, its sink, and how both stand. */
import type { OrgId, SapSystemId } from '../model/index.ts';
import type { ChangeQueue, RecordSink } from '../ports/index.ts';
import type { Log } from '../telemetry/index.ts';
import type { Clock } from '../timing/index.ts';
import type { DailyBudget } from './budget.ts';
import type { IssueBook } from './issues.ts';
import type { SyncPolicy } from './policy.ts';
import type { Refreshes } from './refresh.ts';
import type { OrgStanding } from './standing.ts';
import type { Suspects } from './suspects.ts';
import type { SyncMeasure } from './sync-metrics.ts';
import type { CollectingWindow } from './window.ts';

/** `agent.orgs[].salesforce.changes` of the configuration, as far as it concerns deliveries. */
export interface SyncSettings {
  readonly batchMs: number;
  readonly bulkAbove: number;
  readonly dailyApiCalls: number;
  readonly dailyRefreshes: number;
  readonly canarySeconds: number;
}

export interface SyncParts {
  readonly org: OrgId;
  readonly system: SapSystemId;
  readonly queue: ChangeQueue;
  readonly sink: RecordSink;
  readonly settings: SyncSettings;
  readonly policy: SyncPolicy;
  readonly clock: Clock;
  readonly log: Log;
  readonly measure: SyncMeasure;
  readonly window: CollectingWindow;
  readonly standing: OrgStanding;
  readonly budget: DailyBudget;
  readonly refreshes: Refreshes;
  readonly suspects: Suspects;
  readonly issues: IssueBook;
  /** What is just creating a customer in this system, if anything is. */
  readonly isBeingCreated: () => string | undefined;
}
