/** The room under test beside the simulated SAP, with a count of the calls SAP was asked. */
import { z } from 'zod';
import { startSapSimulator } from '../../../simulator/sap/start.ts';
import type { SapSimulator, SapSimulatorOptions } from '../../../simulator/sap/start.ts';
import { sapSystemId } from '../../../src/model/index.ts';
import type { SapSystem } from '../../../src/ports/index.ts';
import { openSap } from '../../../src/sap/index.ts';
import type { SoapSettings } from '../../../src/sap/index.ts';
import { systemClock } from '../../../src/timing/index.ts';
import { generousGovernor } from './generous-governor.ts';

const counts = z.object({ functions: z.record(z.string(), z.number()) });

export interface SapUnderTest {
  readonly sap: SapSystem;
  readonly simulator: SapSimulator;
  /** Calls by function since the last question. */
  calls(): Promise<Record<string, number>>;
  close(): Promise<void>;
}

/** Starts both on free ports of the loopback. */
export async function startSapUnderTest(
  options: SapSimulatorOptions = {},
  settings: Partial<SoapSettings> = {},
): Promise<SapUnderTest> {
  const simulator = await startSapSimulator(options);
  const { system: sap } = openSap(
    {
      system: sapSystemId.parse(simulator.logicalSystem),
      driver: 'soap',
      url: simulator.url,
      sapClient: simulator.sapClient,
      language: 'EN',
      user: 'GANGWAY',
      password: () => 'Gangway-Sim-1',
      timeZone: 'Europe/Berlin',
      maxConnections: 4,
      companyCodes: ['1000', '3000', '7000'],
      accountGroup: '0001',
      governor: generousGovernor,
      ...settings,
    },
    systemClock,
  );
  return {
    sap,
    simulator,
    calls: async () => {
      const answer = await fetch(`${simulator.url}/simulator/calls`);
      const { functions } = counts.parse(await answer.json());
      await fetch(`${simulator.url}/simulator/calls`, { method: 'DELETE' });
      return functions;
    },
    close: async () => {
      await sap.close();
      await simulator.close();
    },
  };
}
