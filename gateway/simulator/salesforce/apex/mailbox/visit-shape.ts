/** What a visit says, read as strictly as the package reads it. */
import { z } from 'zod';

/** The number of the contract in docs/salesforce/mailbox.md. */
export const contractNumber = 1;

/** Longest key of a request. */
const key = z.string().min(1).max(60);

/** An outcome is looked at by itself: one that cannot be read costs only itself. */
const leftOutcome = z.object({ operation: z.unknown(), correlationId: z.string().nullish() });
export type LeftOutcome = z.infer<typeof leftOutcome>;

export const visitCall = z.object({
  contract: z.literal(contractNumber),
  agent: z.string().min(1).max(64),
  instance: z.string().min(1).max(36),
  system: z.string().regex(/^[A-Z0-9_/]{1,10}$/),
  fence: z.int().min(1).nullish(),
  leaseSeconds: z.int().min(10).max(600),
  isFarewell: z.boolean().default(false),
  wanted: z.int().min(0).max(200),
  after: z.string().max(60).nullish(),
  underWay: z.array(key).max(1_000).default([]),
  asking: z.array(key).max(200).default([]),
  outcomes: z.array(leftOutcome).max(100).default([]),
});
export type VisitCall = z.infer<typeof visitCall>;
