/** What agents say became of requests, written where people see it (OutcomeWriter); never takes back what is known. */
import { SalesforceError } from '../../org/errors.ts';
import { linkAccount } from '../account.ts';
import type { ApexContext } from '../context.ts';
import { because, inWords, problemOf } from '../problem.ts';
import type { ProblemView } from '../problem.ts';
import { correlationIdValue, enterValues, messagesToJson, problemValues } from '../request-store.ts';
import { statusOf } from '../write-operation.ts';
import type { WriteOperation } from '../write-operation.ts';
import { fromAnswer } from '../sap-customer.ts';
import { linkContact, contactNumberOf } from './contact-link.ts';
import { requestOfId, requestOfKey, writeRequest } from './mailbox-request.ts';
import type { MailboxRequest } from './mailbox-request.ts';
import { fits, isNewsTo, isOfEarlierContent, makesCustomer } from './outcome-check.ts';
import { msOf } from './visit-input.ts';
import type { LeftOutcome } from './visit-input.ts';

/** What the org made of one outcome. */
export interface Receipt {
  readonly id: string;
  readonly result: 'noted' | 'repeated' | 'gone' | 'failed';
  readonly reason: string | null;
}

type Verdict = Omit<Receipt, 'id'>;
const noted: Verdict = { result: 'noted', reason: null };

/** Largest value of Attempts__c. */
const maxAttempts = 999_999;
/** Length of What_Happened__c. */
const maxWords = 4_000;
const maxSaid = 255;

/** Writes the outcomes of a visit and tells the owners of what stands still. */
export const leaveOutcomes = (
  context: ApexContext,
  system: string,
  outcomes: readonly LeftOutcome[],
): readonly Receipt[] =>
  outcomes.map((outcome) => {
    const receipt = writeOutcome(context, system, outcome);
    if (receipt.result === 'noted') announceStop(context, receipt.id);
    return receipt;
  });

/** Writes one outcome in a savepoint of its own; `system` is null where the caller has checked whose it is. */
export function writeOutcome(context: ApexContext, system: string | null, outcome: LeftOutcome): Receipt {
  const mark = context.transaction.mark;
  const { id } = outcome.operation;
  try {
    return { id, ...take(context, system, outcome) };
  } catch (error) {
    if (!(error instanceof SalesforceError)) throw error;
    context.transaction.rollbackTo(mark);
    return { id, result: 'failed', reason: error.message };
  }
}

function take(context: ApexContext, system: string | null, outcome: LeftOutcome): Verdict {
  const { operation, correlationId } = outcome;
  const request = requestOfKey(context.org, operation.id);
  if (request === undefined) return { result: 'gone', reason: context.labels('Request_Gone') };
  const isNews = isNewsTo(operation, request) && !isOvertaken(context, outcome, request);
  if (!isNews) return { result: 'repeated', reason: null };
  const isOfSystem = system === null || request.system === system;
  if (isOfSystem && fits(operation, request)) note(context, request, operation, correlationId);
  else holdContradiction(context, request, operation);
  return noted;
}

/** Handed out since the callout began, it is that agent's to end: only what SAP surely has is still worth hearing. */
function isOvertaken({ org }: ApexContext, { operation, calloutFence }: LeftOutcome, { row }: MailboxRequest): boolean {
  const fence = row[org.named('Fence__c')] ?? null;
  const isHandedOut = calloutFence !== undefined && fence !== null && fence !== calloutFence;
  return isHandedOut && operation.state !== 'done' && (operation.customer ?? null) === null;
}

// A number is taken from an older word too; the newest age stays.
function ageOf(request: MailboxRequest, operation: WriteOperation): Record<string, unknown> {
  const known = msOf(request.asOf);
  const mine = msOf(operation.asOf);
  const isNewer = known === null || (mine !== null && mine > known);
  return isNewer ? { Outcome_As_Of__c: operation.asOf?.slice(0, 30) ?? null } : {};
}

/** A person looks at it. Left again, it would contradict itself again. */
function holdContradiction(context: ApexContext, request: MailboxRequest, operation: WriteOperation): void {
  const said = [operation.state, ...Object.values(operation.customer ?? {}), operation.contact];
  const words = said
    .filter((part) => part != null)
    .join(' ')
    .slice(0, maxSaid);
  writeRequest(context, request.id, {
    ...enterValues(context.org, request, 'held'),
    ...ageOf(request, operation),
    ...problemValues(problemOf(context.labels, 'SALESFORCE_OUTCOME_UNUSABLE', [words])),
  });
}

function note(
  context: ApexContext,
  request: MailboxRequest,
  operation: WriteOperation,
  correlationId: string | null,
): void {
  const customer = fromAnswer(operation.customer);
  writeRequest(context, request.id, {
    ...enterValues(context.org, request, statusOf[operation.state] ?? ''),
    Attempts__c: operation.attempts == null ? null : Math.min(Math.max(operation.attempts, 0), maxAttempts),
    Correlation_Id__c: correlationIdValue(correlationId),
    SAP_Customer_Number__c: customer?.number ?? request.customerNumber,
    ...ageOf(request, operation),
    SAP_Messages__c: messagesToJson(operation.sapMessages),
    ...problemValues(problemOfOutcome(context, request, operation)),
  });
  if (customer !== null && makesCustomer(operation, request)) {
    const wasNone = (context.org.store.find('Account', request.accountId)?.[customerKey(context)] ?? null) === null;
    const problem = linkAccount(context, request.accountId, customer);
    if (problem !== null) holdUnwritten(context, request.id, problem);
    else if (wasNone) announceCustomer(context, request.accountId);
  }
  const contact = contactNumberOf(operation.contact);
  if (contact === null || operation.kind !== 'contact.create') return;
  const { problem, isGone } = linkContact(context, request.contactId, contact);
  // Nobody can do anything about a Contact that is gone, so nobody is asked to.
  if (problem !== null && isGone) writeRequest(context, request.id, problemValues(problem));
  else if (problem !== null) holdUnwritten(context, request.id, problem);
}

function problemOfOutcome({ labels }: ApexContext, request: MailboxRequest, operation: WriteOperation) {
  const { problem } = operation;
  if (problem == null || !isOfEarlierContent(operation) || !makesCustomer(operation, request)) return problem;
  return { ...problem, advice: labels('Advice_Made_With_Other_Data') };
}

const customerKey = ({ org }: ApexContext): string => org.named('SAP_Customer_Key__c');

/** SAP has it and Salesforce does not take it: what SAP lacks comes first, the other reason stands below it. */
function holdUnwritten(context: ApexContext, requestId: string, problem: ProblemView): void {
  const request = requestOfId(context.org, requestId);
  if (request === undefined) throw because(context.labels, 'SALESFORCE_NO_ACCESS');
  const value = (name: string): unknown => request.row[context.org.named(name)] ?? null;
  if (request.status !== 'done' && value('Error_Code__c') !== null) {
    const words = `${String(value('What_Happened__c') ?? '')}\n${inWords(problem)}`.slice(0, maxWords);
    writeRequest(context, requestId, { What_Happened__c: words });
    return;
  }
  const held = request.status === 'done' ? enterValues(context.org, request, 'held') : {};
  writeRequest(context, requestId, { ...held, ...problemValues(problem) });
}

function announceCustomer({ org, transaction }: ApexContext, accountId: string): void {
  transaction.onCommit('SAP_Customer_Created', accountId, (ids) => org.notify('SAP_Customer_Created', ids));
}

const wanted = new Set<unknown>(['REQUEST_WITHDRAWN', 'REQUEST_ON_HOLD']);

function announceStop({ org, transaction }: ApexContext, key: string): void {
  const request = requestOfKey(org, key);
  const isStopped = request?.status === 'held' || request?.status === 'refused';
  if (!isStopped || wanted.has(request.row[org.named('Error_Code__c')])) return;
  transaction.onCommit('SAP_Request_Held', request.accountId, (ids) => org.notify('SAP_Request_Held', ids));
}
