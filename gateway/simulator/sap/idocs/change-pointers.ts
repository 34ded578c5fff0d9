/** Change pointers (BDCP2): what was changed of which object, kept for each message type until a job has read them. */
import type { Change, Database } from '../tables/database.ts';
import type { TableRow } from '../tables/table.ts';
import type { RecordEntry } from './ale-journal.ts';
import type { MasterMessage, MessageFunction, RelevantFields, Touched } from './messages/message.ts';

export interface ChangePointer {
  readonly messageType: string;
  readonly key: string;
  readonly table: string;
  readonly row: TableRow;
  readonly rowKey: string;
  readonly kind: Change['kind'];
  /** KEY for a row that came or went. */
  readonly fields: readonly string[];
  readonly date: string;
  readonly time: string;
}

/** The fields of a change that are relevant for a message type. */
function relevantOf(change: Change, before: TableRow, relevant: RelevantFields): readonly string[] {
  const wanted = relevant[change.table];
  if (wanted === undefined) return [];
  const changed =
    change.kind === 'update'
      ? [...new Set([...Object.keys(before), ...Object.keys(change.row)])].filter((it) => before[it] !== change.row[it])
      : ['KEY'];
  return wanted === '*' ? changed : changed.filter((field) => wanted.includes(field));
}

/** A change, and the row before it (empty where there was none). */
export interface Committed {
  readonly change: Change;
  readonly before: TableRow;
}

/** Brings changes together with what they replaced. */
export function committedChanges(changes: readonly Change[], inverses: readonly Change[]): readonly Committed[] {
  return changes.map((change, index) => ({
    change,
    before: change.kind === 'insert' ? {} : (inverses[index]?.row ?? {}),
  }));
}

/** For which message type pointers are written, of which fields, and when. */
export interface PointerRule {
  readonly messageType: string;
  readonly message: MasterMessage;
  readonly relevant: RelevantFields;
  readonly at: { readonly date: string; readonly time: string };
}

export class ChangePointers {
  readonly #database: Database;
  readonly #record: RecordEntry;
  /** By message type, then object: what a job reads together. Changes of one row are one pointer, so data bound the size. */
  readonly #open = new Map<string, Map<string, Map<string, ChangePointer>>>();
  #written = 0;

  constructor(database: Database, record: RecordEntry) {
    this.#database = database;
    this.#record = record;
  }

  /** Pointers that were ever written. */
  get written(): number {
    return this.#written;
  }

  /** Writes what one committed change means for a message type. */
  write({ messageType, message, relevant, at }: PointerRule, { change, before }: Committed): void {
    const fields = relevantOf(change, before, relevant);
    if (fields.length === 0) return;
    const { table, kind } = change;
    const row = kind === 'delete' ? before : change.row;
    const rowKey = this.#database.table(table).keyOf(row);
    for (const key of message.keysOf(this.#database, table, row)) {
      const pointer = { messageType, key, table, row, rowKey, kind, fields, ...at };
      this.#record({ kind: 'pointer', pointer });
      this.add(pointer);
    }
  }

  /** Adds one to those that wait; several of one row are one. */
  add(pointer: ChangePointer): void {
    const { messageType, key, table, rowKey, kind, fields } = pointer;
    this.#written += 1;
    const objects = this.#open.get(messageType) ?? new Map<string, Map<string, ChangePointer>>();
    const pointers = objects.get(key) ?? new Map<string, ChangePointer>();
    const name = `${table} ${rowKey}`;
    const earlier = pointers.get(name);
    const merged = earlier === undefined ? kind : mergeKinds(earlier.kind, kind);
    pointers.set(name, { ...pointer, kind: merged, fields: [...new Set([...(earlier?.fields ?? []), ...fields])] });
    objects.set(key, pointers);
    this.#open.set(messageType, objects);
  }

  /** What waits of a message type, by object in the order of their first change. */
  of(messageType: string): ReadonlyMap<string, readonly ChangePointer[]> {
    const objects = this.#open.get(messageType) ?? [];
    return new Map([...objects].map(([key, pointers]) => [key, [...pointers.values()]]));
  }

  /** Marks the pointers of a message type as processed; after their IDocs are made, so that a crash repeats, not loses. */
  process(messageType: string): void {
    if (this.#open.delete(messageType)) this.#record({ kind: 'processed', messageType });
  }

  /** What waits for a job. */
  list(): readonly ChangePointer[] {
    return [...this.#open.values()].flatMap((objects) =>
      [...objects.values()].flatMap((pointers) => [...pointers.values()]),
    );
  }
}

/** Created and then changed is created; deleted and created again is changed. */
function mergeKinds(earlier: Change['kind'], later: Change['kind']): Change['kind'] {
  if (earlier === 'insert' && later === 'update') return 'insert';
  if (earlier === 'delete' && later === 'insert') return 'update';
  return later;
}

const functions: Readonly<Record<Change['kind'], MessageFunction>> = { insert: '009', update: '004', delete: '003' };

/** What pointers say of single rows; rows without one travel along. */
export function touchedBy(
  database: Database,
  pointers: readonly Pick<ChangePointer, 'table' | 'row' | 'rowKey' | 'kind'>[],
): Touched {
  const byRow = new Map(pointers.map((it) => [`${it.table} ${it.rowKey}`, it]));
  return {
    functionOf: (table, row) => {
      const pointer = byRow.get(`${table} ${database.table(table).keyOf(row)}`);
      return pointer === undefined ? '018' : functions[pointer.kind];
    },
    deletedFrom: (table) => pointers.filter((it) => it.table === table && it.kind === 'delete').map((it) => it.row),
  };
}
