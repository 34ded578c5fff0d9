/**
 * Which published services can be called here, by whom, and which agents carry a call out. In memory only: an agent announces
 * again whenever it connects.
 *
 * 1. Only agents that announce the service, open to the caller, are chosen; they check for themselves all the same.
 * 2. A write is asked of the same agent first, as long as it is connected: the keys it has seen are in its journal.
 * 3. A writing service that names its agent is asked of that agent only. Of any other each agent is told when several are registered
 *    for the org and system, or have announced it: then it carries out only what SAP itself keeps the key of.
 */
import { GatewayError } from '../errors/index.ts';
import { isOpenTo, serviceName } from '../model/index.ts';
import type { OrgId, PublishedService, SapSystemId } from '../model/index.ts';
import type { VerifiedOrgToken } from '../org-token/index.ts';
import type { Announcement } from '../protocol/index.ts';
import type { AgentSession, Sessions } from './sessions.ts';

/** A service as this caller may call it, and the agents that may be asked, in this order for a write. */
export interface ServiceRoute {
  readonly service: PublishedService;
  readonly agents: readonly AgentSession[];
  readonly isShared: boolean;
}

/** A service with the SAP system it is of. */
export interface SystemService {
  readonly system: SapSystemId;
  readonly service: PublishedService;
}

/** Services that are withdrawn stay for a while; so many of them are a year's renaming, not a need. */
const maxWritingServices = 20_000;

export class ServiceBook {
  readonly #sessions: Sessions;
  /**
   * Who has announced a writing service since this relay started, connected or not: by system and name, then by agent.
   */
  readonly #writers = new Map<string, Map<string, ReadonlySet<OrgId>>>();

  /** How many agents may serve an org and system, connected or not: a relay that has just started has met none of them. */
  readonly #registered: (org: OrgId, system: SapSystemId) => number;

  constructor(sessions: Sessions, registered: (org: OrgId, system: SapSystemId) => number) {
    this.#sessions = sessions;
    this.#registered = registered;
  }

  /** What an agent announced of one system replaces what it announced before. Throws PROTOCOL_VIOLATION for a system it does not serve. */
  note(agent: AgentSession, { system, services }: Announcement): void {
    if (!agent.systems.has(system))
      throw new GatewayError('PROTOCOL_VIOLATION', { reason: 'services of another system' });
    agent.services.set(system, new Map(services.map((service) => [service.name, service])));
    for (const { name, effect } of services) if (effect === 'write') this.#noteWriter(slotOf(system, name), agent);
  }

  /** Throws AGENT_OFFLINE, SERVICE_UNKNOWN or SERVICE_NOT_ALLOWED. */
  find(caller: VerifiedOrgToken, system: SapSystemId, name: string): ServiceRoute {
    const serving = this.#sessions.serving(caller.org, system);
    const announced = announcers(serving, system, name);
    const open = announced.filter(({ service }) => isOpenTo(service, caller));
    const [first] = open;
    if (first === undefined) {
      const isKnown = announced.length === 0 && this.#hasWriterAway(caller.org, serving, slotOf(system, name));
      throw isKnown ? offline(system) : notFound(serving, announced.length > 0, { system, name });
    }
    const { service } = first;
    const agents = open.filter((each) => each.service.effect === service.effect).map(({ agent }) => agent);
    return { service, agents, isShared: this.#isShared(caller.org, system, service) };
  }

  /** Everything this caller may call now, by name. */
  openTo(caller: VerifiedOrgToken): readonly SystemService[] {
    const found = new Map<string, SystemService>();
    for (const system of caller.systems) {
      for (const agent of inOrder(this.#sessions.serving(caller.org, system))) {
        for (const service of agent.services.get(system)?.values() ?? []) {
          const slot = slotOf(system, service.name);
          if (!found.has(slot) && isOpenTo(service, caller)) found.set(slot, { system, service });
        }
      }
    }
    return [...found.values()].sort((a, b) => (a.service.name < b.service.name ? -1 : 1));
  }

  /** An agent that no longer announces a service stays: its journal may hold keys of it. */
  #noteWriter(slot: string, { agent, orgs }: AgentSession): void {
    const writers = this.#writers.get(slot) ?? new Map<string, ReadonlySet<OrgId>>();
    writers.set(agent, orgs);
    this.#writers.delete(slot);
    this.#writers.set(slot, writers);
    const [oldest] = this.#writers.keys();
    if (this.#writers.size > maxWritingServices && oldest !== undefined) this.#writers.delete(oldest);
  }

  /** A write whose agent is away waits for it; it is not unknown. */
  #hasWriterAway(org: OrgId, serving: readonly AgentSession[], slot: string): boolean {
    const here = new Set(serving.map(({ agent }) => agent));
    return [...(this.#writers.get(slot) ?? [])].some(([agent, orgs]) => orgs.has(org) && !here.has(agent));
  }

  #isShared(org: OrgId, system: SapSystemId, { name, effect, agent }: PublishedService): boolean {
    if (effect === 'read' || agent !== undefined) return false;
    if (this.#registered(org, system) > 1) return true;
    const writers = [...(this.#writers.get(slotOf(system, name))?.values() ?? [])];
    return writers.filter((orgs) => orgs.has(org)).length > 1;
  }
}

const slotOf = (system: SapSystemId, name: string): string => `${system} ${name}`;

/** By name; of two connections of one agent the newer first, for the older is about to end. */
const inOrder = (agents: readonly AgentSession[]): readonly AgentSession[] =>
  [...agents].reverse().sort((a, b) => a.agent.localeCompare(b.agent, 'en'));

function announcers(
  agents: readonly AgentSession[],
  system: SapSystemId,
  name: string,
): readonly { readonly agent: AgentSession; readonly service: PublishedService }[] {
  return inOrder(agents).flatMap((agent) => {
    const service = agent.services.get(system)?.get(name);
    const isItsOwn = service?.agent === undefined || service.agent === agent.agent;
    return service === undefined || !isItsOwn ? [] : [{ agent, service }];
  });
}

const offline = (system: SapSystemId): GatewayError => new GatewayError('AGENT_OFFLINE', { system });

function notFound(
  serving: readonly AgentSession[],
  isAnnounced: boolean,
  { system, name }: { readonly system: SapSystemId; readonly name: string },
): GatewayError {
  // Said of a name only when it is one: whatever else was sent is not repeated.
  const shown = serviceName.safeParse(name).data;
  if (isAnnounced) return new GatewayError('SERVICE_NOT_ALLOWED', { name: shown });
  // An agent that has just connected announces within a moment.
  const mayCome = serving.length === 0 || serving.some((agent) => agent.announces && !agent.services.has(system));
  return mayCome ? offline(system) : new GatewayError('SERVICE_UNKNOWN', { name: shown });
}
