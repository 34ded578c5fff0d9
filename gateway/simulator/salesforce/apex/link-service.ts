/** CustomerLinkService: possible duplicates in SAP, and linking the Account to one that is there already. */
import { z } from 'zod';
import { customerOf, linkAccount, nameIfVisible, ownerOf, readableAccount, systemOf } from './account.ts';
import type { ReadableAccount } from './account.ts';
import type { ApexContext } from './context.ts';
import type { CustomerDraft } from './customer-draft.ts';
import { GatewayException, because, invalid, problemOf } from './problem.ts';
import { callRelay, readAnswer, unreadable } from './relay-call.ts';
import type { RelayAnswer } from './relay-call.ts';
import { requireCreate } from './request-service.ts';
import { requestOfId } from './mailbox/mailbox-request.ts';
import { stopNow } from './mailbox/queue-actions.ts';
import { isUntouched, standingRequest } from './request-store.ts';
import type { RequestRecord } from './request-store.ts';
import { customerReference, customerView, display, findCustomer, fromAnswer, keyOf } from './sap-customer.ts';
import type { SapCustomer } from './sap-customer.ts';

const match = z.object({
  customer: customerReference,
  name: z.string().nullish(),
  street: z.string().nullish(),
  postalCode: z.string().nullish(),
  city: z.string().nullish(),
  country: z.string().nullish(),
  score: z.number().nullish(),
  reasons: z.array(z.object({ field: z.string().nullish(), kind: z.string().nullish() })).nullish(),
  isBlocked: z.boolean().nullish(),
});
const matchesAnswer = z.object({ matches: z.array(match) });
const foundCustomer = z.object({
  customer: customerReference,
  isBlocked: z.boolean().nullish(),
  isMarkedForDeletion: z.boolean(),
});

function customerIn(
  context: ApexContext,
  answer: RelayAnswer,
  reference: z.infer<typeof customerReference>,
): SapCustomer {
  const customer = fromAnswer(reference);
  if (customer === null) throw unreadable(context, answer);
  return customer;
}

// eslint-disable-next-line no-control-regex -- control characters are exactly what is replaced
const controlCharacters = /[\u0000-\u001f\u007f]/g;

/** Cut, not refused: a search that knows a little less still finds. */
const searchText = (value: string | null | undefined, maxLength: number): string =>
  (value ?? '').replace(controlCharacters, ' ').trim().slice(0, maxLength).trim();

function toSearch(draft: CustomerDraft): Record<string, string> {
  const street = `${searchText(draft.street, 60)} ${searchText(draft.houseNumber, 60)}`.trim();
  // Not cut: the first two letters of Germany are Georgia's code.
  const country = searchText(draft.country, 80).toUpperCase();
  return {
    name: searchText(draft.name, 80),
    street: street.slice(0, 60),
    postalCode: searchText(draft.postalCode, 10),
    city: searchText(draft.city, 40),
    country: /^[A-Z]{2}$/.test(country) ? country : '',
    phone: searchText(draft.phone, 30),
    vatNumber: searchText(draft.vatNumber, 20),
  };
}

/** `matches`. */
export async function matches(context: ApexContext, recordId: string, draft: CustomerDraft): Promise<unknown> {
  try {
    requireCreate(context);
    const account = readableAccount(context, recordId);
    if ((draft.name ?? '').trim() === '')
      throw invalid(context.labels, [{ path: 'name', message: context.labels('Issue_Required') }]);
    const system = systemOf(context, account.row);
    const answer = await callRelay(context, {
      method: 'POST',
      path: ['customers', 'matches'],
      query: [['system', system]],
      body: toSearch(draft),
    });
    const found = readAnswer(context, answer, matchesAnswer);
    return {
      matches: found.matches.map((one) => ({
        ...one,
        customer: customerView(customerIn(context, answer, one.customer)),
      })),
    };
  } catch (error) {
    if (!(error instanceof GatewayException)) throw error;
    return { matches: [], problem: error.problem };
  }
}

/** `link`. */
export async function link(
  context: ApexContext,
  recordId: string,
  customerNumber: string | null | undefined,
): Promise<unknown> {
  try {
    return await linkOrThrow(context, recordId, customerNumber);
  } catch (error) {
    if (!(error instanceof GatewayException)) throw error;
    return { problem: error.problem };
  }
}

async function linkOrThrow(
  context: ApexContext,
  recordId: string,
  customerNumber: string | null | undefined,
): Promise<unknown> {
  requireCreate(context);
  const account = readableAccount(context, recordId);
  const wanted = findCustomer(systemOf(context, account.row), customerNumber);
  if (wanted === null) throw because(context.labels, 'CUSTOMER_NUMBER_INVALID');
  requireFree(context, account, wanted);
  const answer = await callRelay(context, {
    method: 'GET',
    path: ['customers', wanted.number],
    query: [['system', wanted.system]],
  });
  const found = readAnswer(context, answer, foundCustomer);
  if (keyOf(customerIn(context, answer, found.customer)) !== keyOf(wanted)) throw unreadable(context, answer);
  if (found.isMarkedForDeletion) throw because(context.labels, 'CUSTOMER_MARKED_FOR_DELETION', [display(wanted)]);
  const { mark } = context.transaction;
  withdrawQueued(context, account.id, wanted);
  const problem = linkAccount(context, account.id, wanted);
  if (problem !== null) {
    // Not linked, so what was queued is wanted still.
    context.transaction.rollbackTo(mark);
    return { problem };
  }
  const warning = found.isBlocked === true ? problemOf(context.labels, 'CUSTOMER_BLOCKED', [display(wanted)]) : null;
  return { customer: customerView(wanted), problem: warning };
}

/** Neither the Account, nor the customer, nor a request stands in the way. */
function requireFree(context: ApexContext, account: ReadableAccount, wanted: SapCustomer): void {
  const current = customerOf(context, account.row);
  if (current !== null && keyOf(current) !== keyOf(wanted))
    throw because(context.labels, 'CUSTOMER_ALREADY_LINKED', [display(current)]);
  const owner = ownerOf(context, wanted, account.id);
  if (owner !== undefined) {
    const name = nameIfVisible(context, owner) ?? context.labels('Another_Account');
    throw because(context.labels, 'CUSTOMER_LINKED_ELSEWHERE', [display(wanted), name]);
  }
  requireUntouched(context, account.id);
}

/** The create that stands, if automation has queued it; one that somebody has decided about stands in the way. */
function requireUntouched(context: ApexContext, accountId: string): RequestRecord | null {
  const request = standingRequest(context, accountId);
  if (request === null || request.status === 'done' || request.status === 'refused') return null;
  if (!isUntouched(request)) throw because(context.labels, 'REQUEST_UNDER_WAY', [request.name]);
  return request;
}

/** The Account has its customer now: what automation had queued to create one must not make another. */
function withdrawQueued(context: ApexContext, accountId: string, linked: SapCustomer): void {
  const queued = requireUntouched(context, accountId);
  const request = queued === null ? undefined : requestOfId(context.org, queued.id);
  if (request === undefined) return;
  const reason = context.labels('Withdrawn_By_Link').replace('{0}', display(linked));
  stopNow(context, request, 'discard', reason, context.user.name);
}
