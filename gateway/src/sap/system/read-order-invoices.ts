/** The billing documents of one order, each with its own date and value. */
import type { Order } from '../../model/index.ts';
import { GatewayError } from '../../errors/index.ts';
import { structureOf, text } from '../answers.ts';
import { moneyFromCurr, moneyFromDec, negated } from '../conversion/amounts.ts';
import type { CurrencyDecimals } from '../conversion/amounts.ts';
import { toCalendarDate } from '../conversion/dates.ts';
import { refusal } from '../errors.ts';
import { billingDetail } from '../functions/billing.ts';
import { readDocumentNumber } from '../identifiers.ts';
import { isRefusal, messagesOf } from '../return-messages.ts';
import { isReducing } from '../translate/order-details.ts';
import type { BillingReference } from '../translate/order-details.ts';
import { read } from './context.ts';
import type { Question } from './context.ts';

type OrderInvoice = Order['invoices'][number];

/** Each costs a call; an order with more is billed daily, and a person reads the newest. */
const maxInvoices = 40;
/** Calls at once, so that one opened row does not take every connection. */
const atOnce = 4;

export interface Currency {
  /** The order's, for releases whose billing structure names none. */
  readonly currency: string;
  readonly decimals: CurrencyDecimals;
}

/** In order of number; of very many the newest. */
export async function readInvoices(
  context: Question,
  references: readonly BillingReference[],
  currency: Currency,
): Promise<OrderInvoice[]> {
  const wanted = references.slice(-maxInvoices);
  if (wanted.length === 0) return [];
  const field = (await context.dictionaries.of('BAPIVBRKOUT', context.deadline)).find(
    ({ name }) => name === 'NET_VALUE',
  );
  // Releases differ in whether it is in real units (DEC) or stored with two decimals (CURR).
  const toMoney = field?.dataType === 'CURR' ? moneyFromCurr : moneyFromDec;
  const invoices: OrderInvoice[] = [];
  for (let start = 0; start < wanted.length; start += atOnce) {
    const group = wanted.slice(start, start + atOnce);
    invoices.push(
      ...(await Promise.all(group.map((reference) => readInvoice(context, reference, { ...currency, toMoney })))),
    );
  }
  return invoices;
}

async function readInvoice(
  context: Question,
  reference: BillingReference,
  order: Currency & { readonly toMoney: typeof moneyFromDec },
): Promise<OrderInvoice> {
  const answer = await read(context, billingDetail, { BILLINGDOCUMENT: reference.number }, []);
  const messages = messagesOf(answer);
  if (isRefusal(messages)) throw refusal(messages, { functionName: billingDetail.name });
  const detail = structureOf(answer, 'BILLINGDOCUMENTDETAIL');
  if (detail['NET_VALUE'] === undefined) {
    throw new GatewayError('SAP_ANSWER_UNREADABLE', { reason: 'a billing document without a value' });
  }
  const value = order.toMoney(text(detail, 'NET_VALUE'), text(detail, 'CURRENCY') || order.currency, order.decimals);
  return {
    number: readDocumentNumber(reference.number),
    issuedOn: toCalendarDate(text(detail, 'BILL_DATE') || reference.createdOn),
    net: isReducing(reference.category) ? negated(value) : value,
    isCancelled: reference.isCancelled || text(detail, 'CANCELLED') !== '',
  };
}
