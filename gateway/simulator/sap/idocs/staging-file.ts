/** A background job that writes master data into one file: rows as tables have them, of any number, without memory. */
import { open, rename } from 'node:fs/promises';
import type { Database } from '../tables/database.ts';
import type { TableRow } from '../tables/table.ts';
import { generateObjects } from './generated-rows.ts';
import type { ObjectRows, StagingKind } from './generated-rows.ts';

export interface StagingOrder {
  readonly kind: StagingKind;
  readonly file: string;
  /** So many made-up objects; those of the tables unless given. */
  readonly generated?: number | undefined;
}

export interface StagingHead {
  readonly logicalSystem: string;
  readonly client: string;
  /** UTC, `YYYYMMDDHHMMSS`. */
  readonly createdAt: string;
}

/** The table of the object, then those that hang below it by its number. */
const tablesOf: Readonly<Record<StagingKind, { readonly key: string; readonly tables: readonly string[] }>> = {
  customers: { key: 'KUNNR', tables: ['KNA1', 'KNVV', 'KNB1', 'KNVP', 'KNVK', 'KNKK'] },
  materials: { key: 'MATNR', tables: ['MARA', 'MAKT', 'MVKE'] },
};

/** A write for each line would cost more than the line. */
const blockChars = 256 * 1024;

const escapes: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };
const escape = (value: string): string => value.replace(/[\\\t\n\r]/g, (it) => escapes[it] ?? it);

function* objectsOf(database: Database, kind: StagingKind): Generator<ObjectRows> {
  const { key, tables } = tablesOf[kind];
  const [first = '', ...others] = tables;
  for (const own of database.table(first).rows()) {
    const below = others.flatMap((table) =>
      database
        .table(table)
        .where([key], [own[key] ?? ''])
        .map((row) => ({ table, row })),
    );
    yield [{ table: first, row: own }, ...below];
  }
}

class StagingLines {
  readonly #columns = new Map<string, readonly string[]>();
  #objects = 0;
  #lines = 0;

  constructor(database: Database, kind: StagingKind) {
    for (const table of tablesOf[kind].tables) {
      const fields = database.table(table).structure.fields.filter((it) => it.ddicType !== 'CLNT');
      this.#columns.set(
        table,
        fields.map(({ name }) => name),
      );
    }
  }

  get objects(): number {
    return this.#objects;
  }

  *all(order: StagingOrder, head: StagingHead, objects: Iterable<ObjectRows>): Generator<string> {
    yield `${['#STAGING', '1', head.logicalSystem, head.client, order.kind, head.createdAt].join('\t')}\n`;
    for (const [table, names] of this.#columns) yield `#${table}\t${names.join('\t')}\n`;
    for (const rows of objects) {
      this.#objects += 1;
      for (const { table, row } of rows) {
        this.#lines += 1;
        yield this.#line(table, row);
      }
    }
    // Without this line the file is not whole.
    yield `#END\t${this.#objects}\t${this.#lines}\n`;
  }

  /** Most fields of a row are initial: only the others are worth a look. */
  #line(table: string, row: TableRow): string {
    let line = table;
    for (const name of this.#columns.get(table) ?? []) {
      const value = row[name];
      line += value === undefined ? '\t' : `\t${escape(value)}`;
    }
    return `${line}\n`;
  }
}

/** Writes the file under a temporary name, tells how many objects are in it by now, and renames it at the end. */
export async function writeStagingFile(
  database: Database,
  order: StagingOrder,
  head: StagingHead,
  progress: (objects: number) => void,
): Promise<number> {
  const { kind, file, generated } = order;
  const objects = generated === undefined ? objectsOf(database, kind) : generateObjects(kind, generated);
  const lines = new StagingLines(database, kind);
  const out = await open(`${file}.tmp`, 'w');
  try {
    let block = '';
    for (const line of lines.all(order, head, objects)) {
      block += line;
      if (block.length < blockChars) continue;
      await out.write(block);
      block = '';
      progress(lines.objects);
    }
    await out.write(block);
  } finally {
    await out.close();
  }
  await rename(`${file}.tmp`, file);
  progress(lines.objects);
  return lines.objects;
}
