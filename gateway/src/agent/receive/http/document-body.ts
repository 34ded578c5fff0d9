/** The body of one request as pieces, with everything that a sender may do wrong on the line. */
import type { IncomingMessage } from 'node:http';
import { GatewayError } from '../../../errors/index.ts';
import { sleep } from '../../../timing/index.ts';
import type { Clock } from '../../../timing/index.ts';
import type { HttpLimits } from './limits.ts';

/** A document's beginning says whether it stands in a SOAP envelope; an XML declaration and a root fit well into it. */
const beginningBytes = 1_024;

export interface BodyParts {
  readonly clock: Clock;
  readonly limits: HttpLimits;
  readonly maxBytes: number;
}

export class DocumentBody {
  readonly #request: IncomingMessage;
  readonly #parts: BodyParts;
  #beginning = Buffer.alloc(0);
  /** How long the sender has kept us waiting; what our own disk takes does not count. */
  #waitedMs = 0;
  bytes = 0;

  constructor(request: IncomingMessage, parts: BodyParts) {
    this.#request = request;
    this.#parts = parts;
  }

  /** The first characters as far as they have come; of UTF-16 without the zeros. */
  get beginning(): string {
    return this.#beginning.toString('latin1').replaceAll('\0', '');
  }

  /** Throws IDOC_TOO_LARGE, IDOC_SENDER_TOO_SLOW, and IDOC_TRUNCATED when the line is cut. */
  async *pieces(): AsyncGenerator<Uint8Array, void, undefined> {
    // The socket must live on for the answer when nobody wants the rest.
    const chunks: AsyncIterator<unknown, unknown> = this.#request.iterator({ destroyOnReturn: false });
    try {
      for (;;) {
        const { done, value } = await this.#next(chunks);
        if (done === true) return;
        // Without a character set a request gives nothing else.
        if (!(value instanceof Uint8Array)) continue;
        this.#count(value);
        yield value;
      }
    } finally {
      // Not waited for: while a piece is awaited it does not end before that comes.
      chunks.return?.().catch(() => undefined);
    }
  }

  /** After the answer: what still comes is dropped for a while, then the line is cut. */
  async discard(): Promise<void> {
    const { clock, limits } = this.#parts;
    const { socket } = this.#request;
    // Node drops by itself only what nobody has begun to read; what is left lying would stop the line, and the next document on it.
    this.#request.on('data', () => undefined);
    if (this.#request.complete || socket.destroyed) return;
    const over = new AbortController();
    const end = (): void => over.abort();
    this.#request.once('end', end);
    socket.once('close', end);
    await sleep(clock, limits.discardMs, over.signal);
    socket.off('close', end);
    if (!over.signal.aborted) socket.destroy();
  }

  async #next(chunks: AsyncIterator<unknown, unknown>): Promise<IteratorResult<unknown, unknown>> {
    const { clock, limits } = this.#parts;
    const startedMs = clock.monotonic();
    const allowedMs = limits.patienceMs + this.bytes / limits.bytesPerMs - this.#waitedMs;
    const late = new AbortController();
    const tooLate = sleep(clock, Math.max(0, Math.min(limits.idleMs, allowedMs)), late.signal).then(() => {
      throw new GatewayError('IDOC_SENDER_TOO_SLOW', { bytes: this.bytes });
    });
    // When the race is over nobody looks at it any more.
    tooLate.catch(() => undefined);
    try {
      return await Promise.race([chunks.next(), tooLate]);
    } catch (error) {
      if (error instanceof GatewayError) throw error;
      throw new GatewayError('IDOC_TRUNCATED', { reason: 'the connection was cut' }, error);
    } finally {
      late.abort();
      this.#waitedMs += clock.monotonic() - startedMs;
    }
  }

  #count(piece: Uint8Array): void {
    this.bytes += piece.byteLength;
    const { maxBytes } = this.#parts;
    if (this.bytes > maxBytes) throw new GatewayError('IDOC_TOO_LARGE', { what: 'bytes', limit: maxBytes });
    if (this.#beginning.length >= beginningBytes) return;
    this.#beginning = Buffer.concat([this.#beginning, piece]).subarray(0, beginningBytes);
  }
}
