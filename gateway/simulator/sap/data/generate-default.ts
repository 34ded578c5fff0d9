/** Makes the tables of the shipped system; run it to write default.json anew. */
import { writeFileSync } from 'node:fs';
import { addBusiness } from './business.ts';
import { addCustomizing } from './customizing.ts';
import { customers } from './customers.ts';
import { addCredit, addCustomer } from './master-data.ts';
import { SalesWorld } from './sales-world.ts';
import type { DataRow } from './wishes.ts';

/** Tables by name, without the fields that are initial. */
export function generateDefaultTables(): Record<string, DataRow[]> {
  const world = new SalesWorld();
  addCustomizing(world);
  customers.forEach((wish, index) => addCustomer(world, wish, index));
  addBusiness(world);
  customers.forEach((wish) => addCredit(world, wish));
  const strip = (row: DataRow): DataRow =>
    Object.fromEntries(Object.entries(row).filter(([, value]) => value !== '' && value !== '00000000'));
  return Object.fromEntries([...world.tables].map(([table, rows]) => [table, rows.map(strip)]));
}

/** One row a line, so that a change of one customer is a change of its lines. */
export function toFileText(tables: Readonly<Record<string, readonly DataRow[]>>): string {
  const parts = Object.entries(tables).map(
    ([table, rows]) => `"${table}": [\n${rows.map((row) => JSON.stringify(row)).join(',\n')}\n]`,
  );
  return `{\n"_system": ${JSON.stringify({ sid: 'ERP', client: '100' })},\n${parts.join(',\n')}\n}\n`;
}

if (import.meta.main) {
  writeFileSync(new URL('./default.json', import.meta.url), toFileText(generateDefaultTables()));
}
