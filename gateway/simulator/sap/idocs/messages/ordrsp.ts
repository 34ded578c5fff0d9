/** ORDRSP, and ORDERS alike: a sales order with everything that was confirmed. */
import type { Database } from '../../tables/database.ts';
import type { TableRow } from '../../tables/table.ts';
import { segment } from '../segment.ts';
import type { Segment } from '../segment.ts';
import { businessData, dates, itemsOf, partner, partnersOf, paymentTerms, qualified } from './document-parts.ts';
import { amount, dateOf, isoUnit, quantity } from './field-values.ts';
import type { BuildContext, DocumentMessage, MessageFunction } from './message.ts';

/** Document categories (VBTYP) that are confirmed; offers and quotations have message types of their own. */
const confirmed = new Set(['C', 'E', 'F', 'G', 'H', 'I', 'K', 'L']);

/** Of items: added, changed, not changed. Headers say only that the document was changed. */
const actions: Readonly<Partial<Record<MessageFunction, string>>> = { '009': '001', '004': '003', '018': '004' };

function head(context: BuildContext, order: TableRow, terms: TableRow): Segment {
  const isChange = context.touched.functionOf('VBAK', order) === '004';
  return segment('E1EDK01', {
    ACTION: isChange ? '004' : '',
    CURCY: order.WAERK,
    HWAER: localCurrency(context.database, order),
    WKURS: terms.KURSK ?? '1.00000',
    ZTERM: terms.ZTERM,
    BSART: order.AUART,
    BELNR: terms.BSTKD ?? order.BSTNK,
    AUGRU: order.AUGRU,
    LIFSK: order.LIFSK,
  });
}

function localCurrency(database: Database, { VKORG, WAERK }: TableRow): string | undefined {
  const companyCode = database.table('TVKO').get({ VKORG })?.BUKRS;
  return database.table('T001').get({ BUKRS: companyCode })?.WAERS ?? WAERK;
}

function header(context: BuildContext, order: TableRow): readonly Segment[] {
  const { database } = context;
  const number = order.VBELN ?? '';
  const terms = businessData(database, number);
  const references: readonly (readonly [string, TableRow])[] = [
    ['001', { BELNR: terms.BSTKD ?? order.BSTNK, DATUM: dateOf(terms.BSTDK) }],
    ['002', { BELNR: number, DATUM: dateOf(order.AUDAT ?? order.ERDAT) }],
  ];
  return [
    head(context, order, terms),
    ...qualified('E1EDK14', 'QUALF', 'ORGID', [
      ['008', order.VKORG],
      ['007', order.VTWEG],
      ['006', order.SPART],
      ['010', order.VKGRP],
      ['016', order.VKBUR],
      ['012', order.AUART],
    ]),
    ...dates([
      ['012', order.AUDAT],
      ['002', order.VDATU],
      ['022', terms.BSTDK],
    ]),
    ...[...partnersOf(database, number, ['AG', 'WE', 'RE', 'RG'])].map(([role, it]) => partner(database, role, it)),
    ...references
      .filter(([, it]) => it['BELNR'] !== undefined)
      .map(([QUALF, it]) => segment('E1EDK02', { QUALF, ...it })),
    ...(terms.INCO1 === undefined
      ? []
      : [segment('E1EDK17', { QUALF: '001', LKOND: terms.INCO1, LKTEXT: terms.INCO2 })]),
    ...paymentTerms(database, terms.ZTERM),
  ];
}

function scheduleLines({ database, touched }: BuildContext, item: TableRow): readonly Segment[] {
  const lines = database.table('VBEP').where(['VBELN', 'POSNR'], [item.VBELN ?? '', item.POSNR ?? '']);
  return lines
    .filter((it) => touched.functionOf('VBEP', it) !== '003')
    .map((it) => segment('E1EDP20', { WMENG: quantity(it.BMENG ?? '0.000'), EDATU: it.EDATU }));
}

function item(context: BuildContext, row: TableRow, currency: string): Segment {
  const { database, touched } = context;
  const own = businessData(database, row.VBELN ?? '', row.POSNR);
  const materials: readonly (readonly [string, string | undefined])[] = [
    ['002', row.MATNR],
    ['001', row.KDMAT],
  ];
  const values = {
    POSEX: row.POSNR,
    ACTION: actions[touched.functionOf('VBAP', row)],
    MENGE: quantity(row.KWMENG ?? row.ZMENG),
    MENEE: isoUnit(database, row.VRKME),
    PMENE: isoUnit(database, row.KMEIN ?? row.VRKME),
    VPREI: amount(database, row, 'NETPR', currency),
    PEINH: row.KPEIN ?? '1',
    NETWR: amount(database, row, 'NETWR', currency),
    CURCY: currency,
    UEPOS: row.UEPOS,
    ABGRU: row.ABGRU,
    PSTYV: row.PSTYV,
    WERKS: row.WERKS,
    LGORT: row.LGORT,
    VSTEL: row.VSTEL,
    MATNR: row.MATNR,
  };
  const reference = own.BSTKD === undefined ? [] : [segment('E1EDP02', { QUALF: '001', BELNR: own.BSTKD })];
  const names = materials
    .filter(([, it]) => it !== undefined)
    .map(([QUALF, IDTNR]) => segment('E1EDP19', { QUALF, IDTNR, KTEXT: QUALF === '002' ? row.ARKTX : '' }));
  return segment('E1EDP01', values, [...reference, ...scheduleLines(context, row), ...names]);
}

function build(context: BuildContext, number: string): readonly Segment[] | undefined {
  const { database, touched } = context;
  const order = database.table('VBAK').get({ VBELN: number });
  if (order === undefined || !confirmed.has(order.VBTYP ?? 'C')) return undefined;
  const currency = order.WAERK ?? 'EUR';
  const deleted = touched
    .deletedFrom('VBAP')
    .map((row) => segment('E1EDP01', { POSEX: row.POSNR, ACTION: '002', MATNR: row.MATNR }));
  const total = { SUMID: '002', SUMME: amount(database, order, 'NETWR', currency), SUNIT: currency };
  return [
    ...header(context, order),
    ...itemsOf(database, 'VBAP', number).map((row) => item(context, row, currency)),
    ...deleted,
    segment('E1EDS01', total),
  ];
}

function* allKeys(database: Database): Iterable<string> {
  for (const { VBELN, VBTYP = 'C' } of database.table('VBAK').rows())
    if (VBELN !== undefined && confirmed.has(VBTYP)) yield VBELN;
}

/** Output BA00 by EDI: on creation, and again with the whole order on every change. */
export const ordrsp: DocumentMessage = {
  kind: 'document',
  basicType: 'ORDERS05',
  header: 'VBAK',
  parts: ['VBAP', 'VBEP', 'VBKD', 'VBPA'],
  events: ['creation', 'change'],
  allKeys,
  build,
};
