/** What lasts from call to call, and what breaks, with the real addon. */
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { Client } from 'node-rfc';
import { z } from 'zod';
import { startSapSimulator } from '../../../simulator/sap/start.ts';
import type { SapSimulator } from '../../../simulator/sap/start.ts';
import { newCustomer, sessionsOf, untilSessions } from '../sap/rfc-caller.ts';
import { control } from '../sap/soap-caller.ts';
import { createPool, describeWithAddon, openClient } from './addon.ts';

let sap: SapSimulator;
beforeEach(async () => {
  sap = await startSapSimulator({ rfc: true });
});
afterEach(() => sap.close());

const create = 'BAPI_CUSTOMER_CREATEFROMDATA1';
const commit = 'BAPI_TRANSACTION_COMMIT';
const canceled = { code: 7, group: 4, key: 'RFC_CANCELED', message: 'Connection was canceled.' };
const broken = { code: 1, group: 4, key: 'RFC_COMMUNICATION_FAILURE' };

async function created(): Promise<number> {
  return (await control(sap.url, 'GET', 'tables/KNA1?NAME1=Fjordlys%20Energi%20AS')).body.count;
}

async function untilCalled(functionName: string): Promise<void> {
  for (;;) if ((await control(sap.url, 'GET', 'calls')).body.functions[functionName] === 1) return;
}

async function echo(client: Client): Promise<unknown> {
  return (await client.call('STFC_CONNECTION', { REQUTEXT: 'again' }))['ECHOTEXT'];
}

describeWithAddon('a unit of work', () => {
  test('spans two calls of a client, its change and its commit', async () => {
    const client = await openClient(sap);
    const { CUSTOMERNO } = await client.call(create, newCustomer);
    expect(CUSTOMERNO).toMatch(/^\d{10}$/);
    expect(await created()).toBe(0);
    await client.call(commit, { WAIT: 'X' });
    expect(await created()).toBe(1);
    await client.close();
  });

  test('is rolled back when the client closes', async () => {
    const client = await openClient(sap);
    await client.call(create, newCustomer);
    await client.close();
    await untilSessions(sap, 0);
    expect(await created()).toBe(0);
  });

  test('is rolled back when a pool takes the client back, which resets its session', async () => {
    const pool = await createPool(sap);
    const client = (await pool.acquire()) as Client;
    await client.call(create, newCustomer);
    await pool.release(client);
    const next = (await pool.acquire()) as Client;
    await next.call(commit, { WAIT: 'X' });
    expect(await created()).toBe(0);
    expect((await sessionsOf(sap)).opened).toBe(1);
    await pool.release(next);
    await pool.closeAll();
    await untilSessions(sap, 0);
  });

  test('is lost when SAP drops the session before the commit, and the addon commits nothing in a new one', async () => {
    const client = await openClient(sap);
    await client.call(commit, {});
    sap.addFault({ kind: 'drop-session', function: create, times: 1 });
    await client.call(create, newCustomer);
    const before = client.connectionHandle;
    await expect(client.call(commit, { WAIT: 'X' })).rejects.toMatchObject(broken);
    expect(client.connectionHandle).not.toBe(before);
    await client.call(commit, { WAIT: 'X' });
    expect(await created()).toBe(0);
    await client.close();
  });
});

describeWithAddon('a connection that breaks', () => {
  test('during a call is an error, and the function ran to its end all the same', async () => {
    const client = await openClient(sap);
    await client.call(create, newCustomer);
    sap.addFault({ kind: 'drop-in-call', function: commit, times: 1 });
    await expect(client.call(commit, { WAIT: 'X' })).rejects.toMatchObject(broken);
    expect(await echo(client)).toBe('again');
    expect(await created()).toBe(1);
    await client.close();
  });

  test('while idle fails the next call, and the one after it works', async () => {
    const client = await openClient(sap);
    await echo(client);
    sap.addFault({ kind: 'drop-session' });
    await expect(echo(client)).rejects.toMatchObject(broken);
    expect(await echo(client)).toBe('again');
    await client.close();
  });

  test('while idle, before the first call of a function, leaves the client stuck until it is reopened', async () => {
    const client = await openClient(sap);
    sap.addFault({ kind: 'drop-session' });
    await untilSessions(sap, 0);
    await expect(echo(client)).rejects.toMatchObject(broken);
    await expect(echo(client)).rejects.toMatchObject({ code: 13, group: 5, key: 'RFC_INVALID_HANDLE' });
    await expect(client.close()).rejects.toMatchObject({ code: 13 });
    await client.open();
    expect(await echo(client)).toBe('again');
    await client.close();
  });
});

describeWithAddon('a call that takes too long', () => {
  test('is canceled from outside, while SAP goes on', async () => {
    const client = await openClient(sap);
    sap.addFault({ kind: 'hang', times: 1 });
    const hanging = client.call('RFC_PING', {});
    await untilCalled('RFC_PING');
    await Promise.all([client.cancel(), expect(hanging).rejects.toMatchObject(canceled)]);
    sap.clearFaults();
    expect(await echo(client)).toBe('again');
    await client.close();
    await untilSessions(sap, 0);
  });

  test('ends with its own time limit', async () => {
    const client = await openClient(sap);
    sap.addFault({ kind: 'hang', times: 1 });
    await expect(client.call('RFC_PING', {}, { timeout: 0.1 })).rejects.toMatchObject(canceled);
    sap.clearFaults();
    await client.close();
    await untilSessions(sap, 0);
  });

  test('holds up no other client', async () => {
    const [slow, quick] = [await openClient(sap), await openClient(sap)];
    sap.addFault({ kind: 'hang', function: 'RFC_PING', times: 1 });
    const hanging = slow.call('RFC_PING', {});
    await untilCalled('RFC_PING');
    expect(await echo(quick)).toBe('again');
    sap.clearFaults();
    await expect(hanging).rejects.toMatchObject(broken);
    await slow.close();
    await quick.close();
  });
});

describeWithAddon('handles of the library', () => {
  test('are all given back', async () => {
    const client = await openClient(sap);
    // Other tests of this process may have left some behind: the addon loses one with each call it refuses itself.
    const before = await openHandles(client);
    for (let round = 0; round < 50; round += 1) await echo(client);
    expect(await openHandles(client)).toEqual(before);
    await client.close();
  });

  test('are lost by the addon itself when it refuses a call', async () => {
    const client = await openClient(sap);
    const before = await openHandles(client);
    await expect(client.call('STFC_CONNECTION', { NOPE: '' })).rejects.toMatchObject({ code: 20 });
    expect(await openHandles(client)).toEqual({ ...before, functions: before.functions + 1 });
    await client.close();
  });
});

const handles = z.object({ connections: z.number(), functions: z.number() });

async function openHandles(client: Client): Promise<z.infer<typeof handles>> {
  await client.ping();
  return handles.parse((await control(sap.url, 'GET', 'calls')).body['handles']);
}
