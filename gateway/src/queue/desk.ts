/** What people see of held records, and do about them. */
import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { recordKey } from '../model/index.ts';
import type { RecordKey } from '../model/index.ts';
import type { HeldChange } from '../ports/index.ts';
import type { Discard, QueueReply, Retry } from './messages.ts';
import type { Refusals } from './refused-documents.ts';
import { nameOf } from './names.ts';
import { keyRow, org, problemColumn, sourceColumns, toKey, toSource, understood } from './rows.ts';
import type { Row } from './rows.ts';

export const selectHeld = `SELECT r.first_position, r.attempts, r.problem, r.waits_for, r.held_at_ms, r.kind, r.key_id, t.org,
    t.system, ${sourceColumns},
    (SELECT count(*) FROM record_change rc CROSS JOIN change w ON w.position = rc.position
      WHERE rc.record = r.id AND rc.position >= r.first_position AND w.ended_at_ms IS NULL) AS changes
  FROM record r JOIN target t ON t.id = r.target JOIN change c ON c.position = r.first_position
    JOIN document d ON d.position = c.document
  WHERE r.state = 'held' AND r.first_position > ? ORDER BY r.first_position LIMIT ?`;
export const letGo = `UPDATE record SET state = 'ready', due_at_ms = ?2, waits_for = NULL WHERE state = 'held' AND first_position = ?1`;

const heldRow = z.object({
  first_position: z.number(),
  org,
  attempts: z.number(),
  problem: problemColumn,
  waits_for: z.string().nullable(),
  held_at_ms: z.number(),
  changes: z.number(),
});

export interface Desk {
  held(limit: number, after: number): readonly HeldChange[];
  retry(request: Retry): QueueReply;
  discard(request: Discard): QueueReply;
}

export function prepareDesk(database: DatabaseSync, refusals: Refusals): Desk {
  const select = database.prepare(selectHeld);
  const retry = database.prepare(letGo);
  const find = database.prepare(`SELECT id FROM record WHERE state = 'held' AND first_position = ?`);
  const endChanges = database.prepare(
    `UPDATE change SET state = 'discarded', ended_at_ms = ?3, reason = ?4
     WHERE ended_at_ms IS NULL
       AND position IN (SELECT rc.position FROM record_change rc WHERE rc.record = ?1 AND rc.position >= ?2)`,
  );
  const rest = database.prepare(
    `UPDATE record SET state = 'idle', attempts = 0, problem = NULL, waits_for = NULL WHERE id = ?`,
  );

  const discardOne = (position: number, reason: string, nowMs: number): boolean => {
    const id = find.get(position)?.['id'];
    if (id === undefined) return refusals.discard(position, reason, nowMs);
    endChanges.run(id, position, nowMs, reason);
    rest.run(id);
    return true;
  };

  return {
    held: (limit, after) => select.all(after, limit).map(toHeld),
    retry: ({ positions, nowMs }) => ({
      kind: 'retry',
      positions: positions.filter((position) => retry.run(position, nowMs).changes === 1),
    }),
    discard: ({ positions, reason, nowMs }) => ({
      kind: 'discard',
      positions: positions.filter((position) => discardOne(position, reason, nowMs)),
    }),
  };
}

function toHeld(row: Row): HeldChange {
  const { first_position, waits_for, held_at_ms: heldAtMs, ...rest } = understood(heldRow, row);
  const key = toKey(understood(keyRow, row));
  const waitsFor = waits_for === null ? undefined : keyOf(waits_for);
  return { ...rest, name: nameOf(first_position), key, waitsFor, heldAtMs, ...toSource(row) };
}

/** Back from `keyText`; no part of a key has a colon in it. */
function keyOf(text: string): RecordKey | undefined {
  const [system, kind, id] = text.split(':');
  return recordKey.safeParse({ system, kind, id }).data;
}
