/** What a message type is made of: which tables it tells about, and how its segments are read from them. */
import type { Database } from '../../tables/database.ts';
import type { TableRow } from '../../tables/table.ts';
import type { Segment } from '../segment.ts';

/** MSGFN: 003 deleted, 004 changed, 005 sent on request, 009 created, 018 sent along unchanged. */
export type MessageFunction = '003' | '004' | '005' | '009' | '018';

/** What the change pointers behind an IDoc say of single rows. */
export interface Touched {
  functionOf(table: string, row: TableRow): MessageFunction;
  /** Rows that are gone: all that is left of them is their key. */
  deletedFrom(table: string): readonly TableRow[];
}

/** What a build reads from. */
export interface BuildContext {
  readonly database: Database;
  readonly touched: Touched;
  /** Whether credit data travel along with the customer. */
  readonly credit: boolean;
}

/** Field names by table, `*` for all; KEY stands for rows that come and go, as in BD52. */
export type RelevantFields = Readonly<Record<string, '*' | readonly string[]>>;

/** Master data: collected by change pointers. */
export interface MasterMessage {
  readonly kind: 'master';
  readonly basicType: string;
  readonly relevant: RelevantFields;
  /** The objects a row belongs to. */
  keysOf(database: Database, table: string, row: TableRow): readonly string[];
  /** Every object there is, for BD12 and its like. */
  allKeys(database: Database): Iterable<string>;
  /** Undefined when there is no such object. */
  build(context: BuildContext, key: string): readonly Segment[] | undefined;
}

export type OutputEvent = 'creation' | 'change' | 'goods-issue';

/** Documents: sent by output control. */
export interface DocumentMessage {
  readonly kind: 'document';
  readonly basicType: string;
  /** The table of headers; the tables of what hangs below by the same document number. */
  readonly header: string;
  readonly parts: readonly string[];
  readonly events: readonly OutputEvent[];
  allKeys(database: Database): Iterable<string>;
  build(context: BuildContext, key: string): readonly Segment[] | undefined;
}

export type Message = MasterMessage | DocumentMessage;

/** For IDocs that somebody asked for: nothing is gone, everything has the same function. */
export const asRequested: Touched = { functionOf: () => '005', deletedFrom: () => [] };
