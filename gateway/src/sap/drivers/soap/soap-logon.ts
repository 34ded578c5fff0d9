/**
 * The service user's logon. Two promises keep the user from being locked by SAP:
 * 1. After one refused logon nothing is sent any more until the process restarts.
 * 2. Until one logon has succeeded, only one call at a time is sent, so that a wrong password is tried once.
 */
import { GatewayError } from '../../../errors/index.ts';
import { sleep } from '../../../timing/index.ts';
import type { Clock, Deadline } from '../../../timing/index.ts';
import { LogonRefusal } from '../logon-refusal.ts';
import type { SoapConfig } from './soap-config.ts';

export class SoapLogon {
  readonly refusal: LogonRefusal;
  readonly #config: SoapConfig;
  readonly #clock: Clock;
  #isProven = false;
  #trial: Promise<void> | undefined;

  constructor(config: SoapConfig, clock: Clock) {
    this.#config = config;
    this.refusal = new LogonRefusal(config.sapClient);
    this.#clock = clock;
  }

  /** The header's value; the secret is read, used and forgotten. */
  authorization(): string {
    return `Basic ${Buffer.from(`${this.#config.user}:${this.#config.password()}`).toString('base64')}`;
  }

  /** SAP has answered as an application, so it has accepted the logon. */
  proven(): void {
    this.#isProven = true;
  }

  /** Runs the call at once when the logon is proven, otherwise after the one that is on trial. */
  async guard<T>(deadline: Deadline, call: () => Promise<T>): Promise<T> {
    while (!this.#isProven && this.#trial !== undefined) {
      await this.#wait(this.#trial, deadline);
      this.refusal.check();
      if (deadline.hasPassed) throw new GatewayError('DEADLINE_PASSED');
    }
    return this.#isProven ? call() : this.#tryFirst(call);
  }

  async #tryFirst<T>(call: () => Promise<T>): Promise<T> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#trial = promise;
    try {
      return await call();
    } finally {
      this.#trial = undefined;
      resolve();
    }
  }

  async #wait(trial: Promise<void>, deadline: Deadline): Promise<void> {
    const over = new AbortController();
    await Promise.race([trial, sleep(this.#clock, deadline.remainingMs(), over.signal)]);
    over.abort();
  }
}
