/** A wire to SAP that can go deaf: what is sent arrives, what is answered does not. */
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';

export interface SilentWire {
  readonly url: string;
  /** From now on answers are swallowed; new connections too. */
  goDeaf(): void;
  heal(): void;
  close(): Promise<void>;
}

/** Listens on loopback and carries bytes to and from `target`. */
export async function startSilentWire(target: string): Promise<SilentWire> {
  const { hostname, port } = new URL(target);
  const sockets = new Set<Socket>();
  let isDeaf = false;
  const server = createServer((client) => {
    const upstream = connect(Number(port), hostname);
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('error', () => socket.destroy());
      socket.once('close', () => sockets.delete(socket));
    }
    client.on('data', (chunk) => upstream.write(chunk));
    upstream.on('data', (chunk) => {
      if (!isDeaf) client.write(chunk);
    });
    client.once('close', () => upstream.destroy());
    upstream.once('close', () => {
      if (!isDeaf) client.destroy();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${address.port}`,
    goDeaf: () => void (isDeaf = true),
    heal: () => {
      isDeaf = false;
      for (const socket of sockets) socket.destroy();
    },
    close: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
