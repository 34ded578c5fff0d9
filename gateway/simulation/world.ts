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
  readonly org: OrgModel;
  readonly mailbox: MailboxModel;
  readonly watch: Watch;
  readonly faults: Faults;
  readonly weather: { sap: Weather; org: Weather; relay: Weather } = { sap: calm(), org: calm(), relay: calm() };
  /** How each listening program is rung. */
  readonly bells = new Map<Program, () => void>();
  /** Processes that have not ended, in the order they were started. */
  readonly agents = new Set<AgentProcess>();
  #processes = 0;

  constructor(seed: number, history: History) {
    this.history = history;
    this.random = new Random(seed);
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
    return { agentId, disk: diskWithNewJournal(this.random) };
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
    agent.crash(losesPower);
    this.scheduler.after(afterMs, () => this.start(agent.machine));
  }

  /** The operator comes: one process per agent id stays, freshly started where it has to be, and nothing breaks any more. */
  repair(): void {
    this.tell('operator', () => 'repairs everything');
    this.faults.end();
    const ids = new Set<string>();
    for (const agent of [...this.agents].reverse()) {
      if (ids.has(agent.machine.agentId)) this.#stop(agent);
      else this.restart(agent);
      ids.add(agent.machine.agentId);
    }
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
