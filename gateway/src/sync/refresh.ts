/** Open panels are told that something changed: customers are collected, and named in events that the day's budget allows. */
import { keyText } from '../model/index.ts';
import type { RecordKey } from '../model/index.ts';
import type { RecordWrite, Refresh } from '../ports/index.ts';
import type { Clock } from '../timing/index.ts';
import type { DailyBudget } from './budget.ts';
import { customerOf } from './plan.ts';
import type { SyncPolicy } from './policy.ts';

export interface RefreshParts {
  readonly clock: Clock;
  readonly budget: DailyBudget;
  readonly policy: Pick<SyncPolicy, 'refreshMs' | 'refreshAloneMs' | 'refreshCustomers' | 'refreshPending'>;
}

export class Refreshes {
  readonly #parts: RefreshParts;
  readonly #pending = new Map<string, RecordKey>();
  #sinceMs: number | undefined;
  #lastMs = Number.NEGATIVE_INFINITY;

  constructor(parts: RefreshParts) {
    this.#parts = parts;
  }

  /** Their customers' panels show something else now. */
  changed(writes: readonly RecordWrite[]): void {
    const { clock, budget, policy } = this.#parts;
    // With nothing left to say it with, panels show the age of what they show, as they always do.
    if (budget.refreshesLeft === 0) return this.#pending.clear();
    for (const customer of writes.map(customerOf)) {
      if (customer === undefined || this.#pending.size >= policy.refreshPending) continue;
      this.#pending.set(keyText(customer), customer);
      this.#sinceMs ??= clock.monotonic();
    }
  }

  /**
   * What goes along with these writes, as far as it is time for an event: the customers that wait, and those of the writes
   * themselves, because the event is published after them. One that named a record for nothing makes a panel ask once too often.
   */
  along(writes: readonly RecordWrite[]): Refresh | undefined {
    if (!this.#isTime || this.#parts.budget.callsLeft === 0) return undefined;
    this.changed(writes);
    const customers = [...this.#pending.values()].slice(0, this.#parts.policy.refreshCustomers);
    if (customers.length === 0) return undefined;
    for (const customer of customers) this.#pending.delete(keyText(customer));
    this.#lastMs = this.#parts.clock.monotonic();
    this.#sinceMs = this.#pending.size === 0 ? undefined : this.#lastMs;
    return { customers };
  }

  /** The event was not sent after all. */
  failed({ customers }: Refresh): void {
    const { clock, policy } = this.#parts;
    for (const customer of customers) {
      if (this.#pending.size >= policy.refreshPending) return;
      this.#pending.set(keyText(customer), customer);
    }
    this.#sinceMs ??= clock.monotonic();
  }

  /** Until an event must go by itself, because no write took it along; undefined: nothing waits. */
  get aloneInMs(): number | undefined {
    const { clock, policy } = this.#parts;
    if (this.#sinceMs === undefined || this.#pending.size === 0) return undefined;
    // From when it could go on, the next write has so long to take it along.
    const possibleMs = Math.max(this.#sinceMs, this.#lastMs + this.#spacingMs);
    return Math.max(0, possibleMs + policy.refreshAloneMs - clock.monotonic());
  }

  get #isTime(): boolean {
    const { clock, budget } = this.#parts;
    return budget.refreshesLeft > 0 && clock.monotonic() - this.#lastMs >= this.#spacingMs;
  }

  /**
   * What is left of the day's events is spread over what is left of the day only once half of them are spent: a day has quiet
   * hours, and a refresh that comes late is worth little.
   */
  get #spacingMs(): number {
    const { budget, policy } = this.#parts;
    const { refreshesLeft, refreshes, dayLeftMs } = budget;
    if (refreshesLeft === 0) return dayLeftMs;
    return refreshes < refreshesLeft ? policy.refreshMs : Math.max(policy.refreshMs, dayLeftMs / refreshesLeft);
  }
}
