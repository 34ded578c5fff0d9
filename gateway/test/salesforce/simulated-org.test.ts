/** Mailbox, bell and desk against the simulated org, which was written from the contract by other hands. */
import { afterEach, describe, expect, test } from '@jest/globals';
import type { SalesforceSimulator, SalesforceSimulatorOptions } from '../../simulator/salesforce/index.ts';
import { idempotencyKey } from '../../src/model/index.ts';
import type { MailboxVisit } from '../../src/ports/index.ts';
import { openOrg } from '../../src/salesforce/index.ts';
import type { OpenOrg, OrgSettings } from '../../src/salesforce/index.ts';
import { createMetrics, silentLog } from '../../src/telemetry/index.ts';
import { Deadline, systemClock } from '../../src/timing/index.ts';
import { keys, people, putRecord, startTestOrg } from '../simulator/salesforce/test-org.ts';
import { org } from './fake-org.ts';
import { visit as usualVisit } from './visits.ts';

let simulator: SalesforceSimulator;
let open: OpenOrg;
const stop: AbortController[] = [];
afterEach(async () => {
  for (const each of stop.splice(0)) each.abort();
  await open.close();
  await simulator.close();
});

const username = `${people.integration}@test.example`;
const app = { clientId: 'gangway-client', certificate: keys.publicKey, usernames: [username] };

async function start(
  options: Partial<SalesforceSimulatorOptions> = {},
  more: Partial<OrgSettings> = {},
): Promise<void> {
  simulator = await startTestOrg({ connectedApps: [app], keepAliveMs: 20, ...options });
  const settings: OrgSettings = {
    org,
    agentId: 'agent-1',
    instance: '4f0c7a10-0000-4000-8000-000000000001',
    loginUrl: simulator.url,
    audience: 'https://login.salesforce.com',
    clientId: app.clientId,
    username,
    privateKey: () => keys.privateKey,
    bell: true,
    pubSub: simulator.pubSubUrl,
    ...more,
  };
  open = openOrg(settings, { clock: systemClock, log: silentLog, metrics: createMetrics('test') });
}

const soon = (): Deadline => Deadline.in(systemClock, 5_000);
const visit = (more: Partial<MailboxVisit> = {}) =>
  open.mailbox.visit({ ...usualVisit, fence: null, underWay: [], ...more }, soon());

/** A request that is ready; gives its key. */
function ask(): string {
  const account = putRecord(simulator, 'Account', { Name: 'Nordwind' });
  const key = `customer.create:${account}`;
  putRecord(simulator, 'SAP_Request__c', {
    Account__c: account,
    Key__c: key,
    Operation__c: 'customer.create',
    Status__c: 'ready',
    SAP_System__c: 'ERPCLNT100',
    Payload__c: '{}',
  });
  return key;
}

test.each([[undefined], ['gway']])(
  'a request goes to the agent and its outcome back; namespace %s',
  async (namespace) => {
    await start({ namespace });
    const key = ask();
    const first = await visit();
    expect(first.lease).toMatchObject({ isHeld: true, fence: 1 });
    expect(first.requests).toMatchObject([{ id: key, kind: 'customer.create', wasSent: false, customer: null }]);
    const operation = {
      id: idempotencyKey.parse(key),
      kind: 'customer.create' as const,
      state: 'done' as const,
      asOf: '2026-11-21T09:00:01.000Z',
      attempts: 1,
      isRepeat: false,
      customer: { system: usualVisit.system, number: '0000104999' },
      contact: null,
      sapMessages: [],
      problem: null,
    };
    const outcomes = [{ operation, correlationId: 'walk-0001' }] as unknown as MailboxVisit['outcomes'];
    expect((await visit({ fence: 1, outcomes })).receipts).toEqual([{ id: key, result: 'noted', reason: null }]);
    expect((await visit({ fence: 1, outcomes })).receipts).toMatchObject([{ id: key, result: 'repeated' }]);
  },
);

describe('what can go wrong', () => {
  test.each([
    ['server-error', 'SALESFORCE_FAILED'],
    ['unavailable', 'SALESFORCE_UNREACHABLE'],
    ['row-locked', 'SALESFORCE_ROW_LOCKED'],
    ['limit-reached', 'SALESFORCE_LIMIT_REACHED'],
    ['garbage', 'SALESFORCE_ANSWER_UNREADABLE'],
    ['lost-before-commit', 'SALESFORCE_UNREACHABLE'],
    ['lost-after-commit', 'SALESFORCE_UNREACHABLE'],
  ] as const)('%s has its code, and the next visit finds everything', async (kind, code) => {
    await start();
    const key = ask();
    simulator.faults.add({ kind, path: '/visit', times: 1 });
    await expect(visit()).rejects.toMatchObject({ code });
    expect((await visit()).requests).toMatchObject([{ id: key, wasSent: kind === 'lost-after-commit' }]);
  });

  test('an ended session is not noticed', async () => {
    await start();
    await visit();
    simulator.expireSessions();
    expect((await visit({ fence: 1 })).lease.isHeld).toBe(true);
  });

  test('an org without the package, or with another one, is told apart', async () => {
    await start({ installedPackage: null }, { namespace: '' });
    await expect(visit()).rejects.toMatchObject({ code: 'PACKAGE_MISSING' });
    await open.close();
    await simulator.close();
    await start({ installedPackage: { contract: 2, packageVersion: '2.0' } });
    await expect(visit()).rejects.toMatchObject({ code: 'PACKAGE_TOO_NEW', context: { found: '2.0' } });
  });

  test('a user who is nobody, and another org, stop everything', async () => {
    await start({}, { username: 'nobody@test.example' });
    await expect(visit()).rejects.toMatchObject({ code: 'SALESFORCE_LOGON_REFUSED' });
    await open.close();
    await simulator.close();
    await start({ orgId: '00D5g000004OTHR' });
    await expect(visit()).rejects.toMatchObject({ code: 'ORG_MISMATCH' });
  });
});

describe('the bell', () => {
  /** Waits for what the bell does, without ever looking at a clock. */
  function listen(): { rung(times: number): Promise<void> } {
    const waiting = new Set<() => void>();
    let rings = 0;
    const controller = new AbortController();
    stop.push(controller);
    const onRing = (): void => {
      rings += 1;
      for (const wake of waiting) wake();
      waiting.clear();
    };
    open.bell?.listen(onRing, () => undefined, controller.signal);
    return {
      rung: async (times) => {
        while (rings < times) await new Promise<void>((resolve) => waiting.add(resolve));
      },
    };
  }

  test.each([[undefined], ['gway']])('rings when a request becomes ready; namespace %s', async (namespace) => {
    await start({ namespace });
    const bell = listen();
    await bell.rung(1);
    ask();
    await bell.rung(2);
  });

  test('rings again after its streams were dropped and its session ended', async () => {
    await start();
    const bell = listen();
    await bell.rung(1);
    simulator.dropStreams();
    await bell.rung(2);
    simulator.expireSessions();
    await bell.rung(3);
    ask();
    await bell.rung(4);
  });
});

test('the desk lists, shows, holds and retries', async () => {
  await start();
  const key = ask();
  const list = { states: ['ready', 'held'] as const, after: null, limit: 10 };
  const page = await open.desk.list(list, soon());
  expect(page).toMatchObject({
    requests: [{ id: key, state: 'ready', kind: 'customer.create' }],
    counts: { ready: 1 },
  });
  const name = page.requests[0]?.name ?? '';
  expect(await open.desk.hold([name], { reason: 'wait', by: 'a test' }, soon())).toMatchObject([{ result: 'done' }]);
  expect(await open.desk.show(name, soon())).toMatchObject({ id: key, state: 'held', code: 'REQUEST_ON_HOLD' });
  expect(await open.desk.retry([key, 'SR-999999'], soon())).toMatchObject([{ result: 'done' }, { result: 'refused' }]);
  expect((await open.desk.list(list, soon())).counts).toMatchObject({ ready: 1, held: 0 });
  await expect(open.desk.show('SR-999999', soon())).rejects.toMatchObject({ code: 'REQUEST_UNKNOWN' });
});

test('a check says that the package knows another contract, and takes no lease', async () => {
  await start({ installedPackage: { contract: 2, packageVersion: '2.0' } });
  const outbox = open.probe.readOutbox(usualVisit.system, soon());
  await expect(outbox).rejects.toMatchObject({ code: 'PACKAGE_TOO_NEW', context: { found: '2.0' } });
});

test('a check looks at everything and takes nothing', async () => {
  await start();
  const key = ask();
  const { probe } = open;
  expect(Math.abs((await probe.logOn(soon())) ?? Infinity)).toBeLessThan(60_000);
  expect(await probe.readOutbox(usualVisit.system, soon())).toBe(1);
  expect(await probe.canListen?.(soon())).toBe(true);
  expect(probe.usedCalls).toMatchObject({ limit: 15_000 });
  expect(simulator.org.store.rows('SAP_Lease__c')).toEqual([]);
  expect((await visit()).requests).toMatchObject([{ id: key, wasSent: false }]);
});
