/** What was taken from the queue: planned, ended where there is nothing to write, or put off to the next day. */
import { GatewayError } from '../errors/index.ts';
import { toProblem } from '../model/index.ts';
import type { WaitingRecord } from '../ports/index.ts';
import type { Deliveries } from './deliveries.ts';
import { failed, over } from './outcomes.ts';
import { isUrgent, planRecord, positionsOf } from './plan.ts';
import type { Plan, PlannedWrite } from './plan.ts';
import type { Reports } from './reports.ts';
import type { EndedTurn, Settling } from './settling.ts';
import type { SyncParts } from './sync-parts.ts';

export interface IntakeParts {
  readonly deliveries: Pick<Deliveries, 'wants'>;
  readonly reports: Pick<Reports, 'take'>;
  readonly settling: Settling;
}

export class Intake {
  readonly #parts: SyncParts;
  readonly #others: IntakeParts;

  constructor(parts: SyncParts, others: IntakeParts) {
    this.#parts = parts;
    this.#others = others;
  }

  /** What of them is to be written; the rest ends here. */
  async plan(records: readonly WaitingRecord[]): Promise<readonly PlannedWrite[]> {
    const turns: EndedTurn[] = [];
    const planned: PlannedWrite[] = [];
    for (const record of records) {
      if (this.#isOurCanary(record)) {
        this.#others.reports.take(record);
        continue;
      }
      const plan = this.#planOne(record);
      if ('planned' in plan) planned.push(plan.planned);
      else turns.push({ planned: undefined, ended: plan.ended });
    }
    await this.#others.settling.settle(turns);
    return planned;
  }

  /** The last calls of the day are for what is urgent: that is returned, everything else waits for tomorrow. */
  async putOff(pool: readonly PlannedWrite[]): Promise<readonly PlannedWrite[]> {
    const { budget, clock, settings } = this.#parts;
    const isKept = ({ write }: PlannedWrite): boolean => budget.level === 'reserve' && isUrgent(write);
    const error = new GatewayError('SALESFORCE_BUDGET_SPENT', { budget: settings.dailyApiCalls });
    const problem = toProblem(error, 'change-budget');
    const dueAtMs = clock.now() + budget.dayLeftMs;
    const turns = pool
      .filter((planned) => !isKept(planned))
      .map((planned): EndedTurn => {
        const base = { key: planned.record.key, positions: positionsOf(planned), problem };
        return { planned, ended: over(planned, { ...base, ended: 'retry', dueAtMs }).ended };
      });
    await this.#others.settling.settle(turns);
    return pool.filter(isKept);
  }

  #isOurCanary({ key }: WaitingRecord): boolean {
    return key.kind === 'canary' && key.id === this.#parts.org;
  }

  #planOne(record: WaitingRecord): Plan {
    const { key, changes, written } = record;
    const positions = changes.map(({ position }) => position);
    if (!this.#others.deliveries.wants(key.kind)) {
      const reason = key.kind === 'canary' ? 'The probe of another org' : 'The org does not copy records of this kind';
      return { ended: [{ key, positions, ended: 'skipped', why: 'unwanted', reason }] };
    }
    const plan = planRecord(record);
    // A customer that was written before is no new Account, whatever is being created.
    if (key.kind !== 'customer' || written !== undefined || !('planned' in plan)) return plan;
    const request = this.#parts.isBeingCreated();
    if (request === undefined) return plan;
    const error = new GatewayError('CUSTOMER_BEING_CREATED', { system: key.system, request });
    return over(plan.planned, failed(plan.planned, error, this.#parts));
  }
}
