/**
 * SAP as a staging file shows it beside Salesforce as it is now: both sides sorted on disk, joined in constant memory, each difference
 * listed, and what a repair would change put aside.
 */
import { keyText } from '../../model/index.ts';
import type { RecordKey, RecordKind } from '../../model/index.ts';
import type { ChangeQueue, OrgRecord, RecordSink } from '../../ports/index.ts';
import { sapSystemId } from '../../model/index.ts';
import { Deadline } from '../../timing/index.ts';
import type { Clock } from '../../timing/index.ts';
import { kindsOf } from '../load/index.ts';
import type { StagingFile, StagingSource } from '../load/index.ts';
import { joinSides, orgEntries, sapEntries } from './both-sides.ts';
import type { Pair, SapSideCounts } from './both-sides.ts';
import { differenceOf } from './differences.ts';
import type { Apart, Difference, Extraction } from './differences.ts';
import type { DifferenceList } from './difference-list.ts';
import { sortEntries } from './external-sort.ts';
import type { RepairSpool } from './repair-spool.ts';

export interface CompareParts {
  readonly source: StagingSource;
  readonly file: StagingFile;
  readonly sink: Pick<RecordSink, 'org' | 'readAll' | 'wantedKinds'>;
  readonly queue: Pick<ChangeQueue, 'trace'>;
  readonly clock: Clock;
  /** Private, empty, with room for both sides; removed by who made it. */
  readonly folder: string;
  readonly list: DifferenceList;
  readonly repairs: RepairSpool;
  /** Characters sorted in memory at once. */
  readonly runCharacters?: number | undefined;
  onProgress(step: CompareStep, records: number): void;
}

export type CompareStep = 'read-sap' | 'read-salesforce' | 'compare';

export interface KindSummary {
  same: number;
  different: number;
  missingInSalesforce: number;
  missingInSap: number;
  readonly apart: Record<Apart, number>;
}

export interface Comparison {
  readonly kinds: ReadonlyMap<RecordKind, KindSummary>;
  /** Kinds that the org's rules do not want copied. */
  readonly unwanted: readonly RecordKind[];
  /** Objects of the file that could not be understood. */
  readonly refused: number;
}

const rulesMs = 60_000;
/** A bulk query of a million records, behind other people's jobs. */
const readMs = 2 * 3_600_000;
const progressEvery = 10_000;
/** Of one record's history: what waits is among the newest. */
const traceRows = 200;

/** Compares; nothing is changed on either side. */
export async function compareSides(parts: CompareParts): Promise<Comparison> {
  const { source, file, sink, clock, folder, runCharacters } = parts;
  const wanted = await sink.wantedKinds(Deadline.in(clock, rulesMs));
  const kinds = kindsOf[file.head.kind].filter((kind) => wanted.has(kind));
  const counts: SapSideCounts = { refused: 0, records: new Map() };
  const read = sapEntries(source.parts(), new Set(kinds), counts);
  const sap = await sortEntries(counted(read, 'read-sap', parts), folder, 'sap', runCharacters);
  const records = orgEntries(recordsOf(kinds, parts));
  const org = await sortEntries(counted(records, 'read-salesforce', parts), folder, 'org', runCharacters);
  const extraction: Extraction = {
    createdAt: file.head.createdAt,
    isComplete: (kind) => !file.head.isSelection && counts.refused === 0 && counts.records.has(kind),
  };
  const summaries = new Map(kinds.map((kind) => [kind, newSummary()]));
  for await (const pair of counted(joinSides(sap, org), 'compare', parts))
    await note(pair, extraction, summaries, parts);
  const unwanted = kindsOf[file.head.kind].filter((kind) => !wanted.has(kind));
  return { kinds: summaries, unwanted, refused: counts.refused };
}

async function* recordsOf(
  kinds: readonly RecordKind[],
  { sink, clock, file }: CompareParts,
): AsyncGenerator<OrgRecord> {
  const system = sapSystemId.parse(file.head.system);
  for (const kind of kinds) yield* sink.readAll(system, kind, Deadline.in(clock, readMs));
}

async function* counted<T>(entries: AsyncIterable<T>, step: CompareStep, parts: CompareParts): AsyncGenerator<T> {
  let count = 0;
  for await (const entry of entries) {
    count += 1;
    if (count % progressEvery === 0) parts.onProgress(step, count);
    yield entry;
  }
  parts.onProgress(step, count);
}

async function note(
  pair: Pair,
  extraction: Extraction,
  summaries: ReadonlyMap<RecordKind, KindSummary>,
  parts: CompareParts,
): Promise<void> {
  const key = pair.sap?.key ?? pair.org?.key;
  const summary = key === undefined ? undefined : summaries.get(key.kind);
  if (summary === undefined) return;
  const found = differenceOf(pair, extraction);
  if (found === undefined) {
    summary.same += 1;
    return;
  }
  const difference = found.apart === undefined && (await isWaiting(found.key, parts)) ? waiting(found) : found;
  await parts.list.add(difference);
  count(summary, difference);
  if (difference.apart !== undefined) return;
  if (pair.sap === undefined) await parts.repairs.addRemoval(difference.key);
  else await parts.repairs.addChanges(pair.sap.changes);
}

const waiting = (difference: Difference): Difference => ({ ...difference, apart: 'waiting' });

/** Something of the record is in the queue: the difference may end by itself, and a person may have it in hand. */
async function isWaiting(key: RecordKey, { queue, sink }: CompareParts): Promise<boolean> {
  const [number = key.id] = key.id.split('/');
  const steps = await queue.trace(number, traceRows);
  const text = keyText(key);
  return steps.some(
    ({ org, key: other, state }) =>
      org === sink.org && keyText(other) === text && (state === 'waiting' || state === 'held'),
  );
}

function count(summary: KindSummary, { what, apart }: Difference): void {
  if (apart !== undefined) summary.apart[apart] += 1;
  else if (what === 'different') summary.different += 1;
  else if (what === 'missing-in-sap') summary.missingInSap += 1;
  else summary.missingInSalesforce += 1;
}

const newSummary = (): KindSummary => ({
  same: 0,
  different: 0,
  missingInSalesforce: 0,
  missingInSap: 0,
  apart: { newer: 0, waiting: 0, unproven: 0, 'not-extracted': 0 },
});
