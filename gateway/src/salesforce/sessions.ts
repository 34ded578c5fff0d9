/** The session of one org: one logon for all who ask, kept until the org says that it has ended. */
import { GatewayError, toGatewayError } from '../errors/index.ts';
import { Deadline } from '../timing/index.ts';
import type { Clock } from '../timing/index.ts';
import type { Session } from './logon.ts';

/** Longer than a slow proxy, a TLS handshake and Salesforce's own logon together. */
const logonTimeoutMs = 30_000;

export class Sessions {
  readonly #logOn: (deadline: Deadline) => Promise<Session>;
  readonly #clock: Clock;
  #current: Session | undefined;
  #underWay: Promise<Session> | undefined;
  #refusal: GatewayError | undefined;

  constructor(logOn: (deadline: Deadline) => Promise<Session>, clock: Clock) {
    this.#logOn = logOn;
    this.#clock = clock;
  }

  /** The session, within the caller's own deadline; the logon goes on for the others. */
  get(deadline: Deadline): Promise<Session> {
    if (this.#current !== undefined) return Promise.resolve(this.#current);
    if (this.#refusal !== undefined) return Promise.reject(this.#refusal);
    this.#underWay ??= this.#begin();
    return this.#within(this.#underWay, deadline);
  }

  /** Does work with the session; one that has ended is replaced once, because nothing was done with it. */
  async use<Result>(deadline: Deadline, work: (session: Session) => Promise<Result>): Promise<Result> {
    try {
      return await this.#useOnce(deadline, work);
    } catch (thrown) {
      if (!hasEnded(thrown)) throw thrown;
      return this.#useOnce(deadline, work);
    }
  }

  async #useOnce<Result>(deadline: Deadline, work: (session: Session) => Promise<Result>): Promise<Result> {
    const session = await this.get(deadline);
    try {
      return await work(session);
    } catch (thrown) {
      if (hasEnded(thrown)) this.forget(session);
      throw thrown;
    }
  }

  /** The org does not know this session any more; a newer one stays. */
  forget(session: Session): void {
    if (this.#current === session) this.#current = undefined;
  }

  /** Forgets session and refusal: the configuration, the key or the org has been corrected. */
  startAnew(): void {
    this.#current = undefined;
    this.#refusal = undefined;
  }

  async #begin(): Promise<Session> {
    try {
      this.#current = await this.#logOn(Deadline.in(this.#clock, logonTimeoutMs));
      return this.#current;
    } catch (thrown) {
      const failure = toGatewayError(thrown);
      // Asked again and again, Salesforce locks the user; only a person changes the answer.
      if (failure.disposition === 'stop') this.#refusal = failure;
      throw failure;
    } finally {
      this.#underWay = undefined;
    }
  }

  #within(session: Promise<Session>, deadline: Deadline): Promise<Session> {
    return new Promise((resolve, reject) => {
      const late = (): void => reject(new GatewayError('SALESFORCE_UNREACHABLE', { reason: 'no logon in time' }));
      const cancel = this.#clock.after(deadline.remainingMs(), late);
      session.then(resolve, reject).finally(cancel);
    });
  }
}

const hasEnded = (thrown: unknown): boolean =>
  thrown instanceof GatewayError && thrown.code === 'SALESFORCE_SESSION_EXPIRED';
