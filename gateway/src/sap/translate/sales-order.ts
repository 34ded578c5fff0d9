/** Sales orders of BAPISDORDER_GETDETAILEDLIST to the model: headers with their statuses and confirmed dates. */
import type { OrderStatus, OrderSummary } from '../../model/index.ts';
import type { AbapParameters, AbapStructure } from '../../ports/index.ts';
import { table, text } from '../answers.ts';
import { moneyFromDec, readDecimal } from '../conversion/amounts.ts';
import type { CurrencyDecimals } from '../conversion/amounts.ts';
import { toCalendarDate } from '../conversion/dates.ts';
import { readDocumentNumber } from '../identifiers.ts';
import { coded } from '../system/customizing.ts';
import type { Texts } from '../system/customizing.ts';

export interface OrderCustomizing {
  readonly decimals: CurrencyDecimals;
  readonly orderTypes: Texts;
}

/** Summaries by document number. */
export function toOrderSummaries(answer: AbapParameters, customizing: OrderCustomizing): Map<string, OrderSummary> {
  const statuses = new Map(table(answer, 'ORDER_STATUSHEADERS_OUT').map((row) => [text(row, 'SD_DOC'), row]));
  const purchaseOrders = purchaseOrdersOf(answer);
  const confirmed = confirmedDates(answer);
  return new Map(
    table(answer, 'ORDER_HEADERS_OUT').map((header) => {
      const document = text(header, 'DOC_NUMBER');
      const summary: OrderSummary = {
        number: readDocumentNumber(document),
        type: coded(text(header, 'DOC_TYPE'), customizing.orderTypes),
        purchaseOrder: purchaseOrders.get(document) || text(header, 'PURCH_NO'),
        salesArea: {
          salesOrganization: text(header, 'SALES_ORG'),
          distributionChannel: text(header, 'DISTR_CHAN'),
          division: text(header, 'DIVISION'),
        },
        orderedOn: toCalendarDate(text(header, 'DOC_DATE')),
        requestedOn: toCalendarDate(text(header, 'REQ_DATE_H')),
        confirmedOn: toCalendarDate(confirmed.get(document) ?? ''),
        status: statusOf(header, statuses.get(document) ?? {}),
        net: moneyFromDec(text(header, 'NET_VAL_HD'), text(header, 'CURRENCY'), customizing.decimals),
      };
      return [document, summary];
    }),
  );
}

/**
 * The status in words, the strongest first: what is rejected or billed is over; a block stops what is still to come,
 * so it outranks a partial delivery but not a complete one.
 */
export function statusOf(header: AbapStructure, status: AbapStructure): OrderStatus {
  const delivery = text(status, 'DLV_STAT_H') || text(status, 'DELIV_STAT');
  if (text(status, 'OVERALLREJ') === 'C') return 'rejected';
  if (isBilled(status, delivery)) return 'billed';
  if (delivery === 'C' || (delivery === '' && text(status, 'PRC_STAT_H') === 'C')) return 'delivered';
  // Credit status B is not approved, C approved only in part; D was released.
  if (['B', 'C'].includes(text(status, 'TOTSTATCCH'))) return 'blocked-by-credit';
  if (text(header, 'DLV_BLOCK') !== '' || ['B', 'C'].includes(text(status, 'TOBLOCKSTA'))) return 'blocked';
  return delivery === 'B' ? 'partly-delivered' : 'open';
}

/** Billing by delivery and billing by order have a status each; blank is "not relevant". */
function isBilled(status: AbapStructure, delivery: string): boolean {
  const relevant = [text(status, 'BILLSTATUS'), text(status, 'BILLINGSTA')].filter((value) => value !== '');
  return relevant.length > 0 && relevant.every((value) => value === 'C') && (delivery === 'C' || delivery === '');
}

/** The customer's own order number of the header (item 000000), in its full length. */
function purchaseOrdersOf(answer: AbapParameters): Map<string, string> {
  const headers = table(answer, 'ORDER_BUSINESS_OUT').filter((row) => /^0*$/.test(text(row, 'ITM_NUMBER')));
  return new Map(headers.map((row) => [text(row, 'SD_DOC'), text(row, 'PURCH_NO_C')]));
}

/** The latest schedule line with a confirmed quantity. */
function confirmedDates(answer: AbapParameters): Map<string, string> {
  const latest = new Map<string, string>();
  for (const row of table(answer, 'ORDER_SCHEDULES_OUT')) {
    const document = text(row, 'DOC_NUMBER');
    const date = text(row, 'REQ_DATE');
    if (readDecimal(text(row, 'CONFIR_QTY')).units > 0n && date > (latest.get(document) ?? ''))
      latest.set(document, date);
  }
  return latest;
}
