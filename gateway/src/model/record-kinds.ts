/** The kinds of records that flow from SAP, how each is identified, and what belongs together in time. */
import { z } from 'zod';

/**
 * In the order in which they are written: what is referred to stands before what refers to it.
 *
 * Ids, all with SAP's leading zeros:
 * - product: material number. customer: customer number. contact: contact person number.
 * - sales-area: customer/sales organization/distribution channel/division.
 * - partner: customer/sales organization/distribution channel/division/function/counter (three digits).
 * - price: condition type/table/key fields/first day, as the room `sap` builds it.
 * - order, delivery, invoice: document number; their items: document number/item (six digits).
 * - canary: the org's id. Our own probe, which goes the way of a record and is never written as one.
 */
export const recordKind = z.enum([
  'product',
  'customer',
  'sales-area',
  'partner',
  'contact',
  'price',
  'order',
  'order-item',
  'delivery',
  'delivery-item',
  'invoice',
  'invoice-item',
  'canary',
]);
export type RecordKind = z.infer<typeof recordKind>;

/** The kinds that Salesforce gets, in the order in which they are written. */
export const recordKindsInOrder: readonly RecordKind[] = recordKind.options.filter((kind) => kind !== 'canary');

/**
 * Fields that one source speaks about together. `master`: everything without a group of its own. `address`: a customer's address.
 * `status`: whether a customer is blocked or deleted. `credit`: its credit data. `clearing`: an invoice's payment.
 */
export const facet = z.enum(['master', 'address', 'status', 'credit', 'clearing']);
export type Facet = z.infer<typeof facet>;
