/** From a configuration to the checks of it: opens what they look at, and closes it again. */
import { changesFileOf, rfcRuntime, secretFiles } from '../config/index.ts';
import type { AgentConfig } from '../config/index.ts';
import { GatewayError, toGatewayError } from '../errors/index.ts';
import type { OpenedSap } from '../ports/index.ts';
import { openOrg, toOrgSettings } from '../salesforce/index.ts';
import { createMetrics, silentLog } from '../telemetry/index.ts';
import { systemClock } from '../timing/index.ts';
import type { MachineParts } from './check-machine.ts';
import type { WayOut } from './check-proxy.ts';
import type { CheckResult } from './check-result.ts';
import { runChecks } from './checks.ts';
import type { CheckParts } from './checks.ts';
import { toAgentSettings } from './compose.ts';
import { openSapSystem } from './compose-sap.ts';
import { pauseFileOf, readPause } from './pause-file.ts';

/** Looks at everything the agent of this configuration needs, without starting it. */
export async function* checkAgent(config: AgentConfig): AsyncGenerator<CheckResult> {
  const { agent, sap } = config;
  const opened = openOrFailure(sap);
  const pause = readPause(pauseFileOf(agent));
  // Nothing begins in SAP while it is paused, not even to look.
  if (pause !== undefined && !(opened instanceof GatewayError)) opened.load.pause(pause.reason);
  const parts = { clock: systemClock, log: silentLog, metrics: createMetrics('check') };
  const orgs = agent.orgs
    .flatMap((org) => toOrgSettings(agent, org, 'check') ?? [])
    .map((settings) => openOrg(settings, parts));
  const { journalFile, journalMaxMb } = agent;
  try {
    yield* runChecks({
      settings: toAgentSettings(agent, sap),
      machine: { journalFile, journalMaxMb, secrets: secretFiles(config), threads: threadsOf(sap) },
      changes: changesOf(config),
      waysOut: waysOut(agent),
      system: sap.system,
      sap: opened,
      features: sap.features,
      pack: sap.abapPack,
      probes: orgs.map(({ probe }) => probe),
    });
  } finally {
    for (const org of orgs) await org.close();
    if (!(opened instanceof GatewayError)) await opened.system.close();
  }
}

/** What cannot be opened is one more thing to say, and no reason to say nothing else. */
function openOrFailure(sap: AgentConfig['sap']): OpenedSap | GatewayError {
  try {
    return openSapSystem(sap);
  } catch (thrown) {
    return toGatewayError(thrown);
  }
}

function changesOf({ agent, sap: { idocs, changesSince } }: AgentConfig): CheckParts['changes'] {
  const { listen, folder } = idocs ?? {};
  return {
    file: changesFileOf(agent),
    listen: listen && { host: listen.host, port: listen.port, path: listen.path, isTls: listen.tls !== undefined },
    folder: folder?.path,
    isAsked: changesSince !== undefined,
  };
}

/** Over RFC a connection takes a thread while it works. */
function threadsOf({ driver, maxConnections }: AgentConfig['sap']): MachineParts['threads'] {
  return driver === 'node-rfc' ? { available: rfcRuntime().threads, connections: maxConnections } : undefined;
}

/** Relays, and what is dialled of the orgs that the agent looks into. */
function waysOut({ relays, proxyUrl, orgs }: AgentConfig['agent']): readonly WayOut[] {
  const toRelays = relays.map((url) => ({ target: new URL(url), proxyUrl }));
  const toOrgs = orgs.flatMap(({ salesforce }) =>
    salesforce === undefined ? [] : [{ target: new URL(salesforce.loginUrl), proxyUrl: salesforce.proxyUrl }],
  );
  const all: readonly WayOut[] = [...toRelays, ...toOrgs];
  return [...new Map(all.map((way) => [`${way.target.host} ${way.proxyUrl ?? ''}`, way])).values()];
}
