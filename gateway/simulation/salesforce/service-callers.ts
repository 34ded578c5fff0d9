/**
 * People and flows that call services: through the relay, with a key of their wish, again until they know how it ended. They repeat
 * keys, also at once and with other content, correct what was refused, and choose a new key when nobody can find out.
 */
import { GatewayError, toGatewayError } from '../../src/errors/index.ts';
import { correlationId, idempotencyKey, operations, orgId } from '../../src/model/index.ts';
import type { OrgId, WriteOperation } from '../../src/model/index.ts';
import { Deadline } from '../../src/timing/index.ts';
import type { Call } from '../../src/agent/call.ts';
import type { AgentProcess } from '../machine/agent-process.ts';
import { passageThrough } from '../network.ts';
import { refusedText, simulatedServices } from '../sap/service-model.ts';
import type { SimulatedService } from '../sap/service-model.ts';
import type { World } from '../world.ts';

/** As long as the relay lets a write take. */
const callMs = 60_000;
/** As in relay-link.ts. */
const reachesRelayMs = 2_000;

/** An org that has no mailbox, so that no lease is asked for. */
export const orgWithoutMailbox: OrgId = orgId.parse('00D5g0000NOBOX0');

/** What somebody asks for under a key, until he knows how it ended. */
export interface Ask {
  readonly org: OrgId;
  readonly key: string;
  readonly service: SimulatedService;
  readonly text: string;
  /** What he heard last; `other` when the key stands for other content. */
  end: 'open' | 'done' | 'refused' | 'held' | 'other';
  code: string | undefined;
  /** The thing that was made. */
  number: string | undefined;
  /** Calls that he has not heard the end of. */
  calls: number;
}

export class ServiceCallers {
  readonly asks: Ask[] = [];
  readonly #world: World;
  #hasGoneHome = false;

  constructor(world: World) {
    this.#world = world;
  }

  /** Lets people wish until `untilMs`. */
  work(untilMs: number): void {
    const { mix, random, scheduler } = this.#world;
    for (let index = 0; index < mix.wishes; index += 1)
      scheduler.after(random.between(500, untilMs), () =>
        this.#wish(`the-wish-${index}`, random.pick(simulatedServices)),
      );
  }

  /** Everybody knows how his wish ended. */
  get isAtRest(): boolean {
    return this.asks.every(({ end, calls }) => end !== 'open' && calls === 0);
  }

  /** Who was told that a person must act sends it again, the cause being gone; false where nobody was. */
  sendAgainWhatIsHeld(): boolean {
    this.#hasGoneHome = true;
    const held = this.asks.filter(({ end }) => end === 'held');
    for (const ask of held) this.#send(ask);
    return held.some(({ code }) => code !== 'SERVICE_OUTCOME_UNRESOLVED');
  }

  /** Everybody asks once more, whatever he knows; false where nobody has asked anything. */
  askOnceMore(): boolean {
    for (const ask of this.asks) this.#send(ask);
    return this.asks.length > 0;
  }

  #wish(key: string, service: SimulatedService): void {
    const { mix, orgId: withMailbox, random, scheduler } = this.#world;
    // Without a lease one agent is the operator's duty (decision 0013).
    const org = mix.services === 'one agent' && random.chance(0.4) ? orgWithoutMailbox : withMailbox;
    const text = random.chance(0.15) ? `bad ${key}` : `${key} as it was wished`;
    const ask = this.#ask(org, key, service, text);
    if (random.chance(0.4)) scheduler.after(random.spread(1, 20_000), () => this.#send(ask));
    if (random.chance(0.15)) {
      const other = random.spread(1, 100_000);
      scheduler.after(other, () => void this.#ask(org, key, service, `${key} in other words`));
    }
    if (random.chance(0.1)) scheduler.after(random.spread(1, 60_000), () => this.#publishAnew(service));
  }

  #publishAnew({ name }: SimulatedService): void {
    this.#world.tell('operator', () => `changes the file of ${name}`);
    this.#world.services.publishAnew(name);
  }

  #ask(org: OrgId, key: string, service: SimulatedService, text: string): Ask {
    const ask: Ask = { org, key, service, text, end: 'open', code: undefined, number: undefined, calls: 0 };
    this.asks.push(ask);
    this.#send(ask);
    return ask;
  }

  #send(ask: Ask): void {
    const { random, scheduler, weather } = this.#world;
    const passage = passageThrough(weather.relay, random);
    this.#world.history.count('calls of services');
    this.#world.tell('a flow', () => `calls ${ask.service.name} for ${ask.key}: "${ask.text}"`);
    ask.calls += 1;
    const thereMs = Math.min(passage.thereMs, reachesRelayMs);
    const sentAtMs = scheduler.nowMs + thereMs;
    let isAnswered = false;
    const answer = (hear: () => void): void => {
      if (isAnswered) return;
      isAnswered = true;
      cancelWait();
      scheduler.after(passage.backMs, () => {
        ask.calls -= 1;
        hear();
      });
    };
    const cancelWait = scheduler.after(callMs + 5_000, () => answer(() => this.#askLater(ask)));
    if (passage.cut === 'before') return answer(() => this.#askLater(ask));
    const reach = (): void => {
      void this.#askAgents(ask, sentAtMs).then(
        (operation) => answer(() => (passage.cut === 'after' ? this.#askLater(ask) : this.#hear(ask, operation))),
        (error: unknown) => {
          const failure = toGatewayError(error);
          // No failure of SAP or of a network is one: somebody has a bug.
          if (failure.code === 'INTERNAL') this.#world.scheduler.fail(failure.cause ?? failure);
          answer(() => this.#fail(ask, failure));
        },
      );
    };
    scheduler.after(thereMs, reach);
    if (passage.againMs !== undefined) scheduler.after(thereMs + passage.againMs, reach);
  }

  /** Only agents that announce the service, one after the other while they decline. */
  async #askAgents(ask: Ask, sentAtMs: number): Promise<WriteOperation> {
    let failure = new GatewayError('AGENT_OFFLINE');
    for (const agent of this.#world.reachableAgents()) {
      if (!agent.machine.announces) continue;
      try {
        return await this.#askAgent(agent, ask, sentAtMs);
      } catch (error) {
        failure = toGatewayError(error);
        if (failure.code !== 'AGENT_STANDBY' && failure.code !== 'AGENT_BUSY') throw failure;
      }
    }
    throw failure;
  }

  #askAgent(agent: AgentProcess, { org, key, service, text }: Ask, sentAtMs: number): Promise<WriteOperation> {
    const { program } = agent;
    const world = this.#world;
    const ageMs = world.scheduler.nowMs - sentAtMs;
    const call: Call = {
      ...{ org, user: 'a flow', system: world.systemId, operation: 'writeService', query: {} },
      ...{ params: { name: service.name }, body: { text }, ageMs },
      idempotencyKey: idempotencyKey.parse(key),
      correlationId: correlationId.parse(`service-${key}`),
      deadline: Deadline.in(program.clock, callMs - ageMs),
      isShared: world.announcers.size > 1,
    };
    world.tell(program.name, () => `gets ${key} from the relay${call.isShared === true ? ', shared' : ''}`);
    return new Promise((resolve, reject) => {
      program.deliver(0, () => {
        agent.execute(call).then(({ body }) => {
          const operation = operations.writeService.answer.parse(body);
          world.watch.replyLeaves(program, operation);
          world.watch.serviceAnswered(program, { org, key, service, text }, operation);
          resolve(operation);
        }, reject);
      });
    });
  }

  #hear(ask: Ask, operation: WriteOperation): void {
    const { state, problem, outputs } = operation;
    this.#world.tell('a flow', () => `hears that ${ask.key} is ${state} ${problem?.code ?? ''}`);
    this.#world.history.count(`services: ${state}`);
    if (state === 'running' || state === 'verifying') return this.#askLater(ask);
    // An answer that comes late says less than what is known.
    if (ask.end === 'done' && state !== 'done') return;
    ask.end = state;
    ask.code = problem?.code;
    if (state === 'done') ask.number = String(outputs?.['number']);
    this.#goOn(ask);
  }

  /** Corrects what was refused, and wishes anew what nobody can find out. */
  #goOn({ end, code, key, org, service, text }: Ask): void {
    const { random } = this.#world;
    if (this.#hasGoneHome || !random.chance(0.5)) return;
    const isCorrected = this.asks.some((other) => other.key === key && !refusedText(other.text));
    if (end === 'refused' && refusedText(text) && !isCorrected) this.#ask(org, key, service, `${key} corrected`);
    const again = `${key}-again`;
    // Once: whoever meets the same again asks somebody.
    const isUnknown = end === 'held' && code === 'SERVICE_OUTCOME_UNRESOLVED' && !key.endsWith('-again');
    if (isUnknown && this.asks.every((other) => other.key !== again)) this.#ask(org, again, service, text);
  }

  #fail(ask: Ask, { code }: GatewayError): void {
    this.#world.tell('a flow', () => `hears ${code} for ${ask.key}`);
    if (code !== 'IDEMPOTENCY_KEY_REUSED') return this.#askLater(ask);
    this.#world.history.count('services: key reused');
    if (ask.end !== 'done') ask.end = 'other';
  }

  #askLater(ask: Ask): void {
    // Somebody else of the same ask goes on, or the end is known.
    if (ask.calls > 0) return;
    if (ask.end !== 'done') ask.end = 'open';
    this.#world.scheduler.after(this.#world.random.spread(2_000, 60_000), () => {
      if (ask.calls === 0 && ask.end !== 'done') this.#send(ask);
    });
  }
}
