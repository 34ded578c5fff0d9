/**
 * One live link between relay and agent after the handshake: a WebSocket, the calls on it, its heartbeat.
 *
 * A session is open until its socket closes, its peer falls silent, or a frame breaks the rules; then every call
 * on it is told, once, and `onEnd` is called, once.
 */
import type { WebSocket } from 'ws';
import { GatewayError, toGatewayError } from '../errors/index.ts';
import { sleep } from '../timing/index.ts';
import type { Clock } from '../timing/index.ts';
import { heartbeatMs, maxMissedHeartbeats } from './limits.ts';
import { Multiplexer } from './multiplexer.ts';
import type { MultiplexerOptions } from './multiplexer.ts';
import type { Stream, StreamListener } from './stream.ts';

export interface SessionOptions {
  readonly clock: Clock;
  readonly side: MultiplexerOptions['side'];
  readonly accept?: MultiplexerOptions['accept'];
  readonly onAnnouncement?: MultiplexerOptions['onAnnouncement'];
  readonly onGoAway: () => void;
  readonly onEnd: (reason: GatewayError) => void;
  /** A call on it ended. */
  readonly onCallEnd?: () => void;
}

/** Normal close codes of RFC 6455: the process goes away; the peer broke the protocol. */
const goingAway = 1001;
const protocolError = 1002;
/** The closing handshake is one round trip. */
const closingTimeoutMs = 2_000;

export class Session {
  readonly #socket: WebSocket;
  readonly #options: SessionOptions;
  readonly #multiplexer: Multiplexer;
  #hasHeard = true;
  #missed = 0;
  #isOver = false;
  #stopHeartbeat: () => void = () => undefined;
  #pongs: (() => void)[] = [];

  constructor(socket: WebSocket, options: SessionOptions) {
    this.#socket = socket;
    this.#options = options;
    this.#multiplexer = new Multiplexer({
      side: options.side,
      link: { send: (message, sent) => socket.send(message, sent) },
      schedule: (work) => setImmediate(work),
      accept: options.accept,
      onAnnouncement: options.onAnnouncement,
      onGoAway: options.onGoAway,
      onPong: () => this.#receivePong(),
      onStreamEnd: options.onCallEnd,
    });
    socket.on('message', (message, isBinary) => this.#receive(message, isBinary));
    socket.on('close', () => this.#end(new GatewayError('CONNECTION_LOST')));
    // `close` follows an error; the reason is kept for the log.
    socket.on('error', (cause) => this.#end(new GatewayError('CONNECTION_LOST', {}, cause)));
    this.#scheduleHeartbeat();
  }

  get openCalls(): number {
    return this.#multiplexer.openStreams;
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  /** Relay side: begins a call. */
  open(header: string, body: Buffer | undefined, listener: StreamListener): Stream {
    return this.#multiplexer.open(header, body, listener);
  }

  /** Agent side: tells the relay of the services of one system. */
  announce(about: string, bytes: Buffer): void {
    this.#multiplexer.announce(about, bytes);
  }

  goAway(): void {
    this.#multiplexer.goAway();
  }

  /** Resolves when the other side has answered a ping; throws CONNECTION_LOST after `timeoutMs`. */
  async roundTrip(timeoutMs: number): Promise<void> {
    const stop = new AbortController();
    const answered = new Promise<'answered'>((resolve) => this.#pongs.push(() => resolve('answered')));
    this.#multiplexer.ping();
    const outcome = await Promise.race([answered, sleep(this.#options.clock, timeoutMs, stop.signal)]);
    stop.abort();
    if (outcome !== 'answered' || this.#isOver) throw new GatewayError('CONNECTION_LOST');
  }

  /** Ends it at once; running calls are told. */
  close(reason: GatewayError): void {
    this.#end(reason);
  }

  #receive(message: unknown, isBinary: boolean): void {
    if (this.#isOver) return;
    this.#hasHeard = true;
    try {
      if (!isBinary || !Buffer.isBuffer(message)) throw new GatewayError('PROTOCOL_VIOLATION', { reason: 'text' });
      this.#multiplexer.receive(message);
    } catch (thrown) {
      this.#end(toGatewayError(thrown));
    }
  }

  #receivePong(): void {
    const waiting = this.#pongs;
    this.#pongs = [];
    for (const answered of waiting) answered();
  }

  #scheduleHeartbeat(): void {
    this.#stopHeartbeat = this.#options.clock.after(heartbeatMs, () => this.#beat());
  }

  #beat(): void {
    this.#missed = this.#hasHeard ? 0 : this.#missed + 1;
    if (this.#missed >= maxMissedHeartbeats) return this.#end(new GatewayError('CONNECTION_LOST'));
    if (this.#missed > 0) this.#multiplexer.ping();
    this.#hasHeard = false;
    this.#scheduleHeartbeat();
  }

  /** A peer that is silent already, or does not answer the closing handshake, is not waited for. */
  #closeSocket(reason: GatewayError): void {
    this.#socket.close(reason.code === 'PROTOCOL_VIOLATION' ? protocolError : goingAway);
    if (reason.code === 'CONNECTION_LOST') return this.#socket.terminate();
    const cancel = this.#options.clock.after(closingTimeoutMs, () => this.#socket.terminate());
    this.#socket.once('close', cancel);
  }

  #end(reason: GatewayError): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#stopHeartbeat();
    this.#receivePong();
    this.#multiplexer.fail(reason);
    this.#closeSocket(reason);
    this.#options.onEnd(reason);
  }
}
