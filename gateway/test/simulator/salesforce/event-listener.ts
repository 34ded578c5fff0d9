/** A subscriber of the Pub/Sub API, for the simulator's own tests. */
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { Client, Metadata, credentials } from '@grpc/grpc-js';
import type { ClientDuplexStream, MethodDefinition, ServiceError } from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';
import { z } from 'zod';
import type { SalesforceSimulator } from '../../../simulator/salesforce/index.ts';

const protoFile = fileURLToPath(new URL('../../../simulator/salesforce/events/pub-sub.proto', import.meta.url));
const service = loadSync(protoFile, { keepCase: true, longs: String, enums: String, defaults: true })[
  'eventbus.v1.PubSub'
];

/** One method of the service. */
export function methodOf(name: string): MethodDefinition<object, object> {
  const method: unknown = service === undefined ? undefined : Reflect.get(service, name);
  if (typeof method === 'object' && method !== null && 'requestSerialize' in method)
    return method as MethodDefinition<object, object>;
  throw new Error(`The proto file has no method ${name}`);
}

export const fetchResponse = z.object({
  events: z.array(
    z.object({
      event: z.object({ id: z.string(), schema_id: z.string(), payload: z.instanceof(Buffer) }),
      replay_id: z.instanceof(Buffer),
    }),
  ),
  latest_replay_id: z.instanceof(Buffer),
  pending_num_requested: z.number(),
});
export type FetchResponse = z.infer<typeof fetchResponse>;

/** What a caller says about itself. */
export function identityOf(org: SalesforceSimulator, token: string, more: Record<string, string> = {}): Metadata {
  const metadata = new Metadata();
  const said = { accesstoken: token, instanceurl: org.url, tenantid: org.org.id, ...more };
  for (const [name, value] of Object.entries(said)) metadata.set(name, value);
  return metadata;
}

const clientOf = (org: SalesforceSimulator): Client =>
  new Client(new URL(org.pubSubUrl).host, credentials.createInsecure());

/** One call with one answer. */
export async function callPubSub(org: SalesforceSimulator, name: string, identity: Metadata, request: object) {
  const client = clientOf(org);
  const { path, requestSerialize, responseDeserialize } = methodOf(name);
  try {
    return await new Promise<object>((resolve, reject) => {
      client.makeUnaryRequest(path, requestSerialize, responseDeserialize, request, identity, (error, answer) => {
        if (error === null && answer !== undefined) resolve(answer);
        else reject(error ?? new Error('No answer'));
      });
    });
  } finally {
    client.close();
  }
}

export class EventListener {
  readonly #client: Client;
  readonly #stream: ClientDuplexStream<object, unknown>;
  readonly #waiting: ((response: FetchResponse) => void)[] = [];
  readonly #responses: FetchResponse[] = [];
  /** The failure the stream ended with. */
  readonly failure: Promise<ServiceError>;

  constructor(org: SalesforceSimulator, identity: Metadata) {
    this.#client = clientOf(org);
    const { path, requestSerialize, responseDeserialize } = methodOf('Subscribe');
    this.#stream = this.#client.makeBidiStreamRequest(path, requestSerialize, responseDeserialize, identity);
    this.failure = new Promise((resolve) => this.#stream.on('error', resolve));
    this.#stream.on('data', (message: unknown) => {
      const response = fetchResponse.parse(message);
      const next = this.#waiting.shift();
      if (next === undefined) this.#responses.push(response);
      else next(response);
    });
  }

  ask(request: object): void {
    this.#stream.write(request);
  }

  /** Resolves when the server has accepted the subscription. */
  async opened(): Promise<void> {
    await once(this.#stream, 'metadata');
  }

  next(): Promise<FetchResponse> {
    const ready = this.#responses.shift();
    return ready === undefined ? new Promise((resolve) => this.#waiting.push(resolve)) : Promise.resolve(ready);
  }

  get unread(): number {
    return this.#responses.length;
  }

  close(): void {
    this.#stream.cancel();
    this.#client.close();
  }
}
