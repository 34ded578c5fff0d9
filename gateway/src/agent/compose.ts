/** From a configuration to a running agent: joins SAP, journal, executor and connection. */
import { readText, secretFrom } from '../config/index.ts';
import type { AgentConfig } from '../config/index.ts';
import { openJournal } from '../journal/index.ts';
import type { RegisteredOrg } from '../org-token/index.ts';
import type { SapSystem } from '../ports/index.ts';
import { openSap } from '../sap/index.ts';
import type { SapSettings } from '../sap/index.ts';
import { createLog, createMetrics } from '../telemetry/index.ts';
import { Deadline, systemClock } from '../timing/index.ts';
import { runChecks } from './checks.ts';
import type { CheckResult } from './checks.ts';
import { createExecutor } from './execute/index.ts';
import type { AgentHandle, AgentSettings } from './settings.ts';
import { startAgent } from './start-agent.ts';

/** A running agent with everything behind it. */
export interface ComposedAgent extends Pick<AgentHandle, 'isReady' | 'relays' | 'ready' | 'replaceOrgs'> {
  /** Finishes the running calls within `graceMs`, then closes journal and SAP. */
  drain(graceMs: number): Promise<void>;
}

/**
 * Starts the agent that a configuration describes. The journal is opened first: without it nothing may be written,
 * and an agent that cannot write is not started.
 */
export async function composeAgent({ agent, sap, log }: AgentConfig): Promise<ComposedAgent> {
  const settings = toAgentSettings(agent, sap);
  const parts = { clock: systemClock, log: createLog('agent', log) };
  const journal = await openJournal({ file: agent.journalFile }, parts);
  const system = openSapSystem(sap);
  const metrics = createMetrics('agent');
  const executor = createExecutor({ ...parts, sap: new Map([[system.system, system]]), journal, metrics });
  const handle = startAgent(settings, executor, parts);
  await executor.resume();
  return {
    get isReady() {
      return handle.isReady;
    },
    get relays() {
      return handle.relays;
    },
    ready: () => handle.ready(),
    replaceOrgs: (orgs) => handle.replaceOrgs(orgs),
    async drain(graceMs) {
      // Else a call that waits for a lost outcome would hold up the end for its whole deadline.
      executor.stopWriting();
      const deadline = Deadline.in(systemClock, graceMs);
      await handle.drain(graceMs);
      // The connection drains the executor only after its own calls; time may have run out before.
      await executor.drain(deadline);
      await system.close();
      await journal.close();
    },
  };
}

/** Looks at everything the agent of this configuration needs, without starting it. */
export async function* checkAgent({ agent, sap }: AgentConfig): AsyncGenerator<CheckResult> {
  const system = openSapSystem(sap);
  try {
    yield* runChecks({ settings: toAgentSettings(agent, sap), journalFile: agent.journalFile, sap: system });
  } finally {
    await system.close();
  }
}

/** The SAP system that a configuration describes; nothing is sent to it yet. */
export function openSapSystem(sap: AgentConfig['sap']): SapSystem {
  const { client, passwordFile, creditControlAreas, ...rest } = sap;
  const settings: SapSettings = {
    ...rest,
    sapClient: client,
    password: secretFrom('sap.passwordFile', passwordFile),
    ...(creditControlAreas === undefined ? {} : { creditControlAreas }),
  };
  return openSap(settings, systemClock);
}

/** The settings of an agent; throws SECRET_MISSING for a file that cannot be read. */
export function toAgentSettings(agent: AgentConfig['agent'], sap: AgentConfig['sap']): AgentSettings {
  const { id, relays, publicUrl, signedWrites, concurrency, proxyUrl } = agent;
  return {
    id,
    privateKey: secretFrom('agent.privateKeyFile', agent.privateKeyFile),
    relays,
    audience: publicUrl ?? '',
    orgs: readOrgs(agent.orgs),
    systems: [sap.system],
    signedWrites,
    proxyUrl,
    concurrency,
  };
}

/** The trusted orgs with their certificates as they are on disk now. */
export function readOrgs(orgs: AgentConfig['agent']['orgs']): readonly RegisteredOrg[] {
  return orgs.map(({ id, certificates, systems }, index) => ({
    id,
    certificates: certificates.map((file) => readText(`agent.orgs[${index}].certificates`, file)),
    systems,
  }));
}
