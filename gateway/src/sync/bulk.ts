/** One round of Bulk API 2.0: what is in hand, kind by kind, parents first. What was not settled stays in the queue. */
import { GatewayError, toGatewayError } from '../errors/index.ts';
import type { RecordKind } from '../model/index.ts';
import type { RecordOutcome, RecordWrite } from '../ports/index.ts';
import { Deadline } from '../timing/index.ts';
import type { Deliveries } from './deliveries.ts';
import type { PlannedWrite } from './plan.ts';
import type { SyncParts } from './sync-parts.ts';

/** Loads records in writing order; returns what is left to be written again at once. */
export async function loadRound(
  parts: SyncParts,
  deliveries: Deliveries,
  ordered: readonly PlannedWrite[],
  signal: AbortSignal,
): Promise<readonly PlannedWrite[]> {
  const again: PlannedWrite[] = [];
  for (const [kind, records] of Map.groupBy(ordered, ({ record }) => record.key.kind)) {
    // What the org refuses as a whole would be refused for the next kind too, and children need their parents; a job that is more
    // than what is left of the day is written by calls as far as they go.
    const isTooMuch = parts.budget.callsLeft < parts.policy.bulkCalls;
    if (signal.aborted || !parts.standing.mayCall || isTooMuch) again.push(...records);
    else again.push(...(await loadKind(parts, deliveries, kind, records)));
  }
  return again;
}

async function loadKind(
  parts: SyncParts,
  deliveries: Deliveries,
  kind: RecordKind,
  records: readonly PlannedWrite[],
): Promise<readonly PlannedWrite[]> {
  const { sink, policy } = parts;
  // A job costs several calls and seconds; so few are one collection of one call.
  if (records.length <= sink.maxRecords / policy.objectsPerCall) return deliveries.send(records);
  const { standing, budget, measure, clock, refreshes } = parts;
  const loading = new Loading(parts, deliveries, records);
  budget.spend(policy.bulkCalls);
  // Many calls at once: a process that dies in the middle must not forget them.
  await budget.saved();
  if (!standing.mayCall) return records;
  const begun = standing.begin();
  measure.called('load', policy.bulkCalls);
  try {
    for await (const outcome of sink.load(kind, writesOf(records), Deadline.in(clock, policy.loadTimeoutMs)))
      await loading.take(outcome);
    standing.succeeded();
    refreshes.changed(records.map(({ write }) => write));
    return await loading.end(new GatewayError('SALESFORCE_ANSWER_UNREADABLE', { reason: 'outcomes are missing' }));
  } catch (thrown) {
    return loading.failed(toGatewayError(thrown), begun);
  }
}

async function* writesOf(records: readonly PlannedWrite[]): AsyncGenerator<RecordWrite> {
  for (const { write } of records) yield write;
}

/** Outcomes as they come, settled in pieces, so that a restart in the middle repeats little. */
class Loading {
  readonly #parts: SyncParts;
  readonly #deliveries: Deliveries;
  readonly #records: readonly PlannedWrite[];
  readonly #again: PlannedWrite[] = [];
  #outcomes: RecordOutcome[] = [];
  #settled = 0;

  constructor(parts: SyncParts, deliveries: Deliveries, records: readonly PlannedWrite[]) {
    this.#parts = parts;
    this.#deliveries = deliveries;
    this.#records = records;
  }

  async take(outcome: RecordOutcome): Promise<void> {
    this.#outcomes.push(outcome);
    if (this.#outcomes.length >= this.#parts.policy.bulkSettle) await this.#settle();
  }

  /** All outcomes that will come have come; those that are missing are failures of their records. */
  async end(missing: GatewayError): Promise<readonly PlannedWrite[]> {
    await this.#settle();
    const left = this.#records.slice(this.#settled);
    this.#outcomes = left.map(() => ({ ended: 'failed', error: missing }));
    await this.#settle();
    return this.#again;
  }

  async failed(error: GatewayError, begun: number): Promise<readonly PlannedWrite[]> {
    await this.#settle();
    await this.#deliveries.callFailed(this.#records.slice(this.#settled), error, begun);
    return this.#again;
  }

  async #settle(): Promise<void> {
    const outcomes = this.#outcomes;
    if (outcomes.length === 0) return;
    const records = this.#records.slice(this.#settled, this.#settled + outcomes.length);
    this.#outcomes = [];
    this.#settled += records.length;
    const committedAt = new Date(this.#parts.clock.now()).toISOString();
    this.#again.push(...(await this.#deliveries.settle(records, outcomes, committedAt)));
  }
}
