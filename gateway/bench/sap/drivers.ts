/** The two drivers as the bench opens them, and the call with a thousand rows. */
import type { AbapParameters, SapConnection } from '../../src/ports/index.ts';
import { openRfc } from '../../src/sap/drivers/node-rfc/rfc-driver.ts';
import { openSoap } from '../../src/sap/drivers/soap/soap-driver.ts';
import { functionCatalogue } from '../../src/sap/functions/catalogue.ts';
import { Deadline, systemClock } from '../../src/timing/index.ts';

export const user = 'GANGWAY';
export const password = 'Gangway-Sim-1';
export const connections = 2;
const common = { sapClient: '100', language: 'EN', user, password: () => password, maxConnections: connections };

export const openSoapForBench = (url: string): SapConnection =>
  openSoap({ ...common, url }, functionCatalogue, systemClock);

export const openRfcForBench = (systemNumber: string, router?: string): SapConnection => {
  const target = { kind: 'application-server', host: '127.0.0.1', systemNumber } as const;
  return openRfc({ ...common, rfc: { target, router } }, functionCatalogue, systemClock);
};

export const rowsFunction = 'BAPI_AR_ACC_GETOPENITEMS';
export const rowsTable = 'LINEITEMS';
export const rowsParameters = { COMPANYCODE: '1000', CUSTOMER: '0000104711', KEYDATE: '99991231' };

/** Throws unless all rows came. */
export async function readRows(connection: SapConnection, expected: number): Promise<AbapParameters> {
  const deadline = Deadline.in(systemClock, 60_000);
  const answer = await connection.call(rowsFunction, rowsParameters, { deadline, effect: 'read', tables: [rowsTable] });
  const rows = answer[rowsTable];
  if (!Array.isArray(rows) || rows.length !== expected) throw new Error('the rows are not all there');
  return answer;
}

/** Calls per second of `work`, so many at once, each again when it has its answer. */
export async function rateOf(count: number, atOnce: number, work: () => Promise<unknown>): Promise<number> {
  let left = count;
  const caller = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      await work();
    }
  };
  const startedMs = performance.now();
  await Promise.all(Array.from({ length: atOnce }, caller));
  return (count * 1000) / (performance.now() - startedMs);
}
