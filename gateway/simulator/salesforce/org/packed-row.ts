/** Rows of objects with very many records, kept as short texts: a million of them are to fit into memory. */
import type { Row } from './check-record.ts';
import { fieldGroups } from './field-groups.ts';
import type { ObjectDefinition } from './object-definition.ts';

/** A row as JSON, without what every record of the object has anyway. */
export type PackedRow = string;

/** Objects with fewer records keep them as they are. */
export const packFrom = 20_000;

/** The text of a row. */
export function packed(object: ObjectDefinition, row: Row): PackedRow {
  const { defaults } = fieldGroups(object);
  return JSON.stringify(row, (name, value: unknown) =>
    name !== '' && value === (defaults[name] ?? null) ? undefined : value,
  );
}

/** The row again. */
export function unpacked(object: ObjectDefinition, row: Row | PackedRow): Row {
  if (typeof row !== 'string') return row;
  const own = JSON.parse(row) as Row;
  return { ...fieldGroups(object).defaults, ...own };
}
