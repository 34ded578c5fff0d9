/**
 * One record's waiting changes become one write: per facet by order, per path the newest that speaks about it.
 *
 * 1. A path that a newer change leaves out stays from the older one, whichever came first: reduced documents erase nothing, and what
 *    they left out is still written when the whole document comes late, under the newest order of its facet.
 * 2. What something newer has said is never written again. Where others than this queue are known to have written a facet (the org
 *    had newer), nobody knows which paths they said: all of them count as said until then, and what is older is dropped.
 * 3. An order that was delivered before is a repeat: it is written again and changes nothing.
 * 4. An echo is what was written last, said once more. It is dropped only within `echoWindowMs` of SAP's time, and never where it
 *    comes from a load: who sends a record again after that wants Salesforce put right.
 */
import { createHash } from 'node:crypto';
import { keyText } from '../model/index.ts';
import type { ChangeOrder, Facet, RecordFields, RecordKey } from '../model/index.ts';
import type { PathOrders, QueuedChange, RecordWrite, Settlement, WaitingRecord } from '../ports/index.ts';
import { changesOf, fieldsOf, isRemovedBy, partsOf, pathOrdersOf, wholeFacet } from './facet-parts.ts';
import type { FacetPart } from './facet-parts.ts';

/** Change pointers are turned into documents every few minutes, so our own change is back within a quarter of an hour. */
export const echoWindowMs = 15 * 60_000;

/** A record that shall be written, and what of it is over already; both are settled together. */
export interface PlannedWrite {
  readonly record: WaitingRecord;
  readonly parts: readonly FacetPart[];
  readonly write: RecordWrite;
  /** In which order it says each path, for what comes late. */
  readonly pathOrders: PathOrders;
  /** Of what is written, for the next echo. */
  readonly hash: string;
  /** Records that must be in Salesforce first. */
  readonly parents: readonly RecordKey[];
  readonly ended: readonly Settlement[];
}

/** What is to be done about a record: everything is over, or the rest is to be written. */
export type Plan = { readonly ended: readonly Settlement[] } | { readonly planned: PlannedWrite };

/** Plans one record's turn. */
export function planRecord(record: WaitingRecord): Plan {
  const { parts, older } = partsOf(record);
  const ended: readonly Settlement[] = older.length === 0 ? [] : [skipOlder(record.key, older)];
  const planned = planParts(record, parts, ended);
  if (planned === undefined) return { ended };
  return unlessEcho(planned);
}

/** The same without facets of which the org has newer, said by others until then: what is left is written, or everything is over. */
export function withoutFacets(planned: PlannedWrite, facets: readonly Facet[], until: ChangeOrder): Plan {
  const isGone = ({ facet }: FacetPart): boolean => facets.includes(facet);
  const gone = planned.parts.filter(isGone).flatMap(changesOf);
  const byOthers = Object.fromEntries(facets.map((facet) => [wholeFacet(facet), until]));
  const ended = gone.length === 0 ? planned.ended : [...planned.ended, skipOlder(planned.record.key, gone, byOthers)];
  const left = planParts(
    planned.record,
    planned.parts.filter((part) => !isGone(part)),
    ended,
  );
  return left === undefined ? { ended } : unlessEcho(left);
}

/** Our positions of the changes that a write is made of. */
export const positionsOf = ({ parts }: Pick<PlannedWrite, 'parts'>): readonly number[] =>
  parts.flatMap(changesOf).map(({ position }) => position);

/** The customer whose panels show the record: itself, or the one it refers to. */
export function customerOf({ key, fields }: RecordWrite): RecordKey | undefined {
  if (key.kind === 'customer') return key;
  const id = fields['customer'];
  return typeof id === 'string' && id !== '' ? { system: key.system, kind: 'customer', id } : undefined;
}

/** Blocks and credit: what a rep must know before promising anything; for them the last calls of a day are kept. */
export const isUrgent = ({ key, fields }: RecordWrite): boolean =>
  key.kind === 'customer' &&
  Object.keys(fields).some((path) => path.startsWith('blocks.') || path.startsWith('credit.'));

function planParts(
  record: WaitingRecord,
  parts: readonly FacetPart[],
  ended: readonly Settlement[],
): PlannedWrite | undefined {
  const newest = parts.flatMap(changesOf).reduce<QueuedChange | undefined>(newerOf, undefined);
  if (newest === undefined) return undefined;
  const isRemoved = isRemovedBy(parts, record.key.kind);
  const fields = fieldsOf(parts, isRemoved);
  const facets = Object.fromEntries(parts.map(({ facet, order }) => [facet, order]));
  return {
    record,
    parts,
    write: { key: record.key, fields, facets, isRemoved, source: newest.source },
    pathOrders: pathOrdersOf(parts),
    hash: hashOf(fields, isRemoved),
    parents: parentsOf(parts),
    ended,
  };
}

/** Between equal orders the later position. */
const newerOf = (one: QueuedChange | undefined, other: QueuedChange): QueuedChange =>
  one === undefined || one.order < other.order || (one.order === other.order && one.position < other.position)
    ? other
    : one;

function parentsOf(parts: readonly FacetPart[]): readonly RecordKey[] {
  const all = parts.flatMap(changesOf).flatMap(({ parents }) => parents);
  return [...new Map(all.map((parent) => [keyText(parent), parent])).values()];
}

/** Equal for equal paths and values, whatever order they came in. */
function hashOf(fields: RecordFields, isRemoved: boolean): string {
  const entries = Object.entries(fields).toSorted(([one], [other]) => (one < other ? -1 : 1));
  return createHash('sha256')
    .update(JSON.stringify([entries, isRemoved]))
    .digest('base64url');
}

const instantOf = (order: ChangeOrder): number => Date.parse(order.slice(0, order.indexOf('#')));

/** What would say once more what Salesforce has is over. */
const unlessEcho = (planned: PlannedWrite): Plan =>
  isEcho(planned) ? { ended: [...planned.ended, skipEcho(planned)] } : { planned };

function isEcho({ record, parts, hash }: PlannedWrite): boolean {
  if (record.written !== hash) return false;
  return parts.every((part) => {
    const { facet, order } = part;
    const known = record.applied[facet];
    if (known === undefined || changesOf(part).some(({ source }) => source.kind === 'load')) return false;
    return instantOf(order) - instantOf(known) <= echoWindowMs;
  });
}

function skipOlder(key: RecordKey, changes: readonly QueuedChange[], appliedPaths: PathOrders = {}): Settlement {
  const positions = changes.map(({ position }) => position);
  const reason = 'Salesforce has newer data of this kind';
  return { key, positions, ended: 'skipped', why: 'older', reason, appliedPaths };
}

function skipEcho(planned: PlannedWrite): Settlement {
  const { key, facets: applied } = planned.write;
  const reason = 'Salesforce has exactly this';
  return {
    key,
    positions: positionsOf(planned),
    ended: 'skipped',
    why: 'echo',
    reason,
    applied,
    appliedPaths: planned.pathOrders,
  };
}
