/** What an installation uses of SAP: each feature needs its own functions and authorizations, and none of another's. */
import { z } from 'zod';

/**
 * - `customers`: name, address and blocks of a customer. `credit`, `orders`, `invoices`: the panels.
 * - `matches`: possible duplicates before a customer is created. `partners`: partner functions.
 * - `texts`: words for codes, read from small customizing tables with RFC_READ_TABLE.
 * - `customer-writes`, `contact-writes`, `credit-writes`, `order-writes`: what the ABAP pack writes.
 * - `changes`: what has changed since a point in time. `services`: function modules published as services.
 */
export const sapFeature = z.enum([
  'customers',
  'credit',
  'orders',
  'invoices',
  'matches',
  'partners',
  'texts',
  'customer-writes',
  'contact-writes',
  'credit-writes',
  'order-writes',
  'changes',
  'services',
]);
export type SapFeature = z.infer<typeof sapFeature>;
