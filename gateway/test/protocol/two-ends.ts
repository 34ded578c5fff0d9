/** A relay-side and an agent-side multiplexer joined in memory, delivering when the test says so. */
import { Multiplexer } from '../../src/protocol/multiplexer.ts';
import type { Stream, StreamListener } from '../../src/protocol/stream.ts';

interface Delivery {
  readonly to: 'relay' | 'agent';
  readonly message: Buffer;
  readonly sent: () => void;
}

/** What a stream's owner was told, for assertions. */
export class Recorder implements StreamListener {
  header = '';
  readonly chunks: Buffer[] = [];
  isEnd = false;
  isCancelled = false;
  lost: string | undefined;
  stream: Stream | undefined;
  /** Grants more as data come, unless the test holds it back. */
  consumes = true;

  get bytes(): Buffer {
    return Buffer.concat(this.chunks);
  }

  onHeader(header: Buffer, isEnd: boolean): void {
    this.header = header.toString('utf8');
    this.isEnd = isEnd;
  }

  onData(chunk: Buffer, isEnd: boolean): void {
    this.chunks.push(Buffer.from(chunk));
    this.isEnd = isEnd;
    if (this.consumes) this.stream?.consume(chunk.length);
  }

  onCancel(): void {
    this.isCancelled = true;
  }

  onLost(failure: { readonly code: string }): void {
    this.lost = failure.code;
  }
}

export interface AcceptedCall {
  readonly stream: Stream;
  readonly header: string;
  readonly recorder: Recorder;
}

export class TwoEnds {
  readonly accepted: AcceptedCall[] = [];
  readonly #wire: Delivery[] = [];
  readonly #scheduled: (() => void)[] = [];
  /** Every message that was delivered, in order. */
  readonly messages: Delivery[] = [];
  readonly told: string[] = [];
  /** What the agent announced, as it arrived at the relay. */
  readonly announced: Buffer[] = [];
  readonly #announces: boolean;
  readonly relay: Multiplexer;
  readonly agent: Multiplexer;

  constructor(lastStreamId = 0, { announces = true }: { readonly announces?: boolean } = {}) {
    this.#announces = announces;
    this.relay = this.#end('relay', 'agent', lastStreamId);
    this.agent = this.#end('agent', 'relay', 0);
  }

  /** Opens a call from the relay side. */
  open(header: string, body?: Buffer): Recorder {
    const recorder = new Recorder();
    recorder.stream = this.relay.open(header, body, recorder);
    return recorder;
  }

  /** One turn: what is scheduled runs, then one message arrives; false when nothing is left to do. */
  turn(): boolean {
    const work = this.#scheduled.splice(0);
    for (const each of work) each();
    const delivery = this.#wire.shift();
    if (delivery === undefined) return work.length > 0;
    this.messages.push(delivery);
    delivery.sent();
    (delivery.to === 'relay' ? this.relay : this.agent).receive(delivery.message);
    return true;
  }

  /** Runs until nothing moves any more. */
  settle(): void {
    while (this.turn());
  }

  #end(side: 'relay' | 'agent', other: 'relay' | 'agent', lastStreamId: number): Multiplexer {
    return new Multiplexer(
      {
        side,
        link: { send: (message, sent) => this.#wire.push({ to: other, message, sent }) },
        schedule: (work) => this.#scheduled.push(work),
        accept: side === 'relay' ? undefined : (stream, header) => this.#accept(stream, header),
        onAnnouncement: side === 'relay' && this.#announces ? (bytes) => void this.announced.push(bytes) : undefined,
        onGoAway: () => this.told.push(`${side}: go away`),
        onPong: () => this.told.push(`${side}: pong`),
      },
      lastStreamId,
    );
  }

  #accept(stream: Stream, header: Buffer): StreamListener {
    const recorder = new Recorder();
    recorder.stream = stream;
    this.accepted.push({ stream, header: header.toString('utf8'), recorder });
    return recorder;
  }
}
