/** Reads and writes journal entries; knows the table, knows no transaction. */
import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';
import { z } from 'zod';
import { idempotencyKey, orgId, sapSystemId, writeOperation } from '../model/index.ts';
import type { JournalEntry } from '../ports/index.ts';
import type { EntryKey, JournalReply, JournalRequest } from './messages.ts';
import { JournalRefusal } from './sqlite-file.ts';

type Begin = Extract<JournalRequest, { kind: 'begin' }>;
type Record = Extract<JournalRequest, { kind: 'record' }>;
type Replace = Extract<JournalRequest, { kind: 'replace' }>;
type Confirm = Extract<JournalRequest, { kind: 'confirm' }>;

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
function prepareStatements(database: DatabaseSync) {
  const byKey = 'org = :org AND system = :system AND id = :id';
  const select = database.prepare(`SELECT * FROM write WHERE ${byKey}`);
  const selectUnfinished = database.prepare(
    `SELECT * FROM write WHERE state IN ('running', 'verifying') ORDER BY created_at_ms LIMIT :limit`,
  );
  const insert = database.prepare(
    `INSERT OR REPLACE INTO write VALUES
       (:org, :system, :id, :kind, :contentHash, :content, :correlationId, 'running', :operation, :nowMs, :nowMs, :asOf)`,
  );
  const replaceContent = database.prepare(
    `UPDATE write SET content_hash = :contentHash, content = :content, correlation_id = :correlationId WHERE ${byKey}`,
  );
  const selectUndelivered = database.prepare(
    `SELECT * FROM write WHERE org = :org AND system = :system AND delivered_as_of <> json_extract(operation, '$.asOf')
     ORDER BY changed_at_ms LIMIT :limit`,
  );
  const confirmDelivery = database.prepare(`UPDATE write SET delivered_as_of = :asOf WHERE ${byKey}`);
  const update = database.prepare(
    `UPDATE write SET state = :state, operation = :operation, changed_at_ms = :nowMs,
       content = CASE WHEN :hasEnded THEN '' ELSE content END
     WHERE ${byKey}`,
  );
  return { select, selectUnfinished, insert, replaceContent, selectUndelivered, confirmDelivery, update };
}

/** Answers requests from the table. */
export function prepareEntries(database: DatabaseSync): (request: JournalRequest) => JournalReply {
  const { select, selectUnfinished, insert, replaceContent, selectUndelivered, confirmDelivery, update } =
    prepareStatements(database);

  const find = (key: EntryKey): JournalEntry | undefined => {
    const found = select.get({ org: key.org, system: key.system, id: key.id });
    return found === undefined ? undefined : toEntry(found);
  };

  const begin = ({ intent, nowMs }: Begin): JournalReply => {
    const standing = find(intent);
    if (standing !== undefined && standing.operation.state !== 'refused') {
      return { kind: 'begin', begun: false, entry: standing };
    }
    // Later than the end it follows, also when the clock was set back: the org takes nothing older than it knows.
    const asOfMs = standing === undefined ? nowMs : Math.max(nowMs, Date.parse(standing.operation.asOf) + 1);
    const entry: JournalEntry = { ...intent, operation: firstOperation(intent, asOfMs), createdAtMs: nowMs };
    // The org knows that it has asked; there is nothing to tell it yet.
    insert.run({ ...intent, operation: JSON.stringify(entry.operation), nowMs, asOf: entry.operation.asOf });
    return { kind: 'begin', begun: true, entry };
  };

  const replace = ({ intent }: Replace): JournalReply => {
    const { org, system, id, kind, contentHash, content, correlationId } = intent;
    const standing = find(intent);
    if (standing === undefined || standing.kind !== kind) return refuse('the entry to replace does not exist');
    const { state } = standing.operation;
    if (state === 'done' || state === 'refused') return refuse('the write has ended');
    replaceContent.run({ org, system, id, contentHash, content, correlationId });
    return { kind: 'replace', entry: { ...standing, contentHash, content, correlationId } };
  };

  const confirm = ({ key, asOf }: Confirm): JournalReply => {
    const { changes } = confirmDelivery.run({ ...key, asOf });
    return changes === 1 ? { kind: 'confirm' } : refuse('the entry to confirm does not exist');
  };

  const record = ({ key, operation, nowMs }: Record): JournalReply => {
    // A held write may be sent on one day, so it keeps its content; see migrations/0001-writes.sql.
    const hasEnded = operation.state === 'done' || operation.state === 'refused' ? 1 : 0;
    const text = JSON.stringify(operation);
    const { changes } = update.run({ ...key, state: operation.state, operation: text, nowMs, hasEnded });
    return changes === 1 ? { kind: 'record' } : refuse('the entry to record does not exist');
  };

  return (request: JournalRequest): JournalReply => {
    switch (request.kind) {
      case 'begin':
        return begin(request);
      case 'record':
        return record(request);
      case 'replace':
        return replace(request);
      case 'confirm':
        return confirm(request);
      case 'find':
        return { kind: 'find', entry: find(request.key) };
      case 'unfinished':
        return { kind: 'unfinished', entries: selectUnfinished.all({ limit: request.limit }).map(toEntry) };
      case 'undelivered': {
        const { org, system, limit } = request;
        return { kind: 'undelivered', entries: selectUndelivered.all({ org, system, limit }).map(toEntry) };
      }
    }
  };
}

const refuse = (reason: string): JournalReply => ({ kind: 'failed', reason });

function firstOperation(intent: Begin['intent'], nowMs: number): JournalEntry['operation'] {
  return {
    id: intent.id,
    kind: intent.kind,
    state: 'running',
    asOf: new Date(nowMs).toISOString(),
    attempts: 0,
    isRepeat: false,
    customer: null,
    contact: null,
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
