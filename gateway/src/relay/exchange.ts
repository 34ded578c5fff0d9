/**
 * One call on its way through an agent's session: the answer's bytes go to the client as they come, unread.
 *
 * 1. `done` settles exactly once: resolved when the client has its answer or has left, rejected with a failure
 *    that the caller of `exchange` still has to answer.
 * 2. What the client takes slowly is granted slowly: nothing collects here.
 * 3. A write that was handed to an agent and got no answer is SAP_OUTCOME_UNKNOWN, never a failure that invites a
 *    fresh one.
 */
import type { ServerResponse } from 'node:http';
import { GatewayError, toGatewayError } from '../errors/index.ts';
import type { ErrorCode } from '../errors/index.ts';
import { readAnswerHeader } from '../protocol/index.ts';
import type { AnswerHeader, Session, Stream, StreamListener } from '../protocol/index.ts';
import type { Clock } from '../timing/index.ts';
import { writeHead } from './http-answer.ts';

export interface ExchangeOptions {
  readonly session: Session;
  readonly header: string;
  readonly body: Buffer | undefined;
  readonly effect: 'read' | 'write';
  readonly remainingMs: number;
  readonly correlationId: string;
  readonly maxAnswerBytes: number;
  readonly clock: Clock;
  /** Asked when this agent did not take the call: whether another one may be asked instead. */
  readonly mayAskAnother: () => boolean;
}

/** What an exchange ended with: the catalogue code of the agent's problem document, if it sent one. */
export interface ExchangeOutcome {
  readonly status: number;
  readonly code: string | undefined;
  /** The client was told nothing: this agent did not take the call, and another one may. */
  readonly isDeclined?: boolean;
}

/** With these an agent says that it has begun nothing, and that another one may do it. */
const declinedCodes: ReadonlySet<string> = new Set<ErrorCode>(['AGENT_STANDBY', 'AGENT_DRAINING', 'AGENT_BUSY']);

/** Carries the call out and the answer back; throws what the client has not been told. */
export function exchange(response: ServerResponse, options: ExchangeOptions): Promise<ExchangeOutcome> {
  return new Promise((resolve, reject) => {
    new Exchange(response, options, resolve, reject).begin();
  });
}

class Exchange implements StreamListener {
  readonly #response: ServerResponse;
  readonly #options: ExchangeOptions;
  readonly #resolve: (outcome: ExchangeOutcome) => void;
  readonly #reject: (failure: GatewayError) => void;
  #stream: Stream | undefined;
  #answer: AnswerHeader | undefined;
  #receivedBytes = 0;
  /** Received, and waiting in the client's socket. */
  #pendingBytes = 0;
  #waitsForDrain = false;
  #isOver = false;
  #cancelTimer: () => void = () => undefined;
  readonly #onClientGone = (): void => this.#leave();

  constructor(
    response: ServerResponse,
    options: ExchangeOptions,
    resolve: (outcome: ExchangeOutcome) => void,
    reject: (failure: GatewayError) => void,
  ) {
    this.#response = response;
    this.#options = options;
    this.#resolve = resolve;
    this.#reject = reject;
  }

  begin(): void {
    const { session, header, body, clock, remainingMs } = this.#options;
    // Throws before anything was sent: that failure may be repeated, whatever the call is.
    this.#stream = session.open(header, body, this);
    this.#cancelTimer = clock.after(remainingMs, () => this.#fail(new GatewayError('DEADLINE_PASSED')));
    // Gone already, while its token was verified or its body read: no event will tell.
    if (this.#response.destroyed) this.#leave();
    else this.#response.on('close', this.#onClientGone);
  }

  onHeader(header: Buffer, isEnd: boolean): void {
    this.#guard(() => {
      const answer = readAnswerHeader(header);
      if (isEnd !== (answer.length === 0)) throw violation('length of the answer');
      const { maxAnswerBytes } = this.#options;
      if (answer.length > maxAnswerBytes)
        return this.#fail(new GatewayError('ANSWER_TOO_LARGE', { maxBytes: maxAnswerBytes }));
      if (answer.code !== undefined && declinedCodes.has(answer.code) && this.#options.mayAskAnother()) {
        return this.#decline(answer);
      }
      this.#answer = answer;
      if (!isEnd) return;
      this.#writeHead(answer);
      this.#finish(undefined);
    });
  }

  onData(chunk: Buffer, isEnd: boolean): void {
    if (this.#isOver) return;
    this.#guard(() => {
      const answer = this.#answer;
      if (answer === undefined) throw violation('data before the answer');
      this.#receivedBytes += chunk.length;
      if (this.#receivedBytes > answer.length || isEnd !== (this.#receivedBytes === answer.length)) {
        throw violation('length of the answer');
      }
      if (!this.#response.headersSent) this.#writeHead(answer);
      if (isEnd) return this.#finish(chunk);
      this.#forward(chunk);
    });
  }

  onCancel(): void {
    this.#fail(new GatewayError('CONNECTION_LOST'));
  }

  onLost(failure: GatewayError): void {
    this.#fail(failure);
  }

  #writeHead(answer: AnswerHeader): void {
    const { status, length, code } = answer;
    const { correlationId } = this.#options;
    writeHead(this.#response, { status, length, correlationId, isProblem: code !== undefined });
  }

  #forward(chunk: Buffer): void {
    this.#pendingBytes += chunk.length;
    if (this.#response.write(chunk)) return this.#consume();
    // One listener for all pieces that arrive meanwhile: Node warns of a leak at eleven.
    if (this.#waitsForDrain) return;
    this.#waitsForDrain = true;
    this.#response.once('drain', () => {
      this.#waitsForDrain = false;
      this.#consume();
    });
  }

  #consume(): void {
    const bytes = this.#pendingBytes;
    this.#pendingBytes = 0;
    this.#stream?.consume(bytes);
  }

  #finish(lastChunk: Buffer | undefined): void {
    const answer = this.#answer;
    if (!this.#endOnce() || answer === undefined) return;
    this.#response.end(lastChunk);
    this.#resolve({ status: answer.status, code: answer.code });
  }

  /** What follows of the answer is a short problem document, which nobody reads. */
  #decline({ status, code }: AnswerHeader): void {
    if (this.#endOnce()) this.#resolve({ status, code, isDeclined: true });
  }

  /** The client hung up: a read is called off, a write goes on, because it may be in SAP already. */
  #leave(): void {
    if (!this.#endOnce()) return;
    if (this.#options.effect === 'read') this.#stream?.cancel();
    this.#resolve({ status: 499, code: 'CLIENT_GONE' });
  }

  #fail(failure: GatewayError): void {
    if (!this.#endOnce()) return;
    const isUnknown = this.#options.effect === 'write';
    if (!isUnknown) this.#stream?.cancel();
    this.#reject(isUnknown ? new GatewayError('SAP_OUTCOME_UNKNOWN', {}, failure) : failure);
  }

  /** A broken answer fails this call here, and then the session it came on. */
  #guard(work: () => void): void {
    try {
      work();
    } catch (thrown) {
      this.#fail(toGatewayError(thrown));
      throw thrown;
    }
  }

  #endOnce(): boolean {
    if (this.#isOver) return false;
    this.#isOver = true;
    this.#cancelTimer();
    this.#response.off('close', this.#onClientGone);
    return true;
  }
}

function violation(reason: string): GatewayError {
  return new GatewayError('PROTOCOL_VIOLATION', { reason });
}
