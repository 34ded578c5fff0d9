/**
 * How many work processes are taken of those that the calendar grants: quickly fewer when SAP is slow, slowly more again.
 *
 * 1. Fewer by three tenths when the middle of the latest answers is above the limit, or a fifth of them met a lock; half as
 *    many when SAP had no free work process. Then only calls that begin after the change are listened to: the ones before it
 *    tell of the load before it.
 * 2. More by a tenth of what is granted, each ten seconds without trouble; not while answers are near the limit, so that it
 *    comes to rest below the limit instead of swinging around it. A step that leads into trouble is taken back, and tried again
 *    only after five minutes, then ten, at last an hour.
 * 3. Never below one, or nobody would learn that SAP is quick again; never above what is granted.
 *
 * The latest answers of each function count, as many of one as of another, so that one that is called often does not outvote
 * the rest. Each answer is measured against its own function: it is slow when it takes longer than the limit and twice its usual time.
 */
import type { Clock } from '../../timing/index.ts';
import { medianOf, UsualTimes } from './usual-times.ts';

/** Multiplied with what is taken. */
const afterSlow = 0.7;
const afterExhausted = 0.5;
const riseEveryMs = 10_000;
/** Until a step that led into trouble is tried again: twice as long after each time. */
const firstRetryMs = 300_000;
const maxRetryMs = 3_600_000;
/** Above this part of the limit nothing more is taken. */
const nearLimit = 0.7;
const timesUsual = 2;
/** Votes of one function: the last answers. So one that is slow by nature is outvoted by the others, however often it is called. */
const votes = 7;
/** Fewer answers than these say nothing. */
const minAnswers = 5;
/** What was longer ago than this says nothing about now. */
const answersForMs = 30_000;
/** Functions are some forty, published services a handful more. */
const maxFunctions = 500;
const lockedShare = 0.2;
const minLocked = 3;

/** How a call went, as far as it tells something about SAP's load. */
export interface CallEnd {
  readonly functionName: string;
  readonly beganMs: number;
  readonly durationMs: number;
  /** Our own calls in SAP when it began, itself among them. */
  readonly company: number;
  readonly sign: 'answered' | 'locked' | 'exhausted' | 'unanswered';
}

interface Answer {
  readonly atMs: number;
  /** Measured so that the limit is the same for every function. */
  readonly weighedMs: number;
  readonly isLocked: boolean;
}

export class Adaptation {
  readonly #clock: Clock;
  readonly #slowAboveMs: number;
  readonly #usual: UsualTimes;
  /** Undefined: everything that is granted. */
  #taken: number | undefined;
  #granted = 1;
  #because = '';
  readonly #answers = new Map<string, Answer[]>();
  #changedMs = -Infinity;
  /** The last change, if it was a step up. */
  #step: { readonly from: number } | undefined;
  /** A step beyond it led into trouble a moment ago. */
  #highest = { taken: Infinity, untilMs: -Infinity };
  #retryMs = firstRetryMs;

  constructor(clock: Clock, slowAboveMs: number) {
    this.#clock = clock;
    this.#slowAboveMs = slowAboveMs;
    this.#usual = new UsualTimes(clock);
  }

  /** What may be taken now of what the calendar grants, while so many calls are in SAP. */
  take(granted: number, running: number): number {
    this.#granted = granted;
    this.#rise(running);
    return Math.min(granted, this.#taken ?? granted);
  }

  /** Why it is less than granted; empty where it is not. */
  get because(): string {
    return this.#taken === undefined || this.#taken >= this.#granted ? '' : this.#because;
  }

  /** How long an answer of the function took at most, lately. */
  longestOf(functionName: string): number {
    return this.#usual.longestOf(functionName);
  }

  note(end: CallEnd): void {
    const { functionName, durationMs, company, sign } = end;
    const usualMs = this.#usual.of(functionName) ?? 0;
    if (sign !== 'exhausted') this.#usual.note(functionName, durationMs, company <= this.#littleCompany());
    if (end.beganMs < this.#changedMs) return;
    if (sign === 'exhausted') return this.#fall(afterExhausted, 'SAP had no free work process');
    const slowMs = Math.max(this.#slowAboveMs, usualMs * timesUsual);
    // Who gave up early cannot say how long it would have taken; longer than usual it was all the same.
    const isGivenUp = sign === 'unanswered' && usualMs > 0 && durationMs > usualMs * timesUsual;
    const weighedMs = (Math.max(durationMs, isGivenUp ? slowMs + 1 : 0) * this.#slowAboveMs) / slowMs;
    this.#keep(functionName, { atMs: this.#clock.monotonic(), weighedMs, isLocked: sign === 'locked' });
    this.#judge();
  }

  #keep(functionName: string, answer: Answer): void {
    if (this.#answers.size >= maxFunctions) this.#answers.clear();
    this.#answers.set(functionName, [...(this.#answers.get(functionName) ?? []).slice(1 - votes), answer]);
  }

  #judge(): void {
    const answers = this.#recent();
    const locked = answers.filter(({ isLocked }) => isLocked).length;
    if (locked >= minLocked && locked >= answers.length * lockedShare)
      return this.#fall(afterSlow, 'records that are to be changed were locked by others');
    if (answers.length < minAnswers) return;
    const middleMs = medianOf(answers.map(({ weighedMs }) => weighedMs));
    if (middleMs <= this.#slowAboveMs) return;
    const [middle, limit] = [middleMs, this.#slowAboveMs].map(inSeconds);
    this.#fall(afterSlow, `SAP's answers take ${middle} in the middle, and more than ${limit} is slow`);
  }

  #fall(factor: number, because: string): void {
    const before = Math.min(this.#granted, this.#taken ?? this.#granted);
    const nowMs = this.#clock.monotonic();
    this.#because = because;
    const fewer = Math.max(1, Math.floor(before * factor));
    const stepBack = this.#stepBack(nowMs) ?? fewer;
    this.#taken = factor === afterSlow ? stepBack : fewer;
    this.#step = undefined;
    this.#changed(nowMs);
  }

  /** Trouble on the way down is SAP's; trouble after a step up may be of that step's making. */
  #stepBack(nowMs: number): number | undefined {
    const step = this.#step;
    if (step === undefined) {
      this.#retryMs = firstRetryMs;
      return undefined;
    }
    this.#highest = { taken: step.from, untilMs: nowMs + this.#retryMs };
    this.#retryMs = Math.min(this.#retryMs * 2, maxRetryMs);
    return step.from;
  }

  #rise(running: number): void {
    const nowMs = this.#clock.monotonic();
    if (this.#taken === undefined || nowMs - this.#changedMs < riseEveryMs) return;
    const answers = this.#recent();
    // No answer and calls under way: perhaps they hang.
    if (answers.length === 0 && running > 0) return;
    if (medianOf(answers.map(({ weighedMs }) => weighedMs)) > this.#slowAboveMs * nearLimit) return;
    const highest = nowMs < this.#highest.untilMs ? this.#highest.taken : Infinity;
    const next = Math.min(highest, this.#taken + Math.max(1, Math.floor(this.#granted / 10)));
    if (next <= this.#taken) return;
    this.#step = { from: this.#taken };
    this.#taken = next >= this.#granted ? undefined : next;
    this.#changed(nowMs);
  }

  #changed(nowMs: number): void {
    this.#answers.clear();
    this.#changedMs = nowMs;
  }

  #recent(): readonly Answer[] {
    const sinceMs = this.#clock.monotonic() - answersForMs;
    return [...this.#answers.values()].flat().filter(({ atMs }) => atMs > sinceMs);
  }

  #littleCompany(): number {
    return Math.max(1, Math.floor(this.#granted / 4));
  }
}

const inSeconds = (durationMs: number): string => `${(durationMs / 1000).toFixed(1)} s`;
