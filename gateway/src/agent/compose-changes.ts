/** Changes of SAP, from where they arrive to the orgs they go to: joins receivers, queue, deliveries and sinks. */
import { changesFileOf, readText, secretFrom } from '../config/index.ts';
import type { AgentConfig } from '../config/index.ts';
import type { OrgId, SapSystemId } from '../model/index.ts';
import type { ChangeQueue, RecordSink, SapChanges } from '../ports/index.ts';
import { openChangeQueue } from '../queue/index.ts';
import { createSyncMetrics, startSync } from '../sync/index.ts';
import type { Sync } from '../sync/index.ts';
import type { Log, Metrics } from '../telemetry/index.ts';
import { Deadline } from '../timing/index.ts';
import type { Clock } from '../timing/index.ts';
import type { Leases } from './lease.ts';
import {
  createReceiveMetrics,
  Intake,
  startChangesPoll,
  startFolderReceiver,
  startHttpReceiver,
} from './receive/index.ts';
import type { HttpReceiverSettings } from './receive/index.ts';

type Config = Pick<AgentConfig, 'agent' | 'sap'>;
type ConfiguredOrg = AgentConfig['agent']['orgs'][number];
type Listen = NonNullable<NonNullable<AgentConfig['sap']['idocs']>['listen']>;

export interface ChangesParts {
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Metrics;
}

/** What changes stand on. */
export interface ChangesGround {
  readonly queue: ChangeQueue;
  readonly changes: SapChanges;
  readonly leases: Leases;
  /** What Salesforce itself has just asked SAP to create, which may be the customer that arrives. */
  readonly beingCreated: (org: OrgId, system: SapSystemId) => string | undefined;
  /** Of an org that the agent looks into. */
  readonly sinkOf: (org: OrgId) => RecordSink | undefined;
}

/** The flow of changes as the program sees it. */
export interface Changes {
  /** Everything that is configured is open, and no org needs an operator. */
  readonly isReady: boolean;
  /** An operator has corrected something: everything is tried again. */
  goOn(): void;
  /**
   * Takes nothing more from SAP and keeps what has come, brings what is under way into the orgs, then closes the queue; what
   * is left waits in it for the next start.
   */
  drain(deadline: Deadline): Promise<void>;
}

/** Something that changes come through. */
interface Receiver {
  readonly isOpen: boolean;
  goOn(): void;
  drain(deadline: Deadline): Promise<void>;
}

/** A queue costs a file and a thread, so there is none where nothing can come. Throws QUEUE_FAILED. */
export async function openQueueFor({ agent, sap }: Config, parts: ChangesParts): Promise<ChangeQueue | undefined> {
  const { idocs, changesSince } = sap;
  if (idocs?.listen === undefined && idocs?.folder === undefined && changesSince === undefined) return undefined;
  const orgsOf = (system: SapSystemId): readonly OrgId[] =>
    agent.orgs.filter((org) => wantsChanges(org, system)).map(({ id }) => id);
  const maxBytes = agent.changesMaxMb * 1024 * 1024;
  return openChangeQueue({ file: changesFileOf(agent), maxBytes, orgsOf }, parts);
}

const wantsChanges = ({ salesforce, systems }: ConfiguredOrg, system: SapSystemId): boolean =>
  salesforce?.changes.deliver === true && systems.includes(system);

/** Deliveries first: what an earlier run has left need not wait for SAP. */
export function startChanges(config: Config, ground: ChangesGround, parts: ChangesParts): Changes {
  const syncs = startSyncs(config, ground, parts);
  const receivers = startReceivers(config, ground, parts);
  return {
    get isReady() {
      return receivers.every(({ isOpen }) => isOpen) && syncs.every(({ state }) => state.standing !== 'stopped');
    },
    goOn: () => {
      for (const part of [...receivers, ...syncs]) part.goOn();
    },
    drain: async (deadline) => {
      await Promise.all(receivers.map((receiver) => receiver.drain(share(parts.clock, deadline))));
      await Promise.all(syncs.map((sync) => sync.stop(deadline)));
      await ground.queue.close();
    },
  };
}

/** Half of what is left: a document that cannot end must not take the time of what waits for the orgs. */
const share = (clock: Clock, deadline: Deadline): Deadline => Deadline.in(clock, deadline.remainingMs() / 2);

function startSyncs(
  { agent, sap }: Config,
  { queue, sinkOf, beingCreated }: ChangesGround,
  parts: ChangesParts,
): readonly Sync[] {
  const measureOf = createSyncMetrics(parts.metrics);
  const { system } = sap;
  return agent.orgs.flatMap((org) => {
    const sink = wantsChanges(org, system) ? sinkOf(org.id) : undefined;
    if (sink === undefined || org.salesforce === undefined) return [];
    const settings = org.salesforce.changes;
    const measure = measureOf(org.id, system);
    const isBeingCreated = (): string | undefined => beingCreated(org.id, system);
    return [startSync({ ...parts, org: org.id, system, queue, sink, settings, measure, isBeingCreated })];
  });
}

function startReceivers(config: Config, ground: ChangesGround, parts: ChangesParts): readonly Receiver[] {
  const { sap } = config;
  const { queue, changes } = ground;
  const measure = createReceiveMetrics(parts.metrics);
  const common = { ...parts, system: sap.system, changes, measure, intake: new Intake({ queue, measure }) };
  const { listen, folder } = sap.idocs ?? {};
  const receivers: Receiver[] = [];
  if (listen !== undefined) receivers.push(startHttpReceiver(toHttpSettings(listen), common));
  if (folder !== undefined) {
    const { path, keepDays, pollSeconds, settledSeconds } = folder;
    const settings = { path, keepDays, pollMs: pollSeconds * 1000, settledMs: settledSeconds * 1000 };
    receivers.push(startFolderReceiver(settings, common));
  }
  if (sap.changesSince !== undefined) {
    const isOurs = (): boolean => isOursToAsk(config, ground.leases);
    receivers.push(startChangesPoll({ pollMs: sap.changesSince.pollSeconds * 1000 }, { ...common, queue, isOurs }));
  }
  return receivers;
}

/** Where orgs give leases, the holder of any of them asks; SAP is not asked twice for the same. */
function isOursToAsk({ agent, sap }: Config, leases: Leases): boolean {
  const known = agent.orgs.flatMap(({ id }) => leases.of(id, sap.system) ?? []);
  return known.length === 0 || known.some(({ holding }) => holding !== undefined);
}

/** What the cross-checks have let through: a user comes with a password. */
export function toHttpSettings(listen: Listen): HttpReceiverSettings {
  const { host, port, path, user, passwordFile, tls, maxDocumentMb, concurrent } = listen;
  const setting = 'sap.idocs.listen';
  return {
    ...{ host, port, path, concurrent },
    maxDocumentBytes: maxDocumentMb * 1024 * 1024,
    credentials:
      user === undefined || passwordFile === undefined
        ? undefined
        : { user, password: secretFrom(`${setting}.passwordFile`, passwordFile) },
    tls:
      tls === undefined
        ? undefined
        : {
            certificate: () => readText(`${setting}.tls.certificateFile`, tls.certificateFile),
            privateKey: secretFrom(`${setting}.tls.privateKeyFile`, tls.privateKeyFile),
          },
  };
}
