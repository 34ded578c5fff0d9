/** The room under test beside the simulated SAP, with a count of the calls SAP was asked. */
import { z } from 'zod';
import { startSapSimulator } from '../../../simulator/sap/start.ts';
import type { SapSimulator, SapSimulatorOptions } from '../../../simulator/sap/start.ts';
import type { SapSystem } from '../../../src/ports/index.ts';
import { openSap } from '../../../src/sap/index.ts';
import type { SoapSettings } from '../../../src/sap/index.ts';
import { systemClock } from '../../../src/timing/index.ts';
import { settingsFor } from './simulated-sap-settings.ts';

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
      ...settingsFor(simulator),
      companyCodes: ['1000', '3000', '7000'],
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
