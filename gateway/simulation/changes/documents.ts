/** What SAP says: its records, and the documents, rows and files that tell of them. */
import { createHash } from 'node:crypto';
import { keyText, orderOf, recordPaths } from '../../src/model/index.ts';
import type {
  ArrivedDocument,
  ChangeOrder,
  Facet,
  FieldValue,
  RecordChange,
  RecordKey,
} from '../../src/model/index.ts';

/** A record in SAP, and the newest value of each path. */
export interface SapRecord {
  readonly key: RecordKey;
  readonly truth: Map<string, FieldValue>;
  /** Records that it refers to, which never change. */
  readonly references: readonly (readonly [path: string, parent: RecordKey])[];
  isRemoved: boolean;
  /** Changed since the last document; a document will say them. */
  readonly dirty: Set<string>;
}

/** Paths of a record that change, by kind. */
export const livePaths = {
  product: ['name', 'group'],
  customer: ['name', 'industry', 'address.city', 'phone', 'blocks.order', 'credit.limit', 'credit.riskClass'],
  'sales-area': ['paymentTerms', 'incoterms', 'blocks.order'],
  order: ['net', 'purchaseOrder'],
  'order-item': ['quantity', 'rejection'],
} as const;
export type LiveKind = keyof typeof livePaths;

const facets = new Map<string, Facet>(
  (Object.keys(livePaths) as LiveKind[]).flatMap((kind) =>
    recordPaths[kind].map(({ path, facet }) => [`${kind} ${path}`, facet] as const),
  ),
);

/** The facet of a path. */
export const facetOf = (kind: string, path: string): Facet => facets.get(`${kind} ${path}`) ?? 'master';

/** Whoever says this path of a record says whether SAP has deleted it. */
export const endPath = (kind: string): string =>
  kind === 'customer' || kind === 'sales-area' ? 'blocks.order' : livePaths[kind as LiveKind][0];

/** Changes of one record that say these paths, one for each facet. */
export function changesOf(record: SapRecord, paths: readonly string[], order: ChangeOrder): RecordChange[] {
  const { key, references, truth } = record;
  const said = Map.groupBy(paths, (path) => facetOf(key.kind, path));
  return [...said].map(([facet, ofFacet]) => {
    const fields: Record<string, FieldValue> = {};
    for (const path of ofFacet) fields[path] = truth.get(path) ?? null;
    if (facet === 'master') for (const [path, parent] of references) fields[path] = parent.id;
    // Deletion travels with one of the paths.
    const saysEnd = ofFacet.includes(endPath(key.kind));
    if (saysEnd) fields['isRemoved'] = record.isRemoved;
    const isRemoved = saysEnd && record.isRemoved;
    const parents = facet === 'master' ? [...new Map(references.map(([, it]) => [keyText(it), it])).values()] : [];
    return { key, facet, order, fields, isRemoved, parents };
  });
}

export interface DocumentParts {
  readonly kind: 'idoc' | 'change' | 'load';
  readonly sender: string;
  readonly number: string;
  readonly type: string;
  readonly atMs: number;
  readonly changes: readonly RecordChange[];
  /** Of a row: its identity, whatever its record says now. */
  readonly content?: string;
}

export function documentOf({ kind, sender, number, type, atMs, changes, content }: DocumentParts): ArrivedDocument {
  const text = content ?? JSON.stringify(changes);
  return {
    source: { kind, sender, number, type, createdAt: new Date(atMs).toISOString() },
    contentHash: createHash('sha256').update(text).digest('hex'),
    changes: [...changes],
  };
}

/** The order of what SAP says at that moment. */
export const orderAt = (atMs: number, number: string): ChangeOrder => orderOf(new Date(atMs).toISOString(), number);
