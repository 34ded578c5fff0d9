/** Which Account a change of SAP belongs to: two agents at once, customers that Salesforce itself creates, merged and deleted Accounts. */
import { afterEach, expect, jest, test } from '@jest/globals';
import { House } from '../flows/house.ts';
import type { HouseOptions } from '../flows/house.ts';
import { accountOf, accountsOf, agree, burst, edit, listens, rows, sent } from '../flows/changes-world.ts';
import type { Row } from '../flows/changes-world.ts';
import { until } from '../flows/stack.ts';

/** Whole programs are started; a busy machine needs patience. */
jest.setTimeout(180_000);

let house: House;
const open = async (options: HouseOptions = {}): Promise<void> => {
  house = await House.open({ changes: { messageTypes: { ADRMAS: { active: false } } }, ...options });
};
afterEach(() => house.close());

const nordwind = '0000104711';
const credit = (set: Row, KUNNR = '0000104712'): Promise<void> => edit(house, 'KNKK', { KUNNR, KKBER: '1000' }, set);

test('two agents with files of their own bring the same: nothing is doubled, and the newest stands', async () => {
  await open({ salesforce: { leaseSeconds: 10 } });
  house.startAgent('agent-1');
  await listens(house);
  // The second takes no IDocs, for the port is taken; it asks the pack as the first one does, whenever it holds the lease.
  house.settle({ salesforce: { leaseSeconds: 10 }, sap: { idocs: { listen: { port: 0 } } } });
  house.startAgent('agent-2');
  await until(
    () => Promise.resolve(house.words('agent-2')),
    (words) => words.includes('IDocs are taken over HTTP'),
  );
  const before = rows(house, 'Account').length;
  for (const risk of ['001', '002', '003']) await credit({ CTLPC: risk });
  await until(
    () => Promise.resolve(accountOf(house, '0000104712')['SAP_Risk_Class__c']),
    (risk) => risk === '003',
  );
  // The holder of the lease dies: the other one asks from now on, and begins where nothing is lost.
  await house.kill('agent-1');
  await credit({ CTLPC: '004' });
  await until(
    () => Promise.resolve(accountOf(house, '0000104712')['SAP_Risk_Class__c']),
    (risk) => risk === '004',
  );
  expect(rows(house, 'Account')).toHaveLength(before);
  expect(accountsOf(house, '0000104712')).toHaveLength(1);
});

test('a customer that Salesforce creates, and whose IDoc is faster than the answer, is one Account', async () => {
  await open({ outbox: { writesPerMinute: 60_000 } });
  house.sap.addFault({ kind: 'cut-after-commit', function: 'Z_GANGWAY_CUSTOMER_CREATE', times: 1 });
  // The look-up, by which the agent hears of the number, is slow; the IDoc is there long before.
  house.sap.addFault({ kind: 'slow', function: 'Z_GANGWAY_KEY_READ', delayMs: 4_000 });
  house.startAgent();
  await listens(house);
  let id = '';
  house.change((transaction) => {
    id = transaction.insert('Account', {
      Name: 'Schneller Bote AG',
      Type: 'Customer - Direct',
      BillingStreet: 'Eilweg 1',
      BillingPostalCode: '20095',
      BillingCity: 'Hamburg',
      BillingCountry: 'DE',
    });
  });
  const number = await house.numberOf(id);
  expect(await house.customersNamed('Schneller Bote AG')).toHaveLength(1);
  await until(
    () => Promise.resolve(sent(house).filter(({ status }) => status === '03').length),
    (count) => count > 0,
  );
  await edit(house, 'KNA1', { KUNNR: number }, { AUFSD: '01' });
  await agree(house, [number]);
  expect(rows(house, 'Account').filter((row) => row['Name'] === 'Schneller Bote AG')).toHaveLength(1);
  expect(accountOf(house, number)['Id']).toBe(id);
});

test('an Account that was merged keeps its customer, and one that was deleted is made anew or held with words', async () => {
  await open();
  house.startAgent();
  await listens(house);
  await edit(house, 'KNA1', { KUNNR: nordwind }, { AUFSD: '01' });
  await agree(house, [nordwind]);
  const merged = String(accountOf(house, nordwind)['Id']);
  let master = '';
  house.change((transaction) => (master = transaction.insert('Account', { Name: 'Nordwind Zentrale' })));
  const control = (path: string, body: object): Promise<Response> =>
    fetch(`${house.org.url}/simulator/records/Account/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  expect((await control(`${merged}/merge`, { into: master })).ok).toBe(true);
  await edit(house, 'KNA1', { KUNNR: nordwind }, { LIFSD: '01' });
  await agree(house, [nordwind]);
  expect(accountOf(house, nordwind)['Id']).toBe(master);
  expect((await control(`${String(accountOf(house, '0000104712')['Id'])}/delete`, {})).ok).toBe(true);
  await burst(house, '0000104712', 3);
  await agree(house, ['0000104712']);
});
