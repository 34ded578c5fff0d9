/** Creating and changing contact persons of a customer, once per key. */
import { contactNumber } from '../../model/index.ts';
import type { ContactChange, ContactDraft, ContactNumber, CustomerNumber } from '../../model/index.ts';
import type { KeyedWrite, Written } from '../../ports/index.ts';
import { text } from '../answers.ts';
import { outcomeUnknown } from '../errors.ts';
import { packContactSave } from '../functions/pack-writes.ts';
import { contactOfChange, contactOfDraft, contactPaths } from '../translate/contact.ts';
import { sinceFence } from './abap-pack.ts';
import type { Question } from './context.ts';
import { writeOnce, writtenFrom } from './keyed-write.ts';

const saving = { definition: packContactSave, sinceMinor: sinceFence, paths: contactPaths } as const;

/** The number of the new contact person is in `contactNumber`. */
export async function createContact(
  context: Question,
  write: KeyedWrite,
  customer: CustomerNumber,
  draft: ContactDraft,
): Promise<Written> {
  const answer = await writeOnce(context, write, {
    ...saving,
    parameters: { I_KUNNR: customer, IS_CONTACT: contactOfDraft(draft) },
    subject: { customer },
  });
  const number = contactNumber.safeParse(text(answer, 'E_PARNR'));
  // No error and no number: SAP's key table must say what happened.
  if (!number.success) throw outcomeUnknown(packContactSave.name, new Error('SAP gave neither a number nor an error'));
  return writtenFrom(answer, { customer, contact: number.data });
}

/** Changes only the fields that the change names. */
export async function changeContact(
  context: Question,
  write: KeyedWrite,
  subject: { readonly customer: CustomerNumber; readonly contact: ContactNumber },
  change: ContactChange,
): Promise<Written> {
  const { values, flags } = contactOfChange(change);
  const answer = await writeOnce(context, write, {
    ...saving,
    parameters: { I_KUNNR: subject.customer, I_PARNR: subject.contact, IS_CONTACT: values, ISX_CONTACT: flags },
    subject,
  });
  return writtenFrom(answer, subject);
}
