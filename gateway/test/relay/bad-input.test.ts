/** What callers get wrong: each answer is a problem document, and nothing reaches the executor. */
import { connect } from 'node:net';
import { Readable } from 'node:stream';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { request } from 'undici';
import { problem } from '../../src/model/index.ts';
import type { RelayHandle } from '../../src/relay/index.ts';
import { echo, executorOf, House, makeToken, otherOrg } from './house.ts';

const house = new House();
const executor = executorOf(echo);
let relay: RelayHandle;
let token = '';
beforeAll(async () => {
  relay = await house.relay();
  await house.agent([relay.url], executor).ready();
  token = await makeToken();
});
afterEach(() => {
  executor.calls.length = 0;
});
afterAll(() => house.close());

type Method = 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE' | 'HEAD';

interface Ask {
  readonly method?: Method;
  readonly headers?: Record<string, string>;
  readonly body?: string | Buffer;
}

async function ask(path: string, { method = 'GET', headers = {}, body }: Ask = {}) {
  const answer = await request(`${relay.url}${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, ...headers },
    ...(body === undefined ? {} : { body }),
  });
  const text = await answer.body.text();
  expect(answer.headers['content-type']).toBe('application/problem+json');
  expect(answer.headers['x-content-type-options']).toBe('nosniff');
  expect(answer.headers['x-powered-by']).toBeUndefined();
  expect(answer.headers['etag']).toBeUndefined();
  const read = problem.parse(JSON.parse(text));
  expect(read.status).toBe(answer.statusCode);
  expect(read.advice).not.toBe('');
  expect(answer.headers['x-correlation-id']).toBe(read.correlationId);
  expect(executor.calls).toEqual([]);
  return { ...read, headers: answer.headers, text };
}

const json = { 'content-type': 'application/json' };
const match = { name: 'Nordwind', street: '', postalCode: '', city: '', country: 'DE', phone: '', vatNumber: '' };
const draft = {
  name: 'Fjordlys Energi AS',
  address: { city: 'Bergen', country: 'NO' },
  language: 'EN',
  salesArea: { salesOrganization: '1000', distributionChannel: '10', division: '00' },
  companyCode: '1000',
  paymentTerms: 'ZB30',
  currency: 'NOK',
};
const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
  ask(path, { method: 'POST', headers: { ...json, ...headers }, body: JSON.stringify(body) });

describe('an address', () => {
  it.each([
    ['/v1/nothing', 'GET', 404, 'ROUTE_NOT_FOUND'],
    ['/v1/customers', 'GET', 405, 'METHOD_NOT_ALLOWED'],
    ['/v1/customers/104711', 'DELETE', 405, 'METHOD_NOT_ALLOWED'],
    ['/v1/customers/104711/credit/', 'GET', 404, 'ROUTE_NOT_FOUND'],
    ['/v1/customers//credit', 'GET', 404, 'ROUTE_NOT_FOUND'],
    ['/v1/customers/%E0%A4%A/credit', 'GET', 400, 'REQUEST_MALFORMED'],
    ['/', 'GET', 404, 'ROUTE_NOT_FOUND'],
    ['/health/none', 'POST', 404, 'ROUTE_NOT_FOUND'],
    ['/%', 'GET', 404, 'ROUTE_NOT_FOUND'],
  ] as const)('%s asked with %s is %s %s', async (path, method, status, code) => {
    expect(await ask(path, { method })).toMatchObject({ status, code, disposition: 'reject' });
  });

  it('names the methods it does answer', async () => {
    expect((await ask('/v1/customers/104711', { method: 'PUT' })).headers['allow']).toBe('GET, PATCH');
  });
});

describe('a customer number', () => {
  it.each([
    '12345678901',
    '10%2F4711',
    '..%2F..%2Fetc',
    '104711%00',
    '%27%3B--',
    '0000000000',
    '%C3%9Cber',
    '%3Cx%3E',
    '104711%0A',
  ])('%s is refused with advice', async (number) => {
    const read = await ask(`/v1/customers/${number}/credit`);
    expect(read).toMatchObject({ status: 422, code: 'CUSTOMER_NUMBER_INVALID', issues: [{ path: 'number' }] });
  });
});

describe('a query', () => {
  it.each([
    ['limit=0', 'limit'],
    ['limit=51', 'limit'],
    ['limit=99999999999999999999', 'limit'],
    ['limit=1e9', 'limit'],
    ['limit=-1', 'limit'],
    ['limit=1.5', 'limit'],
    ['limit=many', 'limit'],
    ['cursor=%3Cx%3E', 'cursor'],
    [`cursor=${'a'.repeat(65)}`, 'cursor'],
    ['system=erp', 'system'],
    ['limit=5&limit=6', 'limit'],
    ['unknown=1', ''],
    ['__proto__=1', ''],
  ])('%s is refused and named', async (query, path) => {
    const read = await ask(`/v1/customers/104711/orders?${query}`);
    expect(read).toMatchObject({ status: 422, code: 'REQUEST_INVALID' });
    expect([...new Set(read.issues.map((issue) => issue.path))]).toEqual([path]);
  });

  it('for a system that nobody serves is SYSTEM_NOT_SERVED', async () => {
    expect(await ask('/v1/customers/104711/credit?system=OTHERERP')).toMatchObject({
      status: 404,
      code: 'SYSTEM_NOT_SERVED',
    });
  });
});

describe('a body', () => {
  it.each([
    ['not JSON', '{"name":'],
    ['nothing', ' '],
    ['broken UTF-8', Buffer.from([0x22, 0xc3, 0x28, 0x22])],
  ])('that is %s is REQUEST_MALFORMED', async (_what, body) => {
    const read = await ask('/v1/customers/matches', { method: 'POST', headers: json, body });
    expect(read).toMatchObject({ status: 400, code: 'REQUEST_MALFORMED' });
  });

  it.each([
    'text/plain',
    'application/xml',
    'application/json; charset=utf-16',
    'application/jsonx',
    'multipart/form-data',
  ])('of type %s is refused', async (type) => {
    const read = await ask('/v1/customers/matches', { method: 'POST', headers: { 'content-type': type }, body: '{}' });
    expect(read).toMatchObject({ status: 415, code: 'CONTENT_TYPE_NOT_SUPPORTED' });
  });

  it('that is compressed is refused', async () => {
    const headers = { ...json, 'content-encoding': 'gzip' };
    expect(await ask('/v1/customers/matches', { method: 'POST', headers, body: 'x' })).toMatchObject({ status: 415 });
  });

  it.each([
    ['an array', [match], ''],
    ['null', null, ''],
    ['an unknown field', { ...match, isAdmin: true }, ''],
    ['a control character', { ...match, name: 'Nord\u0000wind' }, 'name'],
    ['a lone surrogate', { ...match, city: '\ud800' }, 'city'],
    ['an over-long name', { ...match, name: 'x'.repeat(81) }, 'name'],
    ['a number for a name', { ...match, name: 5 }, 'name'],
    ['no name', { ...match, name: undefined }, 'name'],
  ])('with %s is refused and named', async (_what, body, path) => {
    const read = await post('/v1/customers/matches', body);
    expect(read).toMatchObject({ status: 422, code: 'REQUEST_INVALID' });
    expect([...new Set(read.issues.map((issue) => issue.path))]).toEqual([path]);
  });

  it('names everything that is missing at once, and not without end', async () => {
    const read = await post('/v1/customers', { nonsense: 1 }, { 'idempotency-key': 'customer.create:001' });
    expect(read.issues.map((issue) => issue.path)).toEqual(
      expect.arrayContaining(['name', 'address', 'language', 'salesArea', 'companyCode', 'paymentTerms', 'currency']),
    );
    const many = Object.fromEntries(Array.from({ length: 5_000 }, (_unused, index) => [`x${index}`, index]));
    expect((await post('/v1/customers/matches', many)).text.length).toBeLessThan(300_000);
  });

  it('on a read without one is refused', async () => {
    const read = await ask('/v1/customers/104711/credit', { headers: json, body: '{}' });
    expect(read).toMatchObject({ status: 422, code: 'REQUEST_INVALID' });
  });

  it('of 10 MB is PAYLOAD_TOO_LARGE, and the client that sends all of it sees the answer', async () => {
    const read = await ask('/v1/customers/matches', {
      method: 'POST',
      headers: json,
      body: Buffer.alloc(10_000_000, 0x20),
    });
    expect(read).toMatchObject({ status: 413, code: 'PAYLOAD_TOO_LARGE' });
  });

  it('of 10 MB without a length is refused too', async () => {
    const answer = await request(`${relay.url}/v1/customers/matches`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, ...json },
      body: Readable.from(Array.from({ length: 160 }, () => Buffer.alloc(65_536, 0x20))),
    });
    expect([answer.statusCode, problem.parse(await answer.body.json()).code]).toEqual([413, 'PAYLOAD_TOO_LARGE']);
  });
});

describe('a write', () => {
  it.each([undefined, '', 'short', 'with space in it', 'x'.repeat(61), '-begins-with-dash', 'a/b/c/d/e/f'])(
    'with the key %s is IDEMPOTENCY_KEY_MISSING',
    async (key) => {
      const read = await post('/v1/customers', draft, key === undefined ? {} : { 'idempotency-key': key });
      expect(read).toMatchObject({ status: 400, code: 'IDEMPOTENCY_KEY_MISSING' });
    },
  );
});

describe('a deadline', () => {
  it.each(['0', '-5', '1.5', 'soon', '1e3', '99999999999'])('of %s is refused', async (deadline) => {
    const read = await ask('/v1/customers/104711/credit', { headers: { 'x-deadline-ms': deadline } });
    expect(read).toMatchObject({ status: 422, code: 'REQUEST_INVALID', issues: [{ path: 'X-Deadline-Ms' }] });
  });
});

describe('a caller', () => {
  it.each([
    ['no token', {}, 'ORG_TOKEN_MISSING'],
    ['basic authentication', { authorization: 'Basic dXNlcjpwYXNz' }, 'ORG_TOKEN_MISSING'],
    ['an empty bearer', { authorization: 'Bearer ' }, 'ORG_TOKEN_MISSING'],
    ['a bearer with other characters', { authorization: 'Bearer a b' }, 'ORG_TOKEN_MISSING'],
    ['a token that is none', { authorization: 'Bearer abc' }, 'ORG_TOKEN_INVALID'],
  ])('with %s is told who can help', async (_what, headers, code) => {
    const answer = await request(`${relay.url}/v1/customers/104711/credit`, { headers });
    expect(answer.statusCode).toBe(401);
    expect(answer.headers['www-authenticate']).toBe('Bearer');
    expect(problem.parse(await answer.body.json())).toMatchObject({ code, disposition: 'reject' });
    expect(executor.calls).toEqual([]);
  });

  it('of an org that is not registered is ORG_NOT_TRUSTED', async () => {
    const authorization = `Bearer ${await makeToken({ claims: { iss: otherOrg } })}`;
    const read = await ask('/v1/customers/104711/credit', { headers: { authorization } });
    expect(read).toMatchObject({ status: 403, code: 'ORG_NOT_TRUSTED' });
  });

  it('never gets its own text or token back', async () => {
    const secret = 'SECRET-of-the-caller';
    const read = await post('/v1/customers/matches', { ...match, name: `${secret}\u0007`, city: secret });
    expect(read.text).not.toContain(secret);
    expect(read.text).not.toContain(token);
  });

  it('with a correlation id of another form gets a fresh one', async () => {
    const read = await ask('/v1/nothing', { headers: { 'x-correlation-id': '"><script>' } });
    expect(read.correlationId).toMatch(/^[0-9a-f-]{36}$/);
  });
});

describe('bytes that are no request', () => {
  function raw(text: string): Promise<string> {
    return new Promise((resolve, reject) => {
      const socket = connect(relay.port, '127.0.0.1', () => socket.write(text));
      let answer = '';
      socket.setEncoding('utf8');
      socket.on('data', (chunk) => (answer += String(chunk)));
      socket.on('close', () => resolve(answer));
      socket.on('error', reject);
    });
  }

  it.each([
    ['headers of 20 KB', `GET /v1/x HTTP/1.1\r\nhost: x\r\nx-long: ${'a'.repeat(20_000)}\r\n\r\n`, 431],
    ['no HTTP', 'hello\r\n\r\n', 400],
    ['two lengths', 'POST /v1/x HTTP/1.1\r\nhost: x\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nx', 400],
    [
      'length and chunks',
      'POST /v1/x HTTP/1.1\r\nhost: x\r\ncontent-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n',
      400,
    ],
  ])('such as %s get a problem document and the end of the connection', async (_what, text, status) => {
    const answer = await raw(text);
    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(problem.parse(JSON.parse(answer.slice(answer.indexOf('\r\n\r\n'))))).toMatchObject({ status });
  });

  it('such as an upgrade elsewhere are refused', async () => {
    const upgrade =
      'connection: upgrade\r\nupgrade: websocket\r\nsec-websocket-version: 13\r\nsec-websocket-key: AAAAAAAAAAAAAAAAAAAAAA==';
    expect(await raw(`GET /elsewhere HTTP/1.1\r\nhost: x\r\n${upgrade}\r\n\r\n`)).toMatch(/^HTTP\/1.1 404 /);
  });
});
