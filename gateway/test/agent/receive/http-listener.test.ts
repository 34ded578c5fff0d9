/** The listener itself: its port, its certificate, its end. */
import { afterEach, expect, test } from '@jest/globals';
import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { request } from 'node:https';
import { Writable } from 'node:stream';
import { Deadline, systemClock } from '../../../src/timing/index.ts';
import { createLog } from '../../../src/telemetry/index.ts';
import { until } from '../../flows/stack.ts';
import { makeCertificate } from '../../relay/certificates.ts';
import { ManualClock } from '../execute/manual-clock.ts';
import { head, posted, RawLines } from './raw-line.ts';
import type { RawLine } from './raw-line.ts';
import { documentOf, idoc, openReceiver, startReceiver } from './receiver-under-test.ts';
import type { ReceiverUnderTest } from './receiver-under-test.ts';

let it: ReceiverUnderTest;
const lines = new RawLines();
const dial = (): RawLine => lines.dial(it.receiver.port);
afterEach(async () => {
  lines.end();
  await it.close();
});

/** A document whose IDocs wait for the disk. */
async function hold(line: RawLine): Promise<{ readonly release: () => void }> {
  const disk = Promise.withResolvers<void>();
  const asked = Promise.withResolvers<void>();
  it.queue.gate = () => {
    asked.resolve();
    return disk.promise;
  };
  line.send(posted(documentOf(idoc(1))));
  await asked.promise;
  return { release: () => disk.resolve() };
}

test('at the end who waits for a place is put off at once, and who comes then as well', async () => {
  it = await openReceiver({ concurrent: 1 });
  const [waits, late, first] = [dial(), dial(), dial()];
  // Its head has begun, so the line is not idle.
  late.send('POST /idocs HTTP/1.1\r\n');
  const held = await hold(first);
  waits.send(posted(documentOf(idoc(2))));
  // Asked after it, and answered: so it waits by now.
  const probe = dial();
  probe.send('GET /idocs HTTP/1.1\r\nHost: agent\r\n\r\n');
  await probe.answers(1);
  const drained = it.receiver.drain(Deadline.in(systemClock, 20_000));
  late.send(posted(documentOf(idoc(3))).replace(/^.*\r\n/, ''));
  const busy = 'HTTP/1.1 503 IDOC_RECEIVER_BUSY';
  expect([await waits.answers(1), await late.answers(1)]).toEqual([[busy], [busy]]);
  expect(first.text).toBe('');
  held.release();
  expect(await first.answers(1)).toEqual(['HTTP/1.1 200 OK']);
  await drained;
  expect(it.queue.numbers).toEqual(['0000000000000001']);
});

test('a document that does not end in time is cut and not acknowledged', async () => {
  it = await openReceiver();
  const line = dial();
  const held = await hold(line);
  await it.receiver.drain(Deadline.in(systemClock, 20));
  await line.closed;
  expect(line.text).toBe('');
  held.release();
});

test('lines without end are cut where there are too many', async () => {
  it = await openReceiver();
  for (let count = 1; count <= 256; count += 1) dial();
  const line = dial();
  await line.closed;
  expect(lines.closed).toHaveLength(1);
});

test('a head that is too long is none', async () => {
  it = await openReceiver();
  const line = dial();
  line.send(head(`X: ${'x'.repeat(20_000)}`));
  expect(await line.answers(1)).toEqual(['HTTP/1.1 431 Request Header Fields Too Large']);
});

test('a port that is taken is told once, and tried again ever more rarely', async () => {
  const other = await openReceiver();
  let logged = '';
  const sink = new Writable({
    write: (chunk: Buffer, _, done) => {
      logged += chunk.toString();
      done();
    },
  });
  const clock = new ManualClock();
  it = startReceiver({ port: other.receiver.port }, createLog('agent', { level: 'info' }, sink), clock);
  for (let attempt = 1; attempt <= 3; attempt += 1) {
    await until(
      () => Promise.resolve(clock.waiting),
      (count) => count === 1,
    );
    expect(it.receiver.isOpen).toBe(false);
    await clock.pass(30_000);
  }
  await other.close();
  await clock.until(it.receiver.ready());
  expect(it.receiver.isOpen).toBe(true);
  expect(logged.match(/IDOC_LISTENER_FAILED/g)).toHaveLength(1);
});

test('over TLS documents are taken as over HTTP, and a new certificate is used once it is there', async () => {
  let key = makeCertificate();
  const tls = {
    certificate: () => key.certificate,
    privateKey: () => key.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
  it = await openReceiver({ tls });
  /** Posts as SAP that trusts this certificate alone. */
  async function post(number: number, ca: string): Promise<number | undefined> {
    const { port } = it.receiver;
    const headers = { 'content-type': 'text/xml' };
    const trust = { ca, checkServerIdentity: () => undefined };
    const sent = request({ host: '127.0.0.1', port, path: '/idocs', method: 'POST', headers, agent: false, ...trust });
    const answered = once(sent, 'response');
    sent.end(documentOf(idoc(number)));
    const [response] = (await answered) as [IncomingMessage];
    response.resume();
    return response.statusCode;
  }
  const old = key.certificate;
  expect(await post(1, old)).toBe(200);
  key = makeCertificate();
  it.receiver.goOn();
  expect(await post(2, key.certificate)).toBe(200);
  await expect(post(3, old)).rejects.toThrow();
  expect(it.queue.numbers).toEqual(['0000000000000001', '0000000000000002']);
});
