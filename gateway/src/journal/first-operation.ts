/** The operation that a new entry begins with; both threads know it, so that it need not travel between them. */
import type { JournalEntry, WriteIntent } from '../ports/index.ts';

/** Running, and not tried yet. */
export function firstOperation(
  { id, kind }: Pick<WriteIntent, 'id' | 'kind'>,
  asOfMs: number,
): JournalEntry['operation'] {
  return {
    id,
    kind,
    state: 'running',
    asOf: new Date(asOfMs).toISOString(),
    attempts: 0,
    isRepeat: false,
    customer: null,
    contact: null,
    sapMessages: [],
    problem: null,
  };
}
