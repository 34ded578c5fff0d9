/** One SAP system as one org sees it, by a number that records refer to. */
import type { DatabaseSync } from 'node:sqlite';

export interface Targets {
  /** Undefined where nothing has ever come for it. */
  find(org: string, system: string): number | undefined;
  findOrAdd(org: string, system: string): number;
}

export function prepareTargets(database: DatabaseSync): Targets {
  const select = database.prepare('SELECT id FROM target WHERE org = ? AND system = ?');
  const insert = database.prepare('INSERT INTO target (org, system) VALUES (?, ?)');
  // Not remembered between calls: a transaction that is rolled back would leave numbers here that nobody has.
  const find = (org: string, system: string): number | undefined => {
    const id = select.get(org, system)?.['id'];
    return id === undefined ? undefined : Number(id);
  };
  return {
    find,
    findOrAdd: (org, system) => find(org, system) ?? Number(insert.run(org, system).lastInsertRowid),
  };
}
