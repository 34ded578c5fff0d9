/** From settings to a queue: for the agent, and for commands beside it. */
import type { ChangeQueue } from '../ports/index.ts';
import type { QueueLimits } from './messages.ts';
import { defaultLimits } from './retention.ts';
import { openSqliteQueue } from './sqlite-queue.ts';
import type { QueueParts, StartQueueThread } from './sqlite-queue.ts';
import type { OrgsOf } from './to-rows.ts';

export interface QueueSettings {
  readonly file: string;
  /** Beyond it nothing is accepted; what was accepted is still settled. At least 1 MB. */
  readonly maxBytes: number;
  /** The orgs that want changes of a SAP system. */
  readonly orgsOf: OrgsOf;
  readonly limits?: Partial<QueueLimits>;
}

/** The agent's queue; one agent per file. Throws QUEUE_FAILED when the file cannot be relied on; nothing is changed then. */
export function openChangeQueue(
  { file, maxBytes, orgsOf, limits }: QueueSettings,
  parts: QueueParts,
  startThread?: StartQueueThread,
): Promise<ChangeQueue> {
  const settings = { file, maxBytes, role: 'agent', limits: { ...defaultLimits, ...limits } } as const;
  return openSqliteQueue(settings, orgsOf, parts, startThread);
}

/** What a command beside the agent may ask and do. */
export type QueueDesk = Pick<ChangeQueue, 'held' | 'refused' | 'retry' | 'discard' | 'trace' | 'close'>;

/** The same file beside a running agent, or without one; it must exist. Throws QUEUE_FAILED. */
export function openQueueDesk(file: string, parts: QueueParts): Promise<QueueDesk> {
  // Nothing is accepted at the desk, so that no size has to be known.
  const settings = { file, maxBytes: Number.MAX_SAFE_INTEGER, role: 'visitor', limits: defaultLimits } as const;
  return openSqliteQueue(settings, () => [], parts);
}

/** What a comparison beside the agent does: it looks at what waits, and hands over what shall be put right. */
export type QueueBeside = Pick<ChangeQueue, 'accept' | 'held' | 'retry' | 'trace' | 'close'>;

/** The same file beside a running agent, or without one, for changes to these orgs; it must exist. Throws QUEUE_FAILED. */
export function openQueueBeside({ file, maxBytes, orgsOf }: QueueSettings, parts: QueueParts): Promise<QueueBeside> {
  const settings = { file, maxBytes, role: 'visitor', limits: defaultLimits } as const;
  return openSqliteQueue(settings, orgsOf, parts);
}
