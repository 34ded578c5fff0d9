/** Writes SAP's number onto a Contact (ContactLink); a Contact that is another person keeps its own. */
import { SalesforceError } from '../../org/errors.ts';
import type { ApexContext } from '../context.ts';
import { problemOf } from '../problem.ts';
import type { ProblemView } from '../problem.ts';

/** A contact number in SAP's internal form; null for what is none. */
export const contactNumberOf = (text: string | null | undefined): string | null =>
  text != null && /^[0-9]{1,10}$/.test(text) && !/^0+$/.test(text) ? text.padStart(10, '0') : null;

/** Makes the Contact this person; harmless to repeat. */
export function linkContact(
  context: ApexContext,
  contactId: string | null,
  number: string,
): { readonly problem: ProblemView | null; readonly isGone: boolean } {
  const { org, labels, transaction } = context;
  const refused = (reason: string): ProblemView =>
    problemOf(labels, 'SALESFORCE_CONTACT_REFUSED', [number.replace(/^0+/, ''), reason]);
  const field = org.named('SAP_Contact_Number__c');
  const contact = contactId === null ? undefined : org.store.find('Contact', contactId);
  if (contact === undefined || contactId === null) return { problem: refused(labels('Contact_Gone')), isGone: true };
  const current = String(contact[field] ?? '');
  if (current !== '') {
    const isSame = contactNumberOf(current) === number;
    return {
      problem: isSame ? null : refused(labels('Contact_Is_Another_Person').replace('{0}', current)),
      isGone: false,
    };
  }
  const mark = transaction.mark;
  try {
    transaction.update('Contact', contactId, { [field]: number });
    return { problem: null, isGone: false };
  } catch (error) {
    if (!(error instanceof SalesforceError) || error.errorCode === 'UNABLE_TO_LOCK_ROW') throw error;
    transaction.rollbackTo(mark);
    return { problem: refused(error.message), isGone: false };
  }
}
