/** What IDocs amount to, for the control API. */
import type { TransportCounts } from './dispatcher.ts';
import { currentStatus } from './idoc.ts';
import type { Idoc, IdocStatus } from './idoc.ts';

export interface AleCounts extends TransportCounts {
  /** Documents in the queues of ports, and those that a fault keeps back. */
  readonly waiting: number;
  readonly held: number;
  /** By message type, archived ones too. */
  readonly created: Readonly<Record<string, number>>;
  readonly byStatus: Readonly<Partial<Record<IdocStatus, number>>>;
  readonly pointersWritten: number;
  readonly pointersOpen: number;
  readonly archived: number;
  /** What could not be made into an IDoc. */
  readonly problems: readonly string[];
}

/** IDocs by their status. */
export function countByStatus(idocs: Iterable<Idoc>): AleCounts['byStatus'] {
  const counts: Partial<Record<IdocStatus, number>> = {};
  for (const idoc of idocs) {
    const status = currentStatus(idoc);
    counts[status] = (counts[status] ?? 0) + 1;
  }
  return counts;
}
