/** Where one write stands, from the first call until it has ended for good. */
import { z } from 'zod';
import { customerReference, idempotencyKey } from './identifiers.ts';
import { problem, sapMessage } from './problem.ts';
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

export const writeOperation = z.object({
  id: idempotencyKey,
  kind: z.enum(['customer.create', 'customer.change']),
  state: writeState,
  asOf: instant,
  /** How often SAP was asked to write; look-ups are not counted. */
  attempts: z.int().min(0),
  /** True when this answer repeats an earlier success. */
  isRepeat: z.boolean(),
  customer: customerReference.nullable(),
  sapMessages: z.array(sapMessage),
  problem: problem.nullable(),
});
export type WriteOperation = z.infer<typeof writeOperation>;
