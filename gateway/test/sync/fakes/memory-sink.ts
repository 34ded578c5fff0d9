/** An org in memory behind the sink's port: guards what is older, knows parents, and fails as a test says. */
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
} from '../../../src/ports/index.ts';
import { keyText, recordKindsInOrder, recordPaths } from '../../../src/model/index.ts';
import type { ChangeOrder, Facet, FieldValue, OrgId, RecordKind } from '../../../src/model/index.ts';
import { sleep } from '../../../src/timing/index.ts';
import type { Clock } from '../../../src/timing/index.ts';

export interface StoredRecord {
  readonly id: string;
  facets: Partial<Record<Facet, ChangeOrder>>;
  readonly fields: Record<string, { readonly value: FieldValue; readonly order: ChangeOrder }>;
  isRemoved: boolean;
}

export interface SinkCall {
  readonly atMs: number;
  readonly records: readonly RecordWrite[];
  readonly refresh: Refresh | undefined;
}

export class MemorySink implements RecordSink {
  readonly org: OrgId;
  readonly maxRecords: number;
  readonly #clock: Clock;
  readonly stored = new Map<string, StoredRecord>();
  readonly calls: SinkCall[] = [];
  readonly loads: { readonly kind: RecordKind; readonly records: number }[] = [];
  readonly reports: { readonly issues: readonly SyncIssue[]; readonly status: SyncStatus | undefined }[] = [];
  /** A violation that a test must see, e.g. an older value over a newer one. */
  readonly broken: string[] = [];
  underWay = 0;
  mostUnderWay = 0;
  forgotten = 0;
  wished: IssueWish[] = [];
  asked = 0;
  kinds: ReadonlySet<RecordKind> = new Set(recordKindsInOrder);
  tookMs = 0;
  /** Throws for a whole call; `count` is 1 for the first. */
  failCall: (records: readonly RecordWrite[], count: number) => void = () => undefined;
  failReport: () => void = () => undefined;
  /** The org's word on one record; undefined: it is written. */
  refuse: (write: RecordWrite) => RecordOutcome | undefined = () => undefined;
  /** Awaited before a call is answered. */
  gate: (records: readonly RecordWrite[]) => Promise<void> = async () => undefined;

  constructor(clock: Clock, org: OrgId, maxRecords = 1_000) {
    this.#clock = clock;
    this.org = org;
    this.maxRecords = maxRecords;
  }

  get callsUsed(): undefined {
    return undefined;
  }

  async wantedKinds(): Promise<ReadonlySet<RecordKind>> {
    return this.kinds;
  }

  async write(records: readonly RecordWrite[], refresh: Refresh | undefined): Promise<SinkAnswer> {
    this.calls.push({ atMs: this.#clock.monotonic(), records, refresh });
    const count = this.calls.length;
    this.underWay += 1;
    this.mostUnderWay = Math.max(this.mostUnderWay, this.underWay);
    try {
      if (this.tookMs > 0) await sleep(this.#clock, this.tookMs);
      await this.gate(records);
      this.failCall(records, count);
      const outcomes = records.map((record) => this.#upsert(record));
      return { outcomes, committedAt: new Date(this.#clock.now()).toISOString(), calls: 1 };
    } finally {
      this.underWay -= 1;
    }
  }

  async *load(kind: RecordKind, records: AsyncIterable<RecordWrite>): AsyncIterable<RecordOutcome> {
    const all: RecordWrite[] = [];
    for await (const record of records) all.push(record);
    this.loads.push({ kind, records: all.length });
    this.failCall(all, this.calls.length);
    for (const record of all) yield this.#upsert(record);
  }

  #upsert(write: RecordWrite): RecordOutcome {
    const refused = this.refuse(write);
    if (refused !== undefined) return refused;
    const { key, facets, fields } = write;
    for (const { path, type, to } of recordPaths[key.kind]) {
      const id = fields[path];
      if (type !== 'reference' || to === undefined || typeof id !== 'string') continue;
      const parent = { system: key.system, kind: to, id };
      if (!this.stored.has(keyText(parent))) return { ended: 'parent-missing', parent };
    }
    const known = this.stored.get(keyText(key));
    const older = (Object.entries(facets) as [Facet, ChangeOrder][]).flatMap(([facet, order]) =>
      (known?.facets[facet] ?? '') > order ? [facet] : [],
    );
    if (older.length > 0) return { ended: 'older', facets: older };
    const record = known ?? { id: `r${this.stored.size}`, facets: {}, fields: {}, isRemoved: false };
    this.stored.set(keyText(key), record);
    record.facets = { ...record.facets, ...facets };
    record.isRemoved = write.isRemoved;
    for (const [path, value] of Object.entries(fields)) {
      const facet = recordPaths[key.kind].find((one) => one.path === path)?.facet ?? 'master';
      const order = facets[facet];
      const before = record.fields[path]?.order ?? '';
      if (order !== undefined && before > order) this.broken.push(`${keyText(key)} ${path}: older over newer`);
      if (order === undefined) this.broken.push(`${keyText(key)} ${path} has no order`);
      else record.fields[path] = { value, order };
    }
    return { ended: 'written', recordId: record.id, isNew: known === undefined };
  }

  async *readAll(): AsyncIterable<OrgRecord> {
    // No test of deliveries reads the org.
  }

  async report(issues: readonly SyncIssue[], status: SyncStatus | undefined): Promise<{ readonly calls: number }> {
    this.failReport();
    this.reports.push({ issues, status });
    return { calls: 1 };
  }

  async wishes(): Promise<readonly IssueWish[]> {
    this.asked += 1;
    return this.wished.splice(0);
  }

  forget(): void {
    this.forgotten += 1;
  }
}
