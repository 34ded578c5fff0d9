/** Execute: from a verified call to SAP, and for writes exactly once in effect. */
export { contents, toContent, toStepKey, toWriteKey } from './content.ts';
export { createExecutor } from './executor.ts';
export type { ExecutorParts, OutboxWrites, ResumableExecutor } from './executor.ts';
export type { EntryKey, WriteStanding } from './open-writes.ts';
export { causeOf, defaultPolicy, isPassing } from './policy.ts';
export type { ExecutePolicy } from './policy.ts';
export { laterAsOf } from './run-record.ts';
export { kindOf } from './replies.ts';
export { heldFor, heldUnresolved, withdrawal } from './run-parts.ts';
export type { Verdict } from './run-parts.ts';
export type { SapStanding } from './sap-standing.ts';
export { BackgroundSteps } from './steps.ts';
