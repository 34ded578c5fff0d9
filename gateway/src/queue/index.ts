/** Queue: what changed in SAP, kept before it is acknowledged, and its receipts; safe against power loss. */
export type { QueueFileSettings, QueueLimits, QueueReply, QueueRequest } from './messages.ts';
export { openChangeQueue, openQueueBeside, openQueueDesk } from './open-queue.ts';
export type { QueueBeside, QueueDesk, QueueSettings } from './open-queue.ts';
export { QueueFile } from './queue-file.ts';
export { openQueueFile, prepareQueueFile } from './queue-format.ts';
export type { QueueParts, StartQueueThread } from './sqlite-queue.ts';
