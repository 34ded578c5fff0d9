/** How long a sender may take for its document: by the clock, and by what it has brought. */
import { describe, expect, test } from '@jest/globals';
import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { DocumentBody } from '../../../src/agent/receive/http/document-body.ts';
import { defaultHttpLimits, maxConnections, serverOptions } from '../../../src/agent/receive/http/limits.ts';
import type { HttpLimits } from '../../../src/agent/receive/http/limits.ts';
import { toGatewayError } from '../../../src/errors/index.ts';
import { ManualClock } from '../execute/manual-clock.ts';

function open(limits: Partial<HttpLimits>) {
  const clock = new ManualClock();
  const request = new IncomingMessage(new Socket());
  const settings = { ...defaultHttpLimits, ...limits };
  const body = new DocumentBody(request, { clock, limits: settings, maxBytes: 1_000_000 });
  const pieces = body.pieces();
  return {
    clock,
    send: (bytes: number) => request.push(Buffer.alloc(bytes, 'x')),
    /** The next piece's bytes, or the code of the failure. */
    next: () =>
      pieces.next().then(
        ({ value }) => value?.byteLength,
        (error: unknown) => toGatewayError(error).code,
      ),
  };
}

describe('a sender', () => {
  test('is given up when nothing comes for so long, and not before', async () => {
    const { clock, send, next } = open({ idleMs: 1_000, patienceMs: 60_000 });
    const first = next();
    await clock.pass(999);
    send(1);
    expect(await first).toBe(1);
    expect(clock.waiting).toBe(0);
    const second = next();
    await clock.pass(999);
    expect(clock.waiting).toBe(1);
    await clock.pass(1);
    expect(await second).toBe('IDOC_SENDER_TOO_SLOW');
  });

  test('is given up when it has kept us waiting so long in all, however often something comes', async () => {
    const { clock, send, next } = open({ idleMs: 1_000, patienceMs: 2_500, bytesPerMs: 1_000 });
    for (let piece = 1; piece <= 2; piece += 1) {
      const coming = next();
      await clock.pass(900);
      send(1);
      expect(await coming).toBe(1);
    }
    const third = next();
    await clock.pass(600);
    expect(clock.waiting).toBe(1);
    await clock.pass(200);
    expect(await third).toBe('IDOC_SENDER_TOO_SLOW');
  });

  test('has more time as it brings more', async () => {
    const { clock, send, next } = open({ idleMs: 1_000, patienceMs: 1_000, bytesPerMs: 1 });
    for (let piece = 1; piece <= 5; piece += 1) {
      const coming = next();
      await clock.pass(900);
      send(900);
      expect(await coming).toBe(900);
    }
  });

  test('does not pay for the time that we take with what it sent', async () => {
    const { clock, send, next } = open({ idleMs: 1_000, patienceMs: 1_500, bytesPerMs: 1_000 });
    for (let piece = 1; piece <= 3; piece += 1) {
      send(1);
      expect(await next()).toBe(1);
      await clock.pass(60_000);
    }
  });
});

test('nobody has time, room or lines without end', () => {
  const hourMs = 3_600_000;
  const times = [serverOptions.headersTimeout, serverOptions.requestTimeout, serverOptions.keepAliveTimeout];
  const { idleMs, patienceMs, placeMs, discardMs } = defaultHttpLimits;
  for (const ms of [...times, idleMs, patienceMs, placeMs, discardMs]) {
    expect(ms).toBeGreaterThan(0);
    expect(ms).toBeLessThanOrEqual(hourMs);
  }
  // Strangers are known by their heads: those must come soon.
  expect(serverOptions.headersTimeout).toBeLessThanOrEqual(30_000);
  expect(serverOptions.maxHeaderSize).toBeLessThanOrEqual(65_536);
  expect(maxConnections).toBeLessThanOrEqual(1_000);
  expect(defaultHttpLimits.waiting).toBeLessThan(maxConnections);
});
