/** What `gangway check` says of the way out: proxies, relays and their clocks. */
import { createServer } from 'node:http';
import { afterEach, describe, expect, test } from '@jest/globals';
import { proxyChecks } from '../../src/agent/check-proxy.ts';
import { relayChecks } from '../../src/agent/check-relay.ts';
import { runGroup } from '../../src/agent/check-result.ts';
import type { CheckGroup, CheckResult } from '../../src/agent/check-result.ts';
import type { AgentSettings } from '../../src/agent/index.ts';
import { systemClock } from '../../src/timing/index.ts';
import { agentKey, audience, House, makeAgentKey, registeredOrg, system } from '../relay/house.ts';
import { proxyWith } from '../salesforce/proxy.ts';

const house = new House();
afterEach(() => house.close());

async function results(group: CheckGroup): Promise<CheckResult[]> {
  const found: CheckResult[] = [];
  for await (const result of runGroup(group)) found.push(result);
  return found;
}

const settings: AgentSettings = {
  id: 'agent-1',
  privateKey: () => agentKey.privateKey,
  relays: [],
  audience,
  orgs: [registeredOrg],
  systems: [system],
  signedWrites: 'optional',
  concurrency: { calls: 1, waiting: 1 },
};

/** Answers every CONNECT with one status. */
async function proxyAnswering(status: string): Promise<string> {
  const server = createServer().on('connect', (_request, socket) => socket.end(`HTTP/1.1 ${status}\r\n\r\n`));
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  house.keep({ close: () => new Promise<void>((resolve) => void server.close(() => resolve())) });
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
}

describe('a proxy', () => {
  const target = new URL('wss://relay.example');

  test('that is not there is said for what is dialled directly', async () => {
    const [found] = await results(proxyChecks([{ target, proxyUrl: undefined }]));
    expect(found).toMatchObject({ name: 'proxy', state: 'passed', finding: 'none on the way to relay.example' });
  });

  test('lets the agent through with its password, which is shown nowhere', async () => {
    const relay = await house.relay();
    const proxy = house.keep(await proxyWith('secret'));
    const [found] = await results(proxyChecks([{ target: new URL(relay.url), proxyUrl: proxy.url }]));
    expect(found).toMatchObject({ name: `proxy to 127.0.0.1:${relay.port}`, state: 'passed' });
    expect(JSON.stringify(found)).not.toContain('secret');
  });

  test('refuses a wrong password, and the remedy names the setting', async () => {
    const proxy = house.keep(await proxyWith('another', 'secret'));
    const [found] = await results(proxyChecks([{ target, proxyUrl: proxy.url }]));
    expect(found).toMatchObject({ state: 'failed', code: 'PROXY_REFUSED', owner: 'operator' });
    expect(found?.finding).toContain('relay.example:443: HTTP 407');
    expect(found?.advice).toContain('agent.proxyUrl');
    expect(JSON.stringify(found)).not.toContain('secret');
  });

  test.each([
    ['403 Forbidden', 'not allowed'],
    ['502 Bad Gateway', 'cannot reach'],
    ['418 Teapot', 'HTTP 418'],
  ])('that answers %s is explained', async (status, words) => {
    const [found] = await results(proxyChecks([{ target, proxyUrl: await proxyAnswering(status) }]));
    expect(found).toMatchObject({ state: 'failed', code: 'PROXY_REFUSED' });
    expect(found?.finding).toContain(words);
  });

  test('that is away is named without its password', async () => {
    const [found] = await results(proxyChecks([{ target, proxyUrl: 'http://user:secret@127.0.0.1:9' }]));
    expect(found?.finding).toContain('127.0.0.1:9');
    expect(found?.finding).toContain('cannot be reached');
    expect(JSON.stringify(found)).not.toContain('secret');
  });
});

describe('a relay', () => {
  const ws = (url: string): string => url.replace(/^http/, 'ws');

  test('is reached, and has the same time', async () => {
    const relay = await house.relay();
    const found = await results(relayChecks(ws(relay.url), settings, systemClock));
    expect(found.map(({ state }) => state)).toEqual(['passed', 'passed']);
    expect(found[0]?.finding).toMatch(/^is [01] s from the relay's$/);
  });

  test('is reached through the proxy with its time as well', async () => {
    const relay = await house.relay();
    const proxy = house.keep(await proxyWith('secret'));
    const found = await results(relayChecks(ws(relay.url), { ...settings, proxyUrl: proxy.url }, systemClock));
    expect(found.map(({ state }) => state)).toEqual(['passed', 'passed']);
    expect(proxy.targets).toHaveLength(2);
  });

  test('has another time: that is said before it refuses the agent for it', async () => {
    const relay = await house.relay();
    const fast = { ...systemClock, now: () => systemClock.now() + 10 * 60_000 };
    const found = await results(relayChecks(ws(relay.url), settings, fast));
    expect(found[0]).toMatchObject({ state: 'warning', code: 'CLOCK_WRONG', owner: 'operator' });
    expect(found[0]?.finding).toContain("600 seconds away from the relay's");
    // It refuses the proof for its time, and the line above says why.
    expect(found[1]).toMatchObject({ state: 'failed', code: 'AGENT_CREDENTIAL_REFUSED' });
  });

  test('does not know this key', async () => {
    const relay = await house.relay();
    const stranger = { ...settings, privateKey: () => makeAgentKey().privateKey };
    const found = await results(relayChecks(ws(relay.url), stranger, systemClock));
    expect(found[1]).toMatchObject({ state: 'failed', code: 'AGENT_CREDENTIAL_REFUSED' });
  });

  test('that is away has no time', async () => {
    const found = await results(relayChecks('ws://127.0.0.1:9', settings, systemClock));
    expect(found.map(({ state, code }) => [state, code])).toEqual([
      ['skipped', undefined],
      ['failed', 'RELAY_UNREACHABLE'],
    ]);
  });
});
