/** What SAP sends, and what it is asked for, on its way into the queue. */
export { startHttpReceiver } from './http/http-receiver.ts';
export type { HttpReceiver, HttpReceiverParts, HttpReceiverSettings } from './http/http-receiver.ts';
export { Intake } from './intake.ts';
export type { Arrivals, Taken } from './intake.ts';
export { createReceiveMetrics } from './receive-metrics.ts';
export type { ReceiveMeasure } from './receive-metrics.ts';
