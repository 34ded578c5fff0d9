/** All tables of the simulated system, and the one way to change them: a committed unit of work. */
import type { Repository, Structure } from '../metadata/repository.ts';
import { ChangeDocuments } from './change-documents.ts';
import type { Author } from './change-documents.ts';
import { Table } from './table.ts';
import type { TableRow } from './table.ts';

export interface Change {
  readonly kind: 'insert' | 'update' | 'delete';
  readonly table: string;
  readonly row: TableRow;
}

/** Learns of a committed unit of work: what was changed, what would take each change back, and who did it. */
export type CommitListener = (
  changes: readonly Change[],
  inverses: readonly Change[],
  author: Author | undefined,
) => void;

export class Database {
  readonly #repository: Repository;
  readonly #tables = new Map<string, Table>();
  readonly #documents = new ChangeDocuments(this);
  readonly #listeners: CommitListener[] = [];

  constructor(repository: Repository) {
    this.#repository = repository;
    for (const structure of repository.tables) this.#tables.set(structure.name, new Table(structure));
  }

  /** Called with every committed unit of work, before the caller learns of it, in the order the listeners came. */
  onCommit(listener: CommitListener): void {
    this.#listeners.push(listener);
  }

  find(name: string): Table | undefined {
    return this.#tables.get(name);
  }

  /** A table of the repository; asking for one that it lacks is a mistake in the simulator. */
  table(name: string): Table {
    const table = this.#tables.get(name);
    if (table === undefined) throw new Error(`table ${name} is not in the repository`);
    return table;
  }

  /** Adds a table the repository does not know, as the data file describes it. */
  define(name: string, lines: readonly string[]): Structure {
    const structure = this.#repository.addTable(name, lines);
    this.#tables.set(name, new Table(structure));
    return structure;
  }

  /**
   * All or nothing. Returns the change that could not be made, and then none was. With an author the unit of work leaves
   * change documents; without one it is none that SAP documents, such as a number range.
   */
  commit(changes: readonly Change[], author?: Author): Change | undefined {
    const done: Change[] = [];
    const whole = author === undefined ? changes : [...changes, ...this.#documents.describe(changes, author)];
    for (const change of whole) {
      const inverse = this.#apply(change);
      if (inverse === undefined) {
        for (const undo of done.reverse()) this.#apply(undo);
        return change;
      }
      done.push(inverse);
    }
    if (whole.length > 0) this.#listeners.forEach((listener) => listener(whole, done, author));
    return undefined;
  }

  /** Applies one change and returns what would take it back; undefined when it is impossible. */
  #apply(change: Change): Change | undefined {
    const table = this.table(change.table);
    const before = table.get(change.row);
    if (change.kind === 'insert') {
      return table.insert(change.row) ? { ...change, kind: 'delete' } : undefined;
    }
    if (before === undefined) return undefined;
    if (change.kind === 'update') table.update(change.row);
    else table.delete(change.row);
    return { table: change.table, kind: change.kind === 'update' ? 'update' : 'insert', row: before };
  }
}
