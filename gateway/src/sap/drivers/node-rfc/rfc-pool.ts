/**
 * Our own pool of clients, because node-rfc's bounds nothing and can hang. Promises:
 * 1. Never more clients than the limit, those counted that open, close or are stuck in native code: each may hold a thread.
 * 2. Never more than one logon at a time, and none after one was refused.
 * 3. A client is handed on only with a clean session; in doubt it is closed.
 * 4. Calls wait in turn, so many at most, and never beyond their deadline.
 */
import { GatewayError, toGatewayError } from '../../../errors/index.ts';
import type { Clock, Deadline } from '../../../timing/index.ts';
import type { OpenClient } from './open-client.ts';

export interface PoolSettings {
  readonly limit: number;
  readonly maxWaiting: number;
  /** Logs on. */
  readonly open: () => Promise<OpenClient>;
  /** What stands in the way of any call, if anything does. */
  readonly obstacle: () => GatewayError | undefined;
  /** What is said of a logon that is not answered. */
  readonly silence: string;
}

/** Firewalls and gateways cut what is silent for some minutes; SAP keeps memory for it that long. */
const idleMs = 60_000;
/** A session is reset within milliseconds; a client that takes this long is stuck. */
const resetLimitMs = 10_000;
/** A stop does not wait longer for calls that the SDK does not let go of. */
const closeLimitMs = 2_000;

interface Waiter {
  readonly resolve: (client: OpenClient) => void;
  readonly reject: (error: GatewayError) => void;
}

interface IdleClient {
  readonly client: OpenClient;
  readonly stopTimer: () => void;
}

export class RfcPool {
  readonly #settings: PoolSettings;
  readonly #clock: Clock;
  readonly #idle: IdleClient[] = [];
  readonly #leased = new Set<OpenClient>();
  readonly #waiters = new Set<Waiter>();
  #clients = 0;
  #isOpening = false;
  #isClosed = false;
  #whenEmpty: () => void = () => undefined;

  constructor(settings: PoolSettings, clock: Clock) {
    this.#settings = settings;
    this.#clock = clock;
  }

  /** A client with a clean session, for the caller alone until it is released. */
  async acquire(deadline: Deadline): Promise<OpenClient> {
    const obstacle = this.#isClosed ? closed() : this.#settings.obstacle();
    if (obstacle !== undefined) throw obstacle;
    const idle = this.#takeIdle();
    if (idle !== undefined) return this.#lease(idle);
    const most = this.#settings.limit + this.#settings.maxWaiting;
    if (this.#leased.size + this.#waiters.size >= most) throw new GatewayError('AGENT_BUSY', { limit: most });
    const waiting = this.#wait(deadline);
    this.#grow();
    return waiting;
  }

  /** Resolves at once; what must be done before the client can be used again happens in the background. */
  release(client: OpenClient): void {
    void this.#giveBack(client);
  }

  /** Nobody may trust connections that were open when one of them turned out to be dead. */
  closeIdle(): void {
    for (let idle = this.#takeIdle(); idle !== undefined; idle = this.#takeIdle()) void this.#discard(idle);
  }

  /** Nothing begins any more, what runs is cancelled; resolves when all is closed, or when native code hangs. */
  async close(): Promise<void> {
    this.#isClosed = true;
    for (const waiter of this.#waiters) waiter.reject(closed());
    this.#waiters.clear();
    for (const client of this.#leased) client.abandon();
    this.closeIdle();
    if (this.#clients === 0) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#whenEmpty = resolve;
    const stopTimer = this.#clock.after(closeLimitMs, resolve);
    await promise;
    stopTimer();
  }

  #takeIdle(): OpenClient | undefined {
    // The one used last: the others may grow old and be closed.
    const idle = this.#idle.pop();
    idle?.stopTimer();
    return idle?.client;
  }

  #lease(client: OpenClient): OpenClient {
    this.#leased.add(client);
    return client;
  }

  #wait(deadline: Deadline): Promise<OpenClient> {
    return new Promise((resolve, reject) => {
      const waiter: Waiter = {
        resolve: (client) => {
          stopTimer();
          resolve(this.#lease(client));
        },
        reject: (error) => {
          stopTimer();
          reject(error);
        },
      };
      const stopTimer = this.#clock.after(deadline.remainingMs(), () => {
        this.#waiters.delete(waiter);
        waiter.reject(this.#tooLate());
      });
      this.#waiters.add(waiter);
    });
  }

  /** A logon that nobody answers, e.g. at a router or message server, is not the caller's lack of time. */
  #tooLate(): GatewayError {
    if (!this.#isOpening) return new GatewayError('DEADLINE_PASSED');
    const context = { reason: 'the logon is not answered', obstacle: this.#settings.silence };
    return new GatewayError('SAP_UNREACHABLE', context);
  }

  #grow(): void {
    const isNeeded = this.#waiters.size > 0 && this.#clients < this.#settings.limit;
    if (!isNeeded || this.#isOpening || this.#isClosed) return;
    this.#isOpening = true;
    this.#clients += 1;
    this.#settings.open().then(
      (client) => this.#opened(client),
      (thrown: unknown) => this.#failed(toGatewayError(thrown)),
    );
  }

  #opened(client: OpenClient): void {
    this.#isOpening = false;
    // Everybody has given up meanwhile: a session that nobody wants is not kept.
    if (this.#waiters.size === 0) void this.#discard(client);
    else this.#handOn(client);
    this.#grow();
  }

  /**
   * Whoever waited has the same answer: trying again for each of them would be a storm of logons. Where other clients are at
   * work they serve them, and one logon is tried for each that is lost.
   */
  #failed(error: GatewayError): void {
    this.#isOpening = false;
    this.#removed();
    if (this.#clients > 0 && error.code !== 'SAP_LOGON_REFUSED') return;
    for (const waiter of this.#waiters) waiter.reject(error);
    this.#waiters.clear();
  }

  async #giveBack(client: OpenClient): Promise<void> {
    await client.settled();
    this.#leased.delete(client);
    const isClean = !client.isLost && !this.#isClosed && (await client.reset(resetLimitMs));
    if (isClean && !this.#isClosed) return this.#handOn(client);
    await this.#discard(client);
  }

  #handOn(client: OpenClient): void {
    const [waiter] = this.#waiters;
    if (waiter === undefined) return this.#keep(client);
    this.#waiters.delete(waiter);
    waiter.resolve(client);
  }

  #keep(client: OpenClient): void {
    const stopTimer = this.#clock.after(idleMs, () => {
      this.#idle.splice(
        this.#idle.findIndex((idle) => idle.client === client),
        1,
      );
      void this.#discard(client);
    });
    this.#idle.push({ client, stopTimer });
  }

  async #discard(client: OpenClient): Promise<void> {
    await client.settled();
    await client.close();
    this.#removed();
    this.#grow();
  }

  #removed(): void {
    this.#clients -= 1;
    if (this.#clients === 0) this.#whenEmpty();
  }
}

function closed(): GatewayError {
  return new GatewayError('SAP_UNREACHABLE', { reason: 'the connection was closed' });
}
