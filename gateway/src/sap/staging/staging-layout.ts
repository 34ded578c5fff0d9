/** What stands before the rows of a staging file: where it is from, which objects it has, which fields each table has. */
import type { StagingHead } from '../../ports/index.ts';
import { isValidDate } from '../conversion/dates.ts';
import { columnsOf } from './staged-row.ts';
import type { TableColumns } from './staged-row.ts';
import { malformed } from './staging-lines.ts';

type StagingKind = StagingHead['kind'];

export interface StagingOrigin {
  readonly head: StagingHead;
  readonly client: string;
}

/** The tables of an object, its own first, and the field that all of them share. */
export interface ObjectTables {
  readonly key: string;
  readonly own: string;
  readonly below: ReadonlySet<string>;
}

/** The tables of each kind; others are not written by the extraction. */
export const tablesOf: Readonly<Record<StagingKind, ObjectTables>> = {
  customers: { key: 'KUNNR', own: 'KNA1', below: new Set(['KNVV', 'KNB1', 'KNVP', 'KNVK', 'KNKK']) },
  materials: { key: 'MATNR', own: 'MARA', below: new Set(['MAKT', 'MVKE']) },
};

const version = '1';
/** No table of SAP has more fields than this. */
const maxColumns = 1_000;

/** The first line: `#STAGING`, version, logical system, client, kind, moment in UTC, and whether it is a selection. */
export function readOrigin(line: string): StagingOrigin {
  const [mark = '', found, system = '', client = '', kind = '', stamp = '', selection, ...more] = line.split('\t');
  if (mark !== '#STAGING') throw malformed(1, 'a staging file begins with #STAGING');
  if (found !== version) throw malformed(1, 'its version is not known to this Gangway');
  if (kind !== 'customers' && kind !== 'materials') throw malformed(1, 'its kind is neither customers nor materials');
  if (!/^[A-Z0-9_/]{1,10}$/.test(system)) throw malformed(1, 'it names no logical system');
  if (!/^\d{3}$/.test(client)) throw malformed(1, 'it names no client');
  if (more.length > 0 || (selection !== undefined && selection !== 'ALL' && selection !== 'PART'))
    throw malformed(1, 'it says neither ALL nor PART');
  const createdAt = instantOf(stamp);
  return { head: { kind, system, createdAt, isSelection: selection === 'PART' }, client };
}

function instantOf(stamp: string): string {
  const match = /^(\d{4})(\d\d)(\d\d)([01]\d|2[0-3])([0-5]\d)([0-5]\d)$/.exec(stamp);
  if (match === null || !isValidDate(stamp.slice(0, 8))) throw malformed(1, 'its moment is none');
  const [, year, month, day, hour, minute, second] = match;
  return `${year}-${month}-${day}T${hour}:${minute}:${second}.000Z`;
}

/** A line `#KNA1` with the names of its fields. */
export function readColumns(
  text: string,
  line: number,
  tables: ObjectTables,
  known: ReadonlyMap<string, TableColumns>,
): TableColumns {
  const [mark = '', ...names] = text.split('\t');
  const table = mark.slice(1);
  if (table !== tables.own && !tables.below.has(table))
    throw malformed(line, 'such a table does not belong to this kind');
  if (known.has(table)) throw malformed(line, 'the fields of this table stand twice');
  if (names.length > maxColumns || names.some((name) => !/^[A-Z0-9_/]{1,30}$/.test(name)))
    throw malformed(line, 'a field has no name of SAP');
  if (new Set(names).size < names.length) throw malformed(line, 'a field stands twice');
  if (!names.includes(tables.key)) throw malformed(line, `${tables.key} is not among its fields`);
  return columnsOf(table, names);
}
