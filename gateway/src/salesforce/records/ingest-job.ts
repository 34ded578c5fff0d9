/** One ingest job: lines up, wait, results down, as outcomes by external id. */
import type { RecordOutcome } from '../../ports/index.ts';
import type { Deadline } from '../../timing/index.ts';
import { unreadable } from '../exchange.ts';
import { createJob, giveUp, jobPath, setState, waitFor } from './bulk-job.ts';
import type { BulkParts, Job } from './bulk-job.ts';
import type { CsvShape } from './csv-lines.ts';
import { readCsv } from './read-csv.ts';
import { toOutcome } from './row-failures.ts';
import type { RowError } from './row-failures.ts';
import type { ParentReference } from './rows.ts';
import type { Target } from './targets.ts';

/** One line with what its result is read by. */
export interface CsvRow {
  readonly externalId: string;
  readonly system: string;
  readonly keyField: string;
  readonly parents: readonly ParentReference[];
  readonly line: string;
}

/**
 * Upserts the rows; throws where nothing is known of the job. An agent that dies meanwhile leaves a job that runs to its end by
 * itself; loading the same again is harmless.
 */
export async function ingest(
  target: Target,
  shape: CsvShape,
  rows: readonly CsvRow[],
  parts: BulkParts,
  deadline: Deadline,
): Promise<ReadonlyMap<string, RecordOutcome>> {
  const { object, keyField } = target;
  const { id } = await createJob(
    'ingest',
    {
      object,
      operation: 'upsert',
      externalIdFieldName: keyField,
      contentType: 'CSV',
      lineEnding: 'LF',
      columnDelimiter: 'COMMA',
    },
    parts,
    deadline,
  );
  await handOver(id, shape, rows, parts, deadline);
  const job = await waitFor('ingest', id, parts, deadline);
  return outcomesOf(job, shape, rows, parts, deadline);
}

async function handOver(
  id: string,
  { header }: CsvShape,
  rows: readonly CsvRow[],
  parts: BulkParts,
  deadline: Deadline,
): Promise<void> {
  try {
    await parts.transfer.upload(`${jobPath('ingest', id)}/batches`, () => pieces(header, rows), deadline);
    await setState('ingest', id, 'UploadComplete', parts, deadline);
  } catch (thrown) {
    await giveUp('ingest', id, parts);
    throw thrown;
  }
}

/** Pieces of a size that sockets like; a line alone would be a packet. */
function* pieces(header: string, rows: readonly CsvRow[]): Generator<string, void, undefined> {
  let piece = header;
  for (const { line } of rows) {
    piece += line;
    if (piece.length < 65_536) continue;
    yield piece;
    piece = '';
  }
  if (piece !== '') yield piece;
}

async function outcomesOf(
  job: Job,
  { keyColumn }: CsvShape,
  rows: readonly CsvRow[],
  parts: BulkParts,
  deadline: Deadline,
): Promise<ReadonlyMap<string, RecordOutcome>> {
  const outcomes = new Map<string, RecordOutcome>();
  const path = jobPath('ingest', job.id);
  for await (const [id, created, key] of results(
    `${path}/successfulResults/`,
    ['sf__Id', 'sf__Created', keyColumn],
    parts,
    deadline,
  ))
    outcomes.set(key.toLowerCase(), { ended: 'written', recordId: id, isNew: created === 'true' });
  const byId = new Map(rows.map((row) => [row.externalId.toLowerCase(), row]));
  if (job.numberRecordsFailed !== 0)
    for await (const [, words, key] of results(
      `${path}/failedResults/`,
      ['sf__Id', 'sf__Error', keyColumn],
      parts,
      deadline,
    )) {
      const row = byId.get(key.toLowerCase());
      if (row !== undefined) outcomes.set(key.toLowerCase(), toOutcome([toRowError(words)], row));
    }
  // What is in neither was not processed, and the job says why.
  const rest = toRowError(job.errorMessage ?? `the job ended as ${job.state} without a result for the row`);
  for (const [key, row] of byId) if (!outcomes.has(key)) outcomes.set(key, toOutcome([rest], row));
  return outcomes;
}

/** Three columns of a result, whatever else is in it. */
async function* results(
  path: string,
  names: readonly [string, string, string],
  { transfer }: BulkParts,
  deadline: Deadline,
): AsyncGenerator<readonly [string, string, string], void, undefined> {
  const { body } = await transfer.download(path, deadline);
  let places: readonly number[] | undefined;
  for await (const row of readCsv(body)) {
    if (places === undefined) {
      places = names.map((name) => row.findIndex((column) => column.toLowerCase() === name.toLowerCase()));
      if (places.includes(-1)) throw unreadable('the columns of a result');
      continue;
    }
    const [first = '', second = '', third = ''] = places.map((place) => row[place]);
    yield [first, second, third];
  }
}

/** `REQUIRED_FIELD_MISSING:Required fields are missing: [Name]:Name --`, or `InvalidBatch : Field name not found : X`. */
export function toRowError(words: string): RowError {
  const [, code = '', rest = words] = /^\s*([A-Za-z][A-Za-z0-9_]{2,79})\s*:\s*(.*)$/s.exec(words) ?? [];
  const [, message = rest, fields = ''] = /^(.*):([\w ,.]*?)\s*--\s*$/s.exec(rest) ?? [];
  return { code, message: message.trim(), fields: fields.split(/[ ,]+/).filter((name) => name !== '') };
}
