/**
 * Writes of an earlier holding or process: they lie in the journal without an end, and the org is asked what it still wants of
 * them (docs/decisions/0011, 5).
 */
import type { IdempotencyKey, OrgId, SapSystemId } from '../../model/index.ts';
import type { JournalEntry, MailboxAnswer } from '../../ports/index.ts';
import type { Log } from '../../telemetry/index.ts';
import type { OutboxWrites } from '../execute/index.ts';
import type { Holding } from '../lease.ts';
import { hasEnded } from './deliveries.ts';
import type { Deliveries } from './deliveries.ts';

export interface EarlierWritesParts {
  readonly org: OrgId;
  readonly system: SapSystemId;
  readonly writes: OutboxWrites;
  readonly log: Log;
  readonly deliveries: Pick<Deliveries, 'stale' | 'noteEnd'>;
  /** Whether the org has handed it out again meanwhile. */
  readonly isInHand: (id: IdempotencyKey) => boolean;
}

export class EarlierWrites {
  readonly #parts: EarlierWritesParts;
  #toAsk: ReadonlyMap<IdempotencyKey, JournalEntry> = new Map();
  #mustLook = true;

  constructor(parts: EarlierWritesParts) {
    this.#parts = parts;
  }

  /** How many the org was not asked for yet. */
  get size(): number {
    return this.#toAsk.size;
  }

  /** Something was left without an end: the journal is to be looked through again. */
  lookAgain(): void {
    this.#mustLook = true;
  }

  /** The keys to ask for in this visit. Without the lease the journal is read each time: what it holds may be anybody's. */
  async ask(hasLease: boolean, limit: number): Promise<readonly IdempotencyKey[]> {
    const { org, system, writes, deliveries, isInHand } = this.#parts;
    if (!hasLease || this.#mustLook) {
      this.#mustLook = false;
      const entries = [...(await writes.unattended(org, system)), ...deliveries.stale];
      this.#toAsk = new Map(entries.map((entry) => [entry.id, entry]));
    }
    return [...this.#toAsk.keys()].filter((id) => !isInHand(id)).slice(0, limit);
  }

  /** What the org answered while it gave this agent the lease. */
  async judge(standing: MailboxAnswer['standing'], holding: Holding): Promise<void> {
    const { org, system, writes, deliveries, log, isInHand } = this.#parts;
    const left = new Map([...this.#toAsk].filter(([id]) => !isInHand(id)));
    for (const { id, state } of standing) {
      const entry = left.get(id);
      if (entry === undefined) continue;
      log.info({ correlationId: entry.correlationId, id, state }, 'The org was asked for a write of an earlier time');
      if (state === 'ended') await writes.supersede({ org, system, id });
      // Nobody in the org waits for it any more, but SAP may be in the middle of it.
      if (state === 'unknown' && !hasEnded(entry)) writes.resumeOne(entry, holding);
      if (state === 'unknown' && hasEnded(entry)) deliveries.noteEnd(id, holding.fence);
      // What is open waits until the org hands it out again.
      left.delete(id);
    }
    this.#toAsk = left;
  }
}
