/** Number ranges (NRIV): numbers leave the database in blocks, so a restart or a rollback leaves gaps. */
import type { Database } from '../tables/database.ts';
import type { TableRow } from '../tables/table.ts';

/** Numbers a server fetches at once; what is left of a block when it stops is lost. */
const blockSize = 5n;

export type DrawnNumber = { readonly number: string } | { readonly refusal: 'missing' | 'external' | 'used-up' };

interface Block {
  next: bigint;
  last: bigint;
}

export class NumberRanges {
  readonly #database: Database;
  readonly #blocks = new Map<string, Block>();

  constructor(database: Database) {
    this.#database = database;
  }

  /** Draws the next customer number of an interval; it is gone whether or not the caller commits. */
  drawCustomerNumber(interval: string): DrawnNumber {
    for (;;) {
      const drawn = this.#draw(interval);
      if ('refusal' in drawn) return drawn;
      // A data file may hold customers beyond the level of its number range.
      if (this.#database.table('KNA1').get({ KUNNR: drawn.number }) === undefined) return drawn;
    }
  }

  /** The interval of an account group, or the first internal one where customizing names none. */
  intervalOf(accountGroup: string): string {
    const [group] = this.#database.table('T077D').where(['KTOKD'], [accountGroup]);
    const intervals = this.#database.table('NRIV').where(['OBJECT'], ['DEBITOR']);
    return group?.NUMKR ?? intervals.find((it) => it.EXTERNIND !== 'X')?.NRRANGENR ?? '01';
  }

  #draw(interval: string): DrawnNumber {
    const row = this.#interval(interval);
    if (row === undefined) return { refusal: 'missing' };
    if (row.EXTERNIND === 'X') return { refusal: 'external' };
    const block = this.#blocks.get(interval) ?? { next: 1n, last: 0n };
    if (block.next > block.last && !this.#fetchBlock(row, block)) return { refusal: 'used-up' };
    this.#blocks.set(interval, block);
    const number = block.next;
    block.next += 1n;
    return { number: number.toString().padStart(10, '0') };
  }

  #fetchBlock(row: TableRow, block: Block): boolean {
    const level = BigInt(row.NRLEVEL ?? '0');
    const from = BigInt(row.FROMNUMBER ?? '0');
    const to = BigInt(row.TONUMBER ?? '0');
    block.next = level < from ? from : level + 1n;
    if (block.next > to) return false;
    block.last = block.next + blockSize - 1n > to ? to : block.next + blockSize - 1n;
    this.#database.commit([
      { kind: 'update', table: 'NRIV', row: { ...row, NRLEVEL: block.last.toString().padStart(20, '0') } },
    ]);
    return true;
  }

  #interval(interval: string): TableRow | undefined {
    const nriv = this.#database.table('NRIV');
    const [row] = nriv.where(['OBJECT', 'NRRANGENR'], ['DEBITOR', interval]);
    if (row !== undefined || nriv.size > 0) return row;
    return this.#inventInterval(interval);
  }

  /** A data file without number ranges gets one that starts above its highest customer. */
  #inventInterval(interval: string): TableRow {
    let highest = 0n;
    for (const { KUNNR = '' } of this.#database.table('KNA1').rows()) {
      if (/^\d{10}$/.test(KUNNR) && BigInt(KUNNR) > highest) highest = BigInt(KUNNR);
    }
    const width = 20;
    const row: TableRow = {
      OBJECT: 'DEBITOR',
      NRRANGENR: interval,
      FROMNUMBER: '1'.padStart(width, '0'),
      TONUMBER: '9999999999'.padStart(width, '0'),
      NRLEVEL: highest.toString().padStart(width, '0'),
    };
    this.#database.commit([{ kind: 'insert', table: 'NRIV', row }]);
    return row;
  }
}
