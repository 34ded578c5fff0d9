/** What breaks while changes arrive: by chance, after any step. */
import type { ErrorCode } from '../../src/errors/index.ts';
import { calm } from '../network.ts';
import type { Weather } from '../network.ts';
import type { ChangeAgent } from './change-agent.ts';
import type { ChangesWorld } from './changes-world.ts';

const kinds = [
  'crash',
  'power failure',
  'pause',
  'org away',
  'org rows locked',
  'SAP does not answer',
  'queue disk full',
  'clock jump',
  'bad network from SAP',
  'bad network to the org',
  'another agent asks',
] as const;
type Kind = (typeof kinds)[number];

const orgDoors: readonly [ErrorCode, ...ErrorCode[]] = [
  'SALESFORCE_UNREACHABLE',
  'SALESFORCE_UNREACHABLE',
  'SALESFORCE_LIMIT_REACHED',
  'SALESFORCE_SESSION_EXPIRED',
  'SALESFORCE_FAILED',
  'SALESFORCE_NOT_AUTHORIZED',
  'SALESFORCE_LOGON_REFUSED',
];
const sapDoors: readonly [ErrorCode, ...ErrorCode[]] = ['SAP_UNREACHABLE', 'SAP_PAUSED', 'SAP_NOT_AUTHORIZED'];

export class ChangesFaults {
  orgDoor: ErrorCode | undefined;
  sapDoor: ErrorCode | undefined;
  readonly #world: ChangesWorld;
  readonly #enabled: Kind[] = [];
  #rate = 0;
  #isOver = false;
  #hasRowLocks = false;

  constructor(world: ChangesWorld) {
    this.#world = world;
  }

  draw(): void {
    const { random, weather } = this.#world;
    const breadth = random.fraction();
    for (const kind of kinds) if (random.chance(breadth)) this.#enabled.push(kind);
    this.#rate = random.spread(2, 40) / 1000;
    if (this.#enabled.includes('bad network from SAP')) weather.sap = this.#badWeather(0.3);
    if (this.#enabled.includes('bad network to the org')) weather.org = this.#badWeather(0.3);
    this.#world.tell('fate', () => `this schedule may suffer: ${this.#enabled.join(', ') || 'nothing'}`);
  }

  /** To be called between two steps. */
  strike(): void {
    const { random } = this.#world;
    const kind = this.#enabled[random.between(0, Math.max(0, this.#enabled.length - 1))];
    if (this.#isOver || kind === undefined || !random.chance(this.#rate)) return;
    this.#world.history.count(`fault: ${kind}`);
    this.#happen(kind);
  }

  /** From now on nothing breaks. */
  end(): void {
    this.#isOver = true;
    this.orgDoor = undefined;
    this.sapDoor = undefined;
    this.#hasRowLocks = false;
    Object.assign(this.#world.weather, { sap: calm(), org: calm() });
    for (const { disk } of this.#world.machines) disk.isFull = false;
  }

  isRowLocked(): boolean {
    return this.#hasRowLocks && this.#world.random.chance(0.4);
  }

  #happen(kind: Kind): void {
    const { random, weather, mix } = this.#world;
    switch (kind) {
      case 'crash':
      case 'power failure':
        return this.#withSomeAgent((agent) => {
          this.#tell(() => `${agent.program.name} dies (${kind})`);
          this.#world.restart(agent, kind === 'power failure', random.spread(200, 60_000));
        });
      case 'pause':
        return this.#withSomeAgent(({ program }) => {
          const durationMs = random.spread(500, 150_000);
          this.#tell(() => `${program.name} is paused for ${durationMs} ms`);
          program.pause(durationMs);
        });
      case 'org away':
        return this.#door('orgDoor', random.pick(orgDoors));
      case 'SAP does not answer':
        return this.#door('sapDoor', random.pick(sapDoors));
      case 'org rows locked':
        return this.#forAWhile('rows are locked in the org', (isOn) => (this.#hasRowLocks = isOn));
      case 'queue disk full':
        return this.#withSomeAgent(({ machine }) =>
          this.#forAWhile(`the disk of ${machine.agentId} is full`, (isOn) => (machine.disk.isFull = isOn)),
        );
      case 'clock jump':
        return this.#withSomeAgent((agent) => {
          this.#world.watch.clockJumps(agent);
          agent.program.jump(random.between(-5_000, 5_000));
        });
      case 'bad network from SAP':
        return this.#storm('sap', weather);
      case 'bad network to the org':
        return this.#storm('org', weather);
      case 'another agent asks':
        this.#world.asker = mix.agents[random.between(0, mix.agents.length - 1)] ?? '';
    }
  }

  #withSomeAgent(suffer: (agent: ChangeAgent) => void): void {
    const { agents, random } = this.#world;
    const agent = agents[random.between(0, Math.max(0, agents.length - 1))];
    if (agent !== undefined) suffer(agent);
  }

  #door(door: 'orgDoor' | 'sapDoor', code: ErrorCode): void {
    this.#forAWhile(`${door === 'orgDoor' ? 'the org' : 'SAP'} says ${code} to everybody`, (isOn) => {
      this[door] = isOn ? code : undefined;
    });
  }

  #storm(line: 'sap' | 'org', weather: ChangesWorld['weather']): void {
    const storm = this.#badWeather(0.7);
    this.#forAWhile(`the network to ${line} is bad`, (isOn) => (weather[line] = isOn ? storm : calm()));
  }

  #badWeather(upTo: number): Weather {
    const { random } = this.#world;
    return { cut: random.fraction() * upTo, slow: random.fraction() * upTo * 0.5, twice: random.fraction() * upTo };
  }

  #forAWhile(what: string, turn: (isOn: boolean) => void): void {
    const { random, scheduler } = this.#world;
    const durationMs = random.chance(0.2) ? random.spread(30_000, 200_000) : random.spread(100, 30_000);
    this.#tell(() => `${what}, for ${durationMs} ms`);
    turn(true);
    scheduler.after(durationMs, () => {
      if (!this.#isOver) turn(false);
    });
  }

  #tell(sentence: () => string): void {
    this.#world.tell('fate', sentence);
  }
}
