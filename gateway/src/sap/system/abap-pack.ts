/** Whether the Gangway ABAP pack is in this SAP system; found out once and looked at again rarely. */
import { GatewayError, toGatewayError } from '../../errors/index.ts';
import type { SapConnection } from '../../ports/index.ts';
import type { Clock, Deadline } from '../../timing/index.ts';
import { text } from '../answers.ts';
import { packVersion } from '../functions/abap-pack.ts';

export type PackState = 'present' | 'missing' | 'not-authorized';

/** An import of the pack, or an authorization, is noticed within this time; it costs one call of next to nothing. */
const lookAgainMs = 300_000;
/** The contract's major version; another one is another contract. */
const contractVersion = /^1\./;

export class AbapPack {
  readonly #connection: SapConnection;
  readonly #clock: Clock;
  #state: PackState | undefined;
  #staleAtMs = 0;
  #underWay: Promise<PackState> | undefined;

  constructor(connection: SapConnection, clock: Clock) {
    this.#connection = connection;
    this.#clock = clock;
  }

  /** Callers that come at once share the question. */
  async state(deadline: Deadline): Promise<PackState> {
    if (this.#state === 'present') return this.#state;
    if (this.#state !== undefined && this.#clock.monotonic() < this.#staleAtMs) return this.#state;
    this.#underWay ??= this.#look(deadline).finally(() => (this.#underWay = undefined));
    return this.#underWay;
  }

  /** Throws what stands in the way of a write. */
  async require(deadline: Deadline): Promise<void> {
    const state = await this.state(deadline);
    if (state === 'missing') throw new GatewayError('SAP_PACK_MISSING');
    if (state === 'not-authorized') throw new GatewayError('SAP_NOT_AUTHORIZED', { functionName: packVersion.name });
  }

  /** A function of the pack was not there although its version was: it has been removed, or is only half imported. */
  noteMissing(): void {
    this.#note('missing');
  }

  async #look(deadline: Deadline): Promise<PackState> {
    try {
      const answer = await this.#connection.call(packVersion.name, {}, { deadline, effect: 'read' });
      return this.#note(contractVersion.test(text(answer, 'E_VERSION')) ? 'present' : 'missing');
    } catch (thrown) {
      const { code } = toGatewayError(thrown);
      if (code === 'SAP_NOT_AUTHORIZED') return this.#note('not-authorized');
      // A fault without a key: the function raises no exceptions, so it cannot have been executed.
      if (code === 'SAP_FUNCTION_MISSING' || code === 'SAP_REFUSED') return this.#note('missing');
      throw thrown;
    }
  }

  #note(state: PackState): PackState {
    this.#state = state;
    this.#staleAtMs = this.#clock.monotonic() + lookAgainMs;
    return state;
  }
}
