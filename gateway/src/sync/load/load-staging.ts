/**
 * A staging file into an org: one pass through the file for each kind of record, parents first, chunk by chunk.
 *
 * Each chunk has three steps: sent, its failures written down, its checkpoint kept. A load that is killed between any two of them
 * sends at most one chunk again, which changes nothing: the same order counts as a repeat, and newer facets stay as they are.
 */
import { GatewayError } from '../../errors/index.ts';
import type { RecordKind } from '../../model/index.ts';
import type { RecordOutcome, RecordSink, RecordWrite } from '../../ports/index.ts';
import { Deadline } from '../../timing/index.ts';
import { FailureList } from './failure-list.ts';
import type { Failure } from './failure-list.ts';
import { LoadCheckpoint, newLoad, noCounts } from './load-checkpoint.ts';
import type { Checkpoints, KindCounts, LoadState } from './load-checkpoint.ts';
import { Pace } from './load-progress.ts';
import type { LoadProgress } from './load-progress.ts';
import { sendChunk } from './send-chunk.ts';
import type { ChunkParts } from './send-chunk.ts';
import { kindsOf, writesOf } from './staged-writes.ts';
import type { StagingFile, StagingSource } from './staging-source.ts';

export interface LoadParts extends ChunkParts {
  readonly source: StagingSource;
  readonly sink: Pick<RecordSink, 'load' | 'org' | 'wantedKinds'>;
  readonly checkpoints: Checkpoints;
  /** Where the rows that failed are listed. */
  readonly failuresPath: string;
  /** Loads once more what was loaded already. */
  readonly again?: boolean | undefined;
  onProgress(progress: LoadProgress): void;
}

export interface LoadReport {
  readonly file: StagingFile;
  /** Without `endedAt` where it was stopped before its end. */
  readonly state: LoadState;
  /** Kinds that the org's rules do not want copied. */
  readonly unwanted: readonly RecordKind[];
  /** All of it had been loaded before; nothing was done. */
  readonly wasLoaded: boolean;
}

/**
 * Records of one bulk job. Salesforce works through up to 10,000 at once; half of that keeps the whole program below 300 MB, because a
 * chunk is in memory three times: as records, as lines, as outcomes.
 */
const chunkRecords = 5_000;
/** Reading the org's rules: a few queries. */
const rulesMs = 60_000;

/** Loads what is not loaded yet; throws what stops it, and goes on there the next time. */
export async function loadStaging(parts: LoadParts): Promise<LoadReport> {
  const { source, sink, checkpoints, clock } = parts;
  const file = await source.lookThrough();
  const checkpoint = new LoadCheckpoint(checkpoints, sink.org, file.hash);
  const known = parts.again === true ? undefined : await checkpoint.read();
  const wanted = await sink.wantedKinds(Deadline.in(clock, rulesMs));
  const kinds = kindsOf[file.head.kind];
  const unwanted = kinds.filter((kind) => !wanted.has(kind));
  const passes = kinds.filter((kind) => wanted.has(kind));
  const open = passes.filter((kind) => known?.finished.includes(kind) !== true);
  if (known !== undefined && known.endedAt !== null && open.length === 0)
    return { file, state: known, unwanted, wasLoaded: true };
  const failures = await FailureList.open(parts.failuresPath, known?.failureBytes ?? 0);
  try {
    const load = new Load(parts, { file, passes, checkpoint, failures, state: known ?? newLoad });
    return { file, state: await load.run(), unwanted, wasLoaded: false };
  } finally {
    await failures.close();
  }
}

interface LoadPlan {
  readonly file: StagingFile;
  readonly passes: readonly RecordKind[];
  readonly checkpoint: LoadCheckpoint;
  readonly failures: FailureList;
  readonly state: LoadState;
}

class Load {
  readonly #parts: LoadParts;
  readonly #plan: LoadPlan;
  readonly #pace: Pace;
  #state: LoadState;
  /** Kinds that the file has, once it was read from its beginning: passes for the others are spared. */
  #kinds: ReadonlySet<RecordKind> | undefined;

  constructor(parts: LoadParts, plan: LoadPlan) {
    this.#parts = parts;
    this.#plan = plan;
    this.#pace = new Pace(parts.clock);
    this.#state = plan.state;
  }

  async run(): Promise<LoadState> {
    for (const kind of this.#plan.passes) {
      if (this.#state.finished.includes(kind)) continue;
      if (this.#kinds?.has(kind) !== false) await this.#pass(kind);
      else this.#tell(kind, this.#plan.file.objects);
      if (this.#isStopping) return this.#state;
      await this.#keep({ current: null, finished: [...this.#state.finished, kind] });
    }
    await this.#keep({ endedAt: new Date(this.#parts.clock.now()).toISOString() });
    return this.#state;
  }

  get #isStopping(): boolean {
    return this.#parts.stopping?.aborted === true;
  }

  async #pass(kind: RecordKind): Promise<void> {
    const { current } = this.#state;
    const from = current?.kind === kind ? current.objects : 0;
    const kinds = new Set<RecordKind>();
    let objects = from;
    let records: RecordWrite[] = [];
    let refused: Failure[] = [];
    this.#tell(kind, objects);
    for await (const part of this.#parts.source.parts(from)) {
      if (this.#isStopping) return;
      if (!('document' in part) && !('refused' in part)) continue;
      objects += 1;
      if ('refused' in part) refused.push(...this.#refusal(part.refused, kind));
      else {
        for (const { key } of part.document.changes) kinds.add(key.kind);
        records.push(...writesOf(part.document, kind));
      }
      if (records.length + refused.length < chunkRecords) continue;
      await this.#chunk(kind, objects, records, refused);
      records = [];
      refused = [];
    }
    await this.#chunk(kind, objects, records, refused);
    if (from === 0) this.#kinds = kinds;
  }

  /** What could not be understood stands in the list once, not once per pass. */
  #refusal(
    { source, error }: { readonly source: { readonly number: string }; readonly error: GatewayError },
    kind: RecordKind,
  ) {
    if (kind !== this.#plan.passes[0]) return [];
    return [{ line: source.number, kind: '', id: '', error }];
  }

  async #chunk(
    kind: RecordKind,
    objects: number,
    records: readonly RecordWrite[],
    refused: readonly Failure[],
  ): Promise<void> {
    const outcomes = records.length === 0 ? [] : await sendChunk(kind, records, this.#parts);
    const { failures } = this.#plan;
    await failures.add([...refused, ...failuresOf(records, outcomes)]);
    const counts = countsWith(this.#state.counts[kind] ?? noCounts, outcomes);
    await this.#keep({
      current: { kind, objects },
      counts: { ...this.#state.counts, [kind]: counts },
      refused: this.#state.refused + refused.length,
      failureBytes: failures.bytes,
    });
    this.#tell(kind, objects);
  }

  async #keep(change: Partial<LoadState>): Promise<void> {
    this.#state = { ...this.#state, ...change };
    await this.#plan.checkpoint.keep(this.#state);
  }

  #tell(kind: RecordKind, objects: number): void {
    const { passes, file } = this.#plan;
    const pass = passes.indexOf(kind);
    const done = (pass + (file.objects === 0 ? 1 : objects / file.objects)) / passes.length;
    this.#parts.onProgress({
      kind,
      pass: pass + 1,
      passes: passes.length,
      objects,
      objectsInAll: file.objects,
      done,
      remainingMs: this.#pace.remainingMs(done),
      state: this.#state,
    });
  }
}

function countsWith(before: KindCounts, outcomes: readonly RecordOutcome[]): KindCounts {
  const counts = { ...before };
  for (const outcome of outcomes) {
    if (outcome.ended === 'written' && outcome.isNew) counts.created += 1;
    counts[outcome.ended === 'parent-missing' ? 'parentMissing' : outcome.ended] += 1;
  }
  return counts;
}

function* failuresOf(records: readonly RecordWrite[], outcomes: readonly RecordOutcome[]): Generator<Failure> {
  for (const [index, outcome] of outcomes.entries()) {
    const record = records[index];
    const error = errorOf(outcome);
    if (record === undefined || error === undefined) continue;
    yield { line: record.source.number, kind: record.key.kind, id: record.key.id, error };
  }
}

function errorOf(outcome: RecordOutcome): GatewayError | undefined {
  if (outcome.ended === 'failed') return outcome.error;
  if (outcome.ended !== 'parent-missing') return undefined;
  return new GatewayError('CHANGE_PARENT_MISSING', { parent: `${outcome.parent.kind} ${outcome.parent.id}` });
}
