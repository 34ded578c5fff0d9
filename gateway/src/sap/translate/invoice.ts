/** Invoices: the pack's rows, or line items of accounting, to the model. */
import type { Invoice } from '../../model/index.ts';
import type { AbapStructure } from '../../ports/index.ts';
import { text } from '../answers.ts';
import { money, moneyFromDec, readDecimal } from '../conversion/amounts.ts';
import type { CurrencyDecimals } from '../conversion/amounts.ts';
import { isInitialDate, toCalendarDate } from '../conversion/dates.ts';
import { add, zero } from '../conversion/decimal.ts';
import { readDocumentNumber, readOptionalDocument } from '../identifiers.ts';
import { daysOverdue } from './line-items.ts';
import type { LineItem } from './line-items.ts';

/** SAP's document category of billing documents. */
const kindsByCategory: ReadonlyMap<string, Invoice['kind']> = new Map([
  ['M', 'invoice'],
  ['O', 'credit-memo'],
  ['P', 'debit-memo'],
  ['N', 'cancellation'],
  ['S', 'cancellation'],
]);

/** A row of the pack's ET_INVOICE. */
export function invoiceOfPack(row: AbapStructure, decimals: CurrencyDecimals): Invoice {
  const currency = text(row, 'WAERS');
  const cancels = readOptionalDocument(text(row, 'SFAKN'));
  const cancelledBy = readOptionalDocument(text(row, 'STORNO'));
  const days = Math.max(0, Number(text(row, 'DAYS_OVERDUE')));
  const isOpen = readDecimal(text(row, 'OPEN')).units !== 0n;
  const isCancelled = cancels !== null || cancelledBy !== null;
  return {
    number: readDocumentNumber(text(row, 'VBELN') || text(row, 'BELNR')),
    companyCode: text(row, 'BUKRS'),
    kind: kindsByCategory.get(text(row, 'VBTYP')) ?? (text(row, 'BLART') === 'DZ' ? 'payment' : 'other'),
    issuedOn: toCalendarDate(text(row, 'FKDAT')),
    dueOn: toCalendarDate(text(row, 'FAEDT')),
    amount: moneyFromDec(text(row, 'AMOUNT'), currency, decimals),
    open: moneyFromDec(text(row, 'OPEN'), currency, decimals),
    state: isCancelled ? 'cancelled' : stateOf(isOpen, days),
    daysOverdue: isOpen && !isCancelled ? days : 0,
    paidOn: toCalendarDate(text(row, 'AUGDT')),
    cancels,
    cancelledBy,
  };
}

/** The items of one accounting document: one invoice, also where it is split into instalments. */
export function invoiceOfItems(items: readonly [LineItem, ...LineItem[]], decimals: CurrencyDecimals): Invoice {
  const [first] = items;
  const open = items.filter((item) => isInitialDate(item.clearedOn));
  const amount = items.reduce((total, item) => add(total, item.amount), zero);
  const openAmount = open.reduce((total, item) => add(total, item.amount), zero);
  const days = open.reduce((most, item) => Math.max(most, daysOverdue(item)), 0);
  return {
    number: readDocumentNumber(isBilling(first) ? first.reference : first.document),
    companyCode: first.companyCode,
    kind: kindOfItem(first, amount.units < 0n),
    issuedOn: toCalendarDate(first.issuedOn),
    dueOn: toCalendarDate(firstDue(open.length > 0 ? open : items)),
    amount: money(amount, first.currency, decimals),
    open: money(openAmount, first.currency, decimals),
    state: stateOf(open.length > 0, days),
    daysOverdue: days,
    paidOn: open.length > 0 ? null : toCalendarDate(first.clearedOn),
    // Accounting alone does not say which document cancels which.
    cancels: null,
    cancelledBy: null,
  };
}

/** Of several instalments the next one: the day from which somebody waits for money. */
function firstDue(items: readonly LineItem[]): string {
  const dates = items.map((item) => item.dueOn).filter((date) => !isInitialDate(date));
  return dates.sort()[0] ?? '';
}

function stateOf(isOpen: boolean, days: number): Invoice['state'] {
  if (!isOpen) return 'paid';
  return days > 0 ? 'overdue' : 'open';
}

/** Documents that billing handed over carry the billing document's number as reference. */
function isBilling(item: LineItem): boolean {
  return item.documentType === 'RV' && /^[A-Za-z0-9]{1,10}$/.test(item.reference);
}

function kindOfItem(item: LineItem, isCredit: boolean): Invoice['kind'] {
  if (item.documentType === 'DZ') return 'payment';
  if (item.documentType === 'DG') return 'credit-memo';
  if (item.documentType === 'RV' || item.documentType === 'DR') return isCredit ? 'credit-memo' : 'invoice';
  return 'other';
}
