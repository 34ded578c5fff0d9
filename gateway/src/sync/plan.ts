/**
 * One record's waiting changes become one write: per facet by order, per path the newest that speaks about it.
 *
 * 1. Among what waits, a path that a newer change leaves out stays from the older one: reduced documents erase nothing.
 * 2. What is older than what was delivered of its facet is dropped whole, even paths that the newer one left out: after delivery
 *    only the order of the facet is known, not of each path, and an old value may never stand over a newer one.
 * 3. An order that was delivered before is a repeat: it is written again and changes nothing.
 * 4. An echo is what was written last, said once more. It is dropped only within `echoWindowMs` of SAP's time, and never where it
 *    comes from a load: who sends a record again after that wants Salesforce put right.
 */
import { createHash } from 'node:crypto';
import { keyText, recordPaths } from '../model/index.ts';
import type { ChangeOrder, Facet, FieldValue, RecordFields, RecordKey, RecordKind } from '../model/index.ts';
import type { QueuedChange, RecordWrite, Settlement, WaitingRecord } from '../ports/index.ts';

/** Change pointers are turned into documents every few minutes, so our own change is back within a quarter of an hour. */
export const echoWindowMs = 15 * 60_000;

/** What is written of one facet, and the changes it is made of. */
export interface FacetPart {
  readonly facet: Facet;
  /** Of the newest. */
  readonly order: ChangeOrder;
  readonly fields: RecordFields;
  readonly isRemoved: boolean;
  readonly changes: readonly QueuedChange[];
}

/** A record that shall be written, and what of it is over already; both are settled together. */
export interface PlannedWrite {
  readonly record: WaitingRecord;
  readonly parts: readonly FacetPart[];
  readonly write: RecordWrite;
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
  const { key, applied } = record;
  const isOlder = ({ facet, order }: QueuedChange): boolean => {
    const known = applied[facet];
    return known !== undefined && order < known;
  };
  const older = record.changes.filter(isOlder);
  const ended: readonly Settlement[] = older.length === 0 ? [] : [skipOlder(key, older)];
  const planned = planParts(record, partsOf(record.changes.filter((change) => !isOlder(change))), ended);
  if (planned === undefined) return { ended };
  return isEcho(planned) ? { ended: [...ended, skipEcho(planned)] } : { planned };
}

/** The same without facets of which the org has newer: what is left is written, or everything is over. */
export function withoutFacets(planned: PlannedWrite, facets: readonly Facet[]): Plan {
  const isGone = ({ facet }: FacetPart): boolean => facets.includes(facet);
  const gone = planned.parts.filter(isGone).flatMap(({ changes }) => changes);
  const ended = gone.length === 0 ? planned.ended : [...planned.ended, skipOlder(planned.record.key, gone)];
  const left = planParts(
    planned.record,
    planned.parts.filter((part) => !isGone(part)),
    ended,
  );
  return left === undefined ? { ended } : { planned: left };
}

/** Our positions of the changes that a write is made of. */
export const positionsOf = ({ parts }: Pick<PlannedWrite, 'parts'>): readonly number[] =>
  parts.flatMap(({ changes }) => changes.map(({ position }) => position));

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

function partsOf(changes: readonly QueuedChange[]): readonly FacetPart[] {
  const byFacet = Map.groupBy(changes, ({ facet }) => facet);
  return [...byFacet]
    .map(([facet, ofFacet]) => {
      const sorted = ofFacet.toSorted(oldestFirst);
      const newest = sorted.at(-1);
      const fields = merged(sorted.map((change) => change.fields));
      return newest === undefined
        ? []
        : [{ facet, order: newest.order, fields, isRemoved: newest.isRemoved, changes: sorted }];
    })
    .flat();
}

/** What is said later stands; what it leaves out stays. */
const merged = (all: readonly RecordFields[]): RecordFields =>
  all.reduce<Record<string, FieldValue>>((known, fields) => Object.assign(known, fields), {});

/** Between equal orders our position decides: what arrived later was said later. */
function oldestFirst(one: QueuedChange, other: QueuedChange): number {
  if (one.order === other.order) return one.position - other.position;
  return one.order < other.order ? -1 : 1;
}

function planParts(
  record: WaitingRecord,
  parts: readonly FacetPart[],
  ended: readonly Settlement[],
): PlannedWrite | undefined {
  const newest = parts
    .flatMap(({ changes }) => changes)
    .toSorted(oldestFirst)
    .at(-1);
  if (newest === undefined) return undefined;
  const fields = merged(parts.map((part) => part.fields));
  // Whether a record is gone is said by one facet; where that does not speak, by whoever says that it is.
  const speaker = parts.find(({ facet }) => facet === removalFacetOf(record.key.kind));
  const isRemoved = speaker === undefined ? parts.some((part) => part.isRemoved) : speaker.isRemoved;
  const facets = Object.fromEntries(parts.map(({ facet, order }) => [facet, order]));
  return {
    record,
    parts,
    write: { key: record.key, fields, facets, isRemoved, source: newest.source },
    hash: hashOf(fields, isRemoved),
    parents: parentsOf(parts),
    ended,
  };
}

/** The facet that says whether SAP has deleted a record of this kind. */
const removalFacetOf = (kind: RecordKind): Facet =>
  recordPaths[kind].find(({ path }) => path === 'isRemoved')?.facet ?? 'master';

function parentsOf(parts: readonly FacetPart[]): readonly RecordKey[] {
  const all = parts.flatMap(({ changes }) => changes.flatMap(({ parents }) => parents));
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

function isEcho({ record, parts, hash }: PlannedWrite): boolean {
  if (record.written !== hash) return false;
  return parts.every(({ facet, order, changes }) => {
    const known = record.applied[facet];
    if (known === undefined || changes.some(({ source }) => source.kind === 'load')) return false;
    return instantOf(order) - instantOf(known) <= echoWindowMs;
  });
}

function skipOlder(key: RecordKey, changes: readonly QueuedChange[]): Settlement {
  const positions = changes.map(({ position }) => position);
  return { key, positions, ended: 'skipped', why: 'older', reason: 'Salesforce has newer data of this kind' };
}

function skipEcho(planned: PlannedWrite): Settlement {
  const { key, facets: applied } = planned.write;
  const reason = 'Salesforce has exactly this';
  return { key, positions: positionsOf(planned), ended: 'skipped', why: 'echo', reason, applied };
}
