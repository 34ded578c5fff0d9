/** Documents as the rows that travel to the file's thread. */
import type { ArrivedDocument, OrgId, RecordChange, SapSystemId } from '../model/index.ts';
import type { RefusedDocument } from '../ports/index.ts';
import { toFailure } from './failures.ts';
import type { ChangeRow, DocumentRow, RefusedRow } from './messages.ts';

export type OrgsOf = (system: SapSystemId) => readonly OrgId[];

export const toDocumentRow = ({ source, contentHash, changes }: ArrivedDocument, orgsOf: OrgsOf): DocumentRow => ({
  source,
  contentHash,
  changes: changes.map((change) => toChangeRow(change, orgsOf)),
});

/** Rows as one text: it travels between the threads for half of what their many small texts would cost. */
export const toDocumentsText = (rows: readonly DocumentRow[]): string => JSON.stringify(rows);

/** Back. No more is checked than of every message between the two threads: the other one has just written it. */
export function fromDocumentsText(text: string): readonly DocumentRow[] {
  const rows: unknown = JSON.parse(text);
  if (!areRows(rows)) throw new TypeError('Documents come as a list');
  return rows;
}

const areRows = (value: unknown): value is readonly DocumentRow[] => Array.isArray(value);

export const weightOfRows = (rows: readonly DocumentRow[]): number =>
  rows.reduce((sum, { changes }) => sum + 1 + changes.length, 0);

const toChangeRow = (
  { key: { system, kind, id }, facet, order, fields, isRemoved, parents }: RecordChange,
  orgsOf: OrgsOf,
): ChangeRow => ({
  orgs: orgsOf(system),
  system,
  kind,
  id,
  facet,
  order,
  fields: JSON.stringify(fields),
  parents: JSON.stringify(parents),
  isRemoved,
});

export const toRefusedRow = ({ source, contentHash, error }: RefusedDocument): RefusedRow => ({
  source,
  contentHash,
  failure: toFailure(error),
});
