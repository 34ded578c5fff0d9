/** Logging on: once for all, kept until the org says otherwise, and never tried again after a refusal. */
import { generateKeyPairSync } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { openOrg } from '../../src/salesforce/index.ts';
import type { OpenOrg, OrgSettings } from '../../src/salesforce/index.ts';
import { createMetrics, silentLog } from '../../src/telemetry/index.ts';
import { Deadline, systemClock } from '../../src/timing/index.ts';
import { FakeOrg } from './fake-org.ts';
import { answer, visit } from './visits.ts';

let fake: FakeOrg;
let open: OpenOrg;
const opened: OpenOrg[] = [];
beforeEach(async () => {
  fake = await FakeOrg.start();
  fake.answers = [{ json: answer }];
  open = openWith();
});
afterEach(async () => {
  for (const each of opened.splice(0)) await each.close();
  await fake.close();
});

const openWith = (more: Partial<OrgSettings> = {}): OpenOrg => {
  const one = openOrg(fake.settings(more), { clock: systemClock, log: silentLog, metrics: createMetrics('test') });
  opened.push(one);
  return one;
};
const visitNow = (one = open) => one.mailbox.visit(visit, Deadline.in(systemClock, 5_000));
const expired = { status: 401, json: [{ errorCode: 'INVALID_SESSION_ID', message: 'Session expired or invalid' }] };

test('the assertion names user, client and audience, and lives three minutes', async () => {
  const before = Math.floor(Date.now() / 1000);
  await visitNow();
  expect(fake.logons).toHaveLength(1);
  expect(fake.logons[0]).toMatchObject({
    iss: 'gangway-client',
    sub: 'gangway@acme.example',
    aud: 'https://login.salesforce.com',
  });
  const lifetime = (fake.logons[0]?.exp ?? 0) - before;
  expect(lifetime).toBeGreaterThanOrEqual(180);
  expect(lifetime).toBeLessThan(190);
});

test('many at once are one logon, and the session is kept', async () => {
  await Promise.all([visitNow(), visitNow(), visitNow()]);
  await visitNow();
  expect(fake.logons).toHaveLength(1);
  expect(fake.calls).toHaveLength(4);
});

describe('a session that has ended', () => {
  test('is replaced once, and the visit made again', async () => {
    await visitNow();
    fake.answers = [expired, { json: answer }];
    expect((await visitNow()).waiting).toBe(3);
    expect(fake.calls.map(({ headers }) => headers.authorization)).toEqual([
      'Bearer token-1',
      'Bearer token-1',
      'Bearer token-2',
    ]);
  });

  test('is replaced once for all who meet it', async () => {
    await visitNow();
    fake.answers = [expired, expired, { json: answer }];
    await Promise.all([visitNow(), visitNow()]);
    expect(fake.logons).toHaveLength(2);
  });

  test('is told when a new one is refused as well, and the next visit logs on anew', async () => {
    fake.answers = [expired, expired, { json: answer }];
    await expect(visitNow()).rejects.toMatchObject({ code: 'SALESFORCE_SESSION_EXPIRED' });
    expect(fake.calls).toHaveLength(2);
    await visitNow();
    expect(fake.logons).toHaveLength(3);
  });
});

test('an org that has moved is found again by a new logon', async () => {
  await visitNow();
  fake.answers = [{ status: 404, json: [{ errorCode: 'URL_NOT_RESET', message: '' }] }, { json: answer }];
  expect((await visitNow()).waiting).toBe(3);
  expect(fake.logons).toHaveLength(2);
});

describe('a refused logon', () => {
  test('tells how far the clocks are apart, where that is why', async () => {
    const date = new Date(Date.now() + 3_600_000).toUTCString();
    fake.logonAnswers.push({ status: 400, headers: { date }, json: { error: 'invalid_grant' } });
    await expect(visitNow()).rejects.toMatchObject({
      context: { reason: expect.stringMatching(/^invalid_grant \(the clock of this machine is 3\d\d\d seconds away/) },
    });
  });

  const refusals: readonly (readonly [number, unknown, string])[] = [
    [
      400,
      { error: 'invalid_grant', error_description: "user hasn't approved this consumer" },
      "invalid_grant: user hasn't approved this consumer",
    ],
    [
      400,
      { error: 'invalid_client_id', error_description: 'client identifier invalid' },
      'invalid_client_id: client identifier invalid',
    ],
    [401, { error: 'invalid_client' }, 'invalid_client'],
    [400, { error: 'invalid_app_access', error_description: 7 }, 'invalid_app_access'],
    [403, { error: 'OAUTH_APP_BLOCKED', error_description: 'a\nb"c' }, 'OAUTH_APP_BLOCKED: a b c'],
  ];
  test.each(refusals)('%s %j is not tried again, for it would lock the user', async (status, json, reason) => {
    fake.logonAnswers.push({ status, json });
    for (let times = 0; times < 3; times += 1)
      await expect(visitNow()).rejects.toMatchObject({ code: 'SALESFORCE_LOGON_REFUSED', context: { reason } });
    expect(fake.logons).toHaveLength(1);
    expect(fake.calls).toEqual([]);
  });

  test('is tried again when somebody says that it was put right', async () => {
    fake.logonAnswers.push({ status: 400, json: { error: 'invalid_grant' } });
    await expect(visitNow()).rejects.toMatchObject({ code: 'SALESFORCE_LOGON_REFUSED' });
    open.logOnAnew();
    expect((await visitNow()).waiting).toBe(3);
  });

  test('of another org stops before anything is asked there', async () => {
    fake.id = '00D000000000009AAA';
    await expect(visitNow()).rejects.toMatchObject({
      code: 'ORG_MISMATCH',
      context: { expected: '00D5g000004GANGEA4', found: '00D000000000009' + 'EAA' },
    });
    await expect(visitNow()).rejects.toMatchObject({ code: 'ORG_MISMATCH' });
    expect(fake.logons).toHaveLength(1);
    expect(fake.calls).toEqual([]);
  });

  test.each([
    ['no key at all', 'not a key'],
    ['an agent key', generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()],
  ])('comes from ourselves where the file holds %s', async (_, pem) => {
    await expect(visitNow(openWith({ privateKey: () => pem }))).rejects.toMatchObject({
      code: 'SALESFORCE_LOGON_REFUSED',
    });
    expect(fake.asked).toEqual([]);
  });
});

describe('a logon that Salesforce cannot grant now', () => {
  test.each([
    [500, { error: 'anything' }, 'SALESFORCE_UNREACHABLE'],
    [503, 'maintenance', 'SALESFORCE_UNREACHABLE'],
    [429, {}, 'SALESFORCE_UNREACHABLE'],
    [400, { error: 'rate_limit_exceeded' }, 'SALESFORCE_UNREACHABLE'],
    [400, { error: 'server_error' }, 'SALESFORCE_UNREACHABLE'],
    [404, '<html>', 'SALESFORCE_ANSWER_UNREADABLE'],
    [200, '<html>', 'SALESFORCE_ANSWER_UNREADABLE'],
    [
      200,
      { access_token: 'x', instance_url: 'http://evil.example', id: 'https://l/id/00D5g000004GANG/005' },
      'SALESFORCE_ANSWER_UNREADABLE',
    ],
    [
      200,
      { access_token: 'x', instance_url: 'nowhere', id: 'https://l/id/00D5g000004GANG/005' },
      'SALESFORCE_ANSWER_UNREADABLE',
    ],
    [
      200,
      { access_token: 'x', instance_url: 'https://acme.my.salesforce.com', id: 'https://l/id/00X/005' },
      'SALESFORCE_ANSWER_UNREADABLE',
    ],
    [200, { access_token: 7 }, 'SALESFORCE_ANSWER_UNREADABLE'],
  ])('%s %j is tried again with the next visit', async (status, said, code) => {
    fake.logonAnswers.push(typeof said === 'string' ? { status, text: said } : { status, json: said });
    await expect(visitNow()).rejects.toMatchObject({ code });
    expect((await visitNow()).waiting).toBe(3);
  });
});

test('no failure carries the token, the assertion or the key', async () => {
  fake.answers = [{ status: 500, json: [{ errorCode: 'UNKNOWN_EXCEPTION', message: 'token-1' }] }];
  const failure: unknown = await visitNow().catch((thrown: unknown) => thrown);
  const text = JSON.stringify(failure, Object.getOwnPropertyNames(failure)) + String(failure);
  expect(text).not.toMatch(/token-1|PRIVATE KEY|eyJ/);
});
