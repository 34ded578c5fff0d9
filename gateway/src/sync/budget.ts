/**
 * What may be spent in a day of UTC: API calls and refreshes, kept in the queue's file so that a restart does not forget them.
 * The last calls of a day are for blocks and credit.
 */
import { z } from 'zod';
import type { OrgId, SapSystemId } from '../model/index.ts';
import type { ChangeQueue } from '../ports/index.ts';
import type { Clock } from '../timing/index.ts';

const kept = z.object({ day: z.iso.date(), calls: z.number(), refreshes: z.number() });

/** `reserve`: only what is urgent may be sent. */
export type BudgetLevel = 'free' | 'reserve' | 'spent';

export interface BudgetParts {
  readonly org: OrgId;
  readonly system: SapSystemId;
  readonly queue: Pick<ChangeQueue, 'checkpoint' | 'remember'>;
  readonly clock: Clock;
  readonly dailyApiCalls: number;
  readonly dailyRefreshes: number;
  readonly reserveShare: number;
  /** The queue's file could not be written. */
  readonly onFailure: (error: unknown) => void;
}

const dayMs = 86_400_000;

export class DailyBudget {
  readonly #parts: BudgetParts;
  readonly #name: string;
  #day = '';
  #calls = 0;
  #refreshes = 0;
  #isChanged = false;
  #saving: Promise<void> | undefined;

  constructor(parts: BudgetParts) {
    this.#parts = parts;
    this.#name = `sync/${parts.org}/${parts.system}/budget`;
  }

  /** Takes up what an earlier run of this day has spent; of a later day too, where the clock has been set back since. */
  async open(): Promise<void> {
    this.#turnDay();
    const value = await this.#parts.queue.checkpoint(this.#name);
    const read = kept.safeParse(value === undefined ? undefined : parsed(value));
    if (!read.success || read.data.day < this.#day) return;
    this.#day = read.data.day;
    this.#calls += read.data.calls;
    this.#refreshes += read.data.refreshes;
  }

  get calls(): number {
    this.#turnDay();
    return this.#calls;
  }

  get refreshes(): number {
    this.#turnDay();
    return this.#refreshes;
  }

  get callsLeft(): number {
    return Math.max(0, this.#parts.dailyApiCalls - this.calls);
  }

  get refreshesLeft(): number {
    return Math.max(0, this.#parts.dailyRefreshes - this.refreshes);
  }

  get level(): BudgetLevel {
    const left = this.callsLeft;
    if (left === 0) return 'spent';
    return left <= this.#parts.dailyApiCalls * this.#parts.reserveShare ? 'reserve' : 'free';
  }

  /** Until the next day begins; more than a day where the clock has been set back. */
  get dayLeftMs(): number {
    this.#turnDay();
    return Date.parse(this.#day) + dayMs - this.#parts.clock.now();
  }

  spend(calls: number, refreshes = 0): void {
    this.#turnDay();
    this.#calls += calls;
    this.#refreshes += refreshes;
    this.#isChanged = true;
    // One at a time: what is spent meanwhile is saved with the next.
    this.#saving ??= this.#save();
  }

  /** Everything spent so far is on disk. */
  async saved(): Promise<void> {
    await this.#saving;
  }

  async #save(): Promise<void> {
    try {
      while (this.#isChanged) {
        this.#isChanged = false;
        const value = JSON.stringify({ day: this.#day, calls: this.#calls, refreshes: this.#refreshes });
        await this.#parts.queue.remember({ name: this.#name, value });
      }
    } catch (error) {
      this.#parts.onFailure(error);
    } finally {
      this.#saving = undefined;
    }
  }

  /** A clock that is set back does not give the day's calls a second time: the day only goes forward. */
  #turnDay(): void {
    const today = new Date(this.#parts.clock.now()).toISOString().slice(0, 10);
    if (today <= this.#day) return;
    this.#day = today;
    this.#calls = 0;
    this.#refreshes = 0;
  }
}

/** What is not JSON is as good as nothing: the day's count begins anew. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
