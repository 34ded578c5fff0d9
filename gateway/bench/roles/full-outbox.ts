/** An outbox that has filled up while SAP was away: two requests for each Account, a create and a change behind it. */
import type { House } from '../../test/flows/house.ts';
import { draft } from '../../test/flows/draft.ts';

const perTransaction = 200;

/** Leaves `count` requests `ready`. */
export function fillOutbox(house: House, count: number): void {
  for (let from = 0; from < count / 2; from += perTransaction) {
    house.change((transaction) => {
      for (let turn = from; turn < Math.min(from + perTransaction, count / 2); turn += 1) {
        const name = `Rückstau ${turn}`;
        const id = transaction.insert('Account', { Name: name });
        const request = (kind: string, key: string, number: number, payload: object): void =>
          void transaction.insert('SAP_Request__c', {
            Account__c: id,
            Key__c: key,
            Operation__c: kind,
            Change_Number__c: number,
            Status__c: 'ready',
            SAP_System__c: 'ERPCLNT100',
            Payload__c: JSON.stringify(payload),
            Attempts__c: 0,
          });
        request('customer.create', `customer.create:${id}`, 0, { ...draft, name });
        request('customer.change', `customer.change:${id}:1`, 1, { phone: `+49 30 ${turn}` });
      }
    });
  }
}

/** Accounts whose change ended before their create did. */
export function orderBroken(house: House): number {
  const rows = house.org.org.store.rows('SAP_Request__c');
  const done = new Map(rows.map((row) => [String(row['Key__c']), row['Status__c'] === 'done']));
  return rows.filter((row) => {
    const isChange = row['Operation__c'] === 'customer.change' && row['Status__c'] === 'done';
    return isChange && done.get(`customer.create:${String(row['Account__c'])}`) !== true;
  }).length;
}
