/** Outbox: the agent's own look into an org; takes requests, leaves outcomes, keeps the lease. */
export { createOutboxMetrics } from './outbox-metrics.ts';
export type { OutboxMeasure } from './outbox-metrics.ts';
export { defaultOutboxPolicy } from './policy.ts';
export type { OutboxPolicy } from './policy.ts';
export { startOutbox } from './start-outbox.ts';
export type { Outbox, OutboxParts } from './start-outbox.ts';
export { WriteRate } from './write-rate.ts';
