/** The records that changes are of: found or made when something arrives, and due at once then. */
import type { DatabaseSync } from 'node:sqlite';
import type { ChangeRow } from './messages.ts';
import { partsOf } from './names.ts';
import { prepareTargets } from './targets.ts';

export interface Records {
  /** Something arrived for the record: its turn comes, whatever it waited for. Returns its number. */
  arrive(org: string, change: ChangeRow, position: number, nowMs: number): number;
}

export function prepareRecords(database: DatabaseSync): Records {
  const targets = prepareTargets(database);
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

  const add = (target: number, { kind, id }: ChangeRow, position: number, nowMs: number): number => {
    const record = Number(insert.run(target, kind, id, position, nowMs).lastInsertRowid);
    for (const part of partsOf(id)) insertPart.run(part, record);
    return record;
  };

  return {
    arrive: (org, change, position, nowMs) => {
      const target = targets.findOrAdd(org, change.system);
      const found = select.get(target, change.kind, change.id);
      if (found === undefined) return add(target, change, position, nowMs);
      const record = Number(found['id']);
      // One that is due already is not touched: a burst of changes writes its row once.
      if (found['state'] !== 'ready') ready.run(record, position, nowMs);
      return record;
    },
  };
}
