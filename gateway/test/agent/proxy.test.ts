/** The agent's way out where only a proxy may leave the network. */
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import { connect } from 'node:net';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, it } from '@jest/globals';
import { echo, executorOf, House } from '../relay/house.ts';

const house = new House();
afterEach(() => house.close());

/** An HTTP proxy that knows CONNECT and asks for a password. */
async function proxyWith(password: string): Promise<{ url: string; targets: string[]; close(): Promise<void> }> {
  const targets: string[] = [];
  const server: Server = createServer();
  server.on('connect', (request, socket) => {
    const expected = `Basic ${Buffer.from(`gangway:${password}`).toString('base64')}`;
    if (request.headers['proxy-authorization'] !== expected) {
      socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n');
      return;
    }
    targets.push(request.url ?? '');
    const [host = '', port = ''] = (request.url ?? '').split(':');
    const outgoing = connect(Number(port), host, () => socket.write('HTTP/1.1 200 OK\r\n\r\n'));
    outgoing.pipe(socket).pipe(outgoing);
    outgoing.on('error', () => socket.destroy());
    socket.on('error', () => outgoing.destroy());
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
    });
  return { url: `http://gangway:secret@127.0.0.1:${port}`, targets, close };
}

it('goes through the configured proxy, with its password', async () => {
  const relay = await house.relay();
  const proxy = house.keep(await proxyWith('secret'));
  await house.agent([relay.url], executorOf(echo), { proxyUrl: proxy.url }).ready();
  expect(proxy.targets).toEqual([`127.0.0.1:${relay.port}`]);
});

it('that is refused there reports the relay as unreachable and goes on trying', async () => {
  const relay = await house.relay();
  const proxy = house.keep(await proxyWith('another'));
  const agent = house.agent([relay.url], executorOf(echo), { proxyUrl: proxy.url });
  while (agent.relays[0]?.lastFailure === undefined) await new Promise((resolve) => setImmediate(resolve));
  expect(agent.relays[0]).toMatchObject({ state: 'waiting', lastFailure: 'RELAY_UNREACHABLE' });
});
