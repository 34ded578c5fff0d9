/** Reads and writes journal entries; knows the table, knows no transaction. */
import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';
import { z } from 'zod';
import { idempotencyKey, orgId, sapSystemId, writeOperation } from '../model/index.ts';
import type { JournalEntry } from '../ports/index.ts';
import type { EntryKey, JournalReply, JournalRequest } from './messages.ts';
import { JournalRefusal } from './sqlite-file.ts';

type Begin = Extract<JournalRequest, { kind: 'begin' }>;
type Record = Extract<JournalRequest, { kind: 'record' }>;

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

/** The statements, prepared once. */
export function prepareEntries(database: DatabaseSync) {
  const byKey = 'org = :org AND system = :system AND id = :id';
  const select = database.prepare(`SELECT * FROM write WHERE ${byKey}`);
  const selectUnfinished = database.prepare(
    `SELECT * FROM write WHERE state IN ('running', 'verifying') ORDER BY created_at_ms LIMIT :limit`,
  );
  const insert = database.prepare(
    `INSERT OR REPLACE INTO write VALUES
       (:org, :system, :id, :kind, :contentHash, :content, :correlationId, 'running', :operation, :nowMs, :nowMs)`,
  );
  const update = database.prepare(
    `UPDATE write SET state = :state, operation = :operation, changed_at_ms = :nowMs,
       content = CASE WHEN :hasEnded THEN '' ELSE content END
     WHERE ${byKey}`,
  );

  const find = (key: EntryKey): JournalEntry | undefined => {
    const found = select.get({ org: key.org, system: key.system, id: key.id });
    return found === undefined ? undefined : toEntry(found);
  };

  const begin = ({ intent, nowMs }: Begin): JournalReply => {
    const standing = find(intent);
    if (standing !== undefined && standing.operation.state !== 'refused') {
      return { kind: 'begin', begun: false, entry: standing };
    }
    const entry: JournalEntry = { ...intent, operation: firstOperation(intent, nowMs), createdAtMs: nowMs };
    insert.run({ ...intent, operation: JSON.stringify(entry.operation), nowMs });
    return { kind: 'begin', begun: true, entry };
  };

  const record = ({ key, operation, nowMs }: Record): JournalReply => {
    // A held write may be sent on one day, so it keeps its content; see migrations/0001-writes.sql.
    const hasEnded = operation.state === 'done' || operation.state === 'refused' ? 1 : 0;
    const text = JSON.stringify(operation);
    const { changes } = update.run({ ...key, state: operation.state, operation: text, nowMs, hasEnded });
    return changes === 1 ? { kind: 'record' } : { kind: 'failed', reason: 'the entry to record does not exist' };
  };

  return (request: JournalRequest): JournalReply => {
    switch (request.kind) {
      case 'begin':
        return begin(request);
      case 'record':
        return record(request);
      case 'find':
        return { kind: 'find', entry: find(request.key) };
      case 'unfinished':
        return { kind: 'unfinished', entries: selectUnfinished.all({ limit: request.limit }).map(toEntry) };
    }
  };
}

function firstOperation(intent: Begin['intent'], nowMs: number): JournalEntry['operation'] {
  return {
    id: intent.id,
    kind: intent.kind,
    state: 'running',
    asOf: new Date(nowMs).toISOString(),
    attempts: 0,
    isRepeat: false,
    customer: null,
    sapMessages: [],
    problem: null,
  };
}

function toEntry(found: { [column: string]: SQLOutputValue }): JournalEntry {
  const parsed = row.safeParse(found);
  const operation = writeOperation.safeParse(parsed.data?.operation);
  if (!parsed.success || !operation.success) throw new JournalRefusal('an entry cannot be understood');
  const { content_hash, correlation_id, created_at_ms, operation: _, ...rest } = parsed.data;
  return {
    ...rest,
    contentHash: content_hash,
    correlationId: correlation_id,
    createdAtMs: created_at_ms,
    operation: operation.data,
  };
}
