/**
 * The journal as the agent holds it: every call is a message to the file's own thread, so that syncing to disk never
 * blocks the thread that serves reads.
 *
 * Calls of one turn, and calls that arrive while a batch is being synced, are committed together: one sync for all.
 */
import { Worker } from 'node:worker_threads';
import { GatewayError } from '../errors/index.ts';
import type { WriteIntent, WriteJournal } from '../ports/index.ts';
import type { Log } from '../telemetry/index.ts';
import type { Clock } from '../timing/index.ts';
import type { EntryKey, FileSettings, FromFileThread, JournalReply, JournalRequest, ToFileThread } from './messages.ts';

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

/** Opens the journal file, creating it where there is none. Throws JOURNAL_FAILED with the way out. */
export async function openSqliteJournal(settings: FileSettings, parts: JournalParts): Promise<WriteJournal> {
  const thread = new FileThread(settings, parts.log);
  await thread.opened;
  const { clock } = parts;
  const unexpected = (reply: JournalReply): GatewayError =>
    new GatewayError('JOURNAL_FAILED', { reason: reply.kind === 'failed' ? reply.reason : 'answers are out of step' });

  return {
    async begin(intent) {
      const reply = await thread.ask({ kind: 'begin', intent: onlyIntent(intent), nowMs: clock.now() });
      if (reply.kind !== 'begin') throw unexpected(reply);
      return { begun: reply.begun, entry: reply.entry };
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
    close: () => thread.close(),
  };
}

const onlyKey = ({ org, system, id }: EntryKey): EntryKey => ({ org, system, id });

/** Callers may pass more than the intent (an entry is one); only its own fields are stored. */
function onlyIntent(intent: WriteIntent): WriteIntent {
  const { kind, contentHash, content, correlationId } = intent;
  return { ...onlyKey(intent), kind, contentHash, content, correlationId };
}

class FileThread {
  readonly opened: Promise<void>;
  readonly #thread: Worker;
  readonly #ended: Promise<void>;
  #waiting: Waiting[] = [];
  #sent: readonly Waiting[] = [];
  #isScheduled = false;
  #isClosing = false;
  /** Set once the thread is gone or was closed; nothing can be journaled after that. */
  #failure: GatewayError | undefined;

  constructor(settings: FileSettings, log: Log) {
    // The same file name in the sources (.ts) and in what operators install (.js).
    const extension = import.meta.url.slice(import.meta.url.lastIndexOf('.'));
    const file = new URL(`./sqlite-worker${extension}`, import.meta.url);
    // Without the program's own Node options: some (--input-type) do not fit a thread that runs a file.
    this.#thread = new Worker(file, { workerData: settings, execArgv: [] });
    this.#ended = new Promise((resolve) => this.#thread.once('exit', () => resolve()));
    this.opened = new Promise((resolve, reject) => {
      this.#thread.on('message', (message: FromFileThread) => {
        if (message.kind === 'open') return resolve();
        if (message.kind === 'open-failed') return reject(failed(message.reason));
        if (message.kind === 'warning') return log.warn({ reason: message.reason }, 'Old journal entries stay for now');
        this.#settle(message.replies);
      });
      const lose = (cause?: unknown): void => {
        const failure = failed('its thread has ended', cause);
        reject(failure);
        this.#fail(failure);
      };
      this.#thread.once('error', lose);
      this.#thread.once('exit', () => lose());
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
    if (this.#waiting.length === 0 && this.#sent.length === 0) this.#post('close');
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
    if (this.#sent.length > 0) return this.#post({ batch: this.#sent.map(({ request }) => request) });
    if (this.#isClosing) this.#post('close');
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

  #post(message: ToFileThread): void {
    this.#thread.postMessage(message);
  }
}

const failed = (reason: string, cause?: unknown): GatewayError => new GatewayError('JOURNAL_FAILED', { reason }, cause);
