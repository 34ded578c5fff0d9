/** How the shipped user reaches a simulated SAP over SOAP, with a budget that is not what is tested. */
import type { SapSimulator } from '../../../simulator/sap/start.ts';
import { sapSystemId } from '../../../src/model/index.ts';
import type { SoapSettings } from '../../../src/sap/index.ts';
import { generousGovernor } from './generous-governor.ts';

export function settingsFor(simulator: SapSimulator): SoapSettings {
  return {
    system: sapSystemId.parse(simulator.logicalSystem),
    driver: 'soap',
    url: simulator.url,
    sapClient: simulator.sapClient,
    language: 'EN',
    user: 'GANGWAY',
    password: () => 'Gangway-Sim-1',
    // The simulated SAP's own: another one is wrong about "today" for an hour or two each night.
    timeZone: 'UTC',
    maxConnections: 4,
    companyCodes: ['1000'],
    accountGroup: '0001',
    governor: generousGovernor,
  };
}
