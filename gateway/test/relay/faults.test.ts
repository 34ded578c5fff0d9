/** What breaks between the click and SAP, and the promise kept each time. */
import { connect } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { Agent as HttpAgent, request } from 'undici';
import { writeOperation } from '../../src/model/index.ts';
import type { RelayHandle } from '../../src/relay/index.ts';
import { systemClock } from '../../src/timing/index.ts';
import { createMoment } from './moment.ts';
import { SilentProxy } from './silent-proxy.ts';
import { echo, executorOf, fastClock, House, makeToken } from './house.ts';

const house = new House();
afterEach(() => house.close());

interface Answer {
  readonly status: number;
  readonly headers: Record<string, string | string[] | undefined>;
  readonly body: Record<string, unknown>;
}

async function get(
  relay: RelayHandle,
  headers: Record<string, string> = {},
  path = '/v1/customers/104711/credit',
): Promise<Answer> {
  const answer = await request(relay.url + path, {
    headers: { authorization: `Bearer ${await makeToken()}`, ...headers },
  });
  return { status: answer.statusCode, headers: answer.headers, body: (await answer.body.json()) as Answer['body'] };
}

const key = 'customer.create:001xx0000001';
async function create(relay: RelayHandle, headers: Record<string, string> = {}): Promise<Answer> {
  const answer = await request(`${relay.url}/v1/customers`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${await makeToken()}`,
      'content-type': 'application/json',
      'idempotency-key': key,
      ...headers,
    },
    body: JSON.stringify({
      name: 'Fjordlys Energi AS',
      address: { city: 'Bergen', country: 'NO' },
      language: 'EN',
      salesArea: { salesOrganization: '1000', distributionChannel: '10', division: '00' },
      companyCode: '1000',
      paymentTerms: 'ZB30',
      currency: 'NOK',
    }),
  });
  return { status: answer.statusCode, headers: answer.headers, body: (await answer.body.json()) as Answer['body'] };
}

/** An executor that begins a call and never ends it. */
function hanging() {
  const begun = createMoment();
  const executor = executorOf(() => {
    begun.resolve();
    return new Promise(() => undefined);
  });
  return { executor, begun: begun.promise };
}

function expectVerifying(answer: Answer): void {
  expect(answer.status).toBe(202);
  expect(answer.headers['location']).toBe(`/v1/operations/${encodeURIComponent(key)}`);
  expect(writeOperation.parse(answer.body)).toMatchObject({
    id: key,
    kind: 'customer.create',
    state: 'verifying',
    problem: { code: 'SAP_OUTCOME_UNKNOWN', disposition: 'verify' },
  });
}

describe('a half-open link', () => {
  it('is noticed on both sides, running reads are told, and the agent comes back', async () => {
    const clock = fastClock(40);
    const relay = await house.relay({}, clock);
    const proxy = house.keep(await SilentProxy.to(relay.port));
    const { executor, begun } = hanging();
    const agent = house.agent([proxy.url], executor, {}, clock);
    await agent.ready();
    const lost = get(relay, { 'x-deadline-ms': '20000' });
    await begun;
    proxy.fallSilent();
    expect(await lost).toMatchObject({ status: 503, body: { code: 'CONNECTION_LOST', disposition: 'retry' } });
    while (agent.isReady) await new Promise((resolve) => setImmediate(resolve));
    proxy.speakAgain();
    await agent.ready();
    expect(agent.isReady).toBe(true);
  });

  it('leaves a write verifying, never to be repeated fresh', async () => {
    const clock = fastClock(40);
    const relay = await house.relay({}, clock);
    const proxy = house.keep(await SilentProxy.to(relay.port));
    const { executor, begun } = hanging();
    await house.agent([proxy.url], executor, {}, clock).ready();
    const lost = create(relay);
    await begun;
    proxy.fallSilent();
    expectVerifying(await lost);
  });
});

describe('a cut connection', () => {
  it('tells a read to repeat and a write to wait', async () => {
    const relay = await house.relay();
    const proxy = house.keep(await SilentProxy.to(relay.port));
    const begun = createMoment();
    const executor = executorOf(() => {
      if (executor.calls.length === 2) begun.resolve();
      return new Promise(() => undefined);
    });
    await house.agent([proxy.url], executor).ready();
    const [read, write] = [get(relay), create(relay)];
    await begun.promise;
    proxy.cut();
    expect(await read).toMatchObject({
      status: 503,
      headers: { 'retry-after': '1' },
      body: { code: 'CONNECTION_LOST' },
    });
    expectVerifying(await write);
  });

  it('in the middle of a large answer cuts the client too, so that half is never taken for all', async () => {
    const relay = await house.relay();
    const proxy = house.keep(await SilentProxy.to(relay.port));
    await house
      .agent(
        [proxy.url],
        executorOf(() => ({ status: 200, body: 'x'.repeat(7_000_000) })),
      )
      .ready();
    const answer = await request(`${relay.url}/v1/customers/1/credit`, {
      headers: { authorization: `Bearer ${await makeToken()}` },
    });
    expect(answer.statusCode).toBe(200);
    proxy.cut();
    await expect(answer.body.text()).rejects.toThrow();
  });
});

describe('a relay that restarts', () => {
  it('is found again by its agent', async () => {
    const clock = fastClock(20);
    const relay = await house.relay({}, clock);
    const agent = house.agent([relay.url], executorOf(echo), {}, clock);
    await agent.ready();
    const { port } = relay;
    await relay.close();
    while (agent.isReady) await new Promise((resolve) => setImmediate(resolve));
    const next = await house.relay({ listen: { host: '127.0.0.1', port } }, clock);
    await agent.ready();
    expect((await get(next)).status).toBe(200);
  });

  it('drains: the running call ends, new ones are sent elsewhere, then it is closed', async () => {
    const relay = await house.relay();
    const held = createMoment();
    const begun = createMoment();
    const executor = executorOf(async (call) => {
      begun.resolve();
      await held.promise;
      return echo(call);
    });
    await house.agent([relay.url], executor).ready();
    const connections = new HttpAgent({ pipelining: 1, connections: 2 });
    house.keep({ close: () => connections.destroy() });
    const warm = await request(`${relay.url}/health/live`, { dispatcher: connections });
    await warm.body.dump();
    const running = get(relay);
    await begun.promise;
    const drained = relay.drain(10_000);
    const ready = await request(`${relay.url}/health/ready`, { dispatcher: connections });
    expect([ready.statusCode, await ready.body.json()]).toEqual([503, { status: 'draining' }]);
    expect(await get(relay)).toMatchObject({ status: 503, body: { code: 'RELAY_DRAINING' } });
    held.resolve();
    expect((await running).status).toBe(200);
    await drained;
    await expect(request(`${relay.url}/health/live`)).rejects.toThrow();
  });

  it('does not wait longer than it was granted', async () => {
    const relay = await house.relay();
    const { executor, begun } = hanging();
    await house.agent([relay.url], executor).ready();
    const running = get(relay).catch((failure: unknown) => failure);
    await begun;
    await relay.drain(50);
    expect(await running).toBeDefined();
  });
});

describe('a deadline', () => {
  it('ends a read at the relay and is passed on to the agent as what remains', async () => {
    const relay = await house.relay();
    const { executor } = hanging();
    await house.agent([relay.url], executor).ready();
    const answer = await get(relay, { 'x-deadline-ms': '300' });
    expect(answer).toMatchObject({ status: 504, body: { code: 'DEADLINE_PASSED', disposition: 'retry' } });
    expect(executor.calls[0]?.deadline.remainingMs()).toBeLessThanOrEqual(300);
  });

  it('ends the waiting for a write as verifying', async () => {
    const relay = await house.relay();
    const { executor } = hanging();
    await house.agent([relay.url], executor).ready();
    expectVerifying(await create(relay, { 'x-deadline-ms': '200' }));
  });

  it('that passed before anything was sent leaves nothing to verify, also for a write', async () => {
    // Only deadlines run fast: reading the request already takes longer than this one lasts.
    const relay = await house.relay({}, { ...systemClock, monotonic: () => systemClock.monotonic() * 10_000 });
    const executor = executorOf(echo);
    await house.agent([relay.url], executor).ready();
    const answer = await create(relay, { 'x-deadline-ms': '1' });
    expect(answer).toMatchObject({ status: 504, body: { code: 'DEADLINE_PASSED', disposition: 'retry' } });
    expect(executor.calls).toEqual([]);
  });

  it('is capped, whatever the caller wants', async () => {
    const relay = await house.relay({ limits: { readDeadlineMs: 5_000 } });
    const executor = executorOf(echo);
    await house.agent([relay.url], executor).ready();
    await get(relay, { 'x-deadline-ms': '999999' });
    expect(executor.calls[0]?.deadline.remainingMs()).toBeLessThanOrEqual(5_000);
  });
});

describe('a client that leaves', () => {
  it('frees its place: a read that waits for one is not begun for nobody', async () => {
    const relay = await house.relay();
    const held = createMoment();
    const begun = createMoment();
    const executor = executorOf(async (call) => {
      begun.resolve();
      await held.promise;
      return echo(call);
    });
    await house.agent([relay.url], executor, { concurrency: { calls: 1, waiting: 4 } }).ready();
    const first = get(relay, {}, '/v1/customers/1/credit');
    await begun.promise;
    const socket = connect(relay.port, '127.0.0.1');
    socket.write(
      `GET /v1/customers/2/credit HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${await makeToken()}\r\n\r\n`,
    );
    // The third call overtakes nothing: when it waits at the agent, the second waits there too.
    const third = get(relay, {}, '/v1/customers/3/credit');
    while ((await metric(relay, 'gangway_relay_calls_running')) < 3) await Promise.resolve();
    socket.destroy();
    while ((await metric(relay, 'gangway_relay_calls_running')) > 2) await Promise.resolve();
    // A round trip to the agent: frames keep their order, so it has read the cancellation before.
    await (await request(`${relay.url}/health/ready`)).body.dump();
    held.resolve();
    expect([(await first).status, (await third).status]).toEqual([200, 200]);
    expect(executor.calls.map((call) => call.params['number'])).toEqual(['0000000001', '0000000003']);
  });
});

async function metric(relay: RelayHandle, name: string): Promise<number> {
  const answer = await request(`${relay.url}/metrics`);
  const line = (await answer.body.text()).split('\n').find((each) => each.startsWith(`${name} `));
  return Number(line?.split(' ')[1]);
}

describe('an answer', () => {
  it('of several megabytes arrives whole', async () => {
    const relay = await house.relay();
    const text = Array.from({ length: 200_000 }, (_unused, index) => `row ${index} Lumière`).join();
    await house
      .agent(
        [relay.url],
        executorOf(() => ({ status: 200, body: { text } })),
      )
      .ready();
    expect((await get(relay)).body['text']).toBe(text);
  });

  it('above the limit is ANSWER_TOO_LARGE', async () => {
    const relay = await house.relay({ limits: { maxAnswerBytes: 100_000 } });
    await house
      .agent(
        [relay.url],
        executorOf(() => ({ status: 200, body: 'x'.repeat(100_001) })),
      )
      .ready();
    expect(await get(relay)).toMatchObject({ status: 502, body: { code: 'ANSWER_TOO_LARGE' } });
  });

  it('that the executor failed to give is a problem without its inner text', async () => {
    const relay = await house.relay();
    await house
      .agent(
        [relay.url],
        executorOf(() => {
          throw new TypeError('password is hunter2');
        }),
      )
      .ready();
    const answer = await get(relay);
    expect(answer).toMatchObject({ status: 500, body: { code: 'INTERNAL', disposition: 'hold' } });
    expect(JSON.stringify(answer.body)).not.toContain('hunter2');
  });
});

describe('too many calls', () => {
  it('of one org per second are RATE_LIMITED', async () => {
    const relay = await house.relay({ limits: { callsPerSecond: 2 } });
    await house.agent([relay.url], executorOf(echo)).ready();
    const statuses = [];
    for (let index = 0; index < 6; index += 1) statuses.push((await get(relay)).status);
    expect(statuses.slice(0, 4)).toEqual([200, 200, 200, 200]);
    expect(statuses).toContain(429);
  });

  it('of one org at once are RATE_LIMITED', async () => {
    const relay = await house.relay({ limits: { concurrentCalls: 1 } });
    const { executor, begun } = hanging();
    await house.agent([relay.url], executor).ready();
    const running = get(relay, { 'x-deadline-ms': '500' });
    await begun;
    expect(await get(relay)).toMatchObject({ status: 429, body: { code: 'RATE_LIMITED' } });
    expect((await running).status).toBe(504);
  });

  it('for the agent are AGENT_BUSY', async () => {
    const relay = await house.relay();
    const { executor, begun } = hanging();
    await house.agent([relay.url], executor, { concurrency: { calls: 1, waiting: 0 } }).ready();
    const running = get(relay, { 'x-deadline-ms': '500' }, '/v1/customers/1/credit');
    await begun;
    expect(await get(relay, {}, '/v1/customers/2/credit')).toMatchObject({ status: 503, body: { code: 'AGENT_BUSY' } });
    expect((await running).status).toBe(504);
  });
});
