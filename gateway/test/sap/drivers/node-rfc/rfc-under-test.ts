/** The RFC driver with the real addon, on the stand-in of SAP's library, beside the simulated SAP. */
import { describe } from '@jest/globals';
import { loadStandIn } from '../../../../simulator/nwrfc/index.ts';
import { defaultUser, startSapSimulator } from '../../../../simulator/sap/start.ts';
import type { SapSimulator, SapSimulatorOptions } from '../../../../simulator/sap/start.ts';
import type { SapConnection } from '../../../../src/ports/index.ts';
import type { RfcConfig } from '../../../../src/sap/drivers/node-rfc/rfc-config.ts';
import { openRfc } from '../../../../src/sap/drivers/node-rfc/rfc-driver.ts';
import { functionCatalogue } from '../../../../src/sap/functions/catalogue.ts';
import { systemClock } from '../../../../src/timing/index.ts';
import type { SapPlace } from '../../../contracts/sap-place.ts';

const standIn = await loadStandIn();

/** `describe`, skipped with its reason where the stand-in cannot be built. */
export function describeRfc(title: string, tests: () => void): void {
  if ('skipped' in standIn) describe.skip(`${title} (skipped: ${standIn.skipped})`, tests);
  else describe(title, tests);
}

/** How the driver reaches this simulated SAP. */
export function configFor({ rfc, sapClient }: SapSimulator, changes: Partial<RfcConfig> = {}): RfcConfig {
  if (rfc === undefined) throw new Error('the simulated SAP speaks no RFC');
  return {
    rfc: { target: { kind: 'application-server', host: rfc.host, systemNumber: rfc.systemNumber } },
    sapClient,
    language: 'EN',
    user: defaultUser.name,
    password: () => defaultUser.password,
    maxConnections: 2,
    ...changes,
  };
}

export function openUnderTest(simulator: SapSimulator, changes: Partial<RfcConfig> = {}): SapConnection {
  return openRfc(configFor(simulator, changes), functionCatalogue, systemClock);
}

/** A place for the contract; `elsewhere` is a router. */
export async function prepareRfcPlace(options: SapSimulatorOptions = {}): Promise<SapPlace> {
  const simulator = await startSapSimulator({ testFunctions: true, rfc: true, ...options });
  const { rfc } = configFor(simulator);
  let isStopped = false;
  return {
    simulator,
    open: ({ password, maxConnections = 2, elsewhere } = {}) =>
      openUnderTest(simulator, {
        maxConnections,
        ...(password === undefined ? {} : { password: () => password }),
        ...(elsewhere === undefined ? {} : { rfc: { ...rfc, router: `/H/127.0.0.1/S/${elsewhere}` } }),
      }),
    stop: async () => {
      if (!isStopped) await simulator.close();
      isStopped = true;
    },
  };
}
