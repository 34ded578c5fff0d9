/** Converts a Lead as the button on its page does: Account and Contact come of it, and the Lead is closed. */
import { SalesforceError, notFound } from '../org/errors.ts';
import type { Row } from '../org/check-record.ts';
import type { Org, OrgUser } from '../org/org.ts';

/** The records that came of it. */
export interface Conversion {
  readonly accountId: string;
  readonly contactId: string;
}

const addressParts = ['Street', 'PostalCode', 'City', 'State', 'Country', 'StateCode', 'CountryCode'];

/** One transaction: what follows from it is in it, or nothing is. */
export function convertLead(org: Org, user: OrgUser, leadId: string): Conversion {
  const lead = org.store.find('Lead', leadId);
  if (lead === undefined) throw notFound();
  if (lead['IsConverted'] === true)
    throw new SalesforceError('CANNOT_UPDATE_CONVERTED_LEAD', 'cannot reference converted lead');
  const transaction = org.store.begin(user.id);
  try {
    const account: Row = {
      Name: lead['Company'],
      Phone: lead['Phone'],
      OwnerId: lead['OwnerId'],
      ...Object.fromEntries(addressParts.map((part) => [`Billing${part}`, lead[part] ?? null])),
    };
    const accountId = transaction.insert('Account', account);
    const contactId = transaction.insert('Contact', {
      FirstName: lead['FirstName'],
      LastName: lead['LastName'],
      Email: lead['Email'],
      Phone: lead['Phone'],
      AccountId: accountId,
      OwnerId: lead['OwnerId'],
    });
    const converted = { IsConverted: true, ConvertedAccountId: accountId, ConvertedContactId: contactId };
    transaction.update('Lead', leadId, { ...converted, Status: 'Closed - Converted' }, true);
    transaction.commit();
    return { accountId, contactId };
  } catch (error) {
    transaction.rollback();
    throw error;
  }
}
