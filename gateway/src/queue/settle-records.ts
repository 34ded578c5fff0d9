/** Writes how records' turns ended, and lets go what waited for that; knows the tables, knows no transaction. */
import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { keyText } from '../model/index.ts';
import type { RecordKey } from '../model/index.ts';
import type { Settlement } from '../ports/index.ts';
import { laterOf } from './applied-paths.ts';
import type { AppliedPaths } from './applied-paths.ts';
import { shortProblem } from './failures.ts';
import type { QueueReply, Settle } from './messages.ts';
import type { Room } from './room.ts';
import { appliedColumn, understood } from './rows.ts';
import type { Targets } from './targets.ts';
import type { EndedTurn, Turns } from './turns.ts';

type Ended = Extract<Settlement, { ended: 'delivered' | 'skipped' }>;
type Failed = Extract<Settlement, { ended: 'retry' | 'held' }>;

export const releaseChildren = `UPDATE record SET state = 'ready', due_at_ms = ?3, waits_for = NULL
  WHERE state = 'held' AND waits_for = ?1 AND target IN (SELECT id FROM target WHERE org = ?2)`;
export const nextWaiting = `SELECT rc.position FROM record_change rc CROSS JOIN change c ON c.position = rc.position
  WHERE rc.record = ? AND rc.position >= ? AND c.ended_at_ms IS NULL ORDER BY rc.position LIMIT 1`;

function prepareStatements(database: DatabaseSync) {
  const select = database.prepare(
    'SELECT id, first_position, applied, applied_paths, written FROM record WHERE target = ? AND kind = ? AND key_id = ?',
  );
  // In a file that is nearly full a change that ends makes room at once: its fields go with it.
  const endChange = database.prepare(
    `UPDATE change SET state = ?3, ended_at_ms = ?4, committed_at = ?5, record_id = ?6, reason = ?7,
       fields = iif(?8, NULL, fields)
     WHERE position = ?1 AND ended_at_ms IS NULL
       AND EXISTS (SELECT 1 FROM record_change rc WHERE rc.record = ?2 AND rc.position = ?1)`,
  );
  const selectNext = database.prepare(nextWaiting);
  const succeed = database.prepare(
    `UPDATE record SET state = ?2, first_position = ?3, due_at_ms = ?4, attempts = 0, problem = NULL, waits_for = NULL,
       applied = ?5, applied_paths = ?6, written = ?7
     WHERE id = ?1`,
  );
  const fail = database.prepare(
    `UPDATE record SET state = ?2, first_position = ?3, due_at_ms = ?4, attempts = attempts + 1, problem = ?5,
       waits_for = ?6, held_at_ms = ?7
     WHERE id = ?1`,
  );
  const release = database.prepare(releaseChildren);
  return { select, endChange, selectNext, succeed, fail, release };
}

const recordRow = z.object({
  id: z.number(),
  first_position: z.number(),
  applied: appliedColumn,
  applied_paths: z.string(),
  written: z.string().nullable(),
});
type StandingRecord = z.infer<typeof recordRow>;

export interface SettleParts {
  readonly room: Room;
  readonly targets: Targets;
  readonly turns: Turns;
  readonly appliedPaths: AppliedPaths;
}

export function prepareSettle(
  database: DatabaseSync,
  { room, targets, turns, appliedPaths: paths }: SettleParts,
): (request: Settle) => QueueReply {
  const { select, endChange, selectNext, succeed, fail, release } = prepareStatements(database);

  // One record may have several settlements at once (older facets, then the rest): they end one and the same turn.
  const endedTurns = new Map<number, EndedTurn>();
  const endTurn = (record: number): EndedTurn => {
    const ended = endedTurns.get(record) ?? turns.end(record);
    endedTurns.set(record, ended);
    return ended;
  };

  const find = (org: string, key: RecordKey): StandingRecord | undefined => {
    const target = targets.find(org, key.system);
    const row = target === undefined ? undefined : select.get(target, key.kind, key.id);
    return row === undefined ? undefined : understood(recordRow, row);
  };
  const nextOf = ({ id, first_position }: StandingRecord): number | undefined => {
    const next = selectNext.get(id, first_position)?.['position'];
    return next === undefined ? undefined : Number(next);
  };

  const end = (record: StandingRecord, settlement: Ended, org: string, nowMs: number): boolean => {
    const isDelivered = settlement.ended === 'delivered';
    const receipt = isDelivered
      ? (['delivered', nowMs, settlement.committedAt, settlement.recordId, null] as const)
      : ([settlement.why, nowMs, null, null, settlement.reason] as const);
    for (const position of settlement.positions) endChange.run(position, record.id, ...receipt, room.isTight ? 1 : 0);
    endTurn(record.id);
    const next = nextOf(record);
    const state = next === undefined ? 'idle' : 'ready';
    const applied = { ...record.applied, ...settlement.applied };
    const said = laterOf(paths.fromText(record.applied_paths, record.applied), settlement.appliedPaths);
    const texts = [JSON.stringify(applied), paths.toText(said, applied)] as const;
    const written = isDelivered ? settlement.written : record.written;
    succeed.run(record.id, state, next ?? record.first_position, nowMs, ...texts, written);
    // Older than what is there, or an echo of it: the record is there, and that is what its children wait for.
    if (!isDelivered && settlement.why === 'unwanted') return state === 'ready';
    turns.noteDelivered(record.id);
    return release.run(keyText(settlement.key), org, nowMs).changes > 0 || state === 'ready';
  };

  const putOff = (record: StandingRecord, settlement: Failed, org: string, nowMs: number): boolean => {
    const { hasNews, begunAt } = endTurn(record.id);
    const next = nextOf(record);
    const problem = shortProblem(settlement.problem);
    const waitsFor = settlement.ended === 'held' ? settlement.waitsFor : undefined;
    const parent = waitsFor === undefined ? undefined : find(org, waitsFor);
    // The parent may have been delivered while Salesforce answered that it is not there; nobody would release it then.
    const isReleased = parent !== undefined && turns.wasDeliveredSince(parent.id, begunAt);
    const state = next === undefined ? 'idle' : stateAfter(settlement, hasNews || isReleased);
    const dueAtMs = state === 'later' && settlement.ended === 'retry' ? settlement.dueAtMs : nowMs;
    const parentText = state === 'held' && waitsFor !== undefined ? keyText(waitsFor) : null;
    fail.run(record.id, state, next ?? record.first_position, dueAtMs, problem, parentText, nowMs);
    return state === 'ready' || (state === 'later' && dueAtMs <= nowMs);
  };

  const settle = (settlement: Settlement, org: string, nowMs: number): boolean => {
    const record = find(org, settlement.key);
    // Retention has removed it meanwhile, with everything that waited for nothing.
    if (record === undefined) return false;
    const { ended } = settlement;
    if (ended === 'delivered' || ended === 'skipped') return end(record, settlement, org, nowMs);
    return putOff(record, settlement, org, nowMs);
  };

  return ({ org, settlements, nowMs }) => {
    endedTurns.clear();
    const due = settlements.map((settlement) => settle(settlement, org, nowMs));
    return { kind: 'settle', isDue: due.includes(true) };
  };
}

function stateAfter({ ended }: Failed, isReleased: boolean): 'ready' | 'later' | 'held' {
  if (isReleased) return 'ready';
  return ended === 'retry' ? 'later' : 'held';
}
