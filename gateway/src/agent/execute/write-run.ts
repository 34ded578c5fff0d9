/**
 * One write on its way to its end.
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
 *  5. Attempts, lost outcomes and look-ups are bounded (policy.ts), so every run ends done, refused or held; the
 *     one exception is a process that stops, and its successor goes on from the journal with a look-up.
 *  6. A run never throws: what goes wrong is an end of the write, or is tried again.
 */
import { GatewayError, toGatewayError } from '../../errors/index.ts';
import { toProblem } from '../../model/index.ts';
import type { Problem, WriteOperation } from '../../model/index.ts';
import type { JournalEntry, KeyLookup, SapSystem, WriteJournal, Written } from '../../ports/index.ts';
import { errorFields } from '../../telemetry/index.ts';
import type { Log } from '../../telemetry/index.ts';
import { backoffMs, Deadline, sleep } from '../../timing/index.ts';
import type { Clock } from '../../timing/index.ts';
import { toWriteKey, writeInSap } from './content.ts';
import { isPassing, lastAttempt, meaningOf } from './policy.ts';
import type { ExecutePolicy } from './policy.ts';
import type { BackgroundSteps } from './steps.ts';

export interface RunParts {
  readonly sap: SapSystem;
  readonly journal: WriteJournal;
  readonly clock: Clock;
  readonly log: Log;
  readonly policy: ExecutePolicy;
  readonly background: BackgroundSteps;
  /** Aborted when the program stops: no further step begins. */
  readonly stop: AbortSignal;
}

/** `write`: a fresh intent. `look-up`: it may have reached SAP before, in this process or an earlier one. */
export type FirstStep = 'write' | 'look-up';

/** What comes next, and how long from now; undefined when the write has ended. */
type Next = { readonly step: FirstStep; readonly waitMs: number } | undefined;

/** How a write ends without having happened. */
interface Verdict {
  readonly state: 'refused' | 'held';
  readonly failure: GatewayError;
}

export class WriteRun {
  /** Resolves when the write has ended, or the program stops. */
  readonly over: Promise<void>;
  readonly #entry: JournalEntry;
  readonly #parts: RunParts;
  readonly #lastAttempt: number;
  readonly #verifyUntil: Deadline;
  #operation: WriteOperation;
  #isOver = false;
  #attempts: number;
  #mayBeInSap: boolean;
  #lostOutcomes = 0;
  #lookUps = 0;
  /** How the run ends once SAP has said that nothing was written. */
  #verdict: Verdict | undefined;

  constructor(entry: JournalEntry, first: FirstStep, parts: RunParts) {
    this.#entry = entry;
    this.#parts = parts;
    this.#operation = entry.operation;
    this.#attempts = entry.operation.attempts;
    this.#lastAttempt = lastAttempt(entry.operation, parts.policy.maxAttempts);
    this.#verifyUntil = Deadline.in(parts.clock, parts.policy.verifyForMs);
    this.#mayBeInSap = first === 'look-up';
    this.over = this.#run(first).finally(() => {
      this.#isOver = true;
    });
  }

  get operation(): WriteOperation {
    return this.#operation;
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  get contentHash(): string {
    return this.#entry.contentHash;
  }

  async #run(first: FirstStep): Promise<void> {
    const { background, clock, stop } = this.#parts;
    if (this.#operation.state === 'held') await this.#record({ state: 'verifying', problem: null });
    // The first step of a fresh intent has a person waiting for it; everything later queues behind people.
    let next = first === 'write' && !this.#isStopped() ? await this.#write() : lookUpNow;
    while (next !== undefined && !this.#isStopped()) {
      await sleep(clock, next.waitMs, stop);
      if (this.#isStopped()) return;
      const { step } = next;
      next = await background.run(() => (step === 'write' ? this.#writeAgain() : this.#lookUp()));
    }
  }

  #isStopped(): boolean {
    return this.#parts.stop.aborted;
  }

  async #writeAgain(): Promise<Next> {
    const isNoted = await this.#record({ state: 'running', attempts: this.#attempts + 1 });
    return isNoted ? this.#write() : undefined;
  }

  async #write(): Promise<Next> {
    const { sap, clock, policy } = this.#parts;
    this.#attempts += 1;
    try {
      return await this.#done(await writeInSap(sap, this.#entry, Deadline.in(clock, policy.writeTimeoutMs)));
    } catch (error) {
      return this.#failed(toGatewayError(error));
    }
  }

  async #failed(failure: GatewayError): Promise<Next> {
    this.#parts.log.warn({ ...errorFields(failure), attempt: this.#attempts }, 'A write in SAP did not go through');
    switch (meaningOf(failure)) {
      case 'unknown':
        return this.#lost(failure);
      case 'held':
        return this.#end({ state: 'held', failure });
      case 'refused':
        this.#verdict = { state: 'refused', failure };
        return this.#mayBeInSap ? this.#verify() : this.#end(this.#verdict);
      case 'again':
        if (this.#attempts >= this.#lastAttempt) return this.#end({ state: 'held', failure });
        await this.#record({ state: 'running', attempts: this.#attempts, problem: this.#problem(failure) });
        return { step: this.#mayBeInSap ? 'look-up' : 'write', waitMs: this.#retryWaitMs() };
    }
  }

  #lost(failure: GatewayError): Promise<Next> {
    this.#mayBeInSap = true;
    this.#lostOutcomes += 1;
    this.#lookUps = 0;
    if (failure.code !== 'SAP_OUTCOME_UNKNOWN') this.#verdict = { state: 'held', failure };
    else if (this.#lostOutcomes >= this.#parts.policy.maxLostOutcomes) this.#verdict = this.#exhausted();
    return this.#verify();
  }

  /** Not known yet: says so, and looks (again) in a while. */
  async #verify(): Promise<Next> {
    const { clock, policy } = this.#parts;
    if (this.#verifyUntil.hasPassed) {
      return this.#end({ state: 'held', failure: new GatewayError('SAP_OUTCOME_UNRESOLVED') });
    }
    if (this.#operation.state !== 'verifying') {
      const problem = this.#problem(new GatewayError('SAP_OUTCOME_UNKNOWN'));
      await this.#record({ state: 'verifying', attempts: this.#attempts, problem });
    }
    this.#lookUps += 1;
    return { step: 'look-up', waitMs: backoffMs(clock, policy.lookUpWaits, this.#lookUps) };
  }

  async #lookUp(): Promise<Next> {
    const { sap, clock, policy, log } = this.#parts;
    const key = toWriteKey(this.#entry.org, this.#entry.id);
    try {
      return await this.#found(await sap.lookUpKey(key, Deadline.in(clock, policy.lookUpTimeoutMs)));
    } catch (error) {
      const failure = toGatewayError(error);
      log.warn(errorFields(failure), 'A look-up in SAP did not go through');
      return isPassing(failure) ? this.#verify() : this.#end({ state: 'held', failure });
    }
  }

  #found(found: KeyLookup): Promise<Next> | Next {
    if (found.state === 'running') return this.#verify();
    if (found.state === 'done') {
      if (found.contentHash !== this.contentHash) return this.#end({ state: 'refused', failure: keyReused() });
      return this.#done({ customerNumber: found.customerNumber, isRepeat: false, messages: [] });
    }
    if (this.#verdict !== undefined) return this.#end(this.#verdict);
    if (this.#attempts >= this.#lastAttempt) return this.#end(this.#exhausted());
    return { step: 'write', waitMs: this.#attempts === 0 ? 0 : this.#retryWaitMs() };
  }

  async #done(written: Written): Promise<undefined> {
    this.#parts.log.info({ attempts: this.#attempts, isRepeat: written.isRepeat }, 'A write in SAP is done');
    await this.#record({
      state: 'done',
      // A write that SAP has was asked for at least once, though a killed process may not have noted it.
      attempts: Math.max(1, this.#attempts),
      // SAP says "repeat" also when our own lost attempt had succeeded; that is not somebody else's success.
      isRepeat: written.isRepeat && !this.#mayBeInSap,
      customer: { system: this.#entry.system, number: written.customerNumber },
      sapMessages: written.messages.map((message) => ({ ...message })),
      problem: null,
    });
    return undefined;
  }

  async #end({ state, failure }: Verdict): Promise<undefined> {
    const problem = this.#problem(failure);
    await this.#record({ state, attempts: this.#attempts, sapMessages: problem.sapMessages, problem });
    return undefined;
  }

  /** Journals the change until the journal takes it; false only when the program stops before. */
  async #record(change: Partial<WriteOperation>): Promise<boolean> {
    const { clock, journal, log, policy, stop } = this.#parts;
    const operation = { ...this.#operation, ...change, asOf: new Date(clock.now()).toISOString() };
    for (let failures = 1; ; failures += 1) {
      try {
        await journal.record(this.#entry, operation);
        this.#operation = operation;
        return true;
      } catch (error) {
        log.error({ ...errorFields(error), failures }, 'The journal takes no entry; the write waits for it');
        if (this.#isStopped()) return false;
        await sleep(clock, backoffMs(clock, policy.journalWaits, failures), stop);
      }
    }
  }

  #retryWaitMs(): number {
    return backoffMs(this.#parts.clock, this.#parts.policy.retryWaits, Math.max(1, this.#attempts));
  }

  #exhausted(): Verdict {
    return { state: 'held', failure: new GatewayError('SAP_WRITE_NOT_COMPLETED', { attempts: this.#attempts }) };
  }

  #problem(failure: GatewayError): Problem {
    return toProblem(failure, this.#entry.correlationId);
  }
}

const lookUpNow: Next = { step: 'look-up', waitMs: 0 };

const keyReused = (): GatewayError => new GatewayError('IDEMPOTENCY_KEY_REUSED');
