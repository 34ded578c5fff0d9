/** Everything outside the shipped code while changes of SAP arrive: one world per schedule. */
import { keyText, orgId } from '../../src/model/index.ts';
import type { OrgId, RecordKey } from '../../src/model/index.ts';
import { diskWithNewQueue } from '../machine/disk.ts';
import type { Disk } from '../machine/disk.ts';
import { epochMs } from '../machine/program.ts';
import { calm } from '../network.ts';
import type { Weather } from '../network.ts';
import type { History } from '../schedule/history.ts';
import { Random } from '../schedule/random.ts';
import { Scheduler } from '../schedule/scheduler.ts';
import { ArrivalOrg } from './arrival-org.ts';
import { ChangeAgent } from './change-agent.ts';
import type { ChangeMachine } from './change-agent.ts';
import { ChangesFaults } from './changes-faults.ts';
import { drawChangesMix } from './changes-mix.ts';
import type { ChangesMix } from './changes-mix.ts';
import { ChangesWatch } from './promises/watch.ts';
import { SapOffice } from './sap-office.ts';
import { SapSender } from './sap-sender.ts';

const dayMs = 86_400_000;
/** A failure of a file that was on its way to its agent when the disk got room is seen by then. */
const looksAgainMs = 5_000;

/** After a failure of its own file it says that it must be started again. */
const hasFailed = ({ sync }: ChangeAgent): boolean => sync?.state.code === 'QUEUE_FAILED';

export class ChangesWorld {
  readonly orgId: OrgId = orgId.parse('00D5g000004GANG');
  readonly history: History;
  readonly random: Random;
  readonly scheduler: Scheduler;
  readonly mix: ChangesMix;
  readonly office: SapOffice;
  readonly sender: SapSender;
  readonly org: ArrivalOrg;
  readonly faults: ChangesFaults;
  readonly watch: ChangesWatch;
  readonly weather: { sap: Weather; org: Weather } = { sap: calm(), org: calm() };
  readonly machines: readonly ChangeMachine[];
  /** Who holds the lease of the org, and asks SAP for changes. */
  asker: string;
  isRepaired = false;
  /** By key: rows and calls that the org never takes. */
  poison = '';
  callPoison = '';
  #agents: readonly ChangeAgent[] = [];
  #processes = 0;

  constructor(seed: number, history: History) {
    this.history = history;
    this.random = new Random(seed);
    this.scheduler = new Scheduler(history);
    this.mix = drawChangesMix(this.random);
    this.asker = this.mix.agents[0] ?? '';
    this.office = new SapOffice({
      random: this.random,
      nowMs: () => epochMs + this.scheduler.nowMs,
      send: (document) => this.sender.send(document),
    });
    this.sender = new SapSender(this);
    this.faults = new ChangesFaults(this);
    this.org = new ArrivalOrg({
      unwanted: new Set(this.mix.hasLiveItems ? ['order-item'] : []),
      ownsNames: this.mix.ownsNames,
      isPoison: (text) => text === this.poison,
      isLocked: () => this.faults.isRowLocked(),
    });
    this.machines = this.mix.agents.map((agentId) => this.#machine(agentId));
    this.watch = new ChangesWatch(this);
  }

  /** Between the world's clock and the one on the wall, so that midnight comes when it is wanted. */
  get #clockOffsetMs(): number {
    return dayMs - (epochMs % dayMs) - this.mix.midnightInMs;
  }

  /** Most clocks are right. */
  #machine(agentId: string): ChangeMachine {
    const wrongMs = this.random.chance(0.7) ? 0 : this.random.between(-60_000, 60_000);
    const wallOffsetMs = this.#clockOffsetMs + wrongMs;
    return { agentId, disk: diskWithNewQueue(this.random), wallOffsetMs, restarts: 0 };
  }

  get disks(): readonly Disk[] {
    return this.machines.map(({ disk }) => disk);
  }

  get agents(): readonly ChangeAgent[] {
    return this.#agents;
  }

  tell(who: string, sentence: () => string): void {
    this.history.tell(this.scheduler.nowMs, who, sentence);
  }

  isCallPoison(key: RecordKey): boolean {
    return this.callPoison !== '' && keyText(key) === this.callPoison;
  }

  start(machine: ChangeMachine): void {
    this.#processes += 1;
    const agent = new ChangeAgent(this, machine, this.#processes);
    this.#agents = [...this.#agents, agent];
    this.tell(agent.program.name, () => 'starts');
  }

  restart(agent: ChangeAgent, losesPower: boolean, afterMs: number): void {
    this.#agents = this.#agents.filter((each) => each !== agent);
    agent.crash(losesPower);
    this.scheduler.after(afterMs, () => this.start(agent.machine));
  }

  /** Nothing breaks any more; who needs an operator's word gets it, or is started again. */
  repair(): void {
    this.tell('operator', () => 'repairs everything');
    this.faults.end();
    this.isRepaired = true;
    // Who does not answer is started again, too.
    for (const agent of this.#agents)
      if (hasFailed(agent) || agent.program.isPaused || this.random.chance(0.5)) this.restart(agent, false, 2_000);
      else agent.goOn();
    this.scheduler.after(looksAgainMs, () => {
      for (const agent of this.#agents) if (hasFailed(agent)) this.restart(agent, false, 2_000);
    });
  }
}
