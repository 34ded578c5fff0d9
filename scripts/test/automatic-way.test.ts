/** The walk of `npm start -- --check` reads the page of an Account as the simulated org answers it. */
import { generateKeyPairSync } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startSalesforceSimulator } from '../../gateway/simulator/salesforce/index.ts';
import type { SalesforceSimulator } from '../../gateway/simulator/salesforce/index.ts';
import { accountIds, ask } from '../start/ask-org.ts';
import { prospectName, requestsOf } from '../start/automatic-way.ts';

let org: SalesforceSimulator;

/** The org of `npm start` alone: no SAP and no gateway behind it, so that a request stays where it is. */
beforeAll(async () => {
  org = await startSalesforceSimulator({
    relayUrl: 'http://127.0.0.1:9',
    audience: 'https://relay.gangway.example',
    orgId: '00D5g000004GANG',
    privateKey: generateKeyPairSync('rsa', {
      modulusLength: 2048,
      publicKeyEncoding: { type: 'spki', format: 'pem' },
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    }).privateKey,
    automaticCreation: true,
  });
});
afterAll(() => org.close());

test('finds the requests among the lists of an Account, and what they say', async () => {
  const idOf = await accountIds(org);
  const recordId = idOf(prospectName);
  expect(await requestsOf(org, recordId)).toEqual({ requests: [], isMoving: false });
  await ask(org, 'PATCH', `/api/ui-api/records/${recordId}`, { fields: { Type: 'Customer' } });
  const { requests, isMoving } = await requestsOf(org, recordId);
  expect(isMoving).toBe(true);
  // The newest first: its contact person goes to SAP after it.
  expect(requests).toEqual([
    { name: expect.any(String), operation: 'Create contact person', status: 'Ready' },
    { name: expect.any(String), operation: 'Create customer', status: 'Ready' },
  ]);
  const customer = idOf('Nordwind Logistik GmbH');
  expect(await requestsOf(org, customer)).toEqual({ requests: [], isMoving: false });
});
