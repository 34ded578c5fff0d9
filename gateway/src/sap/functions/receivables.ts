/** Function modules about what a customer owes: credit account, open items, statement. */
import { anyReturn } from './returns.ts';
import { openStructure } from './signature.ts';
import type { CatalogueFunction } from './signature.ts';

/** No field of BAPI1010_6 is published: its fields are found by their data elements, see translate/credit-account.ts. */
export const creditAccountDetail: CatalogueFunction = {
  name: 'BAPI_CR_ACC_GETDETAIL',
  purpose: 'limit and risk class of a customer',
  neededBy: { credit: 'without-pack' },
  importing: { CREDITCONTROLAREA: 'C4', CUSTOMER: 'C10' },
  exporting: { CREDIT_ACCOUNT_DETAIL: openStructure('BAPI1010_6', {}, 'all'), RETURN: anyReturn },
};

const lineItem = openStructure(
  'BAPI3007_2',
  {
    COMP_CODE: 'C4',
    CUSTOMER: 'C10',
    SP_GL_IND: 'C1',
    CLEAR_DATE: 'D',
    FISC_YEAR: 'N4',
    DOC_NO: 'C10',
    ITEM_NUM: 'N3',
    PSTNG_DATE: 'D',
    DOC_DATE: 'D',
    CURRENCY: 'C5',
    REF_DOC_NO: 'C16',
    DOC_TYPE: 'C2',
    DB_CR_IND: 'C1',
    AMT_DOCCUR: 'P23.4',
    BLINE_DATE: 'D',
    DSCT_DAYS1: 'P3.0',
    DSCT_DAYS2: 'P3.0',
    NETTERMS: 'P3.0',
    DOC_STATUS: 'C1',
  },
  ['INV_REF'],
);

export const openItems: CatalogueFunction = {
  name: 'BAPI_AR_ACC_GETOPENITEMS',
  purpose: 'open items of a customer',
  neededBy: { credit: 'without-pack', invoices: 'without-pack' },
  importing: { COMPANYCODE: 'C4', CUSTOMER: 'C10', KEYDATE: 'D', NOTEDITEMS: 'C1' },
  exporting: { RETURN: anyReturn },
  tables: { LINEITEMS: lineItem },
};

export const accountStatement: CatalogueFunction = {
  name: 'BAPI_AR_ACC_GETSTATEMENT',
  purpose: 'posted items of a customer',
  neededBy: { invoices: 'without-pack' },
  importing: { COMPANYCODE: 'C4', CUSTOMER: 'C10', DATE_FROM: 'D', DATE_TO: 'D', NOTEDITEMS: 'C1' },
  exporting: { RETURN: anyReturn },
  tables: { LINEITEMS: lineItem },
};
