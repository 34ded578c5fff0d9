/**
 * One write on its way to its end, step by step.
 *
 *   running ──► done | refused | held        SAP answered, or a person must act
 *      │  ▲
 *      ▼  └── SAP says the key was never committed, and our own call is over
 *   verifying ──► done | held                SAP was asked whether it happened
 *
 * Invariants
 *  1. Nothing is sent to SAP that is not in the journal, with the number of this attempt for every repetition.
 *  2. `operation` is what the journal holds; it changes only after the journal has it.
 *  3. After an outcome that may have reached SAP, the write is repeated only when a look-up that began after our own
 *     call was over said `none`. Should that call still wait somewhere inside SAP, the key decides there: the
 *     repetition has the same key and the same content.
 *  4. `refused` is final only when nothing of an earlier attempt can still commit: after a lost outcome a refusal is
 *     looked up before it counts.
 *  5. Attempts that count, lost outcomes and look-ups are bounded (policy.ts), so every run ends done, refused or held.
 *     Without an end are only: an SAP that is away, which is waited for; a process that stops and a lease that is
 *     lost, whose successor goes on from the journal or from the org, with a look-up.
 *  6. A run never throws: what goes wrong is an end of the write, or is tried again.
 *  7. Nothing is written without the lease it began under, and each write carries its fence.
 *  8. A step begins when the journal has what the step before it made; it has a key of its own (write-plan.ts).
 *  9. Of a service SAP keeps no key. A `running` or `held` entry that names why an attempt failed says that nothing is in SAP
 *     (but for the codes in service-step.ts); the reason is taken away before the next attempt. Any other entry is looked up,
 *     and held where nobody can look.
 */
import { GatewayError } from '../../errors/index.ts';
import { toProblem } from '../../model/index.ts';
import type { WriteOperation } from '../../model/index.ts';
import type { JournalEntry, SapSystem } from '../../ports/index.ts';
import { sleep } from '../../timing/index.ts';
import { lastAttempt } from './policy.ts';
import { RunRecord } from './run-record.ts';
import { endOf } from './run-parts.ts';
import type { FirstStep, Next, RunParts, StepResult, Verdict } from './run-parts.ts';
import { isKept, noteAtBegin, tooLarge } from './service-step.ts';
import { StepRun } from './step-run.ts';
import { planSteps, stepsDone } from './write-plan.ts';
import type { StepDone, WriteStep } from './write-plan.ts';

/** How a run begins. */
export interface RunBegin {
  /** A person waits for the first step; everything else queues behind people. */
  readonly isUrgent: boolean;
  /** A person does not want it any more. */
  readonly withdrawn: Verdict | undefined;
  /** New here, though another agent may have had it: a look-up that finds nothing counts at once. */
  readonly isForeign?: boolean;
  /** Of a service: nothing that was sent of it is in SAP. */
  readonly isUnsent?: boolean;
}

export class WriteRun {
  /** Resolves when the write has ended, the lease is lost, or the program stops. */
  readonly over: Promise<void>;
  readonly #entry: JournalEntry;
  readonly #isForeign: boolean;
  readonly #isUnsent: boolean;
  readonly #parts: RunParts;
  readonly #record: RunRecord;
  readonly #parked = Promise.withResolvers<void>();
  /** The steps that are not done, the present one first. */
  #steps: readonly WriteStep[];
  #step: StepRun;
  #isOver = false;
  #hasWritten = false;
  /** What SAP said to the steps that are done. */
  #messages: WriteOperation['sapMessages'] = [];
  #interrupt = new AbortController();

  constructor(entry: JournalEntry, first: FirstStep, parts: RunParts, begin: RunBegin) {
    const { isUrgent, withdrawn, isForeign = false, isUnsent = false } = begin;
    this.#entry = entry;
    this.#isForeign = isForeign;
    this.#isUnsent = isUnsent;
    this.#parts = parts;
    this.#record = new RunRecord(entry, entry.operation, { ...parts, waits: parts.policy.journalWaits });
    const steps = planSteps(entry, parts.services);
    this.#steps = steps.slice(stepsDone(steps, entry.operation));
    this.#step = this.#begin(this.#steps[0], first, lastAttempt(entry.operation, parts.policy.maxAttempts));
    this.#step.withdrawn = withdrawn;
    this.over = this.#run({ kind: 'next', ask: first, waitMs: 0 }, isUrgent).finally(() => {
      this.#isOver = true;
      if (!this.isLeft)
        parts.measure.ended(this.operation.state, Math.max(0, parts.clock.now() - entry.createdAtMs) / 1000);
    });
  }

  get operation(): WriteOperation {
    return this.#record.operation;
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  get contentHash(): string {
    return this.#entry.contentHash;
  }

  /** Over without an outcome: another agent writes for this org now, or the program stops. */
  get isLeft(): boolean {
    return this.#isOver && (this.operation.state === 'running' || this.operation.state === 'verifying');
  }

  get fence(): number | undefined {
    return this.#parts.holding?.fence;
  }

  /** Whether SAP may have something of it. */
  get mayBeInSap(): boolean {
    return this.#step.mayBeInSap || this.operation.customer !== null;
  }

  /** Resolves when nothing will happen until somebody restarts the agent, and it is journaled why. */
  get parked(): Promise<void> {
    return this.#parked.promise;
  }

  /** A person does not want it any more. It ends so unless SAP has it, or may have it: then SAP is asked. */
  withdraw(verdict: Verdict): void {
    const isKnown = this.#step.withdrawn !== undefined;
    this.#step.withdrawn = verdict;
    // The org says it at each visit until it has the outcome; only the first time is news.
    if (isKnown) return;
    const waiting = this.#interrupt;
    this.#interrupt = new AbortController();
    waiting.abort();
  }

  async #run(first: Next, isUrgent: boolean): Promise<void> {
    const { background, clock, sap, sapInBackground } = this.#parts;
    const noted = noteAtBegin(this.operation.state, first.ask, this.#step.step, this.#isUnsent);
    if (noted !== undefined) {
      const { state, failure } = noted;
      await this.#record.note({ state, problem: failure === undefined ? null : this.#problem(failure) });
    }
    let next = isUrgent ? await this.#ask(first, sap) : first;
    while (next !== undefined) {
      await sleep(clock, next.waitMs, this.#signal());
      const planned: Next = next;
      if (!this.#goesOn()) return;
      next = this.#isHeldUp()
        ? await this.#waitForSap(planned)
        : await background.run(() => this.#ask(planned, sapInBackground));
    }
  }

  #signal(): AbortSignal {
    const { holding, stop } = this.#parts;
    return AbortSignal.any([stop, this.#interrupt.signal, ...(holding === undefined ? [] : [holding.ended])]);
  }

  #goesOn(): boolean {
    const { holding, stop } = this.#parts;
    return !stop.aborted && (holding === undefined || holding.isHeld());
  }

  #isHeldUp(): boolean {
    const canEnd = this.#step.withdrawn !== undefined && !this.#step.mayBeInSap;
    return this.#parts.standing.failure !== undefined && !canEnd;
  }

  /** Says why it waits, and waits until that has changed. */
  async #waitForSap(next: Next): Promise<Next | undefined> {
    const { failure, isRefused } = this.#parts.standing;
    const { problem, state } = this.operation;
    // A write that is verified says so all the time, and not how its look-ups go.
    const isNews = failure !== undefined && failure.code !== problem?.code && (isRefused || state !== 'verifying');
    if (isNews) await this.#record.note({ problem: this.#problem(failure) });
    if (isRefused) this.#parked.resolve();
    await this.#parts.standing.change(this.#signal());
    return { ...next, waitMs: 0 };
  }

  async #ask(next: Next, sap: SapSystem): Promise<Next | undefined> {
    if (!this.#goesOn()) return undefined;
    if (this.#isHeldUp()) return { ...next, waitMs: 0 };
    return this.#follow(await this.#step.ask(next.ask, sap, () => this.#goesOn()));
  }

  async #follow(result: StepResult): Promise<Next | undefined> {
    switch (result.kind) {
      case 'next':
        return result;
      case 'left':
        return undefined;
      case 'verdict':
        return this.#end(result);
      case 'done':
        return this.#done(result.written, result.wasThere);
    }
  }

  async #done(written: StepDone, wasThere: boolean): Promise<Next | undefined> {
    const { log } = this.#parts;
    this.#hasWritten ||= !written.isRepeat;
    this.#messages = [...this.#messages, ...written.messages.map((message) => ({ ...message }))];
    this.#steps = this.#steps.slice(1);
    const [further] = this.#steps;
    const { attempts, step } = this.#step;
    const isNoted = await this.#record.note({
      state: further === undefined ? 'done' : 'running',
      // A write that SAP has was asked for at least once, though a killed process may not have noted it.
      attempts: Math.max(1, attempts),
      isRepeat: further === undefined && !this.#hasWritten,
      ...this.#madeBy(written),
      contact: written.contactNumber ?? this.operation.contact,
      sapMessages: this.#messages,
    });
    log.info({ attempts, step: step.name, isRepeat: written.isRepeat }, 'A write in SAP is done');
    if (!isNoted || further === undefined) return undefined;
    const { withdrawn } = this.#step;
    // What somebody wrote before may have gone further than its first step.
    const first = wasThere ? 'look-up' : 'write';
    this.#step = this.#begin(further, first, attempts + this.#parts.policy.maxAttempts);
    this.#step.withdrawn = withdrawn;
    return { kind: 'next', ask: first, waitMs: 0 };
  }

  /** A customer, or the outputs of a service as far as the journal keeps them. */
  #madeBy({ customerNumber: number, outputs }: StepDone): Pick<WriteOperation, 'customer' | 'outputs' | 'problem'> {
    const customer = number === undefined ? this.operation.customer : { system: this.#entry.system, number };
    if (outputs === undefined) return { customer, problem: null };
    return isKept(outputs) ? { customer, outputs, problem: null } : { customer, problem: this.#problem(tooLarge()) };
  }

  async #end(verdict: Verdict): Promise<undefined> {
    const { state, failure } = endOf(this.#step.step.name, verdict, this.operation.customer?.number);
    const problem = this.#problem(failure);
    const { known } = verdict;
    const customer = known === undefined ? this.operation.customer : { system: this.#entry.system, number: known };
    await this.#record.note({
      state,
      attempts: this.#step.attempts,
      customer,
      sapMessages: problem.sapMessages,
      problem,
    });
    return undefined;
  }

  #begin(step: WriteStep | undefined, first: FirstStep, last: number): StepRun {
    if (step === undefined) throw new GatewayError('INTERNAL', { reason: 'a write without steps' });
    const { correlationId } = this.#entry;
    const known = { isOurs: !this.#isForeign && !this.#isUnsent, isUnsent: this.#isUnsent };
    return new StepRun({ step, first, lastAttempt: last, correlationId, ...known }, this.#record, this.#parts);
  }

  #problem(failure: GatewayError): ReturnType<typeof toProblem> {
    return toProblem(failure, this.#entry.correlationId);
  }
}
