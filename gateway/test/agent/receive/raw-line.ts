/** One connection to a listener, byte by byte: what HTTP libraries would not send, and what they would hide. */
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { until } from '../../flows/stack.ts';

export class RawLine {
  readonly #socket: Socket;
  readonly closed: Promise<void>;
  isClosed = false;
  /** All that was answered so far. */
  text = '';

  constructor(port: number) {
    this.#socket = connect(port, '127.0.0.1');
    this.#socket.on('data', (chunk: Buffer) => (this.text += chunk.toString('latin1')));
    // How a line ends is seen in what was answered.
    this.#socket.on('error', () => undefined);
    this.closed = new Promise((resolve) =>
      this.#socket.on('close', () => {
        this.isClosed = true;
        resolve();
      }),
    );
  }

  send(...pieces: readonly (string | Buffer)[]): void {
    for (const piece of pieces) this.#socket.write(piece);
  }

  /** Resolves once so many answers have begun; their first lines. */
  async answers(count: number): Promise<readonly string[]> {
    await until(
      () => Promise.resolve(this.#firstLines()),
      (lines) => lines.length >= count,
    );
    return this.#firstLines();
  }

  end(): void {
    this.#socket.destroy();
  }

  #firstLines(): readonly string[] {
    return this.text.match(/^HTTP\/1\.1 .*$/gm)?.map((line) => line.trim()) ?? [];
  }
}

/** The lines of one test. */
export class RawLines {
  readonly #lines: RawLine[] = [];

  dial(port: number): RawLine {
    const line = new RawLine(port);
    this.#lines.push(line);
    return line;
  }

  /** Those that the listener has ended. */
  get closed(): readonly RawLine[] {
    return this.#lines.filter(({ isClosed }) => isClosed);
  }

  end(): void {
    for (const line of this.#lines.splice(0)) line.end();
  }
}

/** The head of a document. */
export const head = (...more: readonly string[]): string =>
  ['POST /idocs HTTP/1.1', 'Host: agent', 'Content-Type: text/xml', ...more, '', ''].join('\r\n');

/** A document with its head and its length. */
export const posted = (body: string, ...more: readonly string[]): string =>
  head(`Content-Length: ${Buffer.byteLength(body)}`, ...more) + body;
