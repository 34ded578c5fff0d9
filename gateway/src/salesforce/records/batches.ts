/** Rows put into collections and calls: parents first, neighbours together, no external id twice in one collection. */
import { keyText, recordKindsInOrder } from '../../model/index.ts';
import type { RecordKind } from '../../model/index.ts';
import { maxCollections } from './composite-call.ts';
import { namesOneOf } from './rows.ts';
import type { Row } from './rows.ts';
import type { Target } from './targets.ts';

/** Salesforce's own limit of one collection, and one chunk of its triggers. */
export const maxCollectionRows = 200;

/** A row with its place in the question. */
export interface PlacedRow extends Row {
  readonly place: number;
}

export interface Collection {
  readonly target: Target;
  readonly rows: readonly PlacedRow[];
  /** Must not be part of a composite call, which would take `@{...}` in its texts for references to other parts. */
  readonly isAlone: boolean;
}

/** Collections in the order in which they are to be written, as many in each call as fit. */
export function toCalls(
  rows: ReadonlyMap<RecordKind, { readonly target: Target; readonly rows: readonly PlacedRow[] }>,
): readonly (readonly Collection[])[] {
  const collections = recordKindsInOrder.flatMap((kind) => {
    const group = rows.get(kind);
    return group === undefined ? [] : toCollections(group.target, group.rows);
  });
  return packed(collections);
}

function packed(collections: readonly Collection[]): readonly (readonly Collection[])[] {
  const calls: Collection[][] = [];
  for (const collection of collections) {
    const last = calls.at(-1);
    const hasRoom = last !== undefined && last.length < maxCollections && last[0]?.isAlone === false;
    if (hasRoom && !collection.isAlone) last.push(collection);
    else calls.push([collection]);
  }
  return calls;
}

function toCollections(target: Target, rows: readonly PlacedRow[]): readonly Collection[] {
  return wavesOf(rows).flatMap((wave) =>
    [false, true].flatMap((isAlone) => {
      const those = wave.filter((row) => looksLikeReference(row) === isAlone).toSorted(byParent);
      return piecesOf(those, maxCollectionRows).map((piece) => ({ target, rows: piece, isAlone }));
    }),
  );
}

const looksLikeReference = ({ externalId, cells }: Row): boolean =>
  externalId.includes('@{') ||
  [...cells.values()].some((cell) => {
    if (cell.is === 'text') return cell.text.includes('@{');
    return cell.is === 'reference' && cell.externalId.includes('@{');
  });

/** What must come after something else of the same kind: a second write of one record, and a row that names another one. */
function wavesOf(rows: readonly PlacedRow[]): readonly (readonly PlacedRow[])[] {
  const keys = new Set(rows.map(({ key }) => keyText(key)));
  const last = new Map<string, number>();
  const waves = new Map<number, PlacedRow[]>();
  for (const row of rows) {
    // External ids know no case.
    const id = row.externalId.toLowerCase();
    const wave = (last.get(id) ?? (namesOneOf(row, keys) ? 0 : -1)) + 1;
    last.set(id, wave);
    const those = waves.get(wave);
    if (those === undefined) waves.set(wave, [row]);
    else those.push(row);
  }
  return [...waves].toSorted(([a], [b]) => a - b).map(([, wave]) => wave);
}

type Sorted = Pick<Row, 'sortKey'>;

/** Rows of one parent next to each other: they lock it together. */
export const byParent = (a: Sorted, b: Sorted): number => (a.sortKey < b.sortKey ? -1 : Number(a.sortKey > b.sortKey));

function piecesOf<Thing>(things: readonly Thing[], size: number): readonly (readonly Thing[])[] {
  return Array.from({ length: Math.ceil(things.length / size) }, (_, index) =>
    things.slice(index * size, (index + 1) * size),
  );
}
