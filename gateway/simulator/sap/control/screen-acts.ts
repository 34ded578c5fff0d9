/** What somebody at SAP's screens would do to a customer, for those who know no tables: blocking orders, changing a credit limit. */
import { z } from 'zod';
import type { SimulatedSystem } from '../system/simulated-system.ts';
import { TableRequestError, writeTableRow } from './table-editor.ts';

/** `POST /simulator/customers/<number>`. */
export const screenAct = z.strictObject({ act: z.enum(['order-block', 'credit-limit']) });
type ScreenAct = z.infer<typeof screenAct>;

/** "01" has no meaning beyond what customizing gives it; it stops orders in every sales area. */
const orderBlock = '01';

/** The order block is set, or taken away where there is one. */
function toggleOrderBlock(system: SimulatedSystem, customer: string): object {
  const row = system.database.find('KNA1')?.get({ KUNNR: customer });
  if (row === undefined) throw new TableRequestError(`There is no customer ${customer}`);
  const isBlocked = (row['AUFSD'] ?? '') !== '';
  writeTableRow(system, 'KNA1', { KUNNR: customer }, { AUFSD: isBlocked ? null : orderBlock });
  return { customer, isBlocked: !isBlocked };
}

/** Each credit limit grows by a tenth, in whole hundreds; the account may be another customer's. */
function raiseCreditLimit(system: SimulatedSystem, customer: string): object {
  const rows = [...(system.database.find('KNKK')?.rows() ?? [])].filter((row) => row['KUNNR'] === customer);
  if (rows.length === 0) throw new TableRequestError(`Customer ${customer} has no credit account of its own`);
  const limits = rows.map((row) => {
    const area = row['KKBER'] ?? '';
    const limit = (Math.floor((Number(row['KLIMK'] ?? '0') * 1.1) / 100) + 1) * 100;
    writeTableRow(system, 'KNKK', { KUNNR: customer, KKBER: area }, { KLIMK: limit.toFixed(2) });
    return { area, limit };
  });
  return { customer, limits };
}

/** Does it as if it had been done at a screen: with change documents and pointers. */
export function actAtScreen(system: SimulatedSystem, customer: string, { act }: ScreenAct): object {
  return act === 'order-block' ? toggleOrderBlock(system, customer) : raiseCreditLimit(system, customer);
}
