/** What became of a record in Salesforce, as the queue is told: its turn has ended, or what is left of it is written at once. */
import { GatewayError } from '../errors/index.ts';
import { keyText, orderOf, toProblem } from '../model/index.ts';
import type { ChangeOrder, Problem, RecordKey, RecordKind } from '../model/index.ts';
import type { RecordOutcome, Settlement } from '../ports/index.ts';
import { backoffMs } from '../timing/index.ts';
import type { Clock } from '../timing/index.ts';
import { positionsOf, withoutFacets } from './plan.ts';
import type { PlannedWrite } from './plan.ts';
import { rowRetryOf } from './policy.ts';
import type { SyncPolicy } from './policy.ts';

/** What judging outcomes needs to know. */
export interface JudgeParts {
  readonly clock: Clock;
  readonly policy: SyncPolicy;
  readonly wantedKinds: ReadonlySet<RecordKind>;
  /** Whether the org has lately refused this record as not wanted. */
  readonly isUnwanted: (key: RecordKey) => boolean;
}

/** Over; or to be written again without what the org has newer. */
export type Verdict = { readonly ended: readonly Settlement[] } | { readonly planned: PlannedWrite };

/** What follows one record's outcome. */
export function judge(planned: PlannedWrite, outcome: RecordOutcome, committedAt: string, parts: JudgeParts): Verdict {
  const base = { key: planned.record.key, positions: positionsOf(planned) };
  switch (outcome.ended) {
    case 'written': {
      const { recordId } = outcome;
      const { facets: applied } = planned.write;
      const receipt = { committedAt, recordId, applied, appliedPaths: planned.pathOrders, written: planned.hash };
      return over(planned, { ...base, ended: 'delivered', ...receipt });
    }
    case 'older':
      return outcome.facets.length === 0
        ? noFacets(planned, parts)
        : withoutFacets(planned, outcome.facets, untilNow(parts));
    case 'unwanted':
      return over(planned, { ...base, ended: 'skipped', why: 'unwanted', reason: outcome.reason });
    case 'parent-missing':
      return over(planned, { ...base, ...orphan(planned, outcome.parent, parts) });
    case 'failed':
      return over(planned, failed(planned, outcome.error, parts));
  }
}

/** What the org has is not newer than now, whoever has written it. */
const untilNow = ({ clock }: Pick<JudgeParts, 'clock'>): ChangeOrder =>
  orderOf(new Date(clock.now()).toISOString(), '9'.repeat(20));

/** The record's turn ends with a failure: by its disposition and by how often it was tried. */
export function failed(
  planned: PlannedWrite,
  error: GatewayError,
  { clock, policy }: Pick<JudgeParts, 'clock' | 'policy'>,
): Settlement {
  const base = { key: planned.record.key, positions: positionsOf(planned) };
  const attempt = planned.record.attempts + 1;
  const retry = rowRetryOf(error, policy);
  const problem = problemOf(planned, error);
  if (retry === undefined || attempt >= (retry.maxAttempts ?? Number.POSITIVE_INFINITY))
    return { ...base, ended: 'held', problem };
  return { ...base, ended: 'retry', dueAtMs: clock.now() + backoffMs(clock, retry.waits, attempt), problem };
}

/** The failure as people see it; its number is our position, which `gangway trace` shows too. */
export function problemOf(planned: PlannedWrite, error: GatewayError): Problem {
  const position = positionsOf(planned)[0] ?? 0;
  return toProblem(error, `change-${position}`);
}

/** The settlements of a record whose turn is over. */
export const over = (planned: PlannedWrite, last: Settlement): { readonly ended: readonly Settlement[] } => ({
  ended: [...planned.ended, last],
});

/** Which facets are older is the point of the answer; without them the record would be written for ever. */
const noFacets = (planned: PlannedWrite, parts: JudgeParts): Verdict =>
  over(
    planned,
    failed(planned, new GatewayError('SALESFORCE_ANSWER_UNREADABLE', { reason: 'no facet is named as older' }), parts),
  );

type Orphan =
  | { readonly ended: 'skipped'; readonly why: 'unwanted'; readonly reason: string }
  | { readonly ended: 'held'; readonly problem: Problem; readonly waitsFor: RecordKey };

/** A parent that the org does not want will never come: its children are not wanted either. */
function orphan(planned: PlannedWrite, parent: RecordKey, { wantedKinds, isUnwanted }: JudgeParts): Orphan {
  if (!wantedKinds.has(parent.kind) || isUnwanted(parent)) {
    const reason = `The org does not want ${parent.kind} ${parent.id}, to which it belongs`;
    return { ended: 'skipped', why: 'unwanted', reason };
  }
  const error = new GatewayError('CHANGE_PARENT_MISSING', {
    parent: `${parent.kind} ${parent.id}`,
    key: keyText(parent),
  });
  return { ended: 'held', problem: problemOf(planned, error), waitsFor: parent };
}

/**
 * What is held first, what is delivered last: the delivery of a parent releases its children, which must be held by then. All
 * settlements of one record keep their order.
 */
export function inSettlingOrder(settlements: readonly Settlement[]): readonly Settlement[] {
  const rank = ({ ended }: Settlement): number => (ended === 'delivered' ? 1 : 0);
  return settlements.toSorted((one, other) => rank(one) - rank(other));
}
