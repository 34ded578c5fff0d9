/** Function modules about customers: details, sales areas, lists, search. */
import { anyReturn } from './returns.ts';
import { openStructure, structure } from './signature.ts';
import type { CatalogueFunction } from './signature.ts';

/** KNA1 address; lengths are KNA1's. Only what the sources agree on is fixed, the rest comes from the dictionary. */
const address = openStructure(
  'BAPICUSTOMER_04',
  { NAME: 'C35', CITY: 'C35', POSTL_CODE: 'C10', STREET: 'C35', COUNTRY: 'C3', TELEPHONE: 'C16' },
  ['CUSTOMER', 'NAME_2', 'REGION', 'COUNTRYISO'],
);

const general = openStructure('BAPICUSTOMER_KNA1', {}, [
  'CUSTOMER',
  'ORDR_BLK_G',
  'DELI_BLK_G',
  'BILL_BLK_G',
  'DEL_FLAG_G',
  'PSTG_BLK_G',
]);

/** KNB1; apart from the company code nothing is certain, so every field is taken as SAP has it. */
const companyCode = openStructure('BAPICUSTOMER_05', { COMP_CODE: 'C4' }, 'all');

export const customerDetail: CatalogueFunction = {
  name: 'BAPI_CUSTOMER_GETDETAIL2',
  purpose: 'name, address and blocks of a customer',
  neededBy: {
    customers: 'always',
    orders: 'always',
    matches: 'always',
    partners: 'always',
    changes: 'with-pack',
    credit: 'without-pack',
    invoices: 'without-pack',
    'customer-writes': 'always',
  },
  importing: { CUSTOMERNO: 'C10', COMPANYCODE: 'C4' },
  exporting: {
    CUSTOMERADDRESS: address,
    CUSTOMERGENERALDETAIL: general,
    CUSTOMERCOMPANYDETAIL: companyCode,
    RETURN: anyReturn,
  },
};

export const customerSalesAreas: CatalogueFunction = {
  name: 'BAPI_CUSTOMER_GETSALESAREAS',
  purpose: 'sales areas of a customer, whose orders are then listed',
  neededBy: { orders: 'always', partners: 'with-pack' },
  importing: { CUSTOMERNO: 'C10' },
  exporting: { RETURN: anyReturn },
  tables: { SALESAREAS: structure('BAPIKNVVKY', { CUSTOMER: 'C10', SALESORG: 'C4', DISTRCHN: 'C2', DIVISION: 'C2' }) },
};

export const customerList: CatalogueFunction = {
  name: 'BAPI_CUSTOMER_GETLIST',
  purpose: 'names and addresses of several customers',
  neededBy: { matches: 'always', partners: 'without-pack', 'customer-writes': 'always' },
  importing: { MAXROWS: 'I' },
  exporting: { RETURN: anyReturn },
  tables: {
    IDRANGE: structure('BAPICUSTOMER_IDRANGE', { SIGN: 'C1', OPTION: 'C2', LOW: 'C10', HIGH: 'C10' }),
    ADDRESSDATA: structure('BAPICUSTOMER_ADDRESSDATA', {
      CUSTOMER: 'C10',
      NAME: 'C40',
      COUNTRY: 'C3',
      COUNTRYISO: 'C2',
      CITY: 'C40',
      POSTL_COD1: 'C10',
      REGION: 'C3',
      STREET: 'C60',
      TEL1_NUMBR: 'C30',
    }),
  },
};

export const customerFind: CatalogueFunction = {
  name: 'BAPI_CUSTOMER_FIND',
  purpose: 'possible duplicates of a customer',
  neededBy: { matches: 'always', 'customer-writes': 'always' },
  importing: { MAX_CNT: 'I', PL_HOLD: 'C1' },
  exporting: { RETURN: anyReturn },
  tables: {
    SELOPT_TAB: structure('BAPIKNA110', { COMP_CODE: 'C4', TABNAME: 'C30', FIELDNAME: 'C30', FIELDVALUE: 'C132' }),
    RESULT_TAB: structure('BAPIKNA111', {
      FIELDNAME: 'C30',
      FIELDVALUE: 'C132',
      CUSTOMER: 'C10',
      PSTG_BLK_G: 'C1',
      DEL_FLAG_G: 'C1',
      TYPE: 'C1',
      ID: 'C20',
      NUMBER: 'N3',
      MESSAGE: 'C220',
    }),
  },
};
