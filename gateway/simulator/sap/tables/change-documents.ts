/** Change documents (CDHDR, CDPOS): who changed which field of a customer or of its credit data, and when. */
import type { Change, Database } from './database.ts';
import type { TableRow } from './table.ts';

/** Who makes a unit of work, and when by the clock of the server. */
export interface Author {
  readonly user: string;
  readonly date: string;
  readonly time: string;
}

/** Change document objects by table; a table that is not listed leaves none. */
const objects: Readonly<Record<string, string>> = {
  ...{ KNA1: 'DEBI', KNB1: 'DEBI', KNVV: 'DEBI', KNVP: 'DEBI', KNVI: 'DEBI', KNVK: 'DEBI' },
  ...{ KNKA: 'KLIM', KNKK: 'KLIM' },
};
/** SAP's word for the line of a row that came or went. */
const wholeRow = 'KEY';
const indicators = { insert: 'I', update: 'U', delete: 'D' } as const;

interface Line {
  readonly table: string;
  readonly key: string;
  readonly field: string;
  readonly indicator: string;
  readonly was: string | undefined;
  readonly is: string | undefined;
}

export class ChangeDocuments {
  readonly #database: Database;
  #last: bigint | undefined;

  constructor(database: Database) {
    this.#database = database;
  }

  /** The rows that document these changes; to be committed together with them. */
  describe(changes: readonly Change[], author: Author): readonly Change[] {
    const documents = new Map<string, { readonly object: string; readonly id: string; readonly lines: Line[] }>();
    for (const change of changes) {
      const object = objects[change.table];
      const id = change.row.KUNNR;
      if (object === undefined || id === undefined) continue;
      const lines = this.#linesOf(change);
      if (lines.length === 0) continue;
      const document = documents.get(`${object} ${id}`) ?? { object, id, lines: [] };
      document.lines.push(...lines);
      documents.set(`${object} ${id}`, document);
    }
    return [...documents.values()].flatMap(({ object, id, lines }) => this.#rows(object, id, lines, author));
  }

  #linesOf({ kind, table: name, row }: Change): readonly Line[] {
    const table = this.#database.table(name);
    const key = table.keyFields
      .map((field) => row[field] ?? '')
      .join('')
      .slice(0, 70);
    const base = { table: name, key, indicator: indicators[kind] };
    if (kind !== 'update') return [{ ...base, field: wholeRow, was: undefined, is: undefined }];
    const before: TableRow = table.get(row) ?? {};
    const fields = new Set([...Object.keys(before), ...Object.keys(row)]);
    return [...fields]
      .filter((field) => before[field] !== row[field])
      .map((field) => ({ ...base, field, was: before[field], is: row[field] }));
  }

  #rows(object: string, id: string, lines: readonly Line[], author: Author): readonly Change[] {
    const head = { OBJECTCLAS: object, OBJECTID: id, CHANGENR: this.#nextNumber() };
    const header: Change = {
      kind: 'insert',
      table: 'CDHDR',
      row: { ...head, USERNAME: author.user, UDATE: author.date, UTIME: author.time },
    };
    return [header, ...lines.map((line) => toPosition(head, line))];
  }

  #nextNumber(): string {
    this.#last ??= highest(this.#database.table('CDHDR').rows());
    this.#last += 1n;
    return this.#last.toString().padStart(10, '0');
  }
}

function toPosition(head: TableRow, { table, key, field, indicator, was, is }: Line): Change {
  return {
    kind: 'insert',
    table: 'CDPOS',
    row: {
      ...head,
      TABNAME: table,
      TABKEY: key,
      FNAME: field,
      CHNGIND: indicator,
      ...(is === undefined ? {} : { VALUE_NEW: is.slice(0, 254) }),
      ...(was === undefined ? {} : { VALUE_OLD: was.slice(0, 254) }),
    },
  };
}

function highest(rows: Iterable<TableRow>): bigint {
  let last = 0n;
  for (const { CHANGENR = '0' } of rows) if (/^\d+$/.test(CHANGENR) && BigInt(CHANGENR) > last) last = BigInt(CHANGENR);
  return last;
}
