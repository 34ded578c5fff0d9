/** Asks the file's thread, and gives the reply of the same kind or throws: QUEUE_FULL for what finds no room, QUEUE_FAILED for the rest. */
import type { GroupCommit } from '../durable-file/index.ts';
import { GatewayError } from '../errors/index.ts';
import type { Clock } from '../timing/index.ts';
import type { QueueReply, QueueRequest } from './messages.ts';

type Kinds = QueueReply['kind'] & QueueRequest['kind'];

export const failed = (reason: string, cause?: unknown): GatewayError =>
  new GatewayError('QUEUE_FAILED', { reason }, cause);
export const full = (limit: string): GatewayError => new GatewayError('QUEUE_FULL', { limit });

/** Each request has a reply of its own kind. */
export function askOf(thread: GroupCommit<QueueRequest, QueueReply>) {
  return async <Kind extends Kinds>(
    request: QueueRequest & { readonly kind: Kind },
  ): Promise<Extract<QueueReply, { kind: Kind }>> => {
    const kind: Kind = request.kind;
    const reply = await thread.ask(request);
    if (isReply(kind, reply)) return reply;
    if (reply.kind === 'failed') throw failed(reply.reason);
    if (reply.kind !== 'full') throw failed('answers are out of step');
    // Only what brings something new can find the queue full; for all else it is a disk without space.
    throw kind === 'accept' || kind === 'refuse' ? full(reply.limit) : failed(reply.limit);
  };
}

/** What the calls of the port are made of. */
export interface Asking {
  readonly ask: ReturnType<typeof askOf>;
  readonly clock: Clock;
  /** To be called when something may be due. */
  readonly tell: () => void;
}

const isReply = <Kind extends Kinds>(kind: Kind, reply: QueueReply): reply is Extract<QueueReply, { kind: Kind }> =>
  reply.kind === kind;
