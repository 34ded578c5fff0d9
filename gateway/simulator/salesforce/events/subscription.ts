/** One stream of events to one subscriber, never more of them than it has asked for. */
import { randomUUID } from 'node:crypto';
import { status } from '@grpc/grpc-js';
import type { ServerDuplexStream } from '@grpc/grpc-js';
import { encodeEvent, schemaIdOf } from './avro.ts';
import type { BusEvent, EventBus } from './event-bus.ts';
import type { ObjectDefinition } from '../org/object-definition.ts';

/** A FetchRequest as the loader gives it. */
export interface FetchRequest {
  readonly topic_name: string;
  readonly replay_preset: 'LATEST' | 'EARLIEST' | 'CUSTOM';
  readonly replay_id: Uint8Array;
  readonly num_requested: number;
}

export type FetchStream = ServerDuplexStream<FetchRequest, object>;

/** Most events that may be outstanding. */
const maxRequested = 100;

/** A refusal as gRPC carries it. */
export class PubSubError extends Error {
  readonly code: status;

  constructor(code: status, errorCode: string, message: string) {
    super(`${errorCode}: ${message}`);
    this.name = 'PubSubError';
    this.code = code;
  }
}

const replayIdOf = (value: number): Buffer => {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(value));
  return bytes;
};

/** What a subscription is opened with. */
export interface SubscriptionParts {
  readonly bus: EventBus;
  readonly topicOf: (name: string) => ObjectDefinition;
  readonly keepAliveMs: number;
}

export class Subscription {
  readonly #stream: FetchStream;
  readonly #parts: SubscriptionParts;
  #object: ObjectDefinition | undefined;
  #topic = '';
  #position = 0;
  #pending = 0;
  #letGo: () => void = () => undefined;

  constructor(stream: FetchStream, parts: SubscriptionParts) {
    this.#stream = stream;
    this.#parts = parts;
    const keepAlive = setInterval(() => this.#send([]), parts.keepAliveMs);
    keepAlive.unref();
    const stopListening = parts.bus.listen(() => this.#deliver());
    this.#letGo = () => {
      clearInterval(keepAlive);
      stopListening();
    };
    stream.on('data', (request: FetchRequest) => this.#take(request));
    stream.on('end', () => this.#end());
    for (const ending of ['cancelled', 'close', 'error']) stream.on(ending, () => this.#letGo());
  }

  /** Ends the stream with a failure. */
  fail(error: PubSubError): void {
    this.#letGo();
    this.#stream.emit('error', error);
  }

  #end(): void {
    this.#letGo();
    this.#stream.end();
  }

  #take(request: FetchRequest): void {
    try {
      this.#open(request);
      this.#ask(request.num_requested);
    } catch (error) {
      if (!(error instanceof PubSubError)) throw error;
      this.fail(error);
      return;
    }
    this.#deliver();
  }

  /** Topic and place in the stream count in the first request only. */
  #open(request: FetchRequest): void {
    if (this.#object !== undefined) {
      if (request.topic_name === '' || request.topic_name === this.#topic) return;
      throw invalid('subscription.fetch.topicname.mismatch', 'The topic of a stream cannot change.');
    }
    const object = this.#parts.topicOf(request.topic_name);
    this.#position = this.#start(request);
    this.#object = object;
    this.#topic = request.topic_name;
    this.#stream.sendMetadata(this.#stream.metadata.clone());
  }

  #start({ replay_preset: preset, replay_id: replayId }: FetchRequest): number {
    const { bus } = this.#parts;
    if (preset === 'LATEST') return bus.latestReplayId;
    if (preset === 'EARLIEST') return 0;
    const known = replayId.length === 8 ? Number(Buffer.from(replayId).readBigUInt64BE()) : Number.NaN;
    if (bus.hasReplayId(known)) return known;
    throw invalid('subscription.fetch.replayid.validation.failed', 'The Replay ID validation failed.');
  }

  #ask(count: number): void {
    if (count < 1 || this.#pending + count > maxRequested) {
      throw invalid('subscription.fetch.requestedevents.invalid', `Ask for 1 to ${maxRequested} events.`);
    }
    this.#pending += count;
  }

  #deliver(): void {
    if (this.#object === undefined || this.#pending === 0) return;
    const events = this.#parts.bus.after(this.#object.name, this.#position, this.#pending);
    if (events.length === 0) return;
    this.#position = events.at(-1)?.replayId ?? this.#position;
    this.#pending -= events.length;
    this.#send(events);
  }

  #send(events: readonly BusEvent[]): void {
    const object = this.#object;
    if (object === undefined || !this.#stream.writable) return;
    const latest = events.at(-1)?.replayId ?? this.#parts.bus.latestReplayId;
    this.#stream.write({
      events: events.map((event) => ({ event: toProducerEvent(object, event), replay_id: replayIdOf(event.replayId) })),
      latest_replay_id: replayIdOf(latest),
      rpc_id: randomUUID(),
      pending_num_requested: this.#pending,
    });
  }
}

const toProducerEvent = (object: ObjectDefinition, event: BusEvent): object => ({
  id: event.id,
  schema_id: schemaIdOf(object),
  payload: encodeEvent(object, event.values, event.createdAt, event.createdBy),
  headers: [],
});

const invalid = (code: string, message: string): PubSubError =>
  new PubSubError(status.INVALID_ARGUMENT, `sfdc.platform.eventbus.grpc.${code}`, message);
