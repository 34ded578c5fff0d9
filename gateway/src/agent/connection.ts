/** One attempt at one relay, from dialling to the end: dial, handshake, serve, drain, end. */
import { HttpsProxyAgent } from 'https-proxy-agent';
import { WebSocket } from 'ws';
import { GatewayError, toGatewayError } from '../errors/index.ts';
import { announcesServices, handshakeTimeoutMs, maxIncomingMessageBytes, Session } from '../protocol/index.ts';
import { keepAnnounced } from './announce-services.ts';
import type { Dispatch } from './dispatch.ts';
import { shakeHands } from './handshake.ts';
import type { AgentParts, AgentSettings } from './settings.ts';

export interface ConnectionParts extends AgentParts {
  readonly settings: AgentSettings;
  readonly dispatch: Dispatch;
}

/** What the supervisor is told of a connection. */
export interface ConnectionListener {
  onServing(): void;
  /** The relay is about to go: a new connection is wanted, this one finishes its calls. */
  onGoAway(): void;
}

export class Connection {
  readonly #socket: WebSocket;
  readonly #parts: ConnectionParts;
  readonly #listener: ConnectionListener;
  #session: Session | undefined;
  #isDraining = false;
  #finish: (reason: GatewayError) => void = () => undefined;
  /** Resolves with the reason when it is over, however it went. */
  readonly ended: Promise<GatewayError>;

  constructor(url: string, parts: ConnectionParts, listener: ConnectionListener) {
    this.#parts = parts;
    this.#listener = listener;
    this.ended = new Promise((resolve) => (this.#finish = resolve));
    this.#socket = dial(url, parts.settings);
    // An error is followed by `close`; only the first reason counts.
    this.#socket.on('error', (cause) => this.#finish(new GatewayError('RELAY_UNREACHABLE', {}, cause)));
    this.#socket.on('close', () => this.#finish(new GatewayError('RELAY_UNREACHABLE')));
    void this.#serve();
  }

  /** Tells the relay to send no more; the relay closes when it has the last answer. */
  drain(): void {
    this.#isDraining = true;
    if (this.#session === undefined) return this.close();
    this.#session.goAway();
  }

  close(): void {
    const reason = new GatewayError('CONNECTION_LOST');
    if (this.#session === undefined) this.#socket.terminate();
    this.#session?.close(reason);
    this.#finish(reason);
  }

  async #serve(): Promise<void> {
    try {
      this.#beginSession(await shakeHands(this.#socket, this.#parts.settings, this.#parts.clock));
    } catch (thrown) {
      this.#finish(toGatewayError(thrown));
      this.#socket.terminate();
    }
  }

  #beginSession(version: number): void {
    const session = new Session(this.#socket, {
      side: 'agent',
      clock: this.#parts.clock,
      accept: this.#parts.dispatch.accept,
      onGoAway: () => this.#listener.onGoAway(),
      onEnd: (reason) => this.#finish(reason),
    });
    this.#session = session;
    if (announcesServices(version)) {
      const stop = keepAnnounced(session, this.#parts.settings.systems, this.#parts, this.#parts.settings.id);
      void this.ended.then(stop);
    }
    this.#listener.onServing();
    if (this.#isDraining) this.drain();
  }
}

function dial(url: string, settings: AgentSettings): WebSocket {
  const { proxyUrl } = settings;
  return new WebSocket(new URL('/agent', url), {
    perMessageDeflate: false,
    followRedirects: false,
    maxPayload: maxIncomingMessageBytes,
    handshakeTimeout: handshakeTimeoutMs,
    ...(proxyUrl === undefined ? {} : { agent: new HttpsProxyAgent(proxyUrl) }),
  });
}
