/**
 * Asks the ABAP pack for what changed since the last answer: what raises no IDoc.
 *
 * 1. The position is kept in the transaction of the changes it stands behind: nothing is left out, and what comes twice changes nothing.
 * 2. Of several agents only the one asks that holds a lease. The others note now and then where SAP stands, and keep the
 *    note before that: so whoever takes over begins a while before the one it follows has ended.
 * 3. SAP that is away, paused or without the pack is asked again, ever more rarely, and said once.
 */
import { toGatewayError } from '../../../errors/index.ts';
import type { GatewayError } from '../../../errors/index.ts';
import type { SapSystemId } from '../../../model/index.ts';
import type { ChangeQueue, SapChanges } from '../../../ports/index.ts';
import { errorFields } from '../../../telemetry/index.ts';
import type { Log } from '../../../telemetry/index.ts';
import { backoffMs, Deadline, sleep } from '../../../timing/index.ts';
import type { BackoffPolicy, Clock } from '../../../timing/index.ts';
import type { Intake } from '../intake.ts';
import type { ReceiveMeasure } from '../receive-metrics.ts';

export interface ChangesPollSettings {
  readonly pollMs: number;
}

export interface ChangesPollParts {
  readonly system: SapSystemId;
  readonly changes: Pick<SapChanges, 'changesSince'>;
  readonly intake: Intake;
  readonly queue: Pick<ChangeQueue, 'checkpoint' | 'remember'>;
  /** Whether this agent is the one to ask: it holds the lease of an org, or no org gives any. */
  readonly isOurs: () => boolean;
  readonly measure: ReceiveMeasure;
  readonly clock: Clock;
  readonly log: Log;
}

export interface ChangesPoll {
  /** The last question was answered, or it is another agent's turn. */
  readonly isOpen: boolean;
  /** Resolves after the first question that was answered. */
  ready(): Promise<void>;
  /** An operator has corrected something: asks at once. */
  goOn(): void;
  /** Asks no more; what is under way ends as far as there is time. */
  drain(deadline: Deadline): Promise<void>;
}

/** A page is some hundred records, read one after the other behind everything that people ask for. */
const pageTimeoutMs = 300_000;
/** SAP keeps change documents for months; hours of them are quickly read again by whoever takes over. */
const noteEveryMs = 7_200_000;
/** SAP is restarted within minutes. */
const awayWaits: BackoffPolicy = { firstMs: 5_000, maxMs: 300_000 };
/** Somebody imports the pack or gives a right. */
const personWaits: BackoffPolicy = { firstMs: 300_000, maxMs: 1_800_000 };

/** Begins to ask in the background. */
export function startChangesPoll(settings: ChangesPollSettings, parts: ChangesPollParts): ChangesPoll {
  const poller = new Poller(settings, parts);
  const ended = poller.run();
  return {
    get isOpen() {
      return poller.isOpen;
    },
    ready: () => poller.opened.promise,
    goOn: () => poller.wake(),
    drain: async (deadline) => {
      poller.stop();
      const late = new AbortController();
      await Promise.race([ended, sleep(parts.clock, deadline.remainingMs(), late.signal)]);
      late.abort();
    },
  };
}

class Poller {
  readonly opened = Promise.withResolvers<void>();
  isOpen = false;
  readonly #settings: ChangesPollSettings;
  readonly #parts: ChangesPollParts;
  readonly #checkpoint: string;
  readonly #stop = new AbortController();
  #wake = new AbortController();
  #failures = 0;
  #lastCode: string | undefined;
  /** Where SAP stood when it was noted last, and when that was. */
  #noted: { readonly position: string; readonly atMs: number } | undefined;

  constructor(settings: ChangesPollSettings, parts: ChangesPollParts) {
    this.#settings = settings;
    this.#parts = parts;
    this.#checkpoint = `changes-since:${parts.system}`;
  }

  stop(): void {
    this.#stop.abort();
    this.wake();
  }

  wake(): void {
    this.#failures = 0;
    this.#wake.abort();
  }

  async run(): Promise<void> {
    const { clock } = this.#parts;
    while (!this.#isStopped()) {
      this.#wake = new AbortController();
      const waitMs = await this.#turn().catch((error: unknown) => this.#noteFailure(toGatewayError(error)));
      if (!this.#isStopped()) await sleep(clock, waitMs, this.#wake.signal);
    }
  }

  #isStopped(): boolean {
    return this.#stop.signal.aborted;
  }

  /** One page, or a look at the lease; gives how long to wait for the next. */
  async #turn(): Promise<number> {
    if (!this.#parts.isOurs()) {
      await this.#standBy();
      this.#noteAnswer();
      return this.#settings.pollMs;
    }
    this.#noted = undefined;
    const hasMore = await this.#ask();
    this.#noteAnswer();
    return hasMore ? 0 : this.#settings.pollMs;
  }

  async #ask(): Promise<boolean> {
    const { changes, intake, queue, measure, clock } = this.#parts;
    const startedMs = clock.monotonic();
    const before = await queue.checkpoint(this.#checkpoint);
    const { arrivals, position, hasMore } = await changes.changesSince(before, Deadline.in(clock, pageTimeoutMs));
    if (arrivals.length === 0 && position === before) return false;
    await intake.take('poll', arrivals, { name: this.#checkpoint, value: position });
    measure.ended('poll', 'taken', (clock.monotonic() - startedMs) / 1000);
    // A page that leads nowhere must not be asked for in a circle.
    return hasMore && position !== before;
  }

  /** At the first time at once, because the other agent may end at any moment. */
  async #standBy(): Promise<void> {
    const { changes, queue, clock } = this.#parts;
    if (this.#noted !== undefined && clock.monotonic() - this.#noted.atMs < noteEveryMs) return;
    const { position } = await changes.changesSince(undefined, Deadline.in(clock, pageTimeoutMs));
    const keep = this.#noted?.position ?? (await queue.checkpoint(this.#checkpoint)) ?? position;
    await queue.remember({ name: this.#checkpoint, value: keep });
    this.#noted = { position, atMs: clock.monotonic() };
  }

  #noteAnswer(): void {
    const { log, measure, system } = this.#parts;
    if (this.#lastCode !== undefined) log.info({ system }, 'SAP is asked for changes again');
    this.#failures = 0;
    this.#lastCode = undefined;
    this.isOpen = true;
    measure.open('poll', true);
    this.opened.resolve();
  }

  #noteFailure(failure: GatewayError): number {
    const { log, measure, system, clock } = this.#parts;
    const { code, disposition } = failure;
    this.isOpen = false;
    this.#failures += 1;
    measure.open('poll', false);
    measure.ended('poll', code, 0);
    // Once for each cause: it may last a night.
    if (code !== this.#lastCode && !this.#isStopped())
      log.warn({ system, ...errorFields(failure) }, 'SAP could not be asked for changes');
    this.#lastCode = code;
    // One more logon could lock the user: only an operator's word, or a restart, tries again.
    if (code === 'SAP_LOGON_REFUSED') return untilWoken;
    // A pause ends when its file goes, and nothing is asked of SAP to find out.
    if (code === 'SAP_PAUSED') return this.#settings.pollMs;
    const waits = disposition === 'retry' ? awayWaits : personWaits;
    return Math.max(this.#settings.pollMs, backoffMs(clock, waits, this.#failures));
  }
}

/** The longest that a timer can wait, some 24 days. */
const untilWoken = 2_147_483_647;
