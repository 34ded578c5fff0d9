/** The org's side of a visit (docs/salesforce/mailbox.md): the lease, outcomes first, then requests; one transaction. */
import type {
  LeaseAnswer,
  MailboxAnswer,
  MailboxOutcome,
  MailboxRequest,
  MailboxVisit,
  OutcomeReceipt,
} from '../../src/ports/index.ts';
import type { IdempotencyKey } from '../../src/model/index.ts';
import type { OrgModel } from './org-model.ts';
import { hasEnded, isUnderWay } from './org-records.ts';
import type { Request } from './org-records.ts';
import { noteOperation } from './outcomes.ts';

export interface Visitor {
  readonly agent: string;
  readonly instance: string;
}

interface Lease {
  readonly holder: Visitor;
  readonly fence: number;
  untilMs: number;
}

export interface MailboxWorld {
  readonly nowMs: () => number;
  /** Whether saving this outcome meets a lock just now. */
  readonly isLocked: () => boolean;
  readonly onLease: (visitor: Visitor, fence: number) => void;
  readonly onNoted: (request: Request, outcome: MailboxOutcome) => void;
}

/** So many requests are looked at in one visit; `next` says where to go on. */
const looksAt = 40;

export class MailboxModel {
  readonly #org: OrgModel;
  readonly #world: MailboxWorld;
  #lease: Lease | undefined;
  #lastFence = 0;

  constructor(org: OrgModel, world: MailboxWorld) {
    this.#org = org;
    this.#world = world;
  }

  visit(visitor: Visitor, visit: MailboxVisit): MailboxAnswer {
    const lease = this.#renew(visitor, visit);
    if (!lease.isHeld) return { ...nothing, lease, waiting: this.#waiting() };
    const receipts = visit.outcomes.map((outcome) => this.#receive(outcome));
    const { requests, next } = visit.isFarewell ? { requests: [], next: null } : this.#handOut(visit, lease.fence);
    return {
      ...nothing,
      lease,
      receipts,
      requests,
      next,
      withdrawn: this.#withdrawn([...visit.underWay, ...requests.map(({ id }) => id)]),
      standing: visit.asking.map((id) => ({ id, state: this.#standing(id) })),
      waiting: this.#waiting(),
    };
  }

  #renew(visitor: Visitor, visit: MailboxVisit): LeaseAnswer {
    const nowMs = this.#world.nowMs();
    const lease = this.#lease;
    const isOwn = lease?.holder.agent === visitor.agent && lease.holder.instance === visitor.instance;
    const isFree = lease === undefined || lease.untilMs <= nowMs;
    if (isOwn && !isFree && visit.fence === lease.fence) {
      lease.untilMs = visit.isFarewell ? nowMs : nowMs + visit.leaseMs;
      return { isHeld: true, fence: lease.fence, expiresInMs: lease.untilMs - nowMs };
    }
    const isOld = visit.fence !== null && visit.fence !== lease?.fence;
    const mayTake = isFree || lease.holder.agent === visitor.agent;
    if (isOld || !mayTake || visit.isFarewell) {
      return {
        isHeld: false,
        holder: lease?.holder.agent ?? '',
        expiresInMs: Math.max(0, (lease?.untilMs ?? nowMs) - nowMs),
      };
    }
    this.#lastFence += 1;
    this.#lease = { holder: visitor, fence: this.#lastFence, untilMs: nowMs + visit.leaseMs };
    this.#world.onLease(visitor, this.#lastFence);
    return { isHeld: true, fence: this.#lastFence, expiresInMs: visit.leaseMs };
  }

  #receive(outcome: MailboxOutcome): OutcomeReceipt {
    const id = outcome.operation.id;
    const request = this.#org.requests.get(id);
    if (request === undefined) return { id, result: 'gone', reason: 'the request does not exist' };
    if (this.#world.isLocked()) return { id, result: 'failed', reason: 'UNABLE_TO_LOCK_ROW' };
    const isNews = noteOperation(this.#org, request, outcome.operation);
    if (isNews) this.#world.onNoted(request, outcome);
    return { id, result: isNews ? 'noted' : 'repeated', reason: null };
  }

  /** Of one Account only the first that has not ended. */
  #handOut(
    { wanted, after, underWay }: MailboxVisit,
    fence: number,
  ): { requests: MailboxRequest[]; next: string | null } {
    const inHand = new Set<string>(underWay);
    const blocked = new Set<string>();
    const requests: MailboxRequest[] = [];
    let looked = 0;
    let last = after;
    let hasPassed = after === null || !this.#org.requests.has(after);
    for (const request of this.#org.requests.values()) {
      const isFirst = !hasEnded(request) && !blocked.has(request.accountId);
      if (!hasEnded(request)) blocked.add(request.accountId);
      if (!hasPassed) {
        hasPassed = request.key === after;
        continue;
      }
      if (looked >= looksAt || requests.length >= wanted) return { requests, next: last };
      looked += 1;
      last = request.key;
      const isWaiting = request.state === 'ready' || (isUnderWay(request) && !inHand.has(request.key));
      if (isFirst && isWaiting) requests.push(this.#take(request, fence));
    }
    return { requests, next: null };
  }

  #take(request: Request, fence: number): MailboxRequest {
    const wasSent = isUnderWay(request) || request.wasSent;
    // Another agent, another clock: its first word is news.
    if (request.fence !== fence) request.outcomeAsOf = null;
    request.fence = fence;
    request.wasSent = true;
    request.state = 'sent';
    request.isClosed = true;
    request.mayBeInSap = true;
    return {
      // Keys are made by the package, in the shape of the model.
      id: request.key as IdempotencyKey,
      name: request.name,
      kind: request.kind,
      subject: request.accountId,
      ...this.#org.numbersFor(request),
      payload: request.payload,
      wasSent,
      checksDuplicates: request.checksDuplicates,
      correlationId: request.correlationId,
    };
  }

  #withdrawn(underWay: readonly IdempotencyKey[]): MailboxAnswer['withdrawn'] {
    return underWay.flatMap((id) => {
      const wish = this.#org.requests.get(id)?.wish ?? null;
      return wish === null ? [] : [{ id, wish: wish.kind, reason: wish.reason }];
    });
  }

  #standing(id: string): 'open' | 'ended' | 'unknown' {
    const request = this.#org.requests.get(id);
    if (request === undefined) return 'unknown';
    return hasEnded(request) ? 'ended' : 'open';
  }

  #waiting(): number {
    return [...this.#org.requests.values()].filter((request) => request.state === 'ready').length;
  }
}

const nothing: Omit<MailboxAnswer, 'lease' | 'waiting'> = {
  requests: [],
  unreadable: [],
  next: null,
  withdrawn: [],
  standing: [],
  receipts: [],
};
