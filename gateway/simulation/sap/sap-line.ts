/**
 * The line of one program to SAP: every call travels through the network, in a place that the governor grants, and may be cut
 * before or after it took effect.
 *
 * What is assumed of the real thing: a request whose caller has hung up before it reached SAP never arrives (its connection is
 * gone). A paused machine has not hung up.
 */
import { GatewayError, toGatewayError } from '../../src/errors/index.ts';
import type { Urgency } from '../../src/ports/index.ts';
import type { Governor } from '../../src/sap/governor/governor.ts';
import type { Deadline } from '../../src/timing/index.ts';
import type { Program } from '../machine/program.ts';
import { passageThrough } from '../network.ts';
import type { Passage } from '../network.ts';
import type { World } from '../world.ts';

/** How a call in SAP ended, before its answer travels back. */
export type Outcome<T> = { readonly value: T } | { readonly error: GatewayError };
export type Settle<T> = (outcome: Outcome<T>) => void;
/** What happens when a call reaches SAP. */
export type Arrive<T> = (passage: Passage, settle: Settle<T>) => void;

/** Without an answer, so that SAP may still be at work. */
const unanswered = new Set(['DEADLINE_PASSED', 'SAP_OUTCOME_UNKNOWN']);

export class SapLine {
  readonly #world: World;
  readonly #program: Program;
  readonly #governor: Governor | undefined;
  /** Promise 4 of the port: after a refused logon nobody tries again before a restart. */
  #isLogonRefused = false;

  /** Without a governor there is a place for everybody. */
  constructor(world: World, program: Program, governor: Governor | undefined) {
    this.#world = world;
    this.#program = program;
    this.#governor = governor;
  }

  /** One call in a place of its own. */
  call<T>(deadline: Deadline, lost: GatewayError, arrive: Arrive<T>, urgency: Urgency = 'person'): Promise<T> {
    if (this.#isLogonRefused) return Promise.reject(new GatewayError('SAP_LOGON_REFUSED'));
    if (this.#governor === undefined) return this.travel(deadline, lost, arrive);
    return this.session(deadline, () => this.travel(deadline, lost, arrive), urgency);
  }

  /** Several calls in one place: `work` makes them with `travel`. */
  async session<T>(deadline: Deadline, work: () => Promise<T>, urgency: Urgency = 'person'): Promise<T> {
    if (this.#isLogonRefused) throw new GatewayError('SAP_LOGON_REFUSED');
    const place = await this.#governor?.enter({ deadline, urgency }).catch((error: unknown) => {
      this.#world.history.count(`SAP said ${toGatewayError(error).code}`);
      throw error;
    });
    const { clock } = this.#program;
    const beganMs = clock.monotonic();
    this.#world.watch.callBegins(this.#program);
    try {
      const value = await work();
      place?.leave(0);
      return value;
    } catch (error) {
      place?.leave(unanswered.has(toGatewayError(error).code) ? clock.monotonic() - beganMs : 0);
      throw error;
    }
  }

  /** There and back: the request leaves, arrives unless the caller has hung up, and its answer returns. */
  travel<T>(deadline: Deadline, lost: GatewayError, arrive: Arrive<T>): Promise<T> {
    const program = this.#program;
    const passage = passageThrough(this.#world.weather.sap, this.#world.random);
    return new Promise<T>((resolve, reject) => {
      let hasHungUp = false;
      const hangUp = program.clock.after(deadline.remainingMs(), () => {
        hasHungUp = true;
        this.#world.history.count('SAP calls timed out');
        this.#world.tell(program.name, () => 'gives up waiting for SAP');
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

  /** What stands in the way before a function runs; then nothing is written, and the caller knows it. */
  failureAtDoor(): GatewayError | undefined {
    const code = this.#world.faults.sapDoor;
    if (code === undefined) return undefined;
    this.#world.history.count(`SAP said ${code}`);
    return new GatewayError(code);
  }
}

/** Runs what SAP does, and gives what it throws as an outcome. */
export function attempt<T>(work: () => T): Outcome<T> {
  try {
    return { value: work() };
  } catch (error) {
    if (error instanceof GatewayError) return { error };
    throw error;
  }
}

/** Everything else may have been written: the port promises more, and decision 0005 does not rely on it. */
export const saysThatNothingHappened = ({ disposition, code }: GatewayError): boolean =>
  disposition === 'retry' || disposition === 'reject' || code === 'SAP_LOGON_REFUSED' || code === 'SAP_NOT_AUTHORIZED';

/** Without the org id, which is the same in every line. */
export const shortKey = (key: string): string => key.slice(key.indexOf(':') + 1);
