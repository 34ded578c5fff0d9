/** Output control (NAST): which documents a unit of work created or changed, and whether that is sent. */
import type { TableRow } from '../tables/table.ts';
import type { ChangePointer, Committed } from './change-pointers.ts';
import type { DocumentMessage, OutputEvent } from './messages/message.ts';

/** A document that has to be sent, with the changes that its IDoc shows. */
export interface Output {
  readonly key: string;
  readonly changes: readonly Pick<ChangePointer, 'table' | 'row' | 'rowKey' | 'kind'>[];
}

/** What happened to one document. A new one was not changed, whatever else hangs below it. */
function eventsOf({ header }: DocumentMessage, committed: readonly Committed[]): ReadonlySet<OutputEvent> {
  const ofHeader = committed.filter(({ change }) => change.table === header);
  if (ofHeader.some(({ change }) => change.kind === 'delete')) return new Set();
  const isNew = ofHeader.some(({ change }) => change.kind === 'insert');
  const isIssued = ofHeader.some(
    ({ change, before }) => change.row.WADAT_IST !== undefined && before.WADAT_IST === undefined,
  );
  return new Set([isNew ? 'creation' : 'change', ...(isIssued ? ['goods-issue' as const] : [])]);
}

/** The documents of one unit of work that are sent, each once. */
export function outputsOf(
  message: DocumentMessage,
  events: readonly OutputEvent[],
  committed: readonly Committed[],
  keyOf: (table: string, row: TableRow) => string,
): readonly Output[] {
  const tables = new Set([message.header, ...message.parts]);
  const relevant = committed.filter(({ change }) => tables.has(change.table) && change.row.VBELN !== undefined);
  const outputs: Output[] = [];
  for (const [key, own] of Map.groupBy(relevant, ({ change }) => change.row.VBELN ?? '')) {
    const happened = eventsOf(message, own);
    if (!events.some((event) => happened.has(event))) continue;
    const changes = own.map(({ change: { table, kind, row }, before }) => {
      const last = kind === 'delete' ? before : row;
      return { table, kind, row: last, rowKey: keyOf(table, last) };
    });
    outputs.push({ key, changes });
  }
  return outputs;
}
