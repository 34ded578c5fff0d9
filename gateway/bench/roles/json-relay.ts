/**
 * The other yardstick: the least that can be called a relay. JSON in JSON over one WebSocket, no checks at all; its
 * agent makes the same SOAP call and reads it with the same SAP room.
 */
import { createServer } from 'node:http';
import type { ServerResponse } from 'node:http';
import { WebSocket, WebSocketServer } from 'ws';
import { customerNumber } from '../../src/model/index.ts';
import { Deadline, systemClock } from '../../src/timing/index.ts';
import { portOf } from './child.ts';
import { openBenchSap } from './gangway-agent.ts';

interface Message {
  readonly id: number;
  readonly path?: string;
  readonly body?: unknown;
}

/** The HTTP side. */
export async function startJsonRelay(): Promise<{ readonly url: string }> {
  let agent: WebSocket | undefined;
  let lastId = 0;
  const waiting = new Map<number, ServerResponse>();
  const server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
    lastId += 1;
    waiting.set(lastId, response);
    agent?.send(JSON.stringify({ id: lastId, path: request.url }));
  });
  new WebSocketServer({ server, perMessageDeflate: false }).on('connection', (socket) => {
    agent = socket;
    socket.on('message', (text) => {
      const { id, body } = read(text);
      const response = waiting.get(id);
      waiting.delete(id);
      response?.writeHead(200, { 'content-type': 'application/json' });
      response?.end(JSON.stringify(body));
    });
  });
  return { url: `http://127.0.0.1:${await portOf(server)}` };
}

/** The SAP side. */
export async function startJsonAgent(relayUrl: string, sapUrl: string): Promise<void> {
  const sap = openBenchSap(sapUrl);
  const socket = new WebSocket(relayUrl.replace('http', 'ws'), { perMessageDeflate: false });
  socket.on('message', (text) => {
    const { id, path = '' } = read(text);
    const number = customerNumber.parse(path.split('/')[3]);
    void sap.readCredit(number, Deadline.in(systemClock, 20_000)).then((body) => {
      socket.send(JSON.stringify({ id, body }));
    });
  });
  await new Promise((resolve) => socket.once('open', resolve));
}

function read(text: unknown): Message {
  // Both ends of this wire are in this file.
  return JSON.parse(String(text)) as Message;
}
