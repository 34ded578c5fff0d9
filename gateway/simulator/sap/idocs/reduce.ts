/** Reduced message types (BD53): only some segments, and of them only some fields. */
import { createSegment } from './segment.ts';
import type { Segment } from './segment.ts';

export interface Reduction {
  readonly segments: Readonly<Record<string, '*' | readonly string[]>>;
  readonly notSent: 'omit' | 'slash';
}

/** What identifies a segment is mandatory in BD53 and cannot be taken out. */
const mandatory = new Set([
  ...[
    'MSGFN',
    'KUNNR',
    'MATNR',
    'VKORG',
    'VTWEG',
    'SPART',
    'PARVW',
    'PARZA',
    'BUKRS',
    'PARNR',
    'KKBER',
    'ALAND',
    'TATYP',
  ],
  ...['SPRAS', 'WERKS', 'LGORT', 'MEINH', 'BANKS', 'BANKL', 'BANKN', 'OBJ_TYPE', 'OBJ_ID', 'CONTEXT', 'KAPPL', 'KSCHL'],
]);
/** In a field that is not sent. */
const noData = '/';

function reduceFields(segment: Segment, fields: readonly string[], notSent: Reduction['notSent']): Segment {
  const isRoot = /^E1(?:KNA1M|MARAM|KOMG|ADRMAS)$/.test(segment.layout.type);
  // KUNNR and MATNR name an object only where they begin it; SPRAS is a key of texts alone.
  const isKey = (name: string): boolean => mandatory.has(name) && !(isRoot && name === 'SPRAS');
  const isSent = (name: string): boolean => isKey(name) || fields.includes(name);
  const names = segment.layout.fields.map(({ name }) => name);
  const values = names.map((name): readonly [string, string | undefined] => {
    if (isSent(name)) return [name, segment.values[name]];
    return [name, notSent === 'slash' ? noData : undefined];
  });
  // Where the absence of a field means "not sent", a blank field has to be seen.
  const cleared = notSent === 'omit' ? names.filter((name) => isSent(name) && segment.values[name] === undefined) : [];
  return { ...createSegment(segment.layout, Object.fromEntries(values), segment.children), cleared };
}

/** The first segment is always there; others only where the reduction names them. */
export function reduce(segments: Iterable<Segment>, reduction: Reduction): readonly Segment[] {
  return [...segments].flatMap((segment, index) => reduceOne(segment, reduction, index === 0));
}

function reduceOne(segment: Segment, reduction: Reduction, isRoot: boolean): readonly Segment[] {
  const fields = reduction.segments[segment.layout.type] ?? (isRoot ? [] : undefined);
  if (fields === undefined) return [];
  const children = [...segment.children].flatMap((child) => reduceOne(child, reduction, false));
  if (fields === '*') return [{ ...segment, children }];
  return [reduceFields({ ...segment, children }, fields, reduction.notSent)];
}
