/** Rows as the body of a collection (`composite/sobjects`): text made here, because a float would damage decimals. */
import type { Cell } from './cells.ts';
import type { Row } from './rows.ts';
import type { Target } from './targets.ts';

export type Cells = Iterable<readonly [string, Cell]>;

/** The records that are written by external id, each with the others' outcome not depending on it. */
export function upsertBody({ object, keyField }: Pick<Target, 'object' | 'keyField'>, rows: readonly Row[]): string {
  const records = rows.map(({ externalId, cells }) => recordJson(object, [[keyField, text(externalId)], ...cells]));
  return `{"allOrNone":false,"records":[${records.join(',')}]}`;
}

function recordJson(object: string, cells: Cells): string {
  const attributes = `"attributes":{"type":${JSON.stringify(object)}}`;
  return `{${[attributes, ...Array.from(cells, ([name, cell]) => member(name, cell))].join(',')}}`;
}

function member(field: string, cell: Cell): string {
  if (cell.is === 'null') return `${JSON.stringify(field)}:null`;
  if (cell.is === 'literal') return `${JSON.stringify(field)}:${cell.text}`;
  if (cell.is === 'text') return `${JSON.stringify(field)}:${JSON.stringify(cell.text)}`;
  const { relationship, keyField, externalId } = cell;
  return `${JSON.stringify(relationship)}:{${JSON.stringify(keyField)}:${JSON.stringify(externalId)}}`;
}

const text = (value: string): Cell => ({ is: 'text', text: value });
