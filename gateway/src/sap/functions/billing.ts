/** Function modules about billing documents. */
import { anyReturn } from './returns.ts';
import { openStructure } from './signature.ts';
import type { FunctionDefinition } from './signature.ts';

export const billingDetail: FunctionDefinition = {
  name: 'BAPI_BILLINGDOC_GETDETAIL',
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
