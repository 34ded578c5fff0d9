/** The outbox's triggers: what follows in the same transaction when Accounts, Contacts, Leads or requests are saved. */
import type { Row } from '../../org/check-record.ts';
import { SalesforceError } from '../../org/errors.ts';
import type { Org } from '../../org/org.ts';
import type { Transaction } from '../../org/transaction.ts';
import { afterArrival } from '../arrivals/triggers.ts';
import type { Labels } from '../problem.ts';
import { accountConverted, accountSaved } from './account-requests.ts';
import { contactGone, contactSaved, contactsFollow } from './contact-requests.ts';
import { fieldMappings } from './field-mappings.ts';
import type { OutboxContext } from './outbox-request.ts';

/** Lets the triggers run from now on; what was loaded before is nobody's change. */
export function runTriggers(org: Org, labels: Labels): void {
  const contextOf = (transaction: Transaction): OutboxContext | undefined => {
    const user = org.user(transaction.userId);
    if (user === undefined || org.hasCustomPermission(user, 'Skip_SAP_Requests')) return undefined;
    const notify = (type: string, accountId: string): void =>
      transaction.onCommit(type, accountId, (accountIds) => org.notify(type, accountIds));
    return { org, user, transaction, labels, notify };
  };
  const request = org.named('SAP_Request__c');
  org.store.afterSave = (transaction, object, before, after) => {
    if (object === 'Account' && before !== undefined && after !== undefined)
      protectOwned(org, labels, transaction, after, before);
    afterArrival(org, labels, transaction, object, { before, after });
    const context = contextOf(transaction);
    if (context === undefined) return;
    if (after === undefined) removed(context, object, before ?? {});
    else if (object === 'Account') accountSaved(context, after, before);
    else if (object === 'Contact') contactSaved(context, after, before);
    else if (object === 'Lead') leadSaved(context, after, before);
    else if (object === request && before === undefined) requestCame(context, after);
  };
}

function leadSaved(context: OutboxContext, lead: Row, before: Row | undefined): void {
  const accountId = lead['ConvertedAccountId'] ?? null;
  const isConverted = lead['IsConverted'] === true && before?.['IsConverted'] === false;
  if (isConverted && accountId !== null) accountConverted(context, String(accountId));
}

function requestCame(context: OutboxContext, request: Row): void {
  const { named } = context.org;
  if (request[named('Operation__c')] === 'customer.create')
    contactsFollow(context, String(request[named('Account__c')]));
}

/** Before anything of it goes. */
function removed(context: OutboxContext, object: string, gone: Row): void {
  const { org, labels } = context;
  if (object === 'Contact') contactGone(context, gone);
  if (object !== 'Account') return;
  const status = org.named('Status__c');
  const isUnderWay = [...org.requests.ofAccount(String(gone['Id'])).behind(null)].some((id) =>
    ['sent', 'verifying'].includes(String(org.store.find(org.named('SAP_Request__c'), id)?.[status])),
  );
  if (isUnderWay)
    throw new SalesforceError('FIELD_CUSTOM_VALIDATION_EXCEPTION', labels('Account_Has_Request_Under_Way'));
}

/** Fields that SAP owns change in SAP only. */
function protectOwned(org: Org, labels: Labels, transaction: Transaction, now: Row, before: Row): void {
  const isCustomer = (before[org.named('SAP_Customer_Number__c')] ?? null) !== null;
  const user = org.user(transaction.userId);
  if (!isCustomer || user === undefined || org.hasCustomPermission(user, 'Write_SAP_Owned_Fields')) return;
  for (const { field, label } of fieldMappings(org, labels, 'Account').ownedBySap) {
    if (now[field] === before[field]) continue;
    const message = labels('Field_Owned_By_Sap').replace('{0}', label);
    throw new SalesforceError('FIELD_CUSTOM_VALIDATION_EXCEPTION', message, { fields: [field] });
  }
}
