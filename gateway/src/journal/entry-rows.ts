/** A row of the journal table as an entry. */
import type { SQLOutputValue } from 'node:sqlite';
import { z } from 'zod';
import { FileRefusal } from '../durable-file/index.ts';
import { idempotencyKey, orgId, sapSystemId, writeOperation } from '../model/index.ts';
import type { JournalEntry } from '../ports/index.ts';

const row = z.object({
  org: orgId,
  system: sapSystemId,
  id: idempotencyKey,
  kind: writeOperation.shape.kind,
  content_hash: z.string(),
  content: z.string(),
  correlation_id: z.string(),
  operation: z.string().transform((text): unknown => JSON.parse(text)),
  created_at_ms: z.number(),
});

/** Throws FileRefusal for what no version of this program has written. */
export function toEntry(found: { [column: string]: SQLOutputValue }): JournalEntry {
  const parsed = row.safeParse(found);
  const operation = writeOperation.safeParse(parsed.data?.operation);
  if (!parsed.success || !operation.success) throw new FileRefusal('an entry cannot be understood');
  const { content_hash, correlation_id, created_at_ms, operation: _, ...rest } = parsed.data;
  return {
    ...rest,
    contentHash: content_hash,
    correlationId: correlation_id,
    createdAtMs: created_at_ms,
    operation: operation.data,
  };
}
