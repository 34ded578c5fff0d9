/** Invoices without the ABAP pack: the documents of accounts receivable, in windows of time that grow. */
import type { CustomerNumber, InvoicePage, UnavailableFigure } from '../../model/index.ts';
import type { PageRequest } from '../../ports/index.ts';
import { isInitialDate } from '../conversion/dates.ts';
import { invoiceOfItems } from '../translate/invoice.ts';
import { daysOverdue } from '../translate/line-items.ts';
import type { LineItem } from '../translate/line-items.ts';
import { receivablesOfItems } from '../translate/receivables.ts';
import { asOf, cursorInvalid, today } from './context.ts';
import type { Question } from './context.ts';
import type { InvoiceFilter } from './list-invoices.ts';
import { readCustomer } from './read-customer.ts';
import { readOpenItems, readStatement } from './read-line-items.ts';
import { olderWindows } from './windows.ts';

type Document = readonly [LineItem, ...LineItem[]];

/** `reason` says why the pack could not be used. */
export async function listStandardInvoices(
  context: Question,
  number: CustomerNumber,
  { state, ...page }: PageRequest & { readonly state: InvoiceFilter },
  reason: UnavailableFigure['reason'],
): Promise<InvoicePage> {
  const moment = asOf(context);
  const day = today(context);
  const before = page.cursor === undefined ? undefined : checkedCursor(page.cursor);
  const [open, decimals] = await Promise.all([
    readOpenItems(context, number, day),
    context.customizing.decimals(context.deadline),
    readCustomer(context, number),
  ]);
  const wanted =
    state === 'open' || state === 'overdue'
      ? after(documentsOf(open.items), before).filter((document) => matches(document, state))
      : await readPosted(context, number, state, { ...page, before, day });
  const shown = wanted.slice(0, page.limit);
  const last = shown.at(-1);
  return {
    customer: { system: context.settings.system, number },
    asOf: moment,
    invoices: shown.map((document) => invoiceOfItems(document, decimals)),
    receivables: receivablesOfItems(open.items, decimals),
    next: wanted.length > page.limit && last !== undefined ? positionOf(last) : null,
    unavailable: [
      { figure: 'invoices.cancellations', reason },
      ...open.refused.map((code): UnavailableFigure => ({ figure: `receivables.${code}`, reason: 'NOT_AUTHORIZED' })),
    ],
  };
}

interface Position {
  readonly limit: number;
  readonly before: string | undefined;
  readonly day: string;
}

/** Goes back window by window until the page and one more are there. */
async function readPosted(
  context: Question,
  number: CustomerNumber,
  state: InvoiceFilter,
  position: Position,
): Promise<Document[]> {
  const found: Document[] = [];
  for (const period of olderWindows(position.before?.slice(0, 8) ?? position.day)) {
    const { items } = await readStatement(context, number, period, position.day);
    found.push(...after(documentsOf(items), position.before).filter((document) => matches(document, state)));
    if (found.length > position.limit) break;
  }
  return found;
}

function documentsOf(items: readonly LineItem[]): Document[] {
  const documents = new Map<string, [LineItem, ...LineItem[]]>();
  for (const item of items) {
    const key = `${item.companyCode} ${item.fiscalYear} ${item.document}`;
    const document = documents.get(key);
    if (document === undefined) documents.set(key, [item]);
    else document.push(item);
  }
  return [...documents.values()].sort((a, b) => (positionOf(a) < positionOf(b) ? 1 : -1));
}

/** Sorts as it reads: date, then document; unique within a customer. */
function positionOf([first]: Document): string {
  return `${first.postedOn}.${first.document}.${first.companyCode}.${first.fiscalYear}`;
}

function after(documents: readonly Document[], before: string | undefined): Document[] {
  return before === undefined ? [...documents] : documents.filter((document) => positionOf(document) < before);
}

function matches(document: Document, state: InvoiceFilter): boolean {
  const open = document.filter((item) => isInitialDate(item.clearedOn));
  if (state === 'all') return true;
  if (state === 'paid') return open.length === 0;
  return state === 'open' ? open.length > 0 : open.some((item) => daysOverdue(item) > 0);
}

function checkedCursor(cursor: string): string {
  if (!/^\d{8}\.[A-Z0-9]{1,10}\.[A-Z0-9_]{1,4}\.\d{4}$/.test(cursor)) throw cursorInvalid();
  return cursor;
}
