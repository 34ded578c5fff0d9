/** Everything a test of deliveries needs: clock, queue, org, and documents to arrive. */
import { createHash } from 'node:crypto';
import { startSync } from '../../../src/sync/index.ts';
import type { Sync, SyncOptions } from '../../../src/sync/index.ts';
import { orgId, orderOf, recordPaths, sapSystemId } from '../../../src/model/index.ts';
import type {
  ArrivedDocument,
  Facet,
  RecordChange,
  RecordFields,
  RecordKey,
  RecordKind,
} from '../../../src/model/index.ts';
import { silentLog } from '../../../src/telemetry/index.ts';
import { Deadline } from '../../../src/timing/index.ts';
import { ManualClock } from '../../agent/execute/manual-clock.ts';
import { MemoryQueue } from './memory-queue.ts';
import { MemorySink } from './memory-sink.ts';

export const org = orgId.parse('00D5g000004GANG');
export const system = sapSystemId.parse('ERPCLNT100');

export const key = (kind: RecordKind, id: string): RecordKey => ({ system, kind, id });
export const customer = (number: number): RecordKey => key('customer', String(number).padStart(10, '0'));

interface ChangeOptions {
  readonly facet?: Facet;
  /** Seconds after a fixed instant of SAP. */
  readonly at?: number;
  readonly number?: number;
  readonly isRemoved?: boolean;
  readonly parents?: readonly RecordKey[];
}

const sapStartMs = Date.parse('2026-11-21T07:00:00Z');
export const instantAt = (at: number): string => new Date(sapStartMs + at * 1000).toISOString();

export function change(of: RecordKey, fields: RecordFields, options: ChangeOptions = {}): RecordChange {
  // Of the first path, as the model has it.
  const [first] = Object.keys(fields);
  const modelled = recordPaths[of.kind].find(({ path }) => path === first)?.facet ?? 'master';
  const { facet = modelled, at = 0, number = 0, isRemoved = false, parents = [] } = options;
  return { key: of, facet, order: orderOf(instantAt(at), String(number)), fields, isRemoved, parents: [...parents] };
}

let documents = 0;

export function document(
  changes: readonly RecordChange[],
  kind: ArrivedDocument['source']['kind'] = 'idoc',
): ArrivedDocument {
  documents += 1;
  const number = String(documents).padStart(16, '0');
  const source = { kind, sender: 'ERPCLNT100', number, type: 'DEBMAS', createdAt: instantAt(0) };
  return { source, contentHash: createHash('sha256').update(number).digest('hex'), changes: [...changes] };
}

export const quietMeasure: SyncOptions['measure'] = {
  ended: () => undefined,
  committed: () => undefined,
  called: () => undefined,
  failed: () => undefined,
  queue: () => undefined,
  left: () => undefined,
  canaryAge: () => undefined,
};

const settings = {
  batchMs: 600,
  bulkAbove: 5_000,
  dailyApiCalls: 40_000,
  dailyRefreshes: 10_000,
  canarySeconds: 3_600,
};

export type BenchOptions = Partial<Omit<SyncOptions, 'settings'>> & {
  readonly settings?: Partial<SyncOptions['settings']>;
};

export class Bench {
  readonly clock = new ManualClock();
  readonly queue = new MemoryQueue(this.clock, org);
  readonly sink: MemorySink;

  constructor(maxRecords = 1_000) {
    this.sink = new MemorySink(this.clock, org, maxRecords);
  }

  start(options: BenchOptions = {}): Sync {
    const { clock, queue, sink } = this;
    const given = { org, system, queue, sink, clock, log: silentLog, measure: quietMeasure, ...options };
    return startSync({ ...given, settings: { ...settings, ...options.settings } });
  }

  async arrive(...changes: readonly RecordChange[]): Promise<void> {
    await this.queue.accept([document(changes)]);
  }

  async stop(sync: Sync): Promise<void> {
    await this.clock.until(sync.stop(Deadline.in(this.clock, 60_000)));
  }

  /** Records of each call of `write` that had any. */
  get written(): readonly number[] {
    return this.sink.calls.map(({ records }) => records.length).filter((records) => records > 0);
  }

  value(of: RecordKey, path: string): unknown {
    return this.sink.stored.get(`${of.system}:${of.kind}:${of.id}`)?.fields[path]?.value;
  }
}
