/** Line items of accounts receivable (BAPI3007_2): signed amounts, due dates, and which of them count. */
import type { AbapStructure } from '../../ports/index.ts';
import { text } from '../answers.ts';
import { signedDecimal } from '../conversion/amounts.ts';
import { addDays, daysBetween, isInitialDate } from '../conversion/dates.ts';
import type { Decimal } from '../conversion/decimal.ts';

export interface LineItem {
  readonly companyCode: string;
  readonly fiscalYear: string;
  readonly document: string;
  readonly item: string;
  /** SAP's document type: `RV` comes from billing, `DZ` is a payment. */
  readonly documentType: string;
  /** The reference, for billing its document number. */
  readonly reference: string;
  readonly postedOn: string;
  readonly issuedOn: string;
  readonly dueOn: string;
  /** Initial while the item is open. */
  readonly clearedOn: string;
  readonly currency: string;
  /** Credits are negative. */
  readonly amount: Decimal;
  /** 0 when not due yet; counted for credits too, because they reduce the bucket of their own due date. */
  readonly daysPastDue: number;
}

/** Ordinary items only: special G/L items (down payments, bills) and noted items are not receivables. */
export function readLineItems(rows: readonly AbapStructure[], today: string): LineItem[] {
  const ordinary = rows.filter((row) => text(row, 'SP_GL_IND') === '' && text(row, 'DOC_STATUS') !== 'S');
  return ordinary.map((row) => readLineItem(row, dueDate(row), today));
}

function readLineItem(row: AbapStructure, dueOn: string, today: string): LineItem {
  return {
    companyCode: text(row, 'COMP_CODE'),
    fiscalYear: text(row, 'FISC_YEAR'),
    document: text(row, 'DOC_NO'),
    item: text(row, 'ITEM_NUM'),
    documentType: text(row, 'DOC_TYPE'),
    reference: text(row, 'REF_DOC_NO'),
    postedOn: text(row, 'PSTNG_DATE'),
    issuedOn: text(row, 'DOC_DATE'),
    dueOn,
    clearedOn: text(row, 'CLEAR_DATE'),
    currency: text(row, 'CURRENCY'),
    amount: signedDecimal(text(row, 'AMT_DOCCUR'), text(row, 'DB_CR_IND')),
    daysPastDue: isInitialDate(dueOn) ? 0 : Math.max(0, daysBetween(dueOn, today)),
  };
}

/**
 * SAP keeps no due date but a baseline and days. A credit is due at once, unless it refers to an invoice: then SAP has
 * copied that invoice's baseline and days into it.
 */
function dueDate(row: AbapStructure): string {
  const isOnItsOwn = text(row, 'DB_CR_IND') === 'H' && text(row, 'INV_REF') === '';
  return isOnItsOwn ? text(row, 'BLINE_DATE') : netDueDate(row);
}

function netDueDate(row: AbapStructure): string {
  const baseline = text(row, 'BLINE_DATE');
  if (isInitialDate(baseline)) return baseline;
  const days = ['NETTERMS', 'DSCT_DAYS2', 'DSCT_DAYS1'].map((field) => Number(text(row, field)) || 0);
  return addDays(baseline, days.find((count) => count !== 0) ?? 0);
}

/** Only what the customer owes can be overdue; a credit waits for us. */
export function daysOverdue(item: LineItem): number {
  return item.amount.units > 0n ? item.daysPastDue : 0;
}
