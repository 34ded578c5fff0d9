/** What `gangway check` looks at from the agent's seat: each thing that must be there, and what to do when it is not. */
import type { SapFeature } from '../model/index.ts';
import type { OpenedSap, OrgProbe } from '../ports/index.ts';
import { systemClock } from '../timing/index.ts';
import { machineChecks } from './check-machine.ts';
import type { MachineParts } from './check-machine.ts';
import { orgChecks } from './check-orgs.ts';
import { proxyChecks } from './check-proxy.ts';
import type { WayOut } from './check-proxy.ts';
import { relayChecks } from './check-relay.ts';
import { runGroup } from './check-result.ts';
import type { CheckGroup, CheckResult } from './check-result.ts';
import { salesforceChecks } from './check-salesforce.ts';
import { sapChecks } from './check-sap.ts';
import { serviceChecks } from './check-services.ts';
import type { AgentSettings } from './settings.ts';

export interface CheckParts {
  readonly settings: AgentSettings;
  readonly machine: MachineParts;
  /** Everything that is dialled from here, with the proxy on the way. */
  readonly waysOut: readonly WayOut[];
  readonly sap: Pick<OpenedSap, 'system' | 'inspection' | 'services'>;
  readonly features: readonly SapFeature[];
  /** The orgs that the agent looks into. */
  readonly probes: readonly OrgProbe[];
}

/** All checks, one after the other, so that they load SAP like one user. */
export async function* runChecks(parts: CheckParts): AsyncGenerator<CheckResult> {
  const { settings, machine, waysOut, sap, features, probes } = parts;
  const clock = systemClock;
  const inSap = sapChecks({ sap: sap.system, inspection: sap.inspection, features, clock });
  const groups: readonly CheckGroup[] = [
    machineChecks(machine),
    orgChecks(settings.orgs, clock),
    proxyChecks(waysOut),
    ...settings.relays.map((url) => relayChecks(url, settings, clock)),
    ...probes.map((probe) => salesforceChecks(probe, sap.system.system, clock)),
    inSap,
    // After SAP: by then the files have been compared with SAP's interfaces.
    serviceChecks(sap.services, features),
  ];
  for (const group of groups) yield* runGroup(group);
}
