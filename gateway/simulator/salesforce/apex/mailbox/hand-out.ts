/** Chooses the requests of a visit: oldest first, one at a time of each Account. */
import { randomUUID } from 'node:crypto';
import type { ApexContext } from '../context.ts';
import { nowOf, requestOfId, writeRequest } from './mailbox-request.ts';
import type { MailboxRequest } from './mailbox-request.ts';
import type { VisitCall } from './visit-shape.ts';

/** So many requests are looked at in one visit; `next` tells where to go on. Limits of a transaction demand one. */
export const maxLookedAt = 2_000;

/** What is handed out, and where the search stopped. */
export interface HandOut {
  readonly requests: readonly object[];
  readonly next: string | null;
  /** How many were looked at: the work of a visit. */
  readonly lookedAt: number;
}

/** Hands out and marks as sent, in this transaction. */
export function handOut(context: ApexContext, visit: VisitCall, fence: number): HandOut {
  const { org } = context;
  const underWay = new Set(visit.underWay);
  const chosen: MailboxRequest[] = [];
  let lookedAt = 0;
  let last: string | null = null;
  let isEnd = true;
  if (visit.wanted === 0) return { requests: [], next: visit.after ?? null, lookedAt };
  for (const id of org.requests.deliverable(visit.system).behind(visit.after ?? null)) {
    if (chosen.length >= visit.wanted || lookedAt >= maxLookedAt) {
      isEnd = false;
      break;
    }
    lookedAt += 1;
    last = id;
    const request = requestOfId(org, id);
    if (request === undefined || underWay.has(request.key)) continue;
    if (org.requests.firstOpen(request.accountId) === id) chosen.push(request);
  }
  const requests = chosen.map((request) => markAndShow(context, request, fence));
  return { requests, next: isEnd ? null : last, lookedAt };
}

function markAndShow(context: ApexContext, request: MailboxRequest, fence: number): object {
  const { org } = context;
  const correlationId = request.correlationId ?? randomUUID();
  writeRequest(context, request.id, {
    Status__c: request.status === 'verifying' ? 'verifying' : 'sent',
    Fence__c: fence,
    Sent_At__c: nowOf(org),
    Correlation_Id__c: correlationId,
  });
  const numberOf = (object: string, id: string | null, field: string): unknown =>
    id === null ? null : (org.store.find(object, id)?.[org.named(field)] ?? null);
  return {
    id: request.key,
    name: request.name,
    kind: request.kind,
    subject: request.accountId,
    customer: numberOf('Account', request.accountId, 'SAP_Customer_Number__c'),
    contact: numberOf('Contact', request.contactId, 'SAP_Contact_Number__c'),
    payload: request.payload,
    wasSent: request.status !== 'ready',
    checksDuplicates: request.checksDuplicates,
    correlationId,
  };
}
