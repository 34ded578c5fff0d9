/** The outboxes of an agent: one for each org that it looks into. */
import type { AgentConfig } from '../config/index.ts';
import type { OrgBell, OrgMailbox, SapSystem, WriteJournal } from '../ports/index.ts';
import type { Log, Metrics } from '../telemetry/index.ts';
import type { Clock, Deadline } from '../timing/index.ts';
import type { OutboxWrites } from './execute/index.ts';
import { Lease, Leases } from './lease.ts';
import { createOutboxMetrics, startOutbox, WriteRate } from './outbox/index.ts';
import type { Outbox } from './outbox/index.ts';

export interface OutboxesParts {
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Metrics;
}

/** An org that is looked into, as the room `salesforce` opens it. */
export interface OrgDoor {
  readonly mailbox: OrgMailbox;
  readonly bell: OrgBell | undefined;
  /** Forgets session and refused logon. */
  logOnAnew(): void;
  close(): Promise<void>;
}

/** What the outboxes stand on. */
export interface OutboxesGround {
  readonly sap: SapSystem;
  readonly journal: WriteJournal;
  readonly writes: OutboxWrites;
  /** Undefined for an org that is only answered. */
  readonly openOrg: (org: AgentConfig['agent']['orgs'][number]) => OrgDoor | undefined;
}

/** The outboxes together. */
export interface Outboxes {
  readonly isReady: boolean;
  /** Resolves when each org has answered once. */
  ready(): Promise<void>;
  /** An operator has corrected something: logons are tried again. */
  goOn(): void;
  stopTaking(): void;
  farewell(deadline: Deadline): Promise<void>;
  close(): Promise<void>;
}

interface OpenOutbox {
  readonly outbox: Outbox;
  readonly org: OrgDoor;
}

type LookedInto = AgentConfig['agent']['orgs'][number];

const isLookedInto = ({ salesforce, systems }: LookedInto, { system }: AgentConfig['sap']): boolean =>
  salesforce !== undefined && systems.includes(system);

/** The leases that the configured orgs will give; their writes wait for them from the first moment on. */
export function createLeases({ agent, sap }: Pick<AgentConfig, 'agent' | 'sap'>, clock: Clock): Leases {
  const leases = new Leases();
  const orgs = agent.orgs.filter((org) => isLookedInto(org, sap));
  for (const { id } of orgs) leases.add(id, sap.system, new Lease(clock));
  return leases;
}

/** Opens the orgs and starts their outboxes. */
export function startOutboxes(
  { agent, sap }: Pick<AgentConfig, 'agent' | 'sap'>,
  leases: Leases,
  ground: OutboxesGround,
  parts: OutboxesParts,
): Outboxes {
  const measureOf = createOutboxMetrics(parts.metrics);
  const rate = new WriteRate(parts.clock, agent.outbox.writesPerMinute);
  const start = (configured: LookedInto): readonly OpenOutbox[] => {
    const lease = leases.of(configured.id, sap.system);
    const org = lease === undefined ? undefined : ground.openOrg(configured);
    if (org === undefined || lease === undefined || configured.salesforce === undefined) return [];
    const { leaseSeconds, pollSeconds } = configured.salesforce;
    const outbox = startOutbox({
      ...ground,
      ...parts,
      ...{ org: configured.id, system: sap.system, agentId: agent.id, lease, rate },
      leaseMs: leaseSeconds * 1000,
      pollMs: pollSeconds * 1000,
      inHand: agent.outbox.inHand,
      mailbox: org.mailbox,
      bell: org.bell,
      measure: measureOf(configured.id),
    });
    return [{ outbox, org }];
  };
  return together(agent.orgs.flatMap(start));
}

function together(open: readonly OpenOutbox[]): Outboxes {
  const each = async (work: (each: OpenOutbox) => Promise<void>): Promise<void> => {
    await Promise.all(open.map(work));
  };
  return {
    get isReady() {
      return open.every(({ outbox }) => outbox.isReady);
    },
    ready: () => each(({ outbox }) => outbox.ready()),
    goOn: () => {
      for (const { org, outbox } of open) {
        org.logOnAnew();
        outbox.goOn();
      }
    },
    stopTaking: () => open.forEach(({ outbox }) => outbox.stopTaking()),
    farewell: (deadline) => each(({ outbox }) => outbox.farewell(deadline)),
    close: () =>
      each(async ({ outbox, org }) => {
        await outbox.close();
        await org.close();
      }),
  };
}
