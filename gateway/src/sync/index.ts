/** Sync: what waits in the queue is brought into Salesforce, per record, newest first of all. */
export { startSync } from './start-sync.ts';
export type { Sync, SyncOptions, SyncState } from './start-sync.ts';
export { createSyncMetrics } from './sync-metrics.ts';
export type { SyncMeasure } from './sync-metrics.ts';
export type { SyncSettings } from './sync-parts.ts';
