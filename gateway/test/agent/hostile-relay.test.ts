/** The agent trusts the org's token and its own list, never the relay. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { makeCertificate } from '../relay/certificates.ts';
import {
  audience,
  echo,
  executorOf,
  House,
  makeToken,
  org,
  orgKey,
  otherOrg,
  registeredOrg,
  system,
} from '../relay/house.ts';
import { HostileRelay } from './hostile-relay.ts';

const house = new House();
const executor = executorOf(echo);
const stranger = makeCertificate();
let relay: HostileRelay;
beforeAll(async () => {
  relay = house.keep(await HostileRelay.listening());
  const second = { id: otherOrg, certificates: [stranger.certificate], systems: [] };
  await house.agent([relay.url], executor, { orgs: [registeredOrg, second] }).ready();
});
afterEach(() => {
  executor.calls.length = 0;
});
afterAll(() => house.close());

const now = (): number => Math.floor(Date.now() / 1000);
const base64 = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const header = (changes: object = {}): object => ({
  operation: 'readCredit',
  system,
  params: { number: '104711' },
  query: {},
  token: '',
  correlationId: 'corr-0001',
  remainingMs: 5_000,
  ...changes,
});
const write = { operation: 'createCustomer', params: {}, idempotencyKey: 'customer.create:001' };
const draft = Buffer.from(
  JSON.stringify({
    name: 'Fjordlys Energi AS',
    address: { city: 'Bergen', country: 'NO' },
    language: 'EN',
    salesArea: { salesOrganization: '1000', distributionChannel: '10', division: '00' },
    companyCode: '1000',
    paymentTerms: 'ZB30',
    currency: 'NOK',
  }),
);

describe('an agent on a relay in wrong hands', () => {
  it('executes what carries a good token, so that the refusals below mean something', async () => {
    const answer = await relay.call(header({ token: await makeToken() }));
    expect(answer.header).toMatchObject({ status: 200 });
    expect(executor.calls).toHaveLength(1);
    expect((await relay.call(header({ ...write, token: await makeToken() }), draft)).header).toMatchObject({
      status: 200,
    });
  });

  it.each([
    ['no token', () => Promise.resolve('')],
    ['a token that is none', () => Promise.resolve('a.b.c')],
    [
      'a token without signature',
      () =>
        Promise.resolve(
          `${base64({ alg: 'none' })}.${base64({ iss: org, aud: audience, iat: now(), exp: now() + 60 })}.`,
        ),
    ],
    ['a token signed by the relay itself', () => makeToken({ key: stranger.privateKey })],
    ['an expired token', () => makeToken({ claims: { iat: now() - 200, nbf: now() - 200, exp: now() - 80 } })],
    ['a token that lives for a day', () => makeToken({ claims: { exp: now() + 86_400 } })],
    ['a token for another audience', () => makeToken({ claims: { aud: 'https://elsewhere.test' } })],
    ['a token of an org the agent does not know', () => makeToken({ claims: { iss: '00D5g000004NONE' } })],
    [
      'a token of another org signed by this one',
      () => makeToken({ claims: { iss: otherOrg }, key: orgKey.privateKey }),
    ],
  ])('does not execute a read or a write with %s', async (_what, token) => {
    for (const [what, body] of [
      [{}, undefined],
      [write, draft],
    ] as const) {
      const answer = await relay.call(header({ ...what, token: await token() }), body);
      expect(answer.body['code']).toMatch(/^ORG_(TOKEN_INVALID|NOT_TRUSTED)$/);
    }
    expect(executor.calls).toEqual([]);
  });

  it('does not serve an org a SAP system that its own list does not grant', async () => {
    const token = await makeToken({ claims: { iss: otherOrg }, key: stranger.privateKey });
    expect((await relay.call(header({ token }))).body['code']).toBe('SYSTEM_NOT_SERVED');
    expect(executor.calls).toEqual([]);
  });

  it.each([
    ['an operation that does not exist', { operation: 'deleteEverything' }, undefined, 'ROUTE_NOT_FOUND'],
    ['an operation named like a property of every object', { operation: 'constructor' }, undefined, 'ROUTE_NOT_FOUND'],
    ['a customer number that is none', { params: { number: "1' OR '1" } }, undefined, 'CUSTOMER_NUMBER_INVALID'],
    ['more parameters than the operation has', { params: { number: '1', table: 'T' } }, undefined, 'REQUEST_INVALID'],
    ['another system than the caller named', { query: { system: 'OTHERERP' } }, undefined, 'SYSTEM_NOT_SERVED'],
    ['a system the agent does not reach', { system: 'OTHERERP' }, undefined, 'SYSTEM_NOT_SERVED'],
    ['a write without a key', { ...write, idempotencyKey: undefined }, draft, 'IDEMPOTENCY_KEY_MISSING'],
    ['a write with a key of another form', { ...write, idempotencyKey: 'x' }, draft, 'IDEMPOTENCY_KEY_MISSING'],
    ['a body with what no field takes', write, Buffer.from('{"name":"x\\u0000"}'), 'REQUEST_INVALID'],
    ['a body that is no JSON', write, Buffer.from('{'), 'REQUEST_MALFORMED'],
  ])('refuses %s, good token or not', async (_what, changes, body, code) => {
    const answer = await relay.call(header({ token: await makeToken(), ...changes }), body);
    expect(answer.body['code']).toBe(code);
    expect(executor.calls).toEqual([]);
  });
});

describe('an agent hangs up on a relay that sends', () => {
  async function fresh(): Promise<HostileRelay> {
    const own = house.keep(await HostileRelay.listening());
    await house.agent([own.url], executor).ready();
    return own;
  }

  it.each([
    ['a header that is no call', header({ params: 'none' })],
    ['a header with a duration of a year', header({ remainingMs: 31_536_000_000 })],
    ['a header that is a list', []],
  ])('%s', async (_what, sent) => {
    const own = await fresh();
    await expect(own.call(sent)).rejects.toMatchObject({ code: 'CONNECTION_LOST' });
  });

  it('a body larger than any call may have', async () => {
    const own = await fresh();
    const call = own.call(header({ ...write, token: await makeToken() }), Buffer.alloc(300_000, 0x20));
    await expect(call).rejects.toMatchObject({ code: 'CONNECTION_LOST' });
    expect(executor.calls).toEqual([]);
  });

  it('bytes that are no frame', async () => {
    const own = await fresh();
    expect(await own.sendRaw(Buffer.from('nonsense'))).toBe(1002);
  });
});
