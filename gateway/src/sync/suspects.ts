/**
 * Finds the record that makes whole calls fail: records of failed calls are sent in halves of their group, until the one stands alone.
 *
 * Only what fails for no clear reason counts, and only from the second time on. A record is held when it fails alone twice and some
 * other call succeeded in between: otherwise the org itself may be what fails.
 */
import { keyText } from '../model/index.ts';
import type { RecordKey } from '../model/index.ts';
import type { SyncPolicy } from './policy.ts';

interface Suspicion {
  /** It is sent with at most so many others under suspicion. */
  readonly limit: number;
  /** When it failed alone first. */
  readonly aloneMs: number | undefined;
}

export class Suspects {
  readonly #policy: Pick<SyncPolicy, 'suspectAfter' | 'maxSuspects'>;
  readonly #known = new Map<string, Suspicion>();

  constructor(policy: Pick<SyncPolicy, 'suspectAfter' | 'maxSuspects'>) {
    this.#policy = policy;
  }

  /** So many records at most go with it; undefined for one that is not suspected. */
  limitOf(key: RecordKey): number | undefined {
    return this.#known.get(keyText(key))?.limit;
  }

  /** Whether it was sent alone, failed as it did before, and the org works: it is the one. To be asked before `failed`. */
  isGuilty(key: RecordKey, size: number, lastSuccessMs: number | undefined): boolean {
    const known = this.#known.get(keyText(key));
    if (size !== 1 || known?.aloneMs === undefined || lastSuccessMs === undefined) return false;
    return lastSuccessMs >= known.aloneMs;
  }

  /** They were in a call of `size` records that failed for no clear reason. */
  failed(records: readonly { readonly key: RecordKey; readonly attempts: number }[], nowMs: number): void {
    const limit = Math.max(1, Math.floor(records.length / 2));
    for (const { key, attempts } of records) {
      const text = keyText(key);
      const known = this.#known.get(text);
      // The attempt that just failed is not counted in `attempts` yet.
      if (known === undefined && attempts + 1 < this.#policy.suspectAfter) continue;
      if (known === undefined && this.#known.size >= this.#policy.maxSuspects) continue;
      const aloneMs = known?.aloneMs ?? (records.length === 1 ? nowMs : undefined);
      this.#known.set(text, { limit, aloneMs });
    }
  }

  clear(key: RecordKey): void {
    this.#known.delete(keyText(key));
  }
}
