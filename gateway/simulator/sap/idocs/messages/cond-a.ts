/** COND_A: pricing condition records, one IDoc for each record of a condition table (A304, A305, ...). */
import type { Database } from '../../tables/database.ts';
import type { Table, TableRow } from '../../tables/table.ts';
import { segment } from '../segment.ts';
import { layoutOf } from '../segment-layouts.ts';
import type { Segment } from '../segment.ts';
import { moveRow } from './field-values.ts';
import type { BuildContext, MasterMessage } from './message.ts';

const conditionTables = ['A304', 'A305'] as const;
/** Key fields of a condition table that are no part of what the record is about. */
const notInKey = new Set(['KAPPL', 'KSCHL', 'KFRST', 'DATBI']);

/** `A304|V|PR00|1000|10|GW-2040||99991231`: the table and its key. */
function keyOf(table: Table, row: TableRow): string {
  return [table.structure.name, ...table.keyFields.map((field) => row[field] ?? '')].join('|');
}

function find(database: Database, key: string): { readonly table: Table; readonly row: TableRow } | undefined {
  const [name = '', ...values] = key.split('|');
  const table = database.find(name);
  if (table === undefined) return undefined;
  const row = table.get(Object.fromEntries(table.keyFields.map((field, index) => [field, values[index] || undefined])));
  return row === undefined ? undefined : { table, row };
}

/** VAKEY: the values of the key one after the other, each as long as its field. */
function variableKey({ structure, keyFields }: Table, row: TableRow): string {
  return keyFields
    .filter((field) => !notInKey.has(field))
    .map((field) => (row[field] ?? '').padEnd(structure.byName.get(field)?.length ?? 0))
    .join('');
}

function singleKeys({ keyFields }: Table, row: TableRow): TableRow {
  const known = layoutOf('E1KOMG').byName;
  return Object.fromEntries(keyFields.filter((field) => known.has(field)).map((field) => [field, row[field]]));
}

function items({ database }: BuildContext, number: string): readonly Segment[] {
  return database
    .table('KONP')
    .where(['KNUMH'], [number])
    .map((item) => {
      const scales = database.table('KONM').where(['KNUMH', 'KOPOS'], [number, item.KOPOS ?? '']);
      const children = scales.map((scale) => segment('E1KONM', trimmed(moveRow(database, 'KONM', scale, 'E1KONM'))));
      return segment('E1KONP', trimmed(moveRow(database, 'KONP', item, 'E1KONP')), children);
    });
}

/** Condition records have their numbers on the left. */
function trimmed(values: TableRow): TableRow {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, value?.trim()]));
}

function build(context: BuildContext, key: string): readonly Segment[] | undefined {
  const found = find(context.database, key);
  if (found === undefined) return undefined;
  const { table, row } = found;
  const { KNUMH = '', DATAB, DATBI } = row;
  const header = context.database.table('KONH').get({ KNUMH });
  const { KOSRT, KZUST } = header ?? {};
  const children = [segment('E1KONH', { KNUMH, DATAB, DATBI, KOSRT, KZUST }, items(context, KNUMH))];
  const values = { ...singleKeys(table, row), KVEWE: header?.KVEWE ?? 'A', KOTABNR: table.structure.name.slice(1) };
  return [
    segment(
      'E1KOMG',
      { ...values, KAPPL: row.KAPPL ?? 'V', KSCHL: row.KSCHL, VAKEY: variableKey(table, row) },
      children,
    ),
  ];
}

function keysOf(database: Database, name: string, row: TableRow): readonly string[] {
  if (/^A\d{3}$/.test(name)) return [keyOf(database.table(name), row)];
  return conditionTables.flatMap((it) => {
    const table = database.table(it);
    return table.where(['KNUMH'], [row.KNUMH ?? '']).map((record) => keyOf(table, record));
  });
}

function* allKeys(database: Database): Iterable<string> {
  for (const name of conditionTables) {
    const table = database.table(name);
    for (const row of table.rows()) yield keyOf(table, row);
  }
}

export const condA: MasterMessage = {
  kind: 'master',
  basicType: 'COND_A04',
  relevant: { A304: '*', A305: '*', KONH: '*', KONP: '*', KONM: '*' },
  keysOf,
  allKeys,
  build,
};
