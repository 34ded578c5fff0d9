/** What SAP sends, and what it is asked for, on its way into the queue. */
export { startHttpReceiver } from './http/http-receiver.ts';
export type { HttpReceiver, HttpReceiverParts, HttpReceiverSettings } from './http/http-receiver.ts';
export { Intake } from './intake.ts';
export type { Arrivals, Taken } from './intake.ts';
export { createReceiveMetrics } from './receive-metrics.ts';
export type { ReceiveMeasure } from './receive-metrics.ts';
export { startFolderReceiver } from './folder/folder-receiver.ts';
export type { FolderReceiver, FolderReceiverParts, FolderReceiverSettings } from './folder/folder-receiver.ts';
export { startChangesPoll } from './poll/changes-poll.ts';
export type { ChangesPoll, ChangesPollParts, ChangesPollSettings } from './poll/changes-poll.ts';
