/** Tells the queue how turns ended, and everybody who counts, shows or waits for it. */
import { catalogue, toGatewayError } from '../errors/index.ts';
import type { GatewayError } from '../errors/index.ts';
import type { Settlement } from '../ports/index.ts';
import { errorFields } from '../telemetry/index.ts';
import { backoffMs, sleep } from '../timing/index.ts';
import { changesOf } from './facet-parts.ts';
import { inSettlingOrder } from './outcomes.ts';
import type { PlannedWrite } from './plan.ts';
import type { SyncParts } from './sync-parts.ts';

/** A record's turn that is over. */
export interface EndedTurn {
  readonly planned: PlannedWrite | undefined;
  readonly ended: readonly Settlement[];
}

/** A disk that has just been given room needs seconds, not minutes. */
const leftWaits = { firstMs: 500, maxMs: 10_000 };
/** Some 12 s in all; what fails for longer needs somebody again. */
const maxLeftTries = 6;

export class Settling {
  readonly #parts: SyncParts;
  /**
   * What the queue could not keep, as it was to be kept at once. Never more than was in hand: nothing is taken and nothing sent
   * while there is any.
   */
  readonly #left: (readonly EndedTurn[])[] = [];

  constructor(parts: SyncParts) {
    this.#parts = parts;
  }

  /** Whether there are turns that have ended and that the queue does not know of. */
  get hasLeft(): boolean {
    return this.#left.length > 0;
  }

  /** All of them in one transaction of the queue. What it cannot keep stops deliveries, and is kept here for `settleLeft`. */
  async settle(turns: readonly EndedTurn[]): Promise<void> {
    if (turns.every(({ ended }) => ended.length === 0)) return;
    // What ended earlier is told earlier.
    if (this.hasLeft) return void this.#left.push(turns);
    const failure = await this.#tell(turns);
    if (failure === undefined) return this.#noteAll(turns);
    this.#left.push(turns);
    this.#stop(failure);
  }

  /** Tells the queue what it could not keep before; false: it still cannot, and deliveries are stopped again. */
  async settleLeft(signal: AbortSignal): Promise<boolean> {
    const { clock, standing } = this.#parts;
    let failures = 0;
    for (let [turns] = this.#left; turns !== undefined; [turns] = this.#left) {
      if (signal.aborted || standing.isStopped) return false;
      const failure = await this.#tell(turns);
      failures = failure === undefined ? 0 : failures + 1;
      if (failure === undefined) {
        this.#left.shift();
        this.#noteAll(turns);
      } else if (failures < maxLeftTries) await sleep(clock, backoffMs(clock, leftWaits, failures), signal);
      else this.#stop(failure);
    }
    return true;
  }

  /** Returns why the queue could not keep them. A repetition of what it has kept after all changes nothing. */
  async #tell(turns: readonly EndedTurn[]): Promise<GatewayError | undefined> {
    try {
      const settlements = turns.flatMap(({ ended }) => ended.map(inWholeMs));
      await this.#parts.queue.settle(this.#parts.org, inSettlingOrder(settlements));
      return undefined;
    } catch (thrown) {
      return toGatewayError(thrown);
    }
  }

  /** Nothing may be sent whose outcome cannot be kept. */
  #stop(error: GatewayError): void {
    const { standing, log, org, system } = this.#parts;
    standing.stop(error);
    log.error({ org, system, ...errorFields(error) }, 'Changes are not delivered any more before somebody has acted');
  }

  #noteAll(turns: readonly EndedTurn[]): void {
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
