/** What the org makes of an operation, whoever brings it: Apex after its callout, or a visit. It never takes back what it knows. */
import type { WriteOperation } from '../../src/model/index.ts';
import type { OrgModel } from './org-model.ts';
import type { Request, RequestState } from './org-records.ts';

/** Writes the outcome; false when it was known, or is older than what the org knows. */
export function noteOperation(org: OrgModel, request: Request, operation: WriteOperation): boolean {
  if (!isNewsTo(request, operation)) return false;
  if (isLater(operation.asOf, request.outcomeAsOf)) request.outcomeAsOf = operation.asOf;
  request.wasSent = true;
  request.code = operation.problem?.code ?? null;
  request.state = stateOf(operation);
  if (request.state === 'held' || hasEndedWith(request.state)) request.wish = null;
  request.mayBeInSap = mayStillBeInSap(operation);
  if (operation.customer !== null) writeNumber(org, request, operation.customer.number);
  if (operation.contact !== null && operation.state === 'done') {
    const contact = org.contacts.get(request.recordId);
    if (contact !== undefined) contact.contactNumber ??= operation.contact;
  }
  return true;
}

/** What is done stays done; a number, or that it is done, is news at any age. */
function isNewsTo(request: Request, { asOf, customer, state }: WriteOperation): boolean {
  const isUnwritten = request.kind === 'customer.create' && customer !== null && request.customerNumber === null;
  if (isUnwritten || request.state === 'done') return isUnwritten;
  return state === 'done' || isLater(asOf, request.outcomeAsOf);
}

const isLater = (asOf: string, known: string | null): boolean => known === null || Date.parse(asOf) > Date.parse(known);

const stateOf = ({ state }: WriteOperation): RequestState => (state === 'running' ? 'sent' : state);
const hasEndedWith = (state: RequestState): boolean => state === 'done' || state === 'refused';

/** `refused` says that nothing was written; a held one says so too, unless its cause is that nobody knows. */
function mayStillBeInSap({ state, problem }: WriteOperation): boolean {
  if (state === 'running' || state === 'verifying') return true;
  return state === 'held' && problem?.code === 'SAP_OUTCOME_UNRESOLVED';
}

/** A customer number goes onto the Account in the same transaction; an Account that is another customer already keeps its number. */
function writeNumber(org: OrgModel, request: Request, number: string): void {
  request.customerNumber = number;
  const account = org.accounts.get(request.accountId);
  if (account === undefined || request.kind !== 'customer.create') return;
  const owner = [...org.accounts.values()].find(({ customerNumber }) => customerNumber === number);
  if (account.customerNumber === null && owner === undefined) account.customerNumber = number;
  if (account.customerNumber === number) return;
  request.state = 'held';
  request.code = 'SALESFORCE_RECORD_REFUSED';
}
