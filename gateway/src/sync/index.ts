/** Sync: what waits in the queue is brought into Salesforce, per record, newest first of all. */
export { startSync } from './start-sync.ts';
export type { Sync, SyncOptions, SyncState } from './start-sync.ts';
export { createSyncMetrics } from './sync-metrics.ts';
export type { SyncMeasure } from './sync-metrics.ts';
export type { SyncSettings } from './sync-parts.ts';
export { LastLoads, loadStaging, ProgressFile, releaseWaiting, StagingSource } from './load/index.ts';
export type { KindCounts, LastLoad, LoadProgress, LoadReport, LoadState, StagingFile } from './load/index.ts';
export { compareSides, DifferenceList, RepairSpool } from './compare/index.ts';
export type { CompareStep, Comparison, KindSummary } from './compare/index.ts';
