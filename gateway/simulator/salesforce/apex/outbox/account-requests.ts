/** The requests that come of saved Accounts (AccountOutbox, AccountRequests): a create, or what has changed. */
import type { Row } from '../../org/check-record.ts';
import { requestKey } from '../request-store.ts';
import { automaticDraft, customerIssues } from './customer-content.ts';
import { changedFields, fieldMappings } from './field-mappings.ts';
import type { FieldMapping } from './field-mappings.ts';
import { outboxRule } from './outbox-rule.ts';
import {
  isCorrectable,
  isHeldByCheck,
  isOpen,
  lastChange,
  newRequest,
  newestNumber,
  put,
  requestsOf,
  standingCreate,
  start,
  systemFor,
  wasHeld,
  withdraw,
} from './outbox-request.ts';
import type { OutboxContext, OutboxRequest } from './outbox-request.ts';
import { readPayload, writePayload } from './payload.ts';

const isCustomer = ({ org }: OutboxContext, account: Row): boolean =>
  (account[org.named('SAP_Customer_Number__c')] ?? null) !== null;

/** After an Account was saved. */
export function accountSaved(context: OutboxContext, account: Row, before: Row | undefined): void {
  if (before !== undefined && isCustomer(context, account) && !isCustomer(context, before))
    withdrawCreate(context, account);
  const rule = outboxRule(context.org);
  const isNew =
    rule.createsByType &&
    rule.isCustomerType(account['Type']) &&
    !isCustomer(context, account) &&
    (before === undefined || !rule.isCustomerType(before['Type']));
  const mappings = fieldMappings(context.org, context.labels, 'Account');
  const changed = before === undefined ? [] : changedFields(mappings, account, before);
  const isTold = isNew && create(context, account);
  if (!isTold && changed.length > 0) change(context, account, changed);
}

/** Somebody has given the Account a number: a create that waits would make a second customer. */
function withdrawCreate(context: OutboxContext, account: Row): void {
  const creating = standingCreate(requestsOf(context.org, String(account['Id'])));
  if (creating === null || (creating.fields['SAP_Customer_Number__c'] ?? null) !== null) return;
  const mayExist = creating.fields['Status__c'] === 'held' && creating.fields['Error_Code__c'] === 'CUSTOMER_MAY_EXIST';
  if (!mayExist && !isOpen(creating)) return;
  withdraw(context, creating, 'Reason_Linked');
  put(context, creating, true);
}

/** After a conversion has made or met an Account. */
export function accountConverted(context: OutboxContext, accountId: string): void {
  const account = context.org.store.find('Account', accountId);
  if (account !== undefined && outboxRule(context.org).createsOnConversion) create(context, account);
}

/** True when the request carries what the Account says now. */
function create(context: OutboxContext, account: Row): boolean {
  const { org } = context;
  const accountId = String(account['Id']);
  if (isCustomer(context, account)) return false;
  const standing = standingCreate(requestsOf(org, accountId));
  if (standing === null) {
    const request = newRequest(org, 'customer.create', requestKey(accountId), account);
    request.fields['Checks_Duplicates__c'] = outboxRule(org).checksDuplicates;
    draft(context, request, account);
    return true;
  }
  const beginsAgain = isHeldByCheck(standing) || standing.fields['Status__c'] === 'refused';
  if (beginsAgain) draft(context, standing, account);
  return beginsAgain;
}

function draft(context: OutboxContext, request: OutboxRequest, account: Row): void {
  const { org, labels } = context;
  const before = wasHeld(org, request);
  const { payload, issues } = automaticDraft(context, account, outboxRule(org), request.fields['Payload__c']);
  Object.assign(request.fields, { Payload__c: payload, SAP_System__c: systemFor(org, account) });
  start(context, request, fieldMappings(org, labels, 'Account').issues, issues);
  put(context, request, before);
}

function change(context: OutboxContext, account: Row, changed: readonly FieldMapping[]): void {
  const requests = requestsOf(context.org, String(account['Id']));
  const creating = standingCreate(requests);
  if (creating !== null && !isCustomer(context, account) && joinsCreate(context, account, creating, changed)) return;
  // The language is set when a customer is created, and never changed.
  const changeable = changed.filter(({ path }) => path !== 'language');
  const isBeingCreated = creating !== null && creating.fields['Status__c'] !== 'refused';
  const reachesSap = isCustomer(context, account) || isBeingCreated;
  if (reachesSap && changeable.length > 0 && outboxRule(context.org).sendsChanges)
    putChange(context, account, requests, changeable);
}

/** While the create has not left the org, there is nothing to change yet: it takes the values. */
function joinsCreate(
  context: OutboxContext,
  account: Row,
  creating: OutboxRequest,
  changed: readonly FieldMapping[],
): boolean {
  const { org, labels } = context;
  const rule = outboxRule(org);
  const isCorrected = isCorrectable(creating) && (rule.createsByType || rule.createsOnConversion);
  if (isHeldByCheck(creating) || isCorrected) {
    draft(context, creating, account);
    return true;
  }
  const values = readPayload(creating.fields['Payload__c']);
  if (!isOpen(creating) || values === null) return false;
  const { leadingNowhere, issues } = fieldMappings(org, labels, 'Account');
  const isLed = changed.every((mapping) => !leadingNowhere.includes(mapping));
  changed.filter((one) => !leadingNowhere.includes(one)).forEach((one) => values.set(one.path, one.valueIn(account)));
  creating.fields['Payload__c'] = writePayload(values);
  start(context, creating, isLed ? [] : issues, customerIssues(context, values));
  put(context, creating, wasHeld(org, creating));
  return true;
}

function putChange(
  context: OutboxContext,
  account: Row,
  requests: readonly OutboxRequest[],
  changed: readonly FieldMapping[],
): void {
  const { org, labels } = context;
  const last = lastChange(requests);
  const takesValues = last !== null && (isOpen(last) || isCorrectable(last));
  const held = takesValues ? readPayload(last.fields['Payload__c']) : null;
  const request = held === null || last === null ? nextChange(context, account, requests) : last;
  const { leadingNowhere, issues } = fieldMappings(org, labels, 'Account');
  const values = held ?? new Map<string, string>();
  changed.forEach((one) => values.set(leadingNowhere.includes(one) ? one.field : one.path, one.valueIn(account)));
  request.fields['Payload__c'] = writePayload(values);
  const unmapped = issues.filter(({ path }) => values.has(path));
  start(context, request, unmapped, customerIssues(context, values));
  put(context, request, wasHeld(org, request));
}

function nextChange({ org }: OutboxContext, account: Row, requests: readonly OutboxRequest[]): OutboxRequest {
  const next = newestNumber(requests) + 1;
  const request = newRequest(org, 'customer.change', `customer.change:${String(account['Id'])}:${next}`, account);
  request.fields['Change_Number__c'] = next;
  return request;
}
