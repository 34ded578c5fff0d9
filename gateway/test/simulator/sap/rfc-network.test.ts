/** The message server and the SAProuter of the simulated SAP. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { startSapSimulator } from '../../../simulator/sap/start.ts';
import type { RfcAddress, SapSimulator } from '../../../simulator/sap/start.ts';
import { RfcCaller, goodLogon } from './rfc-caller.ts';

let sap: SapSimulator;
let rfc: RfcAddress;
beforeEach(async () => {
  sap = await startSapSimulator({ rfc: true, data: {} });
  if (sap.rfc === undefined) throw new Error('the simulated SAP speaks no RFC');
  rfc = sap.rfc;
});
afterEach(() => sap.close());

describe('the message server', () => {
  const lookUp = async (systemId: string, group: string): Promise<Awaited<ReturnType<RfcCaller['ask']>>> =>
    (await RfcCaller.connect(rfc.messageServer.port)).ask({ op: 'lookup', systemId, group });

  test('names the application server of a group', async () => {
    expect((await lookUp('ERP', 'PUBLIC')).ok).toEqual({ host: rfc.host, systemNumber: rfc.systemNumber });
  });

  test.each([
    ['an unknown group', 'ERP', 'SPACE'],
    ['another system', 'XYZ', 'PUBLIC'],
  ])('refuses %s', async (_what, systemId, group) => {
    const { error } = await lookUp(systemId, group);
    expect(error).toMatchObject({ code: 1, group: 4 });
    expect(error?.message).toContain(`Group ${group} not found`);
  });
});

describe('the SAProuter', () => {
  const self = (): { host: string; service: string } => ({ host: rfc.host, service: rfc.router.split('/')[4] ?? '' });
  const through = async (
    ...hops: object[]
  ): Promise<{ caller: RfcCaller; reply: Awaited<ReturnType<RfcCaller['ask']>> }> => {
    const caller = await RfcCaller.connect(Number(self().service));
    return { caller, reply: await caller.ask({ op: 'route', hops: [self(), ...hops] }) };
  };

  test('lets a connection through to the system', async () => {
    const { caller, reply } = await through({ host: rfc.host, service: String(rfc.port) });
    expect(reply.ok).toEqual({});
    expect((await caller.ask({ op: 'logon', parameters: goodLogon })).ok).toBeDefined();
  });

  test('hands a route on to the next router', async () => {
    const { caller, reply } = await through(self(), { host: rfc.host, service: `sapgw${rfc.systemNumber}` });
    expect(reply.ok).toEqual({});
    expect((await caller.ask({ op: 'logon', parameters: goodLogon })).ok).toBeDefined();
  });

  test.each([
    ['a host beyond this machine', 'sap.example.com', '3300'],
    ['a port that its table does not name', '127.0.0.1', '1'],
  ])('denies %s', async (_what, host, service) => {
    const { caller, reply } = await through({ host, service });
    expect(reply.error?.message).toContain('route permission denied');
    await caller.closed;
  });
});
