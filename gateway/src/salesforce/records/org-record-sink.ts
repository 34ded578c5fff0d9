/** The record sink of one org: rules and mappings of the org, composite calls for changes, Bulk API 2.0 for many. */
import { GatewayError } from '../../errors/index.ts';
import type { OrgId, RecordKind, SapSystemId } from '../../model/index.ts';
import type {
  IssueWish,
  OrgRecord,
  RecordOutcome,
  RecordSink,
  RecordWrite,
  Refresh,
  SinkAnswer,
  SyncIssue,
  SyncStatus,
} from '../../ports/index.ts';
import type { CounterMetric, Log, Metrics } from '../../telemetry/index.ts';
import type { Clock, Deadline } from '../../timing/index.ts';
import type { ApiUsage } from '../api-usage.ts';
import type { PackageNamespace } from '../package-namespace.ts';
import type { RestClient } from '../rest-client.ts';
import type { RestTransfer } from '../rest-transfer.ts';
import { maxCollectionRows } from './batches.ts';
import { maxCollections, partErrors } from './composite-call.ts';
import type { SubAnswer } from './composite-call.ts';
import { IssueDesk } from './issue-desk.ts';
import { loadRecords } from './load-records.ts';
import { readRecords } from './read-records.ts';
import { TargetBook } from './target-book.ts';
import { writeRecords } from './write-records.ts';

export interface RecordSinkParts {
  readonly client: RestClient;
  readonly transfer: RestTransfer;
  readonly namespace: PackageNamespace;
  readonly usage: ApiUsage;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Metrics;
}

export class OrgRecordSink implements RecordSink {
  readonly org: OrgId;
  readonly maxRecords = maxCollections * maxCollectionRows;
  readonly #parts: RecordSinkParts;
  readonly #book: TargetBook;
  readonly #issues: IssueDesk;

  constructor(org: OrgId, parts: RecordSinkParts) {
    this.org = org;
    this.#parts = parts;
    this.#issues = new IssueDesk({ ...parts, org });
    this.#book = new TargetBook({ ...parts, org, leftOut: leftOutOf(parts.metrics) });
  }

  get callsUsed() {
    return this.#parts.usage.last;
  }

  async wantedKinds(deadline: Deadline): Promise<ReadonlySet<RecordKind>> {
    return new Set((await this.#book.targets(deadline)).byKind.keys());
  }

  async write(records: readonly RecordWrite[], refresh: Refresh | undefined, deadline: Deadline): Promise<SinkAnswer> {
    let calls = 0;
    const onCall = (): void => {
      calls += 1;
    };
    const targets = await this.#book.targets(deadline, onCall);
    const { client, clock, log } = this.#parts;
    const onLostRefresh = (answer: SubAnswer): void =>
      log.warn({ org: this.org, reason: partErrors(answer)[0]?.code }, 'Open panels were not told what changed.');
    const written = await writeRecords(records, refresh, { client, targets, onCall, onLostRefresh }, deadline);
    if (written.outcomes.some(saysMappingIsWrong)) this.#book.doubt();
    return { outcomes: written.outcomes, committedAt: instantOf(written.date, clock), calls };
  }

  async *load(kind: RecordKind, records: AsyncIterable<RecordWrite>, deadline: Deadline): AsyncIterable<RecordOutcome> {
    const targets = await this.#book.targets(deadline);
    const target = targets.byKind.get(kind);
    const usable = target instanceof GatewayError ? undefined : target;
    const write = (some: readonly RecordWrite[], until: Deadline) => this.#writeAll(some, until);
    yield* loadRecords(usable, records, { ...this.#parts, targets, write }, deadline);
  }

  /** Nothing where the org's rules do not have the kind copied. */
  async *readAll(system: SapSystemId, kind: RecordKind, deadline: Deadline): AsyncIterable<OrgRecord> {
    const target = (await this.#book.targets(deadline)).byKind.get(kind);
    if (target instanceof GatewayError) throw target;
    if (target !== undefined) yield* readRecords(system, target, this.#parts, deadline);
  }

  report(
    issues: readonly SyncIssue[],
    status: SyncStatus | undefined,
    deadline: Deadline,
  ): Promise<{ readonly calls: number }> {
    return this.#issues.report(issues, status, deadline);
  }

  wishes(system: SapSystemId, deadline: Deadline): Promise<readonly IssueWish[]> {
    return this.#issues.wishes(system, deadline);
  }

  async #writeAll(records: readonly RecordWrite[], deadline: Deadline): Promise<readonly RecordOutcome[]> {
    const outcomes: RecordOutcome[] = [];
    for (let from = 0; from < records.length; from += this.maxRecords)
      outcomes.push(...(await this.write(records.slice(from, from + this.maxRecords), undefined, deadline)).outcomes);
    return outcomes;
  }

  forget(): void {
    this.#book.forget();
  }
}

/** Said by Salesforce itself, so what we know of the object is old. */
const saysMappingIsWrong = (outcome: RecordOutcome): boolean =>
  outcome.ended === 'failed' &&
  outcome.error.code === 'SALESFORCE_MAPPING_INVALID' &&
  outcome.error.context['salesforceCode'] !== undefined;

/** Salesforce's own time; ours where a proxy has taken it away. */
function instantOf(date: string | undefined, clock: Clock): string {
  const atMs = Date.parse(date ?? '');
  return new Date(Number.isNaN(atMs) ? clock.now() : atMs).toISOString();
}

/** Several orgs measure under one name, and a name is asked for once. */
const counters = new WeakMap<Metrics, CounterMetric>();

function leftOutOf(metrics: Metrics): CounterMetric {
  const known = counters.get(metrics);
  if (known !== undefined) return known;
  const made = metrics.counter({
    name: 'salesforce_mappings_left_out_total',
    help: 'Mappings that could not be used, each time they are read, and states that the org does not know, each time they come',
    labels: ['org'],
  });
  counters.set(metrics, made);
  return made;
}
