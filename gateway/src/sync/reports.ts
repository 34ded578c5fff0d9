/** What the org's own pages are told: issues, the status that ends a canary's round; and what people there want done. */
import { toGatewayError } from '../errors/index.ts';
import type { GatewayError } from '../errors/index.ts';
import type { Settlement, SyncIssue, SyncStatus, WaitingRecord } from '../ports/index.ts';
import { errorFields } from '../telemetry/index.ts';
import { Deadline } from '../timing/index.ts';
import { toProblem } from '../model/index.ts';
import type { Canary, CanaryRound } from './canary.ts';
import { Pace } from './pace.ts';
import type { Settling } from './settling.ts';
import type { SyncParts } from './sync-parts.ts';

/** What is held, refused or ended elsewhere (a receiver, `gangway queue`) is noticed within this time; it costs a look into the queue. */
const lookMs = 10_000;

export class Reports {
  readonly #parts: SyncParts;
  readonly #canary: Canary;
  readonly #settling: Settling;
  readonly #pace: Pace;
  readonly #canaries: WaitingRecord[] = [];
  #reportedMs = Number.NEGATIVE_INFINITY;
  #askedMs = Number.NEGATIVE_INFINITY;
  #lookedMs = Number.NEGATIVE_INFINITY;
  #isBroken = false;

  constructor(parts: SyncParts, canary: Canary, settling: Settling) {
    this.#parts = parts;
    this.#canary = canary;
    this.#settling = settling;
    this.#pace = new Pace(parts.clock);
    parts.issues.onStale = () => this.#pace.wake();
  }

  /** A canary whose turn has come; it ends with the next report. */
  take(record: WaitingRecord): void {
    this.#canaries.push(record);
    this.#pace.wake();
  }

  wake(): void {
    this.#pace.wake();
  }

  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) await this.#pace.rest(await this.#guarded(signal), signal);
  }

  /** What the queue cannot say now, it may say with the next look; deliveries are not stopped for it, nor does telling end. */
  async #guarded(signal: AbortSignal): Promise<number> {
    const { log, org, system } = this.#parts;
    try {
      const waitMs = await this.#turn();
      this.#isBroken = false;
      return waitMs;
    } catch (thrown) {
      const fields = { org, system, ...errorFields(toGatewayError(thrown)) };
      // Once for all looks in a row; at the end the queue may be closed already.
      if (!this.#isBroken && !signal.aborted)
        log.warn(fields, 'The queue does not say how its changes stand; it is asked again soon');
      this.#isBroken = true;
      return lookMs;
    }
  }

  /** Does what can be done now; returns when to look again. */
  async #turn(): Promise<number> {
    const { standing, budget, issues, clock, policy } = this.#parts;
    const nowMs = clock.monotonic();
    // The outcome of a canary could not be kept either.
    const isHindered = !standing.mayCall || budget.level === 'spent' || this.#settling.hasLeft;
    if (isHindered) return Math.max(standing.waitMs, policy.reportMs);
    if (nowMs - this.#lookedMs >= lookMs) issues.lookAgain();
    const isIssueTime = issues.isStale && nowMs - this.#reportedMs >= policy.reportMs;
    if (isIssueTime || this.#canaries.length > 0) await this.#report();
    else if (issues.isAnythingOpen && nowMs - this.#askedMs >= policy.wishesMs) await this.#askWishes();
    if (issues.isStale) return policy.reportMs;
    return issues.isAnythingOpen ? Math.min(lookMs, policy.wishesMs / 2) : lookMs;
  }

  async #report(): Promise<void> {
    const { issues, sink, clock, policy } = this.#parts;
    this.#reportedMs = clock.monotonic();
    this.#lookedMs = this.#reportedMs;
    const canaries = [...this.#canaries];
    const shown = await issues.pending();
    if (canaries.length === 0 && shown.length === 0) return;
    const round = canaries.map((record) => this.#canary.roundOf(record)).at(0);
    const status = await this.#status(round);
    await issues.reporting(shown);
    // Only now, when the queue has said everything: where it fails, they are here for the next look.
    this.#canaries.splice(0, canaries.length);
    const deadline = Deadline.in(clock, policy.reportTimeoutMs);
    const failure = await this.#call('report', async () => (await sink.report(shown, status, deadline)).calls);
    if (failure === undefined) await this.#reported(shown, canaries);
    else await this.#failed(canaries, failure);
  }

  async #reported(shown: readonly SyncIssue[], canaries: readonly WaitingRecord[]): Promise<void> {
    const { issues, clock, org, measure } = this.#parts;
    const committedAt = new Date(clock.now()).toISOString();
    for (const record of canaries) {
      this.#canary.wentRound(this.#canary.roundOf(record));
      const base = { ...over(record), ended: 'delivered', committedAt, recordId: org } as const;
      await this.#settling.settle([{ planned: undefined, ended: [{ ...base, applied: {}, written: '' }] }]);
    }
    if (canaries.length > 0) measure.canaryAge(0);
    // Last, because the queue may fail over it, and the canaries have ended whatever it says.
    await issues.reported(shown);
  }

  async #failed(canaries: readonly WaitingRecord[], failure: GatewayError): Promise<void> {
    const { issues, standing, clock } = this.#parts;
    issues.lookAgain();
    const dueAtMs = clock.now() + Math.min(standing.waitMs, 5_000);
    const problem = toProblem(failure, 'change-canary');
    const ended = canaries.map((record): Settlement => ({ ...over(record), ended: 'retry', dueAtMs, problem }));
    await this.#settling.settle([{ planned: undefined, ended }]);
  }

  /** Nobody waits in front of an issue that is not held: the question is asked only while something is. */
  async #askWishes(): Promise<void> {
    const { sink, clock, policy, system, queue, issues } = this.#parts;
    this.#askedMs = clock.monotonic();
    const deadline = Deadline.in(clock, policy.reportTimeoutMs);
    await this.#call('wishes', async () => {
      const wishes = await sink.wishes(system, deadline);
      const retried = wishes.filter(({ wish }) => wish === 'retry').map(({ name }) => name);
      // Whoever wants it tried again has corrected something, most likely a mapping or a rule.
      if (retried.length > 0) sink.forget();
      if (retried.length > 0) await queue.retry(retried);
      for (const { name, wish, reason, by } of wishes) if (wish === 'discard') await queue.discard([name], reason, by);
      if (wishes.length > 0) issues.lookAgain(wishes.map(({ name }) => name));
      return 1;
    });
  }

  /** One call beside the deliveries; returns its failure. */
  async #call(kind: 'report' | 'wishes', call: () => Promise<number>): Promise<GatewayError | undefined> {
    const { standing, budget, measure, log, org, system } = this.#parts;
    const begun = standing.begin();
    try {
      const calls = await call();
      standing.succeeded();
      budget.spend(calls);
      measure.called(kind, calls);
      return undefined;
    } catch (thrown) {
      const failure = toGatewayError(thrown);
      standing.failed(failure, begun);
      budget.spend(1);
      measure.called(kind, 1);
      measure.failed(failure.code);
      log.warn({ org, system, ...errorFields(failure) }, 'The org could not be told how its changes stand');
      return failure;
    }
  }

  async #status(round: CanaryRound | undefined): Promise<SyncStatus> {
    const { queue, org, system, budget, settings } = this.#parts;
    const { waiting, held, oldestAtMs } = await queue.counts(org, system);
    const last = round ?? this.#canary.last;
    return {
      system,
      canaryAt: last === undefined ? null : new Date(last.atMs).toISOString(),
      canaryTookMs: last?.tookMs ?? null,
      waiting,
      held,
      oldestWaitingAt: oldestAtMs === undefined ? null : new Date(oldestAtMs).toISOString(),
      callsToday: budget.calls,
      callsBudget: settings.dailyApiCalls,
      refreshesToday: budget.refreshes,
      refreshesBudget: settings.dailyRefreshes,
    };
  }
}

const over = ({ key, changes }: WaitingRecord) => ({ key, positions: changes.map(({ position }) => position) });
