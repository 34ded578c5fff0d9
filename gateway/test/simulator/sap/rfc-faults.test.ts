/** Faults on demand over the RFC door. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { startSapSimulator } from '../../../simulator/sap/start.ts';
import type { SapSimulator } from '../../../simulator/sap/start.ts';
import { RfcCaller, goodLogon, newCustomer, openSession, portOf, untilSessions } from './rfc-caller.ts';
import { control } from './soap-caller.ts';

let sap: SapSimulator;
let session: RfcCaller;
beforeEach(async () => {
  sap = await startSapSimulator({ rfc: true });
  session = await openSession(sap);
});
afterEach(() => sap.close());

const invokePing = { op: 'invoke', function: 'RFC_PING', input: {} };

/** How many customers have come by the API of the reference customer. */
async function created(): Promise<number> {
  return (await control(sap.url, 'GET', 'tables/KNA1?NAME1=Fjordlys%20Energi%20AS')).body.count;
}

describe('while a call runs', () => {
  test('slow: the answer comes later, and other sessions are not held up', async () => {
    sap.addFault({ kind: 'slow', function: 'RFC_PING', delayMs: 100, times: 1 });
    const answers: string[] = [];
    const slow = session.invoke('RFC_PING').then(() => answers.push('slow'));
    const other = await openSession(sap);
    await other.invoke('STFC_CONNECTION', { REQUTEXT: 'x' }).then(() => answers.push('other'));
    await slow;
    expect(answers).toEqual(['other', 'slow']);
  });

  test('hang: no answer until the fault goes, then the line drops', async () => {
    sap.addFault({ kind: 'hang', times: 1 });
    const hanging = session.exchange(invokePing);
    for (;;) if ((await control(sap.url, 'GET', 'calls')).body.functions['RFC_PING'] === 1) break;
    sap.clearFaults();
    expect(await hanging).toBeUndefined();
    await untilSessions(sap, 0);
  });

  test('short-dump: the error ends the session', async () => {
    sap.addFault({ kind: 'short-dump', times: 1 });
    expect((await session.invoke('RFC_PING')).error).toMatchObject({ code: 3, key: 'COMPUTE_INT_ZERODIVIDE' });
    await session.closed;
  });

  test('no-authorization: the error ends the session', async () => {
    sap.addFault({ kind: 'no-authorization', times: 1 });
    expect((await session.invoke('RFC_PING')).error).toMatchObject({ code: 3, key: 'RFC_NO_AUTHORITY' });
  });

  test('work-processes-exhausted: a communication failure, and the connection is gone', async () => {
    sap.addFault({ kind: 'work-processes-exhausted', times: 1 });
    expect((await session.invoke('RFC_PING')).error).toMatchObject({ code: 1, group: 4 });
    await session.closed;
  });

  test('garbage: half an answer', async () => {
    sap.addFault({ kind: 'garbage', times: 1 });
    const answer = await session.exchange({ op: 'invoke', function: 'STFC_CONNECTION', input: { REQUTEXT: 'x' } });
    const parse = (): unknown => JSON.parse(answer ?? '');
    expect(parse).toThrow(SyntaxError);
  });
});

describe('a line that drops', () => {
  test.each([
    ['cut-before-commit', 0],
    ['cut-after-commit', 1],
  ] as const)('%s: the commit gets no answer, and %i customers are there', async (kind, count) => {
    sap.addFault({ kind, function: 'BAPI_TRANSACTION_COMMIT', times: 1 });
    await session.invoke('BAPI_CUSTOMER_CREATEFROMDATA1', newCustomer);
    const commit = { op: 'invoke', function: 'BAPI_TRANSACTION_COMMIT', input: {} };
    expect(await session.exchange(commit)).toBeUndefined();
    await untilSessions(sap, 0);
    expect(await created()).toBe(count);
  });

  test('drop-in-call: the caller is cut off, and the function runs to its end all the same', async () => {
    await session.invoke('BAPI_CUSTOMER_CREATEFROMDATA1', newCustomer);
    sap.addFault({ kind: 'drop-in-call', function: 'BAPI_TRANSACTION_COMMIT', times: 1 });
    const commit = { op: 'invoke', function: 'BAPI_TRANSACTION_COMMIT', input: {} };
    expect(await session.exchange(commit)).toBeUndefined();
    await untilSessions(sap, 0);
    expect(await created()).toBe(1);
  });

  test('drop-session for a function: its answer comes, then the idle session is gone with what it held', async () => {
    sap.addFault({ kind: 'drop-session', function: 'BAPI_CUSTOMER_CREATEFROMDATA1', times: 1 });
    expect((await session.invoke('BAPI_CUSTOMER_CREATEFROMDATA1', newCustomer)).ok?.['CUSTOMERNO']).toBeDefined();
    await session.closed;
    await untilSessions(sap, 0);
    expect(await session.exchange({ op: 'invoke', function: 'BAPI_TRANSACTION_COMMIT', input: {} })).toBeUndefined();
    expect(await created()).toBe(0);
  });

  test('drop-session for none: sessions that are idle now are gone, and later ones are not', async () => {
    const other = await openSession(sap);
    expect((await control(sap.url, 'POST', 'faults', { kind: 'drop-session' })).status).toBe(201);
    await Promise.all([session.closed, other.closed]);
    const next = await openSession(sap);
    expect((await next.invoke('RFC_PING')).ok).toEqual({});
    expect((await next.invoke('RFC_PING')).ok).toEqual({});
  });
});

test('logon-refused: the right password is refused, and it locks nobody', async () => {
  sap.addFault({ kind: 'logon-refused', times: 6 });
  for (let attempt = 0; attempt < 6; attempt += 1) {
    const caller = await RfcCaller.connect(portOf(sap));
    expect((await caller.ask({ op: 'logon', parameters: goodLogon })).error).toMatchObject({ code: 2, group: 3 });
  }
  await openSession(sap);
});
