/**
 * After Accounts were merged (AccountMerge): an Account that is no customer becomes the customer of the one that went,
 * with all that SAP has said; two customers in SAP for one Account are for a person to decide about.
 */
import type { Row } from '../../org/check-record.ts';
import type { Org } from '../../org/org.ts';
import type { Transaction } from '../../org/transaction.ts';
import { fieldMappings } from '../outbox/field-mappings.ts';
import { problemOf } from '../problem.ts';
import type { Labels } from '../problem.ts';

/** What follows from a merge for the customers in SAP. */
export function accountMerged(org: Org, labels: Labels, transaction: Transaction, loser: Row, master: Row): void {
  const number = org.named('SAP_Customer_Number__c');
  const [ofLoser, ofMaster] = [loser[number] ?? null, master[number] ?? null];
  if (ofLoser === null) return;
  if (ofMaster === null) {
    if (!hasOwnCreate(org, loser, master)) becomeCustomer(org, labels, transaction, loser, master);
  } else if (ofLoser !== ofMaster) showSecondCustomer(org, labels, transaction, loser, master);
}

/** SAP is making a customer of the Account that stays: its number comes by itself. */
function hasOwnCreate(org: Org, loser: Row, master: Row): boolean {
  const value = (row: Row, name: string): string => String(row[org.named(name)] ?? '');
  return [...org.requests.ofAccount(String(master['Id'])).behind(null)]
    .map((id) => org.store.find(org.named('SAP_Request__c'), id))
    .filter((row) => row !== undefined)
    .filter((row) => value(row, 'Operation__c') === 'customer.create' && value(row, 'Status__c') !== 'refused')
    .some((row) => !value(row, 'Key__c').includes(String(loser['Id'])));
}

function becomeCustomer(org: Org, labels: Labels, transaction: Transaction, loser: Row, master: Row): void {
  const always = ['SAP_Customer_Number__c', 'SAP_System__c', 'SAP_Arrival__c', 'SAP_As_Of__c', 'SAP_Document__c'];
  const names = [...always, 'SAP_Removed__c'].map(org.named);
  const owned = fieldMappings(org, labels, 'Account').ownedBySap.map(({ field }) => field);
  const said = owned.filter((field) => (loser[field] ?? null) !== null);
  const values = [...names, ...said].map((field) => [field, loser[field] ?? null] as const);
  transaction.update('Account', String(master['Id']), Object.fromEntries(values));
}

function showSecondCustomer(org: Org, labels: Labels, transaction: Transaction, loser: Row, master: Row): void {
  const customer = (row: Row): string =>
    `${String(row[org.named('SAP_System__c')])} ${String(row[org.named('SAP_Customer_Number__c')]).replace(/^0+/, '')}`;
  const problem = problemOf(labels, 'ACCOUNT_HAS_TWO_CUSTOMERS', [customer(master), customer(loser)]);
  const values = {
    Account__c: master['Id'],
    Key__c: `customer.merged:${String(loser['Id'])}`,
    Operation__c: 'customer.create',
    Status__c: 'held',
    SAP_System__c: loser[org.named('SAP_System__c')],
    SAP_Customer_Number__c: loser[org.named('SAP_Customer_Number__c')],
    Payload__c: '{}',
    Error_Code__c: problem.code,
    What_Happened__c: problem.title,
    Next_Step__c: problem.advice,
  };
  const inOrg = Object.entries(values).map(([name, value]) => [org.named(name), value] as const);
  transaction.insert(org.named('SAP_Request__c'), Object.fromEntries(inOrg));
}
