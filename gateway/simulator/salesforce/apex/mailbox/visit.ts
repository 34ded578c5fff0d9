/** One visit of an agent: renews the lease, leaves outcomes, takes requests, all in one transaction. */
import type { ApexContext } from '../context.ts';
import { handOut } from './hand-out.ts';
import type { HandOut } from './hand-out.ts';
import { decideLease, givenBack } from './lease.ts';
import { readLease, writeLease } from './lease-record.ts';
import { hasEnded, requestOfKey } from './mailbox-request.ts';
import { leaveOutcome } from './outcome.ts';
import type { Receipt } from './outcome.ts';
import type { VisitCall } from './visit-shape.ts';

/** Waiting requests are counted as far as a transaction can count. */
const maxCounted = 50_000;

/** What the org answers, without contract and version. */
export interface VisitAnswer {
  readonly lease: object;
  readonly requests: readonly object[];
  readonly next: string | null;
  readonly withdrawn: readonly object[];
  readonly standing: readonly object[];
  readonly receipts: readonly Receipt[];
  readonly waiting: number;
}

/** Answers a visit. */
export function answerVisit(context: ApexContext, visit: VisitCall): VisitAnswer {
  const { org } = context;
  const now = org.now();
  const { lease, isHeld } = decideLease(readLease(context, visit.system), visit, now);
  const view = { fence: lease.fence, holder: lease.agent, expiresInMs: Math.max(0, lease.expiresAt - now) };
  const waiting = Math.min(org.requests.deliverable(visit.system).size, maxCounted);
  const nothing = { requests: [], next: null, withdrawn: [], standing: [], receipts: [], waiting };
  if (!isHeld) return { lease: { isHeld, ...view }, ...nothing };
  writeLease(context, visit.system, visit.isFarewell ? givenBack(lease) : lease);
  const receipts = visit.outcomes.map((outcome) => leaveOutcome(context, visit.system, outcome));
  const isStaying = !visit.isFarewell;
  const taken: HandOut = isStaying ? handOut(context, visit, lease.fence) : { requests: [], next: null, lookedAt: 0 };
  return {
    lease: { isHeld, ...view },
    requests: taken.requests,
    next: taken.next,
    withdrawn: withdrawnOf(context, visit),
    standing: standingOf(context, visit),
    receipts,
    waiting: Math.min(org.requests.deliverable(visit.system).size, maxCounted),
  };
}

function withdrawnOf({ org }: ApexContext, visit: VisitCall): object[] {
  return visit.underWay.flatMap((key) => {
    const request = requestOfKey(org, key);
    if (request === undefined || request.wish === null || hasEnded(request)) return [];
    const reason = String(request.row[org.named('Wish_Reason__c')] ?? '');
    return [{ id: key, wish: request.wish, reason }];
  });
}

function standingOf({ org }: ApexContext, visit: VisitCall): object[] {
  return visit.asking.map((id) => {
    const request = requestOfKey(org, id);
    if (request?.system !== visit.system) return { id, state: 'unknown' };
    return { id, state: hasEnded(request) ? 'ended' : 'open' };
  });
}
