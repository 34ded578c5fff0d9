/** One row of a staging file: split once, and each value found when it is asked for. */
import { malformed } from './staging-lines.ts';

/** The fields of one table, by the place of their values. */
export interface TableColumns {
  readonly table: string;
  readonly names: readonly string[];
  readonly places: ReadonlyMap<string, number>;
}

/** The places of these fields. */
export function columnsOf(table: string, names: readonly string[]): TableColumns {
  return { table, names, places: new Map(names.map((name, place) => [name, place])) };
}

const unescaped: Readonly<Record<string, string>> = { '\\': '\\', t: '\t', n: '\n', r: '\r' };

/** Of a wide row few fields are read, so that no object is made of all of them. */
export class StagedRow {
  readonly #columns: TableColumns;
  /** What stands first is the table. */
  readonly #cells: readonly string[];

  /** Throws where the text is not what the extraction writes. */
  constructor(text: string, columns: TableColumns, line: number) {
    const { table, names } = columns;
    const cells = text.split('\t');
    if (cells.length !== names.length + 1)
      throw malformed(line, `it has ${cells.length - 1} values for the ${names.length} fields of ${table}`);
    this.#columns = columns;
    this.#cells = text.includes('\\') ? cells.map((cell) => unescape(cell, line)) : cells;
  }

  get table(): string {
    return this.#columns.table;
  }

  /** As the table keeps it; undefined for a field that was not extracted. */
  value(field: string): string | undefined {
    const place = this.#columns.places.get(field);
    return place === undefined ? undefined : this.#cells[place + 1];
  }
}

function unescape(value: string, line: number): string {
  return value.replace(/\\(.?)/gsu, (_, sign: string) => {
    const meant = unescaped[sign];
    if (meant === undefined) throw malformed(line, 'a backslash stands before a character that needs none');
    return meant;
  });
}
