/** SQLite behind the transpiled ABAP, so that the SELECT statements of the pack run; loaded by the transpiler's start-up. */
import { DatabaseSync } from 'node:sqlite';

interface Answer {
  readonly rows: readonly Readonly<Record<string, unknown>>[];
}
interface Count {
  readonly subrc: number;
  readonly dbcnt: number;
}

/** ABAP's SQL has its row limit before the order, no commas in it, and a tilde between table and column. */
function translate(select: string): string {
  const limit = /\bUP TO (\d+) ROWS\b/.exec(select)?.[1];
  const [body = '', order] = select.replace(/\bUP TO \d+ ROWS\b/, '').split(/\bORDER BY\b/);
  const columns = order?.trim().replaceAll(/\s+(?!(?:A|DE)SCENDING\b)/g, ', ');
  const ordered = columns === undefined ? '' : ` ORDER BY ${columns.replaceAll('SCENDING', 'SC')}`;
  const plain = body.replaceAll(/\b(\w)~(\w+)/g, '$1.$2');
  return `${plain}${ordered.replaceAll('~', '.')}${limit === undefined ? '' : ` LIMIT ${limit}`}`;
}

class Database {
  readonly name = 'sqlite';
  readonly #tables = new DatabaseSync(':memory:');

  connect(): Promise<void> {
    return Promise.resolve();
  }

  disconnect(): Promise<void> {
    return Promise.resolve();
  }

  execute(sql: string | readonly string[]): Promise<void> {
    for (const statement of [sql].flat()) this.#tables.exec(statement);
    return Promise.resolve();
  }

  commit(): Promise<void> {
    return Promise.resolve();
  }

  rollback(): Promise<void> {
    return Promise.resolve();
  }

  select(options: { readonly select: string }): Promise<Answer> {
    return Promise.resolve({ rows: this.#tables.prepare(translate(options.select)).all() });
  }

  insert(options: { table: string; columns: readonly string[]; values: readonly (string | number)[] }): Promise<Count> {
    const { table, columns, values } = options;
    const result = this.#tables.prepare(`INSERT OR IGNORE INTO ${table} (${columns.join()}) VALUES (${values.join()})`);
    const dbcnt = Number(result.run().changes);
    return Promise.resolve({ subrc: dbcnt === 1 ? 0 : 4, dbcnt });
  }

  delete(options: { readonly table: string; readonly where: string }): Promise<Count> {
    const where = options.where === '' ? '' : ` WHERE ${options.where}`;
    const dbcnt = Number(this.#tables.prepare(`DELETE FROM ${options.table}${where}`).run().changes);
    return Promise.resolve({ subrc: dbcnt === 0 ? 4 : 0, dbcnt });
  }
}

interface Runtime {
  readonly context: { readonly databaseConnections: Record<string, Database> };
}

/** Creates every table of the pack and of SAP that it is compiled against, empty. */
export async function openDatabase(abap: Runtime, schemas: { readonly sqlite: readonly string[] }): Promise<void> {
  const database = new Database();
  await database.execute(schemas.sqlite);
  abap.context.databaseConnections.DEFAULT = database;
}
