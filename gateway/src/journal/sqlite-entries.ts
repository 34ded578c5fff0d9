/** Reads and writes journal entries; knows the table, knows no transaction. */
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { JournalEntry } from '../ports/index.ts';
import { toEntry } from './entry-rows.ts';
import { firstOperation } from './first-operation.ts';
import type { EntryKey, JournalReply, JournalRequest } from './messages.ts';

type Begin = Extract<JournalRequest, { kind: 'begin' }>;
type Record = Extract<JournalRequest, { kind: 'record' }>;
type Replace = Extract<JournalRequest, { kind: 'replace' }>;
type Confirm = Extract<JournalRequest, { kind: 'confirm' }>;

/** The statements, prepared once. */
function prepareStatements(database: DatabaseSync) {
  const byKey = 'org = ? AND system = ? AND id = ?';
  const select = database.prepare(`SELECT * FROM write WHERE ${byKey}`);
  const selectUnfinished = database.prepare(
    `SELECT * FROM write WHERE state IN ('running', 'verifying') ORDER BY created_at_ms LIMIT ?`,
  );
  // Parameters by number: naming them costs as much as the rest of a statement.
  const values = "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 'running', ?8, ?9, ?9, ?10)";
  const insert = database.prepare(`INSERT INTO write ${values} ON CONFLICT DO NOTHING`);
  const insertAgain = database.prepare(`INSERT OR REPLACE INTO write ${values}`);
  const replaceContent = database.prepare(
    `UPDATE write SET content_hash = ?, content = ?, correlation_id = ? WHERE ${byKey}`,
  );
  const selectUndelivered = database.prepare(
    `SELECT * FROM write WHERE org = ? AND system = ? AND delivered_as_of <> json_extract(operation, '$.asOf')
     ORDER BY changed_at_ms LIMIT ?`,
  );
  const confirmDelivery = database.prepare(`UPDATE write SET delivered_as_of = ? WHERE ${byKey}`);
  // A write that has ended needs its content no more. What nobody is to be told counts as delivered.
  const update = database.prepare(
    `UPDATE write SET state = ?4, operation = ?5, changed_at_ms = ?6, content = iif(?7, '', content),
       delivered_as_of = coalesce(?8, delivered_as_of)
     WHERE org = ?1 AND system = ?2 AND id = ?3`,
  );
  return { select, selectUnfinished, insert, insertAgain, replaceContent, selectUndelivered, confirmDelivery, update };
}

/** Answers requests from the table. `mailboxOrgs`: of all others nothing waits to be delivered; null where nobody says which. */
export function prepareEntries(
  database: DatabaseSync,
  mailboxOrgs: readonly string[] | null,
): (request: JournalRequest) => JournalReply {
  const statements = prepareStatements(database);
  const { select, selectUnfinished, selectUndelivered } = statements;
  const told = mailboxOrgs === null ? undefined : new Set(mailboxOrgs);

  const find = ({ org, system, id }: EntryKey): JournalEntry | undefined => {
    const found = select.get(org, system, id);
    return found === undefined ? undefined : toEntry(found);
  };

  const begin = ({ intent, nowMs }: Begin): JournalReply => {
    const { org, system, id, kind, contentHash, content, correlationId } = intent;
    const noteAs = (statement: StatementSync, asOfMs: number): boolean => {
      const operation = firstOperation(intent, asOfMs);
      const text = JSON.stringify(operation);
      // The org knows that it has asked; there is nothing to tell it yet.
      const columns = [org, system, id, kind, contentHash, content, correlationId, text, nowMs, operation.asOf];
      return statement.run(...columns).changes === 1;
    };
    if (noteAs(statements.insert, nowMs)) return { kind: 'begin', begun: true, asOfMs: nowMs };
    const standing = find(intent);
    if (standing !== undefined && standing.operation.state !== 'refused') {
      return { kind: 'begin', begun: false, entry: standing };
    }
    // Later than the end it follows, also when the clock was set back: the org takes nothing older than it knows.
    const asOfMs = standing === undefined ? nowMs : Math.max(nowMs, Date.parse(standing.operation.asOf) + 1);
    noteAs(statements.insertAgain, asOfMs);
    return { kind: 'begin', begun: true, asOfMs };
  };

  const replace = ({ intent }: Replace): JournalReply => {
    const { org, system, id, kind, contentHash, content, correlationId } = intent;
    const standing = find(intent);
    if (standing === undefined || standing.kind !== kind) return refuse('the entry to replace does not exist');
    const { state } = standing.operation;
    if (state === 'done' || state === 'refused') return refuse('the write has ended');
    statements.replaceContent.run(contentHash, content, correlationId, org, system, id);
    return { kind: 'replace', entry: { ...standing, contentHash, content, correlationId } };
  };

  const confirm = ({ key, asOf }: Confirm): JournalReply => {
    const { changes } = statements.confirmDelivery.run(asOf, key.org, key.system, key.id);
    return changes === 1 ? { kind: 'confirm' } : refuse('the entry to confirm does not exist');
  };

  const record = ({ key: { org, system, id }, operation, nowMs }: Record): JournalReply => {
    const { state, asOf } = operation;
    // A held write may be sent on one day, so it keeps its content; see migrations/0001-writes.sql.
    const hasEnded = state === 'done' || state === 'refused' ? 1 : 0;
    const text = JSON.stringify(operation);
    const delivered = isCall(operation) || told?.has(org) === false ? asOf : null;
    const { changes } = statements.update.run(org, system, id, state, text, nowMs, hasEnded, delivered);
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
        return { kind: 'unfinished', entries: selectUnfinished.all(request.limit).map(toEntry) };
      case 'undelivered': {
        const { org, system, limit } = request;
        return { kind: 'undelivered', entries: selectUndelivered.all(org, system, limit).map(toEntry) };
      }
    }
  };
}

/** Services are called, not queued: the org has no request to be told of. */
const isCall = ({ kind }: Record['operation']): boolean => kind === 'service.call';

const refuse = (reason: string): JournalReply => ({ kind: 'failed', reason });
