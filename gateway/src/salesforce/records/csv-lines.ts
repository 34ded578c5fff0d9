/** Rows as lines of CSV for Bulk API 2.0: `#N/A` clears a field, an empty cell says nothing. */
import type { Cell } from './cells.ts';
import type { Row } from './rows.ts';
import type { Target } from './targets.ts';

const cleared = '#N/A';

/** The columns of one target: always the same, so that lines can be made before all rows are known. */
export interface CsvShape {
  readonly header: string;
  /** Fields in the order of the columns; the key comes first. */
  readonly fields: readonly string[];
  readonly keyColumn: string;
}

export function csvShapeOf({ keyField, columns, own }: Target): CsvShape {
  const names = new Map([[keyField, keyField]]);
  for (const { field, lookup } of columns)
    names.set(field.name, lookup === undefined ? field.name : `${lookup.relationship}.${lookup.keyField}`);
  for (const { name } of own.values()) if (!names.has(name)) names.set(name, name);
  return { header: toLine([...names.values()]), fields: [...names.keys()].slice(1), keyColumn: keyField };
}

/** A text that Bulk API would take for "cleared" can only be sent by a collection. */
export const fitsCsv = ({ cells }: Row): boolean =>
  ![...cells.values()].some((cell) => cell.is === 'text' && cell.text === cleared);

export const toCsvLine = ({ externalId, cells }: Row, { fields }: CsvShape): string =>
  toLine([externalId, ...fields.map((name) => textOf(cells.get(name)))]);

function textOf(cell: Cell | undefined): string {
  if (cell === undefined) return '';
  if (cell.is === 'null') return cleared;
  return cell.is === 'reference' ? cell.externalId : cell.text;
}

const toLine = (values: readonly string[]): string => `${values.map(quoted).join(',')}\n`;

/** Blanks at the ends are kept by quotes only. */
const quoted = (value: string): string => (/[",\r\n]|^\s|\s$/.test(value) ? `"${value.replaceAll('"', '""')}"` : value);
