/** What belongs to one sales order: items with schedule lines, deliveries, invoices. */
import type { Order } from '../../model/index.ts';
import type { AbapParameters, AbapStructure } from '../../ports/index.ts';
import { table, text } from '../answers.ts';
import { displayKey } from '../conversion/alpha.ts';
import { moneyFromDec, readDecimal } from '../conversion/amounts.ts';
import type { CurrencyDecimals } from '../conversion/amounts.ts';
import { toCalendarDate } from '../conversion/dates.ts';
import { quantity, unitOf } from '../conversion/units.ts';
import type { IsoUnits } from '../conversion/units.ts';
import { readDocumentNumber } from '../identifiers.ts';
import { coded } from '../system/customizing.ts';
import type { Texts } from '../system/customizing.ts';

export interface ItemCustomizing {
  readonly decimals: CurrencyDecimals;
  readonly rejectionReasons: Texts;
}

/** Items with their schedule lines, in SAP's order. */
export function toItems(answer: AbapParameters, customizing: ItemCustomizing): Order['items'] {
  const lines = Map.groupBy(table(answer, 'ORDER_SCHEDULES_OUT'), (row) => text(row, 'ITM_NUMBER'));
  return table(answer, 'ORDER_ITEMS_OUT').map((row) => {
    const item = text(row, 'ITM_NUMBER');
    const rejection = text(row, 'REA_FOR_RE');
    return {
      item,
      material: displayKey(text(row, 'MATERIAL')),
      description: text(row, 'SHORT_TEXT'),
      ordered: quantity(text(row, 'REQ_QTY'), unitIn(row)),
      net: moneyFromDec(text(row, 'NET_VALUE'), text(row, 'CURRENCY'), customizing.decimals),
      rejection: rejection === '' ? null : coded(rejection, customizing.rejectionReasons),
      scheduleLines: (lines.get(item) ?? []).map(toScheduleLine),
    };
  });
}

/** SAP gives one date per line: it is confirmed when the line has a confirmed quantity, requested when it has an ordered one. */
function toScheduleLine(row: AbapStructure): Order['items'][number]['scheduleLines'][number] {
  const date = toCalendarDate(text(row, 'REQ_DATE'));
  const isConfirmed = readDecimal(text(row, 'CONFIR_QTY')).units > 0n;
  const isRequested = readDecimal(text(row, 'REQ_QTY')).units > 0n;
  return {
    line: text(row, 'SCHED_LINE'),
    requestedOn: isRequested ? date : null,
    confirmedOn: isConfirmed ? date : null,
    ordered: quantity(text(row, 'REQ_QTY'), unitIn(row)),
    confirmed: quantity(text(row, 'CONFIR_QTY'), unitIn(row)),
  };
}

function unitIn(row: AbapStructure): string {
  return unitOf(text(row, 'SALES_UNIT'), text(row, 'ISOCODUNIT'));
}

/** Internal units and their ISO codes as the items have them; deliveries carry only the internal ones. */
export function unitsOf(answer: AbapParameters): IsoUnits {
  return new Map(table(answer, 'ORDER_ITEMS_OUT').map((row) => [text(row, 'SALES_UNIT'), text(row, 'ISOCODUNIT')]));
}

/** Deliveries with those of their items that come from this order. */
export function toDeliveries(answer: AbapParameters, order: string, units: IsoUnits): Order['deliveries'] {
  const items = table(answer, 'ET_DELIVERY_ITEM').filter((row) => text(row, 'VGBEL') === order);
  return table(answer, 'ET_DELIVERY_HEADER').map((header) => {
    const number = text(header, 'VBELN');
    return {
      number: readDocumentNumber(number),
      plannedOn: toCalendarDate(text(header, 'WADAT')) ?? toCalendarDate(text(header, 'LFDAT')),
      goodsIssuedOn: toCalendarDate(text(header, 'WADAT_IST')),
      tracking: text(header, 'BOLNR') || text(header, 'TRAID'),
      items: withoutSplitParents(items.filter((row) => text(row, 'VBELN') === number)).map((row) => ({
        item: text(row, 'POSNR'),
        orderItem: text(row, 'VGPOS'),
        material: displayKey(text(row, 'MATNR')),
        delivered: quantity(text(row, 'LFIMG'), unitOf(text(row, 'VRKME'), '', units)),
      })),
    };
  });
}

/** A batch split leaves the main item with nothing and puts the quantity on others of the same order item. */
function withoutSplitParents(rows: readonly AbapStructure[]): AbapStructure[] {
  const hasQuantity = (row: AbapStructure): boolean => readDecimal(text(row, 'LFIMG')).units !== 0n;
  return rows.filter(
    (row) =>
      hasQuantity(row) || !rows.some((other) => text(other, 'VGPOS') === text(row, 'VGPOS') && hasQuantity(other)),
  );
}

/** A billing document of the order, as the document flow names it. */
export interface BillingReference {
  readonly number: string;
  readonly category: string;
  readonly isCancelled: boolean;
  readonly createdOn: string;
}

const billingCategories = new Set(['M', 'N', 'O', 'P', 'S']);

/** Every billing document that follows from the order, in order of number; N and S cancel what precedes them. */
export function billingReferences(answer: AbapParameters): BillingReference[] {
  const flow = table(answer, 'ORDER_FLOWS_OUT');
  const cancelled = new Set(
    flow
      .filter((row) => isCancelling(text(row, 'DOCCATEGOR')))
      .flatMap((row) => [text(row, 'PRECSDDOC'), text(row, 'SUBSSDDOC')]),
  );
  const billing = flow.filter((row) => billingCategories.has(text(row, 'DOCCATEGOR')));
  const unique = new Map(billing.map((row) => [text(row, 'SUBSSDDOC'), row]));
  return [...unique]
    .map(([number, row]) => ({
      number,
      category: text(row, 'DOCCATEGOR'),
      isCancelled: cancelled.has(number),
      createdOn: text(row, 'CREAT_DATE'),
    }))
    .sort((a, b) => (a.number < b.number ? -1 : 1));
}

/** SAP keeps values without a sign: credit memos and cancelled invoices reduce. */
export function isReducing(category: string): boolean {
  return category === 'O' || category === 'N';
}

function isCancelling(category: string): boolean {
  return category === 'N' || category === 'S';
}
