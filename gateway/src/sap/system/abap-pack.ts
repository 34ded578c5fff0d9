/** Whether the Gangway ABAP pack is in this SAP system, and how new; found out once and looked at again rarely. */
import { GatewayError, toGatewayError } from '../../errors/index.ts';
import type { SapConnection } from '../../ports/index.ts';
import type { Clock, Deadline } from '../../timing/index.ts';
import { text } from '../answers.ts';
import type { AbapPackUse } from '../../model/index.ts';
import { packVersion } from '../functions/abap-pack.ts';

export type PackState = 'present' | 'missing' | 'not-authorized';

/** An import of the pack, or an authorization, is noticed within this time; it costs one call of next to nothing. */
const lookAgainMs = 300_000;
/** The contract's major version, and the minor one that says what the pack can; another major is another contract. */
const contractVersion = /^1\.(\d{1,4})(\.|$)/;
/** The first minor version with fences, credit changes and contact persons. */
export const sinceFence = 1;
/** The first minor version with partner functions, both to read and to create a customer with. */
export const sincePartners = 2;

interface Finding {
  readonly state: PackState;
  /** As the pack says it; empty where there is none. */
  readonly version: string;
  readonly minor: number;
  readonly staleAtMs: number;
}

const notUsed: Finding = { state: 'missing', version: '', minor: 0, staleAtMs: Infinity };

export class AbapPack {
  readonly #connection: SapConnection;
  readonly #clock: Clock;
  readonly #use: AbapPackUse;
  #finding: Finding | undefined;
  #underWay: Promise<Finding> | undefined;

  constructor(connection: SapConnection, clock: Clock, use: AbapPackUse = 'optional') {
    this.#connection = connection;
    this.#clock = clock;
    this.#use = use;
  }

  /** Where it must be there, throws why it is not: nothing may be called in its place. */
  async state(deadline: Deadline): Promise<PackState> {
    if (this.#use === 'required') await this.require(deadline);
    return (await this.#find(deadline, 0)).state;
  }

  /** Whether a function is there that is in the pack since this minor version; throws where it must be. */
  async has(deadline: Deadline, sinceMinor: number): Promise<boolean> {
    if (this.#use === 'required') await this.require(deadline, sinceMinor);
    const { state, minor } = await this.#find(deadline, 0);
    return state === 'present' && minor >= sinceMinor;
  }

  /** Throws what stands in the way of a function that is in the pack since this minor version. */
  async require(deadline: Deadline, sinceMinor = 0): Promise<void> {
    const { state, version, minor } = await this.#find(deadline, sinceMinor);
    if (state === 'missing') throw new GatewayError('SAP_PACK_MISSING');
    if (state === 'not-authorized') throw new GatewayError('SAP_NOT_AUTHORIZED', { functionName: packVersion.name });
    if (minor < sinceMinor)
      throw new GatewayError('SAP_PACK_OUTDATED', { found: version, needed: `1.${sinceMinor}.0` });
  }

  /** A function of the pack was not there although its version was: it has been removed, or is only half imported. */
  noteMissing(): void {
    this.#note('missing');
  }

  /** Callers that come at once share the question. What is there stays there; what is lacking is looked for again. */
  async #find(deadline: Deadline, sinceMinor: number): Promise<Finding> {
    if (this.#use === 'absent') return notUsed;
    const known = this.#finding;
    const suffices = known?.state === 'present' && known.minor >= sinceMinor;
    if (known !== undefined && (suffices || this.#clock.monotonic() < known.staleAtMs)) return known;
    this.#underWay ??= this.#look(deadline).finally(() => (this.#underWay = undefined));
    return this.#underWay;
  }

  async #look(deadline: Deadline): Promise<Finding> {
    try {
      const answer = await this.#connection.call(packVersion.name, {}, { deadline, effect: 'read' });
      const version = text(answer, 'E_VERSION');
      const minor = contractVersion.exec(version)?.[1];
      return minor === undefined ? this.#note('missing') : this.#note('present', version, Number(minor));
    } catch (thrown) {
      const { code } = toGatewayError(thrown);
      if (code === 'SAP_NOT_AUTHORIZED') return this.#note('not-authorized');
      // A fault without a key: the function raises no exceptions, so it cannot have been executed.
      if (code === 'SAP_FUNCTION_MISSING' || code === 'SAP_REFUSED') return this.#note('missing');
      throw thrown;
    }
  }

  #note(state: PackState, version = '', minor = 0): Finding {
    this.#finding = { state, version, minor, staleAtMs: this.#clock.monotonic() + lookAgainMs };
    return this.#finding;
  }
}
