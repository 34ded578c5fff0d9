/** A relay on a socket that answers what it is told and remembers what it was asked. */
import { createServer } from 'node:http';
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';

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
  const answerCall = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await text(request);
    const { method = '', url = '', headers } = request;
    relay.calls.push({ method, path: url, headers, body });
    if (relay.answer === null) {
      request.socket.destroy();
      return;
    }
    response.writeHead(relay.answer.status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(relay.answer.body));
  };
  const server = createServer((request, response) => void answerCall(request, response));
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
