/** How much a customer may still buy, and what stands in the way. */
import { z } from 'zod';
import { customerNumber, customerReference } from './identifiers.ts';
import { codedText, currencyCode, instant, money, salesArea, unavailableFigure } from './values.ts';

export const blockScope = z.discriminatedUnion('level', [
  z.object({ level: z.literal('central') }),
  z.object({ level: z.literal('sales-area'), salesArea }),
  z.object({ level: z.literal('company-code'), companyCode: z.string() }),
  z.object({ level: z.literal('credit-control-area'), creditControlArea: z.string() }),
]);

export const block = z.object({
  kind: z.enum(['order', 'delivery', 'billing', 'credit', 'posting', 'deletion', 'sales-support']),
  scope: blockScope,
  reason: codedText,
  /** Who can lift it, as a role; the screen has the words. */
  liftedBy: z.enum([
    'credit-management',
    'order-management',
    'shipping',
    'billing',
    'accounts-receivable',
    'master-data',
  ]),
});
export type Block = z.infer<typeof block>;

/** One credit account in one credit control area. Null figures are named in `unavailable`. */
export const creditAccount = z.object({
  creditControlArea: codedText,
  currency: currencyCode,
  /** The customer whose limit is used; another one where credit is shared (KNKK-KNKLI). */
  creditAccount: customerNumber,
  /** The others on the same credit account; empty where it is not shared. */
  sharedWith: z.array(z.object({ number: customerNumber, name: z.string() })),
  limit: money.nullable(),
  exposure: z.object({
    receivables: money.nullable(),
    openOrders: money.nullable(),
    openDeliveries: money.nullable(),
    /** Billed in sales, not yet in accounting. */
    openBilling: money.nullable(),
    specialLiabilities: money.nullable(),
    total: money.nullable(),
  }),
  /** Exposure as percent of the limit, one decimal, e.g. "83.4"; null with no limit. */
  utilisationPercent: z.string().nullable(),
  /** Limit minus exposure; negative when overdrawn. */
  available: money.nullable(),
  riskClass: codedText.nullable(),
});
export type CreditAccount = z.infer<typeof creditAccount>;

export const agingBucket = z.object({
  /** Days past due; 0 to 0 is "not due yet". */
  fromDays: z.int(),
  toDays: z.int().nullable(),
  amount: money,
});

/** Receivables of one company code in one currency. Special G/L items are not among them. */
export const receivables = z.object({
  companyCode: z.string(),
  overdue: money,
  oldestDaysOverdue: z.int().min(0),
  aging: z.array(agingBucket),
});
export type Receivables = z.infer<typeof receivables>;

export const paymentTerms = z.object({
  scope: z.union([z.object({ companyCode: z.string() }), z.object({ salesArea })]),
  terms: codedText,
});

export const credit = z.object({
  customer: customerReference,
  name: z.string(),
  asOf: instant,
  accounts: z.array(creditAccount),
  receivables: z.array(receivables),
  paymentTerms: z.array(paymentTerms),
  blocks: z.array(block),
  unavailable: z.array(unavailableFigure),
});
export type Credit = z.infer<typeof credit>;
