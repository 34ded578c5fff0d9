/**
 * What the waiting changes of one record still have to say, by facet: of what is older than Salesforce has, only the paths that nothing
 * newer has said.
 */
import { recordPaths } from '../model/index.ts';
import type { ChangeOrder, Facet, FieldValue, RecordFields, RecordKind } from '../model/index.ts';
import type { PathOrders, QueuedChange, WaitingRecord } from '../ports/index.ts';

/** A change without what newer ones have said already. */
interface Saying {
  readonly change: QueuedChange;
  readonly fields: RecordFields;
  /** Whether SAP has deleted the record; undefined where nothing is said of it, or something newer was. */
  readonly isRemoved: boolean | undefined;
}

/** What is written of one facet, and the changes it is made of. */
export interface FacetPart {
  readonly facet: Facet;
  /** Of the newest, also of those that were delivered before: what comes late is written under it. */
  readonly order: ChangeOrder;
  /** Oldest first. */
  readonly sayings: readonly Saying[];
}

type Standing = Pick<WaitingRecord, 'applied' | 'appliedPaths'>;

/** How a whole facet is called among the orders of paths. */
export const wholeFacet = (facet: Facet): string => `*${facet}`;

/** What is left to be written, and the changes of which nothing is. */
export function partsOf(record: WaitingRecord): {
  readonly parts: readonly FacetPart[];
  readonly older: readonly QueuedChange[];
} {
  const sayings = record.changes.map((change) => sayingOf(change, record));
  const isOver = ({ change, fields, isRemoved }: Saying): boolean =>
    isOlder(change, record) && isRemoved === undefined && Object.keys(fields).length === 0;
  const byFacet = Map.groupBy(
    sayings.filter((saying) => !isOver(saying)).toSorted(oldestFirst),
    ({ change }) => change.facet,
  );
  const parts = [...byFacet].map(([facet, ofFacet]) => {
    const orders = [record.applied[facet] ?? [], ...ofFacet.map(({ change }) => change.order)].flat();
    return { facet, order: orders.reduce(laterOrder), sayings: ofFacet };
  });
  return { parts, older: sayings.filter(isOver).map(({ change }) => change) };
}

export const changesOf = ({ sayings }: FacetPart): readonly QueuedChange[] => sayings.map(({ change }) => change);

/** What stands after all of them: what is said later; what that leaves out stays. */
export function fieldsOf(parts: readonly FacetPart[], isRemoved: boolean): RecordFields {
  const merged: Record<string, FieldValue> = {};
  for (const { sayings } of parts) for (const { fields } of sayings) Object.assign(merged, fields);
  return Object.hasOwn(merged, removal) ? { ...merged, [removal]: isRemoved } : merged;
}

/** Whether the record is gone: who said it last decides, and between equals the facet to which it belongs. */
export function isRemovedBy(parts: readonly FacetPart[], kind: RecordKind): boolean {
  const own = recordPaths[kind].find(({ path }) => path === removal)?.facet ?? 'master';
  const sayings = parts
    .flatMap((part) => part.sayings)
    .filter(({ isRemoved }) => isRemoved !== undefined)
    .toSorted(oldestFirst);
  const newest = sayings.at(-1);
  const equals = sayings.filter(({ change }) => change.order === newest?.change.order);
  const decisive = equals.findLast(({ change }) => change.facet === own) ?? newest;
  return decisive?.isRemoved ?? false;
}

/** In which order they say each of their paths. */
export function pathOrdersOf(parts: readonly FacetPart[]): PathOrders {
  const orders: Record<string, ChangeOrder> = {};
  for (const { change, fields, isRemoved } of parts.flatMap(({ sayings }) => sayings).toSorted(oldestFirst)) {
    for (const path of Object.keys(fields)) orders[path] = change.order;
    if (isRemoved !== undefined) orders[removal] = change.order;
  }
  return orders;
}

/** Its path: a change may say it without a field, by its flag. */
const removal = 'isRemoved';

function sayingOf(change: QueuedChange, record: Standing): Saying {
  const { fields } = change;
  const isSaid = change.isRemoved || Object.hasOwn(fields, removal);
  const isLeft = (path: string): boolean => !wasSaidLater(path, change, record);
  const isRemoved = isSaid && isLeft(removal) ? change.isRemoved : undefined;
  const left = isOlder(change, record)
    ? Object.fromEntries(Object.entries(fields).filter(([path]) => isLeft(path)))
    : without(fields, isRemoved === undefined ? removal : undefined);
  return { change, fields: left, isRemoved };
}

const isOlder = ({ facet, order }: QueuedChange, { applied }: Standing): boolean => order < (applied[facet] ?? '');

/** A path that nobody is known to have said was not said, unless others than this queue have written the facet. */
function wasSaidLater(path: string, change: QueuedChange, { applied, appliedPaths }: Standing): boolean {
  const byOthers = isOlder(change, { applied, appliedPaths }) ? appliedPaths[wholeFacet(change.facet)] : undefined;
  return change.order < (byOthers ?? '') || change.order < (appliedPaths[path] ?? '');
}

function without(fields: RecordFields, path: string | undefined): RecordFields {
  if (path === undefined || !Object.hasOwn(fields, path)) return fields;
  const { [path]: _, ...rest } = fields;
  return rest;
}

const laterOrder = (one: ChangeOrder, other: ChangeOrder): ChangeOrder => (one < other ? other : one);

/** Between equal orders our position decides: what arrived later was said later. */
function oldestFirst({ change: one }: Saying, { change: other }: Saying): number {
  if (one.order === other.order) return one.position - other.position;
  return one.order < other.order ? -1 : 1;
}
