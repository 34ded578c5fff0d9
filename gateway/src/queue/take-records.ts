/** Takes records whose turn it is, with what waits for each. */
import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import type { QueuedChange, WaitingRecord } from '../ports/index.ts';
import { changeOrder, facet } from '../model/index.ts';
import type { RecordKey } from '../model/index.ts';
import type { AppliedPaths } from './applied-paths.ts';
import type { QueueReply, Take } from './messages.ts';
import {
  appliedColumn,
  fieldsColumn,
  keyRow,
  parentsColumn,
  sourceColumns,
  toKey,
  toSource,
  understood,
} from './rows.ts';
import type { Row } from './rows.ts';
import type { Targets } from './targets.ts';
import type { Turns } from './turns.ts';

/** Of one record in one turn; the rest comes with the next. */
const maxChanges = 200;
/** In one call: with 1 KB each, 10 MB travel between the threads. */
const maxRecords = 10_000;
/** Records that become due in one call; a hundred thousand that were put off together come in some calls. */
const maxDue = 10_000;

export const becomeDue = `UPDATE record SET state = 'ready' WHERE id IN (
  SELECT id FROM record WHERE target = ? AND state = 'later' AND due_at_ms <= ? ORDER BY due_at_ms LIMIT ${maxDue})`;
export const someDue = `SELECT 1 FROM record WHERE target = ? AND state = 'later' AND due_at_ms <= ? LIMIT 1`;
export const nextReady = `SELECT id, kind, key_id, first_position, attempts, applied, applied_paths, written FROM record
  WHERE target = ? AND state = 'ready' AND NOT EXISTS (SELECT 1 FROM temp.taken WHERE taken.record = record.id)
  ORDER BY first_position LIMIT ?`;
export const changesOf = `SELECT c.position, c.facet, c.change_order, c.fields, c.parents, c.is_removed, ${sourceColumns}
  FROM record_change rc CROSS JOIN change c ON c.position = rc.position JOIN document d ON d.position = c.document
  WHERE rc.record = ? AND rc.position >= ? AND c.ended_at_ms IS NULL ORDER BY rc.position LIMIT ${maxChanges}`;

const recordRow = z.object({
  id: z.number(),
  first_position: z.number(),
  attempts: z.number(),
  applied: appliedColumn,
  applied_paths: z.string(),
  written: z.string().nullable(),
});
const changeRow = z.object({
  position: z.number(),
  facet,
  change_order: changeOrder,
  fields: fieldsColumn,
  parents: parentsColumn,
  is_removed: z.number(),
});

export interface TakeParts {
  readonly targets: Targets;
  readonly turns: Turns;
  readonly appliedPaths: AppliedPaths;
}

export function prepareTake(
  database: DatabaseSync,
  { targets, turns, appliedPaths: paths }: TakeParts,
): (request: Take) => QueueReply {
  const selectDue = database.prepare(someDue);
  const makeDue = database.prepare(becomeDue);
  const selectReady = database.prepare(nextReady);
  const selectChanges = database.prepare(changesOf);

  const take = (row: Row, system: string): WaitingRecord => {
    const { id, first_position, attempts, applied, applied_paths, written } = understood(recordRow, row);
    const key = toKey(understood(keyRow, { ...row, system }));
    const changes = selectChanges.all(id, first_position).map((change) => toChange(change, key));
    turns.begin(id);
    const appliedPaths = paths.fromText(applied_paths, applied);
    return { key, changes, attempts, applied, appliedPaths, written: written ?? undefined };
  };

  return ({ org, system, limit, nowMs }) => {
    const target = targets.find(org, system);
    if (target === undefined) return { kind: 'take', records: [] };
    if (selectDue.get(target, nowMs) !== undefined) makeDue.run(target, nowMs);
    const rows = selectReady.all(target, Math.min(limit, maxRecords));
    return { kind: 'take', records: rows.map((row) => take(row, system)) };
  };
}

function toChange(row: Row, key: RecordKey): QueuedChange {
  const { position, change_order: order, is_removed, ...rest } = understood(changeRow, row);
  return { key, position, order, isRemoved: is_removed === 1, ...rest, ...toSource(row) };
}
