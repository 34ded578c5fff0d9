/** INVOIC: a billing document; amounts are positive, what kind it is says BSART. */
import type { Database } from '../../tables/database.ts';
import { parseDecimal, formatDecimal } from '../../tables/decimal.ts';
import type { TableRow } from '../../tables/table.ts';
import { stored, toReal, decimalsOf } from '../../tables/currency.ts';
import { segment } from '../segment.ts';
import type { Segment } from '../segment.ts';
import { businessData, dates, itemsOf, partner, partnersOf, paymentTerms, qualified } from './document-parts.ts';
import { amount, dateOf, isoUnit, quantity } from './field-values.ts';
import type { BuildContext, DocumentMessage } from './message.ts';

/** Categories (VBTYP): invoice, credit memo, debit memo, and the cancellations of the first two. */
const kinds: Readonly<Record<string, string>> = { M: 'INVO', N: 'CRME', O: 'CRME', P: 'INVO', S: 'INVO' };

const withoutSign = (number: string): string => number.replace('-', '');
const positive = (database: Database, row: TableRow, field: string, currency: string): string =>
  withoutSign(amount(database, row, field, currency));

function rateOf(net: bigint, tax: bigint): string {
  if (net === 0n) return '0.00';
  // Half up to the hundredth of a percent.
  const rate = (tax * 100_000n) / net;
  return formatDecimal((rate < 0n ? -rate : rate) + 5n, 3, 2);
}

function header({ database }: BuildContext, bill: TableRow, order: string): readonly Segment[] {
  const number = bill.VBELN ?? '';
  const terms = businessData(database, order);
  const currency = bill.WAERK ?? 'EUR';
  const partners = new Map([
    ...(bill.KUNAG === undefined ? [] : [['AG', bill.KUNAG] as const]),
    ...(bill.KUNRG === undefined ? [] : [['RG', bill.KUNRG] as const]),
    ...partnersOf(database, order, ['RE', 'WE']),
  ]);
  const references: readonly (readonly [string, TableRow])[] = [
    ['009', { BELNR: number, DATUM: dateOf(bill.FKDAT) }],
    ['001', { BELNR: terms.BSTKD, DATUM: dateOf(terms.BSTDK) }],
    ['002', { BELNR: order }],
    ['017', { BELNR: bill.SFAKN }],
  ];
  const local = database.table('T001').get({ BUKRS: bill.BUKRS })?.WAERS;
  return [
    segment('E1EDK01', {
      CURCY: currency,
      HWAER: local ?? currency,
      WKURS: '1.00000',
      ZTERM: bill.ZTERM,
      BSART: kinds[bill.VBTYP ?? 'M'],
      BELNR: number,
    }),
    ...[...partners].map(([role, it]) => partner(database, role, it)),
    ...references.filter(([, it]) => it['BELNR']).map(([QUALF, it]) => segment('E1EDK02', { QUALF, ...it })),
    ...dates([['026', bill.FKDAT]]),
    segment('E1EDK04', {
      MSATZ: rateOf(parseDecimal(bill.NETWR, 2), parseDecimal(bill.MWSBK, 2)),
      MWSBT: positive(database, bill, 'MWSBK', currency),
    }),
    ...paymentTerms(database, bill.ZTERM),
    ...qualified('E1EDK14', 'QUALF', 'ORGID', [
      ['008', bill.VKORG],
      ['007', bill.VTWEG],
      ['006', bill.SPART],
      ['015', bill.FKART],
    ]),
  ];
}

/** Items of which no tax is kept have no tax segment: a zero would contradict the header. */
function itemTax(database: Database, row: TableRow, currency: string): readonly Segment[] {
  if (row.MWSBP === undefined) return [];
  const MSATZ = rateOf(parseDecimal(row.NETWR, 2), parseDecimal(row.MWSBP, 2));
  return [segment('E1EDP04', { MSATZ, MWSBT: positive(database, row, 'MWSBP', currency) })];
}

function item(database: Database, row: TableRow, currency: string): Segment {
  const delivery = row.VGBEL === row.AUBEL ? undefined : row.VGBEL;
  const references: readonly (readonly [string, string | undefined, string | undefined])[] = [
    ['001', businessData(database, row.AUBEL ?? '', row.AUPOS).BSTKD, row.AUPOS],
    ['002', row.AUBEL, row.AUPOS],
    ['016', delivery, row.VGPOS],
  ];
  const values = { POSEX: row.POSNR, MENGE: quantity(row.FKIMG), MENEE: isoUnit(database, row.VRKME) };
  return segment('E1EDP01', values, [
    ...references.filter(([, it]) => it).map(([QUALF, BELNR, ZEILE]) => segment('E1EDP02', { QUALF, BELNR, ZEILE })),
    segment('E1EDP19', { QUALF: '002', IDTNR: row.MATNR, KTEXT: row.ARKTX }),
    segment('E1EDP26', { QUALF: '003', BETRG: positive(database, row, 'NETWR', currency) }),
    ...itemTax(database, row, currency),
  ]);
}

function totals(database: Database, bill: TableRow, currency: string): readonly Segment[] {
  const gross = toReal(database, stored(bill, 'NETWR') + stored(bill, 'MWSBK'), currency);
  const sums: readonly (readonly [string, string])[] = [
    ['010', positive(database, bill, 'NETWR', currency)],
    ['005', positive(database, bill, 'MWSBK', currency)],
    ['011', withoutSign(formatDecimal(gross, 4, decimalsOf(database, currency)))],
  ];
  return sums.map(([SUMID, SUMME]) => segment('E1EDS01', { SUMID, SUMME, SUNIT: currency }));
}

function build(context: BuildContext, number: string): readonly Segment[] | undefined {
  const { database } = context;
  const bill = database.table('VBRK').get({ VBELN: number });
  if (bill === undefined || kinds[bill.VBTYP ?? 'M'] === undefined) return undefined;
  const rows = itemsOf(database, 'VBRP', number);
  const currency = bill.WAERK ?? 'EUR';
  const order = rows.find(({ AUBEL }) => AUBEL !== undefined)?.AUBEL ?? '';
  return [
    ...header(context, bill, order),
    ...rows.map((row) => item(database, row, currency)),
    ...totals(database, bill, currency),
  ];
}

function* allKeys(database: Database): Iterable<string> {
  for (const { VBELN, VBTYP = 'M' } of database.table('VBRK').rows())
    if (VBELN !== undefined && kinds[VBTYP] !== undefined) yield VBELN;
}

/** Output RD00 by EDI: when the document is created. */
export const invoic: DocumentMessage = {
  kind: 'document',
  basicType: 'INVOIC02',
  header: 'VBRK',
  parts: ['VBRP'],
  events: ['creation'],
  allKeys,
  build,
};
