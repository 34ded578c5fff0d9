/** Sales orders of a sold-to party, newest first, page by page. */
import type { CustomerNumber, OrderPage } from '../../model/index.ts';
import type { PageRequest } from '../../ports/index.ts';
import { table, text } from '../answers.ts';
import { unlimitedDate } from '../conversion/dates.ts';
import { refusal } from '../errors.ts';
import { orderDetails, orderList } from '../functions/sales-order.ts';
import { isRefusal, messagesOf } from '../return-messages.ts';
import { toOrderSummaries } from '../translate/sales-order.ts';
import { asOf, cursorInvalid, read, today } from './context.ts';
import type { Question } from './context.ts';
import type { SalesAreas } from './sales-areas.ts';
import { olderWindows } from './windows.ts';
import type { Period } from './windows.ts';

/** Orders, not quotations or contracts. */
const orderGroup = '0';
const detailTables = ['ORDER_HEADERS_OUT', 'ORDER_SCHEDULES_OUT', 'ORDER_BUSINESS_OUT', 'ORDER_STATUSHEADERS_OUT'];

/** Throws SAP_CUSTOMER_UNKNOWN for a number that SAP does not have. */
export async function listOrders(
  context: Question,
  salesAreas: SalesAreas,
  number: CustomerNumber,
  page: PageRequest,
): Promise<OrderPage> {
  const moment = asOf(context);
  if (page.cursor !== undefined && !/^\d{8}\.[A-Z0-9]{1,10}$/.test(page.cursor)) throw cursorInvalid();
  const organizations = await salesAreas.organizations(number, context.deadline);
  const positions = await findPositions(context, organizations, number, page);
  const shown = positions.slice(0, page.limit);
  return {
    customer: { system: context.settings.system, number },
    asOf: moment,
    orders: shown.length === 0 ? [] : await readSummaries(context, shown),
    next: positions.length > page.limit ? (shown.at(-1) ?? null) : null,
  };
}

/** `date.document` of the page's orders and of one more, newest first. */
async function findPositions(
  context: Question,
  organizations: readonly string[],
  number: CustomerNumber,
  page: PageRequest,
): Promise<string[]> {
  const { cursor } = page;
  // A document may be dated ahead, so the first window has no end.
  const windows = cursor === undefined ? olderWindows(today(context), unlimitedDate) : olderWindows(cursor.slice(0, 8));
  const found: string[] = [];
  for (const period of windows) {
    const lists = await Promise.all(
      organizations.map((organization) => readPositions(context, organization, number, period)),
    );
    const positions = [...new Set(lists.flat())].filter((position) => cursor === undefined || position < cursor);
    found.push(...positions.sort().reverse());
    if (found.length > page.limit) break;
  }
  return found;
}

/** One row per item: the set makes documents of them. */
async function readPositions(
  context: Question,
  organization: string,
  number: CustomerNumber,
  period: Period,
): Promise<string[]> {
  const parameters = {
    CUSTOMER_NUMBER: number,
    SALES_ORGANIZATION: organization,
    DOCUMENT_DATE: period.from,
    DOCUMENT_DATE_TO: period.to,
    TRANSACTION_GROUP: orderGroup,
  };
  const answer = await read(context, orderList, parameters, ['SALES_ORDERS']);
  const messages = messagesOf(answer);
  if (isRefusal(messages)) throw refusal(messages, { functionName: orderList.name });
  return [...new Set(table(answer, 'SALES_ORDERS').map((row) => `${text(row, 'DOC_DATE')}.${text(row, 'SD_DOC')}`))];
}

/** All documents of the page in one call; one that is gone meanwhile is left out. */
async function readSummaries(context: Question, positions: readonly string[]): Promise<OrderPage['orders']> {
  const documents = positions.map((position) => position.slice(9));
  const parameters = {
    I_BAPI_VIEW: { HEADER: 'X', SDSCHEDULE: 'X', BUSINESS: 'X', STATUS_H: 'X' },
    SALES_DOCUMENTS: documents.map((document) => ({ VBELN: document })),
  };
  const [answer, decimals, types] = await Promise.all([
    read(context, orderDetails, parameters, detailTables),
    context.customizing.decimals(context.deadline),
    context.customizing.texts('orderTypes', context.deadline),
  ]);
  const summaries = toOrderSummaries(answer, { decimals, orderTypes: types });
  return documents.flatMap((document) => summaries.get(document) ?? []);
}
