/** What was called how often, and how much at once. */
import { KeyStatistics } from './key-statistics.ts';

export class CallStatistics {
  readonly keys = new KeyStatistics();
  readonly #byFunction = new Map<string, number>();
  #open = 0;
  #peak = 0;
  #total = 0;
  #faults = 0;
  #handles: Readonly<Record<string, number>> = {};
  #sessions = { open: 0, peak: 0, opened: 0 };

  /** A session of the RFC door begins with its logon. */
  sessionOpened(): void {
    this.#sessions.open += 1;
    this.#sessions.opened += 1;
    this.#sessions.peak = Math.max(this.#sessions.peak, this.#sessions.open);
  }

  sessionClosed(): void {
    this.#sessions.open -= 1;
  }

  /** Handles of the stand-in of SAP's library, as a client last told them. */
  sawHandles(handles: Readonly<Record<string, number>>): void {
    this.#handles = handles;
  }

  opened(): void {
    this.#open += 1;
    this.#peak = Math.max(this.#peak, this.#open);
  }

  closed(): void {
    this.#open -= 1;
  }

  called(functionName: string): void {
    this.#total += 1;
    this.#byFunction.set(functionName, (this.#byFunction.get(functionName) ?? 0) + 1);
  }

  failed(): void {
    this.#faults += 1;
  }

  reset(): void {
    this.#byFunction.clear();
    this.keys.reset();
    this.#total = 0;
    this.#faults = 0;
    this.#peak = this.#open;
    this.#sessions = { open: this.#sessions.open, peak: this.#sessions.open, opened: 0 };
  }

  snapshot(): object {
    return {
      total: this.#total,
      faults: this.#faults,
      open: this.#open,
      peak: this.#peak,
      sessions: { ...this.#sessions },
      handles: this.#handles,
      functions: Object.fromEntries([...this.#byFunction].sort(([a], [b]) => (a < b ? -1 : 1))),
    };
  }
}
