/** Tables in the making, and the sums that credit management must agree with. */
import type { DataRow, Party, RelativeDate } from './wishes.ts';

/** An amount in the smallest unit, as a CURR field keeps it: always two decimals, so JPY 1000 is 10.00. */
export function curr(minorUnits: number): string {
  const digits = Math.abs(minorUnits).toString().padStart(3, '0');
  return `${minorUnits < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** A number of pieces as a QUAN field. */
export const quantity = (pieces: number): string => `${pieces}.000`;
/** So many days from the day the simulator starts. */
export const days = (offset: number): RelativeDate => ({ days: offset });

/** What a credit account owes or is about to, in the smallest unit. */
interface Exposure {
  orders: number;
  deliveries: number;
  billing: number;
  receivables: number;
  special: number;
}

export class SalesWorld {
  readonly tables = new Map<string, DataRow[]>();
  readonly #exposures = new Map<string, Exposure>();
  readonly #counters = new Map<string, number>();

  add(table: string, row: DataRow): void {
    const rows = this.tables.get(table);
    if (rows === undefined) this.tables.set(table, [row]);
    else rows.push(row);
  }

  /** Exposure of a credit account so far. */
  exposure(area: string, account: string): Exposure {
    const key = `${area} ${account}`;
    const known = this.#exposures.get(key) ?? { orders: 0, deliveries: 0, billing: 0, receivables: 0, special: 0 };
    this.#exposures.set(key, known);
    return known;
  }

  number(range: string, first: number): string {
    const next = (this.#counters.get(range) ?? first - 1) + 1;
    this.#counters.set(range, next);
    return String(next).padStart(10, '0');
  }

  gross(party: Party, net: number): number {
    const percent = party.country === party.company.country ? party.company.taxPercent : 0;
    return net + Math.round((net * percent) / 100);
  }
}
