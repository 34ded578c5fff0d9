/** How much waits, since when, and when the next turn is: asked often, so nothing here counts rows. */
import type { DatabaseSync } from 'node:sqlite';
import type { QueueCounts } from '../ports/index.ts';
import type { Targets } from './targets.ts';

export const readyDue = `SELECT due_at_ms FROM record
  WHERE target = ? AND state = 'ready' AND NOT EXISTS (SELECT 1 FROM temp.taken WHERE taken.record = record.id)
  ORDER BY first_position LIMIT 1`;
export const laterDue = `SELECT due_at_ms FROM record WHERE target = ? AND state = 'later' ORDER BY due_at_ms LIMIT 1`;
const oldest = (state: string): string =>
  `SELECT d.arrived_at_ms FROM record r JOIN change c ON c.position = r.first_position JOIN document d ON d.position = c.document
   WHERE r.target = ? AND r.state = '${state}' ORDER BY r.first_position LIMIT 1`;
export const oldestReady = oldest('ready');
export const oldestLater = oldest('later');

export interface Counting {
  nextDueAtMs(org: string, system: string): number | undefined;
  counts(org: string, system: string): QueueCounts;
}

export function prepareCounting(database: DatabaseSync, targets: Targets): Counting {
  const due = [readyDue, laterDue].map((sql) => database.prepare(sql));
  const arrival = [oldestReady, oldestLater].map((sql) => database.prepare(sql));
  const counted = database.prepare('SELECT waiting, held FROM target WHERE id = ?');
  const least = (statements: typeof due, target: number, column: string): number | undefined => {
    const found = statements.flatMap((statement) => statement.get(target)?.[column] ?? []).map(Number);
    return found.length === 0 ? undefined : Math.min(...found);
  };
  return {
    nextDueAtMs: (org, system) => {
      const target = targets.find(org, system);
      return target === undefined ? undefined : least(due, target, 'due_at_ms');
    },
    counts: (org, system) => {
      const target = targets.find(org, system);
      if (target === undefined) return { waiting: 0, held: 0, oldestAtMs: undefined };
      const row = counted.get(target);
      const [waiting, held] = [Number(row?.['waiting']), Number(row?.['held'])];
      return { waiting, held, oldestAtMs: least(arrival, target, 'arrived_at_ms') };
    },
  };
}
