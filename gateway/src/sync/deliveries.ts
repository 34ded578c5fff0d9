/** One call to the org: writes records, and sees that each of them ends or is written again. */
import { GatewayError, toGatewayError } from '../errors/index.ts';
import type { RecordKey, RecordKind } from '../model/index.ts';
import { keyText } from '../model/index.ts';
import type { RecordOutcome, Settlement, SinkAnswer } from '../ports/index.ts';
import { errorFields } from '../telemetry/index.ts';
import { Deadline } from '../timing/index.ts';
import { judge, over, problemOf } from './outcomes.ts';
import type { JudgeParts } from './outcomes.ts';
import { positionsOf } from './plan.ts';
import type { PlannedWrite } from './plan.ts';
import { callCauseOf } from './policy.ts';
import type { Settling } from './settling.ts';
import type { EndedTurn } from './settling.ts';
import type { SyncParts } from './sync-parts.ts';

/** Records of a call that failed are due again this soon at the latest; the org's standing decides when they are sent. */
const maxDueMs = 5_000;

export class Deliveries {
  readonly #parts: SyncParts;
  readonly #settling: Settling;
  readonly #unwanted = new Set<string>();
  #wantedKinds: ReadonlySet<RecordKind> = new Set();

  constructor(parts: SyncParts, settling: Settling) {
    this.#parts = parts;
    this.#settling = settling;
  }

  /** Asks the org's rules; false: they could not be read, and the standing says what then. */
  async readRules(): Promise<boolean> {
    const { sink, clock, policy, standing } = this.#parts;
    const begun = standing.goneOn;
    try {
      this.#wantedKinds = await sink.wantedKinds(Deadline.in(clock, policy.reportTimeoutMs));
      return true;
    } catch (thrown) {
      // A success may come from the sink's memory and says nothing about the org, so only failures are told.
      standing.begin();
      this.#callFailed(toGatewayError(thrown), begun);
      return false;
    }
  }

  wants(kind: RecordKind): boolean {
    return this.#wantedKinds.has(kind);
  }

  /** Writes them; returns those of which something is left to be written at once. */
  async send(records: readonly PlannedWrite[]): Promise<readonly PlannedWrite[]> {
    const { sink, clock, policy, standing, budget, refreshes, measure } = this.#parts;
    const writes = records.map(({ write }) => write);
    const refresh = refreshes.along(writes);
    if (records.length === 0 && refresh === undefined) return [];
    const begun = standing.begin();
    let answer: SinkAnswer;
    try {
      answer = await sink.write(writes, refresh, Deadline.in(clock, policy.writeTimeoutMs));
    } catch (thrown) {
      budget.spend(1);
      measure.called('write', 1);
      if (refresh !== undefined) refreshes.failed(refresh);
      await this.callFailed(records, toGatewayError(thrown), begun);
      return [];
    }
    standing.succeeded();
    budget.spend(answer.calls, refresh === undefined ? 0 : 1);
    measure.called('write', answer.calls);
    const again = await this.settle(records, answer.outcomes, answer.committedAt);
    if (refresh === undefined) this.#changed(records, answer.outcomes);
    return again;
  }

  /** Judges outcomes in the order of their records; returns those of which something is left to be written. */
  async settle(
    records: readonly PlannedWrite[],
    outcomes: readonly RecordOutcome[],
    committedAt: string,
  ): Promise<readonly PlannedWrite[]> {
    const again: PlannedWrite[] = [];
    const turns: EndedTurn[] = [];
    records.forEach((planned, index) => {
      const outcome = outcomes[index] ?? unanswered;
      if (outcome.ended === 'unwanted') this.#rememberUnwanted(planned.record.key);
      const verdict = judge(planned, outcome, committedAt, this.#judging);
      if ('planned' in verdict) again.push(verdict.planned);
      else turns.push({ planned, ended: verdict.ended });
    });
    await this.#settling.settle(turns);
    return again;
  }

  /** A whole call came to nothing: all of its records are tried again, and one that is to blame is held. `begun`: see OrgStanding. */
  async callFailed(records: readonly PlannedWrite[], error: GatewayError, begun: number): Promise<void> {
    const { clock, suspects, standing } = this.#parts;
    const turns = records.map((planned) => ({ planned, ended: this.#afterCall(planned, records.length, error) }));
    if (callCauseOf(error) === 'unclear') {
      const innocent = records.filter((_, index) => turns[index]?.ended.at(-1)?.ended === 'retry');
      suspects.failed(
        innocent.map(({ record: { key, attempts } }) => ({ key, attempts })),
        clock.monotonic(),
      );
    }
    this.#callFailed(error, begun);
    const dueAtMs = clock.now() + Math.min(standing.waitMs, maxDueMs);
    await this.#settling.settle(
      turns.map(({ planned, ended }) => ({ planned, ended: ended.map((one) => due(one, dueAtMs)) })),
    );
  }

  #afterCall(planned: PlannedWrite, size: number, error: GatewayError): readonly Settlement[] {
    const { suspects, standing } = this.#parts;
    const base = { key: planned.record.key, positions: positionsOf(planned), problem: problemOf(planned, error) };
    const isUnclear = callCauseOf(error) === 'unclear';
    const isGuilty = isUnclear && suspects.isGuilty(planned.record.key, size, standing.lastSuccessMs);
    return over(planned, isGuilty ? { ...base, ended: 'held' } : { ...base, ended: 'retry', dueAtMs: 0 }).ended;
  }

  #callFailed(error: GatewayError, begun: number): void {
    const { standing, log, org, system } = this.#parts;
    const isNew = standing.failure?.code !== error.code;
    standing.failed(error, begun);
    const fields = { org, system, ...errorFields(error) };
    if (standing.isStopped) log.error(fields, 'No change is written into this org before somebody has acted');
    else if (isNew) log.warn(fields, 'A call to the org did not go through; it is repeated');
  }

  #changed(records: readonly PlannedWrite[], outcomes: readonly RecordOutcome[]): void {
    const written = records.filter((_, index) => outcomes[index]?.ended === 'written');
    this.#parts.refreshes.changed(written.map(({ write }) => write));
  }

  #rememberUnwanted(key: RecordKey): void {
    // The oldest goes first: its children came with it or soon after.
    const [oldest] = this.#unwanted;
    if (this.#unwanted.size >= this.#parts.policy.maxUnwanted && oldest !== undefined) this.#unwanted.delete(oldest);
    this.#unwanted.add(keyText(key));
  }

  get #judging(): JudgeParts {
    const { clock, policy } = this.#parts;
    return { clock, policy, wantedKinds: this.#wantedKinds, isUnwanted: (key) => this.#unwanted.has(keyText(key)) };
  }
}

/** An outcome that is missing from the answer. */
const unanswered: RecordOutcome = {
  ended: 'failed',
  error: new GatewayError('SALESFORCE_ANSWER_UNREADABLE', { reason: 'an outcome is missing' }),
};

const due = (settlement: Settlement, dueAtMs: number): Settlement =>
  settlement.ended === 'retry' ? { ...settlement, dueAtMs } : settlement;
