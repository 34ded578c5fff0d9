/** What `gangway check` looks at from the agent's seat: each thing that must be there, and what to do when it is not. */
import { GatewayError } from '../errors/index.ts';
import type { AbapPackUse, SapFeature, SapSystemId } from '../model/index.ts';
import type { OpenedSap, OrgProbe } from '../ports/index.ts';
import { systemClock } from '../timing/index.ts';
import { changesChecks } from './check-changes.ts';
import type { ChangesCheckParts } from './check-changes.ts';
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
  readonly changes: Omit<ChangesCheckParts, 'clock' | 'changes'> & { readonly isAsked: boolean };
  /** Everything that is dialled from here, with the proxy on the way. */
  readonly waysOut: readonly WayOut[];
  readonly system: SapSystemId;
  /** Or why it cannot even be opened: SAP's own libraries are missing, for instance. */
  readonly sap: Pick<OpenedSap, 'system' | 'inspection' | 'services' | 'changes'> | GatewayError;
  readonly features: readonly SapFeature[];
  readonly pack: AbapPackUse;
  /** The orgs that the agent looks into. */
  readonly probes: readonly OrgProbe[];
}

/** All checks, one after the other, so that they load SAP like one user. */
export async function* runChecks(parts: CheckParts): AsyncGenerator<CheckResult> {
  const { settings, machine, waysOut, system, probes } = parts;
  const clock = systemClock;
  const groups: readonly CheckGroup[] = [
    machineChecks(machine),
    orgChecks(settings.orgs, clock),
    proxyChecks(waysOut),
    ...settings.relays.map((url) => relayChecks(url, settings, clock)),
    ...probes.map((probe) => salesforceChecks(probe, system, clock)),
    ...sapGroups(parts),
    changesChecks({ ...parts.changes, changes: askedOf(parts), clock }),
  ];
  for (const group of groups) yield* runGroup(group);
}

/** What cannot be opened was said before. */
const askedOf = ({ sap, changes }: CheckParts): ChangesCheckParts['changes'] =>
  changes.isAsked && !(sap instanceof GatewayError) ? sap.changes : undefined;

function sapGroups({ sap, features, pack }: CheckParts): readonly CheckGroup[] {
  if (sap instanceof GatewayError) return [[{ name: 'SAP logon', run: () => Promise.reject(sap) }]];
  const { system, inspection, services } = sap;
  // Services after SAP: by then the files have been compared with SAP's interfaces.
  const sapParts = { sap: system, inspection, features, pack, clock: systemClock };
  return [sapChecks(sapParts), serviceChecks(services, features)];
}
