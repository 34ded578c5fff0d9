/** The agent's way out where only a proxy may leave the network. */
import { afterEach, expect, it } from '@jest/globals';
import { echo, executorOf, House } from '../relay/house.ts';
import { proxyWith } from '../salesforce/proxy.ts';

const house = new House();
afterEach(() => house.close());

it('goes through the configured proxy, with its password', async () => {
  const relay = await house.relay();
  const proxy = house.keep(await proxyWith('secret'));
  await house.agent([relay.url], executorOf(echo), { proxyUrl: proxy.url }).ready();
  expect(proxy.targets).toEqual([`127.0.0.1:${relay.port}`]);
});

it('that is refused there reports the relay as unreachable and goes on trying', async () => {
  const relay = await house.relay();
  const proxy = house.keep(await proxyWith('another', 'secret'));
  const agent = house.agent([relay.url], executorOf(echo), { proxyUrl: proxy.url });
  while (agent.relays[0]?.lastFailure === undefined) await new Promise((resolve) => setImmediate(resolve));
  expect(agent.relays[0]).toMatchObject({ state: 'waiting', lastFailure: 'RELAY_UNREACHABLE' });
});
