/** Execute: from a verified call to SAP, and for writes exactly once in effect. */
export { toWriteKey } from './content.ts';
export { createExecutor } from './executor.ts';
export type { ExecutorParts, ResumableExecutor } from './executor.ts';
export { defaultPolicy } from './policy.ts';
export type { ExecutePolicy } from './policy.ts';
