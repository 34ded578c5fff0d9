/** Many records of one kind by Bulk API 2.0: jobs of bounded size, one after the other, outcomes in the order of the records. */
import { externalIdOf, keyText } from '../../model/index.ts';
import type { RecordOutcome, RecordWrite } from '../../ports/index.ts';
import type { Deadline } from '../../timing/index.ts';
import { byParent } from './batches.ts';
import type { BulkParts } from './bulk-job.ts';
import { csvShapeOf, fitsCsv, toCsvLine } from './csv-lines.ts';
import type { CsvShape } from './csv-lines.ts';
import { ingest } from './ingest-job.ts';
import type { CsvRow } from './ingest-job.ts';
import type { OrgTargets } from './target-book.ts';
import type { Target } from './targets.ts';
import { lost, prepare } from './write-records.ts';

/** Each job costs about eight calls and some seconds; and it is in memory, to be sorted and sent again: 20 MB at 1 KB. */
const maxJobRows = 20_000;
/** Salesforce takes 150 MB with base64 counted; memory is what bounds us. */
const maxJobCharacters = 20_000_000;

export interface LoadParts extends BulkParts {
  readonly targets: OrgTargets;
  /** Takes what CSV cannot say. */
  readonly write: (records: readonly RecordWrite[], deadline: Deadline) => Promise<readonly RecordOutcome[]>;
}

/** What is known of a record before its job: its outcome, its line, or that it goes another way. */
type Entry =
  | { readonly outcome: RecordOutcome }
  | { readonly row: CsvRow & { readonly sortKey: string; readonly keyText: string } }
  | { readonly record: RecordWrite };

/** Throws where nothing is known of a job; outcomes of the jobs before it have been given by then. */
export async function* loadRecords(
  target: Target | undefined,
  records: AsyncIterable<RecordWrite>,
  parts: LoadParts,
  deadline: Deadline,
): AsyncGenerator<RecordOutcome, void, undefined> {
  const shape = target === undefined ? undefined : csvShapeOf(target);
  let batch = new Batch();
  for await (const record of records) {
    if (batch.isFullFor(record)) {
      yield* await batch.outcomes(target, shape, parts, deadline);
      batch = new Batch();
    }
    batch.add(record, toEntry(record, shape, parts));
  }
  yield* await batch.outcomes(target, shape, parts, deadline);
}

function toEntry(record: RecordWrite, shape: CsvShape | undefined, { targets }: LoadParts): Entry {
  const prepared = prepare(record, targets);
  if ('ended' in prepared) return { outcome: prepared };
  const { row, target } = prepared;
  if (shape === undefined || !fitsCsv(row)) return { record };
  const { externalId, parents, sortKey, key } = row;
  return {
    row: {
      externalId,
      parents,
      sortKey,
      keyText: keyText(key),
      system: key.system,
      keyField: target.keyField,
      line: toCsvLine(row, shape),
    },
  };
}

class Batch {
  readonly #entries: Entry[] = [];
  readonly #ids = new Set<string>();
  #characters = 0;

  /** A second write of one record must come after the first: jobs run their rows side by side. */
  isFullFor({ key }: RecordWrite): boolean {
    return (
      this.#entries.length >= maxJobRows ||
      this.#characters >= maxJobCharacters ||
      this.#ids.has(externalIdOf(key).toLowerCase())
    );
  }

  add({ key }: RecordWrite, entry: Entry): void {
    this.#entries.push(entry);
    this.#ids.add(externalIdOf(key).toLowerCase());
    if ('row' in entry) this.#characters += entry.row.line.length;
  }

  async outcomes(
    target: Target | undefined,
    shape: CsvShape | undefined,
    parts: LoadParts,
    deadline: Deadline,
  ): Promise<readonly RecordOutcome[]> {
    const rows = this.#entries.flatMap((entry) => ('row' in entry ? [entry.row] : []));
    rows.sort(byParent);
    const known =
      target === undefined || shape === undefined || rows.length === 0
        ? new Map<string, RecordOutcome>()
        : await ingestAll(target, shape, rows, parts, deadline);
    const others = this.#entries.flatMap((entry) => ('record' in entry ? [entry.record] : []));
    const written = others.length === 0 ? [] : await parts.write(others, deadline);
    let other = 0;
    return this.#entries.map((entry) => {
      if ('outcome' in entry) return entry.outcome;
      const outcome = 'row' in entry ? known.get(entry.row.externalId.toLowerCase()) : written[other++];
      return outcome ?? lost;
    });
  }
}

/** Rows that refer to others of the same job go again: which row comes first in a job is not ours to say. */
async function ingestAll(
  target: Target,
  shape: CsvShape,
  rows: readonly (CsvRow & { readonly keyText: string })[],
  parts: LoadParts,
  deadline: Deadline,
): Promise<ReadonlyMap<string, RecordOutcome>> {
  const outcomes = await ingest(target, shape, rows, parts, deadline);
  const keys = new Set(rows.map((row) => row.keyText));
  const again = rows.filter(({ externalId }) => {
    const outcome = outcomes.get(externalId.toLowerCase());
    return outcome?.ended === 'parent-missing' && keys.has(keyText(outcome.parent));
  });
  if (again.length === 0) return outcomes;
  return new Map([...outcomes, ...(await ingest(target, shape, again, parts, deadline))]);
}
