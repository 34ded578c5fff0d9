/** The operation that a new entry begins with; both threads know it, so that it need not travel between them. */
import { z } from 'zod';
import { serviceName } from '../model/index.ts';
import type { JournalEntry, WriteIntent } from '../ports/index.ts';

const ofService = z.object({ service: serviceName });

/** Running, and not tried yet. */
export function firstOperation(
  { id, kind, content }: Pick<WriteIntent, 'id' | 'kind' | 'content'>,
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
    ...(kind === 'service.call' ? { service: ofService.parse(JSON.parse(content)).service } : {}),
    sapMessages: [],
    problem: null,
  };
}
