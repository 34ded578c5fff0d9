/** The bell and the Pub/Sub API of the simulated org: what is published when, and to whom it is given. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { status } from '@grpc/grpc-js';
import { z } from 'zod';
import type { SalesforceSimulator } from '../../../simulator/salesforce/index.ts';
import { EventListener, callPubSub, identityOf } from './event-listener.ts';
import { app, logOn } from './rest-caller.ts';
import { people, putRecord, startTestOrg } from './test-org.ts';

const topic = '/event/SAP_Request_Ready__e';
const schemaAnswer = z.object({ schema_json: z.string(), schema_id: z.string() });
const topicAnswer = z.object({ topic_name: z.string(), tenant_guid: z.string(), schema_id: z.string() });

describe('the Pub/Sub API of the simulated org', () => {
  let org: SalesforceSimulator;
  let token: string;
  let listeners: EventListener[];
  let made = 0;

  const start = async (options: Parameters<typeof startTestOrg>[0] = {}): Promise<void> => {
    org = await startTestOrg({ connectedApps: [app], ...options });
    token = await logOn(org);
  };
  beforeEach(async () => {
    listeners = [];
    await start();
  });
  afterEach(async () => {
    listeners.forEach((listener) => listener.close());
    await org.close();
  });

  const listen = (more: Record<string, string> = {}): EventListener => {
    const listener = new EventListener(org, identityOf(org, token, more));
    listeners.push(listener);
    return listener;
  };
  const subscribed = async (count = 100, preset = 'LATEST'): Promise<EventListener> => {
    const listener = listen();
    listener.ask({ topic_name: topic, replay_preset: preset, num_requested: count });
    await listener.opened();
    return listener;
  };
  const customer = (n: number): string =>
    putRecord(org, 'Account', { Name: 'Nordwind', SAP_Customer_Number__c: String(104_711 + n) });
  /** One transaction that changes these Accounts. */
  const call = (phone: string, accountIds: readonly string[]) => {
    const transaction = org.org.store.begin(org.org.users[0]?.id ?? '');
    accountIds.forEach((id) => transaction.update('Account', id, { Phone: phone }));
    return transaction;
  };
  /** As many transactions that leave a request ready. */
  const make = (count: number): void => {
    const accountId = customer(made);
    made += 1;
    for (let n = 1; n <= count; n += 1) call(`+49 40 ${n}`, [accountId]).commit();
  };

  test('rings once for a transaction, whatever it holds, and only after its commit', async () => {
    const listener = await subscribed();
    const accountIds = Array.from({ length: 200 }, (_, n) => customer(n));
    call('+49 40 1', accountIds).rollback();
    call('+49 40 2', accountIds).commit();
    expect(org.org.store.rows('SAP_Request__c')).toHaveLength(200);
    const { events, pending_num_requested: pending } = await listener.next();
    expect([events.length, pending, org.bus.published]).toEqual([1, 99, 1]);
  });

  test('carries the system in the schema it says', async () => {
    const listener = await subscribed();
    make(1);
    const [first] = (await listener.next()).events;
    const about = topicAnswer.parse(await callPubSub(org, 'GetTopic', identityOf(org, token), { topic_name: topic }));
    expect(about).toMatchObject({ topic_name: topic, tenant_guid: org.org.id, schema_id: first?.event.schema_id });
    const request = { schema_id: about.schema_id };
    const schema = schemaAnswer.parse(await callPubSub(org, 'GetSchema', identityOf(org, token), request));
    expect(JSON.parse(schema.schema_json)).toMatchObject({
      name: 'SAP_Request_Ready__e',
      fields: [{ name: 'CreatedDate', type: 'long' }, { name: 'CreatedById' }, { name: 'System__c' }],
    });
    // Union branch 1, length 10, the text: Avro's numbers are zigzag, so they are doubled.
    const tail = Buffer.concat([Buffer.from([2, 20]), Buffer.from('ERPCLNT100')]);
    expect(first?.event.payload.subarray(-tail.length)).toEqual(tail);
  });

  test('never gives more events than were asked for', async () => {
    const listener = await subscribed(2);
    make(5);
    const seen = [...(await listener.next()).events, ...(await listener.next()).events];
    expect(seen).toHaveLength(2);
    listener.ask({ topic_name: topic, num_requested: 10 });
    expect((await listener.next()).events).toHaveLength(3);
  });

  test.each([0, 101])('refuses a request for %i events', async (count) => {
    const listener = listen();
    listener.ask({ topic_name: topic, num_requested: count });
    expect((await listener.failure).code).toBe(status.INVALID_ARGUMENT);
  });

  test.each([
    ['an unknown token', { accesstoken: 'nobody' }],
    ['another org', { tenantid: '00D5g000004OTHER' }],
    ['another instance', { instanceurl: 'https://other.example' }],
  ])('lets nobody in with %s', async (_, more) => {
    const listener = listen(more);
    listener.ask({ topic_name: topic, num_requested: 1 });
    expect((await listener.failure).code).toBe(status.UNAUTHENTICATED);
  });

  test('knows no other topic, and keeps the topic from users without access to the event', async () => {
    const listener = listen();
    listener.ask({ topic_name: '/event/Other__e', num_requested: 1 });
    expect((await listener.failure).code).toBe(status.NOT_FOUND);
    token = await logOn(org, people.rep);
    const rep = listen();
    rep.ask({ topic_name: topic, num_requested: 1 });
    expect((await rep.failure).code).toBe(status.PERMISSION_DENIED);
  });

  test('shows with empty answers that it is alive', async () => {
    await org.close();
    await start({ keepAliveMs: 20 });
    const listener = await subscribed();
    expect((await listener.next()).events).toEqual([]);
  });

  test('begins where the subscriber says', async () => {
    make(3);
    const earliest = await subscribed(100, 'EARLIEST');
    const { events } = await earliest.next();
    expect(events).toHaveLength(3);
    const custom = listen();
    const first = events[0]?.replay_id;
    custom.ask({ topic_name: topic, replay_preset: 'CUSTOM', replay_id: first, num_requested: 100 });
    expect((await custom.next()).events.map((event) => event.replay_id)).toEqual(
      events.slice(1).map((event) => event.replay_id),
    );
    const unknown = listen();
    unknown.ask({ topic_name: topic, replay_preset: 'CUSTOM', replay_id: Buffer.from('x'), num_requested: 1 });
    expect((await unknown.failure).code).toBe(status.INVALID_ARGUMENT);
  });

  test('drops its streams when told to, and ends those of sessions that are over', async () => {
    const dropped = await subscribed();
    expect(org.dropStreams()).toBe(1);
    expect((await dropped.failure).code).toBe(status.UNAVAILABLE);
    const expired = await subscribed();
    org.expireSessions();
    expect((await expired.failure).code).toBe(status.UNAUTHENTICATED);
    expect(org.openStreams()).toBe(0);
  });

  test('loses and delays events when told to', async () => {
    const listener = await subscribed();
    org.faults.add({ kind: 'bell-silent', times: 1 });
    make(1);
    org.faults.add({ kind: 'bell-late', times: 1, delayMs: 30 });
    make(2);
    const seen = [...(await listener.next()).events, ...(await listener.next()).events];
    expect([seen.length, org.bus.published, org.faults.struck()]).toEqual([2, 3, { 'bell-silent': 1, 'bell-late': 1 }]);
  });

  test('names the topic as the namespace does', async () => {
    await org.close();
    await start({ namespace: 'acmx' });
    const listener = listen();
    listener.ask({ topic_name: '/event/acmx__SAP_Request_Ready__e', num_requested: 1 });
    await listener.opened();
    expect(org.openStreams()).toBe(1);
  });
});
