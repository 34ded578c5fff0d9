/** Initial load: a staging file of SAP into an org. */
export { asCell } from './failure-list.ts';
export type { KindCounts, LoadState } from './load-checkpoint.ts';
export { LastLoads } from './last-loads.ts';
export type { LastLoad } from './last-loads.ts';
export { ProgressFile } from './progress-file.ts';
export type { LoadProgress } from './load-progress.ts';
export { loadStaging } from './load-staging.ts';
export type { LoadParts, LoadReport } from './load-staging.ts';
export { releaseWaiting } from './release-waiting.ts';
export { kindsOf, writesOf } from './staged-writes.ts';
export { StagingSource } from './staging-source.ts';
export type { StagingFile, StagingPart } from './staging-source.ts';
