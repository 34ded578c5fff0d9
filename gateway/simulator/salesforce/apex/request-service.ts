/** CustomerRequestController: the intent is committed first, then sent; a lost answer is looked up, never repeated. */
import { z } from 'zod';
import { customerOf, linkAccount, readableAccount, systemOf } from './account.ts';
import { canCreate } from './context.ts';
import type { ApexContext } from './context.ts';
import { completeFrom, draftFromAccount, toPayload } from './customer-draft.ts';
import type { CustomerDraft } from './customer-draft.ts';
import { GatewayException, because, problemView, sapMessageView } from './problem.ts';
import type { ProblemView } from './problem.ts';
import { callRelay, readAnswer, unreadable } from './relay-call.ts';
import type { RelayAnswer } from './relay-call.ts';
import {
  accountOfRequest,
  correlationIdValue,
  insertRequest,
  lostValues,
  mayHaveReachedSap,
  messagesToJson,
  problemValues,
  refusedView,
  requestView,
  readRequest,
  saveRequest,
  standingRequest,
} from './request-store.ts';
import type { RequestRecord } from './request-store.ts';
import { customerReference, customerView, display, findCustomer, fromAnswer } from './sap-customer.ts';
import type { SapCustomer } from './sap-customer.ts';
import { paymentTerms, salesAreas } from './sap-settings.ts';

type RequestView = ReturnType<typeof requestView> | ReturnType<typeof refusedView>;

/** The states of a write, and what they are called on the request. */
export const statusOf: Readonly<Record<string, string>> = {
  running: 'sent',
  verifying: 'verifying',
  held: 'held',
  done: 'done',
  refused: 'refused',
};

/** Where a write stands, as relay and agent tell it. */
export const writeOperation = z.object({
  id: z.string(),
  kind: z.string().nullish(),
  state: z.string(),
  asOf: z.string().nullish(),
  attempts: z.number().nullish(),
  customer: customerReference,
  sapMessages: z.array(sapMessageView).nullish(),
  // One that says too little says nothing.
  problem: z
    .looseObject({})
    .nullish()
    .transform((problem) => problemView.safeParse(problem).data ?? null),
  contact: z.string().nullish(),
});
export type WriteOperation = z.infer<typeof writeOperation>;

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
  if (standing !== null && standing.status !== 'refused') {
    const isUnwritten = customer === null && standing.customerNumber !== null;
    return isUnwritten ? writeBack(context, standing.id) : requestView(standing);
  }
  if (customer !== null) throw because(context.labels, 'CUSTOMER_ALREADY_LINKED', [display(customer)]);
  const payload = toPayload(context, draft);
  if (standing === null) return requestView(insertRequest(context, id, systemOf(context, row), payload));
  const corrected = { Status__c: 'ready', Payload__c: payload, SAP_Messages__c: null, ...problemValues(null) };
  return requestView(saveRequest(context, standing, corrected));
}

/** `send`: calls out; harmless to repeat. */
export async function send(context: ApexContext, requestId: string): Promise<RequestView> {
  const request = open(context, requestId);
  if (request.customerNumber !== null) return writeBack(context, request.id);
  if (request.status === 'refused') return requestView(request);
  if (request.status === 'sent' || request.status === 'verifying') return follow(context, request);
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
    const now = readRequest(context, request.id);
    const saysMore = now.status === request.status || mayHaveReachedSap(error.status, error.problem);
    return requestView(
      now.customerNumber === null && saysMore ? saveRequest(context, now, lostValues(now, error)) : now,
    );
  }
}

/** `check`: asks where a request stands. */
export async function check(context: ApexContext, requestId: string): Promise<RequestView> {
  const request = open(context, requestId);
  if (request.customerNumber !== null) return writeBack(context, request.id);
  const hasNothingToAsk = request.status === 'ready' || request.status === 'refused';
  return hasNothingToAsk ? requestView(request) : follow(context, request);
}

function open(context: ApexContext, requestId: string): RequestRecord {
  requireCreate(context);
  readableAccount(context, accountOfRequest(context, requestId));
  return readRequest(context, requestId);
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
  const neverBegan = problem.code === 'OPERATION_UNKNOWN';
  const values = { Status__c: neverBegan ? 'ready' : now.status, ...problemValues(neverBegan ? null : problem) };
  return requestView(saveRequest(context, now, values));
}

/** A customer comes with `done` and from the system that was asked; what ended without one says why. */
function isConsistent({ state, problem }: WriteOperation, result: SapCustomer | null, system: string): boolean {
  if (state === 'done') return result?.system === system;
  const mustSayWhy = state === 'held' || state === 'refused';
  return result === null && (problem != null || !mustSayWhy);
}

/** Notes what an answer says, and writes the number back when there is one. */
function settle(context: ApexContext, request: RequestRecord, answer: RelayAnswer): RequestView {
  const operation = readAnswer(context, answer, writeOperation);
  const status = statusOf[operation.state];
  const result = fromAnswer(operation.customer);
  const isAboutIt = operation.id === request.key && status !== undefined;
  if (!isAboutIt || !isConsistent(operation, result, request.system)) throw unreadable(context, answer);
  let now = readRequest(context, request.id);
  if (now.customerNumber === null) {
    now = saveRequest(context, now, {
      Status__c: status,
      Attempts__c: operation.attempts ?? null,
      Correlation_Id__c: correlationIdValue(answer.correlationId),
      SAP_Customer_Number__c: result?.number ?? null,
      SAP_Messages__c: messagesToJson(operation.sapMessages),
      ...problemValues(operation.problem ?? null),
    });
  }
  return now.customerNumber === null ? requestView(now) : writeBack(context, now.id);
}

function writeBack(context: ApexContext, requestId: string): RequestView {
  const request = readRequest(context, requestId);
  const customer = findCustomer(request.system, request.customerNumber);
  if (customer === null) throw new Error(`Request ${request.name} holds a number that is none`);
  const problem = linkAccount(context, request.accountId, customer);
  const values = { Status__c: problem === null ? 'done' : 'held', ...problemValues(problem) };
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
