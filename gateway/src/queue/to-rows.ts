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
