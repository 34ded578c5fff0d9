/** What the org makes of an operation, whoever brings it: Apex after its callout, or a visit. It never takes back what it knows. */
import type { WriteOperation } from '../../src/model/index.ts';
import type { OrgModel } from './org-model.ts';
import type { Request, RequestState } from './org-records.ts';

/** Writes the outcome; false when it was known, or is older than what the org knows. */
export function noteOperation(org: OrgModel, request: Request, operation: WriteOperation): boolean {
  if (request.state === 'done') return false;
  if (request.outcomeAsOf !== null && Date.parse(operation.asOf) <= Date.parse(request.outcomeAsOf)) return false;
  request.outcomeAsOf = operation.asOf;
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
