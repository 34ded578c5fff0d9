/** Function modules of the Gangway ABAP pack; the contract is docs/sap-basis/abap-pack.md. */
import { anyReturn } from './returns.ts';
import { structure } from './signature.ts';
import type { FieldType, FunctionDefinition } from './signature.ts';

export const packVersion: FunctionDefinition = { name: 'Z_GANGWAY_VERSION', exporting: { E_VERSION: 'C10' } };

const receivable = structure('ZGANGWAY_S_RECEIVABLE', {
  BUKRS: 'C4',
  WAERS: 'C5',
  OVERDUE: 'P23.4',
  NOT_DUE: 'P23.4',
  DAYS_1_30: 'P23.4',
  DAYS_31_60: 'P23.4',
  DAYS_61_90: 'P23.4',
  DAYS_OVER_90: 'P23.4',
  OLDEST_DAYS: 'I',
});

export const packCredit: FunctionDefinition = {
  name: 'Z_GANGWAY_CREDIT_READ',
  importing: { I_KUNNR: 'C10' },
  exporting: { E_NAME: 'C35' },
  tables: {
    ET_ACCOUNT: structure('ZGANGWAY_S_ACCOUNT', {
      KKBER: 'C4',
      KKBTX: 'C35',
      KNKLI: 'C10',
      WAERS: 'C5',
      KLIMK: 'P23.4',
      SKFOR: 'P23.4',
      SSOBL: 'P23.4',
      OPEN_ORDER: 'P23.4',
      OPEN_DELIVERY: 'P23.4',
      OPEN_BILLING: 'P23.4',
      SUM_OPENS: 'P23.4',
      CTLPC: 'C3',
      RTEXT: 'C30',
    }),
    ET_SHARED: structure('ZGANGWAY_S_SHARED', { KKBER: 'C4', KNKLI: 'C10', KUNNR: 'C10', NAME1: 'C35' }),
    ET_RECEIVABLE: receivable,
    ET_TERMS: structure('ZGANGWAY_S_TERMS', {
      VKORG: 'C4',
      VTWEG: 'C2',
      SPART: 'C2',
      BUKRS: 'C4',
      ZTERM: 'C4',
      TEXT: 'C50',
    }),
    ET_BLOCK: structure('ZGANGWAY_S_BLOCK', {
      FIELD: 'C10',
      VKORG: 'C4',
      VTWEG: 'C2',
      SPART: 'C2',
      BUKRS: 'C4',
      KKBER: 'C4',
      CODE: 'C2',
      TEXT: 'C40',
    }),
    ET_RETURN: anyReturn,
  },
};

export const packInvoices: FunctionDefinition = {
  name: 'Z_GANGWAY_INVOICES_READ',
  importing: { I_KUNNR: 'C10', I_STATE: 'C1', I_MAX: 'I', I_BEFORE: 'C26' },
  tables: {
    ET_INVOICE: structure('ZGANGWAY_S_INVOICE', {
      VBELN: 'C10',
      BUKRS: 'C4',
      BELNR: 'C10',
      GJAHR: 'N4',
      VBTYP: 'C1',
      FKDAT: 'D',
      FAEDT: 'D',
      WAERS: 'C5',
      AMOUNT: 'P23.4',
      OPEN: 'P23.4',
      AUGDT: 'D',
      SFAKN: 'C10',
      STORNO: 'C10',
      DAYS_OVERDUE: 'I',
      BLART: 'C2',
    }),
    ET_RECEIVABLE: receivable,
    ET_RETURN: anyReturn,
  },
};

const generalLengths = {
  KTOKD: 4,
  NAME1: 35,
  NAME2: 35,
  STREET: 60,
  HOUSE_NUM1: 10,
  PSTLZ: 10,
  ORT01: 40,
  REGIO: 3,
  LAND1: 3,
  SPRAS_ISO: 2,
  TELF1: 30,
  SMTP_ADDR: 241,
  STCEG: 20,
};
/** The general data of a customer that the pack can write. */
export type GeneralField = keyof typeof generalLengths;

const general = structure(
  'ZGANGWAY_S_GENERAL',
  Object.fromEntries(Object.entries(generalLengths).map(([name, length]): [string, FieldType] => [name, `C${length}`])),
);
const generalFlags = structure(
  'ZGANGWAY_S_GENERALX',
  Object.fromEntries(Object.keys(generalLengths).map((name): [string, FieldType] => [name, 'C1'])),
);
const keyParameters = { I_EXTERNAL_KEY: 'C80', I_CONTENT: 'C64', I_TESTRUN: 'C1' } as const;

export const packCreate: FunctionDefinition = {
  name: 'Z_GANGWAY_CUSTOMER_CREATE',
  importing: {
    ...keyParameters,
    IS_GENERAL: general,
    IS_COMPANY: structure('ZGANGWAY_S_COMPANY', { BUKRS: 'C4', ZTERM: 'C4', AKONT: 'C10' }),
    IS_SALES: structure('ZGANGWAY_S_SALES', { VKORG: 'C4', VTWEG: 'C2', SPART: 'C2', WAERS: 'C5', ZTERM: 'C4' }),
  },
  exporting: { E_KUNNR: 'C10', E_REPEATED: 'C1' },
  tables: { ET_RETURN: anyReturn },
};

export const packChange: FunctionDefinition = {
  name: 'Z_GANGWAY_CUSTOMER_CHANGE',
  importing: { ...keyParameters, I_KUNNR: 'C10', IS_GENERAL: general, ISX_GENERAL: generalFlags },
  exporting: { E_REPEATED: 'C1' },
  tables: { ET_RETURN: anyReturn },
};

export const packKey: FunctionDefinition = {
  name: 'Z_GANGWAY_KEY_READ',
  importing: { I_EXTERNAL_KEY: 'C80' },
  exporting: { E_STATE: 'C1', E_KUNNR: 'C10', E_CONTENT: 'C64', E_DATE: 'D', E_TIME: 'T' },
};
