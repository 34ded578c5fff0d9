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

/** A number range object: whose table has the numbers that are taken, and in which field. */
interface RangeObject {
  readonly object: string;
  readonly table: string;
  readonly field: string;
}
const customers: RangeObject = { object: 'DEBITOR', table: 'KNA1', field: 'KUNNR' };
const contacts: RangeObject = { object: 'PARTNER', table: 'KNVK', field: 'PARNR' };
const salesDocuments: RangeObject = { object: 'RV_BELEG', table: 'VBAK', field: 'VBELN' };
/** The interval of contact persons as SAP delivers it. */
const contactInterval = 'AP';

export class NumberRanges {
  readonly #database: Database;
  readonly #blocks = new Map<string, Block>();

  constructor(database: Database) {
    this.#database = database;
  }

  /** Draws the next customer number of an interval; it is gone whether or not the caller commits. */
  drawCustomerNumber(interval: string): DrawnNumber {
    return this.#drawFree(customers, interval);
  }

  /** Draws the next number of a contact person. */
  drawContactNumber(): DrawnNumber {
    return this.#drawFree(contacts, contactInterval);
  }

  /** Draws the next number of a sales document. */
  drawSalesDocumentNumber(interval: string): DrawnNumber {
    return this.#drawFree(salesDocuments, interval);
  }

  /** The interval of an account group, or the first internal one where customizing names none. */
  intervalOf(accountGroup: string): string {
    const [group] = this.#database.table('T077D').where(['KTOKD'], [accountGroup]);
    const intervals = this.#intervalsOf(customers);
    return group?.NUMKR ?? intervals.find((it) => it.EXTERNIND !== 'X')?.NRRANGENR ?? '01';
  }

  /** A data file may hold records beyond the level of their number range. */
  #drawFree(range: RangeObject, interval: string): DrawnNumber {
    for (;;) {
      const drawn = this.#draw(range, interval);
      if ('refusal' in drawn) return drawn;
      if (this.#database.table(range.table).get({ [range.field]: drawn.number }) === undefined) return drawn;
    }
  }

  #draw(range: RangeObject, interval: string): DrawnNumber {
    const row = this.#interval(range, interval);
    if (row === undefined) return { refusal: 'missing' };
    if (row.EXTERNIND === 'X') return { refusal: 'external' };
    const name = `${range.object} ${interval}`;
    const block = this.#blocks.get(name) ?? { next: 1n, last: 0n };
    if (block.next > block.last && !this.#fetchBlock(row, block)) return { refusal: 'used-up' };
    this.#blocks.set(name, block);
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

  #intervalsOf(range: RangeObject): readonly TableRow[] {
    return this.#database.table('NRIV').where(['OBJECT'], [range.object]);
  }

  #interval(range: RangeObject, interval: string): TableRow | undefined {
    const intervals = this.#intervalsOf(range);
    const row = intervals.find((it) => it.NRRANGENR === interval);
    if (row !== undefined || intervals.length > 0) return row;
    return this.#inventInterval(range, interval);
  }

  /** A data file without intervals of an object gets one that starts above its highest record. */
  #inventInterval({ object, table, field }: RangeObject, interval: string): TableRow {
    let highest = 0n;
    for (const { [field]: number = '' } of this.#database.table(table).rows()) {
      if (/^\d{10}$/.test(number) && BigInt(number) > highest) highest = BigInt(number);
    }
    const width = 20;
    const row: TableRow = {
      OBJECT: object,
      NRRANGENR: interval,
      FROMNUMBER: '1'.padStart(width, '0'),
      TONUMBER: '9999999999'.padStart(width, '0'),
      NRLEVEL: highest.toString().padStart(width, '0'),
    };
    this.#database.commit([{ kind: 'insert', table: 'NRIV', row }]);
    return row;
  }
}
