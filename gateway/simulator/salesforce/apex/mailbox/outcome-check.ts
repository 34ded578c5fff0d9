/** Whether an outcome can be about a request, and whether it says anything new (WriteOperation). */
import { findCustomer, fromAnswer } from '../sap-customer.ts';
import type { WriteOperation } from '../write-operation.ts';
import { contactNumberOf } from './contact-link.ts';
import type { MailboxRequest } from './mailbox-request.ts';
import { msOf } from './visit-input.ts';

/** Whether the write is one that makes a customer. */
export const makesCustomer = (operation: WriteOperation, request: MailboxRequest): boolean =>
  (operation.kind ?? request.kind) === 'customer.create';

/** Whether the org does not know it yet: a number it lacks is news however old the word. */
export function isNewsTo(operation: WriteOperation, request: MailboxRequest): boolean {
  const isUnwritten =
    makesCustomer(operation, request) && fromAnswer(operation.customer) !== null && request.customerNumber === null;
  if (isUnwritten || request.status === 'done') return isUnwritten;
  const [known, mine] = [msOf(request.asOf), msOf(operation.asOf)];
  return operation.state === 'done' || known === null || mine === null || mine > known;
}

/** Whether it is about this request and does not contradict itself: a number from elsewhere would be fatal. */
export function fits(operation: WriteOperation, request: MailboxRequest): boolean {
  const saysWhy = operation.problem !== null || (operation.state !== 'held' && operation.state !== 'refused');
  return hasCustomerOf(operation, request) && hasContact(operation) && saysWhy;
}

function hasCustomerOf(operation: WriteOperation, request: MailboxRequest): boolean {
  const found = fromAnswer(operation.customer);
  if (found === null) return operation.customer == null && operation.state !== 'done';
  const makes = makesCustomer(operation, request);
  const wroteNothing = operation.state === 'refused' && makes && !isOfEarlierContent(operation);
  const known = findCustomer(request.system, request.customerNumber);
  const isAnother = makes && known !== null && known.number !== found.number;
  return found.system === request.system && !wroteNothing && !isAnother;
}

/** Whether SAP has the key for other content; the customer is the Account's all the same, because keys come from records. */
export const isOfEarlierContent = ({ state, customer, problem }: WriteOperation): boolean =>
  state === 'refused' && fromAnswer(customer) !== null && problem?.code === 'IDEMPOTENCY_KEY_REUSED';

function hasContact(operation: WriteOperation): boolean {
  const mustHave = operation.kind === 'contact.create' && operation.state === 'done';
  return operation.contact == null ? !mustHave : contactNumberOf(operation.contact) !== null;
}
