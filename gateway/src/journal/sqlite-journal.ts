/**
 * The journal as the agent holds it: every call is a message to the file's own thread, so that syncing to disk never
 * blocks the thread that serves reads.
 *
 * Calls of one turn, and calls that arrive while a batch is being synced, are committed together: one sync for all.
 */
import { GatewayError } from '../errors/index.ts';
import type { WriteIntent, WriteJournal } from '../ports/index.ts';
import type { Log } from '../telemetry/index.ts';
import type { Clock } from '../timing/index.ts';
import { firstOperation } from './first-operation.ts';
import { startWorker } from './file-thread.ts';
import type { FileThread, StartFileThread } from './file-thread.ts';
import type { EntryKey, FileSettings, FromFileThread, JournalReply, JournalRequest } from './messages.ts';

/** One transaction of this many stays under 10 ms on an ordinary disk. */
const maxBatch = 256;
/** Far more than the agent's own limit of writes under way; beyond it something is wrong, and memory is not the place to queue. */
const maxWaiting = 10_000;

export interface JournalParts {
  readonly clock: Clock;
  readonly log: Log;
}

interface Waiting {
  readonly request: JournalRequest;
  readonly resolve: (reply: JournalReply) => void;
  readonly reject: (error: GatewayError) => void;
}

/**
 * Opens the journal file, creating it where there is none. Throws JOURNAL_FAILED with the way out. The file has a
 * thread of its own, unless a simulation brings another.
 */
export async function openSqliteJournal(
  settings: FileSettings,
  parts: JournalParts,
  startThread: StartFileThread = startWorker,
): Promise<WriteJournal> {
  const thread = new Batches(startThread(settings), parts.log);
  await thread.opened;
  const { clock } = parts;
  const unexpected = (reply: JournalReply): GatewayError =>
    new GatewayError('JOURNAL_FAILED', { reason: reply.kind === 'failed' ? reply.reason : 'answers are out of step' });

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

/** Collects what is asked, and sends it to the file's thread batch by batch. */
class Batches {
  readonly opened: Promise<void>;
  readonly #thread: FileThread;
  readonly #ended: Promise<void>;
  #waiting: Waiting[] = [];
  #sent: readonly Waiting[] = [];
  #isScheduled = false;
  #isClosing = false;
  /** Set once the thread is gone or was closed; nothing can be journaled after that. */
  #failure: GatewayError | undefined;

  constructor(thread: FileThread, log: Log) {
    this.#thread = thread;
    const ended = Promise.withResolvers<void>();
    this.#ended = ended.promise;
    this.opened = new Promise((resolve, reject) => {
      thread.onMessage((message: FromFileThread) => {
        if (message.kind === 'open') return resolve();
        if (message.kind === 'open-failed') return reject(failed(message.reason));
        if (message.kind === 'warning') return log.warn({ reason: message.reason }, 'Old journal entries stay for now');
        this.#settle(message.replies);
      });
      thread.onExit((cause) => {
        const failure = failed('its thread has ended', cause);
        reject(failure);
        this.#fail(failure);
        ended.resolve();
      });
    });
  }

  ask(request: JournalRequest): Promise<JournalReply> {
    if (this.#failure !== undefined) return Promise.reject(this.#failure);
    if (this.#isClosing) return Promise.reject(failed('it is closed'));
    if (this.#waiting.length >= maxWaiting) return Promise.reject(new GatewayError('AGENT_BUSY'));
    return new Promise((resolve, reject) => {
      this.#waiting.push({ request, resolve, reject });
      this.#schedule();
    });
  }

  /** What was asked before is still committed. */
  async close(): Promise<void> {
    this.#isClosing = true;
    if (this.#waiting.length === 0 && this.#sent.length === 0) this.#thread.post('close');
    await this.#ended;
  }

  #schedule(): void {
    if (this.#isScheduled || this.#sent.length > 0) return;
    this.#isScheduled = true;
    queueMicrotask(() => {
      this.#isScheduled = false;
      this.#send();
    });
  }

  #send(): void {
    this.#sent = this.#waiting.slice(0, maxBatch);
    this.#waiting = this.#waiting.slice(maxBatch);
    if (this.#sent.length > 0) return this.#thread.post({ batch: this.#sent.map(({ request }) => request) });
    if (this.#isClosing) this.#thread.post('close');
  }

  #settle(replies: readonly JournalReply[]): void {
    const sent = this.#sent;
    this.#sent = [];
    sent.forEach(({ resolve }, index) => resolve(replies[index] ?? { kind: 'failed', reason: 'no answer' }));
    this.#send();
  }

  #fail(failure: GatewayError): void {
    this.#failure = this.#isClosing ? failed('it is closed') : failure;
    const lost = [...this.#sent, ...this.#waiting];
    this.#sent = [];
    this.#waiting = [];
    for (const { reject } of lost) reject(this.#failure);
  }
}

const failed = (reason: string, cause?: unknown): GatewayError => new GatewayError('JOURNAL_FAILED', { reason }, cause);
