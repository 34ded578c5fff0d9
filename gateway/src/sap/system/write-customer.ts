/** Creating and changing customers, once per key. */
import { customerNumber } from '../../model/index.ts';
import type { CustomerChange, CustomerDraft, CustomerNumber } from '../../model/index.ts';
import type { KeyedWrite, Written } from '../../ports/index.ts';
import { text } from '../answers.ts';
import { outcomeUnknown } from '../errors.ts';
import { packChange, packCreate } from '../functions/pack-writes.ts';
import { draftPaths, generalOfChange, generalOfDraft, modelPaths, tablesOfDraft } from '../translate/customer.ts';
import { sincePartners } from './abap-pack.ts';
import type { Question } from './context.ts';
import { writeOnce, writtenFrom } from './keyed-write.ts';

/** The credit data of the draft is a write of its own, with a key of its own: `changeCredit`. */
export async function createCustomer(context: Question, write: KeyedWrite, draft: CustomerDraft): Promise<Written> {
  const { salesArea } = draft;
  const tables = tablesOfDraft(draft);
  const answer = await writeOnce(context, write, {
    definition: packCreate,
    sinceMinor: Object.keys(tables).length > 0 ? sincePartners : 0,
    parameters: {
      IS_GENERAL: generalOfDraft(draft, draft.accountGroup ?? context.settings.accountGroup),
      IS_COMPANY: { BUKRS: draft.companyCode, ZTERM: draft.paymentTerms },
      IS_SALES: {
        VKORG: salesArea.salesOrganization,
        VTWEG: salesArea.distributionChannel,
        SPART: salesArea.division,
        WAERS: draft.currency,
        ZTERM: draft.paymentTerms,
      },
      ...tables,
    },
    paths: draftPaths,
  });
  const number = customerNumber.safeParse(text(answer, 'E_KUNNR'));
  // No error and no number: something happened that we cannot name, so SAP's key table must say what.
  if (!number.success) throw outcomeUnknown(packCreate.name, new Error('SAP gave neither a number nor an error'));
  return writtenFrom(answer, { customer: number.data, contact: null });
}

/** Changes only the fields that the change names. */
export async function changeCustomer(
  context: Question,
  write: KeyedWrite,
  customer: CustomerNumber,
  change: CustomerChange,
): Promise<Written> {
  const { values, flags } = generalOfChange(change);
  const answer = await writeOnce(context, write, {
    definition: packChange,
    sinceMinor: 0,
    parameters: { I_KUNNR: customer, IS_GENERAL: values, ISX_GENERAL: flags },
    paths: modelPaths,
    subject: { customer },
  });
  return writtenFrom(answer, { customer, contact: null });
}
