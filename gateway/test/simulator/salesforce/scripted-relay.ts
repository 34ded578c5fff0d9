/** A relay on a socket that answers what it is told and remembers what it was asked. */
import { createServer } from 'node:http';
import type { IncomingHttpHeaders } from 'node:http';

export interface ReceivedCall {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface ScriptedRelay {
  readonly url: string;
  readonly calls: ReceivedCall[];
  /** What every call is answered from now on; null cuts the connection. */
  answer: { readonly status: number; readonly body: unknown } | null;
  close(): Promise<void>;
}

export async function startScriptedRelay(): Promise<ScriptedRelay> {
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(Buffer.from(chunk));
    const { method = '', url = '', headers } = request;
    relay.calls.push({ method, path: url, headers, body: Buffer.concat(chunks).toString('utf8') });
    if (relay.answer === null) {
      request.socket.destroy();
      return;
    }
    response.writeHead(relay.answer.status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(relay.answer.body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const relay: ScriptedRelay = {
    url: `http://127.0.0.1:${port}`,
    calls: [],
    answer: null,
    close: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
  return relay;
}
