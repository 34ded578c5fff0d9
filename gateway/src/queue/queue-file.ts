/** The queue's file at work: runs each batch as one transaction, so that one sync serves all of it. */
import type { DatabaseSync } from 'node:sqlite';
import { commit, isFull, reasonOf, runTogether } from '../durable-file/index.ts';
import type { ServedFile } from '../durable-file/index.ts';
import { prepareAccept } from './accept-documents.ts';
import { prepareAppliedPaths } from './applied-paths.ts';
import { prepareCheckpoints } from './checkpoints.ts';
import { prepareCounting } from './counts.ts';
import { prepareDesk } from './desk.ts';
import { prepareLook } from './look.ts';
import type { QueueFileSettings, QueueReply, QueueRequest } from './messages.ts';
import { NoRoom } from './no-room.ts';
import { preparePositions } from './positions.ts';
import { queueFormat } from './queue-format.ts';
import { prepareSortIn } from './records.ts';
import { prepareRefusals } from './refused-documents.ts';
import { prepareRetention } from './retention.ts';
import type { Retention } from './retention.ts';
import { prepareRoom } from './room.ts';
import type { Room } from './room.ts';
import { prepareSettle } from './settle-records.ts';
import { prepareTake } from './take-records.ts';
import { prepareTargets } from './targets.ts';
import { prepareTrace } from './trace.ts';
import { prepareTurns } from './turns.ts';

/** Need no transaction. */
const isRead = ({ kind }: QueueRequest): boolean => ['checkpoint', 'refused', 'look'].includes(kind);
/** Ask nothing about records. */
const isOfDocuments = (request: QueueRequest): boolean =>
  isRead(request) || ['accept', 'refuse', 'remember'].includes(request.kind);

export class QueueFile implements ServedFile<QueueRequest, QueueReply> {
  readonly #database: DatabaseSync;
  readonly #settings: QueueFileSettings;
  readonly #answers: Answers;
  readonly #retention: Retention;

  /** `database` comes from `openQueueFile`. */
  constructor(database: DatabaseSync, settings: QueueFileSettings) {
    this.#database = database;
    this.#settings = settings;
    const room = prepareRoom(database, settings.maxBytes);
    this.#answers = prepareAnswers(database, settings, room);
    this.#retention = prepareRetention(database, settings.limits, room);
  }

  /** Replies in the order of the requests; they are on the disk by then. */
  run(requests: readonly QueueRequest[]): readonly QueueReply[] {
    const toFailed = (error: unknown): QueueReply => this.#failed(error);
    return runTogether(this.#database, requests, { ...this.#answers, isRead, toFailed });
  }

  /** Removes what is due; best effort: what cannot be removed today is removed tomorrow. A visitor leaves that to the agent. */
  pruneAfter(requests: readonly QueueRequest[]): string | undefined {
    const timed = requests.find((request) => 'nowMs' in request);
    if (this.#settings.role === 'visitor' || timed === undefined || !('nowMs' in timed)) return undefined;
    try {
      if (this.#retention.isDue(timed.nowMs)) commit(this.#database, () => this.#retention.prune(timed.nowMs));
      return undefined;
    } catch (error) {
      return reasonOf(error, this.#settings.file, queueFormat);
    }
  }

  close(): void {
    this.#database.close();
  }

  #failed(error: unknown): QueueReply {
    if (error instanceof NoRoom) return { kind: 'full', limit: error.limit };
    const reason = reasonOf(error, this.#settings.file, queueFormat);
    return isFull(error) ? { kind: 'full', limit: reason } : { kind: 'failed', reason };
  }
}

interface Answers {
  readonly answer: (request: QueueRequest) => QueueReply;
  readonly onBegin: () => void;
  readonly onEnd: () => void;
}

function prepareAnswers(database: DatabaseSync, { limits }: QueueFileSettings, room: Room): Answers {
  const targets = prepareTargets(database);
  const turns = prepareTurns(database);
  const positions = preparePositions(database);
  const refusals = prepareRefusals(database, { room, limits, positions });
  const checkpoints = prepareCheckpoints(database);
  const accept = prepareAccept(database, { room, refusals, checkpoints, positions, targets });
  const appliedPaths = prepareAppliedPaths(database);
  const take = prepareTake(database, { targets, turns, appliedPaths });
  const settle = prepareSettle(database, { room, targets, turns, appliedPaths });
  const counting = prepareCounting(database, targets);
  const desk = prepareDesk(database, refusals);
  const trace = prepareTrace(database);
  const look = prepareLook(database);
  const sortIn = prepareSortIn(database, positions);

  const answer = (request: QueueRequest): QueueReply => {
    if ('nowMs' in request && !isOfDocuments(request)) sortIn(request.nowMs);
    if (request.kind === 'accept') sortIn(request.nowMs, 'ifMany');
    switch (request.kind) {
      case 'accept':
        return accept(request);
      case 'refuse':
        return { kind: 'refuse', accepted: refusals.keep(request.document, request.nowMs) };
      case 'take':
        return take(request);
      case 'settle':
        return settle(request);
      case 'retry':
        return desk.retry(request);
      case 'discard':
        return desk.discard(request);
      case 'remember':
        return checkpoints.remember(request.checkpoint);
      case 'checkpoint':
        return checkpoints.find(request.name);
      case 'next-due':
        return { kind: 'next-due', dueAtMs: counting.nextDueAtMs(request.org, request.system) };
      case 'counts':
        return { kind: 'counts', counts: counting.counts(request.org, request.system) };
      case 'held':
        return { kind: 'held', held: desk.held(request.limit, request.after) };
      case 'refused':
        return { kind: 'refused', refused: refusals.list(request.limit) };
      case 'trace':
        return { kind: 'trace', traces: trace(request.number, request.limit) };
      case 'look':
        return look();
    }
  };
  const onBegin = (): void => {
    for (const part of [room, positions, targets, refusals, appliedPaths]) part.begin();
  };
  return { answer, onBegin, onEnd: () => positions.end() };
}
