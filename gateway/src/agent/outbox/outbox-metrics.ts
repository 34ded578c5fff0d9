/** What is counted of outboxes. */
import type { OrgId } from '../../model/index.ts';
import type { Metrics } from '../../telemetry/index.ts';

/** The figures of one outbox. */
export interface OutboxMeasure {
  visited(outcome: string): void;
  inHand(count: number): void;
  waiting(count: number): void;
  undelivered(count: number): void;
  held(isHeld: boolean): void;
}

/** One set for all outboxes of a program: a metric's name is asked for once. */
export function createOutboxMetrics(metrics: Metrics): (org: OrgId) => OutboxMeasure {
  const labels = ['org'];
  const visits = metrics.counter({
    name: 'outbox_visits_total',
    help: 'Visits to the org, by outcome',
    labels: ['org', 'outcome'],
  });
  const inHand = metrics.gauge({ name: 'outbox_in_hand', help: 'Requests taken and not ended', labels });
  const waiting = metrics.gauge({ name: 'outbox_waiting', help: 'Requests that wait in the org', labels });
  const undelivered = metrics.gauge({
    name: 'outcomes_undelivered',
    help: 'Outcomes the org has not confirmed',
    labels,
  });
  const held = metrics.gauge({ name: 'lease_held', help: '1 while this agent writes for the org', labels });
  return (org) => ({
    visited: (outcome) => visits.add({ org, outcome }),
    inHand: (count) => inHand.set(count, { org }),
    waiting: (count) => waiting.set(count, { org }),
    undelivered: (count) => undelivered.set(count, { org }),
    held: (isHeld) => held.set(isHeld ? 1 : 0, { org }),
  });
}
