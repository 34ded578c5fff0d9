/** Sales orders with what became of them: schedule lines, deliveries, invoices. */
import { z } from 'zod';
import { customerReference, documentNumber } from './identifiers.ts';
import { calendarDate, codedText, instant, money, quantity, salesArea } from './values.ts';

export const orderStatus = z.enum([
  'open',
  'partly-delivered',
  'delivered',
  'billed',
  'blocked-by-credit',
  'blocked',
  'rejected',
]);
export type OrderStatus = z.infer<typeof orderStatus>;

export const orderSummary = z.object({
  number: documentNumber,
  type: codedText,
  purchaseOrder: z.string(),
  salesArea,
  orderedOn: calendarDate.nullable(),
  requestedOn: calendarDate.nullable(),
  /** The last confirmed schedule line; null while nothing is confirmed. */
  confirmedOn: calendarDate.nullable(),
  status: orderStatus,
  net: money,
});
export type OrderSummary = z.infer<typeof orderSummary>;

export const orderPage = z.object({
  customer: customerReference,
  asOf: instant,
  /** Newest first. */
  orders: z.array(orderSummary),
  /** Pass as `cursor` for the next page; null on the last. */
  next: z.string().nullable(),
});
export type OrderPage = z.infer<typeof orderPage>;

export const scheduleLine = z.object({
  line: z.string(),
  requestedOn: calendarDate.nullable(),
  confirmedOn: calendarDate.nullable(),
  ordered: quantity,
  confirmed: quantity,
});

export const orderItem = z.object({
  item: z.string(),
  material: z.string(),
  description: z.string(),
  ordered: quantity,
  net: money,
  /** SAP's reason of rejection, if the item was rejected. */
  rejection: codedText.nullable(),
  scheduleLines: z.array(scheduleLine),
});

export const delivery = z.object({
  number: documentNumber,
  plannedOn: calendarDate.nullable(),
  /** Null until goods issue is posted. */
  goodsIssuedOn: calendarDate.nullable(),
  /** The carrier's reference; empty when there is none. */
  tracking: z.string(),
  items: z.array(z.object({ item: z.string(), orderItem: z.string(), material: z.string(), delivered: quantity })),
});

export const orderInvoice = z.object({
  number: documentNumber,
  issuedOn: calendarDate.nullable(),
  net: money,
  isCancelled: z.boolean(),
});

export const order = orderSummary.extend({
  customer: customerReference,
  asOf: instant,
  items: z.array(orderItem),
  deliveries: z.array(delivery),
  invoices: z.array(orderInvoice),
});
export type Order = z.infer<typeof order>;
