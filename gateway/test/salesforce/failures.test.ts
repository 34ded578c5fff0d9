/** What an org answers when it does not do what was asked: each has its code, and nothing hostile gets in. */
import { once } from 'node:events';
import { setImmediate } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { openOrg } from '../../src/salesforce/index.ts';
import type { OpenOrg, OrgSettings } from '../../src/salesforce/index.ts';
import { createMetrics, silentLog } from '../../src/telemetry/index.ts';
import { Deadline, systemClock } from '../../src/timing/index.ts';
import { FakeOrg } from './fake-org.ts';
import type { Answer } from './fake-org.ts';
import { proxyWith } from './proxy.ts';
import { answer, visit } from './visits.ts';

let fake: FakeOrg;
let open: OpenOrg;
const opened: OpenOrg[] = [];
const metrics = createMetrics('test');
beforeEach(async () => {
  fake = await FakeOrg.start();
  open = openWith();
});
afterEach(async () => {
  for (const each of opened.splice(0)) await each.close();
  await fake.close();
});

const openWith = (more: Partial<OrgSettings> = {}): OpenOrg => {
  const one = openOrg(fake.settings(more), { clock: systemClock, log: silentLog, metrics });
  opened.push(one);
  return one;
};
const visitWithin = (ms: number) => open.mailbox.visit(visit, Deadline.in(systemClock, ms));
const rest = (status: number, errorCode: string, message = ''): Answer => ({ status, json: [{ errorCode, message }] });

describe('an answer of the REST API', () => {
  test.each([
    [403, 'REQUEST_LIMIT_EXCEEDED', 'SALESFORCE_LIMIT_REACHED'],
    [503, 'TOO_MANY_APEX_REQUESTS', 'SALESFORCE_LIMIT_REACHED'],
    [400, 'UNABLE_TO_LOCK_ROW', 'SALESFORCE_ROW_LOCKED'],
    [500, 'UNABLE_TO_LOCK_ROW', 'SALESFORCE_ROW_LOCKED'],
    [503, 'SERVER_UNAVAILABLE', 'SALESFORCE_UNREACHABLE'],
    [500, 'UNKNOWN_EXCEPTION', 'SALESFORCE_FAILED'],
    [400, 'INSUFFICIENT_ACCESS_OR_READONLY', 'SALESFORCE_NOT_AUTHORIZED'],
    [403, 'FORBIDDEN', 'SALESFORCE_NOT_AUTHORIZED'],
    [403, 'SOMETHING_NEW', 'SALESFORCE_NOT_AUTHORIZED'],
    [403, 'API_DISABLED_FOR_ORG', 'SALESFORCE_NOT_AUTHORIZED'],
    [404, 'NOT_FOUND', 'PACKAGE_MISSING'],
    [400, 'STORAGE_LIMIT_EXCEEDED', 'SALESFORCE_FAILED'],
    [420, 'ANYTHING', 'SALESFORCE_FAILED'],
  ])('%s %s is %s, asked once', async (status, errorCode, code) => {
    fake.answers = [rest(status, errorCode)];
    await expect(visitWithin(5_000)).rejects.toMatchObject({ code, context: { reason: errorCode } });
    expect(fake.calls).toHaveLength(1);
  });

  test('a lock that Apex did not catch is a lock', async () => {
    const message =
      'System.DmlException: Update failed. First error: UNABLE_TO_LOCK_ROW, unable to obtain exclusive access';
    fake.answers = [rest(500, 'APEX_ERROR', message)];
    await expect(visitWithin(5_000)).rejects.toMatchObject({ code: 'SALESFORCE_ROW_LOCKED' });
  });

  test('an exception of Apex is named without its text, which may hold data', async () => {
    fake.answers = [rest(500, 'APEX_ERROR', 'System.NullPointerException: Nordwind Logistik GmbH')];
    await expect(visitWithin(5_000)).rejects.toMatchObject({
      code: 'SALESFORCE_FAILED',
      message: expect.not.stringContaining('Nordwind'),
      context: { reason: 'APEX_ERROR: System.NullPointerException' },
    });
  });

  test.each([
    [{ contract: 2, packageVersion: '2.0', error: 'CONTRACT_UNKNOWN' }, 'PACKAGE_TOO_NEW', '2.0'],
    [{ contract: 0, packageVersion: '0.1', error: 'CONTRACT_UNKNOWN' }, 'PACKAGE_TOO_OLD', '0.1'],
    [{ contract: 0, error: 'CONTRACT_UNKNOWN' }, 'PACKAGE_TOO_OLD', 'contract 0'],
    [{ contract: 2, packageVersion: ['x'], error: 'CONTRACT_UNKNOWN' }, 'PACKAGE_TOO_NEW', 'contract 2'],
  ])('a package of another contract is told by its number: %j', async (json, code, found) => {
    fake.answers = [{ status: 409, json }];
    await expect(visitWithin(5_000)).rejects.toMatchObject({ code, context: { found } });
  });

  test('a package that answers in another contract is told too', async () => {
    fake.answers = [{ json: { ...answer, contract: 2, packageVersion: '2.1' } }];
    await expect(visitWithin(5_000)).rejects.toMatchObject({ code: 'PACKAGE_TOO_NEW', context: { found: '2.1' } });
  });
});

describe('a hostile or foreign answer', () => {
  const html = { headers: { 'content-type': 'text/html' }, text: '<html><script>alert(1)</script></html>' };
  const cases: readonly (readonly [string, Answer, string])[] = [
    ['a page', html, 'SALESFORCE_ANSWER_UNREADABLE'],
    ['a page that says it is missing', { ...html, status: 404 }, 'SALESFORCE_ANSWER_UNREADABLE'],
    ['a page of a gateway in between', { ...html, status: 502 }, 'SALESFORCE_UNREACHABLE'],
    ['a page that says the org is in maintenance', { ...html, status: 503 }, 'SALESFORCE_UNREACHABLE'],
    [
      'XML that would be taken apart',
      { headers: { 'content-type': 'application/xml' }, text: '<a/>' },
      'SALESFORCE_ANSWER_UNREADABLE',
    ],
    ['half of an answer', { text: JSON.stringify(answer).slice(0, 100) }, 'SALESFORCE_ANSWER_UNREADABLE'],
    ['nothing', { text: '' }, 'SALESFORCE_ANSWER_UNREADABLE'],
    ['no content', { status: 204, text: '' }, 'SALESFORCE_ANSWER_UNREADABLE'],
    ['null', { json: null }, 'SALESFORCE_ANSWER_UNREADABLE'],
    ['a number', { json: 7 }, 'SALESFORCE_ANSWER_UNREADABLE'],
    ['a failure that is null', { status: 500, json: null }, 'SALESFORCE_FAILED'],
    ['a list of nulls as failure', { status: 500, json: [null] }, 'SALESFORCE_FAILED'],
    ['requests that are no list', { json: { ...answer, requests: {} } }, 'SALESFORCE_ANSWER_UNREADABLE'],
    [
      'a fence that is text',
      { json: { ...answer, lease: { isHeld: true, fence: '7', expiresInMs: 1 } } },
      'SALESFORCE_ANSWER_UNREADABLE',
    ],
    ['a deep nest', { text: '['.repeat(200_000) + ']'.repeat(200_000) }, 'SALESFORCE_ANSWER_UNREADABLE'],
    [
      'bytes that are no text',
      (_, response) =>
        void response.writeHead(200, { 'content-type': 'application/json' }).end(Buffer.from([0x22, 0xff, 0x22])),
      'SALESFORCE_ANSWER_UNREADABLE',
    ],
    [
      'a connection that breaks in the middle',
      (_, response) =>
        void response
          .writeHead(200, { 'content-type': 'application/json' })
          .write('{"contract":', () => response.destroy()),
      'SALESFORCE_UNREACHABLE',
    ],
    ['a connection that breaks at once', (_, response) => void response.destroy(), 'SALESFORCE_UNREACHABLE'],
  ];
  test.each(cases)('that is %s is refused with a code', async (_, hostile, code) => {
    fake.answers = [hostile];
    await expect(visitWithin(5_000)).rejects.toMatchObject({ code });
    // And the next visit works.
    fake.answers = [{ json: answer }];
    expect((await visitWithin(5_000)).waiting).toBe(3);
  });

  test('that never ends is given up at 8 MB', async () => {
    let sent = 0;
    fake.answers = [
      async (_, response) => {
        response.writeHead(200, { 'content-type': 'application/json' });
        const piece = Buffer.alloc(262_144, 0x20);
        const closed = once(response, 'close');
        while (!response.destroyed && sent < 64 * 1_048_576) {
          sent += piece.length;
          const isRoomLeft = response.write(piece);
          await (isRoomLeft ? setImmediate() : Promise.race([once(response, 'drain'), closed]));
        }
      },
    ];
    await expect(visitWithin(5_000)).rejects.toMatchObject({
      code: 'SALESFORCE_ANSWER_UNREADABLE',
      context: { reason: 'more than 8388608 bytes' },
    });
    expect(sent).toBeLessThan(32 * 1_048_576);
  });

  test('that sends us elsewhere is not followed: the token stays with the org', async () => {
    const elsewhere = await FakeOrg.start();
    fake.answers = [{ status: 302, headers: { location: `${elsewhere.url}/services/apexrest/x` }, json: {} }];
    await expect(visitWithin(5_000)).rejects.toMatchObject({ code: 'SALESFORCE_FAILED' });
    expect(elsewhere.asked).toEqual([]);
    await elsewhere.close();
  });
});

describe('time and distance', () => {
  test('an answer that does not come ends with the deadline', async () => {
    fake.answers = [() => undefined];
    await expect(visitWithin(80)).rejects.toMatchObject({
      code: 'SALESFORCE_UNREACHABLE',
      context: { reason: 'no answer in time' },
    });
  });

  test('an answer that begins and does not end, ends with the deadline too', async () => {
    fake.answers = [(_, response) => void response.writeHead(200, { 'content-type': 'application/json' }).write('{')];
    await expect(visitWithin(80)).rejects.toMatchObject({
      code: 'SALESFORCE_UNREACHABLE',
      context: { reason: 'no answer in time' },
    });
  });

  test('a logon that does not come ends with the deadline of who waits for it', async () => {
    fake.logonAnswers.push(() => undefined);
    await expect(visitWithin(80)).rejects.toMatchObject({
      code: 'SALESFORCE_UNREACHABLE',
      context: { reason: 'no logon in time' },
    });
  });

  test('nobody there is said by its name', async () => {
    open = openWith({ loginUrl: 'http://127.0.0.1:1' });
    await expect(visitWithin(5_000)).rejects.toMatchObject({
      code: 'SALESFORCE_UNREACHABLE',
      context: { reason: 'ECONNREFUSED' },
    });
  });

  test('the way leads through the configured proxy', async () => {
    const proxy = await proxyWith('secret');
    fake.answers = [{ json: answer }];
    open = openWith({ proxyUrl: proxy.url });
    expect((await visitWithin(5_000)).waiting).toBe(3);
    expect(new Set(proxy.targets)).toEqual(new Set([`127.0.0.1:${fake.port}`]));
    await proxy.close();
  });

  test('a proxy that refuses is told from an org that does', async () => {
    const proxy = await proxyWith('secret', 'wrong');
    open = openWith({ proxyUrl: proxy.url });
    await expect(visitWithin(5_000)).rejects.toMatchObject({
      code: 'SALESFORCE_UNREACHABLE',
      context: { reason: 'the proxy answered 407' },
    });
    await proxy.close();
  });
});

test('how many API calls are used is measured, as each answer says it', async () => {
  fake.answers = [
    { json: answer, headers: { 'sforce-limit-info': 'api-usage=18/15000; per-app-api-usage=17/250(appName=sample)' } },
  ];
  await visitWithin(5_000);
  const text = await metrics.registry.metrics();
  expect(text).toMatch(/gangway_salesforce_api_calls_used\{[^}]*org="00D5g000004GANGEA4"[^}]*\} 18/);
  expect(text).toMatch(/gangway_salesforce_api_calls_limit\{[^}]*\} 15000/);
});
