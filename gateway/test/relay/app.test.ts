/** What the relay says about itself, and to whom it says nothing. */
import { afterEach, describe, expect, it } from '@jest/globals';
import { Agent as HttpAgent, request } from 'undici';
import { operations } from '../../src/model/index.ts';
import type { RelayHandle } from '../../src/relay/index.ts';
import { systemClock } from '../../src/timing/index.ts';
import { SilentProxy } from './silent-proxy.ts';
import { echo, executorOf, House, makeToken, org, orgKey } from './house.ts';

const house = new House();
afterEach(() => house.close());

async function get(relay: RelayHandle, path: string): Promise<{ status: number; text: string }> {
  const answer = await request(relay.url + path);
  return { status: answer.statusCode, text: await answer.body.text() };
}

describe('a relay', () => {
  it('lives without an agent, and is ready once a round trip through one works', async () => {
    const relay = await house.relay();
    expect(await get(relay, '/health/live')).toEqual({ status: 200, text: '{"status":"live"}' });
    expect(await get(relay, '/health/ready')).toEqual({ status: 503, text: '{"status":"no agent answers"}' });
    await house.agent([relay.url], executorOf(echo)).ready();
    expect(await get(relay, '/health/ready')).toEqual({ status: 200, text: '{"status":"ready"}' });
  });

  it('is not ready when its only agent is connected and silent', async () => {
    // Only waiting is quick: the heartbeat must not notice before the question is asked.
    const relay = await house.relay({}, { ...systemClock, after: (ms, work) => systemClock.after(ms / 10, work) });
    const proxy = house.keep(await SilentProxy.to(relay.port));
    await house.agent([proxy.url], executorOf(echo)).ready();
    proxy.fallSilent();
    expect(await get(relay, '/health/ready')).toEqual({ status: 503, text: '{"status":"no agent answers"}' });
  });

  it('stops at once although an agent no longer answers', async () => {
    const clock = { ...systemClock, after: (ms: number, work: () => void) => systemClock.after(ms / 20, work) };
    const relay = await house.relay({}, clock);
    const proxy = house.keep(await SilentProxy.to(relay.port));
    await house.agent([proxy.url], executorOf(echo)).ready();
    proxy.fallSilent();
    await relay.close();
    await expect(request(`${relay.url}/health/live`)).rejects.toThrow();
  });

  it('counts calls by operation and ending, and names neither org nor user nor customer', async () => {
    const relay = await house.relay();
    await house.agent([relay.url], executorOf(echo)).ready();
    const headers = { authorization: `Bearer ${await makeToken()}` };
    for (const path of [
      '/v1/customers/104711/credit',
      '/v1/customers/104711/credit',
      '/v1/customers/zzzzzzzzzzzz/credit',
    ]) {
      await (await request(relay.url + path, { headers })).body.dump();
    }
    const { text } = await get(relay, '/metrics');
    expect(text).toContain('gangway_relay_calls_total{operation="readCredit",ending="ok"} 2');
    expect(text).toContain('gangway_relay_calls_total{operation="readCredit",ending="CUSTOMER_NUMBER_INVALID"} 1');
    expect(text).toContain('gangway_relay_connected_agents 1');
    for (const secret of [org.slice(0, 15), 'rep@example.com', '104711', 'agent-1']) expect(text).not.toContain(secret);
  });

  it('describes every operation in its OpenAPI document', async () => {
    const relay = await house.relay();
    const { status, text } = await get(relay, '/v1/openapi.json');
    expect(status).toBe(200);
    const document = JSON.parse(text) as {
      openapi: string;
      paths: Record<string, Record<string, { operationId: string }>>;
    };
    expect(document.openapi).toBe('3.1.0');
    const described = Object.values(document.paths).flatMap((path) =>
      Object.values(path).map((each) => each.operationId),
    );
    // Reading and writing services have one address, so they are one operation there.
    const { readService: _read, writeService: _write, ...others } = operations;
    expect(described.sort()).toEqual([...Object.keys(others), 'callService'].sort());
    expect(document.paths['/v1/services/{name}']?.['post']).toMatchObject({
      parameters: expect.arrayContaining([expect.objectContaining({ name: 'Idempotency-Key', required: false })]),
      responses: { 200: expect.anything(), 201: expect.anything(), 202: expect.anything(), default: expect.anything() },
    });
    expect(document.paths['/v1/customers']?.['post']).toMatchObject({
      parameters: expect.arrayContaining([
        expect.objectContaining({ name: 'Idempotency-Key', in: 'header', required: true }),
      ]),
      requestBody: {
        content: { 'application/json': { schema: { type: 'object', required: expect.arrayContaining(['name']) } } },
      },
    });
  });

  it('speaks TLS when it is given a certificate', async () => {
    const tls = {
      certificate: () => orgKey.certificate,
      privateKey: () => orgKey.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    };
    const relay = await house.relay({ listen: { host: '127.0.0.1', port: 0, tls } });
    expect(relay.url).toMatch(/^https:/);
    // The certificate is made for this test; whether clients trust it is not what is asked.
    const dispatcher = new HttpAgent({ connect: { rejectUnauthorized: false } });
    house.keep({ close: () => dispatcher.destroy() });
    const answer = await request(`${relay.url}/health/live`, { dispatcher });
    expect(answer.statusCode).toBe(200);
    expect(answer.headers['strict-transport-security']).toBeDefined();
    await answer.body.dump();
  });

  it('refuses to start with a key or certificate it cannot use', async () => {
    const agents = [{ id: 'agent-1', publicKey: 'nonsense', orgs: [org], systems: [] }];
    await expect(house.relay({ agents })).rejects.toMatchObject({ code: 'CONFIG_INVALID' });
  });
});
