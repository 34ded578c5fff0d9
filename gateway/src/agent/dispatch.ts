/**
 * One request of a relay to one call of the executor: collected, verified, let through the gate, answered.
 *
 * 1. Nothing is executed that `verifyCall` has not passed.
 * 2. Every request that is not cancelled is answered exactly once.
 * 3. A read nobody waits for any more is not begun; a write is, because its caller may be following it.
 */
import { GatewayError, toGatewayError } from '../errors/index.ts';
import { toProblem } from '../model/index.ts';
import { readCallHeader, writeAnswerHeader } from '../protocol/index.ts';
import type { CallHeader, Stream, StreamListener } from '../protocol/index.ts';
import { errorFields } from '../telemetry/index.ts';
import { Deadline } from '../timing/index.ts';
import type { Call, Executor } from './call.ts';
import { CallGate } from './call-gate.ts';
import { toJsonBytes } from './json-bytes.ts';
import type { AgentParts, AgentSettings } from './settings.ts';
import { SharedReads } from './shared-reads.ts';
import { verifyCall } from './verify-call.ts';
import type { VerifyCallParts } from './verify-call.ts';

/** The same limits as the relay's, because the relay is not trusted to keep them. */
const maxBodyBytes = 256 * 1024;
const maxAnswerBytes = 8 * 1024 * 1024;

const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** An answer ready to be sent: made once, also when several callers share it. */
interface Answer {
  readonly status: number;
  readonly bytes: Buffer;
  readonly code: string | undefined;
}

export interface DispatchParts extends VerifyCallParts, Pick<AgentParts, 'log'> {
  readonly executor: Executor;
  readonly concurrency: AgentSettings['concurrency'];
}

export class Dispatch {
  readonly #parts: DispatchParts;
  readonly #gate: CallGate;
  readonly #sharedReads = new SharedReads<Answer>();

  constructor(parts: DispatchParts) {
    this.#parts = parts;
    this.#gate = new CallGate(parts.concurrency, parts.clock);
  }

  /** Takes a new request; throws PROTOCOL_VIOLATION for a header that is none. */
  readonly accept = (stream: Stream, headerBytes: Buffer, hasBody: boolean): StreamListener => {
    const header = readCallHeader(headerBytes);
    const deadline = Deadline.in(this.#parts.clock, header.remainingMs);
    const begin = (body: Buffer | undefined): void => void this.#answer(stream, header, body, deadline);
    if (!hasBody) begin(undefined);
    return collectBody(stream, begin);
  };

  async #answer(stream: Stream, header: CallHeader, body: Buffer | undefined, deadline: Deadline): Promise<void> {
    const answer = await this.#execute(stream, header, body, deadline).catch((thrown: unknown) =>
      this.#toFailure(toGatewayError(thrown), header),
    );
    const { status, bytes, code } = answer;
    stream.answer(writeAnswerHeader({ status, length: bytes.length, code }), bytes);
  }

  async #execute(stream: Stream, header: CallHeader, body: Buffer | undefined, deadline: Deadline): Promise<Answer> {
    const call = await verifyCall(this.#parts, header, body, deadline);
    if (call.idempotencyKey !== undefined) return this.#gate.run(deadline, () => this.#run(call));
    const reader = { call, isWaiting: () => !stream.isOver };
    return this.#sharedReads.share(reader, (isWanted) =>
      this.#gate.run(deadline, () => {
        if (!isWanted()) throw new GatewayError('CONNECTION_LOST');
        return this.#run(call);
      }),
    );
  }

  async #run(call: Call): Promise<Answer> {
    if (call.deadline.hasPassed) throw new GatewayError('DEADLINE_PASSED');
    const reply = await this.#parts.executor.execute(call);
    const bytes = await toJsonBytes(reply.body, nextTurn);
    if (bytes.length > maxAnswerBytes) throw new GatewayError('ANSWER_TOO_LARGE', { maxBytes: maxAnswerBytes });
    return { status: reply.status, bytes, code: undefined };
  }

  #toFailure(error: GatewayError, header: CallHeader): Answer {
    const { log } = this.#parts;
    const facts = { correlationId: header.correlationId, operation: header.operation, ...errorFields(error) };
    if (error.code === 'INTERNAL') log.error(facts, 'A call failed inside the agent');
    else log.info(facts, 'A call was not answered');
    const bytes = Buffer.from(JSON.stringify(toProblem(error, header.correlationId)));
    return { status: error.status, bytes, code: error.code };
  }
}

/** Collects a request's body, up to the limit, and then begins. */
function collectBody(stream: Stream, begin: (body: Buffer) => void): StreamListener {
  const chunks: Buffer[] = [];
  let bytes = 0;
  return {
    onHeader: () => undefined,
    onData: (chunk, isEnd) => {
      bytes += chunk.length;
      if (bytes > maxBodyBytes) throw new GatewayError('PROTOCOL_VIOLATION', { reason: 'body too large' });
      chunks.push(chunk);
      stream.consume(chunk.length);
      if (isEnd) begin(Buffer.concat(chunks));
    },
    onCancel: () => undefined,
    onLost: () => undefined,
  };
}
