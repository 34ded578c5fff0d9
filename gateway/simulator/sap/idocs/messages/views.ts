/** Segments of master data: one for each row that is there, one for each that is gone. */
import type { TableRow } from '../../tables/table.ts';
import { layoutOf } from '../segment-layouts.ts';
import { segment } from '../segment.ts';
import type { Segment } from '../segment.ts';
import { moveRow } from './field-values.ts';
import type { BuildContext } from './message.ts';

/** What a row does not say itself. */
export interface MoreOfRow {
  readonly values?: TableRow;
  readonly children?: readonly Segment[];
}

/** Segments of rows that are there. */
export function view(
  { database, touched }: BuildContext,
  table: string,
  type: string,
  rows: readonly TableRow[],
  more: (row: TableRow) => MoreOfRow = () => ({}),
): readonly Segment[] {
  return rows.map((row) => {
    const { values, children } = more(row);
    const MSGFN = touched.functionOf(table, row);
    return segment(type, { ...moveRow(database, table, row, type), ...values, MSGFN }, children);
  });
}

/** Segments of rows that are gone: their key, and that they are. */
export function gone(
  { database, touched }: BuildContext,
  table: string,
  type: string,
  belongs: (row: TableRow) => boolean = () => true,
): readonly Segment[] {
  const { keyFields, structure } = database.table(table);
  const known = keyFields.filter((field) => layoutOf(type).byName.has(field));
  return touched
    .deletedFrom(table)
    .filter(belongs)
    .map((row) => {
      const values: Record<string, string | undefined> = { MSGFN: '003' };
      for (const field of known) values[field] = row[field] ?? structure.byName.get(field)?.initial;
      return segment(type, values);
    });
}
