/** Which agents are let in, and which of them gets a call. */
import { once } from 'node:events';
import { afterEach, describe, expect, it } from '@jest/globals';
import { request } from 'undici';
import { WebSocket } from 'ws';
import type { AgentHandle } from '../../src/agent/index.ts';
import { GatewayError } from '../../src/errors/index.ts';
import type { RelaySettings } from '../../src/relay/index.ts';
import { createMoment } from './moment.ts';
import {
  agentKey,
  audience,
  echo,
  executorOf,
  House,
  makeAgentKey,
  makeToken,
  org,
  otherOrg,
  otherSystem,
  registeredOrg,
  system,
} from './house.ts';

const house = new House();
afterEach(() => house.close());

const stranger = makeAgentKey();
const secondKey = makeAgentKey();
const twoAgents: RelaySettings['agents'] = [
  { id: 'agent-1', publicKey: agentKey.publicKey, orgs: [org], systems: [system] },
  { id: 'agent-2', publicKey: secondKey.publicKey, orgs: [org], systems: [system] },
];

/** Resolves when the agent's only relay connection is in this state. */
async function untilState(agent: AgentHandle, state: string): Promise<string | undefined> {
  for (;;) {
    const [status] = agent.relays;
    if (status?.state === state) return status.lastFailure;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

async function get(url: string, path = '/v1/customers/104711/credit'): Promise<{ status: number; body: unknown }> {
  const answer = await request(url + path, { headers: { authorization: `Bearer ${await makeToken()}` } });
  return { status: answer.statusCode, body: await answer.body.json() };
}

async function change(url: string, key: string): Promise<{ status: number; body: unknown }> {
  const answer = await request(`${url}/v1/customers/104711`, {
    method: 'PATCH',
    headers: {
      authorization: `Bearer ${await makeToken()}`,
      'content-type': 'application/json',
      'idempotency-key': key,
    },
    body: JSON.stringify({ phone: '+47 1' }),
  });
  return { status: answer.statusCode, body: await answer.body.json() };
}

describe('an agent is refused, stays alive and says so', () => {
  it.each([
    ['with a key the relay does not know', { privateKey: () => stranger.privateKey }],
    ['with an id the relay does not know', { id: 'agent-9' }],
    ['that claims another org', { orgs: [registeredOrg, { ...registeredOrg, id: otherOrg }] }],
    ['that claims another SAP system', { systems: [system, otherSystem] }],
    ['that claims no SAP system', { systems: [] }],
    ['whose proof is for another relay', { audience: 'https://elsewhere.test' }],
  ])('%s', async (_what, changes) => {
    const relay = await house.relay();
    const agent = house.agent([relay.url], executorOf(echo), changes);
    expect(await untilState(agent, 'refused')).toBe('AGENT_CREDENTIAL_REFUSED');
    expect(agent.isReady).toBe(false);
    expect(await get(relay.url)).toMatchObject({ status: 503, body: { code: 'AGENT_OFFLINE', disposition: 'retry' } });
  });
});

describe('a relay hangs up on a peer that', () => {
  async function connectTo(url: string): Promise<{ socket: WebSocket; challenge: Promise<string> }> {
    const socket = new WebSocket(url.replace('http', 'ws') + '/agent');
    house.keep({
      close: async () => {
        socket.terminate();
        await Promise.resolve();
      },
    });
    const challenge = once(socket, 'message').then(([message]) => String(message));
    await once(socket, 'open');
    return { socket, challenge };
  }

  it.each([
    ['sends frames instead of a handshake', Buffer.from([6, 0, 0, 0, 0, 0, 0, 0])],
    ['sends no JSON', 'hello'],
    ['sends another message', JSON.stringify({ type: 'welcome', version: 1 })],
    ['sends an endless hello', JSON.stringify({ type: 'hello', padding: 'x'.repeat(20_000) })],
  ])('%s', async (_what, message) => {
    const relay = await house.relay();
    const { socket, challenge } = await connectTo(relay.url);
    await challenge;
    socket.send(message);
    const [code] = await once(socket, 'close');
    expect(code).toBe(1008);
  });

  it('speaks only versions that the relay does not', async () => {
    const relay = await house.relay();
    const { socket, challenge } = await connectTo(relay.url);
    await challenge;
    const answered = once(socket, 'message');
    const versions = { current: 9, oldest: 8 };
    socket.send(
      JSON.stringify({ type: 'hello', versions, agent: 'agent-1', orgs: [org], systems: [system], proof: 'x' }),
    );
    const [answer] = await answered;
    expect(JSON.parse(String(answer))).toEqual({ type: 'refusal', code: 'PROTOCOL_VERSION_UNSUPPORTED' });
  });

  it('repeats a proof that was made for another challenge', async () => {
    const relay = await house.relay();
    const first = await connectTo(relay.url);
    const { SignJWT } = await import('jose');
    const { createPrivateKey } = await import('node:crypto');
    const { nonce } = JSON.parse(await first.challenge) as { nonce: string };
    const proof = await new SignJWT({ nonce })
      .setProtectedHeader({ alg: 'EdDSA' })
      .setIssuer('agent-1')
      .setAudience(audience)
      .setIssuedAt()
      .setExpirationTime('1m')
      .sign(createPrivateKey(agentKey.privateKey));
    const hello = JSON.stringify({
      type: 'hello',
      versions: { current: 1, oldest: 1 },
      agent: 'agent-1',
      orgs: [org],
      systems: [system],
      proof,
    });
    const welcomed = once(first.socket, 'message');
    first.socket.send(hello);
    expect(String((await welcomed)[0])).toContain('welcome');

    const second = await connectTo(relay.url);
    await second.challenge;
    const refused = once(second.socket, 'message');
    second.socket.send(hello);
    expect(String((await refused)[0])).toContain('AGENT_CREDENTIAL_REFUSED');
  });
});

describe('two agents for the same org and system', () => {
  it('share the calls', async () => {
    const relay = await house.relay({ agents: twoAgents });
    const executors = [executorOf(echo), executorOf(echo)] as const;
    await house.agent([relay.url], executors[0]).ready();
    await house.agent([relay.url], executors[1], { id: 'agent-2', privateKey: () => secondKey.privateKey }).ready();
    for (let index = 0; index < 10; index += 1) await get(relay.url, `/v1/customers/${index + 1}/credit`);
    expect(executors.map((executor) => executor.calls.length)).toEqual([5, 5]);
  });

  it('go on when one drains: its running call ends, new ones go to the other', async () => {
    const relay = await house.relay({ agents: twoAgents });
    const held = createMoment();
    const begun = createMoment();
    const first = executorOf(async (call) => {
      begun.resolve();
      await held.promise;
      return echo(call);
    });
    const agent = house.agent([relay.url], first);
    await agent.ready();
    const running = get(relay.url);
    await begun.promise;
    const second = executorOf(echo);
    await house.agent([relay.url], second, { id: 'agent-2', privateKey: () => secondKey.privateKey }).ready();

    const drained = agent.drain(10_000);
    await get(relay.url, '/v1/customers/1/credit').then(() => get(relay.url, '/v1/customers/2/credit'));
    const answers = await Promise.all([3, 4, 5].map((number) => get(relay.url, `/v1/customers/${number}/credit`)));
    expect(answers.map((answer) => answer.status)).toEqual([200, 200, 200]);
    held.resolve();
    expect((await running).status).toBe(200);
    await drained;
    expect(agent.relays.map((status) => status.state)).toEqual(['closed']);
    expect((await get(relay.url, '/v1/customers/6/credit')).status).toBe(200);
  });
});

describe('an agent that does not take a call', () => {
  const declines = (code: 'AGENT_STANDBY' | 'AGENT_DRAINING' | 'AGENT_BUSY' | 'SAP_UNREACHABLE') =>
    executorOf(() => {
      throw new GatewayError(code, { holder: 'agent-2' });
    });
  async function twoExecutors(relayUrl: string, first: Declining, second: Declining): Promise<void> {
    await house.agent([relayUrl], first).ready();
    await house.agent([relayUrl], second, { id: 'agent-2', privateKey: () => secondKey.privateKey }).ready();
  }
  type Declining = ReturnType<typeof executorOf>;

  it.each(['AGENT_STANDBY', 'AGENT_DRAINING', 'AGENT_BUSY'] as const)(
    'with %s leaves it to the other one, read or write, whoever is asked first',
    async (code) => {
      const relay = await house.relay({ agents: twoAgents });
      const second = executorOf(echo);
      await twoExecutors(relay.url, declines(code), second);
      for (let index = 0; index < 4; index += 1) expect((await get(relay.url)).status).toBe(200);
      for (let index = 0; index < 4; index += 1) {
        const answer = await change(relay.url, `customer.change:${index}:1`);
        expect(answer).toMatchObject({ status: 200, body: { body: { phone: '+47 1' } } });
      }
      expect(second.calls).toHaveLength(8);
    },
  );

  it('is asked once, and when nobody takes it the caller hears the last answer', async () => {
    const relay = await house.relay({ agents: twoAgents });
    const executors = [declines('AGENT_STANDBY'), declines('AGENT_STANDBY')] as const;
    await twoExecutors(relay.url, ...executors);
    const answer = await change(relay.url, 'customer.change:0015g00000NORD1:1');
    expect(answer).toMatchObject({ status: 503, body: { code: 'AGENT_STANDBY', disposition: 'retry' } });
    expect(executors.map(({ calls }) => calls.length)).toEqual([1, 1]);
  });

  it('because SAP failed is the answer: another agent reaches the same SAP', async () => {
    const relay = await house.relay({ agents: twoAgents });
    const executors = [declines('SAP_UNREACHABLE'), declines('SAP_UNREACHABLE')] as const;
    await twoExecutors(relay.url, ...executors);
    expect((await get(relay.url)).body).toMatchObject({ code: 'SAP_UNREACHABLE' });
    expect(executors[0].calls.length + executors[1].calls.length).toBe(1);
  });
});

describe('an agent', () => {
  it('serves every relay it was told of', async () => {
    const relays = [await house.relay(), await house.relay()];
    const agent = house.agent(
      relays.map((relay) => relay.url),
      executorOf(echo),
    );
    while (!agent.relays.every((status) => status.state === 'connected'))
      await new Promise((resolve) => setImmediate(resolve));
    expect(await Promise.all(relays.map(async (relay) => (await get(relay.url)).status))).toEqual([200, 200]);
  });
});

describe('the SAP system', () => {
  const bothSystems = { ...registeredOrg, systems: [system, otherSystem] };
  it('must be named once the org has two', async () => {
    const agents: RelaySettings['agents'] = [
      { id: 'agent-1', publicKey: agentKey.publicKey, orgs: [org], systems: [system, otherSystem] },
    ];
    const relay = await house.relay({ orgs: [bothSystems], agents });
    const executor = executorOf(echo);
    await house.agent([relay.url], executor, { orgs: [bothSystems], systems: [system, otherSystem] }).ready();
    expect(await get(relay.url)).toMatchObject({
      status: 422,
      body: { code: 'REQUEST_INVALID', issues: [{ path: 'system' }] },
    });
    expect((await get(relay.url, `/v1/customers/1/credit?system=${otherSystem}`)).status).toBe(200);
    expect(executor.calls.map((call) => call.system)).toEqual([otherSystem]);
  });

  it('is offline when its agent is registered and not connected, and not served when there is none', async () => {
    const relay = await house.relay({ orgs: [bothSystems] });
    expect(await get(relay.url, `/v1/customers/1/credit?system=${system}`)).toMatchObject({
      status: 503,
      body: { code: 'AGENT_OFFLINE' },
    });
    expect(await get(relay.url, `/v1/customers/1/credit?system=${otherSystem}`)).toMatchObject({
      status: 404,
      body: { code: 'SYSTEM_NOT_SERVED' },
    });
  });
});
