/** Values through the SOAP driver to the simulated SAP, and back. */
import { defaultUser, startSapSimulator } from '../../../simulator/sap/start.ts';
import type { SapSimulatorOptions } from '../../../simulator/sap/start.ts';
import { openSoap } from '../../../src/sap/drivers/soap/soap-driver.ts';
import { functionCatalogue } from '../../../src/sap/functions/catalogue.ts';
import { systemClock } from '../../../src/timing/index.ts';
import { roundTripContract } from './round-trip-contract.ts';
import type { EchoPlace } from './round-trip-contract.ts';

async function open(options: SapSimulatorOptions): Promise<EchoPlace> {
  const simulator = await startSapSimulator(options);
  const { name: user, password } = defaultUser;
  const config = { url: simulator.url, sapClient: simulator.sapClient, language: 'EN', user, maxConnections: 2 };
  const connection = openSoap({ ...config, password: () => password }, functionCatalogue, systemClock);
  const close = async (): Promise<void> => {
    await connection.close();
    await simulator.close();
  };
  return { simulator, connection, close };
}

roundTripContract(open);
