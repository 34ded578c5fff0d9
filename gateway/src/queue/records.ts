/**
 * The records that changes are of. Keeping a document only appends its changes; they are sorted in to their records together, before
 * somebody asks for any record: what is acknowledged costs less, and a burst touches each record once.
 */
import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';
import { partsOf } from './names.ts';
import type { Positions } from './positions.ts';

/**
 * So many may wait to be sorted in before it is done without being asked for: some 200 ms of work, for which a take would wait. Deliveries
 * ask more often than so many come together, but in a burst or while an org is away; then each page of the indexes is touched rarely.
 */
const maxUnsorted = 20_000;

/** What arrived since it was done last. */
export const selectUnsorted = `SELECT position, target, kind, key_id FROM change
  WHERE position >= ? ORDER BY position`;

type Value = SQLOutputValue | undefined;

/** Sorts in what has arrived; with `ifMany` only where much has. To be called in a transaction. */
export type SortIn = (nowMs: number, how?: 'always' | 'ifMany') => void;

export function prepareSortIn(database: DatabaseSync, positions: Positions): SortIn {
  const state = database.prepare('SELECT unsorted FROM position');
  const unsorted = database.prepare(selectUnsorted);
  const advance = database.prepare('UPDATE position SET unsorted = ?');
  const link = database.prepare('INSERT INTO record_change VALUES (?, ?)');
  const arrive = prepareArrival(database);
  return (nowMs, how = 'always') => {
    const first = Number(state.get()?.['unsorted']);
    const next = positions.next;
    if (next === first || (how === 'ifMany' && next - first < maxUnsorted)) return;
    for (const change of unsorted.all(first)) link.run(arrive(change, nowMs), change['position'] ?? null);
    advance.run(next);
  };
}

/** Finds or makes the record of a change: its turn comes now, whatever it waited for. Returns its number. */
function prepareArrival(database: DatabaseSync): (change: Record<string, SQLOutputValue>, nowMs: number) => number {
  const select = database.prepare('SELECT id, state FROM record WHERE target = ? AND kind = ? AND key_id = ?');
  const insert = database.prepare(
    `INSERT INTO record (target, kind, key_id, state, first_position, due_at_ms) VALUES (?, ?, ?, 'ready', ?, ?)`,
  );
  const insertPart = database.prepare('INSERT INTO record_part VALUES (?, ?)');
  // What was held or would be tried later keeps its place: its oldest change still waits.
  const ready = database.prepare(
    `UPDATE record SET first_position = iif(state = 'idle', ?2, first_position), state = 'ready', due_at_ms = ?3,
       waits_for = NULL
     WHERE id = ?1`,
  );
  const column = (value: Value): SQLOutputValue => value ?? null;

  return (change, nowMs) => {
    const key = [column(change['target']), column(change['kind']), column(change['key_id'])];
    const position = column(change['position']);
    const found = select.get(...key);
    if (found === undefined) {
      const record = Number(insert.run(...key, position, nowMs).lastInsertRowid);
      for (const part of partsOf(String(change['key_id']))) insertPart.run(part, record);
      return record;
    }
    const record = Number(found['id']);
    if (found['state'] !== 'ready') ready.run(record, position, nowMs);
    return record;
  };
}
