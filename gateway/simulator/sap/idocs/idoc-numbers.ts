/** The number range of IDocs (object EDIDOC): sixteen digits that are never used twice, also after a restart. */
import type { Database } from '../tables/database.ts';
import type { TableRow } from '../tables/table.ts';

/** Numbers come in blocks, so that a burst does not write the level for each; what a restart leaves of one is lost. */
const blockSize = 100n;
const key = { OBJECT: 'EDIDOC', NRRANGENR: '01' };
const width = 20;

export class IdocNumbers {
  readonly #database: Database;
  #next = 1n;
  #last = 0n;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Draws the next number. */
  draw(): string {
    if (this.#next > this.#last) this.#fetchBlock();
    const number = this.#next;
    this.#next += 1n;
    return number.toString().padStart(16, '0');
  }

  #fetchBlock(): void {
    const table = this.#database.table('NRIV');
    const row = table.get(key);
    const level = BigInt(row?.NRLEVEL ?? '0');
    const from = BigInt(row?.FROMNUMBER ?? '1');
    this.#next = level < from ? from : level + 1n;
    this.#last = this.#next + blockSize - 1n;
    const written: TableRow = {
      ...(row ?? { ...key, FROMNUMBER: '1'.padStart(width, '0'), TONUMBER: '9'.repeat(16).padStart(width, '0') }),
      NRLEVEL: this.#last.toString().padStart(width, '0'),
    };
    this.#database.commit([{ kind: row === undefined ? 'insert' : 'update', table: 'NRIV', row: written }]);
  }
}
