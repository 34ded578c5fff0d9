/** From a configuration to a running agent: joins SAP, journal, executor and connection. */
import { randomUUID } from 'node:crypto';
import { readText, secretFrom } from '../config/index.ts';
import type { AgentConfig } from '../config/index.ts';
import { openJournal } from '../journal/index.ts';
import type { RegisteredOrg } from '../org-token/index.ts';
import type { OrgId } from '../model/index.ts';
import type { OpenOrg } from '../salesforce/index.ts';
import { openOrg, toOrgSettings } from '../salesforce/index.ts';
import { openQueueFor, startChanges } from './compose-changes.ts';
import type { ChangesGround } from './compose-changes.ts';
import { openSapSystem } from './compose-sap.ts';
import { createLog, createMetrics, keepMetricsFile } from '../telemetry/index.ts';
import type { Metrics } from '../telemetry/index.ts';
import { Deadline, systemClock } from '../timing/index.ts';
import { createLeases, startOutboxes } from './compose-outboxes.ts';
import type { OutboxesGround } from './compose-outboxes.ts';
import { createExecutor } from './execute/index.ts';
import { followLoad } from './follow-load.ts';
import type { AgentHandle, AgentSettings } from './settings.ts';
import { startAgent } from './start-agent.ts';
import { watchServiceFiles } from './watch-service-files.ts';
import { watchSap } from './watch-sap.ts';

/** A running agent with everything behind it. */
export interface ComposedAgent extends Pick<AgentHandle, 'relays' | 'replaceOrgs'> {
  /** Connected to a relay where there are any, every org has answered, SAP takes the logon, and changes of SAP can come. */
  readonly isReady: boolean;
  /** Resolves when the first relay serves, or without relays when each org has answered. */
  ready(): Promise<void>;
  /** Everything measured, to be rendered for operators. */
  readonly metrics: Metrics;
  /**
   * Begins nothing more, finishes what runs in SAP, tells the orgs what has ended and gives their leases back, as far as
   * `graceMs` lasts; then closes everything.
   */
  drain(graceMs: number): Promise<void>;
}

/**
 * Starts the agent that a configuration describes. The journal is opened first: without it nothing may be written,
 * and an agent that cannot write is not started.
 */
export async function composeAgent({ agent, sap, log }: AgentConfig): Promise<ComposedAgent> {
  const settings = toAgentSettings(agent, sap);
  const metrics = createMetrics('agent');
  const parts = { clock: systemClock, log: createLog('agent', log), metrics };
  const mailboxOrgs = agent.orgs.filter(({ salesforce }) => salesforce !== undefined).map(({ id }) => id);
  const journal = await openJournal(
    { file: agent.journalFile, mailboxOrgs, maxBytes: agent.journalMaxMb * 1024 * 1024 },
    parts,
  );
  const queue = await openQueueFor({ agent, sap }, parts).catch(async (error: unknown) => {
    await journal.close();
    throw error;
  });
  const { system, background, load, inspection, services: published, changes } = openSapSystem(sap);
  // Before anything can begin in SAP: it may be paused.
  const stopFollowingLoad = followLoad(load, { agent, sap }, parts);
  const services = new Map([[system.system, published]]);
  const stopWatchingFiles = watchServiceFiles(published, parts.log);
  const leases = createLeases({ agent, sap }, systemClock);
  const ways = { sap: new Map([[system.system, system]]), background: new Map([[system.system, background]]) };
  const executor = createExecutor({ ...parts, ...ways, services, journal, leases });
  const handle = startAgent(settings, executor, { ...parts, services });
  await executor.resume();
  const instance = randomUUID();
  const openOrgs = new Map<OrgId, OpenOrg>();
  const openMailbox: OutboxesGround['openOrg'] = (org) => {
    const orgSettings = toOrgSettings(agent, org, instance);
    if (orgSettings === undefined) return undefined;
    const open = openOrg(orgSettings, parts);
    openOrgs.set(org.id, open);
    return open;
  };
  const ground = { sap: background, journal, writes: executor.writes, openOrg: openMailbox };
  const outboxes = startOutboxes({ agent, sap }, leases, ground, parts);
  const sinkOf = (org: OrgId) => openOrgs.get(org)?.sink;
  const { writes } = executor;
  const beingCreated: ChangesGround['beingCreated'] = (org, of) => writes.beingCreated(org, of);
  const flow = queue && startChanges({ agent, sap }, { queue, changes, leases, sinkOf, beingCreated }, parts);
  const watch = watchSap(inspection, system.system, parts);
  const stopMetricsFile =
    agent.metricsFile === undefined ? undefined : keepMetricsFile(metrics, agent.metricsFile, parts);
  return {
    metrics,
    get isReady() {
      const isConnected = settings.relays.length === 0 || handle.isReady;
      const isFlowing = flow?.isReady ?? true;
      return isConnected && isFlowing && outboxes.isReady && executor.isReady && watch.isRightSystem;
    },
    get relays() {
      return handle.relays;
    },
    ready: () => (settings.relays.length === 0 ? outboxes.ready() : handle.ready()),
    replaceOrgs: (orgs) => {
      handle.replaceOrgs(orgs);
      outboxes.goOn();
      flow?.goOn();
    },
    async drain(graceMs) {
      const deadline = Deadline.in(systemClock, graceMs);
      outboxes.stopTaking();
      // Else a call that waits for a lost outcome would hold up the end for its whole deadline.
      executor.stopWriting();
      // A quarter is for the orgs: they learn what has ended, and the next agent need not wait for the leases.
      const forSap = Deadline.in(systemClock, graceMs * 0.75);
      // Side by side: neither needs the other.
      await Promise.all([handle.drain(forSap.remainingMs()), flow?.drain(forSap)]);
      // The connection drains the executor only after its own calls; time may have run out before.
      await executor.drain(forSap);
      await outboxes.farewell(deadline);
      await outboxes.close();
      await stopFollowingLoad();
      stopWatchingFiles();
      const watchEnds = watch.stop();
      await system.close();
      await watchEnds;
      await journal.close();
      await stopMetricsFile?.();
    },
  };
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
