/** A relay in wrong hands: welcomes any agent and sends it whatever the test wants. */
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';
import type { WebSocket } from 'ws';
import { Session } from '../../src/protocol/index.ts';
import { systemClock } from '../../src/timing/index.ts';

export interface HostileAnswer {
  readonly header: Record<string, unknown>;
  readonly body: Record<string, unknown>;
}

export class HostileRelay {
  readonly #server = new WebSocketServer({ host: '127.0.0.1', port: 0, path: '/agent' });
  readonly #socket: Promise<WebSocket>;
  readonly #session: Promise<Session>;

  constructor() {
    this.#socket = once(this.#server, 'connection').then(([socket]: WebSocket[]) => {
      if (socket === undefined) throw new Error('no connection');
      return socket;
    });
    this.#session = this.#socket.then(async (socket) => {
      socket.send(JSON.stringify({ type: 'challenge', versions: { current: 1, oldest: 1 }, nonce: 'n'.repeat(40) }));
      await once(socket, 'message');
      socket.send(JSON.stringify({ type: 'welcome', version: 1 }));
      return new Session(socket, {
        side: 'relay',
        clock: systemClock,
        onGoAway: () => undefined,
        onEnd: () => undefined,
      });
    });
  }

  static async listening(): Promise<HostileRelay> {
    const relay = new HostileRelay();
    await once(relay.#server, 'listening');
    return relay;
  }

  get url(): string {
    // A listening TCP server has an address with a port.
    const address = this.#server.address() as AddressInfo;
    return `ws://127.0.0.1:${address.port}`;
  }

  /** Sends a call of the test's making and resolves with the agent's answer. */
  async call(header: unknown, body?: Buffer): Promise<HostileAnswer> {
    const session = await this.#session;
    return new Promise((resolve, reject) => {
      let answerHeader = '';
      const chunks: Buffer[] = [];
      session.open(JSON.stringify(header), body, {
        onHeader: (bytes) => (answerHeader = bytes.toString()),
        onData: (chunk, isEnd) => {
          chunks.push(Buffer.from(chunk));
          if (isEnd) resolve({ header: parse(answerHeader), body: parse(Buffer.concat(chunks).toString()) });
        },
        onCancel: () => reject(new Error('cancelled')),
        onLost: reject,
      });
    });
  }

  /** Sends bytes of the test's making; resolves with the code the agent hangs up with. */
  async sendRaw(bytes: Buffer): Promise<number> {
    await this.#session;
    const socket = await this.#socket;
    const closed = once(socket, 'close');
    socket.send(bytes);
    const [code]: unknown[] = await closed;
    return Number(code);
  }

  async close(): Promise<void> {
    for (const socket of this.#server.clients) socket.terminate();
    await new Promise<void>((resolve) => {
      this.#server.close(() => resolve());
    });
  }
}

function parse(text: string): Record<string, unknown> {
  return { ...(JSON.parse(text) as object) };
}
