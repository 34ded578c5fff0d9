/** Chooses the requests of a visit (HandOut): oldest first, of one Account only the first that has not ended. */
import { randomUUID } from 'node:crypto';
import { SalesforceError } from '../../org/errors.ts';
import type { ApexContext } from '../context.ts';
import { nowOf, requestOfId, writeRequest } from './mailbox-request.ts';
import type { MailboxRequest } from './mailbox-request.ts';
import { cursorAfter } from './queue-cursor.ts';
import type { Visit } from './visit-input.ts';

/** So many requests are looked at in one visit beyond those in hand; `next` tells where to go on. */
const scanned = 1_000;
/** Characters of content in one answer; the first request comes however large it is. */
const maxPayload = 600_000;

/** What is handed out, and where the search stopped. */
export interface HandOut {
  readonly requests: readonly object[];
  readonly keys: readonly string[];
  readonly next: string | null;
  /** How many were looked at: the work of a visit. */
  readonly lookedAt: number;
}

/** Hands out and marks as sent, in this transaction. */
export function handOut(context: ApexContext, visit: Visit, fence: number): HandOut {
  const { chosen, next, lookedAt } = choose(context, visit);
  const sent = chosen.filter((request) => markSent(context, request, fence));
  return {
    requests: sent.map((request) => toAnswer(context, visit.system, request)),
    keys: sent.map(({ key }) => key),
    next,
    lookedAt,
  };
}

function choose({ org }: ApexContext, visit: Visit) {
  const chosen: MailboxRequest[] = [];
  const most = scanned + visit.underWay.size;
  let lookedAt = 0;
  let payloadSize = 0;
  let last: MailboxRequest | undefined;
  const place = (request: MailboxRequest | undefined): string | null =>
    request === undefined ? null : cursorAfter(request.row);
  if (visit.wanted === 0) return { chosen, next: given(org, visit), lookedAt };
  for (const id of org.requests.open(visit.system).behind(visit.after)) {
    if (lookedAt === most) return { chosen, next: place(last), lookedAt };
    lookedAt += 1;
    const request = requestOfId(org, id);
    const isFirst = org.requests.firstOpen(visit.system, request?.accountId ?? '') === id;
    if (request !== undefined && isFirst && request.status !== 'held' && !visit.underWay.has(request.key)) {
      const isFull = chosen.length > 0 && payloadSize + request.payload.length > maxPayload;
      if (chosen.length === visit.wanted || isFull) return { chosen, next: place(chosen.at(-1)), lookedAt };
      payloadSize += request.payload.length;
      chosen.push(request);
    }
    last = request ?? last;
  }
  return { chosen, next: null, lookedAt };
}

/** Who takes nothing is where he was. */
const given = (org: ApexContext['org'], visit: Visit): string | null => {
  const request = visit.after === null ? undefined : requestOfId(org, visit.after);
  return request === undefined ? null : cursorAfter(request.row);
};

/** One that Salesforce refuses to save is not handed out: the org would not know that it was. */
function markSent(context: ApexContext, request: MailboxRequest, fence: number): boolean {
  const mark = context.transaction.mark;
  const before = (name: string): unknown => request.row[context.org.named(name)] ?? null;
  try {
    writeRequest(context, request.id, {
      Status__c: 'sent',
      Fence__c: fence,
      // Another lease may be another agent with a clock of its own, so what it says is not older for that.
      Outcome_As_Of__c: before('Fence__c') === fence ? before('Outcome_As_Of__c') : null,
      Sent_At__c: nowOf(context.org),
      Correlation_Id__c: request.correlationId ?? randomUUID(),
    });
    return true;
  } catch (error) {
    if (!(error instanceof SalesforceError)) throw error;
    context.transaction.rollbackTo(mark);
    return false;
  }
}

/** `request` is as it was before it was marked. */
function toAnswer({ org }: ApexContext, system: string, request: MailboxRequest): object {
  const account = org.store.find('Account', request.accountId);
  const contact = request.contactId === null ? undefined : org.store.find('Contact', request.contactId);
  // The key and not the number: an Account may be a customer of another system.
  const key = String(account?.[org.named('SAP_Customer_Key__c')] ?? '');
  const wasSent = request.status !== 'ready' || request.sentAt !== null || request.attempts > 0;
  return {
    id: request.key,
    name: request.name,
    kind: request.kind,
    subject: request.accountId,
    customer: key.startsWith(`${system}:`) ? key.slice(system.length + 1) : null,
    contact: contact?.[org.named('SAP_Contact_Number__c')] ?? null,
    payload: request.payload,
    wasSent,
    checksDuplicates: request.kind === 'customer.create' && request.checksDuplicates,
    correlationId: requestOfId(org, request.id)?.correlationId ?? null,
  };
}
