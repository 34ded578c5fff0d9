/** SAP's port for IDocs: sends each until somebody has acknowledged it, in any order, together with others, now and then once too often. */
import type { ArrivedDocument } from '../../src/model/index.ts';
import { GatewayError } from '../../src/errors/index.ts';
import type { Arrival } from '../../src/ports/index.ts';
import { passageThrough } from '../network.ts';
import type { ChangeAgent } from './change-agent.ts';
import type { ChangesWorld } from './changes-world.ts';

/** One document on its way to one agent, or to whoever answers. */
interface Sending {
  readonly arrival: Arrival;
  readonly to: string | undefined;
  isOver: boolean;
}

/** How likely SAP sends once more what was acknowledged. */
const resends = 0.1;

export class SapSender {
  readonly #world: ChangesWorld;
  readonly #sendings = new Set<Sending>();

  constructor(world: ChangesWorld) {
    this.#world = world;
  }

  /** Everything was acknowledged. */
  get isDone(): boolean {
    return this.#sendings.size === 0;
  }

  /** To every agent, or to any, as the schedule has drawn. */
  send(document: ArrivedDocument): void {
    const { history, random } = this.#world;
    history.count(`documents: ${document.source.type}`);
    if (random.chance(0.03)) return this.#start({ refused: unreadable(document) });
    this.#start({ document });
  }

  #start(arrival: Arrival): void {
    const { mix, random } = this.#world;
    const targets = mix.routing === 'all' ? mix.agents : [undefined];
    for (const to of targets) {
      const sending = { arrival, to, isOver: false };
      this.#sendings.add(sending);
      // Some wait behind others for long, so that documents overtake each other.
      this.#later(sending, random.chance(0.3) ? random.spread(100, 60_000) : random.between(0, 300));
    }
  }

  #later(sending: Sending, delayMs: number): void {
    this.#world.scheduler.after(delayMs, () => this.#post(sending));
  }

  #post(first: Sending): void {
    const { random, scheduler, weather } = this.#world;
    if (first.isOver) return;
    const agent = this.#agentFor(first);
    const again = (): void => this.#again(first);
    if (agent === undefined) return again();
    const others = random.chance(0.3) ? [...this.#sendings].filter(({ to }) => to === first.to).slice(0, 3) : [];
    const sendings = [...new Set([first, ...others])];
    const passage = passageThrough(weather.sap, random);
    // SAP gives up waiting for an answer and tries again later.
    const giveUp = scheduler.after(120_000, again);
    const end = (isTaken: boolean): void => {
      giveUp();
      if (isTaken) for (const sending of sendings) this.#acknowledged(sending);
      else again();
    };
    if (passage.cut === 'before') return void scheduler.after(passage.thereMs, () => end(false));
    const arrive = (): void =>
      this.#receive(agent, sendings, (isTaken) =>
        scheduler.after(passage.backMs, () => end(isTaken && passage.cut === 'no')),
      );
    agent.program.deliver(passage.thereMs, arrive);
    if (passage.againMs !== undefined) agent.program.deliver(passage.againMs, arrive);
  }

  #receive(agent: ChangeAgent, sendings: readonly Sending[], answer: (isTaken: boolean) => void): void {
    const world = this.#world;
    const arrivals = sendings.map(({ arrival }) => arrival);
    world.tell('SAP', () => `brings ${arrivals.map(inWords).join(', ')} to ${agent.program.name}`);
    agent.receive(arrivals).then(
      () => {
        world.watch.acknowledged(agent, arrivals);
        answer(true);
      },
      (error: unknown) => {
        if (!(error instanceof GatewayError)) world.scheduler.fail(error);
        world.history.count('documents not taken');
        answer(false);
      },
    );
  }

  #agentFor({ to }: Sending): ChangeAgent | undefined {
    const up = this.#world.agents.filter(({ isUp, machine }) => isUp && (to === undefined || machine.agentId === to));
    return up[this.#world.random.between(0, Math.max(0, up.length - 1))];
  }

  #again(sending: Sending): void {
    if (!sending.isOver) this.#later(sending, this.#world.random.spread(500, 30_000));
  }

  #acknowledged(sending: Sending): void {
    const { history, random, isRepaired } = this.#world;
    if (sending.isOver) return;
    sending.isOver = true;
    this.#sendings.delete(sending);
    this.#reuse(sending.arrival);
    if (isRepaired || !random.chance(resends)) return;
    history.count('documents sent once too often');
    const more = { ...sending, isOver: false };
    this.#sendings.add(more);
    this.#later(more, random.spread(100, 120_000));
  }

  /** A number is used again for something else, as after a copy of the client; only where the first one is known everywhere. */
  #reuse(arrival: Arrival): void {
    const { mix, random, isRepaired } = this.#world;
    if ('refused' in arrival || isRepaired || mix.agents.length > 1 || !random.chance(0.03)) return;
    if (!arrival.document.changes.some(({ fields }) => fields['name'] === 'never 0'))
      this.#start({ document: reused(arrival.document) });
  }
}

/** Its number was used before; what it says now is nobody's truth. */
function reused({ source, contentHash, changes }: ArrivedDocument): ArrivedDocument {
  const fields = { name: 'never 0' };
  const wrong = changes.slice(0, 1).map((change) => ({ ...change, facet: 'master' as const, fields }));
  return {
    source,
    contentHash: contentHash.split('').reverse().join(''),
    changes: wrong,
  };
}

const unreadable = ({ source, contentHash }: ArrivedDocument) => ({
  source: { ...source, number: `${source.number}9` },
  contentHash,
  error: new GatewayError('IDOC_CONTROL_INCOMPLETE', { fields: 'CREDAT' }),
});

const inWords = (arrival: Arrival): string => {
  if ('refused' in arrival) return `unreadable ${arrival.refused.source.number}`;
  const { source, changes } = arrival.document;
  const said = changes.map(({ key, facet, fields }) => `${key.kind} ${key.id} ${facet} ${JSON.stringify(fields)}`);
  return `${source.type} ${source.number.replace(/^0+/, '')} (${said.join('; ')})`;
};
