/** The SOAP driver keeps the contract of every driver, against the simulated SAP. */
import { startSapSimulator } from '../../../../simulator/sap/start.ts';
import { openSoap } from '../../../../src/sap/drivers/soap/soap-driver.ts';
import { functionCatalogue } from '../../../../src/sap/functions/catalogue.ts';
import { systemClock } from '../../../../src/timing/index.ts';
import { sapConnectionContract } from '../../../contracts/sap-connection.contract.ts';

sapConnectionContract('soap', async () => {
  const simulator = await startSapSimulator();
  let isStopped = false;
  return {
    open: async () =>
      openSoap(
        {
          url: simulator.url,
          sapClient: '100',
          language: 'EN',
          user: 'GANGWAY',
          password: () => 'Gangway-Sim-1',
          maxConnections: 2,
        },
        functionCatalogue,
        systemClock,
      ),
    loseNextAnswer: () => void simulator.addFault({ kind: 'cut-after-commit', times: 1 }),
    stop: async () => {
      if (!isStopped) await simulator.close();
      isStopped = true;
    },
    customer: '0000104711',
    unknownCustomer: '0000999999',
    salesOrganization: '1000',
  };
});
