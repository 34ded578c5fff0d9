/** Contact persons: the model's draft and change to the pack's structures. */
import type { ContactChange, ContactDraft } from '../../model/index.ts';
import type { ContactField } from '../functions/pack-writes.ts';
import { markedFields } from './marked-fields.ts';
import type { MarkedFields } from './marked-fields.ts';

/** The model's path of each field, so that a refusal names what the person typed. */
export const contactPaths: Readonly<Record<ContactField, keyof ContactDraft>> = {
  NAMEV: 'firstName',
  NAME1: 'lastName',
  SPRAS_ISO: 'language',
  TELF1: 'phone',
  SMTP_ADDR: 'email',
  ABTNR: 'department',
  PAFKT: 'role',
};

/** A draft as IS_CONTACT; an empty language is the customer's own, which SAP knows. */
export function contactOfDraft(draft: ContactDraft): Record<ContactField, string> {
  return {
    NAMEV: draft.firstName,
    NAME1: draft.lastName,
    SPRAS_ISO: draft.language,
    TELF1: draft.phone,
    SMTP_ADDR: draft.email,
    ABTNR: draft.department,
    PAFKT: draft.role,
  };
}

/** A change as IS_CONTACT and ISX_CONTACT. */
export function contactOfChange(change: ContactChange): MarkedFields {
  const wanted: Record<ContactField, string | undefined> = {
    NAMEV: change.firstName,
    NAME1: change.lastName,
    SPRAS_ISO: change.language,
    TELF1: change.phone,
    SMTP_ADDR: change.email,
    ABTNR: change.department,
    PAFKT: change.role,
  };
  return markedFields(wanted);
}
