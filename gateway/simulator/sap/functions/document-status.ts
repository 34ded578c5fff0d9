/** Statuses of sales documents: VBUK and VBUP where they are, derived from the documents where they are not. */
import { parseDecimal } from '../tables/decimal.ts';
import type { TableRow } from '../tables/table.ts';
import type { FunctionCall } from './function-call.ts';

/** Header status or item status of a document, with the field names of VBUK or VBUP. */
export type Status = TableRow;

function quantity(row: TableRow, field: string): bigint {
  return parseDecimal(row[field], 3);
}

/** Delivery items that refer to an order item. */
export function deliveryItems(call: FunctionCall, order: string, item: string): readonly TableRow[] {
  return call.where('LIPS', ['VGBEL', 'VGPOS'], [order, item]);
}

/**
 * Billing items of an order item: those that name it, and those that name only a delivery of it. Credit memos and
 * cancelled invoices bill nothing.
 */
function billedQuantity(call: FunctionCall, order: string, item: string): bigint {
  const billed = new Set([
    ...call.where('VBRP', ['AUBEL', 'AUPOS'], [order, item]),
    ...call.where('VBRP', ['VGBEL', 'VGPOS'], [order, item]),
    ...deliveryItems(call, order, item).flatMap(({ VBELN = '', POSNR = '' }) =>
      call.where('VBRP', ['VGBEL', 'VGPOS'], [VBELN, POSNR]),
    ),
  ]);
  const valid = [...billed].filter((it) => isValidInvoice(call, it.VBELN ?? ''));
  return valid.reduce((sum, it) => sum + quantity(it, 'FKIMG'), 0n);
}

function isValidInvoice(call: FunctionCall, billingDocument: string): boolean {
  const header = call.get('VBRK', { VBELN: billingDocument });
  if (header === undefined || header.VBTYP === 'O' || header.VBTYP === 'S') return false;
  return header.SFAKN === undefined && !isCancelled(call, header);
}

/** Marked as cancelled, or named by the document that cancels it. */
export function isCancelled(call: FunctionCall, billingDocument: TableRow): boolean {
  if (billingDocument.FKSTO === 'X') return true;
  return call.where('VBRK', ['SFAKN'], [billingDocument.VBELN ?? '']).length > 0;
}

function progress(done: bigint, wanted: bigint): string {
  if (done <= 0n) return 'A';
  return done < wanted ? 'B' : 'C';
}

function deriveItem(call: FunctionCall, item: TableRow): Status {
  const { VBELN = '', POSNR = '' } = item;
  // Neither delivered nor billed any more: what is left of the order decides its status.
  if (item.ABGRU !== undefined) return { VBELN, POSNR, ABSTA: 'C', GBSTA: 'C' };
  const wanted = quantity(item, 'KWMENG');
  const deliveries = deliveryItems(call, VBELN, POSNR);
  const delivered = deliveries.reduce((sum, it) => sum + quantity(it, 'LFIMG'), 0n);
  const LFSTA = progress(delivered, wanted);
  const FKSAA = progress(billedQuantity(call, VBELN, POSNR), wanted);
  const isDone = LFSTA === 'C' && FKSAA === 'C';
  const isUntouched = LFSTA === 'A' && FKSAA === 'A';
  return { VBELN, POSNR, LFSTA, LFGSA: LFSTA, FKSAA, ABSTA: 'A', GBSTA: isDone ? 'C' : isUntouched ? 'A' : 'B' };
}

/** Status of one item of a sales document; a stored row without an overall status is completed. */
export function itemStatus(call: FunctionCall, item: TableRow): Status {
  const stored = call.get('VBUP', { VBELN: item.VBELN, POSNR: item.POSNR });
  return stored?.GBSTA === undefined ? { ...deriveItem(call, item), ...stored } : stored;
}

function summarize(values: readonly (string | undefined)[]): string {
  const relevant = values.filter((it) => it !== undefined);
  if (relevant.length === 0) return '';
  if (relevant.every((it) => it === 'C')) return 'C';
  return relevant.every((it) => it === 'A') ? 'A' : 'B';
}

/** Header status of a sales document. */
export function headerStatus(call: FunctionCall, order: string): Status {
  const stored = call.get('VBUK', { VBELN: order });
  if (stored?.GBSTK !== undefined) return stored;
  const items = call.where('VBAP', ['VBELN'], [order]).map((it) => itemStatus(call, it));
  const all = (field: string): string => summarize(items.map((it) => it[field]));
  return {
    VBELN: order,
    LFSTK: all('LFSTA'),
    LFGSK: all('LFGSA'),
    FKSAK: all('FKSAA'),
    ABSTK: all('ABSTA'),
    GBSTK: all('GBSTA'),
    ...stored,
  };
}

/** Goods movement of a delivery: stored, or told by its actual goods issue date. */
export function deliveryStatus(call: FunctionCall, delivery: TableRow): Status {
  const stored = call.get('VBUK', { VBELN: delivery.VBELN });
  if (stored?.WBSTK !== undefined) return stored;
  const WBSTK = delivery.WADAT_IST === undefined ? 'A' : 'C';
  return { VBELN: delivery.VBELN, WBSTK, KOSTK: WBSTK, GBSTK: WBSTK, ...stored };
}

/** Status text as the order list shows it. */
export function statusText(call: FunctionCall, status: string): string {
  const texts: Readonly<Record<string, readonly [string, string]>> = {
    A: ['Open', 'offen'],
    B: ['Being processed', 'in Arbeit'],
    C: ['Completed', 'erledigt'],
  };
  const [english = '', german = ''] = texts[status] ?? [];
  return call.language === 'D' ? german : english;
}
