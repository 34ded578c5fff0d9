/** The Pub/Sub API on a socket, in a test's hands: it sends when told, ends when told, and remembers what it was asked. */
import { fileURLToPath } from 'node:url';
import { loadPackageDefinition, Server, ServerCredentials } from '@grpc/grpc-js';
import type { Metadata, ServerDuplexStream, ServerUnaryCall, sendUnaryData, status } from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';

const protoFile = fileURLToPath(new URL('../../src/salesforce/bell/pub-sub.proto', import.meta.url));
const definition = loadSync(protoFile, { keepCase: true, defaults: true, enums: String });
const service = (
  loadPackageDefinition(definition) as unknown as {
    eventbus: { v1: { PubSub: { service: Parameters<Server['addService']>[0] } } };
  }
).eventbus.v1.PubSub.service;

export interface Fetch {
  readonly topic_name: string;
  readonly replay_preset: string;
  readonly num_requested: number;
}

/** One stream that a bell has opened. */
export class FakeStream {
  readonly fetches: Fetch[] = [];
  readonly metadata: Metadata;
  isOver = false;
  readonly #call: ServerDuplexStream<Fetch, object>;

  constructor(call: ServerDuplexStream<Fetch, object>, changed: () => void) {
    this.#call = call;
    this.metadata = call.metadata;
    const note = (fetch: Fetch): void => {
      this.fetches.push(fetch);
      changed();
    };
    const over = (): void => {
      this.isOver = true;
      changed();
    };
    call.on('data', note).on('end', over).on('cancelled', over).on('error', over);
  }

  /** Sends so many events in one answer. */
  ring(count = 1): void {
    const events = Array.from({ length: count }, (_, index) => ({ replay_id: Buffer.from([index]) }));
    this.#call.write({ events, pending_num_requested: 0 });
  }

  keepAlive(): void {
    this.#call.write({ events: [] });
  }

  sendHeaders(metadata: Metadata): void {
    this.#call.sendMetadata(metadata);
  }

  end(): void {
    this.#call.end();
  }

  fail(code: status): void {
    this.#call.emit('error', { code, details: 'as the test wants it' });
  }
}

export class FakePubSub {
  readonly streams: FakeStream[] = [];
  /** Ends the next streams at once with these. */
  readonly refusals: status[] = [];
  canSubscribe = true;
  port = 0;
  readonly #server = new Server();
  readonly #waiting = new Set<() => void>();

  static async start(): Promise<FakePubSub> {
    const fake = new FakePubSub();
    fake.#server.addService(service, {
      Subscribe: (call: ServerDuplexStream<Fetch, object>) => fake.#accept(call),
      GetTopic: (call: ServerUnaryCall<{ topic_name: string }, object>, answer: sendUnaryData<object>) =>
        answer(null, { topic_name: call.request.topic_name, can_subscribe: fake.canSubscribe }),
    });
    fake.port = await new Promise<number>((resolve, reject) => {
      fake.#server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, port) =>
        error === null ? resolve(port) : reject(error),
      );
    });
    return fake;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Resolves when what a test waits for has come true. */
  async until(isTrue: () => boolean): Promise<void> {
    while (!isTrue()) await new Promise<void>((resolve) => this.#waiting.add(resolve));
  }

  async stream(index: number): Promise<FakeStream> {
    await this.until(() => this.streams.length > index);
    const found = this.streams[index];
    if (found === undefined) throw new Error('no such stream');
    return found;
  }

  /** Wakes those who wait in `until`. */
  readonly changed = (): void => {
    for (const wake of this.#waiting) wake();
    this.#waiting.clear();
  };

  close(): void {
    this.#server.forceShutdown();
  }

  #accept(call: ServerDuplexStream<Fetch, object>): void {
    const stream = new FakeStream(call, this.changed);
    this.streams.push(stream);
    const refusal = this.refusals.shift();
    if (refusal !== undefined) stream.fail(refusal);
    this.changed();
  }
}
