/** Published services over real sockets: announced, found, called, and out of reach for everybody else. */
import { createSign } from 'node:crypto';
import { afterEach, describe, expect, it } from '@jest/globals';
import { request } from 'undici';
import { orgId, serviceName } from '../../src/model/index.ts';
import { textToSign } from '../../src/org-token/write-signature.ts';
import type { RelaySettings } from '../../src/relay/index.ts';
import { createThing, readThing, ScriptedServices, Things } from '../agent/execute/scripted-services.ts';
import { makeCertificate } from './certificates.ts';
import {
  agentKey,
  echo,
  executorOf,
  House,
  makeAgentKey,
  org,
  orgKey,
  otherOrg,
  registeredOrg,
  system,
} from './house.ts';
import { ask, described, serve, untilDescribed } from './service-house.ts';

const house = new House();
afterEach(() => house.close());

const secondKey = makeAgentKey();
const second = { id: 'agent-2', privateKey: () => secondKey.privateKey };
const agents: RelaySettings['agents'] = [
  { id: 'agent-1', publicKey: agentKey.publicKey, orgs: [org], systems: [system] },
  { id: 'agent-2', publicKey: secondKey.publicKey, orgs: [org], systems: [system] },
];
const both = ['CreateThing', 'ReadThing'];
const body = { name: 'Anchor' };
const named = (name: string) => serviceName.parse(name);

async function opened(services = new ScriptedServices()) {
  const relay = await house.relay();
  const agent = serve(house, [relay.url], services);
  await untilDescribed(
    relay.url,
    services.list().map(({ name }) => name),
  );
  return { url: relay.url, services, agent, relay };
}

describe('a published service', () => {
  it('that reads answers with its outputs', async () => {
    const { url } = await opened();
    expect(await ask(url, '/v1/services/ReadThing', { body })).toMatchObject({ status: 200, body: { number: '4711' } });
  });

  it('that writes is done once per key', async () => {
    const { url, services } = await opened();
    const first = await ask(url, '/v1/services/CreateThing', { body, key: 'thing-0001' });
    expect(first).toMatchObject({
      status: 201,
      body: { state: 'done', kind: 'service.call', outputs: { number: '4711' } },
    });
    const again = await ask(url, '/v1/services/CreateThing', { body, key: 'thing-0001' });
    expect(again).toMatchObject({ status: 200, body: { isRepeat: true, outputs: { number: '4711' } } });
    const other = await ask(url, '/v1/services/CreateThing', { body: { name: 'Rope' }, key: 'thing-0001' });
    expect(other).toMatchObject({ status: 409, body: { code: 'IDEMPOTENCY_KEY_REUSED' } });
    expect(services.things.committed).toHaveLength(1);
    expect(await ask(url, '/v1/operations/thing-0001', { method: 'GET' })).toMatchObject({
      status: 200,
      body: { service: 'CreateThing', state: 'done', outputs: { number: '4711' } },
    });
  });

  it('that writes needs a key', async () => {
    const { url, services } = await opened();
    expect(await ask(url, '/v1/services/CreateThing', { body })).toMatchObject({
      body: { code: 'IDEMPOTENCY_KEY_MISSING' },
    });
    expect(services.asked).toEqual([]);
  });

  it('says what is wrong with its inputs, and nothing is sent', async () => {
    const { url, services } = await opened();
    for (const path of ['ReadThing', 'CreateThing']) {
      const answer = await ask(url, `/v1/services/${path}`, { body: { nam: 1 }, key: 'thing-0001' });
      expect(answer).toMatchObject({ status: 422, body: { code: 'REQUEST_INVALID', issues: [{ path: 'name' }] } });
    }
    expect(services.asked).toEqual([]);
  });

  it('without inputs is called without a body', async () => {
    const { url, services } = await opened();
    services.checkInputs = (_name, inputs) => Object.fromEntries(Object.entries(inputs ?? {}));
    expect(await ask(url, '/v1/services/ReadThing')).toMatchObject({ status: 200 });
    expect(await ask(url, '/v1/services/CreateThing', { key: 'thing-0001' })).toMatchObject({ status: 201 });
    expect(services.asked.map(({ inputs }) => inputs)).toEqual([{}, {}]);
  });

  it.each([
    ['/v1/services/Nothing', 404, 'SERVICE_UNKNOWN'],
    ['/v1/services/creatething', 404, 'SERVICE_UNKNOWN'],
    ['/v1/services/__proto__', 404, 'SERVICE_UNKNOWN'],
    ['/v1/services/BAPI_TRANSACTION_COMMIT', 404, 'SERVICE_UNKNOWN'],
    ['/v1/services/..%2Fcustomers', 404, 'SERVICE_UNKNOWN'],
    ['/v1/services/ReadThing?system=ERPCLNT999', 404, 'SYSTEM_NOT_SERVED'],
    ['/v1/services/ReadThing?system=%27', 404, 'SYSTEM_NOT_SERVED'],
    ['/v1/services/ReadThing?function=RFC_READ_TABLE', 422, 'REQUEST_INVALID'],
  ])('is all that can be called: %s is %d %s', async (path, status, code) => {
    const { url, services } = await opened();
    expect(await ask(url, path, { body, key: 'thing-0001' })).toMatchObject({ status, body: { code } });
    expect(services.asked).toEqual([]);
  });

  it('is called with POST only', async () => {
    const { url } = await opened();
    for (const method of ['GET', 'PUT', 'PATCH'] as const) {
      const answer = await ask(url, '/v1/services/ReadThing', { method });
      expect(answer).toMatchObject({ status: 405, headers: { allow: 'POST' } });
    }
  });
});

describe('the callers of a service', () => {
  const onlyAnna = { ...readThing, name: named('OnlyAnna'), callers: [{ org, users: ['anna@example.com'] }] };
  const elsewhere = { ...readThing, name: named('Elsewhere'), callers: [{ org: orgId.parse('00D5g000004OTHR') }] };

  it('are the orgs and users its file names', async () => {
    const services = new ScriptedServices();
    services.publish(onlyAnna, elsewhere);
    const relay = await house.relay();
    serve(house, [relay.url], services);
    const anna = { claims: { sub: 'anna@example.com' } };
    await untilDescribed(relay.url, both);
    expect(await described(relay.url, anna)).toEqual(['CreateThing', 'OnlyAnna', 'ReadThing']);
    expect(await ask(relay.url, '/v1/services/OnlyAnna', { body, token: anna })).toMatchObject({ status: 200 });
    for (const path of ['OnlyAnna', 'Elsewhere']) {
      expect(await ask(relay.url, `/v1/services/${path}`, { body })).toMatchObject({
        status: 403,
        body: { code: 'SERVICE_NOT_ALLOWED' },
      });
    }
    expect(services.countOf('read')).toBe(1);
  });

  it('of another org with the same agent see nothing of it', async () => {
    const stranger = makeCertificate();
    const others = { id: otherOrg, certificates: [stranger.certificate], systems: [system] };
    const orgs = [registeredOrg, others];
    const relay = await house.relay({
      orgs,
      agents: agents.slice(0, 1).map((agent) => ({ ...agent, orgs: [org, otherOrg] })),
    });
    serve(house, [relay.url], new ScriptedServices(), { orgs });
    await untilDescribed(relay.url, both);
    const token = { claims: { iss: otherOrg }, key: stranger.privateKey };
    expect(await described(relay.url, token)).toEqual([]);
    expect(await ask(relay.url, '/v1/services/ReadThing', { body, token })).toMatchObject({ status: 403 });
  });
});

describe('the signature of a service that writes', () => {
  const signed = { ...createThing, name: named('Signed'), signature: 'required' as const };
  const sign = (path: string, key: string, text: string): string => {
    const seconds = Math.floor(Date.now() / 1000);
    const toSign = textToSign({ method: 'POST', path, system, idempotencyKey: key, body: Buffer.from(text) }, seconds);
    return `t=${seconds},s=${createSign('sha256').update(toSign).sign(orgKey.privateKey, 'base64')}`;
  };

  it('is needed unless its file says otherwise, whatever the agent asks of other writes', async () => {
    const services = new ScriptedServices();
    services.publish(signed);
    const { url } = await opened(services);
    const path = `/v1/services/Signed?system=${system}`;
    const refused = await ask(url, path, { body, key: 'thing-0001' });
    expect(refused).toMatchObject({ body: { code: 'WRITE_NOT_SIGNED' } });
    const signature = sign('/v1/services/Signed', 'thing-0001', JSON.stringify(body));
    const headers = { 'x-gangway-signature': signature };
    expect(await ask(url, path, { body, key: 'thing-0001', headers })).toMatchObject({ status: 201 });
    expect(await ask(url, path, { body: { name: 'Rope' }, key: 'thing-0002', headers })).toMatchObject({
      body: { code: 'WRITE_NOT_SIGNED' },
    });
    expect(services.things.committed).toHaveLength(1);
  });

  it('may be missing where its file says so, but not be wrong', async () => {
    const { url, services } = await opened();
    const headers = { 'x-gangway-signature': sign('/v1/services/ReadThing', 'thing-0001', '{}') };
    const path = `/v1/services/CreateThing?system=${system}`;
    expect(await ask(url, path, { body, key: 'thing-0001', headers })).toMatchObject({
      body: { code: 'WRITE_NOT_SIGNED' },
    });
    expect(services.things.committed).toHaveLength(0);
  });
});

describe('a change of what is published', () => {
  it('is told without connecting again', async () => {
    const { url, services, agent } = await opened();
    const since = agent.relays[0]?.since;
    services.publish({ ...readThing, name: named('New') });
    await untilDescribed(url, [...both, 'New']);
    expect(await ask(url, '/v1/services/New', { body })).toMatchObject({ status: 200 });
    services.withdraw('ReadThing');
    await untilDescribed(url, ['CreateThing', 'New']);
    expect(await ask(url, '/v1/services/ReadThing', { body })).toMatchObject({ body: { code: 'SERVICE_UNKNOWN' } });
    expect(agent.relays[0]?.since).toBe(since);
  });

  it('that a relay has not heard of yet is heeded by the agent', async () => {
    const { url, services } = await opened();
    // Withdrawn without telling anybody, as when the announcement is still on its way.
    services.published.delete('ReadThing');
    expect(await ask(url, '/v1/services/ReadThing', { body })).toMatchObject({ body: { code: 'SERVICE_UNKNOWN' } });
    services.published.set('CreateThing', { ...createThing, callers: [] });
    expect(await ask(url, '/v1/services/CreateThing', { body, key: 'thing-0001' })).toMatchObject({ status: 403 });
    services.published.set('CreateThing', { ...createThing, effect: 'read' });
    expect(await ask(url, '/v1/services/CreateThing', { body, key: 'thing-0001' })).toMatchObject({ status: 404 });
    expect(services.asked).toEqual([]);
  });

  it('is announced again to a relay that was started anew, and to one more', async () => {
    const services = new ScriptedServices();
    const first = await house.relay();
    const port = first.port;
    const other = await house.relay();
    serve(house, [first.url, other.url], services);
    await untilDescribed(first.url, both);
    await untilDescribed(other.url, both);
    expect(services.listening).toBe(2);
    await first.close();
    const again = await house.relay({ listen: { host: '127.0.0.1', port } });
    await untilDescribed(again.url, both);
    expect(services.listening).toBe(2);
  });
});

describe('several agents', () => {
  it('are asked only for what they announce', async () => {
    const relay = await house.relay({ agents });
    const [one, two] = [new ScriptedServices(), new ScriptedServices()];
    one.withdraw('ReadThing');
    two.withdraw('CreateThing');
    one.publish({ ...createThing, agent: 'agent-1' });
    serve(house, [relay.url], one);
    serve(house, [relay.url], two, second);
    await untilDescribed(relay.url, both);
    for (let index = 0; index < 4; index += 1) {
      expect(await ask(relay.url, '/v1/services/ReadThing', { body })).toMatchObject({ status: 200 });
      const key = `thing-000${index}`;
      expect(await ask(relay.url, '/v1/services/CreateThing', { body, key })).toMatchObject({ status: 201 });
    }
    expect([one.countOf('read'), two.countOf('read')]).toEqual([0, 4]);
    expect([one.countOf('write'), two.countOf('write')]).toEqual([4, 0]);
  });

  it('never write one key twice, whichever of them is there', async () => {
    const things = new Things();
    const relay = await house.relay({ agents });
    const [one, two] = [
      new ScriptedServices({ things, canLookUp: true }),
      new ScriptedServices({ things, canLookUp: true }),
    ];
    for (const each of [one, two]) each.publish({ ...createThing, isKeyedInSap: true });
    one.publish({ ...readThing, name: named('OnlyOne') });
    two.publish({ ...readThing, name: named('OnlyTwo') });
    const first = serve(house, [relay.url], one);
    serve(house, [relay.url], two, second);
    await untilDescribed(relay.url, [...both, 'OnlyOne', 'OnlyTwo']);
    const send = () => ask(relay.url, '/v1/services/CreateThing', { body, key: 'thing-0001' });
    expect(await send()).toMatchObject({ status: 201 });
    expect(await send()).toMatchObject({ status: 200, body: { isRepeat: true } });
    await first.close();
    await untilDescribed(relay.url, [...both, 'OnlyTwo']);
    expect(await send()).toMatchObject({ status: 201 });
    expect(things.committed).toHaveLength(1);
    expect(two.countOf('lookUp')).toBe(1);
  });

  it('carry out nothing of which only a journal keeps the key, unless its file names the agent', async () => {
    const things = new Things();
    const relay = await house.relay({ agents });
    // Only one of the two is there: the other may have had the key before this relay was started.
    const services = new ScriptedServices({ things, canLookUp: true });
    serve(house, [relay.url], services);
    await untilDescribed(relay.url, both);
    const send = () => ask(relay.url, '/v1/services/CreateThing', { body, key: 'thing-0001' });
    expect(await send()).toMatchObject({ status: 409, body: { code: 'SERVICE_NEEDS_ONE_AGENT' } });
    expect(things.committed).toHaveLength(0);
    services.publish({ ...createThing, agent: 'agent-1' }, { ...readThing, name: named('Marker') });
    await untilDescribed(relay.url, [...both, 'Marker']);
    expect(await send()).toMatchObject({ status: 201 });
  });

  it('that a file does not name neither announce its service nor carry it out, whatever a relay asks', async () => {
    const things = new Things();
    const relay = await house.relay({ agents });
    const [one, two] = [new ScriptedServices({ things }), new ScriptedServices({ things })];
    // A folder that both read.
    for (const each of [one, two]) each.publish({ ...createThing, agent: 'agent-1' });
    const first = serve(house, [relay.url], one);
    serve(house, [relay.url], two, second);
    await untilDescribed(relay.url, both);
    const send = () => ask(relay.url, '/v1/services/CreateThing', { body, key: 'thing-0001' });
    expect(await send()).toMatchObject({ status: 201 });
    await first.close();
    await untilDescribed(relay.url, ['ReadThing']);
    expect(await send()).toMatchObject({ status: 503, body: { code: 'AGENT_OFFLINE' } });
    expect([one.countOf('write'), two.countOf('write'), things.committed.length]).toEqual([1, 0, 1]);
  });
});

describe('a relay without the agent', () => {
  it('says that it is offline, not that the service is unknown', async () => {
    const relay = await house.relay();
    expect(await ask(relay.url, '/v1/services/ReadThing', { body })).toMatchObject({
      status: 503,
      body: { code: 'AGENT_OFFLINE' },
    });
  });

  it('knows no services of an agent without any', async () => {
    const relay = await house.relay();
    await house.agent([relay.url], executorOf(echo)).ready();
    let answer = await ask(relay.url, '/v1/services/ReadThing', { body });
    // Offline until the agent has said that it has none.
    while (answer.status === 503) answer = await ask(relay.url, '/v1/services/ReadThing', { body });
    expect(answer.body).toMatchObject({ code: 'SERVICE_UNKNOWN' });
    expect(await described(relay.url)).toEqual([]);
  });
});

describe('the document of services', () => {
  const path = '/v1/services/openapi.json';

  it('is for the org that asks, with its token', async () => {
    const { url } = await opened();
    for (const headers of [{}, { authorization: 'Bearer x.y.z' }]) {
      const answer = await request(url + path, { headers });
      expect(answer.statusCode).toBe(401);
      expect(await answer.body.json()).toMatchObject({ disposition: 'reject' });
    }
    const { status, headers } = await ask(url, path, { method: 'GET' });
    expect(status).toBe(200);
    expect(headers).toMatchObject({ 'content-type': 'application/json', 'cache-control': 'no-store' });
  });

  it('is no service', async () => {
    const { url, services } = await opened();
    expect((await ask(url, path, { body, key: 'thing-0001' })).status).toBe(404);
    expect(services.asked).toEqual([]);
  });

  it('counts as a call of the org', async () => {
    const relay = await house.relay({ limits: { callsPerSecond: 1 } });
    const statuses = await Promise.all(
      Array.from({ length: 5 }, async () => (await ask(relay.url, path, { method: 'GET' })).status),
    );
    expect(statuses).toContain(429);
  });
});
