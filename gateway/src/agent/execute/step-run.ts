/** One step of a write: asks SAP, understands what came of it, and says what follows. The invariants are in write-run.ts. */
import { GatewayError, toGatewayError } from '../../errors/index.ts';
import { toProblem } from '../../model/index.ts';
import type { Problem } from '../../model/index.ts';
import type { SapSystem } from '../../ports/index.ts';
import { errorFields } from '../../telemetry/index.ts';
import { backoffMs, Deadline } from '../../timing/index.ts';
import type { BackoffPolicy } from '../../timing/index.ts';
import { causeOf, isPassing } from './policy.ts';
import { heldFor, left } from './run-parts.ts';
import type { FirstStep, Next, RunParts, StepResult, Verdict } from './run-parts.ts';
import type { RunRecord } from './run-record.ts';
import type { StepFound, WriteStep } from './write-plan.ts';

export interface StepBegin {
  readonly step: WriteStep;
  readonly first: FirstStep;
  /** The number of the last attempt that may be made. */
  readonly lastAttempt: number;
  /** What may be in SAP was asked for by this agent, a moment ago as far as anybody knows. */
  readonly isOurs: boolean;
  /** Nothing that was sent of it is in SAP; it is looked up only because another agent may have been asked too. */
  readonly isUnsent: boolean;
  readonly correlationId: string;
}

export class StepRun {
  readonly step: WriteStep;
  readonly #parts: RunParts;
  readonly #record: RunRecord;
  readonly #correlationId: string;
  readonly #verifyUntil: Deadline;
  /** Before it, that SAP has nothing may only mean that it has nothing yet. */
  #settlesAt: Deadline | undefined;
  /** A person's wish: the write is not to be made. */
  withdrawn: Verdict | undefined;
  #attempts: number;
  #mayBeInSap: boolean;
  #isUnsent: boolean;
  #isFresh: boolean;
  #lastAttempt: number;
  #lostOutcomes = 0;
  #lookUps = 0;
  #failures = 0;
  #lockedUntil: Deadline | undefined;
  /** How the step ends once SAP has said that nothing was written. */
  #verdict: Verdict | undefined;

  constructor(begin: StepBegin, record: RunRecord, parts: RunParts) {
    this.step = begin.step;
    this.#parts = parts;
    this.#record = record;
    this.#correlationId = begin.correlationId;
    this.#attempts = record.operation.attempts;
    this.#mayBeInSap = begin.first === 'look-up';
    this.#isUnsent = begin.isUnsent;
    this.#isFresh = begin.first === 'write' && this.#attempts === 0;
    this.#lastAttempt = begin.lastAttempt;
    this.#verifyUntil = Deadline.in(parts.clock, parts.policy.verifyForMs);
    if (begin.isOurs && this.#mayBeInSap) this.#settle();
  }

  get attempts(): number {
    return this.#attempts;
  }

  get mayBeInSap(): boolean {
    return this.#mayBeInSap;
  }

  /** `sap`: the way into SAP for whoever waits for it, or for nobody. */
  async ask(question: FirstStep, sap: SapSystem, goesOn: () => boolean): Promise<StepResult> {
    if (this.withdrawn !== undefined && !this.#mayBeInSap) return this.withdrawn;
    return question === 'write' && this.withdrawn === undefined ? this.#write(sap, goesOn) : this.#lookUp(sap);
  }

  async #write(sap: SapSystem, goesOn: () => boolean): Promise<StepResult> {
    const { standing, clock, policy, holding } = this.#parts;
    const { operation } = this.#record;
    // A fresh intent is journaled as it is; every repetition is noted with its number first.
    const isNoted = this.#isFresh && operation.problem === null;
    this.#isFresh = false;
    this.#isUnsent = false;
    this.#attempts += 1;
    if (!isNoted) await this.#record.note({ state: 'running', attempts: this.#attempts, problem: null });
    if (!goesOn()) return left;
    // Somebody may have withdrawn it while the journal was written.
    if (this.withdrawn !== undefined) return this.#mayBeInSap ? lookUpNow : this.withdrawn;
    const { key, contentHash } = this.step;
    try {
      const write = { key, contentHash, fence: holding?.fence };
      const deadline = Deadline.in(clock, policy.writeTimeoutMs);
      const written = await this.step.write(sap, write, operation.customer?.number, deadline);
      standing.noteSuccess();
      // SAP says "repeat" also when our own lost attempt had succeeded; that is not somebody else's success.
      const isRepeat = written.isRepeat && !this.#mayBeInSap;
      return { kind: 'done', written: { ...written, isRepeat }, wasThere: written.isRepeat };
    } catch (error) {
      return this.#failed(toGatewayError(error));
    }
  }

  async #failed(failure: GatewayError): Promise<StepResult> {
    const { log, standing, measure, policy, clock } = this.#parts;
    const cause = causeOf(failure);
    const [message] = failure.sapMessages;
    const sapMessage = message === undefined ? undefined : `${message.id} ${message.number}`;
    const fields = { ...errorFields(failure), cause, attempt: this.#attempts, sapMessage };
    log.warn(fields, 'A write in SAP did not go through');
    standing.noteFailure(failure);
    measure.failed(cause);
    switch (cause) {
      case 'unknown':
        return this.#lost(failure);
      case 'standby':
        return this.#standBy();
      case 'held':
        return this.#decide(heldFor(failure));
      case 'refused':
        return this.#decide({ kind: 'verdict', state: 'refused', failure });
      case 'locked':
        this.#lockedUntil ??= Deadline.in(clock, policy.lockedForMs);
        if (this.#lockedUntil.hasPassed) return this.#decide(heldFor(failure));
        return this.#again(failure, policy.lockWaits, 0);
      case 'passing':
        if (this.#attempts >= this.#lastAttempt) return this.#decide(heldFor(failure));
        return this.#again(failure, policy.retryWaits, 1);
      case 'away':
      case 'busy':
      case 'paused':
      case 'logon':
        return this.#again(failure, policy.retryWaits, 0);
    }
  }

  #standBy(): StepResult {
    this.#parts.onFenceRefused();
    return left;
  }

  async #again(failure: GatewayError, waits: BackoffPolicy, counted: 0 | 1): Promise<Next> {
    const { clock, standing } = this.#parts;
    this.#lastAttempt += 1 - counted;
    this.#failures += 1;
    await this.#record.note({ state: 'running', attempts: this.#attempts, problem: this.#problem(failure) });
    const waitMs = standing.isRefused ? 0 : backoffMs(clock, waits, this.#failures);
    return { kind: 'next', ask: this.#mayBeInSap ? 'look-up' : 'write', waitMs };
  }

  /** Ends so, once it is certain that nothing of an earlier attempt is in SAP. */
  #decide(verdict: Verdict): Promise<StepResult> | StepResult {
    this.#verdict = verdict;
    return this.#mayBeInSap ? this.#verify() : verdict;
  }

  #lost(failure: GatewayError): Promise<StepResult> {
    this.#mayBeInSap = true;
    this.#settle();
    this.#lostOutcomes += 1;
    this.#lookUps = 0;
    if (failure.code !== 'SAP_OUTCOME_UNKNOWN') this.#verdict = heldFor(failure);
    else if (this.#lostOutcomes >= this.#parts.policy.maxLostOutcomes) this.#verdict = this.#exhausted();
    return this.#verify();
  }

  /** Not known yet: says so, and looks (again) in a while. */
  async #verify(): Promise<StepResult> {
    const { clock, policy } = this.#parts;
    if (this.#verifyUntil.hasPassed) return heldFor(this.step.unresolved(undefined));
    // Of what was never sent the entry goes on saying so.
    if (this.#record.operation.state !== 'verifying' && !this.#isUnsent) {
      const problem = this.#problem(new GatewayError('SAP_OUTCOME_UNKNOWN'));
      await this.#record.note({ state: 'verifying', attempts: this.#attempts, problem });
    }
    this.#lookUps += 1;
    return { kind: 'next', ask: 'look-up', waitMs: backoffMs(clock, policy.lookUpWaits, this.#lookUps) };
  }

  async #lookUp(sap: SapSystem): Promise<StepResult> {
    const { standing, clock, policy, log, holding } = this.#parts;
    try {
      const deadline = Deadline.in(clock, policy.lookUpTimeoutMs);
      const found = await this.step.lookUp(sap, deadline, holding?.fence);
      standing.noteSuccess();
      return await this.#found(found);
    } catch (error) {
      const failure = toGatewayError(error);
      log.warn(errorFields(failure), 'A look-up in SAP did not go through');
      standing.noteFailure(failure);
      if (causeOf(failure) === 'standby') return this.#standBy();
      if (isPassing(failure)) return await this.#verify();
      return heldFor(this.#isUnsent ? failure : this.step.unresolved(failure));
    }
  }

  #found(found: StepFound): Promise<StepResult> | StepResult {
    switch (found.state) {
      case 'running':
        return this.#verify();
      case 'done':
        return { kind: 'done', written: found.done, wasThere: true };
      case 'reused':
        return keyReused(found.customerNumber);
      case 'impossible':
        return this.#isUnsent ? this.#notFound() : heldFor(found.failure);
      case 'none':
        return found.isFinal || this.#settlesAt?.hasPassed !== false ? this.#notFound() : this.#verify();
    }
  }

  #notFound(): StepResult {
    // From here on it is as if it were new.
    if (this.#isUnsent) [this.#isUnsent, this.#mayBeInSap] = [false, false];
    const verdict = this.withdrawn ?? this.#verdict;
    if (verdict !== undefined) return verdict;
    if (this.#attempts >= this.#lastAttempt) return this.#exhausted();
    const { clock, policy } = this.#parts;
    const failures = this.#failures + this.#lostOutcomes;
    const waitMs = failures === 0 ? 0 : backoffMs(clock, policy.retryWaits, failures);
    return { kind: 'next', ask: 'write', waitMs };
  }

  #settle(): void {
    const { clock, policy } = this.#parts;
    if (!this.step.isKeyedInSap) this.#settlesAt = Deadline.in(clock, policy.serviceSettleMs);
  }

  #exhausted(): Verdict {
    return heldFor(new GatewayError('SAP_WRITE_NOT_COMPLETED', { attempts: this.#attempts }));
  }

  #problem(failure: GatewayError): Problem {
    return toProblem(failure, this.#correlationId);
  }
}

/** SAP has the key for other content. The number belongs to the same record all the same: keys come from records. */
function keyReused(known: Verdict['known']): Verdict {
  return { kind: 'verdict', state: 'refused', failure: new GatewayError('IDEMPOTENCY_KEY_REUSED'), known };
}

const lookUpNow: Next = { kind: 'next', ask: 'look-up', waitMs: 0 };
