/**
 * What the org is still to be told: from the journal, and for requests that never came so far from memory (the org hands
 * those out again after a restart).
 */
import { errorFields } from '../../telemetry/index.ts';
import type { Log } from '../../telemetry/index.ts';
import type { IdempotencyKey, OrgId, SapSystemId } from '../../model/index.ts';
import type { JournalEntry, MailboxOutcome, OutcomeReceipt, WriteJournal } from '../../ports/index.ts';
import { backoffMs } from '../../timing/index.ts';
import type { Clock } from '../../timing/index.ts';
import type { Lease } from '../lease.ts';
import type { OutboxPolicy } from './policy.ts';

export interface DeliveriesParts {
  readonly org: OrgId;
  readonly system: SapSystemId;
  readonly journal: WriteJournal;
  readonly lease: Lease;
  readonly clock: Clock;
  readonly log: Log;
  readonly policy: OutboxPolicy;
  /** What this process works on: of nothing else an outcome that is no end is worth telling. */
  readonly underWay: () => readonly IdempotencyKey[];
}

interface Setback {
  readonly failures: number;
  readonly untilMs: number;
}

export class Deliveries {
  readonly #parts: DeliveriesParts;
  readonly #direct = new Map<IdempotencyKey, MailboxOutcome>();
  /** Those that never were in the journal, also after they were forgotten. */
  readonly #unjournaled = new WeakSet<MailboxOutcome>();
  /** Outcomes the org could not save, until when they rest. */
  readonly #setbacks = new Map<IdempotencyKey, Setback>();
  /** The fence under which a write ended in this process. */
  readonly #endedUnder = new Map<IdempotencyKey, number | undefined>();
  /** So many in one visit: fewer after the org has failed over them, until the one it fails over is alone. */
  #atOnce: number;
  #ended: readonly IdempotencyKey[] = [];
  #stale: readonly JournalEntry[] = [];

  constructor(parts: DeliveriesParts) {
    this.#parts = parts;
    this.#atOnce = parts.policy.maxOutcomes;
  }

  /** The most that one visit leaves at present. */
  get atOnce(): number {
    return this.#atOnce;
  }

  /** Keys that have ended here, and the org does not know: not to be handed out again. */
  get ended(): readonly IdempotencyKey[] {
    return [...this.#ended, ...[...this.#direct.values()].filter(hasEnded).map(({ operation }) => operation.id)];
  }

  /** How many outcomes wait, as far as the last look into the journal showed. */
  get size(): number {
    return this.#ended.length + this.#direct.size;
  }

  /**
   * What ended without being done under another lease than the present one: another agent may have done it since, so it is not
   * told. What the org still wants of it it hands out again.
   */
  get stale(): readonly JournalEntry[] {
    return this.#stale;
  }

  /** A write has ended under this lease. */
  noteEnd(id: IdempotencyKey, fence: number | undefined): void {
    this.#endedUnder.set(id, fence);
  }

  /** Whether a write has ended under this lease, and the org has not confirmed that it knows. */
  owes(id: IdempotencyKey, fence: number): boolean {
    return this.#endedUnder.get(id) === fence;
  }

  /** The lease is lost: what is not journaled is the org's again. */
  forgetAll(): void {
    this.#direct.clear();
    this.#endedUnder.clear();
  }

  /** An outcome without a journal entry. */
  tell(outcome: MailboxOutcome): void {
    this.#direct.set(outcome.operation.id, outcome);
    this.#unjournaled.add(outcome);
  }

  /** Whether the org is still to be told of something that was never journaled. */
  isTelling(id: IdempotencyKey): boolean {
    return this.#direct.has(id);
  }

  /** The request is admitted now: its journal entry speaks for it. */
  forget(id: IdempotencyKey): void {
    this.#direct.delete(id);
  }

  /** What to leave in the next visit; ended ones first. */
  async collect(): Promise<readonly MailboxOutcome[]> {
    const { org, system, journal, clock, policy } = this.#parts;
    const entries = await journal.undelivered(org, system, policy.maxUndelivered);
    const fence = this.#parts.lease.holding?.fence;
    const isTrue = ({ operation: { id, state } }: JournalEntry): boolean =>
      state === 'done' || (fence !== undefined && this.#endedUnder.get(id) === fence);
    this.#stale = entries.filter((entry) => hasEnded(entry) && !isTrue(entry));
    const journaled = entries
      .filter((entry) => !hasEnded(entry) || isTrue(entry))
      .map(({ operation, correlationId }) => ({ operation, correlationId }));
    this.#ended = journaled.filter(hasEnded).map(({ operation }) => operation.id);
    const underWay = new Set([...this.#parts.underWay(), ...this.#direct.keys()]);
    const nowMs = clock.monotonic();
    const due = [...this.#direct.values(), ...journaled].filter(
      (outcome) =>
        (this.#setbacks.get(outcome.operation.id)?.untilMs ?? 0) <= nowMs &&
        (hasEnded(outcome) || underWay.has(outcome.operation.id)),
    );
    return due.sort((a, b) => Number(hasEnded(b)) - Number(hasEnded(a))).slice(0, this.#atOnce);
  }

  /**
   * The org failed over a visit with these: somebody's trigger may have hit a limit that takes the whole transaction along.
   * Fewer next time; the one that fails alone rests, and keeps nobody else from being told.
   */
  failedOver(left: readonly MailboxOutcome[]): void {
    const [only] = left;
    if (only === undefined) return;
    this.#atOnce = Math.max(1, Math.floor(left.length / 2));
    if (left.length === 1) this.#setBack(only, undefined);
  }

  /** Takes the org's receipts; an outcome without one is left again. Returns how many the org could not save. */
  async settle(left: readonly MailboxOutcome[], receipts: readonly OutcomeReceipt[]): Promise<number> {
    this.#atOnce = Math.min(this.#parts.policy.maxOutcomes, this.#atOnce * 2);
    const byId = new Map(receipts.map((receipt) => [receipt.id, receipt]));
    let failed = 0;
    for (const outcome of left) {
      const receipt = byId.get(outcome.operation.id);
      if (receipt === undefined || receipt.result === 'failed') {
        failed += 1;
        this.#setBack(outcome, receipt);
        continue;
      }
      if (receipt.result === 'gone') this.#sayGone(outcome, receipt);
      await this.#confirm(outcome);
    }
    return failed;
  }

  async #confirm(outcome: MailboxOutcome): Promise<void> {
    const { org, system, journal, log } = this.#parts;
    const { operation, correlationId } = outcome;
    this.#setbacks.delete(operation.id);
    this.#endedUnder.delete(operation.id);
    if (this.#direct.get(operation.id) === outcome) this.#direct.delete(operation.id);
    if (this.#unjournaled.has(outcome)) return;
    try {
      await journal.confirm({ org, system, id: operation.id }, operation.asOf);
      this.#ended = this.#ended.filter((id) => id !== operation.id);
    } catch (error) {
      // It is told once more, and the org knows that it knows.
      log.warn({ correlationId, ...errorFields(error) }, 'The journal could not note that an outcome is delivered');
    }
  }

  #setBack({ operation, correlationId }: MailboxOutcome, receipt: OutcomeReceipt | undefined): void {
    const { clock, log, policy } = this.#parts;
    const failures = (this.#setbacks.get(operation.id)?.failures ?? 0) + 1;
    const untilMs = clock.monotonic() + backoffMs(clock, policy.redeliverWaits, failures);
    this.#setbacks.set(operation.id, { failures, untilMs });
    const fields = { correlationId, id: operation.id, failures, reason: receipt?.reason ?? 'no receipt' };
    log.warn(fields, 'The org could not save an outcome; it is left again');
  }

  #sayGone({ operation, correlationId }: MailboxOutcome, { reason }: OutcomeReceipt): void {
    const { log } = this.#parts;
    const customer = operation.customer?.number;
    const fields = { correlationId, id: operation.id, state: operation.state, customer, reason: reason ?? undefined };
    if (customer === undefined) log.info(fields, 'The org has deleted a request; nobody waits for its outcome');
    else
      log.error(fields, 'SAP has a customer whose Account or request is gone from the org; link or block it by hand');
  }
}

export const hasEnded = ({ operation: { state } }: Pick<MailboxOutcome, 'operation'>): boolean =>
  state !== 'running' && state !== 'verifying';
