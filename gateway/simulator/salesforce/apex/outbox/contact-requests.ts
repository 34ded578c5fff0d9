/** The requests that come of saved Contacts (ContactOutbox, ContactRequests, ContactBacklog). */
import type { Row } from '../../org/check-record.ts';
import { contactIssues } from './contact-issues.ts';
import { changedFields, fieldMappings } from './field-mappings.ts';
import type { FieldMapping } from './field-mappings.ts';
import { outboxRule } from './outbox-rule.ts';
import {
  isCorrectable,
  isOpen,
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

/** After a Contact was saved. */
export function contactSaved(context: OutboxContext, contact: Row, before: Row | undefined): void {
  const isHere = before !== undefined && before['AccountId'] === contact['AccountId'];
  if (!isHere) {
    arrive(context, contact);
    return;
  }
  const mappings = fieldMappings(context.org, context.labels, 'Contact');
  const changed = changedFields(mappings, contact, before);
  if (changed.length > 0) change(context, contact, changed);
}

/** A Contact that goes takes what has not left the org with it. */
export function contactGone(context: OutboxContext, contact: Row): void {
  for (const request of requestsOf(context.org, String(contact['Id'])).filter(isOpen)) {
    withdraw(context, request, 'Reason_Contact_Deleted');
    put(context, request, true);
  }
}

/** The Contacts an Account had before it became a customer. */
export function contactsFollow(context: OutboxContext, accountId: string): void {
  for (const id of context.org.contacts.of(accountId).behind(null)) {
    const contact = context.org.store.find('Contact', id);
    if (contact !== undefined && context.org.requests.ofRecord(id).size === 0) arrive(context, contact);
  }
}

/** A Contact is with its Account now: new, or from another one. */
function arrive(context: OutboxContext, contact: Row): void {
  const { org } = context;
  const isWanted = isForSap(context, contact);
  const requests = requestsOf(org, String(contact['Id']));
  const isHere = ({ fields }: OutboxRequest): boolean => fields['Account__c'] === contact['AccountId'];
  const isCreate = ({ fields }: OutboxRequest): boolean => fields['Operation__c'] === 'contact.create';
  if (requests.some((one) => isHere(one) && isCreate(one) && one.fields['Status__c'] !== 'refused')) return;
  const left = requests.filter((one) => !isHere(one) && isOpen(one));
  const moving = isWanted ? left.findLast(isCreate) : undefined;
  for (const request of left.filter((one) => one !== moving)) {
    withdraw(context, request, 'Reason_Contact_Moved');
    put(context, request, true);
  }
  const isKnown = String(contact[org.named('SAP_Contact_Number__c')] ?? '') !== '';
  if (!isWanted || isKnown) return;
  const account = org.store.find('Account', String(contact['AccountId'])) ?? {};
  if (moving !== undefined)
    Object.assign(moving.fields, { Account__c: contact['AccountId'], SAP_System__c: systemFor(org, account) });
  fill(context, moving ?? newCreate(context, contact, requests), contact);
}

function change(context: OutboxContext, contact: Row, changed: readonly FieldMapping[]): void {
  const { org, labels } = context;
  if (!isForSap(context, contact)) return;
  const all = requestsOf(org, String(contact['Id']));
  const requests = all.filter(({ fields }) => fields['Account__c'] === contact['AccountId']);
  const creating = standingCreate(requests);
  const hasNoNumber = (contact[org.named('SAP_Contact_Number__c')] ?? null) === null;
  const isDiscarded = creating?.fields['Status__c'] === 'refused' && !isCorrectable(creating);
  if (hasNoNumber && isDiscarded) return;
  const takesCreate = creating === null || isOpen(creating) || isCorrectable(creating);
  if (hasNoNumber && takesCreate) {
    fill(context, creating ?? newCreate(context, contact, all), contact);
    return;
  }
  const last = requests.findLast(
    ({ fields }) => fields['Operation__c'] === 'contact.change' && fields['Status__c'] !== 'done',
  );
  const held =
    last !== undefined && (isOpen(last) || isCorrectable(last)) ? readPayload(last.fields['Payload__c']) : null;
  const request = held === null || last === undefined ? numbered(context, 'contact.change', contact, all) : last;
  const { leadingNowhere, issues } = fieldMappings(org, labels, 'Contact');
  const values = held ?? new Map<string, string>();
  changed.forEach((one) => values.set(leadingNowhere.includes(one) ? one.field : one.path, one.valueIn(contact)));
  request.fields['Payload__c'] = writePayload(values);
  const unmapped = issues.filter(({ path }) => values.has(path));
  start(context, request, unmapped, contactIssues(context, values));
  put(context, request, wasHeld(org, request));
}

function isForSap({ org }: OutboxContext, contact: Row): boolean {
  const accountId = contact['AccountId'] ?? null;
  const account = accountId === null ? undefined : org.store.find('Account', String(accountId));
  if (account === undefined || !outboxRule(org).sendsContacts) return false;
  const creating = standingCreate(requestsOf(org, String(account['Id'])));
  const isCustomer = (account[org.named('SAP_Customer_Number__c')] ?? null) !== null;
  return isCustomer || (creating !== null && creating.fields['Status__c'] !== 'refused');
}

// The first create has the key of the Contact alone; one that SAP has, or had, elsewhere needs another key.
function newCreate(context: OutboxContext, contact: Row, requests: readonly OutboxRequest[]): OutboxRequest {
  if (requests.length > 0) return numbered(context, 'contact.create', contact, requests);
  return contactRequest(context, 'contact.create', `contact.create:${String(contact['Id'])}`, contact, 0);
}

function numbered(
  context: OutboxContext,
  operation: string,
  contact: Row,
  requests: readonly OutboxRequest[],
): OutboxRequest {
  const next = newestNumber(requests) + 1;
  return contactRequest(context, operation, `${operation}:${String(contact['Id'])}:${next}`, contact, next);
}

function contactRequest({ org }: OutboxContext, operation: string, key: string, contact: Row, number: number) {
  const request = newRequest(org, operation, key, org.store.find('Account', String(contact['AccountId'])) ?? {});
  Object.assign(request.fields, { Contact__c: contact['Id'], Change_Number__c: number });
  return request;
}

function fill(context: OutboxContext, request: OutboxRequest, contact: Row): void {
  const { sent, issues } = fieldMappings(context.org, context.labels, 'Contact');
  const values = new Map(sent.map(({ path, valueIn }) => [path, valueIn(contact)] as const));
  request.fields['Payload__c'] = writePayload(values);
  start(context, request, issues, contactIssues(context, values));
  put(context, request, wasHeld(context.org, request));
}
