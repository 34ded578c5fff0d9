/** The bell: rings when the org has something, survives whatever ends its stream, and falls silent when it is told to. */
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { Metadata, status } from '@grpc/grpc-js';
import { openOrg } from '../../src/salesforce/index.ts';
import type { OpenOrg, OrgSettings } from '../../src/salesforce/index.ts';
import { createMetrics, silentLog } from '../../src/telemetry/index.ts';
import { systemClock } from '../../src/timing/index.ts';
import type { Clock } from '../../src/timing/index.ts';
import { FakeOrg, org } from './fake-org.ts';
import { FakePubSub } from './fake-pub-sub.ts';
import { proxyWith } from './proxy.ts';

/** Waits of minutes are seconds here. */
const quick: Clock = { ...systemClock, after: (delayMs, work) => systemClock.after(delayMs / 100, work) };

let fake: FakeOrg;
let pubSub: FakePubSub;
let stop: AbortController;
const opened: OpenOrg[] = [];
beforeEach(async () => {
  fake = await FakeOrg.start();
  pubSub = await FakePubSub.start();
  stop = new AbortController();
});
afterEach(async () => {
  stop.abort();
  for (const each of opened.splice(0)) await each.close();
  pubSub.close();
  await fake.close();
});

interface Heard {
  rings: number;
  readonly states: boolean[];
}

function listen(more: Partial<OrgSettings> = {}): Heard {
  const settings = fake.settings({ bell: true, pubSub: pubSub.url, ...more });
  const one = openOrg(settings, { clock: quick, log: silentLog, metrics: createMetrics('test') });
  opened.push(one);
  const heard: Heard = { rings: 0, states: [] };
  const onRing = (): void => {
    heard.rings += 1;
    pubSub.changed();
  };
  const onState = (isListening: boolean): void => {
    heard.states.push(isListening);
    pubSub.changed();
  };
  one.bell?.listen(onRing, onState, stop.signal);
  return heard;
}

/** Listens, and waits until the stream is open. */
async function listening(more: Partial<OrgSettings> = {}): Promise<Heard> {
  const heard = listen(more);
  const stream = await pubSub.stream(0);
  stream.sendHeaders(new Metadata());
  await pubSub.until(() => heard.rings === 1);
  return heard;
}

test('says who listens to what, from now on, and takes 100 events', async () => {
  await listening({ namespace: 'gway' });
  const stream = await pubSub.stream(0);
  await pubSub.until(() => stream.fetches.length > 0);
  expect(stream.fetches).toEqual([
    { topic_name: '/event/gway__SAP_Request_Ready__e', replay_preset: 'LATEST', num_requested: 100 },
  ]);
  expect(stream.metadata.getMap()).toMatchObject({ accesstoken: 'token-1', instanceurl: fake.url, tenantid: org });
});

test('rings once when it begins to listen, because something may have happened before', async () => {
  const heard = await listening();
  expect(heard).toEqual({ rings: 1, states: [true] });
});

test('begins to listen also where the server says nothing before the first event', async () => {
  const heard = listen();
  await pubSub.until(() => heard.rings === 1);
  expect(heard.states).toEqual([true]);
});

test('rings again at the first word of a server that came late: something may have been missed', async () => {
  const heard = listen();
  await pubSub.until(() => heard.rings === 1);
  const stream = await pubSub.stream(0);
  stream.keepAlive();
  await pubSub.until(() => heard.rings === 2);
  expect(heard.states).toEqual([true]);
});

test('rings for each answer with events, and not for a sign of life', async () => {
  const heard = await listening();
  const stream = await pubSub.stream(0);
  stream.keepAlive();
  stream.ring(3);
  await pubSub.until(() => heard.rings === 2);
  stream.ring();
  await pubSub.until(() => heard.rings >= 3);
  expect(heard.rings).toBe(3);
});

test('asks for more before the server runs out of leave, and never has more than 100 outstanding', async () => {
  await listening();
  const stream = await pubSub.stream(0);
  stream.ring(49);
  stream.ring(1);
  await pubSub.until(() => stream.fetches.length === 2);
  expect(stream.fetches[1]?.num_requested).toBe(50);
  stream.ring(80);
  await pubSub.until(() => stream.fetches.length === 3);
  expect(stream.fetches[2]?.num_requested).toBe(80);
});

test.each([
  ['ends', (end: () => void, _: () => void) => end()],
  ['fails', (_: () => void, fail: () => void) => fail()],
])('listens again and rings when a stream %s', async (_, break_) => {
  const heard = await listening();
  const first = await pubSub.stream(0);
  break_(
    () => first.end(),
    () => first.fail(status.UNAVAILABLE),
  );
  const second = await pubSub.stream(1);
  second.sendHeaders(new Metadata());
  await pubSub.until(() => heard.rings === 2);
  expect(heard.states).toEqual([true, false, true]);
  second.ring();
  await pubSub.until(() => heard.rings === 3);
});

test('logs on anew when the session has ended', async () => {
  pubSub.refusals.push(status.UNAUTHENTICATED);
  listen();
  const second = await pubSub.stream(1);
  expect(second.metadata.getMap()['accesstoken']).toBe('token-2');
});

test('goes on asking, with growing waits, while the right is missing, and says that it does not listen', async () => {
  pubSub.refusals.push(status.PERMISSION_DENIED, status.NOT_FOUND, status.INVALID_ARGUMENT, status.INTERNAL);
  const heard = listen();
  const fifth = await pubSub.stream(4);
  expect(heard).toEqual({ rings: 0, states: [] });
  fifth.sendHeaders(new Metadata());
  await pubSub.until(() => heard.rings === 1);
  expect(fake.logons).toHaveLength(1);
});

test('goes on when nobody is there, until somebody is', async () => {
  fake.logonAnswers.push({ status: 503, text: 'down' }, { status: 503, text: 'down' });
  const heard = listen();
  await pubSub.until(() => heard.rings === 1);
  expect(fake.logons).toHaveLength(3);
});

test('takes a silent connection for dead and opens another', async () => {
  const heard = await listening();
  const second = await pubSub.stream(1);
  expect(second.fetches).toBeDefined();
  expect(heard.states.slice(0, 2)).toEqual([true, false]);
}, 15_000);

test('closes its stream when it is told to stop, and does not come back', async () => {
  const heard = await listening();
  const stream = await pubSub.stream(0);
  stop.abort();
  await pubSub.until(() => stream.isOver && heard.states.length === 2);
  expect(heard.states).toEqual([true, false]);
  expect(pubSub.streams).toHaveLength(1);
});

test('closes its stream when the org is closed', async () => {
  const heard = await listening();
  const stream = await pubSub.stream(0);
  await opened[0]?.close();
  await pubSub.until(() => stream.isOver && heard.states.length === 2);
  expect(heard.states).toEqual([true, false]);
});

test('does not dial at all when it was stopped before it began', async () => {
  stop.abort();
  listen();
  await new Promise((resolve) => setImmediate(resolve));
  expect(fake.logons).toHaveLength(0);
});

test('goes through the configured proxy, with its password', async () => {
  const proxy = await proxyWith('secret word');
  const heard = await listening({ proxyUrl: proxy.url });
  expect(proxy.targets).toContain(`127.0.0.1:${pubSub.port}`);
  expect(heard.rings).toBe(1);
  stop.abort();
  await proxy.close();
});

test('is not there at all behind a proxy that gRPC cannot use, or where nobody wants it', () => {
  const parts = { clock: quick, log: silentLog, metrics: createMetrics('test') };
  const without = [
    openOrg(fake.settings({ bell: true, proxyUrl: 'https://127.0.0.1:1' }), parts),
    openOrg(fake.settings({ bell: false }), parts),
  ];
  opened.push(...without);
  expect(without.map(({ bell }) => bell)).toEqual([undefined, undefined]);
});
