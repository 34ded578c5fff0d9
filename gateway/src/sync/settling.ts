/** Tells the queue how turns ended, and everybody who counts, shows or waits for it. */
import { catalogue } from '../errors/index.ts';
import type { Settlement } from '../ports/index.ts';
import { changesOf } from './facet-parts.ts';
import { inSettlingOrder } from './outcomes.ts';
import type { PlannedWrite } from './plan.ts';
import type { SyncParts } from './sync-parts.ts';

/** A record's turn that is over. */
export interface EndedTurn {
  readonly planned: PlannedWrite | undefined;
  readonly ended: readonly Settlement[];
}

export class Settling {
  readonly #parts: SyncParts;

  constructor(parts: SyncParts) {
    this.#parts = parts;
  }

  /** All of them in one transaction of the queue. */
  async settle(turns: readonly EndedTurn[]): Promise<void> {
    const settlements = turns.flatMap(({ ended }) => ended.map(inWholeMs));
    if (settlements.length === 0) return;
    await this.#parts.queue.settle(this.#parts.org, inSettlingOrder(settlements));
    for (const turn of turns) for (const settlement of turn.ended) this.#note(turn.planned, settlement);
  }

  #note(planned: PlannedWrite | undefined, settlement: Settlement): void {
    const { measure, window, issues, suspects, clock } = this.#parts;
    const { key, positions } = settlement;
    measure.ended(settlement.ended === 'skipped' ? settlement.why : settlement.ended, positions.length);
    if (settlement.ended === 'retry') window.dueIn(Math.max(0, settlement.dueAtMs - clock.now()));
    else suspects.clear(key);
    if (settlement.ended === 'retry' || settlement.ended === 'held') this.#failed(settlement);
    if (settlement.ended === 'held') issues.held();
    else if (settlement.ended !== 'retry') issues.ended(key);
    if (settlement.ended === 'delivered') this.#committed(planned, settlement);
  }

  #failed({ problem, ended, key, positions }: Extract<Settlement, { ended: 'retry' | 'held' }>): void {
    const { measure, log, org } = this.#parts;
    measure.failed(Object.hasOwn(catalogue, problem.code) ? problem.code : 'INTERNAL');
    if (ended !== 'held') return;
    const { system, kind, id } = key;
    log.warn({ org, system, kind, id, position: positions[0], code: problem.code }, 'A change is held');
  }

  #committed(planned: PlannedWrite | undefined, { committedAt }: Extract<Settlement, { ended: 'delivered' }>): void {
    const committedMs = Date.parse(committedAt);
    for (const part of planned?.parts ?? [])
      for (const { source, arrivedAtMs } of changesOf(part))
        this.#parts.measure.committed(
          Math.max(0, committedMs - Date.parse(source.createdAt)) / 1000,
          // Salesforce says whole seconds, our own clock does not.
          Math.max(0, this.#parts.clock.now() - arrivedAtMs) / 1000,
        );
  }
}

/** Times that are kept have no parts of a millisecond, whatever clock they were reckoned by. */
const inWholeMs = (settlement: Settlement): Settlement =>
  settlement.ended === 'retry' ? { ...settlement, dueAtMs: Math.ceil(settlement.dueAtMs) } : settlement;
