/** Function modules about billing documents. */
import { anyReturn } from './returns.ts';
import { openStructure } from './signature.ts';
import type { CatalogueFunction } from './signature.ts';

export const billingDetail: CatalogueFunction = {
  name: 'BAPI_BILLINGDOC_GETDETAIL',
  purpose: 'invoices of one order',
  neededBy: { orders: 'always' },
  importing: { BILLINGDOCUMENT: 'C10' },
  exporting: {
    BILLINGDOCUMENTDETAIL: openStructure('BAPIVBRKOUT', { BILLINGDOC: 'C10', BILL_TYPE: 'C4', CANCELLED: 'C1' }, [
      'SD_DOC_CAT',
      'CURRENCY',
      'BILL_DATE',
      'NET_VALUE',
    ]),
    RETURN: anyReturn,
  },
};
