/** The SOAP driver keeps the contract of every driver, against the simulated SAP. */
import { defaultUser, startSapSimulator } from '../../../../simulator/sap/start.ts';
import { openSoap } from '../../../../src/sap/drivers/soap/soap-driver.ts';
import { functionCatalogue } from '../../../../src/sap/functions/catalogue.ts';
import { systemClock } from '../../../../src/timing/index.ts';
import { sapConnectionContract } from '../../../contracts/sap-connection.contract.ts';
import { sapFailuresContract } from '../../../contracts/sap-failures.contract.ts';
import { noSapSessionContract } from '../../../contracts/sap-session.contract.ts';
import type { SapPlace } from '../../../contracts/sap-place.ts';

async function preparePlace(): Promise<SapPlace> {
  const simulator = await startSapSimulator({ testFunctions: true });
  let isStopped = false;
  return {
    simulator,
    open: ({ password = defaultUser.password, maxConnections = 2, elsewhere } = {}) =>
      openSoap(
        {
          url: elsewhere === undefined ? simulator.url : `http://127.0.0.1:${elsewhere}`,
          sapClient: simulator.sapClient,
          language: 'EN',
          user: defaultUser.name,
          password: () => password,
          maxConnections,
        },
        functionCatalogue,
        systemClock,
      ),
    stop: async () => {
      if (!isStopped) await simulator.close();
      isStopped = true;
    },
  };
}

sapConnectionContract('soap', preparePlace);
sapFailuresContract('soap', preparePlace);
noSapSessionContract('soap', preparePlace);
