/** Faults on demand, and the limits that need no fault. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { request } from 'undici';
import { isLoopback } from '../../../simulator/sap/control/control-api.ts';
import { startSapSimulator } from '../../../simulator/sap/start.ts';
import type { SapSimulator } from '../../../simulator/sap/start.ts';
import { call, control, envelope, fault, parse, send, textOf } from './soap-caller.ts';

let sap: SapSimulator;
beforeEach(async () => {
  sap = await startSapSimulator({ workProcesses: 2, queueLength: 1, queueTimeoutMs: 5_000 });
});
afterEach(() => sap.close());

const ping = envelope('RFC_PING', '');
const echo = (): Promise<unknown> => call(sap.url, 'STFC_CONNECTION', '<REQUTEXT>a</REQUTEXT>');

/** Resolves when so many calls are open; asked over the socket, so it needs no timer. */
async function untilOpen(calls: number): Promise<void> {
  for (;;) if (((await control(sap.url, 'GET', 'calls')).body['open'] ?? 0) === calls) return;
}

describe('a fault over the control API', () => {
  test('strikes as often as it says, then never again', async () => {
    expect((await control(sap.url, 'POST', 'faults', { kind: 'short-dump', times: 2 })).status).toBe(201);
    expect(await fault(sap.url, 'RFC_PING', '')).toMatchObject({
      status: 500,
      code: 'SOAP-ENV:Server',
      name: 'COMPUTE_INT_ZERODIVIDE',
    });
    expect((await fault(sap.url, 'RFC_PING', '')).status).toBe(500);
    await echo();
  });

  test('strikes one function only, after so many calls, and goes when it is deleted', async () => {
    await control(sap.url, 'POST', 'faults', { kind: 'no-authorization', function: 'RFC_PING', after: 1 });
    await echo();
    await call(sap.url, 'RFC_PING', '');
    expect((await fault(sap.url, 'RFC_PING', '')).name).toBe('RFC_NO_AUTHORITY');
    await control(sap.url, 'DELETE', 'faults');
    await call(sap.url, 'RFC_PING', '');
  });

  test.each([
    ['an unknown kind', { kind: 'earthquake' }],
    ['an unknown member', { kind: 'slow', delay: 5 }],
    ['no kind', {}],
  ])('with %s is refused', async (_what, body) => {
    const answer = await control(sap.url, 'POST', 'faults', body);
    expect(answer.status).toBe(400);
    expect(answer.body.error).not.toBe('');
  });
});

describe('each kind of fault', () => {
  test('slow: the answer comes later, other functions are not held up', async () => {
    sap.addFault({ kind: 'slow', function: 'RFC_PING', delayMs: 150, times: 1 });
    let isAnswered = false;
    const slow = call(sap.url, 'RFC_PING', '').then(() => (isAnswered = true));
    await echo();
    expect(isAnswered).toBe(false);
    await slow;
  });

  test('work-processes-exhausted: an HTML page with 503', async () => {
    sap.addFault({ kind: 'work-processes-exhausted', times: 1 });
    const answer = await send(sap.url, ping);
    expect(answer.status).toBe(503);
    expect(answer.headers['content-type']).toContain('text/html');
    expect((await send(sap.url, ping)).status).toBe(200);
  });

  test('work-processes-exhausted for one function leaves the others alone', async () => {
    sap.addFault({ kind: 'work-processes-exhausted', function: 'RFC_PING' });
    await echo();
    expect((await send(sap.url, ping)).status).toBe(503);
  });

  test('logon-refused: 401 with the right password, and it locks nobody', async () => {
    sap.addFault({ kind: 'logon-refused', times: 6 });
    for (let attempt = 0; attempt < 6; attempt += 1) expect((await send(sap.url, ping)).status).toBe(401);
    expect((await send(sap.url, ping)).status).toBe(200);
  });

  test('garbage: HTTP 200 with half an answer', async () => {
    sap.addFault({ kind: 'garbage', times: 1 });
    const answer = await send(sap.url, ping);
    expect(answer.status).toBe(200);
    expect(() => parse(answer.text)).toThrow();
  });

  test('cut-before-commit and cut-after-commit: the line drops for functions that only read, too', async () => {
    sap.addFault({ kind: 'cut-before-commit', times: 1 });
    sap.addFault({ kind: 'cut-after-commit', times: 1 });
    await expect(send(sap.url, ping)).rejects.toThrow();
    await expect(send(sap.url, ping)).rejects.toThrow();
    expect((await send(sap.url, ping)).status).toBe(200);
  });

  test('hang: no answer until the faults are cleared, then the line drops', async () => {
    sap.addFault({ kind: 'hang', times: 1 });
    const hanging = send(sap.url, ping);
    const ended = expect(hanging).rejects.toThrow();
    await untilOpen(1);
    await echo();
    await control(sap.url, 'DELETE', 'faults');
    await ended;
  });
});

describe('work processes', () => {
  test('two run, one waits, the rest gets 503; who waited is answered', async () => {
    sap.addFault({ kind: 'slow', function: 'RFC_PING', delayMs: 200, times: 3 });
    const answers = await Promise.all(Array.from({ length: 6 }, () => send(sap.url, ping)));
    expect(answers.map((it) => it.status).sort()).toEqual([200, 200, 200, 503, 503, 503]);
  });

  test('who waits longer than the queue allows gets 503', async () => {
    await sap.close();
    sap = await startSapSimulator({ data: {}, workProcesses: 1, queueLength: 5, queueTimeoutMs: 30 });
    sap.addFault({ kind: 'slow', delayMs: 300, times: 1 });
    const statuses = (await Promise.all([send(sap.url, ping), send(sap.url, ping)])).map((it) => it.status);
    expect(statuses.sort()).toEqual([200, 503]);
    expect((await send(sap.url, ping)).status).toBe(200);
  });
});

describe('the control API', () => {
  test('counts calls by function and the most that were open at once', async () => {
    await Promise.all([echo(), echo(), call(sap.url, 'RFC_PING', '')]);
    const { body } = await control(sap.url, 'GET', 'calls');
    expect(body.functions).toEqual({ RFC_PING: 1, STFC_CONNECTION: 2 });
    expect(body.peak).toBeGreaterThanOrEqual(1);
    await control(sap.url, 'DELETE', 'calls');
    expect((await control(sap.url, 'GET', 'calls')).body.functions).toEqual({});
  });

  test('sets a field of a row, and SAP shows it at once', async () => {
    const patch = await control(sap.url, 'PATCH', 'tables/KNKK', {
      key: { KUNNR: '0000104711', KKBER: '1000' },
      set: { CRBLB: 'X', KLIMK: '1.00', NXTRV: { days: 3 } },
    });
    expect(patch.status).toBe(200);
    const answer = await call(
      sap.url,
      'BAPI_CR_ACC_GETDETAIL',
      '<CREDITCONTROLAREA>1000</CREDITCONTROLAREA><CUSTOMER>0000104711</CUSTOMER>',
    );
    expect(textOf(answer, 'BLOCKED')).toBe('X');
    expect(textOf(answer, 'CRED_LIMIT')).toBe('1.0000');
    await control(sap.url, 'PATCH', 'tables/KNKK', {
      key: { KUNNR: '0000104711', KKBER: '1000' },
      set: { CRBLB: null },
    });
    const { body } = await control(sap.url, 'GET', 'tables/KNKK?KUNNR=0000104711');
    expect(body.rows[0]).not.toHaveProperty('CRBLB');
  });

  test.each([
    ['an unknown table', 'tables/NONE', { key: { A: 'b' }, set: {} }],
    ['an unknown field', 'tables/KNKK', { key: { KUNNR: '1', KKBER: '1' }, set: { NOFIELD: 'X' } }],
    ['a key that is none', 'tables/KNKK', { key: { CTLPC: '001' }, set: {} }],
    ['a changed key', 'tables/KNKK', { key: { KUNNR: '1', KKBER: '1' }, set: { KKBER: '2' } }],
    ['a value that does not fit', 'tables/KNKK', { key: { KUNNR: '1', KKBER: '1' }, set: { KLIMK: 'much' } }],
  ])('refuses %s', async (_what, path, body) => {
    expect((await control(sap.url, 'PATCH', path, body)).status).toBe(400);
  });

  test('takes JSON only, so that no web page can drive it, and can be left out', async () => {
    const plain = await request(`${sap.url}/simulator/faults`, {
      method: 'POST',
      body: '{"kind":"hang"}',
      headers: { 'content-type': 'text/plain' },
    });
    expect(plain.statusCode).toBe(415);
    await plain.body.dump();
    const closed = await startSapSimulator({ data: {}, control: false });
    const answer = await request(`${closed.url}/simulator/calls`);
    expect(answer.statusCode).toBe(404);
    await answer.body.dump();
    await closed.close();
  });

  test('is for loopback addresses only', () => {
    expect(['127.0.0.1', '127.9.9.9', '::1', '::ffff:127.0.0.1'].map(isLoopback)).toEqual([true, true, true, true]);
    expect(['10.0.0.1', '::ffff:10.0.0.1', '::2', '1::1', undefined].map(isLoopback)).toEqual([
      false,
      false,
      false,
      false,
      false,
    ]);
  });
});
