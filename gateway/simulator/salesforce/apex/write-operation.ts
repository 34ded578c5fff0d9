/** Where a write stands, as relay and agent tell it (WriteOperation). */
import { z } from 'zod';
import { problemView, sapMessageView } from './problem.ts';
import { customerReference } from './sap-customer.ts';

/** The states of a write, and what they are called on the request. */
export const statusOf: Readonly<Record<string, string>> = {
  running: 'sent',
  verifying: 'verifying',
  held: 'held',
  done: 'done',
  refused: 'refused',
};

/** Where a write stands, as relay and agent tell it. */
export const writeOperation = z.object({
  id: z.string(),
  kind: z.string().nullish(),
  state: z.string(),
  asOf: z.string().nullish(),
  attempts: z.number().nullish(),
  customer: customerReference,
  sapMessages: z.array(sapMessageView).nullish(),
  // One that says too little says nothing.
  problem: z
    .looseObject({})
    .nullish()
    .transform((problem) => problemView.safeParse(problem).data ?? null),
  contact: z.string().nullish(),
});
export type WriteOperation = z.infer<typeof writeOperation>;
