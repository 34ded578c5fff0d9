/**
 * The requests in hand: each from the visit that took it to its end.
 *
 * 1. Nothing begins without the lease it was taken under; what has not begun by then is the org's again.
 * 2. Requests of one subject go one after the other, in the order the org handed them out.
 * 3. A request is in hand once, however often it is handed out.
 */
import { GatewayError, toGatewayError } from '../../errors/index.ts';
import { toProblem } from '../../model/index.ts';
import type { CustomerReference, IdempotencyKey, OrgId, SapSystemId, WriteState } from '../../model/index.ts';
import type { MailboxRequest, SapSystem, WriteIntent, WriteJournal } from '../../ports/index.ts';
import { errorFields } from '../../telemetry/index.ts';
import type { Log } from '../../telemetry/index.ts';
import { backoffMs, Deadline, sleep } from '../../timing/index.ts';
import type { Clock } from '../../timing/index.ts';
import { BackgroundSteps, kindOf, laterAsOf } from '../execute/index.ts';
import type { OutboxWrites, Verdict, WriteStanding } from '../execute/index.ts';
import type { Holding, Lease } from '../lease.ts';
import type { Deliveries } from './deliveries.ts';
import type { OutboxPolicy } from './policy.ts';
import { readRequest } from './read-request.ts';
import { checkInSap, needsCheck } from './sap-checks.ts';
import type { CheckResult } from './sap-checks.ts';
import type { WriteRate } from './write-rate.ts';

/** A check is a read: what people wait for too. */
const checkTimeoutMs = 15_000;

export interface IntakeParts {
  readonly org: OrgId;
  readonly system: SapSystemId;
  readonly sap: SapSystem;
  readonly writes: OutboxWrites;
  readonly journal: WriteJournal;
  readonly deliveries: Deliveries;
  readonly lease: Lease;
  readonly rate: WriteRate;
  readonly clock: Clock;
  readonly log: Log;
  readonly policy: OutboxPolicy;
  /** Aborted when the program stops. */
  readonly stop: AbortSignal;
  /** Something has ended: there is something to tell, and room for another request. */
  readonly onEnded: () => void;
}

interface Task {
  readonly request: MailboxRequest;
  readonly holding: Holding;
  /** Aborted when this process must not go on with it. */
  readonly end: AbortSignal;
  /** The same, and when a person does not want it any more. */
  readonly signal: AbortSignal;
  readonly interrupt: AbortController;
  withdrawn: Verdict | undefined;
  standing: WriteStanding | undefined;
  /** Of what the org was told last. */
  asOf: string;
}

export class Intake {
  readonly #parts: IntakeParts;
  readonly #checks: BackgroundSteps;
  readonly #tasks = new Map<IdempotencyKey, Task>();
  /** How often a request was taken since somebody last wanted it anew; the latest ones. */
  readonly #takes = new Map<IdempotencyKey, number>();
  /** Wishes that were granted without a write, until the org knows. */
  readonly #granted = new Map<IdempotencyKey, Verdict>();
  /** The end of each subject's queue. */
  readonly #subjects = new Map<string, Promise<void>>();

  constructor(parts: IntakeParts) {
    this.#parts = parts;
    this.#checks = new BackgroundSteps(parts.policy.checksAtOnce);
  }

  get ids(): readonly IdempotencyKey[] {
    return [...this.#tasks.keys()];
  }

  get size(): number {
    return this.#tasks.size;
  }

  has(id: IdempotencyKey): boolean {
    return this.#tasks.has(id);
  }

  /** Takes what a visit brought. */
  take(requests: readonly MailboxRequest[], holding: Holding): void {
    for (const id of this.#granted.keys()) if (!this.#parts.deliveries.isTelling(id)) this.#granted.delete(id);
    for (const request of requests) if (!this.#tasks.has(request.id)) this.#enqueue(request, holding);
  }

  /** A person does not want a request any more. */
  async withdraw(id: IdempotencyKey, verdict: Verdict): Promise<void> {
    const { org, system, writes } = this.#parts;
    const task = this.#tasks.get(id);
    if (task !== undefined && task.standing === undefined) {
      task.withdrawn = verdict;
      task.interrupt.abort();
    }
    // A call through the relay may be at work on it.
    await writes.withdraw({ org, system, id }, verdict);
  }

  /** What a person wants of a request in hand, if it is not to be written. */
  wishFor(id: IdempotencyKey): Verdict | undefined {
    const granted = this.#parts.deliveries.isTelling(id) ? this.#granted.get(id) : undefined;
    if (granted === undefined) this.#granted.delete(id);
    return this.#tasks.get(id)?.withdrawn ?? granted;
  }

  /** Resolves when nothing is in hand any more; call after `stop` was aborted. */
  async settled(): Promise<void> {
    await Promise.all(this.#subjects.values());
  }

  #enqueue(request: MailboxRequest, holding: Holding): void {
    const interrupt = new AbortController();
    const end = AbortSignal.any([holding.ended, this.#parts.stop]);
    const signal = AbortSignal.any([interrupt.signal, end]);
    const asOf = new Date(0).toISOString();
    const task: Task = { request, holding, end, signal, interrupt, withdrawn: undefined, standing: undefined, asOf };
    this.#tasks.set(request.id, task);
    const before = this.#subjects.get(request.subject) ?? Promise.resolve();
    const after = before
      .then(() => this.#carry(task))
      .finally(() => {
        this.#tasks.delete(request.id);
        if (this.#subjects.get(request.subject) === after) this.#subjects.delete(request.subject);
        this.#parts.onEnded();
      });
    this.#subjects.set(request.subject, after);
  }

  /** Carries a request to its end; never throws. */
  async #carry(task: Task): Promise<void> {
    const { rate, clock, log, policy } = this.#parts;
    const { request } = task;
    const read = readRequest(request, { ...this.#parts, maxPayloadChars: policy.maxPayloadChars });
    if ('failure' in read) return this.#tell(task, read);
    await this.#pauseWhenTakenAgain(task);
    await rate.take(task.signal);
    for (let failures = 1; goesOn(task); failures += 1) {
      try {
        return await this.#execute(task, read);
      } catch (error) {
        const failure = toGatewayError(error);
        if (failure.code === 'LEASE_LOST') this.#parts.lease.refuse(task.holding.fence);
        const fields = { correlationId: request.correlationId, id: request.id, failures, ...errorFields(failure) };
        log.warn(fields, 'A request from the outbox could not begin; it is tried again');
        this.#tell(task, { state: 'running', failure });
        const signal = task.withdrawn === undefined ? task.signal : task.end;
        await sleep(clock, backoffMs(clock, policy.retryWaits, failures), signal);
      }
    }
  }

  /**
   * The org hands out what has ended here a moment ago: it could not take the outcome (its clock and ours differ, say). Doing
   * it again at once would do it for ever.
   */
  async #pauseWhenTakenAgain({ request, signal }: Task): Promise<void> {
    const { clock, policy } = this.#parts;
    const times = (this.#takes.get(request.id) ?? 0) + 1;
    this.#takes.delete(request.id);
    this.#takes.set(request.id, times);
    const [oldest] = this.#takes.keys();
    if (this.#takes.size > policy.maxUnderWay && oldest !== undefined) this.#takes.delete(oldest);
    if (!request.wasSent) this.#takes.set(request.id, 1);
    else if (times > 1) await sleep(clock, backoffMs(clock, policy.redeliverWaits, times - 1), signal);
  }

  async #execute(task: Task, intent: WriteIntent): Promise<void> {
    const { writes, deliveries } = this.#parts;
    const first = await this.#begin(task, intent);
    if (!goesOn(task)) return;
    if (typeof first === 'object') {
      if (task.withdrawn !== undefined) this.#granted.set(intent.id, task.withdrawn);
      return this.#tell(task, first);
    }
    deliveries.forget(intent.id);
    const { fence } = task.holding;
    const isOwed = (): boolean => deliveries.owes(intent.id, fence);
    const standing = await writes.admit(intent, task.holding, { wasSent: first === 'look-up', isOwed });
    task.standing = standing;
    if (task.withdrawn !== undefined) standing.withdraw(task.withdrawn);
    if (standing.isOver && standing.contentHash !== intent.contentHash) return this.#tellReused(task, standing);
    await standing.over;
  }

  /** How to begin, or how it ends without having begun. Throws what is worth trying again. */
  async #begin(task: Task, intent: WriteIntent): Promise<CheckResult> {
    const { request } = task;
    const known = await this.#parts.journal.find(intent.org, intent.system, intent.id);
    const first = request.wasSent ? 'look-up' : 'write';
    const checked =
      task.withdrawn === undefined && needsCheck(request, intent, known) ? await this.#check(task, intent) : first;
    if (task.withdrawn === undefined) return checked;
    // SAP may have it from an earlier time: then it is asked, and what it has is done, whatever was wished since.
    const mayBeInSap = request.wasSent || (known !== undefined && known.operation.state !== 'refused');
    return mayBeInSap ? 'look-up' : task.withdrawn;
  }

  /** What SAP says before the first write, as soon as it can be asked. */
  async #check(task: Task, intent: WriteIntent): Promise<CheckResult> {
    const { sap, writes, policy, clock } = this.#parts;
    const { request } = task;
    const standing = writes.standingOf(intent.system);
    let told: string | undefined;
    while (standing?.failure !== undefined) {
      // Once for each cause: a pause is looked at every second, and the org is not to hear of it every second.
      if (standing.failure.code !== told) this.#tell(task, { state: 'running', failure: standing.failure });
      told = standing.failure.code;
      await standing.change(task.signal);
      // The caller sees why it is not asked any more.
      if (task.signal.aborted) return 'look-up';
    }
    try {
      const deadline = Deadline.in(clock, checkTimeoutMs);
      const parts = { sap, fence: task.holding.fence, sameFromScore: policy.sameFromScore };
      const result = await this.#checks.run(() => checkInSap(parts, request, intent, deadline));
      standing?.noteSuccess();
      return result;
    } catch (error) {
      standing?.noteFailure(toGatewayError(error));
      throw error;
    }
  }

  /** Done long ago for other content: the org learns the number it has not noted, and that this was not written. */
  #tellReused(task: Task, { operation }: WriteStanding): void {
    this.#tell(task, { state: 'refused', failure: new GatewayError('IDEMPOTENCY_KEY_REUSED') }, operation.customer);
  }

  #tell(
    task: Task,
    { state, failure }: { readonly state: WriteState; readonly failure: GatewayError },
    customer: CustomerReference | null = null,
  ): void {
    const { id, correlationId } = task.request;
    const problem = toProblem(failure, correlationId);
    task.asOf = laterAsOf(task, this.#parts.clock);
    const { sapMessages } = problem;
    const operation = { id, kind: kindOf(id), state, asOf: task.asOf, attempts: 0, isRepeat: false, customer };
    this.#parts.deliveries.tell({ operation: { ...operation, contact: null, sapMessages, problem }, correlationId });
  }
}

/** Looks at the clock too: a timer may be late. */
const goesOn = ({ end, holding }: Task): boolean => !end.aborted && holding.isHeld();
