/** What a write run works with, and the few words its files share. */
import { GatewayError } from '../../errors/index.ts';
import type { SapServices, SapSystem, WriteJournal, Written } from '../../ports/index.ts';
import type { WriteState } from '../../model/index.ts';
import type { Log } from '../../telemetry/index.ts';
import type { Clock } from '../../timing/index.ts';
import type { Holding } from '../lease.ts';
import type { Cause, ExecutePolicy } from './policy.ts';
import type { SapStanding } from './sap-standing.ts';
import type { BackgroundSteps } from './steps.ts';
import type { StepDone, WriteStep } from './write-plan.ts';

/** What is counted of writes. */
export interface WriteMeasure {
  failed(cause: Cause): void;
  ended(state: WriteState, ageSeconds: number): void;
}

export interface RunParts {
  readonly sap: SapSystem;
  /** The same system for steps that nobody waits for. */
  readonly sapInBackground: SapSystem;
  /** Its published services. */
  readonly services: SapServices | undefined;
  readonly standing: SapStanding;
  readonly journal: WriteJournal;
  readonly clock: Clock;
  readonly log: Log;
  readonly policy: ExecutePolicy;
  readonly background: BackgroundSteps;
  readonly measure: WriteMeasure;
  /** The lease the run begins under; absent where the org has no mailbox. */
  readonly holding: Holding | undefined;
  /** SAP refused the fence of `holding`. */
  readonly onFenceRefused: () => void;
  /** Aborted when the program stops: no further step begins. */
  readonly stop: AbortSignal;
}

/** `write`: a fresh intent. `look-up`: it may have reached SAP before, in this process or an earlier one. */
export type FirstStep = 'write' | 'look-up';

/** What is to be asked of SAP next, and how long from now. */
export interface Next {
  readonly kind: 'next';
  readonly ask: FirstStep;
  readonly waitMs: number;
}

/** How a write ends without having happened. */
export interface Verdict {
  readonly kind: 'verdict';
  readonly state: 'refused' | 'held';
  readonly failure: GatewayError;
  /** The customer that the key already stands for. */
  readonly known?: Written['customerNumber'] | undefined;
}

/** What one question to SAP led to. `left`: over without an outcome, because the lease is lost or the program stops. */
export type StepResult =
  | Next
  | Verdict
  | { readonly kind: 'done'; readonly written: StepDone; readonly wasThere: boolean }
  | { readonly kind: 'left' };

export const left: StepResult = { kind: 'left' };

export const heldFor = (failure: GatewayError): Verdict => ({ kind: 'verdict', state: 'held', failure });

/** Held, and SAP may have it all the same: whatever the cause is, the org must not take it for nothing. */
export const heldUnresolved = (cause: GatewayError): Verdict => {
  const issues = [{ path: '', message: `${cause.message} ${cause.advice}` }, ...cause.issues];
  const details = { sapMessages: cause.sapMessages, issues };
  return heldFor(new GatewayError('SAP_OUTCOME_UNRESOLVED', { cause: cause.code }, cause, details));
};

/** What a person's wish makes of a write that is not in SAP. */
export function withdrawal(wish: 'hold' | 'discard', reason: string): Verdict {
  if (wish === 'hold') return heldFor(new GatewayError('REQUEST_ON_HOLD', { reason }));
  return { kind: 'verdict', state: 'refused', failure: new GatewayError('REQUEST_WITHDRAWN', { reason }) };
}

/** How a verdict on a step ends its write. After the first step there is something in SAP already: a person must know. */
export function endOf(
  step: WriteStep['name'],
  verdict: Verdict,
  customerNumber: string | undefined,
): Pick<Verdict, 'state' | 'failure'> {
  if (step !== 'credit') return verdict;
  const { failure } = verdict;
  const issues = [{ path: 'credit', message: `${failure.message} ${failure.advice}` }, ...failure.issues];
  const details = { sapMessages: failure.sapMessages, issues };
  const context = { customerNumber, step: 'credit data' };
  return { state: 'held', failure: new GatewayError('SAP_STEP_NOT_WRITTEN', context, failure, details) };
}
