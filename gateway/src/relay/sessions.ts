/** Which agents are connected to this relay, and which of them takes a call. */
import { GatewayError } from '../errors/index.ts';
import type { OrgId, PublishedService, SapSystemId } from '../model/index.ts';
import type { Session } from '../protocol/index.ts';

/** A connected agent with what its key allows. */
export interface AgentSession {
  readonly agent: string;
  readonly orgs: ReadonlySet<OrgId>;
  readonly systems: ReadonlySet<SapSystemId>;
  readonly session: Session;
  /** It announces its services; until it has, nobody knows which it serves. */
  readonly announces: boolean;
  /** By SAP system and name, as last announced. */
  readonly services: Map<SapSystemId, ReadonlyMap<string, PublishedService>>;
  /** It finishes what runs and wants nothing new. */
  isDraining: boolean;
}

const nobody: ReadonlySet<AgentSession> = new Set();

export class Sessions {
  readonly #sessions = new Set<AgentSession>();
  /** Rebuilt when an agent comes or goes; calls only look up. */
  readonly #routes = new Map<string, readonly AgentSession[]>();
  #turn = 0;

  get size(): number {
    return this.#sessions.size;
  }

  all(): readonly AgentSession[] {
    return [...this.#sessions];
  }

  add(session: AgentSession): void {
    this.#sessions.add(session);
    this.#routes.clear();
  }

  remove(session: AgentSession): void {
    this.#sessions.delete(session);
    this.#routes.clear();
  }

  /** Calls that come later go elsewhere. */
  markDraining(session: AgentSession): void {
    session.isDraining = true;
    this.#routes.clear();
  }

  /** Whether there is an agent for this org and system that was not asked yet. */
  hasOther(org: OrgId, system: SapSystemId, asked: ReadonlySet<AgentSession>): boolean {
    return this.serving(org, system).some((candidate) => !asked.has(candidate));
  }

  /**
   * The least busy agent for this org and system that was not asked yet, in turn among equals; throws AGENT_OFFLINE.
   */
  choose(org: OrgId, system: SapSystemId, asked: ReadonlySet<AgentSession> = nobody): AgentSession {
    const all = this.serving(org, system);
    const chosen = this.leastBusy(asked.size === 0 ? all : all.filter((candidate) => !asked.has(candidate)));
    if (chosen === undefined) throw new GatewayError('AGENT_OFFLINE', { system });
    return chosen;
  }

  /** One of the agents that serve a service: the least busy for a read, for a write the first; throws AGENT_OFFLINE. */
  chooseAmong(
    agents: readonly AgentSession[],
    call: {
      readonly effect: 'read' | 'write';
      readonly system: SapSystemId;
      readonly asked: ReadonlySet<AgentSession>;
    },
  ): AgentSession {
    const left = agents.filter((agent) => !call.asked.has(agent) && !agent.isDraining && !agent.session.isOver);
    const chosen = call.effect === 'write' ? left[0] : this.leastBusy(left);
    if (chosen === undefined) throw new GatewayError('AGENT_OFFLINE', { system: call.system });
    return chosen;
  }

  /** In turn among equals; undefined where there is none. */
  leastBusy(candidates: readonly AgentSession[]): AgentSession | undefined {
    let chosen: AgentSession | undefined;
    this.#turn = (this.#turn + 1) % Math.max(1, candidates.length);
    for (let index = 0; index < candidates.length; index += 1) {
      const candidate = candidates[(index + this.#turn) % candidates.length];
      const isLessBusy = chosen === undefined || (candidate?.session.openCalls ?? 0) < chosen.session.openCalls;
      if (isLessBusy) chosen = candidate;
    }
    return chosen;
  }

  /** All for this org and system, in no order. */
  serving(org: OrgId, system: SapSystemId): readonly AgentSession[] {
    const route = `${org} ${system}`;
    const known = this.#routes.get(route);
    if (known !== undefined) return known;
    const found = this.all().filter(
      (session) => !session.isDraining && session.orgs.has(org) && session.systems.has(system),
    );
    this.#routes.set(route, found);
    return found;
  }
}
