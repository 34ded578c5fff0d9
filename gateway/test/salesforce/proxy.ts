/** An HTTP proxy that knows CONNECT and asks for a password. */
import { createServer } from 'node:http';
import { connect } from 'node:net';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';

export interface TestProxy {
  readonly url: string;
  /** Hosts and ports it was asked for. */
  readonly targets: string[];
  close(): Promise<void>;
}

export async function proxyWith(password: string, offered = password): Promise<TestProxy> {
  const targets: string[] = [];
  const sockets = new Set<Duplex>();
  const server = createServer();
  server.on('connect', (request, socket) => {
    const expected = `Basic ${Buffer.from(`gangway:${password}`).toString('base64')}`;
    if (request.headers['proxy-authorization'] !== expected) {
      socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n');
      return;
    }
    targets.push(request.url ?? '');
    sockets.add(socket);
    const [host = '', port = ''] = (request.url ?? '').split(':');
    const outgoing = connect(Number(port), host, () => socket.write('HTTP/1.1 200 OK\r\n\r\n'));
    outgoing.pipe(socket).pipe(outgoing);
    outgoing.on('error', () => socket.destroy());
    socket.on('error', () => outgoing.destroy());
    socket.on('close', () => outgoing.destroy());
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  // A listening TCP server has an address with a port.
  const { port } = server.address() as AddressInfo;
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
      // Tunnels are the server's no more.
      for (const socket of sockets) socket.destroy();
    });
  return { url: `http://gangway:${encodeURIComponent(offered)}@127.0.0.1:${port}`, targets, close };
}
