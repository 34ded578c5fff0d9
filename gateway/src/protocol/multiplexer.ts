/**
 * Many calls on one connection: opens streams, hands each its frames, keeps both sides to the rules. Knows no
 * sockets: bytes come in by `receive` and leave by the link.
 *
 * 1. Only the relay opens streams; an id is reused only after four billion others.
 * 2. Frames of a stream that was cancelled here may still arrive; they are ignored.
 * 3. A frame that breaks the rules ends the connection: PROTOCOL_VIOLATION is thrown out of `receive`.
 * 4. After `fail` each stream has been told once, and nothing is sent any more.
 */
import { GatewayError } from '../errors/index.ts';
import type { Frame } from './frames.ts';
import { frameTypes, readFrames, toFrame } from './frames.ts';
import { maxAnnouncementBytes, maxStreams, streamWindowBytes } from './limits.ts';
import type { Link } from './outbox.ts';
import { Outbox, OutgoingBody } from './outbox.ts';
import { Stream } from './stream.ts';
import type { StreamHome, StreamListener } from './stream.ts';

export interface MultiplexerOptions {
  readonly side: 'relay' | 'agent';
  readonly link: Link;
  /** Runs `work` at the end of this turn of the event loop. */
  readonly schedule: (work: () => void) => void;
  /** Agent only: a call arrived. `hasBody` says whether data will follow. */
  readonly accept?: ((stream: Stream, header: Buffer, hasBody: boolean) => StreamListener) | undefined;
  readonly onGoAway: () => void;
  readonly onPong: () => void;
  /** Relay only, from version 2 on: the agent has announced its services. */
  readonly onAnnouncement?: ((bytes: Buffer) => void) | undefined;
  /** A stream ended; `openStreams` is current. */
  readonly onStreamEnd?: (() => void) | undefined;
}

const noPayload = Buffer.alloc(0);
const highestStreamId = 0xffff_ffff;
const violation = (reason: string): GatewayError => new GatewayError('PROTOCOL_VIOLATION', { reason });

export class Multiplexer {
  readonly #options: MultiplexerOptions;
  readonly #outbox: Outbox;
  readonly #home: StreamHome;
  readonly #streams = new Map<number, Stream>();
  readonly #visit = (frame: Frame): void => this.#receiveFrame(frame);
  #lastStreamId: number;
  #failure: GatewayError | undefined;
  /** Announcements that wait, by what they are about: a newer one replaces an older one. */
  readonly #toAnnounce = new Map<string, Buffer>();
  #isAnnouncing = false;
  #announced: Buffer[] = [];
  #announcedBytes = 0;

  constructor(options: MultiplexerOptions, lastStreamId = 0) {
    this.#options = options;
    this.#outbox = new Outbox(options.link, options.schedule);
    this.#home = { outbox: this.#outbox, onEnd: (stream) => this.#remove(stream) };
    this.#lastStreamId = lastStreamId;
  }

  get openStreams(): number {
    return this.#streams.size;
  }

  /** Relay only: begins a call. Throws AGENT_BUSY, or what ended the connection. */
  open(header: string, body: Buffer | undefined, listener: StreamListener): Stream {
    if (this.#failure !== undefined) throw this.#failure;
    if (this.#streams.size >= maxStreams) throw new GatewayError('AGENT_BUSY');
    const stream = this.#addStream(this.#nextStreamId(), false);
    stream.listener = listener;
    stream.request(header, body);
    return stream;
  }

  /** A message from the other side. */
  receive(message: Buffer): void {
    if (this.#failure === undefined) readFrames(message, this.#visit);
  }

  ping(): void {
    this.#sendControl(frameTypes.ping);
  }

  goAway(): void {
    this.#sendControl(frameTypes.goAway);
  }

  /** Agent only, from version 2 on: tells the relay of the services `about` one system, in turns with bodies of answers. */
  announce(about: string, bytes: Buffer): void {
    if (this.#failure !== undefined) return;
    this.#toAnnounce.set(about, bytes);
    this.#announceNext();
  }

  /** The connection is gone: every call on it is told why. */
  fail(failure: GatewayError): void {
    if (this.#failure !== undefined) return;
    this.#failure = failure;
    const streams = [...this.#streams.values()];
    this.#streams.clear();
    this.#toAnnounce.clear();
    this.#announced = [];
    this.#outbox.clear();
    for (const stream of streams) stream.lose(failure);
  }

  /** One at a time: its pieces have nothing that tells them from another one's. */
  #announceNext(): void {
    const [next] = this.#toAnnounce;
    if (this.#isAnnouncing || next === undefined) return;
    const [about, bytes] = next;
    this.#toAnnounce.delete(about);
    this.#isAnnouncing = true;
    const onDone = (): void => {
      this.#isAnnouncing = false;
      this.#announceNext();
    };
    this.#outbox.addBody(new OutgoingBody(0, bytes, onDone, frameTypes.services));
  }

  #sendControl(type: typeof frameTypes.ping | typeof frameTypes.pong | typeof frameTypes.goAway): void {
    if (this.#failure === undefined) this.#outbox.add(toFrame(type, 0, noPayload, false));
  }

  #nextStreamId(): number {
    do this.#lastStreamId = this.#lastStreamId === highestStreamId ? 1 : this.#lastStreamId + 1;
    while (this.#streams.has(this.#lastStreamId));
    return this.#lastStreamId;
  }

  #addStream(id: number, expectsData: boolean): Stream {
    const stream = new Stream(id, this.#home, expectsData);
    this.#streams.set(id, stream);
    return stream;
  }

  #remove(stream: Stream): void {
    // After `fail`, or a second time, there is nothing left to remove.
    if (this.#streams.delete(stream.id)) this.#options.onStreamEnd?.();
  }

  #receiveFrame(frame: Frame): void {
    if (frame.stream === 0) return this.#receiveControl(frame);
    if (frame.type === frameTypes.request) return this.#receiveRequest(frame);
    const stream = this.#streams.get(frame.stream);
    switch (frame.type) {
      case frameTypes.answer:
        if (this.#options.side !== 'relay') throw violation('an answer to an agent');
        return stream?.receiveHeader(frame);
      case frameTypes.data:
        return stream?.receiveData(frame);
      case frameTypes.credit:
        return stream?.receiveCredit(readCredit(frame));
      case frameTypes.cancel:
        return stream?.receiveCancel();
      default:
        throw violation('a connection frame on a stream');
    }
  }

  #receiveControl(frame: Frame): void {
    switch (frame.type) {
      case frameTypes.ping:
        return this.#sendControl(frameTypes.pong);
      case frameTypes.pong:
        return this.#options.onPong();
      case frameTypes.goAway:
        return this.#options.onGoAway();
      case frameTypes.services:
        return this.#receiveAnnouncement(frame);
      default:
        throw violation('a stream frame without a stream');
    }
  }

  #receiveAnnouncement({ payload, isEnd }: Frame): void {
    const { onAnnouncement } = this.#options;
    if (onAnnouncement === undefined) throw violation('an announcement nobody agreed on');
    this.#announcedBytes += payload.length;
    if (this.#announcedBytes > maxAnnouncementBytes || payload.length === 0)
      throw violation('announcement of this size');
    // A copy: the message it came in would be kept as long as this piece.
    this.#announced.push(Buffer.from(payload));
    if (!isEnd) return;
    const whole = Buffer.concat(this.#announced);
    this.#announced = [];
    this.#announcedBytes = 0;
    onAnnouncement(whole);
  }

  #receiveRequest(frame: Frame): void {
    const { accept } = this.#options;
    if (accept === undefined) throw violation('a request to a relay');
    if (this.#streams.has(frame.stream)) throw violation('the stream is open already');
    if (this.#streams.size >= maxStreams) throw violation('too many streams');
    const stream = this.#addStream(frame.stream, !frame.isEnd);
    stream.listener = accept(stream, frame.payload, !frame.isEnd);
  }
}

function readCredit(frame: Frame): number {
  if (frame.payload.length !== 4) throw violation('credit of the wrong length');
  const bytes = frame.payload.readUInt32BE(0);
  if (bytes === 0 || bytes > streamWindowBytes) throw violation('credit out of range');
  return bytes;
}
