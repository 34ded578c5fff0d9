/** From a configuration to the bench on which service files are drafted, checked, tried and published. */
import type { AgentConfig } from '../config/index.ts';
import { openServiceWorkbench } from '../sap/index.ts';
import type { ServiceWorkbench } from '../sap/index.ts';
import { systemClock } from '../timing/index.ts';
import { toSapSettings } from './compose-sap.ts';
import { pauseFileOf, readPause } from './pause-file.ts';

export type { ServiceProblem, ServiceWorkbench } from '../sap/index.ts';

/** Nothing is sent to SAP before the first question; no agent needs to run. */
export function openServiceDesk({ agent, sap }: Pick<AgentConfig, 'agent' | 'sap'>): ServiceWorkbench {
  // One look is enough: a command ends within a minute.
  return openServiceWorkbench(toSapSettings(sap), systemClock, readPause(pauseFileOf(agent))?.reason);
}
