/**
 * The journal as the agent holds it: every call is a message to the file's own thread, so that syncing to disk never
 * blocks the thread that serves reads.
 *
 * Calls of one turn, and calls that arrive while a batch is being synced, are committed together: one sync for all.
 */
import { GroupCommit, startFileThread } from '../durable-file/index.ts';
import type { FileThread } from '../durable-file/index.ts';
import { GatewayError } from '../errors/index.ts';
import type { WriteIntent, WriteJournal } from '../ports/index.ts';
import type { Log } from '../telemetry/index.ts';
import type { Clock } from '../timing/index.ts';
import { firstOperation } from './first-operation.ts';
import type { EntryKey, FileSettings, JournalReply, JournalRequest } from './messages.ts';

/** One transaction of this many stays under 10 ms on an ordinary disk. */
const maxBatch = 256;
/** Far more than the agent's own limit of writes under way; beyond it something is wrong, and memory is not the place to queue. */
const maxWaiting = 10_000;

export interface JournalParts {
  readonly clock: Clock;
  readonly log: Log;
}

/** Whatever runs a `JournalFile`: a worker in the product, a scheduler in a simulation. */
export type StartFileThread = (settings: FileSettings) => FileThread<JournalRequest, JournalReply>;

const startWorker: StartFileThread = (settings) => startFileThread(import.meta.url, 'sqlite-worker', settings);

/**
 * Opens the journal file, creating it where there is none. Throws JOURNAL_FAILED with the way out. The file has a
 * thread of its own, unless a simulation brings another.
 */
export async function openSqliteJournal(
  settings: FileSettings,
  parts: JournalParts,
  startThread: StartFileThread = startWorker,
): Promise<WriteJournal> {
  const { clock, log } = parts;
  const thread = new GroupCommit(startThread(settings), {
    failed,
    busy: () => new GatewayError('AGENT_BUSY'),
    onWarning: (reason) => log.warn({ reason }, 'Old journal entries stay for now'),
    maxBatch,
    maxWaiting,
  });
  await thread.opened;
  const unexpected = (reply: JournalReply): GatewayError =>
    failed(reply.kind === 'failed' ? reply.reason : 'answers are out of step');

  return {
    async begin(intent) {
      const own = onlyIntent(intent);
      const nowMs = clock.now();
      const reply = await thread.ask({ kind: 'begin', intent: own, nowMs });
      if (reply.kind !== 'begin') throw unexpected(reply);
      if (!reply.begun) return reply;
      return { begun: true, entry: { ...own, operation: firstOperation(own, reply.asOfMs), createdAtMs: nowMs } };
    },
    async record(intent, operation) {
      const reply = await thread.ask({ kind: 'record', key: onlyKey(intent), operation, nowMs: clock.now() });
      if (reply.kind !== 'record') throw unexpected(reply);
    },
    async find(org, system, id) {
      const reply = await thread.ask({ kind: 'find', key: { org, system, id } });
      if (reply.kind !== 'find') throw unexpected(reply);
      return reply.entry;
    },
    async unfinished(limit) {
      const reply = await thread.ask({ kind: 'unfinished', limit });
      if (reply.kind !== 'unfinished') throw unexpected(reply);
      return reply.entries;
    },
    async replaceContent(intent) {
      const reply = await thread.ask({ kind: 'replace', intent: onlyIntent(intent), nowMs: clock.now() });
      if (reply.kind !== 'replace') throw unexpected(reply);
      return reply.entry;
    },
    async undelivered(org, system, limit) {
      const reply = await thread.ask({ kind: 'undelivered', org, system, limit });
      if (reply.kind !== 'undelivered') throw unexpected(reply);
      return reply.entries;
    },
    async confirm(intent, asOf) {
      const reply = await thread.ask({ kind: 'confirm', key: onlyKey(intent), asOf });
      if (reply.kind !== 'confirm') throw unexpected(reply);
    },
    close: () => thread.close(),
  };
}

const onlyKey = ({ org, system, id }: EntryKey): EntryKey => ({ org, system, id });

/** Callers may pass more than the intent (an entry is one); only its own fields are stored. */
function onlyIntent(intent: WriteIntent): WriteIntent {
  const { kind, contentHash, content, correlationId } = intent;
  return { ...onlyKey(intent), kind, contentHash, content, correlationId };
}

const failed = (reason: string, cause?: unknown): GatewayError => new GatewayError('JOURNAL_FAILED', { reason }, cause);
