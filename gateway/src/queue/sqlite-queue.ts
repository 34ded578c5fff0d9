/**
 * The queue as the agent holds it: every call is a message to the file's own thread, so that syncing to disk never blocks the
 * thread that serves. Calls that come together are committed together.
 */
import { GroupCommit, startFileThread } from '../durable-file/index.ts';
import type { FileThread } from '../durable-file/index.ts';
import type { ChangeQueue } from '../ports/index.ts';
import type { Log, Metrics } from '../telemetry/index.ts';
import type { Clock } from '../timing/index.ts';
import { askOf, failed, full } from './ask.ts';
import { createDelivery } from './delivery.ts';
import type { QueueFileSettings, QueueReply, QueueRequest } from './messages.ts';
import { measureAccepts } from './metrics.ts';
import { createPeople } from './people.ts';
import type { OrgsOf } from './to-rows.ts';
import { watchFile } from './watch-file.ts';

/** Changes in one transaction: 1,000 of 1 KB are committed in some 20 ms, and share one sync. */
const maxBatch = 1_000;
/** Changes in memory that wait for the disk; receivers read on only when theirs are kept, so more than this is a fault. */
const maxWaiting = 50_000;

export interface QueueParts {
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics?: Metrics | undefined;
}

/** Whatever runs a `QueueFile`: a worker in the product, a scheduler in a simulation. */
export type StartQueueThread = (settings: QueueFileSettings) => FileThread<QueueRequest, QueueReply>;

const startWorker: StartQueueThread = (settings) => startFileThread(import.meta.url, 'queue-worker', settings);

function weightOf(request: QueueRequest): number {
  if (request.kind === 'settle') return request.settlements.length;
  return request.kind === 'accept' ? request.weight : 1;
}

/** Opens the queue's file. Throws QUEUE_FAILED with the way out. The file has a thread of its own, unless a simulation brings another. */
export async function openSqliteQueue(
  settings: QueueFileSettings,
  orgsOf: OrgsOf,
  parts: QueueParts,
  startThread: StartQueueThread = startWorker,
): Promise<ChangeQueue> {
  const { clock, log, metrics } = parts;
  const thread = new GroupCommit(startThread(settings), {
    failed,
    busy: () => full(`${maxWaiting} changes wait for the disk`),
    onWarning: (reason) => log.warn({ reason }, 'Old receipts stay for now'),
    weightOf,
    maxBatch,
    maxWaiting,
  });
  await thread.opened;
  const listeners = new Set<() => void>();
  const tell = (): void => {
    for (const listener of listeners) listener();
  };
  const asking = { ask: askOf(thread), clock, tell };
  const look = async (): Promise<boolean> => (await asking.ask({ kind: 'look' })).hasChanged;
  const stopWatching = watchFile(clock, look, tell);
  return {
    ...createDelivery(asking, { orgsOf, measure: measureAccepts(metrics, clock) }),
    ...createPeople(asking),
    onDue: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    close: () => {
      stopWatching();
      return thread.close();
    },
  };
}
