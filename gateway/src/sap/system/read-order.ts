/** One sales order with everything that became of it. */
import { GatewayError } from '../../errors/index.ts';
import type { CustomerNumber, DocumentNumber, Order } from '../../model/index.ts';
import type { AbapParameters } from '../../ports/index.ts';
import { table, text } from '../answers.ts';
import type { CurrencyDecimals } from '../conversion/amounts.ts';
import { refusal } from '../errors.ts';
import { deliveryList } from '../functions/delivery.ts';
import { orderDetails } from '../functions/sales-order.ts';
import { readCustomerNumber } from '../identifiers.ts';
import { isRefusal, messagesOf } from '../return-messages.ts';
import { billingReferences, toDeliveries, toItems, unitsOf } from '../translate/order-details.ts';
import { toOrderSummaries } from '../translate/sales-order.ts';
import { asOf, read } from './context.ts';
import type { Question } from './context.ts';
import { readInvoices } from './read-order-invoices.ts';

const view = { HEADER: 'X', ITEM: 'X', SDSCHEDULE: 'X', BUSINESS: 'X', STATUS_H: 'X', FLOW: 'X' };
const detailTables = [
  'ORDER_HEADERS_OUT',
  'ORDER_ITEMS_OUT',
  'ORDER_SCHEDULES_OUT',
  'ORDER_BUSINESS_OUT',
  'ORDER_STATUSHEADERS_OUT',
  'ORDER_FLOWS_OUT',
];
/** SAP's transaction group of orders; quotations, contracts and the like are not orders. */
const orderGroup = '0';

/** Throws SAP_DOCUMENT_UNKNOWN for a document that is not there, is not an order, or is somebody else's. */
export async function readOrder(
  context: Question,
  number: DocumentNumber,
  soldTo: CustomerNumber | undefined,
): Promise<Order> {
  const moment = asOf(context);
  const parameters = { I_BAPI_VIEW: view, SALES_DOCUMENTS: [{ VBELN: number }] };
  const [answer, decimals, orderTypes, rejectionReasons] = await Promise.all([
    read(context, orderDetails, parameters, detailTables),
    context.customizing.decimals(context.deadline),
    context.customizing.texts('orderTypes', context.deadline),
    context.customizing.texts('rejectionReasons', context.deadline),
  ]);
  const customer = soldToOf(answer, number);
  const summary = toOrderSummaries(answer, { decimals, orderTypes }).get(number);
  if (summary === undefined || (soldTo !== undefined && customer !== soldTo)) throw documentUnknown();
  const [deliveries, invoices] = await Promise.all([
    readDeliveries(context, number, answer),
    readOrderInvoices(context, answer, summary.net.currency, decimals),
  ]);
  return {
    ...summary,
    customer: { system: context.settings.system, number: customer },
    asOf: moment,
    items: toItems(answer, { decimals, rejectionReasons }),
    deliveries,
    invoices,
  };
}

function soldToOf(answer: AbapParameters, number: DocumentNumber): CustomerNumber {
  const header = table(answer, 'ORDER_HEADERS_OUT').find((row) => text(row, 'DOC_NUMBER') === number);
  // The BAPI has no RETURN: an unknown document is simply not in the answer.
  if (header === undefined || ![orderGroup, ''].includes(text(header, 'TRAN_GROUP'))) throw documentUnknown();
  return readCustomerNumber(text(header, 'SOLD_TO'));
}

async function readDeliveries(
  context: Question,
  order: DocumentNumber,
  details: AbapParameters,
): Promise<Order['deliveries']> {
  const parameters = {
    IS_DLV_DATA_CONTROL: { ITEM: 'X' },
    IT_VGBEL: [{ SIGN: 'I', OPTION: 'EQ', REF_DOC_LOW: order }],
  };
  const tables = ['ET_DELIVERY_HEADER', 'ET_DELIVERY_ITEM', 'RETURN'];
  const answer = await read(context, deliveryList, parameters, tables);
  const deliveries = toDeliveries(answer, order, unitsOf(details));
  const messages = messagesOf(answer);
  // "Nothing found" is said with an error too; with deliveries in the answer, or an authorization missing, it is not that.
  const error = isRefusal(messages) ? refusal(messages, { functionName: deliveryList.name }) : undefined;
  if (error !== undefined && (deliveries.length > 0 || error.code !== 'SAP_REFUSED')) throw error;
  return deliveries;
}

function readOrderInvoices(
  context: Question,
  answer: AbapParameters,
  currency: string,
  decimals: CurrencyDecimals,
): Promise<Order['invoices']> {
  return readInvoices(context, billingReferences(answer), { currency, decimals });
}

function documentUnknown(): GatewayError {
  return new GatewayError('SAP_DOCUMENT_UNKNOWN');
}
