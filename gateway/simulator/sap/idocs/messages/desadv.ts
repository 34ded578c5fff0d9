/** DESADV and the other message types of a delivery. */
import type { Database } from '../../tables/database.ts';
import type { TableRow } from '../../tables/table.ts';
import { segment } from '../segment.ts';
import type { Segment } from '../segment.ts';
import { businessData, itemsOf } from './document-parts.ts';
import { dateOf, isoLanguage, isoUnit, quantity } from './field-values.ts';
import type { BuildContext, DocumentMessage } from './message.ts';

function address(database: Database, role: string, number: string | undefined): readonly Segment[] {
  if (number === undefined) return [];
  const row = database.table('KNA1').get({ KUNNR: number }) ?? {};
  return [
    segment('E1ADRM1', {
      PARTNER_Q: role,
      PARTNER_ID: number,
      LANGUAGE: isoLanguage(row.SPRAS),
      NAME1: row.NAME1,
      NAME2: row.NAME2,
      STREET1: row.STRAS,
      POSTL_COD1: row.PSTLZ,
      CITY1: row.ORT01,
      TELEPHONE1: row.TELF1,
      COUNTRY1: row.LAND1,
      REGION: row.REGIO,
    }),
  ];
}

/** Dates planned (NT) and actual (IS): goods issue and arrival. */
function deadlines(delivery: TableRow): readonly Segment[] {
  const [issue, issued, arrival] = [delivery.WADAT, delivery.WADAT_IST, delivery.LFDAT].map(dateOf);
  return [
    segment('E1EDT13', { QUALF: '006', NTANF: issue, NTEND: issue, ISDD: issued, IEDD: issued }),
    segment('E1EDT13', { QUALF: '007', NTANF: arrival, NTEND: arrival }),
  ];
}

function references(database: Database, { VGBEL, VGPOS }: TableRow): readonly Segment[] {
  if (VGBEL === undefined) return [];
  const order = database.table('VBAK').get({ VBELN: VGBEL });
  const { BSTKD, BSTDK } = businessData(database, VGBEL, VGPOS);
  const customerOrder = BSTKD ?? order?.BSTNK;
  return [
    segment('E1EDL43', { QUALF: order?.VBTYP ?? 'C', BELNR: VGBEL, POSNR: VGPOS, DATUM: dateOf(order?.AUDAT) }),
    ...(customerOrder === undefined
      ? []
      : [segment('E1EDL41', { QUALI: '001', BSTNR: customerOrder, BSTDT: dateOf(BSTDK), POSEX: VGPOS })]),
  ];
}

function item(database: Database, row: TableRow): Segment {
  const order = database.table('VBAK').get({ VBELN: row.VGBEL });
  const ordered = database.table('VBAP').get({ VBELN: row.VGBEL, POSNR: row.VGPOS });
  const values = {
    POSNR: row.POSNR,
    MATNR: row.MATNR,
    ARKTX: row.ARKTX,
    MATKL: row.MATKL,
    WERKS: row.WERKS,
    LGORT: row.LGORT,
    CHARG: row.CHARG,
    LFIMG: quantity(row.LFIMG),
    VRKME: isoUnit(database, row.VRKME),
    LGMNG: quantity(row.LGMNG ?? row.LFIMG),
    MEINS: isoUnit(database, row.MEINS ?? row.VRKME),
    NTGEW: quantity(row.NTGEW),
    BRGEW: quantity(row.BRGEW),
    GEWEI: isoUnit(database, row.GEWEI),
    // A batch split hangs below the item it was split from.
    ...(row.UECHA === undefined ? {} : { HIPOS: row.UECHA, HIEVW: '1' }),
    VTWEG: order?.VTWEG,
    SPART: order?.SPART,
    KDMAT35: ordered?.KDMAT,
  };
  return segment('E1EDL24', values, references(database, row));
}

function build({ database }: BuildContext, number: string): readonly Segment[] | undefined {
  const delivery = database.table('LIKP').get({ VBELN: number });
  if (delivery === undefined) return undefined;
  const children = [
    ...address(database, 'WE', delivery.KUNNR),
    ...address(database, 'AG', delivery.KUNAG ?? delivery.KUNNR),
    ...deadlines(delivery),
    ...itemsOf(database, 'LIPS', number).map((row) => item(database, row)),
  ];
  const values = {
    VBELN: number,
    VSTEL: delivery.VSTEL,
    VKORG: delivery.VKORG,
    INCO1: delivery.INCO1,
    INCO2: delivery.INCO2,
    ROUTE: delivery.ROUTE,
    VSBED: delivery.VSBED,
    BTGEW: quantity(delivery.BTGEW),
    NTGEW: quantity(delivery.NTGEW),
    GEWEI: isoUnit(database, delivery.GEWEI),
    ANZPK: delivery.ANZPK,
    BOLNR: delivery.BOLNR,
    TRAID: delivery.TRAID,
    LIFEX: delivery.LIFEX,
  };
  return [segment('E1EDL20', values, children)];
}

function* allKeys(database: Database): Iterable<string> {
  for (const { VBELN } of database.table('LIKP').rows()) if (VBELN !== undefined) yield VBELN;
}

/** Output LAVA: at goods issue. */
export const desadv: DocumentMessage = {
  kind: 'document',
  basicType: 'DELVRY03',
  header: 'LIKP',
  parts: ['LIPS'],
  events: ['goods-issue'],
  allKeys,
  build,
};
