/** Finding SAP and logging on, with the real addon. */
import { createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { startSapSimulator } from '../../../simulator/sap/start.ts';
import type { RfcAddress, SapSimulator } from '../../../simulator/sap/start.ts';
import { untilSessions } from '../sap/rfc-caller.ts';
import { createClient, describeWithAddon, destinationOf, openClient } from './addon.ts';

let sap: SapSimulator;
let rfc: RfcAddress;
beforeEach(async () => {
  sap = await startSapSimulator({ rfc: true, data: {} });
  if (sap.rfc === undefined) throw new Error('the simulated SAP speaks no RFC');
  rfc = sap.rfc;
});
afterEach(() => sap.close());

const logon = { client: '100', user: 'GANGWAY', passwd: 'Gangway-Sim-1', lang: 'EN' };
const unreachable = { name: 'RfcLibError', code: 1, group: 4, key: 'RFC_COMMUNICATION_FAILURE' };

describeWithAddon('a logon', () => {
  test('opens a session that knows whom it belongs to, and closing leaves none behind', async () => {
    const client = await openClient(sap);
    expect(await client.ping()).toBe(true);
    expect(client.connectionInfo).toMatchObject({
      user: 'GANGWAY',
      client: '100',
      sysId: 'ERP',
      sysNumber: rfc.systemNumber,
      isoLanguage: 'EN',
      partnerCodepage: '4103',
    });
    await client.close();
    expect(client.alive).toBe(false);
    await untilSessions(sap, 0);
  });

  test.each([
    ['a wrong password', { passwd: 'wrong' }, 'Name or password is incorrect (repeat logon)'],
    ['an unknown SAP client', { client: '200' }, 'Client 200 is not available in this system'],
  ])('with %s is refused', async (_what, changes, message) => {
    await expect(openClient(sap, changes)).rejects.toMatchObject({
      name: 'RfcLibError',
      code: 2,
      group: 3,
      key: 'RFC_LOGON_FAILURE',
      message,
    });
  });

  test('never gets a handle that another one had', async () => {
    const handles = new Set<number>();
    for (let round = 0; round < 5; round += 1) {
      const client = await openClient(sap);
      handles.add(client.connectionHandle);
      await client.close();
    }
    expect(handles.size).toBe(5);
  });
});

describeWithAddon('the way to SAP', () => {
  test('leads over a message server', async () => {
    const { host, port, systemId, group } = rfc.messageServer;
    const client = await createClient({ ...logon, mshost: host, msserv: String(port), r3name: systemId, group });
    await client.open();
    expect(client.connectionInfo.sysNumber).toBe(rfc.systemNumber);
    await client.close();
  });

  test.each(['', '/H/'])('leads over a SAProuter, its route string ending in "%s"', async (end) => {
    const client = await openClient(sap, { saprouter: `${rfc.router}${end}` });
    expect(await client.ping()).toBe(true);
    await client.close();
  });

  test('leads over two SAProuters to a message server', async () => {
    const { host, port, systemId } = rfc.messageServer;
    const saprouter = `${rfc.router}${rfc.router}`;
    const client = await createClient({ ...logon, mshost: host, msserv: String(port), r3name: systemId, saprouter });
    await client.open();
    await client.close();
  });

  test('that the message server does not know is a communication failure', async () => {
    const { host, port, systemId } = rfc.messageServer;
    const client = await createClient({
      ...logon,
      mshost: host,
      msserv: String(port),
      r3name: systemId,
      group: 'NOPE',
    });
    await expect(client.open()).rejects.toMatchObject({ ...unreachable, message: /Group NOPE not found/ });
  });

  test('that the SAProuter does not permit is a communication failure', async () => {
    const opening = openClient(sap, { saprouter: rfc.router, ashost: 'sap.example.com' });
    await expect(opening).rejects.toMatchObject({ ...unreachable, message: /route permission denied/ });
  });

  test('that is no route string is a parameter error', async () => {
    await expect(openClient(sap, { saprouter: '/X/somewhere' })).rejects.toMatchObject({ code: 20 });
  });

  test('without any host is a parameter error', async () => {
    const client = await createClient(logon);
    await expect(client.open()).rejects.toMatchObject({
      name: 'RfcLibError',
      code: 20,
      group: 5,
      message: 'Parameter ASHOST, GWHOST, MSHOST or PORT is missing.',
    });
  });

  test('to a host that has no such port is a communication failure with the number of the system call', async () => {
    const parameters = destinationOf(sap);
    await sap.close();
    const client = await createClient(parameters);
    await expect(client.open()).rejects.toMatchObject({ ...unreachable, message: /not reached[^]*ERRNO {7}111/ });
  });

  test('to a SAProuter that does not answer is given up when it hangs up', async () => {
    const { host, service, connected, close } = await startSilentPartner();
    const opening = openClient(sap, { saprouter: `/H/${host}/S/${service}` });
    (await connected).destroy();
    await expect(opening).rejects.toMatchObject(unreachable);
    await close();
  });
});

interface SilentPartner {
  readonly host: string;
  readonly service: number;
  readonly connected: Promise<Socket>;
  close(): Promise<void>;
}

/** Takes connections, and says nothing. */
async function startSilentPartner(): Promise<SilentPartner> {
  const server = createServer();
  const connected = new Promise<Socket>((resolve) => server.once('connection', resolve));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { address, port } = server.address() as AddressInfo;
  return {
    host: address,
    service: port,
    connected,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
