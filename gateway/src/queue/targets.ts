/** One SAP system as one org sees it, by a number that records refer to. */
import type { DatabaseSync } from 'node:sqlite';

export interface Targets {
  /** To be called at the begin of each transaction: one that is rolled back would leave numbers here that nobody has. */
  begin(): void;
  /** Undefined where nothing has ever come for it. */
  find(org: string, system: string): number | undefined;
  findOrAdd(org: string, system: string): number;
}

export function prepareTargets(database: DatabaseSync): Targets {
  const select = database.prepare('SELECT id FROM target WHERE org = ? AND system = ?');
  const insert = database.prepare('INSERT INTO target (org, system) VALUES (?, ?)');
  const known = new Map<string, number>();
  const note = (name: string, id: number): number => {
    known.set(name, id);
    return id;
  };
  const find = (org: string, system: string): number | undefined => {
    const name = `${org} ${system}`;
    const before = known.get(name);
    if (before !== undefined) return before;
    const id = select.get(org, system)?.['id'];
    return id === undefined ? undefined : note(name, Number(id));
  };
  return {
    begin: () => known.clear(),
    find,
    findOrAdd: (org, system) =>
      find(org, system) ?? note(`${org} ${system}`, Number(insert.run(org, system).lastInsertRowid)),
  };
}
