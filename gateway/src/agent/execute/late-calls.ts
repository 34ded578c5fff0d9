/** Calls that arrive late: what they ask for may have ended since they set out, and must not be done once more. */
import type { Clock } from '../../timing/index.ts';
import { slotOf } from './open-writes.ts';
import type { EntryKey } from './open-writes.ts';

/** No call is older: the protocol allows ten minutes. */
const rememberedMs = 600_000;

export class LateCalls {
  readonly #clock: Clock;
  /** When each write ended, by the monotonic clock; the oldest first. */
  readonly #ended = new Map<string, number>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  noteEnd(key: EntryKey): void {
    const nowMs = this.#clock.monotonic();
    for (const [slot, endedMs] of this.#ended) {
      if (endedMs > nowMs - rememberedMs) break;
      this.#ended.delete(slot);
    }
    this.#ended.delete(slotOf(key));
    this.#ended.set(slotOf(key), nowMs);
  }

  /** Whether the write has ended in this process since that moment. */
  hasEndedSince(key: EntryKey, sinceMs: number): boolean {
    return (this.#ended.get(slotOf(key)) ?? -Infinity) >= sinceMs;
  }
}
