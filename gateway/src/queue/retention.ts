/** How long the queue keeps what has ended, and why that loses nothing. */
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { QueueLimits } from './messages.ts';
import type { Room } from './room.ts';
import { partsOf } from './names.ts';

const dayMs = 24 * 60 * 60 * 1000;

export const defaultLimits: QueueLimits = {
  /**
   * Beyond this nobody reads a list any more, and it is the sender that has to be corrected: SAP is told to come again later, and
   * keeps its documents.
   */
  refusedDocuments: 10_000,
  /** Values are personal data; a week covers "what did SAP send on Monday?". Afterwards the receipt says all but the values. */
  fieldsKeptMs: 7 * dayMs,
  /**
   * A quarter of receipts answers auditors and month-end; a document that comes again after it is taken once more, and the order
   * that each record in Salesforce has tells that it is old. Fewer are kept where the file fills up: what waits comes first.
   */
  receiptsKeptMs: 90 * dayMs,
};

/** Small steps, so that no accept waits long behind one. */
export const atOnce = 500;
/** Old rows need no haste: this keeps up with 30,000 changes an hour. */
const everyMs = 60_000;
/** Even in a full file a document is known again for this long: SAP repeats within minutes, people within days. */
const documentsKeptMs = 7 * dayMs;

export const wipeFields = `UPDATE change SET fields = NULL, parents = '[]' WHERE position IN (
  SELECT position FROM change WHERE ended_at_ms IS NOT NULL AND fields IS NOT NULL AND ended_at_ms < ?
  ORDER BY ended_at_ms LIMIT ${atOnce})`;
export const selectOld = `SELECT c.position, r.id AS record FROM change c
    JOIN record r ON r.target = c.target AND r.kind = c.kind AND r.key_id = c.key_id
  WHERE c.ended_at_ms IS NOT NULL AND c.fields IS NULL AND c.ended_at_ms < ? ORDER BY c.ended_at_ms LIMIT ${atOnce}`;
export const nextDocuments = `SELECT position, arrived_at_ms < ?2 AND NOT EXISTS (
    SELECT 1 FROM change c WHERE c.position BETWEEN d.position AND d.last_position) AS is_over
  FROM document d WHERE position > ?1 ORDER BY position LIMIT ${atOnce}`;

export interface Retention {
  isDue(nowMs: number): boolean;
  /** Removes some rows of what is over. To be called in a transaction. */
  prune(nowMs: number): void;
}

export function prepareRetention(database: DatabaseSync, limits: QueueLimits, room: Room): Retention {
  const wipe = database.prepare(wipeFields);
  const removeChanges = prepareRemoval(database);
  const removeDocuments = prepareDocuments(database);
  const removeRefused = database.prepare('DELETE FROM refused WHERE ended_at_ms IS NOT NULL AND ended_at_ms < ?');
  let dueAtMs = 0;
  const prune = (nowMs: number): void => {
    const { isTight } = room;
    const wiped = Number(wipe.run(isTight ? nowMs : nowMs - limits.fieldsKeptMs).changes);
    // Receipts go early only where there is nothing left to wipe.
    const removesAll = isTight && wiped === 0;
    const removed = removeChanges(removesAll ? nowMs : nowMs - limits.receiptsKeptMs);
    const documents = removeDocuments(nowMs - (isTight ? documentsKeptMs : limits.receiptsKeptMs));
    removeRefused.run(nowMs - limits.receiptsKeptMs);
    const isBehind = [wiped, removed, documents].includes(atOnce);
    dueAtMs = isBehind ? nowMs : nowMs + everyMs;
  };
  return { isDue: (nowMs) => nowMs >= dueAtMs || room.isTight, prune };
}

/** Removes receipts, and the records that have nothing left: SAP's orders never end, and old ones never come back. */
function prepareRemoval(database: DatabaseSync): (beforeMs: number) => number {
  const select = database.prepare(selectOld);
  const remove = database.prepare('DELETE FROM change WHERE position = ?');
  const unsort = database.prepare('DELETE FROM record_change WHERE record = ? AND position = ?');
  const isLeft = database.prepare('SELECT 1 FROM record_change WHERE record = ? LIMIT 1');
  const find = database.prepare(`SELECT key_id FROM record WHERE id = ? AND state = 'idle'`);
  const removeRecord = database.prepare('DELETE FROM record WHERE id = ?');
  const removePart = database.prepare('DELETE FROM record_part WHERE part = ? AND record = ?');
  return (beforeMs) => {
    const rows = select.all(beforeMs);
    for (const { position, record } of rows) {
      remove.run(Number(position));
      unsort.run(Number(record), Number(position));
    }
    for (const record of new Set(rows.map((row) => Number(row['record'])))) {
      if (isLeft.get(record) !== undefined) continue;
      const key = find.get(record)?.['key_id'];
      if (key === undefined) continue;
      for (const part of partsOf(String(key))) removePart.run(part, record);
      removeRecord.run(record);
    }
    return rows.length;
  };
}

/** Walks along the documents, some at a time; those that still have changes are passed over. */
function prepareDocuments(database: DatabaseSync): (beforeMs: number) => number {
  const select: StatementSync = database.prepare(nextDocuments);
  const remove = database.prepare('DELETE FROM document WHERE position = ?');
  let walked = 0;
  return (beforeMs) => {
    const rows = select.all(walked, beforeMs);
    const over = rows.filter((row) => row['is_over'] === 1);
    for (const { position } of over) remove.run(Number(position));
    walked = rows.length < atOnce || over.length === 0 ? 0 : Number(rows.at(-1)?.['position']);
    return over.length;
  };
}
