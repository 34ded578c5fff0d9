/** One ABAP session lent to a piece of work: calls in their order, and never a call in a session that is a new one. */
import { GatewayError } from '../../../errors/index.ts';
import type { AbapParameters, CallOptions, SapSession } from '../../../ports/index.ts';
import { outcomeUnknown } from '../../errors.ts';
import type { OpenClient } from './open-client.ts';
import type { PreparedCall } from './rfc-exchange.ts';

export interface SessionSteps {
  /** Checks the parameters; asks SAP's dictionary in this very session where it must. */
  prepare(functionName: string, parameters: AbapParameters, options: CallOptions): Promise<PreparedCall>;
  exchange(call: PreparedCall): Promise<AbapParameters>;
}

export class RfcSession implements SapSession {
  readonly #client: OpenClient;
  readonly #steps: SessionSteps;
  #last: Promise<unknown> = Promise.resolve();
  #hasWritten = false;
  #isOver = false;

  constructor(client: OpenClient, steps: SessionSteps) {
    this.#client = client;
    this.#steps = steps;
  }

  /** A client runs one call at a time, so a call waits for the one before it. */
  call(functionName: string, parameters: AbapParameters, options: CallOptions): Promise<AbapParameters> {
    const next = this.#last.then(() => this.#call(functionName, parameters, options));
    this.#last = next.catch(() => undefined);
    return next;
  }

  /** Nothing is called any more; resolves when the last call has ended. */
  async end(): Promise<void> {
    this.#isOver = true;
    await this.#last;
  }

  async #call(functionName: string, parameters: AbapParameters, options: CallOptions): Promise<AbapParameters> {
    if (this.#isOver) throw new GatewayError('INTERNAL', { functionName }, new Error('the session is over'));
    this.#requireSession(functionName);
    if (options.deadline.hasPassed) throw new GatewayError('DEADLINE_PASSED');
    const call = await this.#prepare(functionName, parameters, options);
    try {
      return await this.#steps.exchange(call);
    } catch (thrown) {
      // What this very call left behind the exchange knows best: SAP may have refused it at the door.
      return this.#fail(functionName, thrown);
    } finally {
      if (options.effect === 'write') this.#hasWritten = true;
    }
  }

  async #prepare(functionName: string, parameters: AbapParameters, options: CallOptions): Promise<PreparedCall> {
    try {
      return await this.#steps.prepare(functionName, parameters, options);
    } catch (thrown) {
      return this.#fail(functionName, thrown);
    }
  }

  /** What was changed before, in a session that is lost now, may be committed or gone. */
  #fail(functionName: string, thrown: unknown): never {
    throw this.#client.isLost && this.#hasWritten ? outcomeUnknown(functionName, thrown) : thrown;
  }

  #requireSession(functionName: string): void {
    if (!this.#client.isLost) return;
    const cause = new Error('the ABAP session was lost before this call');
    if (this.#hasWritten) throw outcomeUnknown(functionName, cause);
    throw new GatewayError('SAP_UNREACHABLE', { reason: 'the ABAP session was lost' }, cause);
  }
}
