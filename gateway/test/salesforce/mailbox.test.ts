/** The mailbox: one visit is one call, and nobody's edited request stands in the way of the others. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { openOrg } from '../../src/salesforce/index.ts';
import type { OpenOrg, OrgSettings } from '../../src/salesforce/index.ts';
import { createMetrics, silentLog } from '../../src/telemetry/index.ts';
import { Deadline, systemClock } from '../../src/timing/index.ts';
import { FakeOrg, org } from './fake-org.ts';
import { answer, request, visit } from './visits.ts';

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
const soon = (): Deadline => Deadline.in(systemClock, 5_000);
const visitNow = () => open.mailbox.visit(visit, soon());

describe('a visit', () => {
  test('says who visits, with the fence, and what is in hand', async () => {
    await visitNow();
    expect(fake.calls).toHaveLength(1);
    expect(fake.calls[0]).toMatchObject({
      method: 'POST',
      path: '/services/apexrest/gangway/v1/visit',
      headers: { authorization: 'Bearer token-1', 'sforce-call-options': 'client=Gangway' },
    });
    expect(JSON.parse(fake.calls[0]?.body ?? '')).toEqual({
      contract: 1,
      agent: 'agent-1',
      instance: '4f0c7a10-0000-4000-8000-000000000001',
      system: 'ERPCLNT100',
      fence: 7,
      leaseSeconds: 60,
      isFarewell: false,
      wanted: 50,
      after: null,
      underWay: ['customer.create:001000000000001'],
      asking: [],
      outcomes: [],
    });
  });

  test('brings requests, lease and receipts home', async () => {
    const receipts = [{ id: request.id, result: 'noted', reason: null }];
    fake.answers = [{ json: { ...answer, receipts, next: 'SR-000012' } }];
    expect(await visitNow()).toEqual({
      lease: { isHeld: true, fence: 7, expiresInMs: 60_000 },
      requests: [request],
      unreadable: [],
      next: 'SR-000012',
      withdrawn: [],
      standing: [],
      receipts,
      waiting: 3,
    });
  });

  test('learns who else holds the lease', async () => {
    fake.answers = [{ json: { ...answer, lease: { isHeld: false, fence: 9, holder: 'agent-2', expiresInMs: 1_500 } } }];
    expect((await visitNow()).lease).toEqual({ isHeld: false, holder: 'agent-2', expiresInMs: 1_500 });
  });

  test('is made under the namespace that is configured', async () => {
    await openWith({ namespace: 'gway' }).mailbox.visit(visit, soon());
    expect(fake.calls.map(({ path }) => path)).toEqual(['/services/apexrest/gway/gangway/v1/visit']);
  });

  test.each([
    ['gway__SAP_Request__c', '/services/apexrest/gway/gangway/v1/visit'],
    ['SAP_Request__c', '/services/apexrest/gangway/v1/visit'],
    ['a_b__SAP_Request__c', '/services/apexrest/a_b/gangway/v1/visit'],
  ])('is made under the namespace found in the org, which is asked once: %s', async (name, path) => {
    const sobjects = [{ name: 'Account' }, { name: 'x__Not_SAP_Request__c' }, { name }];
    fake.answers = [{ json: { encoding: 'UTF-8', sobjects } }, { json: answer }];
    open = openWith({ namespace: undefined });
    await visitNow();
    await visitNow();
    expect(fake.calls.map((call) => call.path)).toEqual(['/services/data/v67.0/sobjects', path, path]);
  });
});

describe('a request that somebody edited', () => {
  const cases: readonly (readonly [string, unknown])[] = [
    ['a key that is no key', { ...request, id: 'a key; DROP' }],
    ['a customer number that is none', { ...request, customer: 'not a number!' }],
    ['a payload that is a number', { ...request, payload: 17 }],
    ['no subject', { ...request, subject: '' }],
    ['no correlation id that anybody could follow', { ...request, name: 'X', correlationId: '' }],
    ['a flag that is a word', { ...request, wasSent: 'yes' }],
    ['nothing at all', null],
    ['a list', [request]],
    ['a name and key of the wrong type', { ...request, id: { $ne: 1 }, name: ['SR'] }],
  ];
  test.each(cases)('is told apart and does not hide the next one: %s', async (_, edited) => {
    fake.answers = [{ json: { ...answer, requests: [edited, request] } }];
    const { requests, unreadable } = await visitNow();
    expect(requests).toEqual([request]);
    expect(unreadable).toHaveLength(1);
    expect(unreadable[0]).toEqual({
      name: expect.any(String),
      id: expect.any(String),
      reason: expect.stringMatching(/makes no sense$/),
    });
  });

  test('keeps name and key, so that people find it', async () => {
    fake.answers = [{ json: { ...answer, requests: [{ ...request, customer: '?' }] } }];
    expect((await visitNow()).unreadable).toEqual([
      { name: 'SR-000012', id: request.id, reason: 'customer makes no sense' },
    ]);
  });

  test('is followed by its name where only the correlation id is lost', async () => {
    fake.answers = [{ json: { ...answer, requests: [{ ...request, correlationId: 'a b' }] } }];
    expect((await visitNow()).requests[0]?.correlationId).toBe('SR-000012');
  });

  test('cannot plant properties in objects', async () => {
    const text = JSON.stringify({ ...answer, requests: [] }).replace(
      '"requests":[]',
      `"requests":[${JSON.stringify(request).replace('{', '{"__proto__":{"isAdmin":true},')}],"__proto__":{"isAdmin":true}`,
    );
    fake.answers = [{ text }];
    const got = await visitNow();
    expect(got.requests).toHaveLength(1);
    expect(Reflect.get(got, 'isAdmin')).toBeUndefined();
    expect(Reflect.get(got.requests[0] ?? {}, 'isAdmin')).toBeUndefined();
    expect(Reflect.get({}, 'isAdmin')).toBeUndefined();
  });
});

test('a wish or a receipt that makes no sense is left out, the rest counts', async () => {
  const withdrawn = [
    { id: 'x', wish: 'hold' },
    { id: request.id, wish: 'discard', reason: null },
  ];
  const receipts = [{ id: request.id, result: 'perhaps' }, 7];
  fake.answers = [{ json: { ...answer, withdrawn, receipts } }];
  const got = await visitNow();
  expect(got.withdrawn).toEqual([{ id: request.id, wish: 'discard', reason: '' }]);
  expect(got.receipts).toEqual([]);
});

test('an answer of another org stops everything', async () => {
  fake.answers = [{ json: { ...answer, org: '00D000000000001AAA' } }];
  await expect(visitNow()).rejects.toMatchObject({ code: 'ORG_MISMATCH', context: { expected: org } });
});
