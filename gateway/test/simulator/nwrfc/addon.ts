/** The real addon on the stand-in of SAP's library, or the reason why it cannot run here. */
import { describe } from '@jest/globals';
import type { Client, Pool } from 'node-rfc';
import { loadStandIn } from '../../../simulator/nwrfc/index.ts';
import { defaultUser } from '../../../simulator/sap/start.ts';
import type { SapSimulator } from '../../../simulator/sap/start.ts';

const standIn = await loadStandIn();
// Jest names no test of a file in which all are skipped, and a gap must not be silent.
if ('skipped' in standIn) console.warn(`The tests with node-rfc are skipped: ${standIn.skipped}`);

/** `describe`, skipped with its reason where the stand-in cannot be built. */
export function describeWithAddon(title: string, tests: () => void): void {
  if ('skipped' in standIn) describe.skip(`${title} (skipped: ${standIn.skipped})`, tests);
  else describe(title, tests);
}

/** Connection parameters of the default user. */
export function destinationOf({ rfc }: SapSimulator): Record<string, string> {
  if (rfc === undefined) throw new Error('the simulated SAP speaks no RFC');
  const { name, password } = defaultUser;
  return { ashost: rfc.host, sysnr: rfc.systemNumber, client: '100', user: name, passwd: password, lang: 'EN' };
}

/** A client that is not logged on yet. */
export async function createClient(parameters: Record<string, string>): Promise<Client> {
  const { Client } = await import('node-rfc');
  return new Client(parameters);
}

/** A client that is logged on. */
export async function openClient(sap: SapSimulator, changes: Record<string, string> = {}): Promise<Client> {
  const client = await createClient({ ...destinationOf(sap), ...changes });
  await client.open();
  return client;
}

/** A pool of the addon's own. */
export async function createPool(sap: SapSimulator): Promise<Pool> {
  const { Pool } = await import('node-rfc');
  return new Pool({ connectionParameters: destinationOf(sap), poolOptions: { low: 0, high: 2 } });
}
