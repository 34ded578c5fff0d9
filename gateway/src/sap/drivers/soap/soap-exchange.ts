/** One HTTP exchange with SAP: knows whether a byte may have gone out, reads while the answer arrives, ends in time. */
import type { Dispatcher } from 'undici';
import { GatewayError, toGatewayError } from '../../../errors/index.ts';
import type { Clock, Deadline } from '../../../timing/index.ts';
import { XmlScanner } from './xml-scanner.ts';
import type { XmlHandler } from './xml-scanner.ts';

export interface ExchangeRequest {
  readonly path: string;
  readonly headers: string[];
  readonly body: string;
  readonly maxAnswerBytes: number;
  readonly deadline: Deadline;
  /** Asked last of all, before the first byte: what meanwhile stands in the way, if anything does. */
  readonly obstacle: () => GatewayError | undefined;
}

/** How an exchange ended. `mayHaveRun` is false only when it is certain that SAP got nothing. */
export type Ending =
  | { readonly kind: 'answered'; readonly status: number; readonly isRead: boolean }
  | { readonly kind: 'failed'; readonly error: GatewayError; readonly mayHaveRun: boolean };

/** Statuses whose body is an envelope. */
const isEnvelope = (status: number): boolean => status === 200 || status === 500;
/** What is read of other bodies (error pages) before the connection is given up, in bytes. */
const maxErrorPage = 65_536;

/** Runs one exchange; never rejects. */
export function exchange(
  pool: Dispatcher,
  request: ExchangeRequest,
  reader: XmlHandler,
  clock: Clock,
): Promise<Ending> {
  return new Promise((resolve) => {
    const handler = new ExchangeHandler(request, reader, resolve);
    const stop = clock.after(request.deadline.remainingMs(), () => handler.giveUp(new GatewayError('DEADLINE_PASSED')));
    handler.whenSettled = stop;
    const { path, headers, body } = request;
    pool.dispatch({ path, method: 'POST', headers, body }, handler);
  });
}

class ExchangeHandler implements Dispatcher.DispatchHandler {
  whenSettled: () => void = () => undefined;
  readonly #maxBytes: number;
  readonly #obstacle: ExchangeRequest['obstacle'];
  readonly #scanner: XmlScanner;
  readonly #decoder = new TextDecoder('utf-8', { fatal: true });
  readonly #resolve: (ending: Ending) => void;
  #controller: Dispatcher.DispatchController | undefined;
  #isSettled = false;
  #mayHaveRun = false;
  #status = 0;
  #isXml = false;
  #bytes = 0;

  constructor(request: ExchangeRequest, reader: XmlHandler, resolve: (ending: Ending) => void) {
    this.#maxBytes = request.maxAnswerBytes;
    this.#obstacle = request.obstacle;
    this.#scanner = new XmlScanner(reader);
    this.#resolve = resolve;
  }

  /** Ends the exchange from our side: the deadline has passed, or the answer cannot be used. */
  giveUp(error: GatewayError): void {
    this.#settle({ kind: 'failed', error, mayHaveRun: this.#mayHaveRun });
    this.#controller?.abort(error);
  }

  /** undici is about to write: from here on SAP may have got something. */
  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    // Given up while waiting for a connection: aborting here keeps it from being written at all.
    if (this.#isSettled) return controller.abort(new GatewayError('DEADLINE_PASSED'));
    const obstacle = this.#obstacle();
    if (obstacle !== undefined) return this.giveUp(obstacle);
    this.#mayHaveRun = true;
  }

  onResponseStart(_controller: Dispatcher.DispatchController, status: number, headers: Record<string, unknown>): void {
    this.#status = status;
    this.#isXml = isEnvelope(status) && /\bxml\b/i.test(headerOf(headers, 'content-type'));
    if (!this.#isXml) return;
    const encoding = headerOf(headers, 'content-encoding');
    // None was asked for, so none is undone.
    if (encoding !== '' && encoding !== 'identity')
      this.giveUp(unreadable(`content encoding ${encoding.slice(0, 20)}`));
    if (Number(headerOf(headers, 'content-length')) > this.#maxBytes) this.giveUp(this.#tooLarge());
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.#isSettled) return;
    this.#bytes += chunk.length;
    if (!this.#isXml) return this.#skipPage();
    if (this.#bytes > this.#maxBytes) return this.giveUp(this.#tooLarge());
    this.#guard(() => this.#scanner.write(this.#decode(chunk)));
  }

  onResponseEnd(): void {
    if (this.#isSettled) return;
    if (this.#isXml) this.#guard(() => this.#finish());
    this.#settle({ kind: 'answered', status: this.#status, isRead: this.#isXml });
  }

  onResponseError(_controller: Dispatcher.DispatchController, cause: Error): void {
    const error = new GatewayError('SAP_UNREACHABLE', { reason: errorName(cause) }, cause);
    this.#settle({ kind: 'failed', error, mayHaveRun: this.#mayHaveRun });
  }

  #finish(): void {
    this.#decode(undefined);
    this.#scanner.end();
  }

  #decode(chunk: Buffer | undefined): string {
    try {
      return chunk === undefined ? this.#decoder.decode() : this.#decoder.decode(chunk, { stream: true });
    } catch (cause) {
      throw new GatewayError('SAP_ANSWER_UNREADABLE', { reason: 'not UTF-8' }, cause);
    }
  }

  #skipPage(): void {
    if (this.#bytes > maxErrorPage) {
      this.#settle({ kind: 'answered', status: this.#status, isRead: false });
      this.#controller?.abort(unreadable('an endless error page'));
    }
  }

  #guard(work: () => void): void {
    try {
      work();
    } catch (thrown) {
      this.giveUp(toGatewayError(thrown));
    }
  }

  #settle(ending: Ending): void {
    if (this.#isSettled) return;
    this.#isSettled = true;
    this.whenSettled();
    this.#resolve(ending);
  }

  #tooLarge(): GatewayError {
    return new GatewayError('ANSWER_TOO_LARGE', { maxBytes: this.#maxBytes });
  }
}

function headerOf(headers: Record<string, unknown>, name: string): string {
  const value = headers[name];
  return typeof value === 'string' ? value : '';
}

function unreadable(reason: string): GatewayError {
  return new GatewayError('SAP_ANSWER_UNREADABLE', { reason });
}

/** The system's name for it (`ECONNREFUSED`); never the message, which may hold addresses. */
function errorName(error: Error): string {
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
}
