/** A few columns of a small customizing table, through RFC_READ_TABLE where SAP Basis allows it. */
import type { AbapStructure } from '../../ports/index.ts';
import { table, text } from '../answers.ts';
import { readTable } from '../functions/system.ts';
import { read } from './context.ts';
import type { Question } from './context.ts';

/** Customizing tables have tens to hundreds of rows; more is another table than we think. */
const maxRows = 5_000;

export interface TableQuery {
  readonly name: string;
  readonly columns: readonly string[];
  /** Conditions that all must hold: column and value. */
  readonly where: Readonly<Record<string, string>>;
}

/** Rows in the order of the columns asked for. */
export async function readColumns(
  context: Pick<Question, 'connection' | 'deadline'>,
  query: TableQuery,
): Promise<readonly (readonly string[])[]> {
  const parameters = {
    QUERY_TABLE: query.name,
    ROWCOUNT: String(maxRows),
    OPTIONS: conditions(query.where),
    FIELDS: query.columns.map((column) => ({ FIELDNAME: column })),
  };
  const answer = await read(context, readTable, parameters, ['FIELDS', 'DATA']);
  const columns = table(answer, 'FIELDS');
  return table(answer, 'DATA').map((row) => query.columns.map((name) => cut(text(row, 'WA'), columns, name)));
}

/** One condition a line, because a line holds 72 characters; quotes are doubled, as ABAP wants them. */
function conditions(where: TableQuery['where']): AbapStructure[] {
  return Object.entries(where).map(([column, value], index) => ({
    TEXT: `${index === 0 ? '' : 'AND '}${column} = '${value.replaceAll("'", "''")}'`,
  }));
}

/** By offset and length: a value may hold any delimiter. */
function cut(row: string, columns: readonly AbapStructure[], name: string): string {
  const column = columns.find((candidate) => text(candidate, 'FIELDNAME') === name);
  if (column === undefined) return '';
  const offset = Number(text(column, 'OFFSET'));
  return row.slice(offset, offset + Number(text(column, 'LENGTH'))).trimEnd();
}
