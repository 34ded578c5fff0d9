/** What is counted of deliveries. */
import type { OrgId, SapSystemId } from '../model/index.ts';
import type { Metrics } from '../telemetry/index.ts';

export type ChangeEnd = 'delivered' | 'older' | 'echo' | 'unwanted' | 'held' | 'retry';

/** The figures of one org and SAP system. */
export interface SyncMeasure {
  /** Changes whose turn ended so; the share of `delivered` is the success rate. */
  ended(how: ChangeEnd, changes: number): void;
  /** Seconds from SAP's own time, and from our keeping it, to Salesforce's commit. */
  committed(fromSapSeconds: number, fromArrivalSeconds: number): void;
  called(kind: 'write' | 'load' | 'report' | 'wishes', calls: number): void;
  failed(code: string): void;
  queue(waiting: number, held: number, oldestSeconds: number): void;
  left(calls: number, refreshes: number): void;
  canaryAge(seconds: number): void;
}

/** One set for all deliveries of a program: a metric's name is asked for once. */
export function createSyncMetrics(metrics: Metrics): (org: OrgId, system: SapSystemId) => SyncMeasure {
  const labels = ['org', 'system'];
  const gauge = (name: string, help: string) => metrics.gauge({ name, help, labels });
  const ended = metrics.counter({
    name: 'changes_total',
    help: 'Changes of SAP whose turn ended, by how',
    labels: [...labels, 'outcome'],
  });
  const calls = metrics.counter({
    name: 'salesforce_calls_total',
    help: 'API calls for changes of SAP, by what for',
    labels: [...labels, 'kind'],
  });
  const failures = metrics.counter({
    name: 'change_failures_total',
    help: 'Failures on the way to Salesforce, by code',
    labels: [...labels, 'code'],
  });
  const fromSap = metrics.duration({
    name: 'change_from_sap_seconds',
    help: "From SAP's time of a change to Salesforce's commit",
    labels,
  });
  const fromArrival = metrics.duration({
    name: 'change_delivery_seconds',
    help: "From a change's arrival to Salesforce's commit",
    labels,
  });
  const waiting = gauge('changes_waiting', 'Records with changes that wait by themselves');
  const held = gauge('changes_held', 'Records that wait for somebody or something');
  const oldest = gauge('changes_oldest_seconds', 'Age of the oldest change that waits by itself');
  const callsLeft = gauge('salesforce_calls_left', "What is left of the day's API calls for changes");
  const refreshesLeft = gauge('refreshes_left', "What is left of the day's events for panels");
  const canaryAge = gauge('canary_age_seconds', 'Since the last canary went all the way round');
  return (org, system) => {
    const of = { org, system };
    return {
      ended: (outcome, changes) => ended.add({ ...of, outcome }, changes),
      committed: (sapSeconds, arrivalSeconds) => {
        fromSap.observe(sapSeconds, of);
        fromArrival.observe(arrivalSeconds, of);
      },
      called: (kind, count) => calls.add({ ...of, kind }, count),
      failed: (code) => failures.add({ ...of, code }),
      queue: (waits, isHeld, oldestSeconds) => {
        waiting.set(waits, of);
        held.set(isHeld, of);
        oldest.set(oldestSeconds, of);
      },
      left: (leftCalls, leftRefreshes) => {
        callsLeft.set(leftCalls, of);
        refreshesLeft.set(leftRefreshes, of);
      },
      canaryAge: (seconds) => canaryAge.set(seconds, of),
    };
  };
}
