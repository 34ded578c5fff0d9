/** Reduced message types (BD53): only some segments, and of them only some fields. */
import { createSegment } from './segment.ts';
import type { Segment } from './segment.ts';

export interface Reduction {
  readonly segments: Readonly<Record<string, '*' | readonly string[]>>;
  readonly notSent: 'omit' | 'slash';
}

/** What identifies a segment is mandatory in BD53 and cannot be taken out. */
const mandatory: Readonly<Record<string, readonly string[]>> = {
  E1KNA1M: ['KUNNR'],
  E1KNVVM: ['VKORG', 'VTWEG', 'SPART'],
  E1KNVPM: ['PARVW', 'PARZA', 'KUNN2'],
  E1KNVIM: ['ALAND', 'TATYP'],
  E1KNB1M: ['BUKRS'],
  E1KNBKM: ['BANKS', 'BANKL', 'BANKN'],
  E1KNVKM: ['PARNR'],
  E1KNKKM: ['KKBER'],
  E1MARAM: ['MATNR'],
  E1MAKTM: ['SPRAS', 'SPRAS_ISO'],
  E1MARCM: ['WERKS'],
  E1MARDM: ['LGORT'],
  E1MARMM: ['MEINH'],
  E1MVKEM: ['VKORG', 'VTWEG'],
  E1MLANM: ['ALAND'],
  E1ADRMAS: ['OBJ_TYPE', 'OBJ_ID', 'CONTEXT'],
};
/** In a field that is not sent. */
const noData = '/';

function reduceFields(segment: Segment, fields: '*' | readonly string[], notSent: Reduction['notSent']): Segment {
  const keys = mandatory[segment.layout.type] ?? [];
  const isSent = (name: string): boolean =>
    fields === '*' || name === 'MSGFN' || keys.includes(name) || fields.includes(name);
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
  return [reduceFields({ ...segment, children }, fields, reduction.notSent)];
}
