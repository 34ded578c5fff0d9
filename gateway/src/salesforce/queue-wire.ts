/** What the queue desk's resource answers (docs/salesforce/mailbox.md), read with patience: a person looks at it. */
import { z } from 'zod';

/** A field that people only look at: whatever cannot be shown is absent. */
const shown = z.string().max(4_096).nullable().catch(null);
const count = z.int().min(0).catch(0);

const summary = z.object({
  id: z.string().max(255),
  name: z.string().max(80),
  kind: shown,
  /** Text, because a person or an older package may have written another word. */
  state: z.string().max(40),
  system: shown,
  account: z.object({ id: shown, name: shown }).nullable().catch(null),
  customer: shown,
  attempts: count,
  code: shown,
  whatHappened: shown,
  nextStep: shown,
  wish: shown,
  correlationId: shown,
  requestedAt: shown,
  requestedBy: shown,
  changedAt: shown,
});
export type QueuedRequest = z.infer<typeof summary>;

/** The answer to `list`. */
export const queuePage = z.object({
  requests: z.array(summary).max(200),
  next: z.string().min(1).max(1_024).nullable(),
  /** Counted up to 50,000 each. */
  counts: z.object({ ready: count, sent: count, verifying: count, held: count, done: count, refused: count }),
});
export type QueuePage = z.infer<typeof queuePage>;

const whole = summary.extend({
  payload: z.string().max(131_072).nullable().catch(null),
  problem: z.unknown(),
  sapMessages: z.array(z.unknown()).max(200).catch([]),
  history: z.array(z.unknown()).max(1_000).catch([]),
});
export type ShownRequest = z.infer<typeof whole>;

/** The answer to `show`; null where there is no such request. */
export const shownRequest = z.object({ request: whole.nullable() });

/** The answer to `retry`, `hold` and `discard`. */
export const queueChanges = z.object({
  results: z.array(z.object({ id: z.string().max(255), result: z.enum(['done', 'refused']), reason: shown })).max(200),
});
export type QueueChange = z.infer<typeof queueChanges>['results'][number];
