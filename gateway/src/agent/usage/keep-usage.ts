/** Keeps the day: takes what was done in SAP once a minute, and writes it down. A kill loses a minute at most. */
import type { SapLoad } from '../../ports/index.ts';
import { errorFields } from '../../telemetry/index.ts';
import type { Log } from '../../telemetry/index.ts';
import { localTime, sleep } from '../../timing/index.ts';
import type { Clock } from '../../timing/index.ts';
import { renderDay } from './day-page.ts';
import { addToDay, emptyDay } from './usage-day.ts';
import type { UsageDay } from './usage-day.ts';
import { readDayOrPutAside, removeOldDays, writeDay } from './usage-files.ts';

const minuteMs = 60_000;

export interface UsageParts {
  readonly folder: string;
  readonly system: string;
  /** SAP's own: its day is the day. */
  readonly timeZone: string;
  readonly load: Pick<SapLoad, 'takeUsage' | 'takeSpan'>;
  readonly clock: Clock;
  readonly log: Log;
}

export class UsageKeeper {
  readonly #parts: UsageParts;
  readonly #stop = new AbortController();
  readonly #kept: Promise<void>;
  #day: UsageDay;
  #sinceMs: number;
  /** The one that goes on, and those that ended since the last minute. */
  #pause: { readonly reason: string; fromMs: number } | undefined;
  #pauses: UsageDay['pauses'] = [];
  #isFailing = false;

  constructor(parts: UsageParts) {
    this.#parts = parts;
    this.#sinceMs = parts.clock.now();
    this.#day = this.#open(this.#today(this.#sinceMs));
    this.#kept = this.#keep();
  }

  /** A pause begins, or ends. */
  notePause(reason: string | undefined): void {
    const nowMs = this.#parts.clock.now();
    this.#endPause(nowMs);
    this.#pause = reason === undefined ? undefined : { reason, fromMs: nowMs };
  }

  /** Writes a last time. */
  async close(): Promise<void> {
    this.#stop.abort();
    await this.#kept;
    await this.#write();
  }

  async #keep(): Promise<void> {
    const { clock } = this.#parts;
    await this.#removeOld();
    for (;;) {
      // At full minutes, so that each one falls into its own hour and day.
      await sleep(clock, minuteMs - (clock.now() % minuteMs), this.#stop.signal);
      if (this.#stop.signal.aborted) return;
      await this.#write();
    }
  }

  async #write(): Promise<void> {
    const { folder, log } = this.#parts;
    const date = this.#take();
    try {
      await writeDay(folder, this.#day, renderDay(this.#day));
      this.#isFailing = false;
    } catch (error) {
      // Once: a full disk is told by the journal too. The day is kept in memory, and written when it can be.
      if (!this.#isFailing) log.warn({ folder, ...errorFields(error) }, 'The usage of SAP cannot be written down');
      this.#isFailing = true;
    }
    if (date === this.#day.date) return;
    this.#day = this.#open(date);
    await this.#removeOld();
  }

  /** Adds what happened to the day it happened in, and gives the date of now. */
  #take(): string {
    const { load, timeZone, clock } = this.#parts;
    const toMs = clock.now();
    // The minute that has just ended belongs to the hour before it.
    const { hour } = localTime(timeZone, toMs - 1);
    const functions = load.takeUsage();
    const [pauses, fromMs] = [this.#takePauses(toMs), Math.min(this.#sinceMs, toMs)];
    addToDay(this.#day, { ...load.takeSpan(), functions, hour, fromMs, toMs, pauses });
    this.#sinceMs = toMs;
    return this.#today(toMs);
  }

  #takePauses(nowMs: number): UsageDay['pauses'] {
    const goingOn = this.#pause;
    this.#endPause(nowMs);
    if (goingOn !== undefined) this.#pause = { ...goingOn, fromMs: nowMs };
    const pauses = this.#pauses;
    this.#pauses = [];
    return pauses;
  }

  #endPause(nowMs: number): void {
    if (this.#pause !== undefined) this.#pauses.push({ ...this.#pause, toMs: Math.max(this.#pause.fromMs, nowMs) });
    this.#pause = undefined;
  }

  #open(date: string): UsageDay {
    const { folder, system, timeZone } = this.#parts;
    return readDayOrPutAside(folder, date) ?? emptyDay({ system, date, timeZone });
  }

  async #removeOld(): Promise<void> {
    const { folder, log } = this.#parts;
    try {
      await removeOldDays(folder, this.#day.date);
    } catch (error) {
      log.warn({ folder, ...errorFields(error) }, 'Old days of the usage of SAP cannot be removed');
    }
  }

  #today(atMs: number): string {
    return localTime(this.#parts.timeZone, atMs).date;
  }
}
