/** Faults on demand: what breaks, when it breaks, and what is kept. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import type { FaultKind, SalesforceSimulator } from '../../../simulator/salesforce/index.ts';
import { app, callRest, logOn } from './rest-caller.ts';
import { startTestOrg } from './test-org.ts';

const visitPath = '/services/apexrest/gangway/v1/visit';
const accounts = '/services/data/v67.0/sobjects/Account';

describe('the faults of the simulated org', () => {
  let org: SalesforceSimulator;
  let token: string;

  beforeEach(async () => {
    org = await startTestOrg({ connectedApps: [app] });
    token = await logOn(org);
  });
  afterEach(() => org.close());

  const create = () => callRest(org, token, 'POST', accounts, { Name: 'Nordwind' });
  const count = (): number => org.org.store.rows('Account').length;
  const control = async (method: string, path: string, body?: unknown) => {
    const headers = { 'content-type': 'application/json' };
    const sent = body === undefined ? {} : { body: JSON.stringify(body) };
    const answer = await fetch(`${org.url}/simulator/${path}`, { method, headers, ...sent });
    const said: unknown = await answer.json();
    return { status: answer.status, body: said };
  };

  test('lose the answer before or after the commit, as often as was said', async () => {
    org.faults.add({ kind: 'lost-before-commit', times: 1 });
    await expect(create()).rejects.toThrow();
    expect(count()).toBe(0);
    org.faults.add({ kind: 'lost-after-commit', times: 2 });
    await expect(create()).rejects.toThrow();
    await expect(create()).rejects.toThrow();
    expect(count()).toBe(2);
    expect((await create()).status).toBe(201);
    expect(org.faults.struck()).toEqual({ 'lost-before-commit': 1, 'lost-after-commit': 2 });
  });

  test.each<[FaultKind, number, string]>([
    ['server-error', 500, 'UNKNOWN_EXCEPTION'],
    ['row-locked', 400, 'UNABLE_TO_LOCK_ROW'],
    ['limit-reached', 403, 'REQUEST_LIMIT_EXCEEDED'],
    ['session-expired', 401, 'INVALID_SESSION_ID'],
  ])('%s answers %i and writes nothing', async (kind, status, errorCode) => {
    org.faults.add({ kind, times: 1 });
    expect(await create()).toMatchObject({ status, body: [{ errorCode }] });
    expect(count()).toBe(0);
    expect((await create()).status).toBe(201);
  });

  test('say a lock in Apex as Apex does', async () => {
    org.faults.add({ kind: 'row-locked', times: 1, path: '/visit' });
    const { status, body } = await callRest(org, token, 'POST', visitPath, {});
    const [entry] = z.array(z.object({ errorCode: z.string(), message: z.string() })).parse(body);
    expect([status, entry?.errorCode]).toEqual([500, 'APEX_ERROR']);
    expect(entry?.message).toMatch(/^System\.DmlException: .*UNABLE_TO_LOCK_ROW/);
  });

  test('answer with a page of a load balancer, or with half an answer', async () => {
    org.faults.add({ kind: 'unavailable', times: 1 });
    expect((await create()).status).toBe(503);
    org.faults.add({ kind: 'garbage', times: 1 });
    await expect(create()).rejects.toThrow(SyntaxError);
  });

  test('strike only calls to the address they name, after those they let pass', async () => {
    org.faults.add({ kind: 'server-error', path: '/visit', after: 1, times: 1 });
    expect((await create()).status).toBe(201);
    const statuses = [];
    for (let n = 0; n < 3; n += 1)
      statuses.push((await callRest(org, token, 'POST', visitPath, { contract: 7 })).status);
    expect(statuses).toEqual([409, 500, 409]);
  });

  test('are switched from outside, and counted there', async () => {
    expect((await control('POST', 'faults', { kind: 'server-error', times: 1 })).status).toBe(201);
    expect((await control('GET', 'faults')).body).toMatchObject([{ kind: 'server-error', left: 1 }]);
    await create();
    expect((await control('GET', 'counts')).body).toMatchObject({ faults: { 'server-error': 1 }, streams: 0 });
    await control('POST', 'faults', { kind: 'unavailable' });
    await control('DELETE', 'faults');
    expect((await create()).status).toBe(201);
    await control('POST', 'api-requests', { count: 0 });
    expect((await create()).status).toBe(403);
    await control('POST', 'sessions/expire', {});
    expect((await create()).status).toBe(401);
    expect((await control('POST', 'faults', { kind: 'earthquake' })).status).toBe(400);
  });

  test('take no orders from a page that posts plain text', async () => {
    const answer = await fetch(`${org.url}/simulator/faults`, { method: 'POST', body: '{"kind":"unavailable"}' });
    expect(answer.status).toBe(415);
  });
});
