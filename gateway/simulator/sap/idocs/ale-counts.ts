/** What IDocs amount to, for the control API. */
import type { ChangePointers } from './change-pointers.ts';
import type { Dispatcher, TransportCounts } from './dispatcher.ts';
import { currentStatus } from './idoc.ts';
import type { Idoc, IdocStatus } from './idoc.ts';
import type { IdocStore } from './idoc-store.ts';

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

function countByStatus(idocs: Iterable<Idoc>): AleCounts['byStatus'] {
  const counts: Partial<Record<IdocStatus, number>> = {};
  for (const idoc of idocs) {
    const status = currentStatus(idoc);
    counts[status] = (counts[status] ?? 0) + 1;
  }
  return counts;
}

/** Everything there is to count. */
export function countAll(
  { dispatcher, store, pointers }: { dispatcher: Dispatcher; store: IdocStore; pointers: ChangePointers },
  problems: readonly string[],
): AleCounts {
  return {
    ...dispatcher.counts,
    created: store.created,
    byStatus: countByStatus(store.all()),
    pointersWritten: pointers.written,
    pointersOpen: pointers.list().length,
    archived: store.archived,
    problems,
  };
}
