/** Everything outside the shipped code, and what is shared by all of it: one world per schedule. */
import { customerMatches, customer as customerSchema, orgId, sapSystemId } from '../src/model/index.ts';
import type {
  Customer,
  CustomerMatches,
  CustomerNumber,
  MatchRequest,
  OrgId,
  SapSystemId,
} from '../src/model/index.ts';
import { GatewayError } from '../src/errors/index.ts';
import { Faults } from './faults.ts';
import { Watch } from './invariants/watch.ts';
import { AgentProcess } from './machine/agent-process.ts';
import type { Machine } from './machine/agent-process.ts';
import type { Disk } from './machine/disk.ts';
import { diskWithNewJournal } from './machine/disk.ts';
import { epochMs } from './machine/program.ts';
import type { Program } from './machine/program.ts';
import { calm } from './network.ts';
import type { Weather } from './network.ts';
import { MailboxModel } from './salesforce/mailbox-model.ts';
import { OrgModel } from './salesforce/org-model.ts';
import { SapModel } from './sap/sap-model.ts';
import { drawMix } from './mix.ts';
import type { Mix } from './mix.ts';
import { ServiceCallers } from './salesforce/service-callers.ts';
import { ServiceModel } from './sap/service-model.ts';
import type { History } from './schedule/history.ts';
import { Random } from './schedule/random.ts';
import { Scheduler } from './schedule/scheduler.ts';

export class World {
  readonly orgId: OrgId = orgId.parse('00D5g000004GANG');
  readonly systemId: SapSystemId = sapSystemId.parse('ERPCLNT100');
  readonly history: History;
  readonly random: Random;
  readonly scheduler: Scheduler;
  readonly sap = new SapModel();
  readonly services = new ServiceModel(this.sap);
  readonly mix: Mix;
  readonly callers: ServiceCallers;
  readonly org: OrgModel;
  readonly mailbox: MailboxModel;
  readonly watch: Watch;
  readonly faults: Faults;
  readonly weather: { sap: Weather; org: Weather; relay: Weather } = { sap: calm(), org: calm(), relay: calm() };
  /** How each listening program is rung. */
  readonly bells = new Map<Program, () => void>();
  /** Processes that have not ended, in the order they were started. */
  readonly agents = new Set<AgentProcess>();
  /** Of all machines that there ever were. */
  readonly disks: Disk[] = [];
  /** Machines that have ever announced services, as the relay remembers them. */
  readonly announcers = new Set<Machine>();
  /** A process has ended, and another one went on from its journal. */
  hasLostPrograms = false;
  readonly #ids = new Set<string>();
  #isRepaired = false;
  #processes = 0;

  constructor(seed: number, history: History) {
    this.history = history;
    this.random = new Random(seed);
    this.mix = drawMix(seed);
    this.callers = new ServiceCallers(this);
    this.scheduler = new Scheduler(history);
    this.faults = new Faults(this);
    this.org = new OrgModel({
      onReady: () => [...this.bells.values()].forEach((ring) => ring()),
      tell: (sentence) => this.tell('org', sentence),
    });
    this.watch = new Watch(this);
    this.mailbox = new MailboxModel(this.org, {
      nowMs: () => this.scheduler.nowMs,
      isLocked: () => this.faults.isRowLocked(),
      onLease: (visitor, fence) => this.watch.leaseTaken(visitor, fence),
      onNoted: (request, outcome) => this.watch.outcomeNoted(request, outcome),
    });
  }

  tell(who: string, sentence: () => string): void {
    this.history.tell(this.scheduler.nowMs, who, sentence);
  }

  newMachine(agentId: string): Machine {
    const disk = diskWithNewJournal(this.random);
    this.disks.push(disk);
    const machine = {
      agentId,
      disk,
      announces: this.#mayAnnounce(agentId),
      isPaused: false,
    };
    if (machine.announces) this.#ids.add(agentId);
    return machine;
  }

  /** A machine that took the id of another one announces nothing: the relay would take both for one agent. */
  #mayAnnounce(agentId: string): boolean {
    const { services } = this.mix;
    return services !== 'none' && !this.#ids.has(agentId) && (services === 'shared' || this.#ids.size === 0);
  }

  start(machine: Machine): AgentProcess {
    this.#processes += 1;
    const agent = new AgentProcess(this, machine, this.#processes);
    this.agents.add(agent);
    this.tell(agent.program.name, () => 'starts');
    return agent;
  }

  /** The process ends, and the machine starts another one after a while. */
  restart(agent: AgentProcess, losesPower = false, afterMs = 5_000): void {
    this.agents.delete(agent);
    this.hasLostPrograms = true;
    agent.crash(losesPower);
    this.scheduler.after(afterMs, () => {
      if (this.#isNeeded(agent.machine)) this.start(agent.machine);
    });
  }

  /** The operator comes: one process per agent id stays, freshly started where it has to be, and nothing breaks any more. */
  repair(): void {
    this.tell('operator', () => 'repairs everything');
    this.faults.end();
    this.#isRepaired = true;
    const ids = new Set<string>();
    for (const agent of this.#worthKeeping()) {
      if (ids.has(agent.machine.agentId) || !this.#isNeeded(agent.machine)) this.#stop(agent);
      else this.restart(agent);
      ids.add(agent.machine.agentId);
    }
  }

  /** Whose journal has keys of services stays; of the others the youngest. */
  #worthKeeping(): readonly AgentProcess[] {
    const agents = [...this.agents].reverse();
    return [
      ...agents.filter(({ machine }) => machine.announces),
      ...agents.filter(({ machine }) => !machine.announces),
    ];
  }

  /** Where services are published, who holds the lease must publish them: whoever else holds it declines their calls. */
  #isNeeded({ announces }: Machine): boolean {
    return !this.#isRepaired || this.mix.services === 'none' || announces;
  }

  /** Whether this program knows that work in SAP is paused. */
  hasHeededPause(program: Program): boolean {
    for (const agent of this.agents) if (agent.program === program) return agent.hasHeededPause;
    return false;
  }

  #stop(agent: AgentProcess): void {
    this.tell('operator', () => `stops ${agent.program.name} for good`);
    this.agents.delete(agent);
    agent.crash(false);
  }

  /** In the order the relay would ask them; a paused one is asked and does not answer. */
  reachableAgents(): readonly AgentProcess[] {
    return [...this.agents].filter(({ isUp }) => isUp);
  }

  /** The disk of the machine that a program runs on; undefined once it has ended. */
  diskOf(program: Program): Disk | undefined {
    for (const agent of this.agents) if (agent.program === program) return agent.machine.disk;
    return undefined;
  }

  sapCustomer(number: CustomerNumber): Customer {
    const found = this.sap.customers.get(number);
    if (found === undefined)
      throw new GatewayError('SAP_CUSTOMER_UNKNOWN', { system: this.systemId, customerNumber: number });
    return customerSchema.parse({
      customer: { system: this.systemId, number },
      asOf: new Date(epochMs + this.scheduler.nowMs).toISOString(),
      name: String(found.fields['name']),
      address: { street: '', houseNumber: '', postalCode: '', city: '', region: '', country: 'DE' },
      isBlocked: false,
      isMarkedForDeletion: false,
    });
  }

  /** No two intents here are alike, so that every duplicate that appears is one too many. */
  sapMatches(_request: MatchRequest): CustomerMatches {
    return customerMatches.parse({ asOf: new Date(epochMs + this.scheduler.nowMs).toISOString(), matches: [] });
  }
}
