/**
 * Published services between relay and agent: old versions of either side, relays in wrong hands, and whatever callers send.
 * What is not published is out of reach.
 */
import { once } from 'node:events';
import { createPrivateKey } from 'node:crypto';
import { afterEach, describe, expect, it } from '@jest/globals';
import { SignJWT } from 'jose';
import { WebSocket } from 'ws';
import { orgId, serviceName } from '../../src/model/index.ts';
import { Session, writeAnnouncement } from '../../src/protocol/index.ts';
import { systemClock } from '../../src/timing/index.ts';
import { chance, pick } from '../protocol/chance.ts';
import { agentKey, audience, House, makeToken, org, system } from '../relay/house.ts';
import { ask, serve, untilDescribed } from '../relay/service-house.ts';
import { createThing, readThing, ScriptedServices } from './execute/scripted-services.ts';
import { HostileRelay } from './hostile-relay.ts';

const house = new House();
afterEach(() => house.close());

const body = Buffer.from(JSON.stringify({ name: 'Anchor' }));
const call = async (changes: object = {}): Promise<object> => ({
  ...{ operation: 'readService', system, params: { name: 'ReadThing' }, query: {} },
  ...{ token: await makeToken(), correlationId: 'corr-0001', remainingMs: 5_000 },
  ...changes,
});

/** An agent that speaks only these versions, joined to a relay; answers its session. */
async function oldAgent(url: string, versions: object): Promise<Session> {
  const socket = new WebSocket(`${url.replace(/^http/, 'ws')}/agent`);
  const [challenge] = await once(socket, 'message');
  const { nonce } = JSON.parse(String(challenge)) as { nonce: string };
  const proof = await new SignJWT({ nonce })
    .setProtectedHeader({ alg: 'EdDSA' })
    .setIssuer('agent-1')
    .setAudience(audience)
    .setIssuedAt()
    .setExpirationTime('1m')
    .sign(createPrivateKey(agentKey.privateKey));
  socket.send(JSON.stringify({ type: 'hello', versions, agent: 'agent-1', orgs: [org], systems: [system], proof }));
  const [welcome] = await once(socket, 'message');
  expect(JSON.parse(String(welcome))).toEqual({ type: 'welcome', version: 1 });
  return new Session(socket, {
    side: 'agent',
    clock: systemClock,
    accept: (stream) => {
      const answer = Buffer.from('{"from":"an old agent"}');
      stream.answer(JSON.stringify({ status: 200, length: answer.length }), answer);
      return { onHeader: () => undefined, onData: () => undefined, onCancel: () => undefined, onLost: () => undefined };
    },
    onGoAway: () => undefined,
    onEnd: () => undefined,
  });
}

describe('an older agent', () => {
  it('is served as before, and has no services', async () => {
    const relay = await house.relay();
    await oldAgent(relay.url, { current: 1, oldest: 1 });
    expect(await ask(relay.url, '/v1/customers/4711/credit', { method: 'GET' })).toMatchObject({
      status: 200,
      body: { from: 'an old agent' },
    });
    expect(await ask(relay.url, '/v1/services/ReadThing', { body: {} })).toMatchObject({
      status: 404,
      body: { code: 'SERVICE_UNKNOWN' },
    });
  });

  it('that announces all the same has broken the protocol', async () => {
    const relay = await house.relay();
    const session = await oldAgent(relay.url, { current: 1, oldest: 1 });
    session.announce(system, writeAnnouncement({ system, services: [readThing] }).bytes);
    while (!session.isOver) await new Promise((resolve) => setImmediate(resolve));
    expect(await ask(relay.url, '/v1/services/ReadThing', { body: {} })).toMatchObject({
      body: { code: 'AGENT_OFFLINE' },
    });
  });
});

describe('an agent on an older relay', () => {
  it('announces nothing, and answers calls', async () => {
    const relay = house.keep(await HostileRelay.listening());
    const services = new ScriptedServices();
    await serve(house, [relay.url], services).ready();
    // The relay's session of this test takes an announcement for a broken protocol, and would hang up.
    services.publish(readThing);
    expect(services.listening).toBe(0);
    expect(await relay.call(await call(), body)).toMatchObject({ header: { status: 200 }, body: { number: '4711' } });
  });
});

describe('a relay in wrong hands', () => {
  const elsewhere = {
    ...readThing,
    name: serviceName.parse('Elsewhere'),
    callers: [{ org: orgId.parse('00D5g000004OTHR') }],
  };

  it.each([
    ['reads what writes', { params: { name: 'CreateThing' } }, 'SERVICE_UNKNOWN'],
    ['writes what reads', { operation: 'writeService', idempotencyKey: 'thing-0001' }, 'SERVICE_UNKNOWN'],
    ['writes without a key', { operation: 'writeService', params: { name: 'CreateThing' } }, 'IDEMPOTENCY_KEY_MISSING'],
    ['calls what is not published', { params: { name: 'RFC_READ_TABLE' } }, 'REQUEST_INVALID'],
    ['calls what is not there', { params: { name: 'Nothing' } }, 'SERVICE_UNKNOWN'],
    ['adds parameters', { params: { name: 'ReadThing', function: 'BAPI_USER_CREATE1' } }, 'REQUEST_INVALID'],
    ['calls for an org it is not open to', { params: { name: 'Elsewhere' } }, 'SERVICE_NOT_ALLOWED'],
    ['names another system', { system: 'ERPCLNT200' }, 'SYSTEM_NOT_SERVED'],
    [
      'asks another agent than the file names',
      { operation: 'writeService', params: { name: 'OtherAgents' }, idempotencyKey: 'thing-0001' },
      'SERVICE_UNKNOWN',
    ],
    [
      'takes the key of a record',
      { operation: 'writeService', params: { name: 'CreateThing' }, idempotencyKey: 'customer.create:0015g00000FJORD' },
      'REQUEST_INVALID',
    ],
    [
      'leaves out the signature',
      { operation: 'writeService', params: { name: 'Signed' }, idempotencyKey: 'thing-0001' },
      'WRITE_NOT_SIGNED',
    ],
    [
      'invents a signature',
      {
        operation: 'writeService',
        params: { name: 'CreateThing' },
        idempotencyKey: 'thing-0001',
        signature: 't=1,s=x',
      },
      'WRITE_NOT_SIGNED',
    ],
  ])('that %s reaches nothing', async (_, changes, code) => {
    const relay = house.keep(await HostileRelay.listening());
    const services = new ScriptedServices();
    services.publish(
      elsewhere,
      { ...createThing, name: serviceName.parse('Signed'), signature: 'required' },
      { ...createThing, name: serviceName.parse('OtherAgents'), agent: 'agent-2' },
    );
    await serve(house, [relay.url], services).ready();
    expect(await relay.call(await call(changes), body)).toMatchObject({ body: { code } });
    expect(services.asked).toEqual([]);
  });
});

describe('whatever callers send', () => {
  const words = [
    ...['ReadThing', 'CreateThing', 'ReadThing', 'CreateThing'],
    'ReadThing',
    'CreateThing',
    'Hidden',
    'RFC_READ_TABLE',
    'BAPI_USER_CREATE1',
    'readService',
    '__proto__',
  ];
  const odd = [
    '%00',
    '%2e%2e',
    '..',
    '%2F',
    '\\',
    ';',
    '?',
    '#',
    '%',
    '/',
    '',
    ' ',
    '"',
    '%F0%9F%92%A5',
    'ReadThing%00',
  ];

  function pathOf(random: () => number): string {
    const some = (list: readonly string[]): string => list[pick(random, list.length)] ?? '';
    const name = random() < 0.6 ? some(words) : `${some(words)}${some(odd)}${some(words)}`;
    const tail =
      random() < 0.3 ? `?${some(['system', 'name', 'function', 'operation'])}=${encodeURIComponent(some(words))}` : '';
    return `/v1/services/${name.replace(/[\\ "#]/g, encodeURIComponent)}${tail}`;
  }

  function askedOf(random: () => number) {
    const some = <T>(list: readonly [T, ...T[]]): T => list[pick(random, list.length)] ?? list[0];
    const text = some([
      '{"name":"Anchor"}',
      '{"name":"Rope"}',
      '{"name":"Anchor","function":"RFC_READ_TABLE"}',
      '{"service":"Hidden","name":"Hidden"}',
      '{"__proto__":{"name":"Hidden"}}',
      '[]',
      '"Hidden"',
      'null',
      '{"name":',
      '',
    ]);
    const name = some(['x-service', 'x-function', 'x-http-method-override', 'x-original-url', 'x-gangway-operation']);
    return {
      method: some(['POST', 'POST', 'POST', 'GET', 'PUT', 'PATCH'] as const),
      headers: { [name]: some(['Hidden', 'CreateThing', '/v1/services/Hidden', 'writeService']) },
      ...(random() < 0.6 ? { key: some(['thing-0001', 'thing-0002', 'Hidden:0001', 'x']) } : {}),
      ...(text === '' ? {} : { text }),
    };
  }

  it('reaches only what is published, open to them and meant: 400 calls', async () => {
    const relay = await house.relay({ limits: { callsPerSecond: 10_000 } });
    const services = new ScriptedServices();
    services.publish({ ...createThing, name: serviceName.parse('Hidden'), callers: [] });
    serve(house, [relay.url], services);
    await untilDescribed(relay.url, ['CreateThing', 'ReadThing']);
    let reached = 0;
    for (let seed = 1; seed <= 400; seed += 1) {
      const random = chance(seed);
      const path = pathOf(random);
      const asked = askedOf(random);
      services.asked.length = 0;
      const { status } = await ask(relay.url, path, asked);
      const [name] = path.replace('/v1/services/', '').split('?');
      const seen = services.asked.map((each) => `${each.what} ${each.name}`);
      const allowed = [[], [`${name === 'ReadThing' ? 'read' : 'write'} ${name}`]];
      expect({ seed, path, asked, seen, isAllowed: allowed.some((each) => each.join() === seen.join()) }).toMatchObject(
        {
          isAllowed: true,
        },
      );
      for (const each of services.asked) {
        expect(['ReadThing', 'CreateThing']).toContain(each.name);
        expect(asked.method).toBe('POST');
        expect(each.what === 'write').toBe(each.name === 'CreateThing');
        if (each.what === 'write') expect(asked.key).toMatch(/^.{8,}$/);
      }
      reached += services.asked.length;
      if (status >= 500) throw new Error(`seed ${seed}: ${status} for ${asked.method} ${path}`);
    }
    // Else the rest would mean nothing.
    expect(reached).toBeGreaterThan(10);
  }, 60_000);
});
