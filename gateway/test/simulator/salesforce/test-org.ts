/** A small org for the simulator's own tests: three people, no records. */
import { generateKeyPairSync } from 'node:crypto';
import { startSalesforceSimulator } from '../../../simulator/salesforce/index.ts';
import type { OrgData, SalesforceSimulator, SalesforceSimulatorOptions } from '../../../simulator/salesforce/index.ts';

export const orgId = '00D5g000004GANG';
export const audience = 'https://relay.gangway.example';
export const keys = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
});

const person = (alias: string, sees: 'all' | 'own', permissionSets: string[]): OrgData['users'][number] => ({
  alias,
  firstName: alias,
  lastName: 'Test',
  username: `${alias}@test.example`,
  title: 'Test',
  sees,
  permissionSets,
});

/** Names of the people. */
export const people = { rep: 'rep', agent: 'agent', stranger: 'stranger', integration: 'integration' } as const;

/** What the org starts with. */
export const data: OrgData = {
  orgName: 'Test',
  home: 'none',
  users: [
    person(people.rep, 'all', ['Gangway_Sales_User']),
    person(people.agent, 'all', ['Gangway_Service_Agent']),
    person(people.stranger, 'own', ['Gangway_Service_Agent']),
    person(people.integration, 'all', ['Gangway_Integration_User']),
  ],
  records: {},
};

/** Starts the org; `relayUrl` may point nowhere. */
export const startTestOrg = (options: Partial<SalesforceSimulatorOptions> = {}): Promise<SalesforceSimulator> =>
  startSalesforceSimulator({
    data,
    relayUrl: 'http://127.0.0.1:9',
    audience,
    orgId,
    privateKey: keys.privateKey,
    ...options,
  });

/** Puts a record into the org, as its admin would. */
export function putRecord(simulator: SalesforceSimulator, object: string, values: Record<string, unknown>): string {
  const { store, named } = simulator.org;
  const transaction = store.begin(simulator.org.users[0]?.id ?? '');
  const inOrg = Object.fromEntries(Object.entries(values).map(([name, value]) => [named(name), value]));
  const id = transaction.insert(named(object), inOrg);
  // Requests come from the package's own Apex, which rings for them.
  if (object === 'SAP_Request__c' && values['Status__c'] === 'ready')
    simulator.org.ring(transaction, String(values['SAP_System__c'] ?? ''));
  transaction.commit();
  return id;
}

/** Calls a controller as somebody. */
export async function callApex(simulator: SalesforceSimulator, who: string, method: string, parameters: unknown) {
  const user = simulator.org.users.find(({ username }) => username === `${who}@test.example`);
  const answer = await fetch(`${simulator.url}/api/apex/${method.replace('.', '/')}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', cookie: `gangway_user=${user?.id ?? ''}` },
    body: JSON.stringify(parameters),
  });
  const body: unknown = await answer.json();
  return { status: answer.status, body };
}
