/**
 * The SapSystem port of one program, on its line to SAP (sap-line.ts).
 *
 * What is assumed of the real thing: a request that has arrived holds the lock of its key until it is over.
 */
import { GatewayError } from '../../src/errors/index.ts';
import type { KeyedWrite, KeyLookup, SapSystem, Urgency, WriteKey, Written } from '../../src/ports/index.ts';
import type {
  ContactChange,
  ContactDraft,
  CustomerChange,
  CustomerDraft,
  InitialCredit,
  SapSystemId,
} from '../../src/model/index.ts';
import type { Deadline } from '../../src/timing/index.ts';
import type { Program } from '../machine/program.ts';
import type { Passage } from '../network.ts';
import type { World } from '../world.ts';
import { attempt, saysThatNothingHappened, shortKey } from './sap-line.ts';
import type { SapLine, Settle } from './sap-line.ts';
import type { Fields, SapAction, SapWrite, UnitOfWork } from './sap-model.ts';

export interface SapLinkParts {
  readonly world: World;
  readonly program: Program;
  readonly system: SapSystemId;
  readonly line: SapLine;
  readonly urgency: Urgency;
}

/** SAP as this program reaches it. */
export function openSapLink(parts: SapLinkParts): SapSystem {
  const { world, system } = parts;
  const link = new SapLink(parts);
  const notSimulated = async (): Promise<never> => {
    throw new GatewayError('SAP_FUNCTION_MISSING', { functionName: 'a read that no simulated flow needs' });
  };
  return {
    system,
    readCustomer: (number, deadline) => link.read('reads a customer', deadline, () => world.sapCustomer(number)),
    readCredit: notSimulated,
    listOrders: notSimulated,
    readOrder: notSimulated,
    listInvoices: notSimulated,
    listPartners: notSimulated,
    findMatches: (request, deadline) => link.read('looks for duplicates', deadline, () => world.sapMatches(request)),
    createCustomer: (write, draft, deadline) =>
      link.write(write, { kind: 'create customer', fields: flat(draft) }, deadline),
    changeCustomer: (write, customer, change, deadline) =>
      link.write(write, { kind: 'change customer', customer, fields: flat(change) }, deadline),
    changeCredit: (write, customer, credit, deadline) =>
      link.write(write, { kind: 'change credit', customer, fields: flat(credit) }, deadline),
    createContact: (write, customer, draft, deadline) =>
      link.write(write, { kind: 'create contact', customer, fields: flat(draft) }, deadline),
    changeContact: (write, { customer, contact }, change, deadline) =>
      link.write(write, { kind: 'change contact', customer, contact, fields: flat(change) }, deadline),
    lookUpKey: (key, deadline, fence) => link.lookUp(key, deadline, fence),
    ping: (deadline) => link.read('pings', deadline, () => undefined),
    close: async () => undefined,
  };
}

class SapLink {
  readonly #world: World;
  readonly #program: Program;
  readonly #line: SapLine;
  readonly #urgency: Urgency;

  constructor({ world, program, line, urgency }: SapLinkParts) {
    this.#world = world;
    this.#program = program;
    this.#line = line;
    this.#urgency = urgency;
  }

  write(keyed: KeyedWrite, action: SapAction, deadline: Deadline): Promise<Written> {
    const write: SapWrite = { key: keyed.key, contentHash: keyed.contentHash, fence: keyed.fence, action };
    this.#world.watch.writeLeaves(this.#program, write);
    this.#world.faults.ambush(this.#program);
    this.#tell(() => `asks SAP: ${action.kind}, key ${shortKey(write.key)}, fence ${write.fence ?? 'none'}`);
    const lost = new GatewayError('SAP_OUTCOME_UNKNOWN');
    const carryOut = (passage: Passage, settle: Settle<Written>): void => this.#carryOut(write, passage, settle);
    const written = this.#line.call<Written>(deadline, lost, carryOut, this.#urgency);
    const ended = (isKnown: boolean): void => this.#world.watch.writeEnded(this.#program, write.key, isKnown);
    // Watched before the program goes on: what it does next is judged by what it knows now.
    return written.then(
      (value) => (ended(true), value),
      (error: unknown) => {
        ended(error instanceof GatewayError && saysThatNothingHappened(error));
        throw error;
      },
    );
  }

  lookUp(key: WriteKey, deadline: Deadline, fence: number | undefined): Promise<KeyLookup> {
    this.#world.history.count('look-ups');
    const found = this.read(`looks up ${shortKey(key)} (fence ${fence ?? 'none'})`, deadline, () => {
      const found = this.#world.sap.lookUp(key, fence);
      this.#world.tell('SAP', () => `${shortKey(key)} is ${found.state}`);
      return found;
    });
    return found.then((value) => {
      this.#world.watch.lookUpEnded(this.#program, key, value);
      return value;
    });
  }

  read<T>(what: string, deadline: Deadline, answer: () => T): Promise<T> {
    this.#tell(() => `${what} in SAP`);
    const arrive = (passage: Passage, settle: Settle<T>): void => {
      const failure = this.#line.failureAtDoor();
      if (failure !== undefined) return settle({ error: failure });
      const value = attempt(answer);
      if (passage.cut === 'after') return settle({ error: new GatewayError('SAP_UNREACHABLE') });
      settle(value);
    };
    return this.#line.call<T>(deadline, new GatewayError('DEADLINE_PASSED'), arrive, this.#urgency);
  }

  #carryOut(write: SapWrite, passage: Passage, settle: Settle<Written>): void {
    const world = this.#world;
    const failure = this.#line.failureAtDoor();
    if (failure !== undefined) return settle({ error: failure });
    const begun = attempt(() => world.sap.begin(write));
    if ('error' in begun) {
      world.tell('SAP', () => `refuses ${shortKey(write.key)}: ${begun.error.code}`);
      world.history.count(`SAP said ${begun.error.code}`);
      return settle(begun);
    }
    const workMs = world.random.chance(world.weather.sap.slow)
      ? world.random.spread(1_000, 120_000)
      : world.random.between(5, 300);
    world.scheduler.after(workMs, () => this.#finish(begun.value, passage, settle));
  }

  #finish(unit: UnitOfWork, passage: Passage, settle: Settle<Written>): void {
    const world = this.#world;
    const mishap = world.faults.mishapInSap();
    if (mishap === 'rolled back') {
      unit.rollBack();
      world.history.count('short dumps before commit');
      world.tell('SAP', () => `ends ${shortKey(unit.write.key)} with a short dump; nothing is written`);
      return settle({ error: new GatewayError('SAP_SHORT_DUMP') });
    }
    const isNew = !world.sap.keys.has(unit.write.key);
    const done = attempt(() => unit.commit());
    if ('error' in done) return settle(done);
    if (isNew) world.watch.writeCommits(this.#program, unit.write, done.value);
    world.tell(
      'SAP',
      () =>
        `${isNew ? 'commits' : 'knows'} ${shortKey(unit.write.key)}: ${done.value.contactNumber ?? done.value.customerNumber}`,
    );
    if (mishap === 'unreadable answer') return settle({ error: new GatewayError('SAP_ANSWER_UNREADABLE') });
    if (passage.cut !== 'after') return settle(done);
    world.history.count('SAP answers lost');
    settle({ error: new GatewayError('SAP_OUTCOME_UNKNOWN') });
  }

  #tell(sentence: () => string): void {
    this.#world.tell(this.#program.name, sentence);
  }
}

/** Fields of the address beside the others, as SAP keeps them; credit data is a step of its own. */
function flat(content: CustomerDraft | CustomerChange | ContactDraft | ContactChange | InitialCredit): Fields {
  const { address, credit: _, ...rest } = { address: undefined, credit: undefined, ...content };
  return { ...rest, ...address };
}
