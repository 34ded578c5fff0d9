/**
 * Collects what is asked, and sends it to the file's thread batch by batch: requests of one turn, and requests that come while a
 * batch is being synced, are committed together, with one sync for all.
 */
import type { GatewayError } from '../errors/index.ts';
import type { FileThread } from './file-thread.ts';
import type { Failed, FromFileThread } from './messages.ts';

export interface GroupCommitParts<Request> {
  /** What is thrown when the file or its thread cannot be used. */
  readonly failed: (reason: string, cause?: unknown) => GatewayError;
  /** What is thrown when too much waits already. */
  readonly busy: () => GatewayError;
  readonly onWarning: (reason: string) => void;
  /** How much a request weighs; 1 for all where absent. */
  readonly weightOf?: (request: Request) => number;
  /** Weight of one transaction; a single request may weigh more. */
  readonly maxBatch: number;
  /** Weight of all that waits. */
  readonly maxWaiting: number;
}

interface Waiting<Request, Reply> {
  readonly request: Request;
  readonly weight: number;
  readonly resolve: (reply: Reply | Failed) => void;
  readonly reject: (error: GatewayError) => void;
}

export class GroupCommit<Request, Reply> {
  /** Settles once the file is open, or cannot be. */
  readonly opened: Promise<void>;
  readonly #thread: FileThread<Request, Reply>;
  readonly #parts: GroupCommitParts<Request>;
  readonly #ended = Promise.withResolvers<void>();
  #waiting: Waiting<Request, Reply>[] = [];
  #waitingWeight = 0;
  #sent: readonly Waiting<Request, Reply>[] = [];
  #isScheduled = false;
  #isClosing = false;
  /** Set once the thread is gone or was closed; nothing can be asked after that. */
  #failure: GatewayError | undefined;

  constructor(thread: FileThread<Request, Reply>, parts: GroupCommitParts<Request>) {
    this.#thread = thread;
    this.#parts = parts;
    this.opened = new Promise((resolve, reject) => {
      thread.onMessage((message: FromFileThread<Reply>) => {
        if (message.kind === 'open') return resolve();
        if (message.kind === 'open-failed') return reject(parts.failed(message.reason));
        if (message.kind === 'warning') return parts.onWarning(message.reason);
        this.#settle(message.replies);
      });
      thread.onExit((cause) => {
        const failure = parts.failed('its thread has ended', cause);
        reject(failure);
        this.#fail(failure);
        this.#ended.resolve();
      });
    });
  }

  /** The reply is on the disk when it comes. */
  ask(request: Request): Promise<Reply | Failed> {
    if (this.#failure !== undefined) return Promise.reject(this.#failure);
    if (this.#isClosing) return Promise.reject(this.#parts.failed('it is closed'));
    const weight = this.#parts.weightOf?.(request) ?? 1;
    // One that is too heavy by itself must be able to pass some time.
    if (this.#waitingWeight > 0 && this.#waitingWeight + weight > this.#parts.maxWaiting)
      return Promise.reject(this.#parts.busy());
    return new Promise((resolve, reject) => {
      this.#waiting.push({ request, weight, resolve, reject });
      this.#waitingWeight += weight;
      this.#schedule();
    });
  }

  /** What was asked before is still committed. */
  async close(): Promise<void> {
    this.#isClosing = true;
    if (this.#waiting.length === 0 && this.#sent.length === 0) this.#thread.post('close');
    await this.#ended.promise;
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
    this.#sent = this.#nextBatch();
    if (this.#sent.length > 0) return this.#thread.post({ batch: this.#sent.map(({ request }) => request) });
    if (this.#isClosing) this.#thread.post('close');
  }

  #nextBatch(): readonly Waiting<Request, Reply>[] {
    let weight = 0;
    const end = this.#waiting.findIndex((each, index) => {
      weight += each.weight;
      return index > 0 && weight > this.#parts.maxBatch;
    });
    const batch = end === -1 ? this.#waiting : this.#waiting.slice(0, end);
    this.#waiting = end === -1 ? [] : this.#waiting.slice(end);
    for (const each of batch) this.#waitingWeight -= each.weight;
    return batch;
  }

  #settle(replies: readonly (Reply | Failed)[]): void {
    const sent = this.#sent;
    this.#sent = [];
    sent.forEach(({ resolve }, index) => resolve(replies[index] ?? { kind: 'failed', reason: 'no answer' }));
    this.#send();
  }

  #fail(failure: GatewayError): void {
    this.#failure = this.#isClosing ? this.#parts.failed('it is closed') : failure;
    const lost = [...this.#sent, ...this.#waiting];
    this.#sent = [];
    this.#waiting = [];
    this.#waitingWeight = 0;
    for (const { reject } of lost) reject(this.#failure);
  }
}
