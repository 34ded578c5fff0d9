/** The triggers of what arrives from SAP, before and after a save. */
import type { Row } from '../../org/check-record.ts';
import type { Org } from '../../org/org.ts';
import type { Transaction } from '../../org/transaction.ts';
import { localName } from '../package-names.ts';
import type { Labels } from '../problem.ts';
import { guardArrival } from './arrival-guard.ts';
import { maintainContactKey } from './contact-key.ts';
import { pricesFollow } from './price-book-prices.ts';
import { noteWish } from './sync-issue-wish.ts';

/** Before a save: what is really saved. */
export function beforeArrival(org: Org, labels: Labels, object: string, row: Row, before: Row | undefined): Row {
  const guarded = guardArrival(org, labels, object, row, before);
  if (object === 'Contact') return maintainContactKey(org, withoutOldNumber(org, guarded, before), before);
  return localName(org, object) === 'SAP_Sync_Issue__c' ? noteWish(org, labels, guarded, before) : guarded;
}

/** After a save, in the same transaction. */
export function afterArrival(
  org: Org,
  labels: Labels,
  transaction: Transaction,
  object: string,
  rows: { readonly before: Row | undefined; readonly after: Row | undefined },
): void {
  if (rows.after !== undefined && object === org.named('SAP_Price__c'))
    pricesFollow(org, labels, transaction, rows.after, rows.before);
}

/** A Contact that moves leaves its SAP number behind: it is that of a contact person of the other customer. */
function withoutOldNumber(org: Org, row: Row, before: Row | undefined): Row {
  const number = org.named('SAP_Contact_Number__c');
  const isMoved = before !== undefined && before['AccountId'] !== row['AccountId'];
  return isMoved && row[number] === before[number] ? { ...row, [number]: null } : row;
}
