/**
 * Keeps one relay connected.
 *
 * 1. At most one connection is being made or serving; others only finish their calls.
 * 2. Between two attempts there is always a wait, growing with full jitter; it starts over only after a connection
 *    has served for `stableMs`, so that a relay that accepts and drops is not hammered.
 * 3. A relay that refuses this agent's key is asked again slowly, because only an operator can change that.
 * 4. When the relay says it goes away, the next connection is made while the old one finishes its calls.
 * 5. After `close` or `drain` nothing is dialled any more.
 */
import type { GatewayError } from '../errors/index.ts';
import { backoffMs, sleep } from '../timing/index.ts';
import { Connection } from './connection.ts';
import type { ConnectionParts } from './connection.ts';
import type { RelayConnectionState, RelayConnectionStatus } from './settings.ts';

/** From half a second, so that a restart is hardly noticed, to half a minute, so that an outage costs nothing. */
const reconnect = { firstMs: 500, maxMs: 30_000 };
/** An operator who registers the key should not wait longer than this. */
const refusedRetry = { firstMs: 60_000, maxMs: 60_000 };
const stableMs = 10_000;

export class Supervisor {
  readonly #url: string;
  readonly #parts: ConnectionParts;
  readonly #onServing: () => void;
  readonly #stop = new AbortController();
  readonly #draining = new Set<Connection>();
  #current: Connection | undefined;
  #attempt = 0;
  #status: RelayConnectionStatus;

  constructor(url: string, parts: ConnectionParts, onServing: () => void) {
    this.#url = url;
    this.#parts = parts;
    this.#onServing = onServing;
    this.#status = { url, state: 'connecting', since: parts.clock.now(), lastFailure: undefined };
    void this.#run();
  }

  get status(): RelayConnectionStatus {
    return this.#status;
  }

  /** No new connection; the present one finishes its calls. Resolves when all are over. */
  async drain(): Promise<void> {
    this.#stop.abort();
    const connections = this.#connections();
    for (const connection of connections) connection.drain();
    await Promise.all(connections.map((connection) => connection.ended));
  }

  close(): void {
    this.#stop.abort();
    for (const connection of this.#connections()) connection.close();
    this.#enter('closed', undefined);
  }

  #isStopped(): boolean {
    return this.#stop.signal.aborted;
  }

  #connections(): readonly Connection[] {
    return [...this.#draining, ...(this.#current === undefined ? [] : [this.#current])];
  }

  async #run(): Promise<void> {
    while (!this.#isStopped()) {
      const failure = await this.#connectOnce();
      if (this.#isStopped()) break;
      this.#attempt += 1;
      const isRefused = failure?.disposition === 'stop';
      this.#enter(isRefused ? 'refused' : 'waiting', failure);
      const policy = isRefused ? refusedRetry : reconnect;
      await sleep(this.#parts.clock, backoffMs(this.#parts.clock, policy, this.#attempt), this.#stop.signal);
    }
    this.#enter('closed', undefined);
  }

  /** Resolves when another connection is wanted: with a failure, or without one when the relay goes away. */
  async #connectOnce(): Promise<GatewayError | undefined> {
    const { clock } = this.#parts;
    this.#enter('connecting', undefined);
    let servingSinceMs = Infinity;
    let goAway: () => void = () => undefined;
    const goneAway = new Promise<undefined>((resolve) => (goAway = () => resolve(undefined)));
    const connection = new Connection(this.#url, this.#parts, {
      onServing: () => {
        servingSinceMs = clock.monotonic();
        this.#enter('connected', undefined);
        this.#onServing();
      },
      onGoAway: goAway,
    });
    this.#current = connection;
    const failure = await Promise.race([connection.ended, goneAway]);
    this.#current = undefined;
    if (failure === undefined) this.#letFinish(connection);
    if (clock.monotonic() - servingSinceMs >= stableMs) this.#attempt = 0;
    return failure;
  }

  #letFinish(connection: Connection): void {
    this.#draining.add(connection);
    void connection.ended.then(() => this.#draining.delete(connection));
  }

  #enter(state: RelayConnectionState, failure: GatewayError | undefined): void {
    const lastFailure = failure?.code ?? (state === 'connected' ? undefined : this.#status.lastFailure);
    const isNews = this.#status.state !== state;
    this.#status = { url: this.#url, state, since: this.#parts.clock.now(), lastFailure };
    const facts = { relay: this.#url, state, code: failure?.code };
    if (!isNews) return;
    if (state === 'refused') this.#parts.log.error(facts, 'The relay refuses this agent');
    else this.#parts.log.info(facts, 'The connection to a relay changed');
  }
}
