/** Looking into and changing single table rows while the simulator runs. */
import type { SimulatedSystem } from '../system/simulated-system.ts';
import { UnreadableValue, readValue } from '../tables/read-value.ts';
import type { DataValue } from '../tables/read-value.ts';
import type { Table, TableRow } from '../tables/table.ts';

/** What is wrong with a request, for the one who sent it. */
export class TableRequestError extends Error {}

/** A look, not an export. */
const maxRows = 1000;

function tableOf(system: SimulatedSystem, name: string): Table {
  const table = system.database.find(name);
  if (table === undefined) throw new TableRequestError(`There is no table ${name}`);
  return table;
}

function readFields(system: SimulatedSystem, table: Table, given: Readonly<Record<string, DataValue>>): TableRow {
  const row: Record<string, string> = {};
  for (const [name, value] of Object.entries(given)) {
    const field = table.structure.byName.get(name);
    if (field === undefined) throw new TableRequestError(`Table ${table.structure.name} has no field ${name}`);
    try {
      row[name] = readValue(field, value, system.time.today());
    } catch (error) {
      if (error instanceof UnreadableValue) throw new TableRequestError(`${name}: ${error.message}`);
      throw error;
    }
  }
  return row;
}

/** Rows whose fields have the values of the query, e.g. `?KUNNR=0000104711`. */
export function readTableRows(system: SimulatedSystem, name: string, query: URLSearchParams): object {
  const table = tableOf(system, name);
  const wanted = Object.entries(readFields(system, table, Object.fromEntries(query)));
  const rows = [...table.rows()].filter((row) => wanted.every(([field, value]) => (row[field] ?? '') === value));
  return { table: name, count: rows.length, rows: rows.slice(0, maxRows) };
}

/** Changes the row with this key, or adds it; an empty value or null makes a field initial. */
export function writeTableRow(
  system: SimulatedSystem,
  name: string,
  key: Readonly<Record<string, string>>,
  set: Readonly<Record<string, DataValue>>,
): object {
  const table = tableOf(system, name);
  const keyFields = readFields(system, table, key);
  const wrong = Object.keys(keyFields).find((field) => !table.keyFields.includes(field));
  if (wrong !== undefined) throw new TableRequestError(`${wrong} is not a key field of ${name}`);
  const locked = Object.keys(set).find((field) => table.keyFields.includes(field));
  if (locked !== undefined) throw new TableRequestError(`${locked} is a key field of ${name} and cannot be set`);
  const before = table.get(keyFields);
  const merged = { ...(before ?? keyFields), ...readFields(system, table, set) };
  const row = Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== ''));
  const { time } = system;
  // As if somebody had sat at a screen: change documents are written too.
  const author = { user: 'SIMULATOR', date: time.today(), time: time.timeOfDay() };
  system.database.commit([{ kind: before === undefined ? 'insert' : 'update', table: name, row }], author);
  return { created: before === undefined, row };
}
