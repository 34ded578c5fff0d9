/** Salesforce's Pub/Sub API over gRPC, as far as the bell needs it. */
import type { Client, ClientDuplexStream, Metadata } from '@grpc/grpc-js';
import { GatewayError } from '../../errors/index.ts';
import type { ErrorCode } from '../../errors/index.ts';
import type { OrgId } from '../../model/index.ts';
import type { Clock, Deadline } from '../../timing/index.ts';
import type { Session } from '../logon.ts';
import { channelTo } from './channel.ts';
import { loadMethods, topicInfo } from './methods.ts';
import type { PubSubMethods } from './methods.ts';

export interface PubSubSettings {
  /** `https://api.pubsub.salesforce.com:7443`; `http:` only for this machine, which the configuration sees to. */
  readonly url: string;
  readonly org: OrgId;
  readonly proxyUrl: string | undefined;
}

export type Subscription = ClientDuplexStream<object, object>;

/** By the names of gRPC's status codes. */
const failures: Readonly<Record<string, ErrorCode>> = {
  UNAUTHENTICATED: 'SALESFORCE_SESSION_EXPIRED',
  PERMISSION_DENIED: 'SALESFORCE_NOT_AUTHORIZED',
  RESOURCE_EXHAUSTED: 'SALESFORCE_LIMIT_REACHED',
  // The topic: no such event, so no package, or another namespace.
  NOT_FOUND: 'PACKAGE_MISSING',
  INVALID_ARGUMENT: 'PACKAGE_MISSING',
};

type Grpc = Pick<typeof import('@grpc/grpc-js'), 'Client' | 'credentials' | 'Metadata' | 'status'>;

/** One channel to the API; gRPC connects when something is asked. */
export class PubSubClient {
  readonly #grpc: Grpc;
  readonly #methods: PubSubMethods;
  readonly #client: Client;
  readonly #org: OrgId;

  private constructor(grpc: Grpc, methods: PubSubMethods, { url, org, proxyUrl }: PubSubSettings) {
    this.#grpc = grpc;
    this.#methods = methods;
    this.#org = org;
    const { target, isEncrypted, options } = channelTo(url, proxyUrl);
    const { createSsl, createInsecure } = grpc.credentials;
    this.#client = new grpc.Client(target, isEncrypted ? createSsl() : createInsecure(), options);
  }

  /** Loads gRPC only now: an agent without a bell does without its 20 MB. */
  static async open(settings: PubSubSettings): Promise<PubSubClient> {
    const [grpc, methods] = await Promise.all([import('@grpc/grpc-js'), loadMethods()]);
    // It would print addresses to standard error; failures are ours to tell.
    grpc.setLogVerbosity(grpc.logVerbosity.NONE);
    return new PubSubClient(grpc, methods, settings);
  }

  subscribe(session: Session): Subscription {
    const { path, requestSerialize, responseDeserialize } = this.#methods.Subscribe;
    return this.#client.makeBidiStreamRequest(path, requestSerialize, responseDeserialize, this.#metadata(session));
  }

  /** Whether this user may listen to the topic. */
  canSubscribe(session: Session, topic: string, deadline: Deadline, clock: Clock): Promise<boolean> {
    const { path, requestSerialize, responseDeserialize } = this.#methods.GetTopic;
    return new Promise((resolve, reject) => {
      const call = this.#client.makeUnaryRequest(
        path,
        requestSerialize,
        responseDeserialize,
        { topic_name: topic },
        this.#metadata(session),
        (error, answer) => {
          cancel();
          if (error !== null) return reject(this.toFailure(error));
          resolve(topicInfo.safeParse(answer).data?.can_subscribe === true);
        },
      );
      const cancel = clock.after(deadline.remainingMs(), () => call.cancel());
    });
  }

  /** The failure that the end of a call stands for; the server's texts are not parsed. */
  toFailure(end: { readonly code: number }): GatewayError {
    const name = this.#grpc.status[end.code] ?? 'an unknown status';
    const reason = `Pub/Sub API: ${name === 'OK' ? 'the stream ended' : name}`;
    return new GatewayError(failures[name] ?? 'SALESFORCE_UNREACHABLE', { reason });
  }

  close(): void {
    this.#client.close();
  }

  #metadata({ accessToken, instanceUrl }: Session): Metadata {
    const metadata = new this.#grpc.Metadata();
    metadata.set('accesstoken', accessToken);
    metadata.set('instanceurl', instanceUrl);
    metadata.set('tenantid', this.#org);
    return metadata;
  }
}
