/** What a customer was billed, what is unpaid, and since when. */
import { z } from 'zod';
import { customerReference, documentNumber } from './identifiers.ts';
import { receivables } from './credit.ts';
import { calendarDate, instant, money, unavailableFigure } from './values.ts';

export const invoiceState = z.enum(['open', 'overdue', 'paid', 'cancelled']);
export type InvoiceState = z.infer<typeof invoiceState>;

export const invoice = z.object({
  /** The billing document; where accounting has none, the accounting document. */
  number: documentNumber,
  companyCode: z.string(),
  kind: z.enum(['invoice', 'credit-memo', 'debit-memo', 'cancellation', 'payment', 'other']),
  issuedOn: calendarDate.nullable(),
  dueOn: calendarDate.nullable(),
  /** Gross; negative for credit memos and cancellations. */
  amount: money,
  /** What is still unpaid, with the sign of `amount`. */
  open: money,
  state: invoiceState,
  /** 0 unless overdue. */
  daysOverdue: z.int().min(0),
  paidOn: calendarDate.nullable(),
  /** The document this one cancels, or the one that cancelled it: the two are a pair. */
  cancels: documentNumber.nullable(),
  cancelledBy: documentNumber.nullable(),
});
export type Invoice = z.infer<typeof invoice>;

export const invoicePage = z.object({
  customer: customerReference,
  asOf: instant,
  /** Newest first. */
  invoices: z.array(invoice),
  receivables: z.array(receivables),
  next: z.string().nullable(),
  unavailable: z.array(unavailableFigure),
});
export type InvoicePage = z.infer<typeof invoicePage>;
