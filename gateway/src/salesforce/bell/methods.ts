/** The two calls of the Pub/Sub API that the bell makes, as the .proto beside this file describes them. */
import { fileURLToPath } from 'node:url';
import type { MethodDefinition } from '@grpc/proto-loader';
import { z } from 'zod';
import { GatewayError } from '../../errors/index.ts';

export type PubSubMethod = MethodDefinition<object, object>;
export type PubSubMethods = Readonly<Record<'Subscribe' | 'GetTopic', PubSubMethod>>;

/** What comes on the stream: some events, which nobody reads, and how many more may come. */
export const fetchResponse = z.object({ events: z.array(z.unknown()).default([]) });

/** What is said about a topic. */
export const topicInfo = z.object({ can_subscribe: z.boolean().default(false) });

/** Beside this file in a clone and in what is built: the build copies what is no TypeScript. */
const protoFile = new URL('./pub-sub.proto', import.meta.url);

export async function loadMethods(): Promise<PubSubMethods> {
  const { load } = await import('@grpc/proto-loader');
  const definition = await load(fileURLToPath(protoFile), { keepCase: true, defaults: true, enums: String });
  const service = definition['eventbus.v1.PubSub'];
  const { Subscribe, GetTopic } = isService(service) ? service : {};
  if (Subscribe === undefined || GetTopic === undefined)
    throw new GatewayError('INTERNAL', { reason: 'pub-sub.proto lacks a method' });
  return { Subscribe, GetTopic };
}

type Service = Readonly<Record<string, PubSubMethod>>;

/** Messages and enumerations have a format; only services have none. */
const isService = (found: object | undefined): found is Service => found !== undefined && !('format' in found);
