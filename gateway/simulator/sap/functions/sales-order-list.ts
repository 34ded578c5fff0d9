/** BAPI_SALESORDER_GETLIST and BAPI_SALESORDER_GETSTATUS: one row per item. */
import { parseDecimal } from '../tables/decimal.ts';
import type { TableRow } from '../tables/table.ts';
import { deliveryItems, headerStatus, itemStatus, statusText } from './document-status.ts';
import type { FunctionCall } from './function-call.ts';
import { salesOrganizationExists } from './organization.ts';

/** Document categories of a transaction group (TRVOG). */
const categories: Readonly<Record<string, readonly string[]>> = {
  '0': ['C', 'H', 'I', 'K', 'L'],
  '1': ['A'],
  '2': ['B'],
  '3': ['E', 'F'],
  '4': ['G'],
};

/** Customer reference: the long one of the business data, else the short one of the header. */
export function purchaseOrder(call: FunctionCall, order: TableRow): string {
  return call.get('VBKD', { VBELN: order.VBELN, POSNR: '000000' })?.BSTKD ?? order.BSTNK ?? '';
}

/** Quantity ordered: of the item, else of its schedule lines. */
export function orderedQuantity(call: FunctionCall, item: TableRow): bigint {
  if (item.KWMENG !== undefined) return parseDecimal(item.KWMENG, 3);
  return sumSchedules(call, item, 'WMENG');
}

/** Sum over the schedule lines of an item, in thousandths. */
export function sumSchedules(call: FunctionCall, item: TableRow, field: string): bigint {
  const lines = call.where('VBEP', ['VBELN', 'POSNR'], [item.VBELN ?? '', item.POSNR ?? '']);
  return lines.reduce((sum, line) => sum + parseDecimal(line[field], 3), 0n);
}

/** Thousandths as the ten-thousandths that answers carry. */
export function fromThousandths(value: bigint): bigint {
  return value * 10n;
}

/** The first date anything was asked for. */
export function requestedDate(call: FunctionCall, order: TableRow, item: TableRow): string {
  const dates = call
    .where('VBEP', ['VBELN', 'POSNR'], [item.VBELN ?? '', item.POSNR ?? ''])
    .map((it) => it.EDATU ?? '');
  return dates.filter((it) => it !== '').sort()[0] ?? order.VDATU ?? '';
}

function isSelected(call: FunctionCall, order: TableRow): boolean {
  const [from, to] = [call.value('DOCUMENT_DATE'), call.value('DOCUMENT_DATE_TO')];
  const date = order.AUDAT ?? order.ERDAT ?? '00000000';
  if (call.isGiven('DOCUMENT_DATE') && date < from) return false;
  if (call.isGiven('DOCUMENT_DATE_TO') && date > to) return false;
  if (call.isGiven('PURCHASE_ORDER') && (order.BSTNK ?? '') !== call.value('PURCHASE_ORDER')) return false;
  return !call.isGiven('PURCHASE_ORDER_NUMBER') || purchaseOrder(call, order) === call.value('PURCHASE_ORDER_NUMBER');
}

/** Pieces delivered of an item, in thousandths, and the last goods issue. */
function deliveredSoFar(
  call: FunctionCall,
  order: string,
  item: string,
): { quantity: bigint; issued: string | undefined } {
  const delivered = deliveryItems(call, order, item);
  const dates = delivered.map((it) => call.get('LIKP', { VBELN: it.VBELN })?.WADAT_IST ?? '');
  return { quantity: delivered.reduce((sum, it) => sum + parseDecimal(it.LFIMG, 3), 0n), issued: dates.sort().at(-1) };
}

function appendItem(call: FunctionCall, order: TableRow, item: TableRow): void {
  const { VBELN = '', POSNR = '' } = item;
  const { quantity, issued } = deliveredSoFar(call, VBELN, POSNR);
  call.append('SALES_ORDERS', {
    SD_DOC: VBELN,
    ITM_NUMBER: POSNR,
    MATERIAL: item.MATNR,
    SHORT_TEXT: item.ARKTX,
    DOC_TYPE: order.AUART,
    DOC_DATE: order.AUDAT ?? order.ERDAT,
    REQ_QTY: fromThousandths(orderedQuantity(call, item)),
    REQ_DATE: requestedDate(call, order, item),
    PURCH_NO: order.BSTNK,
    PURCH_NO_C: purchaseOrder(call, order),
    SOLD_TO: order.KUNNR,
    NAME: call.get('KNA1', { KUNNR: order.KUNNR })?.NAME1,
    NET_PRICE: item.NETPR,
    COND_P_UNT: item.KPEIN,
    COND_UNIT: item.KMEIN,
    NET_VAL_HD: order.NETWR,
    NET_VALUE: item.NETWR,
    CURRENCY: order.WAERK,
    CURR_ISO: order.WAERK?.slice(0, 3),
    DIVISION: order.SPART,
    DISTR_CHAN: order.VTWEG,
    SALES_ORG: order.VKORG,
    SALES_GRP: order.VKGRP,
    SALES_OFF: order.VKBUR,
    DOC_STATUS: statusText(call, itemStatus(call, item).GBSTA ?? ''),
    GI_DATE: issued,
    SALES_UNIT: item.VRKME,
    DLV_QTY: fromThousandths(quantity),
    BATCH: item.CHARG,
    CREATION_DATE: order.ERDAT,
    CREATION_TIME: order.ERZET,
  });
}

/** BAPI_SALESORDER_GETLIST. */
export function listSalesOrders(call: FunctionCall): void {
  const [customer, organization] = [call.value('CUSTOMER_NUMBER'), call.value('SALES_ORGANIZATION')];
  const missing = customer === '' ? 'CUSTOMER_NUMBER' : organization === '' ? 'SALES_ORGANIZATION' : undefined;
  if (missing !== undefined) return call.return(call.message('E', '00', '055', missing));
  if (call.get('KNA1', { KUNNR: customer }) === undefined) return call.return(call.message('E', 'F2', '153', customer));
  if (!salesOrganizationExists(call, organization)) return call.return(call.message('E', 'V1', '331', organization));
  const wanted = categories[call.value('TRANSACTION_GROUP')] ?? [];
  const orders = call
    .where('VBAK', ['KUNNR', 'VKORG'], [customer, organization])
    .filter((it) => wanted.includes(it.VBTYP ?? 'C'));
  const material = call.value('MATERIAL');
  let rows = 0;
  for (const order of orders.filter((it) => isSelected(call, it))) {
    for (const item of call.where('VBAP', ['VBELN'], [order.VBELN ?? ''])) {
      if (material !== '' && item.MATNR !== material) continue;
      appendItem(call, order, item);
      rows += 1;
    }
  }
  if (rows === 0) call.return(call.message('W', 'V1', '555'));
}

function appendStatus(call: FunctionCall, order: TableRow, item: TableRow, delivery: TableRow | undefined): void {
  const header = headerStatus(call, order.VBELN ?? '');
  const likp = delivery === undefined ? undefined : call.get('LIKP', { VBELN: delivery.VBELN });
  call.append('STATUSINFO', {
    DOC_NUMBER: order.VBELN,
    DOC_DATE: order.AUDAT ?? order.ERDAT,
    PURCH_NO: order.BSTNK,
    PURCH_NO_C: purchaseOrder(call, order),
    PRC_STAT_H: header.GBSTK,
    DLV_STAT_H: header.LFGSK ?? header.LFSTK,
    REQ_DATE_H: order.VDATU,
    DLV_BLOCK: order.LIFSK,
    ITM_NUMBER: item.POSNR,
    MATERIAL: item.MATNR,
    SHORT_TEXT: item.ARKTX,
    REQ_DATE: requestedDate(call, order, item),
    REQ_QTY: fromThousandths(orderedQuantity(call, item)),
    CUM_CF_QTY: fromThousandths(sumSchedules(call, item, 'BMENG')),
    SALES_UNIT: item.VRKME,
    NET_VALUE: item.NETWR,
    CURRENCY: order.WAERK,
    CURR_ISO: order.WAERK?.slice(0, 3),
    NET_PRICE: item.NETPR,
    COND_P_UNT: item.KPEIN,
    COND_UNIT: item.KMEIN,
    DLV_STAT_I: itemStatus(call, item).LFGSA ?? itemStatus(call, item).LFSTA,
    REA_FOR_RE: item.ABGRU,
    CREATION_DATE: order.ERDAT,
    CREATION_TIME: order.ERZET,
    DELIV_NUMB: delivery?.VBELN,
    DELIV_ITEM: delivery?.POSNR,
    DELIV_DATE: likp?.LFDAT,
    DLV_QTY: delivery?.LFIMG,
    S_UNIT_DLV: delivery?.VRKME,
  });
}

/** BAPI_SALESORDER_GETSTATUS: items with several deliveries appear several times. */
export function readSalesOrderStatus(call: FunctionCall): void {
  const number = call.value('SALESDOCUMENT');
  const order = call.get('VBAK', { VBELN: number });
  if (order === undefined) return call.return(call.message('E', 'V1', '302', number));
  for (const item of call.where('VBAP', ['VBELN'], [number])) {
    const deliveries = deliveryItems(call, number, item.POSNR ?? '');
    if (deliveries.length === 0) appendStatus(call, order, item, undefined);
    for (const delivery of deliveries) appendStatus(call, order, item, delivery);
  }
}
