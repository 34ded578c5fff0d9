/** One visit of an agent (MailboxVisit): renews the lease, leaves outcomes, takes requests, all in one transaction. */
import type { ApexContext } from '../context.ts';
import { handOut } from './hand-out.ts';
import type { HandOut } from './hand-out.ts';
import { leaseView, lockLease, release, welcome } from './lease.ts';
import { hasEnded, requestOfKey } from './mailbox-request.ts';
import { leaveOutcomes } from './outcome.ts';
import { limits } from './visit-input.ts';
import type { Visit } from './visit-input.ts';

/** Answers a visit; without contract and version. */
export function answerVisit(context: ApexContext, visit: Visit): object {
  const before = lockLease(context, visit.system);
  const held = welcome(context, before, visit);
  const isWelcome = held !== null;
  const receipts = isWelcome ? leaveOutcomes(context, visit.system, visit.outcomes) : [];
  const takes = isWelcome && !visit.isFarewell;
  const taken: HandOut = takes
    ? handOut(context, visit, held.fence)
    : { requests: [], keys: [], next: null, lookedAt: 0 };
  const after = isWelcome && visit.isFarewell ? release(context, held) : (held ?? before);
  const inHand = new Set([...visit.underWay, ...taken.keys]);
  return {
    lease: leaseView(context, after, takes, visit),
    requests: taken.requests,
    next: taken.next,
    withdrawn: isWelcome ? withdrawnOf(context, inHand) : [],
    standing: isWelcome ? standingOf(context, visit) : [],
    receipts,
    waiting: waitingFor(context, visit.system, inHand),
  };
}

/** Wishes that stand, and those that were granted in the org although the agent has it in hand. */
function withdrawnOf({ org }: ApexContext, keys: ReadonlySet<string>): object[] {
  return [...keys].flatMap((id) => {
    const request = requestOfKey(org, id);
    if (request === undefined) return [];
    const value = (name: string): unknown => request.row[org.named(name)] ?? null;
    const isDiscarded = request.status === 'refused' && value('Error_Code__c') === 'REQUEST_WITHDRAWN';
    const isOnHold = request.status === 'held' && value('Error_Code__c') === 'REQUEST_ON_HOLD';
    const wish = request.wish ?? (isOnHold ? 'hold' : isDiscarded ? 'discard' : null);
    return wish === null ? [] : [{ id, wish, reason: value('Wish_Reason__c') ?? '' }];
  });
}

const standingOf = ({ org }: ApexContext, visit: Visit): object[] =>
  visit.asking.map((id) => {
    const request = requestOfKey(org, id);
    return { id, state: request === undefined ? 'unknown' : hasEnded(request) ? 'ended' : 'open' };
  });

/** Counted by the index; of the keys in hand only those that are deliverable count off. */
function waitingFor({ org }: ApexContext, system: string, inHand: ReadonlySet<string>): number {
  const known = [...inHand].filter((key) => {
    const request = requestOfKey(org, key);
    return request !== undefined && request.system === system && org.requests.deliverable(system).has(request.id);
  });
  return Math.min(org.requests.deliverable(system).size - known.length, limits.counted);
}
