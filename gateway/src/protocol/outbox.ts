/**
 * What waits to be sent on one connection, and in which order: frames about calls first, then bodies in turn.
 *
 * 1. Frames queued in one turn of the event loop leave in one message.
 * 2. Bodies take turns, one frame of at most 16 KB each, so that a large one never holds up a small one.
 * 3. A body sends no more than its reader granted.
 * 4. While the socket holds `maxUnsentBytes`, everything waits here.
 */
import type { FrameType, OutgoingFrame } from './frames.ts';
import { frameHeaderBytes, frameTypes, toFrame, writeFrame } from './frames.ts';
import { maxFrameBytes, maxMessageBytes, maxUnsentBytes, streamWindowBytes } from './limits.ts';

/** The way out: a WebSocket, or in tests anything that takes bytes. */
export interface Link {
  /** `sent` is called when the bytes have left for the operating system, or can never leave. */
  send(message: Buffer, sent: () => void): void;
}

/** One body on its way out. */
export class OutgoingBody {
  readonly stream: number;
  readonly #bytes: Buffer;
  readonly #onDone: () => void;
  readonly #type: FrameType;
  #offset = 0;
  #credit: number;

  /** `onDone` is called when the last byte is in a frame. */
  constructor(stream: number, bytes: Buffer, onDone: () => void, type: FrameType = frameTypes.data) {
    this.stream = stream;
    this.#bytes = bytes;
    this.#onDone = onDone;
    this.#type = type;
    // Only bodies of calls wait for their reader; whatever else is sent in pieces has a limit of its own.
    this.#credit = type === frameTypes.data ? streamWindowBytes : Infinity;
  }

  get isDone(): boolean {
    return this.#offset === this.#bytes.length;
  }

  canSend(): boolean {
    return !this.isDone && this.#credit > 0;
  }

  grant(bytes: number): void {
    this.#credit += bytes;
  }

  nextFrame(): OutgoingFrame {
    const length = Math.min(maxFrameBytes, this.#credit, this.#bytes.length - this.#offset);
    const payload = this.#bytes.subarray(this.#offset, this.#offset + length);
    this.#offset += length;
    this.#credit -= length;
    if (this.isDone) this.#onDone();
    return toFrame(this.#type, this.stream, payload, this.isDone);
  }
}

export class Outbox {
  readonly #link: Link;
  readonly #schedule: (work: () => void) => void;
  #frames: OutgoingFrame[] = [];
  /** Bodies that may send, in turn. */
  readonly #turns: OutgoingBody[] = [];
  #unsentBytes = 0;
  #isScheduled = false;
  readonly #flush = (): void => {
    this.#isScheduled = false;
    while (this.#unsentBytes < maxUnsentBytes && this.#hasWork) this.#sendMessage();
  };

  constructor(link: Link, schedule: (work: () => void) => void) {
    this.#link = link;
    this.#schedule = schedule;
  }

  add(frame: OutgoingFrame): void {
    this.#frames.push(frame);
    this.#scheduleFlush();
  }

  addBody(body: OutgoingBody): void {
    this.#turns.push(body);
    this.#scheduleFlush();
  }

  /** More credit for a body; one that waited for it takes turns again. */
  grant(body: OutgoingBody, bytes: number): void {
    const waited = !body.canSend();
    body.grant(bytes);
    if (waited && body.canSend()) this.addBody(body);
  }

  /** Nothing more of this body leaves. */
  drop(body: OutgoingBody): void {
    const index = this.#turns.indexOf(body);
    if (index >= 0) this.#turns.splice(index, 1);
  }

  clear(): void {
    this.#frames = [];
    this.#turns.length = 0;
  }

  get #hasWork(): boolean {
    return this.#frames.length > 0 || this.#turns.length > 0;
  }

  #scheduleFlush(): void {
    if (this.#isScheduled || this.#unsentBytes >= maxUnsentBytes) return;
    this.#isScheduled = true;
    this.#schedule(this.#flush);
  }

  #sendMessage(): void {
    const [frames, bytes] = this.#collect();
    const message = Buffer.allocUnsafe(bytes);
    let offset = 0;
    for (const frame of frames) offset = writeFrame(message, offset, frame);
    this.#unsentBytes += bytes;
    this.#link.send(message, () => {
      this.#unsentBytes -= bytes;
      if (this.#hasWork) this.#scheduleFlush();
    });
  }

  #collect(): [OutgoingFrame[], number] {
    const frames: OutgoingFrame[] = [];
    let bytes = 0;
    while (bytes < maxMessageBytes) {
      const frame = this.#frames[frames.length] ?? this.#nextBodyFrame();
      if (frame === undefined) break;
      frames.push(frame);
      bytes += frameHeaderBytes + frame.payloadBytes;
    }
    this.#frames = this.#frames.length <= frames.length ? [] : this.#frames.slice(frames.length);
    return [frames, bytes];
  }

  #nextBodyFrame(): OutgoingFrame | undefined {
    const body = this.#turns.shift();
    if (body === undefined) return undefined;
    const frame = body.nextFrame();
    if (body.canSend()) this.#turns.push(body);
    return frame;
  }
}
