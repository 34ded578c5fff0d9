/**
 * One call on a connection: a header and a body in each direction, each body under its reader's control. A stream
 * is over when the answer is complete, whatever remains of the request, or when one side cancels it.
 */
import { GatewayError } from '../errors/index.ts';
import type { Frame } from './frames.ts';
import { frameTypes, toFrame } from './frames.ts';
import { streamWindowBytes } from './limits.ts';
import { OutgoingBody } from './outbox.ts';
import type { Outbox } from './outbox.ts';

/** What the owner of a stream is told. */
export interface StreamListener {
  /** Relay only: the answer's header. */
  onHeader(header: Buffer, isEnd: boolean): void;
  /** A piece of the body; `consume` says when it is out of the way. */
  onData(chunk: Buffer, isEnd: boolean): void;
  /** The other side wants nothing more. */
  onCancel(): void;
  /** The connection ended first. */
  onLost(failure: GatewayError): void;
}

/** Where a stream sends to, and whom it tells that it is over. */
export interface StreamHome {
  readonly outbox: Outbox;
  readonly onEnd: (stream: Stream) => void;
}

const noPayload = Buffer.alloc(0);
const violation = (reason: string): GatewayError => new GatewayError('PROTOCOL_VIOLATION', { reason });

export class Stream {
  readonly id: number;
  listener: StreamListener | undefined;
  readonly #home: StreamHome;
  #outgoing: OutgoingBody | undefined;
  /** Bytes the other side may still send before more are granted. */
  #window = streamWindowBytes;
  #consumedBytes = 0;
  /** True from the header to the end flag: data may come. */
  #expectsData: boolean;
  #hasHeader = false;
  #isOver = false;

  /** `expectsData`: agent side, a request with a body. */
  constructor(id: number, home: StreamHome, expectsData: boolean) {
    this.id = id;
    this.#home = home;
    this.#expectsData = expectsData;
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  /** Relay side: the call goes out. */
  request(header: string, body: Buffer | undefined): void {
    this.#send(frameTypes.request, header, body, () => undefined);
  }

  /** Agent side: the answer goes out; with its last byte the stream is over. */
  answer(header: string, body: Buffer): void {
    if (!this.#isOver) this.#send(frameTypes.answer, header, body, () => this.#end());
  }

  /** Nobody here waits for this any more. */
  cancel(): void {
    if (this.#isOver) return;
    this.#home.outbox.add(toFrame(frameTypes.cancel, this.id, noPayload, true));
    this.#end();
  }

  /** `bytes` of received data are out of the way: more may come. */
  consume(bytes: number): void {
    this.#consumedBytes += bytes;
    if (!this.#expectsData || this.#isOver || this.#consumedBytes < streamWindowBytes / 2) return;
    const payload = Buffer.alloc(4);
    payload.writeUInt32BE(this.#consumedBytes);
    this.#window += this.#consumedBytes;
    this.#consumedBytes = 0;
    this.#home.outbox.add(toFrame(frameTypes.credit, this.id, payload, false));
  }

  receiveHeader(frame: Frame): void {
    if (this.#hasHeader) throw violation('a second answer');
    const { listener } = this;
    this.#hasHeader = true;
    this.#expectsData = !frame.isEnd;
    if (frame.isEnd) this.#end();
    listener?.onHeader(frame.payload, frame.isEnd);
  }

  receiveData(frame: Frame): void {
    if (!this.#expectsData) throw violation('data that was not announced');
    if (frame.payload.length === 0) throw violation('data without data');
    const { listener } = this;
    this.#window -= frame.payload.length;
    if (this.#window < 0) throw violation('data beyond the credit');
    this.#expectsData = !frame.isEnd;
    // With the answer's last byte the relay side is done; the agent side still has to answer.
    if (frame.isEnd && this.#hasHeader) this.#end();
    listener?.onData(frame.payload, frame.isEnd);
  }

  receiveCredit(bytes: number): void {
    if (this.#outgoing !== undefined) this.#home.outbox.grant(this.#outgoing, bytes);
  }

  receiveCancel(): void {
    const { listener } = this;
    this.#end();
    listener?.onCancel();
  }

  lose(failure: GatewayError): void {
    const { listener } = this;
    this.#isOver = true;
    this.#letGo();
    listener?.onLost(failure);
  }

  #send(
    type: typeof frameTypes.request | typeof frameTypes.answer,
    header: string,
    body: Buffer | undefined,
    onDone: () => void,
  ): void {
    const isWhole = body === undefined || body.length === 0;
    this.#home.outbox.add(toFrame(type, this.id, header, isWhole));
    if (isWhole) return onDone();
    this.#outgoing = new OutgoingBody(this.id, body, onDone);
    this.#home.outbox.addBody(this.#outgoing);
  }

  #end(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    if (this.#outgoing !== undefined) this.#home.outbox.drop(this.#outgoing);
    this.#home.onEnd(this);
    this.#letGo();
  }

  /**
   * A map's table that was replaced while this stream was in it keeps the stream until the next full collection
   * (V8 has no other way to know); without this, the whole call with it.
   */
  #letGo(): void {
    this.listener = undefined;
    this.#outgoing = undefined;
  }
}
