/** What the tests of writing share: drafts, keys, and looks into the tables of the simulated SAP. */
import { z } from 'zod';
import { contactDraft, customerNumber, initialCredit } from '../../../src/model/index.ts';
import type { ContactDraft, CustomerNumber, InitialCredit } from '../../../src/model/index.ts';
import type { KeyedWrite, WriteKey } from '../../../src/ports/index.ts';
import { Deadline, systemClock } from '../../../src/timing/index.ts';
import type { SapUnderTest } from './simulated-sap.ts';

export const soon = (): Deadline => Deadline.in(systemClock, 5_000);
export const customerOf = (number: string): CustomerNumber => customerNumber.parse(number);
export const nordwind = customerOf('104711');

/** A key of the local org; the same name is the same intent. */
export function keyed(name: string, fence?: number, contentHash = 'a'.repeat(64)): KeyedWrite {
  const key = `00D5g000004GANGEAW:${name}` as WriteKey;
  return fence === undefined ? { key, contentHash } : { key, contentHash, fence };
}

/** A contact person as Salesforce would send it. */
export const contactOf = (fields: object = {}): ContactDraft =>
  contactDraft.parse({ firstName: 'Åsa', lastName: 'Lindgren', ...fields });

/** Credit data as Salesforce would send it. */
export const creditOf = (fields: object): InitialCredit =>
  initialCredit.parse({ creditControlArea: '1000', ...fields });

const rows = z.object({ rows: z.array(z.record(z.string(), z.string())) });

/** Rows of a table of the simulated SAP. */
export async function tableRows(it: SapUnderTest, table: string, query = ''): Promise<Record<string, string>[]> {
  const answer = await fetch(`${it.simulator.url}/simulator/tables/${table}?${query}`);
  return rows.parse(await answer.json()).rows;
}

const keys = z.object({ count: z.number(), commits: z.number(), doubled: z.array(z.unknown()) });

/** What the simulated SAP has committed under keys. */
export async function committed(it: SapUnderTest): Promise<z.infer<typeof keys>> {
  return keys.parse(await (await fetch(`${it.simulator.url}/simulator/keys`)).json());
}
