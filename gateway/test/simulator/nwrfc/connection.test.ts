/** Opening, using and losing connections with the real addon. */
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { startSapSimulator } from '../../../simulator/sap/start.ts';
import type { SapSimulator } from '../../../simulator/sap/start.ts';
import { describeWithAddon, openClient } from './addon.ts';

let sap: SapSimulator;
beforeEach(async () => {
  sap = await startSapSimulator({ rfc: true });
});
afterEach(() => sap.close());

describeWithAddon('a connection of the addon', () => {
  test('opens, answers a ping, and knows whom it belongs to', async () => {
    const client = await openClient(sap);
    expect(await client.ping()).toBe(true);
    expect(client.connectionInfo).toMatchObject({ user: 'GANGWAY', client: '100', sysId: 'ERP', language: 'E' });
    await client.close();
  });
});
