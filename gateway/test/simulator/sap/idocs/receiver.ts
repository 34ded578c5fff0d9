/** What listens where SAP sends its IDocs: keeps every document as it came, and answers what the test says. */
import { createServer } from 'node:http';
import type { IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Received {
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  /** False when the line dropped before the promised end. */
  readonly isWhole: boolean;
}

export interface Receiver {
  readonly url: string;
  readonly received: readonly Received[];
  /** Resolves when so many documents came, whole or not. */
  arrived(count: number): Promise<void>;
  /** Bodies as UTF-8. */
  texts(): readonly string[];
  /** Bytes of documents, kept or not. */
  bytes(): number;
  /** Answers the next documents so; afterwards 200 again. */
  answer(...statuses: readonly (number | 'silence')[]): void;
  /** What every 200 says. */
  body: string;
  /** False: only counts, for documents that nobody wants in memory. */
  isKeeping: boolean;
  close(): Promise<void>;
}

export async function startReceiver(): Promise<Receiver> {
  const received: Received[] = [];
  const script: (number | 'silence')[] = [];
  const waiting: { readonly count: number; readonly resolve: () => void }[] = [];
  let bytes = 0;
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    let isDone = false;
    const keep = (isWhole: boolean): void => {
      if (isDone) return;
      isDone = true;
      received.push({ headers: request.headers, body: Buffer.concat(chunks), isWhole });
      waiting.filter(({ count }) => received.length >= count).forEach(({ resolve }) => resolve());
    };
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (receiver.isKeeping) chunks.push(chunk);
    });
    request.on('error', () => keep(false));
    request.on('end', () => {
      keep(true);
      const answer = script.shift() ?? 200;
      if (answer !== 'silence') response.writeHead(answer).end(answer === 200 ? receiver.body : '');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const receiver: Receiver = {
    url: `http://127.0.0.1:${port}/idocs`,
    received,
    arrived: (count) =>
      received.length >= count ? Promise.resolve() : new Promise((resolve) => void waiting.push({ count, resolve })),
    texts: () => received.map(({ body }) => body.toString('utf8')),
    bytes: () => bytes,
    answer: (...statuses) => void script.push(...statuses),
    body: 'accepted',
    isKeeping: true,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
  return receiver;
}
