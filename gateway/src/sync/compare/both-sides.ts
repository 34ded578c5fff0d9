/** Both sides of a comparison as records that can be sorted, spooled and joined. */
import { z } from 'zod';
import { keyText, recordChange, recordFields, recordKey, recordKindsInOrder } from '../../model/index.ts';
import type { RecordChange, RecordFields, RecordKey, RecordKind } from '../../model/index.ts';
import type { OrgRecord } from '../../ports/index.ts';
import type { StagingPart } from '../load/index.ts';
import type { Entry } from './external-sort.ts';

/** One record of SAP: everything the file says of it. */
const sapSide = z.strictObject({ key: recordKey, changes: z.array(recordChange).min(1) });
export type SapSide = z.infer<typeof sapSide>;

const orgSide = z.strictObject({
  key: recordKey,
  recordId: z.string(),
  fields: recordFields,
  asOf: z.string().optional(),
  isRemoved: z.boolean().optional(),
});
export type OrgSide = z.infer<typeof orgSide>;

/** Kind by kind, as they are written, and within a kind by id. */
const sortKey = ({ kind, id }: RecordKey): string =>
  `${String(recordKindsInOrder.indexOf(kind)).padStart(2, '0')}:${id}`;

/** What SAP's side had that is no record. */
export interface SapSideCounts {
  refused: number;
  readonly records: Map<RecordKind, number>;
}

/** The records of a staging file, of these kinds. */
export async function* sapEntries(
  parts: AsyncIterable<StagingPart>,
  kinds: ReadonlySet<RecordKind>,
  counts: SapSideCounts,
): AsyncGenerator<Entry> {
  for await (const part of parts) {
    if ('refused' in part) counts.refused += 1;
    if (!('document' in part)) continue;
    const wanted = part.document.changes.filter(({ key }) => kinds.has(key.kind));
    for (const changes of Map.groupBy(wanted, ({ key }) => keyText(key)).values()) {
      const key = changes[0]?.key;
      if (key === undefined) continue;
      counts.records.set(key.kind, (counts.records.get(key.kind) ?? 0) + 1);
      yield { key: sortKey(key), text: JSON.stringify({ key, changes }) };
    }
  }
}

/** The records of the org. */
export async function* orgEntries(records: AsyncIterable<OrgRecord>): AsyncGenerator<Entry> {
  for await (const { key, recordId, fields, asOf, isRemoved } of records)
    yield { key: sortKey(key), text: JSON.stringify({ key, recordId, fields, asOf, isRemoved }) };
}

/** What both sides have of one key; never undefined twice. */
export interface Pair {
  readonly sap: SapSide | undefined;
  readonly org: OrgSide | undefined;
}

/** Both sides side by side; each is sorted. Where one side has a key twice, the later one counts. */
export async function* joinSides(sap: AsyncIterable<Entry>, org: AsyncIterable<Entry>): AsyncGenerator<Pair> {
  const left = lastOfEach(sap)[Symbol.asyncIterator]();
  const right = lastOfEach(org)[Symbol.asyncIterator]();
  let one = await next(left);
  let other = await next(right);
  while (one !== undefined || other !== undefined) {
    const isLeft = one !== undefined && (other === undefined || one.key <= other.key);
    const isRight = other !== undefined && (one === undefined || other.key <= one.key);
    yield {
      sap: isLeft && one !== undefined ? readSap(one.text) : undefined,
      org: isRight && other !== undefined ? orgSide.parse(JSON.parse(other.text)) : undefined,
    };
    if (isLeft) one = await next(left);
    if (isRight) other = await next(right);
  }
}

async function next(entries: AsyncIterator<Entry, undefined>): Promise<Entry | undefined> {
  const step = await entries.next();
  return step.done === true ? undefined : step.value;
}

async function* lastOfEach(entries: AsyncIterable<Entry>): AsyncGenerator<Entry> {
  let last: Entry | undefined;
  for await (const entry of entries) {
    if (last !== undefined && last.key !== entry.key) yield last;
    last = entry;
  }
  if (last !== undefined) yield last;
}

const readSap = (text: string): SapSide => sapSide.parse(JSON.parse(text));

/** The fields of all facets together, and whether SAP has deleted the record. */
export function sapValues(
  changes: readonly RecordChange[],
): Pick<OrgRecord, 'fields'> & { readonly isRemoved: boolean } {
  const fields: RecordFields = {};
  for (const change of changes) Object.assign(fields, change.fields);
  return {
    fields,
    isRemoved: changes.some(({ isRemoved }) => isRemoved),
  };
}
