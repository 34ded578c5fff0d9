/**
 * Lets calls into SAP: so many at once, so many per minute, people first, none while it is paused.
 *
 * 1. A place is a work process. It is taken before anything is sent, and given back when SAP has answered; where no answer
 *    came, SAP may still be at work, and the place stays taken for as long again as the call has run, at least for as long as
 *    such calls take.
 * 2. Who waits hears within his deadline: a place, DEADLINE_PASSED, AGENT_BUSY when too many wait, SAP_PAUSED. Except for the
 *    first, nothing was sent.
 * 3. Who has a place is never made to wait again: a session under way ends as it would.
 */
import { GatewayError } from '../../errors/index.ts';
import type {
  FunctionUsage,
  LoadGrant,
  LoadNow,
  LoadSpan,
  SapLoad,
  SessionOptions,
  Urgency,
} from '../../ports/index.ts';
import { Deadline } from '../../timing/index.ts';
import type { Clock } from '../../timing/index.ts';
import type { GovernorSettings } from '../sap-settings.ts';
import { Adaptation } from './adaptation.ts';
import type { CallEnd } from './adaptation.ts';
import { Calendar } from './calendar.ts';
import { CallRate } from './call-rate.ts';
import { LoadUsage } from './load-usage.ts';
import { WaitingLine } from './waiting-line.ts';
import type { Waiting } from './waiting-line.ts';

/** The calendar goes on and SAP recovers while calls wait. */
const lookEveryMs = 1_000;
/** What does not say how long it can wait is a session, whose first call has a deadline of its own; callers wait no longer. */
const waitMs = 60_000;
/** rdisp/max_wprun_time ends most programs after ten minutes; a place that is kept so long after a lost connection is worse. */
const maxKeptMs = 60_000;

export interface GovernorParts {
  readonly settings: GovernorSettings;
  /** SAP's own. */
  readonly timeZone: string;
  readonly maxConnections: number;
  /** What a function is called for, in words. */
  readonly purposeOf: (functionName: string) => string | undefined;
  readonly clock: Clock;
}

/** A work process that is in use. */
export interface Place {
  /** Places in use when it was taken, itself among them. */
  readonly company: number;
  /** Gives it back, or after so many milliseconds, while SAP may still be at work. */
  leave(afterMs: number): void;
}

export class Governor implements SapLoad {
  readonly usage: LoadUsage;
  readonly #parts: GovernorParts;
  readonly #calendar: Calendar;
  readonly #rate: CallRate;
  readonly #adaptation: Adaptation;
  readonly #line = new WaitingLine();
  readonly #kept = new Set<() => void>();
  #running = 0;
  #runningBulk = 0;
  #pausedFor: string | undefined;
  #cancelLook: (() => void) | undefined;

  constructor(parts: GovernorParts) {
    const { settings, timeZone, maxConnections, clock } = parts;
    this.#parts = parts;
    this.usage = new LoadUsage(parts.purposeOf);
    this.#calendar = new Calendar(settings, timeZone, maxConnections);
    this.#rate = new CallRate(clock);
    this.#adaptation = new Adaptation(clock, settings.slowAboveMs);
  }

  /** Waits for a place in SAP. */
  enter({ deadline, urgency = 'person' }: SessionOptions): Promise<Place> {
    const until = deadline ?? Deadline.in(this.#parts.clock, waitMs);
    if (this.#pausedFor !== undefined) return Promise.reject(this.#turnAway(this.#paused(this.#pausedFor)));
    if (until.hasPassed) return Promise.reject(this.#turnAway(tooLate()));
    const openTo = this.#line.size === 0 ? this.#openTo() : 'nobody';
    if (openTo === 'all' || (openTo === 'people' && urgency === 'person'))
      return Promise.resolve(this.#begin(urgency === 'bulk'));
    return this.#wait(until, urgency);
  }

  #wait(until: Deadline, urgency: Urgency): Promise<Place> {
    const { promise, resolve, reject } = Promise.withResolvers<Place>();
    const waiting: Waiting = {
      urgency,
      begin: () => {
        cancel();
        resolve(this.#begin(urgency === 'bulk'));
      },
      fail: (error) => {
        cancel();
        reject(this.#turnAway(error));
      },
    };
    const cancel = this.#parts.clock.after(until.remainingMs(), () => {
      if (this.#line.remove(waiting)) waiting.fail(tooLate());
    });
    this.#line.add(waiting);
    this.#letIn();
    if (this.#line.size > this.#parts.settings.waiting) this.#line.removeLast()?.fail(new GatewayError('AGENT_BUSY'));
    this.usage.stand(this.#running, this.#line.size);
    return promise;
  }

  /** A further call of a session, or one that a driver makes by itself: it has its place, and counts in the minute. */
  noteFurtherCall(): void {
    this.#rate.take();
  }

  noteEnd(end: CallEnd): void {
    this.#adaptation.note(end);
  }

  /** How long an answer of the function took at most, lately. */
  longestOf(functionName: string): number {
    return this.#adaptation.longestOf(functionName);
  }

  get isPaused(): boolean {
    return this.#pausedFor !== undefined;
  }

  pause(reason: string): void {
    this.#pausedFor = reason;
    for (const waiting of this.#line.removeAll()) waiting.fail(this.#paused(reason));
  }

  resume(): void {
    this.#pausedFor = undefined;
  }

  get now(): LoadNow {
    const granted = this.#granted();
    const workProcesses = this.#limit(granted);
    const { callsPerMinute } = granted;
    const waiting = this.#line.size;
    return { running: this.#running, waiting, workProcesses, callsPerMinute, because: this.#because(granted) };
  }

  takeUsage(): readonly FunctionUsage[] {
    return this.usage.take();
  }

  takeSpan(): LoadSpan {
    const granted = this.#granted();
    this.#limit(granted);
    return this.usage.takeSpan(granted, this.#running, this.#line.size);
  }

  /** Nothing waits or is kept any more. */
  close(): void {
    for (const waiting of this.#line.removeAll()) waiting.fail(new GatewayError('AGENT_DRAINING'));
    for (const giveBack of this.#kept) giveBack();
    this.#cancelLook?.();
  }

  #begin(isBulk: boolean): Place {
    this.#rate.take();
    this.#running += 1;
    this.usage.stand(this.#running, this.#line.size);
    if (isBulk) this.#runningBulk += 1;
    const giveBack = (): void => {
      this.#running -= 1;
      if (isBulk) this.#runningBulk -= 1;
      this.#letIn();
    };
    const leave = (afterMs: number): void => (afterMs > 0 ? this.#keep(afterMs, giveBack) : giveBack());
    return { company: this.#running, leave };
  }

  /** SAP does not say when a program ends whose caller has gone. */
  #keep(forMs: number, giveBack: () => void): void {
    const end = (): void => {
      cancel();
      this.#kept.delete(end);
      giveBack();
    };
    const cancel = this.#parts.clock.after(Math.min(forMs, maxKeptMs), end);
    this.#kept.add(end);
  }

  #letIn(): void {
    this.#cancelLook?.();
    this.#cancelLook = undefined;
    while (this.#line.size > 0 && this.#letInOne());
    if (this.#line.size === 0) return;
    const nextMs = this.#rate.waitMs === 0 ? lookEveryMs : Math.min(lookEveryMs, this.#rate.waitMs);
    this.#cancelLook = this.#parts.clock.after(nextMs, () => this.#letIn());
  }

  #letInOne(): boolean {
    const openTo = this.#openTo();
    const next = openTo === 'nobody' ? undefined : this.#line.next(openTo === 'all');
    next?.begin();
    return next !== undefined;
  }

  #openTo(): 'nobody' | 'people' | 'all' {
    const granted = this.#granted();
    const limit = this.#limit(granted);
    if (this.#running >= limit || this.#rate.waitMs > 0) return 'nobody';
    // What is taken away is taken away from people and bulk alike.
    const bulkLimit = Math.max(1, Math.floor((granted.bulkWorkProcesses * limit) / granted.workProcesses));
    return this.#runningBulk < bulkLimit ? 'all' : 'people';
  }

  #granted(): LoadGrant {
    const granted = this.#calendar.at(this.#parts.clock.now());
    this.#rate.grant(granted.callsPerMinute);
    return granted;
  }

  #limit({ workProcesses }: LoadGrant): number {
    const limit = this.#adaptation.take(workProcesses, this.#running);
    if (limit < workProcesses) this.usage.throttled(limit, this.#adaptation.because);
    return limit;
  }

  #because({ name, workProcesses }: LoadGrant): string {
    if (this.#pausedFor !== undefined) return `Paused${this.#pausedFor === '' ? '' : `: ${this.#pausedFor}`}.`;
    const rule = name === '' ? 'No rule of the calendar holds' : `The rule "${name}" holds`;
    const granted = `${rule}: ${workProcesses} work ${workProcesses === 1 ? 'process' : 'processes'}.`;
    const { because } = this.#adaptation;
    return because === '' ? granted : `${granted} Fewer are taken, because ${because}.`;
  }

  #paused(reason: string): GatewayError {
    return new GatewayError('SAP_PAUSED', reason === '' ? {} : { reason });
  }

  #turnAway(error: GatewayError): GatewayError {
    this.usage.turnedAway(error.code);
    return error;
  }
}

const tooLate = (): GatewayError => new GatewayError('DEADLINE_PASSED');
