/** What an agent says became of a request, written where people see it; never takes back what the org knows. */
import { SalesforceError } from '../../org/errors.ts';
import { linkAccount } from '../account.ts';
import type { ApexContext } from '../context.ts';
import { problemValues, messagesToJson, correlationIdValue } from '../request-store.ts';
import { statusOf, writeOperation } from '../request-service.ts';
import type { WriteOperation } from '../request-service.ts';
import { findCustomer, fromAnswer } from '../sap-customer.ts';
import type { SapCustomer } from '../sap-customer.ts';
import { nowOf, requestOfKey, writeRequest } from './mailbox-request.ts';
import type { MailboxRequest } from './mailbox-request.ts';
import type { LeftOutcome } from './visit-shape.ts';

/** What the org made of one outcome. */
export interface Receipt {
  readonly id: string;
  readonly result: 'noted' | 'repeated' | 'gone' | 'failed';
  readonly reason: string | null;
}

type Verdict = Omit<Receipt, 'id'>;

const noted: Verdict = { result: 'noted', reason: null };
const repeated: Verdict = { result: 'repeated', reason: null };
const failed = (reason: string): Verdict => ({ result: 'failed', reason });

/** Largest value of Attempts__c. */
const maxAttempts = 999_999;

/** Writes one outcome in a savepoint of its own. */
export function leaveOutcome(context: ApexContext, system: string, left: LeftOutcome): Receipt {
  const id = keyOf(left.operation);
  const mark = context.transaction.mark;
  try {
    return { id, ...note(context, system, left) };
  } catch (error) {
    if (!(error instanceof SalesforceError)) throw error;
    context.transaction.rollbackTo(mark);
    return { id, ...failed(error.message) };
  }
}

const keyOf = (operation: unknown): string =>
  typeof operation === 'object' && operation !== null && 'id' in operation ? String(operation.id).slice(0, 60) : '';

function note(context: ApexContext, system: string, left: LeftOutcome): Verdict {
  const request = requestOfKey(context.org, keyOf(left.operation));
  if (request === undefined) return { result: 'gone', reason: 'There is no such request' };
  const { data: operation } = writeOperation.safeParse(left.operation);
  const reason = contradiction(request, operation, system);
  if (operation === undefined || reason !== null) return failed(reason ?? 'The outcome cannot be read');
  if (request.status === 'done') return repeated;
  if (isOlder(request, operation)) return repeated;
  write(context, request, operation, left.correlationId ?? null);
  return noted;
}

/** Why an outcome cannot be about this request. */
function contradiction(request: MailboxRequest, operation: WriteOperation | undefined, system: string): string | null {
  if (operation === undefined || statusOf[operation.state] === undefined) return 'The outcome cannot be read';
  if (request.system !== system) return `The request is for ${request.system}`;
  const customer = fromAnswer(operation.customer);
  if (customer !== null && customer.system !== system) return `The customer is one of ${customer.system}`;
  if (operation.state === 'done' && customer === null) return 'It is done, and no customer is named';
  const mustSayWhy = operation.state === 'held' || operation.state === 'refused';
  return mustSayWhy && operation.problem === null ? 'It ended without a reason' : null;
}

// Times of one agent are its own and grow; the same moment again is the same outcome again.
const isOlder = (request: MailboxRequest, { asOf }: WriteOperation): boolean =>
  request.asOf !== null && asOf != null && Date.parse(asOf) <= Date.parse(request.asOf);

function write(
  context: ApexContext,
  request: MailboxRequest,
  operation: WriteOperation,
  correlationId: string | null,
): void {
  const status = statusOf[operation.state] ?? '';
  const customer = fromAnswer(operation.customer);
  const number = request.customerNumber ?? customer?.number ?? null;
  const endsOrWaits = status === 'held' || status === 'done' || status === 'refused';
  writeRequest(context, request.id, {
    Status__c: status,
    Attempts__c: operation.attempts == null ? null : Math.min(Math.max(operation.attempts, 0), maxAttempts),
    Correlation_Id__c: correlationIdValue(correlationId) ?? request.correlationId,
    SAP_Customer_Number__c: number,
    SAP_Messages__c: messagesToJson(operation.sapMessages),
    Outcome_As_Of__c: operation.asOf?.slice(0, 30) ?? null,
    Finished_At__c: status === 'done' || status === 'refused' ? nowOf(context.org) : null,
    ...(endsOrWaits ? { Wish__c: null, Wish_Reason__c: null, Wish_By__c: null } : {}),
    ...problemValues(operation.problem),
  });
  linkRecords(context, request, operation, findCustomer(request.system, number));
}

/** The numbers go onto Account and Contact; where the Account refuses, a person has to look. */
function linkRecords(
  context: ApexContext,
  request: MailboxRequest,
  { contact, state }: WriteOperation,
  customer: SapCustomer | null,
): void {
  if (request.kind === 'customer.create' && customer !== null) {
    const problem = linkAccount(context, request.accountId, customer);
    if (problem !== null) writeRequest(context, request.id, { Status__c: 'held', ...problemValues(problem) });
  }
  if (request.kind !== 'contact.create' || request.contactId === null || contact == null || state !== 'done') return;
  const { org, transaction } = context;
  transaction.update('Contact', request.contactId, { [org.named('SAP_Contact_Number__c')]: contact });
}
