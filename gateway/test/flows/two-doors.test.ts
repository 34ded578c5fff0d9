/** The same request through the relay and through the org's mailbox at once; two agents; and what an operator does to requests. */
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { House, freePort } from './house.ts';
import { draft } from './draft.ts';
import { countCalls, until } from './stack.ts';

jest.setTimeout(180_000);

const create = 'Z_GANGWAY_CUSTOMER_CREATE';
let house: House;
beforeAll(async () => {
  house = await House.open({ relayPort: await freePort(), salesforce: { leaseSeconds: 10 } });
  house.startAgent('agent-1');
  await until(
    () => Promise.resolve(house.words()),
    (words) => words.includes('writes for the org'),
  );
  house.startAgent('agent-2');
  await house.startRelay();
});
afterAll(() => house.close());

const prospect = (name: string): string => {
  let id = '';
  house.change((transaction) => {
    id = transaction.insert('Account', { Name: name, Type: 'Prospect', BillingCity: name, BillingCountry: 'DE' });
  });
  return id;
};
const form = (name: string) => ({
  name,
  city: name,
  country: 'DE',
  language: 'DE',
  salesArea: 'Germany_Direct',
  companyCode: draft.companyCode,
  paymentTerms: draft.paymentTerms,
  currencyCode: draft.currency,
});
const press = async (recordId: string, name: string): Promise<string> => {
  const request = await house.apex('CustomerRequestController.commitRequest', { recordId, draft: form(name) });
  return String(request['id']);
};

describe('the button and the mailbox', () => {
  test('a request that both bring to the agents at the same moment is one customer', async () => {
    for (const name of ['Doppeltür Eins', 'Doppeltür Zwei', 'Doppeltür Drei']) {
      const id = prospect(name);
      const requestId = await press(id, name);
      const sent = await Promise.all([1, 2, 3].map(() => house.apex('CustomerRequestController.send', { requestId })));
      const number = await house.numberOf(id);
      expect(sent.every((answer) => ['sent', 'verifying', 'done', 'ready'].includes(String(answer['status'])))).toBe(
        true,
      );
      expect(await house.customersNamed(name)).toMatchObject([{ KUNNR: number }]);
    }
  });

  test('a request whose caller is gone gets its number all the same', async () => {
    const name = 'Ohne Anrufer';
    const id = prospect(name);
    // Committed and never sent: the browser was closed.
    await press(id, name);
    const number = await house.numberOf(id);
    expect(await house.customersNamed(name)).toMatchObject([{ KUNNR: number }]);
  });
});

describe('an operator', () => {
  const held = async (name: string): Promise<{ readonly id: string; readonly request: string }> => {
    house.sap.addFault({ kind: 'no-authorization', function: create, times: 1 });
    const id = prospect(name);
    house.change((transaction) => transaction.update('Account', id, { Type: 'Customer - Direct' }));
    const row = await house.request(id, 'held');
    return { id, request: String(row['Name']) };
  };

  test('sees what is held and why, and retries it when the cause is gone', async () => {
    const { id, request } = await held('Ohne Recht AG');
    const list = await house.gangway('queue', 'list', '--state', 'held');
    expect(list.output).toContain(request);
    const shown = await house.gangway('queue', 'show', request);
    expect(shown.output).toMatch(/SAP_NOT_AUTHORIZED[\s\S]*SU53/);
    const before = await countCalls(house.sap.url, create);
    expect((await house.gangway('queue', 'retry', request)).code).toBe(0);
    const number = await house.numberOf(id);
    expect(await house.customersNamed('Ohne Recht AG')).toMatchObject([{ KUNNR: number }]);
    expect((await countCalls(house.sap.url, create)) - before).toBe(1);
  });

  test('discards with a reason, and nothing reaches SAP any more', async () => {
    const { id, request } = await held('Doch Nicht AG');
    expect((await house.gangway('queue', 'discard', request)).code).not.toBe(0);
    const done = await house.gangway('queue', 'discard', request, '--reason', 'entered by mistake');
    expect(done.code).toBe(0);
    const row = await house.request(id, 'refused');
    expect(row).toMatchObject({ Error_Code__c: 'REQUEST_WITHDRAWN', Wish_Reason__c: 'entered by mistake' });
    expect(await house.customersNamed('Doch Nicht AG')).toEqual([]);
  });

  test("checks from the agent's seat what stands in the way", async () => {
    const { output } = await house.gangway('check');
    expect(output).toMatch(/ok .*mailbox|ok .*outbox/i);
    expect(output).toMatch(/ok .*bell|ok .*Pub/i);
  });
});
