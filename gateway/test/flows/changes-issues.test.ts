/** What an org refuses is shown to its people, and goes on when they have corrected it. */
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { accountOf, arrived, edit, listens, rows } from './changes-world.ts';
import { House } from './house.ts';

/** A program is started, and wishes are asked for twice a minute. */
jest.setTimeout(180_000);

let house: House;
beforeAll(async () => {
  house = await House.open({ changes: { messageTypes: { ADRMAS: { active: false } } } });
  house.startAgent();
  await listens(house);
});
afterAll(() => house.close());

const refusedBy = 'The rule of Nordwind wants a telephone number';
const issue = () => rows(house, 'SAP_Sync_Issue__c').find((row) => row['Kind__c'] === 'customer');

test('a rule of the org holds its record, with words in the org and for the operator, and not in the log', async () => {
  house.org.faults.add({ kind: 'rule-refuses', object: 'Account', record: '0000104711', message: refusedBy });
  await edit(house, 'KNA1', { KUNNR: '0000104711' }, { AUFSD: '01' });
  const shown = await arrived(issue, { State__c: 'Held', Code__c: 'SALESFORCE_RULE_REFUSED' });
  expect(String(shown?.['What_Happened__c'])).toContain(refusedBy);
  expect(accountOf(house, '0000104711')['SAP_Order_Block__c'] ?? null).toBeNull();
  const { output } = await house.gangway('queue', 'list', '--changes');
  expect(output).toContain(`${String(shown?.['Name'])}  held  customer 104711`);
  expect(output).toContain(refusedBy);
  expect(house.words()).toContain('SALESFORCE_RULE_REFUSED');
  expect(house.words()).not.toContain(refusedBy);
});

test('somebody has corrected it and wants it tried again: the record arrives, and the issue is solved', async () => {
  house.org.faults.clear();
  const id = String(issue()?.['Id']);
  house.change((transaction) => transaction.update('SAP_Sync_Issue__c', id, { Wish__c: 'Retry' }));
  // Asked for within half a minute: longer than the patience of one look.
  await arrived(issue, { State__c: 'Solved' }).catch(() => arrived(issue, { State__c: 'Solved' }));
  expect(accountOf(house, '0000104711')['SAP_Order_Block__c']).toBe('01');
});
