/** MATMAS: the material master as one tree, as far as the simulator keeps views of it. */
import type { Database } from '../../tables/database.ts';
import type { TableRow } from '../../tables/table.ts';
import { segment } from '../segment.ts';
import type { Segment } from '../segment.ts';
import { isoLanguage, moveRow } from './field-values.ts';
import type { BuildContext, MasterMessage } from './message.ts';
import { gone, view } from './views.ts';

/** Where the data hold no material master, a material is what items that sold it say. */
function generalRow(database: Database, material: string): TableRow | undefined {
  const master = database.table('MARA');
  if (master.size > 0) return master.get({ MATNR: material });
  const [sold] = database.table('VBAP').where(['MATNR'], [material]);
  return sold === undefined ? undefined : { MATNR: material, MEINS: sold.MEINS ?? sold.VRKME };
}

function texts(database: Database, material: string): readonly TableRow[] {
  const rows = database.table('MAKT').where(['MATNR'], [material]);
  if (rows.length > 0) return rows;
  const [sold] = database.table('VBAP').where(['MATNR'], [material]);
  return sold?.ARKTX === undefined ? [] : [{ MATNR: material, SPRAS: 'E', MAKTX: sold.ARKTX }];
}

function build(context: BuildContext, material: string): readonly Segment[] | undefined {
  const { database, touched } = context;
  const row = generalRow(database, material);
  if (row === undefined) return undefined;
  const of = (table: string): readonly TableRow[] => database.table(table).where(['MATNR'], [material]);
  const locations = (plant: TableRow): readonly TableRow[] => of('MARD').filter((it) => it.WERKS === plant.WERKS);
  const children = [
    ...view(context, 'MAKT', 'E1MAKTM', texts(database, material), ({ SPRAS }) => ({
      values: { SPRAS_ISO: isoLanguage(SPRAS) },
    })),
    ...gone(context, 'MAKT', 'E1MAKTM'),
    ...view(context, 'MARC', 'E1MARCM', of('MARC'), (plant) => ({
      children: view(context, 'MARD', 'E1MARDM', locations(plant)),
    })),
    ...gone(context, 'MARC', 'E1MARCM'),
    ...view(context, 'MARM', 'E1MARMM', of('MARM')),
    ...gone(context, 'MARM', 'E1MARMM'),
    ...view(context, 'MVKE', 'E1MVKEM', of('MVKE')),
    ...gone(context, 'MVKE', 'E1MVKEM'),
    ...view(context, 'MLAN', 'E1MLANM', of('MLAN')),
  ];
  const values = { ...moveRow(database, 'MARA', row, 'E1MARAM'), MSGFN: touched.functionOf('MARA', row) };
  return [segment('E1MARAM', values, children)];
}

function materials(database: Database): Iterable<string> {
  const master = database.table('MARA');
  const source = master.size > 0 ? master : database.table('VBAP');
  return new Set([...source.rows()].flatMap(({ MATNR }) => (MATNR === undefined ? [] : [MATNR])));
}

/** Stock (MARD) is not relevant: goods movements raise no change pointers. */
export const matmas: MasterMessage = {
  kind: 'master',
  basicType: 'MATMAS05',
  relevant: { MARA: '*', MAKT: '*', MARC: '*', MARM: '*', MVKE: '*', MLAN: '*' },
  keysOf: (_database, _table, { MATNR }) => (MATNR === undefined ? [] : [MATNR]),
  allKeys: materials,
  build,
};
