/** Where one write stands, from the first call until it has ended for good. */
import { z } from 'zod';
import { contactNumber, customerReference, idempotencyKey } from './identifiers.ts';
import { problem, sapMessage } from './problem.ts';
import { serviceName } from './service.ts';
import { instant } from './values.ts';

/**
 * - `running`: SAP has been asked and has not answered yet.
 * - `verifying`: the answer was lost; the agent looks in SAP by key. Never repeated blindly.
 * - `held`: a person must act; `problem.advice` says who and how.
 * - `done`: it happened, once. `customer` is the result.
 * - `refused`: SAP said no; nothing was written. Corrected data may be sent under the same key.
 */
export const writeState = z.enum(['running', 'verifying', 'held', 'done', 'refused']);
export type WriteState = z.infer<typeof writeState>;

/** What a write does; also the beginning of the keys that the package makes. */
export const writeKind = z.enum([
  'customer.create',
  'customer.change',
  'contact.create',
  'contact.change',
  'service.call',
]);
export type WriteKind = z.infer<typeof writeKind>;

export const writeOperation = z.object({
  id: idempotencyKey,
  kind: writeKind,
  state: writeState,
  asOf: instant,
  /** How often SAP was asked to write; look-ups are not counted. */
  attempts: z.int().min(0),
  /** True when this answer repeats an earlier success. */
  isRepeat: z.boolean(),
  /** The customer, as soon as SAP has it: also while a later step of the same write runs or is held. */
  customer: customerReference.nullable(),
  /** The contact person, for `contact.*`. */
  contact: contactNumber.nullable().default(null),
  /** Only of `service.call`: which service. */
  service: serviceName.optional(),
  /** Only of a `service.call` that is done: its outputs by name. */
  outputs: z.record(z.string(), z.unknown()).optional(),
  sapMessages: z.array(sapMessage),
  problem: problem.nullable(),
});
export type WriteOperation = z.infer<typeof writeOperation>;
