/** The queue desk: looks into the org's outbox and changes it as a person at the command line asks. */
import type { z } from 'zod';
import { GatewayError } from '../errors/index.ts';
import { requestStates } from '../model/index.ts';
import type { RequestState } from '../model/index.ts';
import type { Deadline } from '../timing/index.ts';
import { unreadable } from './exchange.ts';
import type { PackageNamespace } from './package-namespace.ts';
import { queueChanges, queuePage, shownRequest } from './queue-wire.ts';
import type { QueueChange, QueuePage, ShownRequest } from './queue-wire.ts';
import type { RestClient } from './rest-client.ts';

/** The contract takes so many at once. */
export const maxQueueIds = 200;

export interface QueueQuestion {
  readonly system?: string | undefined;
  /** All where empty. */
  readonly states: readonly RequestState[];
  readonly after: string | null;
  /** 1 to 200. */
  readonly limit: number;
}

export interface QueueDesk {
  list(question: QueueQuestion, deadline: Deadline): Promise<QueuePage>;
  /** By key or by name (`SR-000012`); throws REQUEST_UNKNOWN. */
  show(id: string, deadline: Deadline): Promise<ShownRequest>;
  retry(ids: readonly string[], deadline: Deadline): Promise<readonly QueueChange[]>;
  hold(ids: readonly string[], why: QueueReason, deadline: Deadline): Promise<readonly QueueChange[]>;
  discard(ids: readonly string[], why: QueueReason, deadline: Deadline): Promise<readonly QueueChange[]>;
}

export interface QueueReason {
  readonly reason: string;
  /** Who asks, as the org shows it; at most 80 characters. */
  readonly by: string;
}

export class ApexQueueDesk implements QueueDesk {
  readonly #client: RestClient;
  readonly #namespace: PackageNamespace;

  constructor(client: RestClient, namespace: PackageNamespace) {
    this.#client = client;
    this.#namespace = namespace;
  }

  async list({ system, states, after, limit }: QueueQuestion, deadline: Deadline): Promise<QueuePage> {
    const chosen = states.length === 0 ? requestStates : states;
    const question = { action: 'list', system: system ?? null, states: chosen, after, limit };
    return read(queuePage, await this.#ask(question, deadline));
  }

  async show(id: string, deadline: Deadline): Promise<ShownRequest> {
    const { request } = read(shownRequest, await this.#ask({ action: 'show', id }, deadline));
    if (request === null) throw new GatewayError('REQUEST_UNKNOWN', { request: id });
    return request;
  }

  retry(ids: readonly string[], deadline: Deadline): Promise<readonly QueueChange[]> {
    return this.#change({ action: 'retry', ids }, deadline);
  }

  hold(ids: readonly string[], why: QueueReason, deadline: Deadline): Promise<readonly QueueChange[]> {
    return this.#change({ action: 'hold', ids, ...why }, deadline);
  }

  discard(ids: readonly string[], why: QueueReason, deadline: Deadline): Promise<readonly QueueChange[]> {
    return this.#change({ action: 'discard', ids, ...why }, deadline);
  }

  async #change(question: object, deadline: Deadline): Promise<readonly QueueChange[]> {
    return read(queueChanges, await this.#ask(question, deadline)).results;
  }

  async #ask(question: object, deadline: Deadline): Promise<unknown> {
    const path = await this.#namespace.apexPath('queue', deadline);
    return this.#client.call({ method: 'POST', path, body: question }, deadline);
  }
}

function read<Schema extends z.ZodType>(schema: Schema, body: unknown): z.infer<Schema> {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  throw unreadable("the queue desk's words");
}
