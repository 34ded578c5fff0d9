/** The Pub/Sub API of one org: gRPC on a loopback port of its own. */
import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { Server, ServerCredentials, status } from '@grpc/grpc-js';
import type { Metadata, ServiceDefinition, ServerUnaryCall, sendUnaryData } from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';
import type { ObjectDefinition } from '../org/object-definition.ts';
import type { Org, OrgUser } from '../org/org.ts';
import { schemaIdOf, schemaOf } from './avro.ts';
import type { EventBus } from './event-bus.ts';
import { PubSubError, Subscription } from './subscription.ts';
import type { FetchStream } from './subscription.ts';

/** What the server needs. */
export interface PubSubSettings {
  readonly org: Org;
  readonly bus: EventBus;
  readonly userOfToken: (token: string) => OrgUser | undefined;
  readonly instanceUrl: () => string;
  readonly port: number;
  readonly keepAliveMs: number;
}

/** A running server. */
export interface PubSubServer {
  readonly url: string;
  readonly port: number;
  /** Streams that are open. */
  streams(): number;
  /** Ends every stream, as a restart on Salesforce's side does. */
  dropStreams(): number;
  /** Ends the streams of sessions that are over. */
  endExpired(): void;
  close(): Promise<void>;
}

const protoFile = fileURLToPath(new URL('pub-sub.proto', import.meta.url));
const prefix = 'sfdc.platform.eventbus.grpc';

function serviceDefinition(): ServiceDefinition {
  const options = { keepCase: true, longs: String, enums: String, defaults: true };
  const definition = loadSync(protoFile, options)['eventbus.v1.PubSub'];
  if (definition === undefined || 'format' in definition) throw new Error('The proto file has no service PubSub');
  return definition;
}

const firstOf = (metadata: Metadata, name: string): string => String(metadata.get(name)[0] ?? '');

/** Who may do what. */
function guardsOf({ org, userOfToken, instanceUrl }: PubSubSettings) {
  const authenticate = (metadata: Metadata): OrgUser => {
    const user = userOfToken(firstOf(metadata, 'accesstoken'));
    const isHere = firstOf(metadata, 'instanceurl') === instanceUrl();
    // Both forms of an id mean the same org.
    const isThisOrg = firstOf(metadata, 'tenantid').slice(0, 15) === org.id.slice(0, 15);
    if (user !== undefined && isHere && isThisOrg) return user;
    throw new PubSubError(status.UNAUTHENTICATED, `${prefix}.service.auth.error`, 'Authentication failed.');
  };

  const topicFor = (user: OrgUser, name: string): ObjectDefinition => {
    const object = org.store.objects.find((one) => one.name.endsWith('__e') && `/event/${one.name}` === name);
    if (object === undefined) {
      throw new PubSubError(status.NOT_FOUND, `${prefix}.topic.not.found`, `The topic ${name} does not exist.`);
    }
    if (mayListen(user, object)) return object;
    throw new PubSubError(status.PERMISSION_DENIED, `${prefix}.topic.permission.denied`, `No access to ${name}.`);
  };
  return { authenticate, topicFor };
}

/** Starts the server on loopback. */
export async function startPubSubServer(settings: PubSubSettings): Promise<PubSubServer> {
  const { org, bus, keepAliveMs } = settings;
  const open = new Map<Subscription, string>();

  const { authenticate, topicFor } = guardsOf(settings);
  const unary =
    <Request>(answer: (user: OrgUser, request: Request) => object) =>
    (call: ServerUnaryCall<Request, object>, done: sendUnaryData<object>): void => {
      try {
        done(null, { ...answer(authenticate(call.metadata), call.request), rpc_id: randomUUID() });
      } catch (error) {
        done(toStatus(error));
      }
    };

  const subscribe = (stream: FetchStream): void => {
    try {
      const user = authenticate(stream.metadata);
      const subscription = new Subscription(stream, { bus, keepAliveMs, topicOf: (name) => topicFor(user, name) });
      open.set(subscription, firstOf(stream.metadata, 'accesstoken'));
      for (const ending of ['cancelled', 'close', 'error', 'end']) stream.on(ending, () => open.delete(subscription));
    } catch (error) {
      stream.emit('error', toStatus(error));
    }
  };

  const server = new Server();
  server.addService(serviceDefinition(), {
    GetTopic: unary((user, { topic_name: name }: { topic_name: string }) => {
      const object = topicFor(user, name);
      const access = { can_publish: false, can_subscribe: true };
      return { topic_name: name, tenant_guid: org.id, schema_id: schemaIdOf(object), ...access };
    }),
    GetSchema: unary((_, { schema_id: id }: { schema_id: string }) => {
      const object = org.store.objects.find((one) => one.name.endsWith('__e') && schemaIdOf(one) === id);
      if (object !== undefined) return { schema_json: schemaOf(object), schema_id: id };
      throw new PubSubError(status.NOT_FOUND, `${prefix}.schema.not.found`, 'The schema does not exist.');
    }),
    Subscribe: subscribe,
  });
  const port = await bind(server, settings.port);
  const failAll = (error: PubSubError, concerns: (token: string) => boolean): number => {
    const concerned = [...open].filter(([, token]) => concerns(token));
    concerned.forEach(([subscription]) => {
      open.delete(subscription);
      subscription.fail(error);
    });
    return concerned.length;
  };
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    streams: () => open.size,
    dropStreams: () =>
      failAll(new PubSubError(status.UNAVAILABLE, `${prefix}.service.unavailable`, 'Try again.'), () => true),
    endExpired: () => {
      const error = new PubSubError(status.UNAUTHENTICATED, `${prefix}.service.auth.error`, 'The session is over.');
      failAll(error, (token) => settings.userOfToken(token) === undefined);
    },
    close: () => {
      server.forceShutdown();
      return Promise.resolve();
    },
  };
}

const mayListen = (user: OrgUser, object: ObjectDefinition): boolean =>
  user.permissionSets.some((set) => set.readableObjects.has(object.name));

function bind(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.bindAsync(`127.0.0.1:${port}`, ServerCredentials.createInsecure(), (error, bound) =>
      error === null ? resolve(bound) : reject(error),
    );
  });
}

const toStatus = (error: unknown): PubSubError =>
  error instanceof PubSubError ? error : new PubSubError(status.INTERNAL, `${prefix}.internal`, 'It went wrong.');
