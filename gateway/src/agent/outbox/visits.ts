/**
 * The visits of one outbox, one at a time: renews the lease, leaves outcomes, takes requests.
 *
 * 1. A visit that failed may have happened: everything in it may be said again.
 * 2. Requests are taken, outcomes counted as told, and old entries judged only by an answer that says the lease is held.
 * 3. Entries of an earlier holding go on only when the org says that it still wants them (docs/decisions/0011, 5).
 */
import { GatewayError, toGatewayError } from '../../errors/index.ts';
import { idempotencyKey, toProblem } from '../../model/index.ts';
import type { OrgId, SapSystemId } from '../../model/index.ts';
import type { MailboxAnswer, MailboxOutcome, MailboxVisit, OrgMailbox } from '../../ports/index.ts';
import { errorFields } from '../../telemetry/index.ts';
import type { Log } from '../../telemetry/index.ts';
import { backoffMs, Deadline } from '../../timing/index.ts';
import type { Clock } from '../../timing/index.ts';
import { kindOf, withdrawal } from '../execute/index.ts';
import type { OutboxWrites } from '../execute/index.ts';
import type { Holding, Lease } from '../lease.ts';
import { briefOutcome } from './brief-outcome.ts';
import type { Deliveries } from './deliveries.ts';
import { EarlierWrites } from './earlier-writes.ts';
import type { Intake } from './intake.ts';
import type { OutboxMeasure } from './outbox-metrics.ts';
import { afterFailure } from './policy.ts';
import type { OutboxPolicy } from './policy.ts';
import { unreadable } from './read-request.ts';
import { Rival } from './rival.ts';
import { LeaseTaker } from './take-lease.ts';
import type { VisitTimes } from './visit-times.ts';

export interface VisitsParts {
  readonly org: OrgId;
  readonly system: SapSystemId;
  readonly agentId: string;
  readonly leaseMs: number;
  readonly inHand: number;
  readonly mailbox: OrgMailbox;
  readonly writes: OutboxWrites;
  readonly lease: Lease;
  readonly intake: Intake;
  readonly deliveries: Deliveries;
  readonly times: VisitTimes;
  readonly measure: OutboxMeasure;
  readonly clock: Clock;
  readonly log: Log;
  readonly policy: OutboxPolicy;
}

export class Visits {
  readonly #parts: VisitsParts;
  readonly #taker: LeaseTaker;
  readonly #earlier: EarlierWrites;
  /** Why no visit is made any more, before an operator has acted. */
  #stopped: GatewayError | undefined;
  /** Another process of this name has taken the lease. */
  #rival: Rival | undefined;
  #failures = 0;
  #lastFailure: string | undefined;
  #after: string | null = null;
  #isTaking = true;
  /** Unreadable requests without a key that could be answered: said once each, up to a thousand. */
  readonly #said = new Set<string>();

  constructor(parts: VisitsParts) {
    this.#parts = parts;
    this.#taker = new LeaseTaker({ ...parts, leaseShare: parts.policy.leaseShare });
    this.#earlier = new EarlierWrites({ ...parts, isInHand: (id) => parts.intake.has(id) });
  }

  get stopped(): GatewayError | undefined {
    return this.#stopped ?? (this.#rival === undefined ? undefined : this.#idInUse());
  }

  /** From now on nothing is taken; outcomes are still left. */
  stopTaking(): void {
    this.#isTaking = false;
  }

  /** A write was left without an end: the journal may hold what nobody works on. */
  lookAgain(): void {
    this.#earlier.lookAgain();
    this.#parts.times.want();
  }

  /** An operator has corrected something. */
  goOn(): void {
    if (this.#stopped?.code !== 'AGENT_ID_IN_USE') this.#stopped = undefined;
    this.#parts.times.want(0);
  }

  /** One visit; never throws. True when the org has answered. */
  async make(isFarewell = false): Promise<boolean> {
    const { mailbox, clock, lease, times, measure, leaseMs, policy } = this.#parts;
    times.begin();
    if (this.#stopped !== undefined) return false;
    let visit: MailboxVisit | undefined;
    try {
      visit = await this.#compose(isFarewell);
      const startedMs = clock.monotonic();
      // A third of the lease, so that a second visit can still renew it after one that got lost.
      const timeoutMs = Math.min(policy.visitTimeoutMs, leaseMs / 3);
      const brief = { ...visit, outcomes: visit.outcomes.map(briefOutcome) };
      const answer = await mailbox.visit(brief, Deadline.in(clock, timeoutMs));
      await this.#understand(visit, answer, startedMs);
      lease.settle();
      this.#failures = 0;
      this.#lastFailure = undefined;
      measure.visited('ok');
      return true;
    } catch (error) {
      this.#failed(toGatewayError(error), visit?.outcomes ?? []);
      return false;
    }
  }

  async #compose(isFarewell: boolean): Promise<MailboxVisit> {
    const { org, system, leaseMs, inHand, writes, lease, intake, deliveries, policy } = this.#parts;
    // With a fence that is over the org takes nothing and gives nothing, and says how long the rival's lease lasts.
    const fence = lease.holding?.fence ?? this.#rival?.fence ?? null;
    // Who knows that another agent holds the lease leaves nothing: the org would not take it.
    const collected = await deliveries.collect();
    const outcomes = lease.holder === undefined ? collected : [];
    const asking = isFarewell ? [] : await this.#earlier.ask(fence !== null, policy.maxAsking);
    const underWay = [...new Set([...intake.ids, ...writes.underWay(org, system), ...deliveries.ended])];
    const room = Math.min(inHand - intake.size, policy.maxUnderWay - underWay.length, policy.maxWanted);
    return {
      system,
      fence,
      leaseMs,
      isFarewell,
      wanted: this.#isTaking && !isFarewell && this.#rival === undefined ? Math.max(0, room) : 0,
      after: this.#after,
      underWay: underWay.slice(0, policy.maxUnderWay),
      asking,
      outcomes,
    };
  }

  async #understand(visit: MailboxVisit, answer: MailboxAnswer, startedMs: number): Promise<void> {
    const { lease, deliveries, times, measure } = this.#parts;
    measure.waiting(answer.waiting);
    const holding = visit.isFarewell ? lease.holding : this.#hold(visit, answer, startedMs);
    measure.held(holding !== undefined);
    if (holding === undefined) return;
    // First of all: what nobody wants any more must not take its next step meanwhile.
    await this.#withdraw(answer.withdrawn);
    const isFull = visit.outcomes.length >= deliveries.atOnce;
    const unsaved = await deliveries.settle(visit.outcomes, answer.receipts);
    measure.undelivered(deliveries.size);
    if (visit.isFarewell) return;
    this.#take(visit, answer, holding);
    // Some of it may be unwanted already: it is in hand to be looked up, and not to be written.
    await this.#withdraw(answer.withdrawn.filter(({ id }) => answer.requests.some((request) => request.id === id)));
    await this.#earlier.judge(answer.standing, holding);
    const hasMoreToSay = isFull && unsaved < visit.outcomes.length;
    if (hasMoreToSay || this.#earlier.size > 0) times.want();
  }

  async #withdraw(withdrawn: MailboxAnswer['withdrawn']): Promise<void> {
    const { intake } = this.#parts;
    for (const { id, wish, reason } of withdrawn) await intake.withdraw(id, withdrawal(wish, reason));
  }

  #hold({ fence }: MailboxVisit, { lease: said }: MailboxAnswer, startedMs: number): Holding | undefined {
    const { policy, times } = this.#parts;
    const taken = this.#taker.read(said, { fence, startedMs });
    if (typeof taken === 'object') times.renew();
    // The moment it is free; a lease that is renewed meanwhile says so then.
    else if (!said.isHeld) times.want(said.expiresInMs + policy.minGapMs);
    if (taken === 'taken-over' && fence !== null && !said.isHeld) this.#meetRival(fence, said.expiresInMs);
    return typeof taken === 'object' ? taken : undefined;
  }

  #meetRival(fence: number, expiresInMs: number): void {
    const { clock, log, leaseMs, times, org, system } = this.#parts;
    const nowMs = clock.monotonic();
    if (this.#rival === undefined) {
      this.#rival = new Rival(fence, nowMs, leaseMs);
      log.warn({ org, system, ...errorFields(this.#idInUse()) }, 'Another process of this name has taken the lease');
      return;
    }
    const verdict = this.#rival.judge(expiresInMs, nowMs);
    if (verdict === 'unclear') return;
    this.#rival = undefined;
    if (verdict === 'lives') this.#stop(this.#idInUse());
    else times.want(0);
  }

  #idInUse(): GatewayError {
    return new GatewayError('AGENT_ID_IN_USE', { agent: this.#parts.agentId });
  }

  #take(visit: MailboxVisit, answer: MailboxAnswer, holding: Holding): void {
    const { intake, times, measure } = this.#parts;
    for (const request of answer.unreadable) this.#sayUnreadable(request);
    if (this.#isTaking) intake.take(answer.requests, holding);
    this.#after = visit.wanted === 0 ? this.#after : answer.next;
    measure.inHand(intake.size);
    // With a full window there is more when one of them has ended, which asks for a visit by itself.
    if (answer.next !== null && this.#isTaking && intake.size < this.#parts.inHand) times.want();
  }

  #sayUnreadable({ id, name, reason }: MailboxAnswer['unreadable'][number]): void {
    const { clock, deliveries, log } = this.#parts;
    const key = idempotencyKey.safeParse(id);
    if (!key.success) {
      if (this.#said.size >= 1_000 || this.#said.has(name)) return;
      this.#said.add(name);
      log.error(
        { request: name, reason },
        'A request in the org cannot be understood, and has no key to be answered by',
      );
      return;
    }
    const correlationId = `unreadable-${name}`;
    const problem = toProblem(unreadable(reason).failure, correlationId);
    const asOf = new Date(clock.now()).toISOString();
    const nothing = { attempts: 0, isRepeat: false, customer: null, contact: null, sapMessages: [] };
    const operation: MailboxOutcome['operation'] = {
      ...{ id: key.data, kind: kindOf(key.data), state: 'refused', asOf, problem },
      ...nothing,
    };
    deliveries.tell({ operation, correlationId });
    this.#parts.times.want();
  }

  #failed(failure: GatewayError, left: MailboxVisit['outcomes']): void {
    const { clock, deliveries, lease, log, measure, times, org, system } = this.#parts;
    measure.visited(failure.code);
    if (failure.code === 'SALESFORCE_FAILED') deliveries.failedOver(left);
    lease.settle();
    this.#failures += 1;
    const { kind, waits } = afterFailure(failure);
    const fields = { org, system, failures: this.#failures, ...errorFields(failure) };
    if (kind === 'stop') return this.#stop(failure);
    if (this.#lastFailure !== failure.code) log.warn(fields, 'A visit to the org did not go through; it is repeated');
    this.#lastFailure = failure.code;
    times.backOff(backoffMs(clock, waits, this.#failures));
  }

  #stop(failure: GatewayError): void {
    const { log, org, system } = this.#parts;
    this.#stopped = failure;
    log.error({ org, system, ...errorFields(failure) }, 'The outbox of this org is not emptied by this agent any more');
  }
}
