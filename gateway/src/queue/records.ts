/**
 * The records that changes are of. Keeping a document only appends its changes; they are sorted in to their records together, before
 * somebody asks for any record: what is acknowledged costs less, and a burst touches each record once.
 */
import type { DatabaseSync } from 'node:sqlite';
import { partsOf } from './names.ts';
import type { Positions } from './positions.ts';

/**
 * So many may wait to be sorted in before it is done without being asked for: some 100 ms of work, for which a take would wait. Deliveries
 * ask more often than so many come together, but in a burst or while an org is away; then each page of the indexes is touched rarely.
 */
const maxUnsorted = 20_000;

/** Makes the record of each change, or lets its turn come now. What was held or put off keeps its place: its oldest change waits still. */
export const arrive = `INSERT INTO record (target, kind, key_id, state, first_position, due_at_ms)
    SELECT target, kind, key_id, 'ready', position, ?2 FROM change WHERE position >= ?1 ORDER BY position
  ON CONFLICT (target, kind, key_id) DO UPDATE SET
    first_position = iif(state = 'idle', excluded.first_position, first_position), state = 'ready',
    due_at_ms = excluded.due_at_ms, waits_for = NULL
  WHERE state <> 'ready'`;
/** Tells each record its changes. */
export const link = `INSERT INTO record_change SELECT r.id, c.position FROM change c
    CROSS JOIN record r ON r.target = c.target AND r.kind = c.kind AND r.key_id = c.key_id
  WHERE c.position >= ?`;
/** Numbers of records grow: those that are made have greater ones than this. */
export const newestRecord = 'SELECT max(id) AS id FROM record';
/** Records that were made after that. */
export const recordsSince = 'SELECT id, key_id FROM record WHERE id > ?';

/** Sorts in what has arrived; with `ifMany` only where much has. To be called in a transaction. */
export type SortIn = (nowMs: number, how?: 'always' | 'ifMany') => void;

export function prepareSortIn(database: DatabaseSync, positions: Positions): SortIn {
  const [arriveAll, linkAll] = [database.prepare(arrive), database.prepare(link)];
  const [selectNewest, selectSince] = [database.prepare(newestRecord), database.prepare(recordsSince)];
  const insertPart = database.prepare('INSERT INTO record_part VALUES (?, ?)');
  return (nowMs, how = 'always') => {
    const { next, unsorted: first } = positions;
    if (next === first || (how === 'ifMany' && next - first < maxUnsorted)) return;
    const before = Number(selectNewest.get()?.['id'] ?? 0);
    arriveAll.run(first, nowMs);
    linkAll.run(first);
    for (const { id, key_id } of selectSince.all(before))
      for (const part of partsOf(String(key_id))) insertPart.run(part, Number(id));
    positions.noteSorted();
  };
}
