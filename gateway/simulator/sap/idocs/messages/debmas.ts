/** DEBMAS: the customer master as one tree. */
import type { Database } from '../../tables/database.ts';
import type { TableRow } from '../../tables/table.ts';
import { segment } from '../segment.ts';
import type { Segment } from '../segment.ts';
import { isoLanguage, moveRow } from './field-values.ts';
import type { BuildContext, MasterMessage } from './message.ts';
import { gone, view } from './views.ts';

const areaFields = ['VKORG', 'VTWEG', 'SPART'] as const;
const inArea = (area: TableRow, row: TableRow): boolean => areaFields.every((field) => row[field] === area[field]);

/** The number of the partner, whatever kind of partner it is. */
function partnerNumber({ KUNN2, LIFNR, PERNR, PARNR }: TableRow): string | undefined {
  return KUNN2 ?? LIFNR ?? PERNR ?? PARNR;
}

function salesArea(context: BuildContext, customer: string, area: TableRow): readonly Segment[] {
  const { database } = context;
  const partners = database
    .table('KNVP')
    .where(['KUNNR', ...areaFields], [customer, ...areaFields.map((it) => area[it] ?? '')]);
  const taxes = database.table('KNVI').where(['KUNNR'], [customer]);
  return [
    ...view(context, 'KNVP', 'E1KNVPM', partners, (row) => ({ values: { KUNN2: partnerNumber(row) } })),
    ...gone(context, 'KNVP', 'E1KNVPM', (row) => inArea(area, row)),
    ...view(context, 'KNVI', 'E1KNVIM', taxes),
    ...gone(context, 'KNVI', 'E1KNVIM'),
  ];
}

function credit(context: BuildContext, customer: string): readonly Segment[] {
  if (!context.credit) return [];
  const { database } = context;
  return [
    ...view(context, 'KNKA', 'E1KNKAM', database.table('KNKA').where(['KUNNR'], [customer])),
    ...view(context, 'KNKK', 'E1KNKKM', database.table('KNKK').where(['KUNNR'], [customer])),
    ...gone(context, 'KNKK', 'E1KNKKM'),
  ];
}

function build(context: BuildContext, customer: string): readonly Segment[] | undefined {
  const { database, touched } = context;
  const row = database.table('KNA1').get({ KUNNR: customer });
  if (row === undefined) return undefined;
  const of = (table: string): readonly TableRow[] => database.table(table).where(['KUNNR'], [customer]);
  const children = [
    ...view(context, 'KNVV', 'E1KNVVM', of('KNVV'), (area) => ({ children: salesArea(context, customer, area) })),
    ...gone(context, 'KNVV', 'E1KNVVM'),
    ...view(context, 'KNB1', 'E1KNB1M', of('KNB1')),
    ...gone(context, 'KNB1', 'E1KNB1M'),
    ...view(context, 'KNBK', 'E1KNBKM', of('KNBK')),
    ...gone(context, 'KNBK', 'E1KNBKM'),
    ...view(context, 'KNVK', 'E1KNVKM', of('KNVK')),
    ...gone(context, 'KNVK', 'E1KNVKM'),
    ...credit(context, customer),
  ];
  const values = {
    ...moveRow(database, 'KNA1', row, 'E1KNA1M'),
    SPRAS_ISO: isoLanguage(row.SPRAS),
    MSGFN: touched.functionOf('KNA1', row),
  };
  return [segment('E1KNA1M', values, children)];
}

function* customers(database: Database): Iterable<string> {
  for (const { KUNNR } of database.table('KNA1').rows()) if (KUNNR !== undefined) yield KUNNR;
}

/** Credit tables are not relevant: FD32 raises no change pointer unless somebody adds them. */
export const debmas: MasterMessage = {
  kind: 'master',
  basicType: 'DEBMAS07',
  relevant: { KNA1: '*', KNVV: '*', KNVP: '*', KNVI: '*', KNB1: '*', KNBK: '*', KNVK: '*' },
  keysOf: (_database, _table, { KUNNR }) => (KUNNR === undefined ? [] : [KUNNR]),
  allKeys: customers,
  build,
};
