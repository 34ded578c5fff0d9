/** CustomerRequestController: the intent is committed first, then sent; a lost answer is looked up, never repeated. */
import { customerOf, linkAccount, readableAccount, systemOf } from './account.ts';
import { canCreate } from './context.ts';
import type { ApexContext } from './context.ts';
import { completeFrom, draftFromAccount, toPayload } from './customer-draft.ts';
import type { CustomerDraft } from './customer-draft.ts';
import { GatewayException, because } from './problem.ts';
import type { ProblemView } from './problem.ts';
import { callRelay, readAnswer, unreadable } from './relay-call.ts';
import type { RelayAnswer } from './relay-call.ts';
import {
  accountOfRequest,
  enterValues,
  insertRequest,
  lostValues,
  mayHaveReachedSap,
  isStepMissing,
  isUntouched,
  problemValues,
  refusedView,
  requestView,
  readRequest,
  readyAgain,
  saveRequest,
  standingRequest,
} from './request-store.ts';
import type { RequestRecord } from './request-store.ts';
import { customerView, display, findCustomer } from './sap-customer.ts';
import { requestOfId } from './mailbox/mailbox-request.ts';
import { fits } from './mailbox/outcome-check.ts';
import { writeOutcome } from './mailbox/outcome.ts';
import { statusOf, writeOperation } from './write-operation.ts';
import { paymentTerms, salesAreas } from './sap-settings.ts';

type RequestView = ReturnType<typeof requestView> | ReturnType<typeof refusedView>;

/** Stops whoever may not create customers, before anything is read or sent. */
export function requireCreate(context: ApexContext): void {
  if (!canCreate(context)) throw because(context.labels, 'SALESFORCE_NOT_PERMITTED');
}

/** `form`: prefilled from the Account, with the choices the admin set up. */
export function form(context: ApexContext, recordId: string): unknown {
  const areas = salesAreas(context.org);
  const view = {
    accountId: '',
    canCreate: canCreate(context),
    draft: {},
    salesAreas: areas.map((area) => ({
      value: area.developerName,
      label: area.label,
      companyCode: area.companyCode,
      paymentTerms: area.paymentTerms || null,
      currencyCode: area.currencyCode,
    })),
    paymentTerms: paymentTerms(context.org),
  };
  try {
    const { id, row } = readableAccount(context, recordId);
    const customer = customerOf(context, row);
    const draft = draftFromAccount(context, row);
    const only = areas.length === 1 ? areas[0] : undefined;
    return {
      ...view,
      accountId: id,
      customer: customer === null ? null : customerView(customer),
      draft: completeFrom(draft, only),
      request: canCreate(context) ? openRequest(context, id) : null,
    };
  } catch (error) {
    if (!(error instanceof GatewayException)) throw error;
    return { ...view, problem: error.problem };
  }
}

// Only for those who may go on with it: SAP's messages on it are not for everybody who sees the Account.
function openRequest(context: ApexContext, accountId: string): RequestView | null {
  const request = standingRequest(context, accountId);
  return request === null || request.status === 'done' ? null : requestView(request);
}

/** `commitRequest`: commits the intent and nothing else. */
export function commitRequest(context: ApexContext, recordId: string, draft: CustomerDraft): RequestView {
  requireCreate(context);
  const { id, row } = readableAccount(context, recordId);
  const standing = standingRequest(context, id);
  const customer = customerOf(context, row);
  if (standing !== null && standing.status !== 'refused' && !isUntouched(standing)) {
    const isUnwritten = customer === null && standing.customerNumber !== null;
    return isUnwritten ? writeBack(context, standing.id) : requestView(standing);
  }
  if (customer !== null) throw because(context.labels, 'CUSTOMER_ALREADY_LINKED', [display(customer)]);
  const payload = toPayload(context, draft);
  if (standing === null) return requestView(insertRequest(context, id, systemOf(context, row), payload));
  // The rep has looked at the duplicates. The bell stays silent: this browser sends it next.
  const corrected = { ...readyAgain, Payload__c: payload, Checks_Duplicates__c: false, ...problemValues(null) };
  return requestView(saveRequest(context, standing, corrected));
}

/** `send`: calls out; harmless to repeat. */
export async function send(context: ApexContext, requestId: string): Promise<RequestView> {
  const request = open(context, requestId);
  if (!isToBeSent(request)) return ask(context, request);
  try {
    const answer = await callRelay(context, {
      method: 'POST',
      path: ['customers'],
      query: [['system', request.system]],
      body: request.payload,
      idempotencyKey: request.key,
    });
    return settle(context, request, answer);
  } catch (error) {
    if (!(error instanceof GatewayException)) throw error;
    return lose(context, request, error);
  }
}

/** `check`: asks where a request stands. */
export function check(context: ApexContext, requestId: string): Promise<RequestView> {
  return ask(context, open(context, requestId));
}

function open(context: ApexContext, requestId: string): RequestRecord {
  requireCreate(context);
  readableAccount(context, accountOfRequest(context, requestId));
  return readRequest(context, requestId);
}

// Changes and contact persons have no button: their requests go through the mailbox.
function isToBeSent(request: RequestRecord): boolean {
  const isStanding = request.status === 'ready' || request.status === 'held';
  const isUnwritten = request.customerNumber === null || isStepMissing(request);
  const isCreate = request.kind === 'customer.create' && request.key.startsWith('customer.create:');
  return isCreate && isStanding && isUnwritten;
}

const isOnlyToBeWrittenBack = (request: RequestRecord): boolean =>
  request.kind === 'customer.create' && request.customerNumber !== null && !isStepMissing(request);

async function ask(context: ApexContext, request: RequestRecord): Promise<RequestView> {
  if (isOnlyToBeWrittenBack(request)) return writeBack(context, request.id);
  const hasNothingToAsk = request.status === 'ready' || request.status === 'refused';
  return hasNothingToAsk ? requestView(request) : follow(context, request);
}

// The agent or another browser may have gone on meanwhile: its number stands, and so does its status, unless ours says
// that SAP may have got more than it knows of.
function lose(context: ApexContext, request: RequestRecord, failure: GatewayException): RequestView {
  const now = readRequest(context, request.id);
  const saysMore = now.status === request.status || mayHaveReachedSap(failure.status, failure.problem);
  const isOpen = now.customerNumber === null || isStepMissing(now);
  return requestView(isOpen && saysMore ? saveRequest(context, now, lostValues(context, now, failure)) : now);
}

async function follow(context: ApexContext, request: RequestRecord): Promise<RequestView> {
  let problem: ProblemView;
  try {
    const path = ['operations', request.key];
    return settle(
      context,
      request,
      await callRelay(context, { method: 'GET', path, query: [['system', request.system]] }),
    );
  } catch (error) {
    if (!(error instanceof GatewayException)) throw error;
    problem = error.problem;
  }
  const now = readRequest(context, request.id);
  if (now.customerNumber !== null || now.status !== request.status) return requestView(now);
  const isUnknown = problem.code === 'OPERATION_UNKNOWN';
  // What the agent took out of the mailbox it may be about to begin: that stays handed out.
  const status = isUnknown && now.fence === null ? 'ready' : now.status;
  return requestView(saveRequest(context, now, { Status__c: status, ...problemValues(isUnknown ? null : problem) }));
}

/** Notes what an answer says, by the same code as what an agent leaves at a visit. */
function settle(context: ApexContext, request: RequestRecord, answer: RelayAnswer): RequestView {
  const operation = readAnswer(context, answer, writeOperation);
  const asked = requestOfId(context.org, request.id);
  const isAboutIt = operation.id === request.key && statusOf[operation.state] !== undefined;
  if (asked === undefined || !isAboutIt || !fits(operation, asked)) throw unreadable(context, answer);
  const outcome = { operation, correlationId: answer.correlationId, calloutFence: request.fence };
  const receipt = writeOutcome(context, null, outcome);
  if (receipt.reason !== null) throw because(context.labels, 'SALESFORCE_REQUEST_REFUSED', [receipt.reason]);
  const now = readRequest(context, request.id);
  const isKnownOtherwise = receipt.result === 'repeated' && isOnlyToBeWrittenBack(now);
  return isKnownOtherwise ? writeBack(context, now.id) : requestView(now);
}

function writeBack(context: ApexContext, requestId: string): RequestView {
  const request = readRequest(context, requestId);
  const customer = findCustomer(request.system, request.customerNumber);
  if (customer === null) throw new Error(`Request ${request.name} holds a number that is none`);
  const problem = linkAccount(context, request.accountId, customer);
  if (isStepMissing(request)) return requestView(request);
  const values = {
    ...enterValues(context.org, request, problem === null ? 'done' : 'held'),
    ...problemValues(problem),
  };
  return requestView(saveRequest(context, request, values));
}

/** Runs one of the above and makes a GatewayException a view that says nothing was committed. */
export async function orRefusedView(work: () => RequestView | Promise<RequestView>): Promise<RequestView> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof GatewayException) return refusedView(error.problem);
    throw error;
  }
}
