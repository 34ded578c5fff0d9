/** What one RFC connection holds: its unit of work, its locks, and a work process only while a call runs. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { startSapSimulator } from '../../../simulator/sap/start.ts';
import type { SapSimulator } from '../../../simulator/sap/start.ts';
import { newCustomer, openSession, sessionsOf, untilSessions } from './rfc-caller.ts';
import type { RfcCaller } from './rfc-caller.ts';
import { call, control, envelope, send } from './soap-caller.ts';

let sap: SapSimulator;
beforeEach(async () => {
  sap = await startSapSimulator({ rfc: true, workProcesses: 1, lockWaitMs: 0 });
});
afterEach(() => sap.close());

/** Creates without a commit; the number SAP gave. */
async function create(session: RfcCaller): Promise<string> {
  const { ok } = await session.invoke('BAPI_CUSTOMER_CREATEFROMDATA1', newCustomer);
  expect(ok?.['RETURN']).toEqual({});
  return String(ok?.['CUSTOMERNO']);
}

async function isThere(customer: string): Promise<boolean> {
  return (await control(sap.url, 'GET', `tables/KNA1?KUNNR=${customer}`)).body.count === 1;
}

/** The message of another session that wants the same reference customer; undefined when it got it. */
async function refusalElsewhere(): Promise<unknown> {
  const other = await openSession(sap);
  const { ok } = await other.invoke('BAPI_CUSTOMER_CREATEFROMDATA1', newCustomer);
  await other.close();
  const { NUMBER } = ok?.['RETURN'] as { NUMBER?: string };
  return NUMBER;
}

describe('a unit of work', () => {
  test('waits for its commit, and is there for everybody after it', async () => {
    const session = await openSession(sap);
    const customer = await create(session);
    expect(await isThere(customer)).toBe(false);
    expect((await session.invoke('BAPI_TRANSACTION_COMMIT', { WAIT: 'X' })).ok).toEqual({ RETURN: {} });
    expect(await isThere(customer)).toBe(true);
  });

  test.each([
    ['a rollback', (session: RfcCaller) => session.invoke('BAPI_TRANSACTION_ROLLBACK')],
    ['a reset', (session: RfcCaller) => session.ask({ op: 'reset' })],
  ])('is gone after %s, whatever is committed later', async (_what, end) => {
    const session = await openSession(sap);
    const customer = await create(session);
    await end(session);
    await session.invoke('BAPI_TRANSACTION_COMMIT', { WAIT: 'X' });
    expect(await isThere(customer)).toBe(false);
  });

  test('is gone when the connection ends, and a commit in a new one finds nothing', async () => {
    const session = await openSession(sap);
    const customer = await create(session);
    await session.close();
    await untilSessions(sap, 0);
    const next = await openSession(sap);
    expect((await next.invoke('BAPI_TRANSACTION_COMMIT', { WAIT: 'X' })).ok).toEqual({ RETURN: {} });
    expect(await isThere(customer)).toBe(false);
  });

  test('is no other session’s to commit, and over SOAP each request is a session', async () => {
    const session = await openSession(sap);
    const customer = await create(session);
    const other = await openSession(sap);
    await other.invoke('BAPI_TRANSACTION_COMMIT', { WAIT: 'X' });
    await call(sap.url, 'BAPI_TRANSACTION_COMMIT', '<WAIT>X</WAIT>');
    expect(await isThere(customer)).toBe(false);
  });
});

describe('a commit that cannot be carried out', () => {
  const functions = {
    Z_INSERT: {
      importing: ['I_KUNNR CHAR10'],
      inserts: [{ table: 'KNA1', row: { KUNNR: { from: 'I_KUNNR' } } }],
    },
  };
  beforeEach(async () => {
    await sap.close();
    sap = await startSapSimulator({ rfc: true, data: { _system: {}, _functions: functions } });
  });

  test.each([
    ['says so to who waits for it', { WAIT: 'X' }, { TYPE: 'E', ID: 'S&', NUMBER: '150' }],
    ['says nothing to who does not', {}, {}],
  ])('%s, and nothing is written', async (_what, input, expected) => {
    const session = await openSession(sap);
    for (const customer of ['0000000001', '0000000002', '0000000001'])
      await session.invoke('Z_INSERT', { I_KUNNR: customer });
    expect((await session.invoke('BAPI_TRANSACTION_COMMIT', input)).ok?.['RETURN']).toMatchObject(expected);
    expect(await isThere('0000000002')).toBe(false);
  });
});

describe('locks', () => {
  test('belong to the session until it commits', async () => {
    const session = await openSession(sap);
    await create(session);
    expect(await refusalElsewhere()).toBe('042');
    await session.invoke('BAPI_TRANSACTION_COMMIT');
    expect(await refusalElsewhere()).toBeUndefined();
  });

  test('go with a connection that is closed', async () => {
    const session = await openSession(sap);
    await create(session);
    await session.close();
    await untilSessions(sap, 0);
    expect(await refusalElsewhere()).toBeUndefined();
  });

  test('of the pack’s functions are gone when they return, also when they refuse', async () => {
    const session = await openSession(sap);
    const { ok } = await session.invoke('Z_GANGWAY_CUSTOMER_CREATE', {
      I_EXTERNAL_KEY: 'k:1',
      I_CONTENT: 'a'.repeat(64),
      IS_GENERAL: {},
      IS_COMPANY: {},
      IS_SALES: {},
    });
    expect(ok?.['ET_RETURN']).not.toEqual([]);
    const key = await session.invoke('Z_GANGWAY_KEY_READ', { I_EXTERNAL_KEY: 'k:1' });
    expect(key.ok?.['E_STATE']).toBeUndefined();
  });
});

describe('work processes', () => {
  test('are not held by sessions that are idle', async () => {
    const sessions = await Promise.all(Array.from({ length: 20 }, () => openSession(sap)));
    for (const session of sessions) expect((await session.invoke('RFC_PING')).ok).toEqual({});
    expect(await sessionsOf(sap)).toMatchObject({ open: 20, opened: 20 });
    await Promise.all(sessions.map((it) => it.close()));
    await untilSessions(sap, 0);
  });

  test('are shared with the SOAP door', async () => {
    sap.addFault({ kind: 'hang', function: 'STFC_CONNECTION', times: 1 });
    const hanging = send(sap.url, envelope('STFC_CONNECTION', '<REQUTEXT>a</REQUTEXT>')).catch(() => 'cut');
    for (;;) if ((await control(sap.url, 'GET', 'calls')).body.functions['STFC_CONNECTION'] === 1) break;
    const session = await openSession(sap);
    const ping = session.invoke('RFC_PING').then(() => 'answered');
    const other = await openSession(sap);
    expect((await other.ask({ op: 'ping' })).ok).toEqual({});
    expect((await control(sap.url, 'GET', 'calls')).body.functions['RFC_PING']).toBeUndefined();
    sap.clearFaults();
    expect(await Promise.all([hanging, ping])).toEqual(['cut', 'answered']);
  });
});
