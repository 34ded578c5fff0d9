/** What breaks, when, and for how long: by chance, so that every step may be the one at which it happens. */
import type { ErrorCode } from '../src/errors/index.ts';
import type { AgentProcess } from './machine/agent-process.ts';
import type { Program } from './machine/program.ts';
import { calm } from './network.ts';
import type { Weather } from './network.ts';
import { hasEnded } from './salesforce/org-records.ts';
import type { World } from './world.ts';

/** What a schedule may suffer. Each schedule suffers some of it: rare things meet more often where there is less noise. */
const kinds = [
  'crash',
  'power failure',
  'pause',
  'spare agent',
  'same id twice',
  'SAP away',
  'SAP short dumps',
  'SAP customer locked',
  'SAP refuses data',
  'org away',
  'org row locks',
  'disk full',
  'clock jump',
  'bad network to SAP',
  'bad network to the org',
  'bad network to the relay',
  'SAP paused',
] as const;
type Kind = (typeof kinds)[number];

const sapDoors: readonly [ErrorCode, ...ErrorCode[]] = [
  'SAP_UNREACHABLE',
  'SAP_UNREACHABLE',
  'SAP_WORK_PROCESSES_EXHAUSTED',
  'SAP_OBJECT_LOCKED',
  'SAP_LOGON_REFUSED',
  'SAP_NOT_AUTHORIZED',
];
const orgDoors: readonly [ErrorCode, ...ErrorCode[]] = [
  'SALESFORCE_UNREACHABLE',
  'SALESFORCE_LIMIT_REACHED',
  'SALESFORCE_SESSION_EXPIRED',
  'SALESFORCE_FAILED',
  'SALESFORCE_ROW_LOCKED',
];

export class Faults {
  /** What SAP says to every call, before a function runs. */
  sapDoor: ErrorCode | undefined;
  /** What the org says to every visit. */
  orgDoor: ErrorCode | undefined;
  readonly #world: World;
  readonly #enabled = new Set<Kind>();
  /** How likely a fault strikes after any one step. */
  #rate = 0;
  /** How likely an agent is struck while a write of its own is on its way. */
  #ambushRate = 0;
  #isOver = false;
  #hasDumps = false;
  #hasRowLocks = false;

  constructor(world: World) {
    this.#world = world;
  }

  /** Draws what this schedule will suffer. */
  draw(): void {
    const { random } = this.#world;
    const breadth = random.fraction();
    for (const kind of kinds) {
      // By its own draw (mix.ts), and then always.
      const isDrawn = kind === 'SAP paused' ? this.#world.mix.hasPauses : random.chance(breadth);
      if (isDrawn) this.#enabled.add(kind);
    }
    this.#rate = random.spread(5, 150) / 1000;
    this.#ambushRate = random.chance(0.5) ? random.fraction() * 0.5 : 0;
    const lines = [
      ['sap', 'bad network to SAP'],
      ['org', 'bad network to the org'],
      ['relay', 'bad network to the relay'],
    ] as const;
    for (const [line, kind] of lines) if (this.#enabled.has(kind)) this.#world.weather[line] = this.#badWeather(0.3);
    this.#world.tell('fate', () => `this schedule may suffer: ${[...this.#enabled].join(', ') || 'nothing'}`);
  }

  /** To be called between two steps. */
  strike(): void {
    const { random } = this.#world;
    if (this.#isOver || this.#enabled.size === 0 || !random.chance(this.#rate * this.#interest())) return;
    const enabled = [...this.#enabled];
    const kind = enabled[random.between(0, enabled.length - 1)];
    if (kind !== undefined) this.#happen(kind);
  }

  /** What breaks while nothing is under way teaches little. */
  #interest(): number {
    for (const request of this.#world.org.requests.values()) if (!hasEnded(request)) return 1;
    return 0.1;
  }

  /** A write has left: the moment at which a crash or a pause hurts most. */
  ambush(program: Program): void {
    const { agents, random, scheduler } = this.#world;
    if (this.#isOver || !random.chance(this.#ambushRate)) return;
    const agent = [...agents].find((each) => each.program === program);
    const kind = random.pick(['crash', 'power failure', 'pause']);
    if (agent === undefined || !this.#enabled.has(kind)) return;
    scheduler.after(random.between(0, 400), () => {
      if (!this.#isOver && agents.has(agent)) this.#strikeAgent(agent, kind);
    });
  }

  /** From now on nothing breaks, and whatever is broken has been repaired. */
  end(): void {
    this.#isOver = true;
    this.sapDoor = undefined;
    this.orgDoor = undefined;
    this.#hasDumps = false;
    this.#hasRowLocks = false;
    Object.assign(this.#world.weather, { sap: calm(), org: calm(), relay: calm() });
    this.#world.sap.lockedCustomers.clear();
    this.#world.sap.refusedKeys.clear();
    this.#world.sap.refusedCredit.clear();
    // Pauses end when their time is over: an operator's work in SAP may outlast everything else.
    for (const { machine } of this.#world.agents) machine.disk.isFull = false;
  }

  /** How a call ends that is at work in SAP. */
  mishapInSap(): 'none' | 'rolled back' | 'unreadable answer' {
    const { random } = this.#world;
    // SAP went away while it was at work: the unit of work is gone with it, more often than not.
    if (this.sapDoor === 'SAP_UNREACHABLE' && random.chance(0.7)) return 'rolled back';
    if (!this.#hasDumps || random.chance(0.7)) return 'none';
    return random.pick(['rolled back', 'unreadable answer']);
  }

  /** Whether the session of a service is lost while everything else goes well. */
  losesSession(): boolean {
    return !this.#isOver && this.#world.random.chance(0.2);
  }

  isRowLocked(): boolean {
    return this.#hasRowLocks && this.#world.random.chance(0.4);
  }

  #happen(kind: Kind): void {
    const { random, weather } = this.#world;
    this.#world.history.count(`fault: ${kind}`);
    switch (kind) {
      case 'crash':
      case 'power failure':
      case 'pause':
        return this.#withSomeAgent((agent) => this.#strikeAgent(agent, kind));
      case 'spare agent':
        return this.#startAnother('spare');
      case 'same id twice':
        return this.#startAnother('agent');
      case 'SAP away':
        return this.#door('sapDoor', random.pick(sapDoors));
      case 'org away':
        return this.#door('orgDoor', random.pick(orgDoors));
      case 'SAP short dumps':
        return this.#forAWhile('SAP has short dumps', (isOn) => (this.#hasDumps = isOn));
      case 'org row locks':
        return this.#forAWhile('rows are locked in the org', (isOn) => (this.#hasRowLocks = isOn));
      case 'SAP customer locked':
        return this.#lockSomeCustomer();
      case 'SAP refuses data':
        return this.#refuseSomeKey();
      case 'disk full':
        return this.#withSomeAgent(({ machine }) =>
          this.#forAWhile(`the disk of ${machine.agentId} is full`, (isOn) => (machine.disk.isFull = isOn)),
        );
      case 'clock jump':
        return this.#withSomeAgent(({ program }) => program.jump(random.between(-5_000, 5_000)));
      case 'SAP paused':
        return this.#withSomeAgent((agent) => this.#pauseSap(agent));
      case 'bad network to SAP':
        return this.#storm('sap', weather);
      case 'bad network to the org':
        return this.#storm('org', weather);
      case 'bad network to the relay':
        return this.#storm('relay', weather);
    }
  }

  #strikeAgent(agent: AgentProcess, kind: 'crash' | 'power failure' | 'pause'): void {
    const { random } = this.#world;
    if (kind === 'pause') {
      const durationMs = random.spread(500, 250_000);
      this.#tell(() => `${agent.program.name} is paused for ${durationMs} ms`);
      return agent.program.pause(durationMs);
    }
    const afterMs = random.chance(0.3) ? random.spread(60_000, 300_000) : random.between(200, 20_000);
    this.#tell(() => `${agent.program.name} dies (${kind}), back in ${afterMs} ms`);
    this.#world.restart(agent, kind === 'power failure', afterMs);
  }

  #withSomeAgent(suffer: (agent: AgentProcess) => void): void {
    const agents = [...this.#world.agents];
    const agent = agents[this.#world.random.between(0, Math.max(0, agents.length - 1))];
    if (agent !== undefined) suffer(agent);
  }

  #startAnother(agentId: string): void {
    // Three processes show every race that two instances of one id and a spare can have.
    if (this.#world.agents.size >= 3) return;
    this.#tell(() => `another machine starts an agent that calls itself ${agentId}`);
    this.#world.start(this.#world.newMachine(agentId));
  }

  /** Somebody writes the pause file of an agent, which outlives its processes. */
  #pauseSap({ machine }: AgentProcess): void {
    this.#forAWhile(`work in SAP is paused at ${machine.agentId}`, (isOn) => {
      machine.isPaused = isOn;
      for (const agent of this.#world.agents) if (agent.machine === machine) agent.noticePauseFile();
    });
  }

  #door(door: 'sapDoor' | 'orgDoor', code: ErrorCode): void {
    this.#forAWhile(`${door === 'sapDoor' ? 'SAP' : 'the org'} says ${code} to everybody`, (isOn) => {
      this[door] = isOn ? code : undefined;
    });
  }

  #lockSomeCustomer(): void {
    const { random, sap } = this.#world;
    const numbers = [...sap.customers.keys()];
    const number = numbers[random.between(0, Math.max(0, numbers.length - 1))];
    if (number === undefined) return;
    this.#forAWhile(`somebody changes ${number} in SAP`, (isOn) => {
      if (isOn) sap.lockedCustomers.add(number);
      else sap.lockedCustomers.delete(number);
    });
  }

  #refuseSomeKey(): void {
    const { org, orgId, random, sap } = this.#world;
    const keys = [...org.requests.keys()].filter((key) => !sap.keys.has(`${orgId}:${key}`));
    const key = keys[random.between(0, Math.max(0, keys.length - 1))];
    if (key === undefined) return;
    const isCredit = random.chance(0.3);
    const refused = isCredit ? sap.refusedCredit : sap.refusedKeys;
    this.#forAWhile(`SAP's checks refuse ${isCredit ? 'the credit data of ' : ''}${key}`, (isOn) => {
      if (isOn) refused.add(`${orgId}:${key}`);
      else refused.delete(`${orgId}:${key}`);
    });
  }

  #storm(line: 'sap' | 'org' | 'relay', weather: World['weather']): void {
    const storm = this.#badWeather(0.7);
    this.#forAWhile(`the network to ${line} is bad`, (isOn) => (weather[line] = isOn ? storm : calm()));
  }

  #badWeather(upTo: number): Weather {
    const { random } = this.#world;
    return { cut: random.fraction() * upTo, slow: random.fraction() * upTo, twice: random.fraction() * upTo };
  }

  #forAWhile(what: string, turn: (isOn: boolean) => void): void {
    const { random, scheduler } = this.#world;
    // Short ones meet in the middle of a call, long ones outlast leases and patience.
    const durationMs = random.chance(0.2) ? random.spread(60_000, 300_000) : random.spread(100, 60_000);
    this.#tell(() => `${what}, for ${durationMs} ms`);
    turn(true);
    scheduler.after(durationMs, () => turn(false));
  }

  #tell(sentence: () => string): void {
    this.#world.tell('fate', sentence);
  }
}
