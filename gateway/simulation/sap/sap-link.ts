/**
 * The SapSystem port of one program: every call travels through the network, waits for a work process, and may be cut
 * before or after it took effect.
 *
 * What is assumed of the real thing: a request whose caller has hung up before it reached SAP never arrives (its connection is
 * gone), and a request that has arrived holds the lock of its key until it is over. A paused machine has not hung up.
 */
import { GatewayError } from '../../src/errors/index.ts';
import type { KeyedWrite, KeyLookup, SapSystem, WriteKey, Written } from '../../src/ports/index.ts';
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
import { passageThrough } from '../network.ts';
import type { Passage } from '../network.ts';
import type { World } from '../world.ts';
import type { Fields, SapAction, SapWrite, UnitOfWork } from './sap-model.ts';

type Settle<T> = (outcome: { readonly value: T } | { readonly error: GatewayError }) => void;

/** SAP as this program reaches it. */
export function openSapLink(world: World, program: Program, system: SapSystemId): SapSystem {
  const link = new SapLink(world, program);
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
  /** Promise 4 of the port: after a refused logon nobody tries again before a restart. */
  #isLogonRefused = false;

  constructor(world: World, program: Program) {
    this.#world = world;
    this.#program = program;
  }

  write(keyed: KeyedWrite, action: SapAction, deadline: Deadline): Promise<Written> {
    const write: SapWrite = { key: keyed.key, contentHash: keyed.contentHash, fence: keyed.fence, action };
    this.#world.watch.writeLeaves(this.#program, write);
    this.#world.faults.ambush(this.#program);
    this.#tell(() => `asks SAP: ${action.kind}, key ${shortKey(write.key)}, fence ${write.fence ?? 'none'}`);
    const lost = new GatewayError('SAP_OUTCOME_UNKNOWN');
    const written = this.#call<Written>(deadline, lost, (passage, settle) => this.#carryOut(write, passage, settle));
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
    return this.#call<T>(deadline, new GatewayError('DEADLINE_PASSED'), (passage, settle) => {
      const failure = this.#failureAtDoor();
      if (failure !== undefined) return settle({ error: failure });
      const value = attempt(answer);
      if (passage.cut === 'after') return settle({ error: new GatewayError('SAP_UNREACHABLE') });
      settle(value);
    });
  }

  /** There and back: the request leaves, arrives unless the caller has hung up, and its answer returns. */
  #call<T>(deadline: Deadline, lost: GatewayError, arrive: (passage: Passage, settle: Settle<T>) => void): Promise<T> {
    if (this.#isLogonRefused) return Promise.reject(new GatewayError('SAP_LOGON_REFUSED'));
    const program = this.#program;
    const passage = passageThrough(this.#world.weather.sap, this.#world.random);
    return new Promise<T>((resolve, reject) => {
      let hasHungUp = false;
      const hangUp = program.clock.after(deadline.remainingMs(), () => {
        hasHungUp = true;
        this.#world.history.count('SAP calls timed out');
        this.#tell(() => 'gives up waiting for SAP');
        reject(lost);
      });
      const settle: Settle<T> = (outcome) =>
        void program.deliver(passage.backMs, () => {
          hangUp();
          if ('value' in outcome) return resolve(outcome.value);
          if (outcome.error.code === 'SAP_LOGON_REFUSED') this.#isLogonRefused = true;
          reject(outcome.error);
        });
      const leave = (): void => {
        if (hasHungUp) return;
        if (passage.cut !== 'before') return arrive(passage, settle);
        this.#world.history.count('SAP calls cut before');
        // Whether a byte arrived is not always known: then it is an unknown outcome, though nothing happened.
        settle({ error: this.#world.random.chance(0.5) ? lost : new GatewayError('SAP_UNREACHABLE') });
      };
      // What a dead program had handed to its network card may still leave; what a paused one had, leaves later.
      if (this.#world.random.chance(0.5)) program.deliver(passage.thereMs, leave);
      else this.#world.scheduler.after(passage.thereMs, () => (program.isPaused ? program.deliver(0, leave) : leave()));
    });
  }

  #carryOut(write: SapWrite, passage: Passage, settle: Settle<Written>): void {
    const world = this.#world;
    const failure = this.#failureAtDoor();
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

  /** What stands in the way before a function runs; then nothing is written, and the caller knows it. */
  #failureAtDoor(): GatewayError | undefined {
    const code = this.#world.faults.sapDoor;
    if (code === undefined) return undefined;
    this.#world.history.count(`SAP said ${code}`);
    return new GatewayError(code);
  }

  #tell(sentence: () => string): void {
    this.#world.tell(this.#program.name, sentence);
  }
}

function attempt<T>(work: () => T): { readonly value: T } | { readonly error: GatewayError } {
  try {
    return { value: work() };
  } catch (error) {
    if (error instanceof GatewayError) return { error };
    throw error;
  }
}

/** Everything else may have been written: the port promises more, and decision 0005 does not rely on it. */
const saysThatNothingHappened = ({ disposition, code }: GatewayError): boolean =>
  disposition === 'retry' || disposition === 'reject' || code === 'SAP_LOGON_REFUSED' || code === 'SAP_NOT_AUTHORIZED';

/** Without the org id, which is the same in every line. */
const shortKey = (key: string): string => key.slice(key.indexOf(':') + 1);

/** Fields of the address beside the others, as SAP keeps them; credit data is a step of its own. */
function flat(content: CustomerDraft | CustomerChange | ContactDraft | ContactChange | InitialCredit): Fields {
  const { address, credit: _, ...rest } = { address: undefined, credit: undefined, ...content };
  return { ...rest, ...address };
}
