/**
 * The SapServices port of one program: a change that commits itself, or a change and its commit in one session, which may be lost
 * before the change, between the two, and after the commit. What a lost session had not committed is not there.
 */
import { GatewayError } from '../../src/errors/index.ts';
import type { OrgId, ServiceName } from '../../src/model/index.ts';
import type { KeyedWrite, SapServices, ServiceAnswer, ServiceLookup, ServiceValues } from '../../src/ports/index.ts';
import type { Deadline } from '../../src/timing/index.ts';
import type { Program } from '../machine/program.ts';
import type { Passage } from '../network.ts';
import type { World } from '../world.ts';
import { attempt, saysThatNothingHappened, shortKey } from './sap-line.ts';
import type { SapLine, Settle } from './sap-line.ts';
import { outputsOf, serviceOf, simulatedServices } from './service-model.ts';
import type { ServiceUnit, SimulatedService } from './service-model.ts';

/** SAP notices that the caller of an open session has gone. */
const noticedAfterMs = 90_000;
/** SAP ends a dialog step after 600 s; the longest work here is less. */
const longestWorkMs = 400_000;

/** The published services as this program reaches them. */
export function openServicesLink(world: World, program: Program, line: SapLine, orgs: readonly OrgId[]): SapServices {
  const link = new ServicesLink(world, program, line);
  const find = (name: ServiceName) => world.services.published(name, orgs);
  return {
    list: () => simulatedServices.flatMap(({ name }) => find(name) ?? []),
    find,
    problems: () => [],
    onChange: () => () => undefined,
    checkInputs: (_name, inputs) => ({ text: textOf(inputs) }),
    read: async () => Promise.reject(new GatewayError('SERVICE_UNKNOWN')),
    write: (write, name, inputs, deadline) => link.write(write, required(name), inputs, deadline),
    lookUp: (write, name, _inputs, deadline) => link.lookUp(write, required(name), deadline),
  };
}

class ServicesLink {
  readonly #world: World;
  readonly #program: Program;
  readonly #line: SapLine;

  constructor(world: World, program: Program, line: SapLine) {
    this.#world = world;
    this.#program = program;
    this.#line = line;
  }

  async write(
    write: KeyedWrite,
    service: SimulatedService,
    inputs: ServiceValues,
    deadline: Deadline,
  ): Promise<ServiceAnswer> {
    const { watch, faults } = this.#world;
    const program = this.#program;
    watch.serviceLeaves(program, write.key, service);
    faults.ambush(program);
    this.#tell(() => `asks SAP: ${service.name} "${textOf(inputs)}", key ${shortKey(write.key)}`);
    try {
      const work = (): Promise<ServiceAnswer> => this.#changeAndCommit(service, write, textOf(inputs), deadline);
      const answer = await this.#line.session(deadline, work);
      watch.serviceEnded(program, write.key, true);
      return answer;
    } catch (error) {
      watch.serviceEnded(program, write.key, error instanceof GatewayError && saysThatNothingHappened(error));
      throw error;
    }
  }

  async lookUp({ key, fence }: Pick<KeyedWrite, 'key' | 'fence'>, service: SimulatedService, deadline: Deadline) {
    // Its file says so; nobody asks SAP.
    if (service.lookUp === 'impossible') return { state: 'impossible' } as const;
    this.#world.history.count('look-ups of services');
    this.#tell(() => `looks up ${shortKey(key)} of ${service.name}`);
    const arrive = (passage: Passage, settle: Settle<ServiceLookup>): void => {
      const failure = this.#line.failureAtDoor();
      if (failure !== undefined) return settle({ error: failure });
      const found = attempt(() => this.#world.services.lookUp(service, key, fence));
      this.#world.tell('SAP', () => `${shortKey(key)} is ${'value' in found ? found.value.state : found.error.code}`);
      if (passage.cut === 'after') return settle({ error: new GatewayError('SAP_UNREACHABLE') });
      settle(found);
    };
    const found = await this.#line.call(deadline, new GatewayError('DEADLINE_PASSED'), arrive);
    this.#world.watch.serviceLookUpEnded(this.#program, key, found);
    return found;
  }

  async #changeAndCommit(
    service: SimulatedService,
    write: KeyedWrite,
    text: string,
    deadline: Deadline,
  ): Promise<ServiceAnswer> {
    const lost = new GatewayError('SAP_OUTCOME_UNKNOWN');
    if (service.commits === 'itself')
      return this.#line.travel<ServiceAnswer>(deadline, lost, (passage, settle) =>
        this.#change(service, write, text, settle, (unit) => this.#commit(unit, passage, settle)),
      );
    const open = await this.#line.travel<ServiceUnit>(deadline, lost, (passage, settle) =>
      this.#change(service, write, text, settle, (unit) => this.#leaveOpen(unit, passage, settle)),
    );
    return this.#line.travel<ServiceAnswer>(deadline, lost, (passage, settle) => {
      // The session is gone, and with it what it had changed; the driver only knows that nobody answers.
      if (open.isOver) return settle({ error: lost });
      open.isCommitting = true;
      this.#world.scheduler.after(this.#workMs(), () => this.#commit(open, passage, settle));
    });
  }

  /** The function runs; `then` is what follows where SAP did not refuse. */
  #change(
    service: SimulatedService,
    write: KeyedWrite,
    text: string,
    settle: (outcome: { readonly error: GatewayError }) => void,
    then: (unit: ServiceUnit) => void,
  ): void {
    const world = this.#world;
    const failure = this.#line.failureAtDoor();
    if (failure !== undefined) return settle({ error: failure });
    const begun = attempt(() => world.services.begin(service, write, text));
    if ('value' in begun) return void world.scheduler.after(this.#workMs(), () => then(begun.value));
    world.tell('SAP', () => `refuses ${shortKey(write.key)}: ${begun.error.code}`);
    settle(begun);
  }

  /** Changed, and not committed: whoever has lost the session has lost the change. */
  #leaveOpen(unit: ServiceUnit, passage: Passage, settle: Settle<ServiceUnit>): void {
    const world = this.#world;
    if (world.faults.mishapInSap() !== 'none') return this.#endInDump(unit, settle);
    world.tell('SAP', () => `has changed ${shortKey(unit.write.key)}, not committed`);
    world.scheduler.after(noticedAfterMs, () => {
      if (!unit.isCommitting) unit.rollBack();
    });
    if (passage.cut !== 'after' && !world.faults.losesSession()) return settle({ value: unit });
    world.history.count('sessions lost before the commit');
    unit.rollBack();
    settle({ error: new GatewayError('SAP_OUTCOME_UNKNOWN') });
  }

  #commit(unit: ServiceUnit, passage: Passage, settle: Settle<ServiceAnswer>): void {
    const world = this.#world;
    const mishap = world.faults.mishapInSap();
    if (mishap === 'rolled back') return this.#endInDump(unit, settle);
    const done = attempt(() => unit.commit());
    if ('error' in done) return settle(done);
    const { thing, isNew } = done.value;
    world.tell('SAP', () => `${isNew ? 'commits' : 'knows'} ${shortKey(thing.key)}: ${thing.number}`);
    if (isNew) world.watch.serviceCommits(this.#program, thing);
    const isLost = passage.cut === 'after' || mishap !== 'none' || world.faults.losesSession();
    if (!isLost) return settle({ value: { outputs: outputsOf(thing), sapMessages: [] } });
    world.history.count('answers of services lost');
    settle({ error: new GatewayError('SAP_OUTCOME_UNKNOWN') });
  }

  #endInDump(unit: ServiceUnit, settle: (outcome: { readonly error: GatewayError }) => void): void {
    unit.rollBack();
    this.#world.tell('SAP', () => `ends ${shortKey(unit.write.key)} with a short dump; nothing is written`);
    settle({ error: new GatewayError('SAP_SHORT_DUMP') });
  }

  #workMs(): number {
    const { random, weather } = this.#world;
    return random.chance(weather.sap.slow) ? random.spread(1_000, longestWorkMs / 2) : random.between(5, 300);
  }

  #tell(sentence: () => string): void {
    this.#world.tell(this.#program.name, sentence);
  }
}

/** The one input that they all have. */
export function textOf(inputs: unknown): string {
  const { text } = Object(inputs) as { readonly text?: unknown };
  return typeof text === 'string' ? text : '';
}

function required(name: ServiceName): SimulatedService {
  const service = serviceOf(name);
  if (service === undefined) throw new GatewayError('SERVICE_UNKNOWN', { name });
  return service;
}
