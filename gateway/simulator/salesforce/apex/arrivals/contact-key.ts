/** The SAP contact key of Contacts: whoever writes a number, changes of that contact person find the Contact (ContactKey). */
import type { Row } from '../../org/check-record.ts';
import type { Org } from '../../org/org.ts';

/** What the trigger makes of a Contact that is about to be saved. */
export function maintainContactKey(org: Org, row: Row, before: Row | undefined): Row {
  const [keyField, numberField] = [org.named('SAP_Contact_Key__c'), org.named('SAP_Contact_Number__c')];
  const number = String(row[numberField] ?? '').trim();
  if (number === '') return { ...row, [keyField]: null };
  const isKeyOf = String(row[keyField] ?? '')
    .toLowerCase()
    .endsWith(`:${number.toLowerCase()}`);
  const isMoved = before !== undefined && row['AccountId'] !== before['AccountId'];
  if (isKeyOf && !isMoved) return row;
  const account = org.store.find('Account', String(row['AccountId'] ?? ''));
  const isCustomer = (account?.[org.named('SAP_Customer_Number__c')] ?? null) !== null;
  const system = isCustomer ? String(account?.[org.named('SAP_System__c')] ?? '') : '';
  return { ...row, [keyField]: system === '' ? null : `${system}:${number}` };
}
