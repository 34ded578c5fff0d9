/** From the changes of one object to its records: what speaks of one record is one write. */
import { keyText } from '../../model/index.ts';
import type { ArrivedDocument, RecordKind } from '../../model/index.ts';
import type { RecordWrite, StagingHead } from '../../ports/index.ts';

/** The kinds of records that a file of each kind has, those that are referred to first. */
export const kindsOf: Readonly<Record<StagingHead['kind'], readonly RecordKind[]>> = {
  customers: ['customer', 'sales-area', 'partner', 'contact'],
  materials: ['product'],
};

/** The records of one object, of one kind where it is named. */
export function writesOf({ changes, source }: ArrivedDocument, kind?: RecordKind): RecordWrite[] {
  const writes = new Map<string, RecordWrite>();
  for (const { key, facet, order, fields, isRemoved } of changes) {
    if (kind !== undefined && key.kind !== kind) continue;
    const text = keyText(key);
    const before = writes.get(text);
    writes.set(text, {
      key,
      fields: before === undefined ? fields : { ...before.fields, ...fields },
      facets: { ...before?.facets, [facet]: order },
      isRemoved: isRemoved || before?.isRemoved === true,
      source,
    });
  }
  return [...writes.values()];
}
