/** The ABAP pack's functions that read; the contract is docs/sap-basis/abap-pack.md. */
import { anyReturn } from './returns.ts';
import { structure } from './signature.ts';
import type { CatalogueFunction } from './signature.ts';

export const packVersion: CatalogueFunction = {
  name: 'Z_GANGWAY_VERSION',
  purpose: 'the version of the ABAP pack, and which system answers',
  neededBy: 'every-with-pack',
  exporting: { E_VERSION: 'C10', E_LOGSYS: 'C10', E_SYSTEM: 'C8', E_CLIENT: 'C3', E_UTC_STAMP: 'C14' },
  optional: ['E_LOGSYS', 'E_SYSTEM', 'E_CLIENT', 'E_UTC_STAMP'],
};

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

export const packCredit: CatalogueFunction = {
  name: 'Z_GANGWAY_CREDIT_READ',
  purpose: 'credit of one customer',
  neededBy: { credit: 'with-pack', changes: 'with-pack' },
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

export const packChanges: CatalogueFunction = {
  name: 'Z_GANGWAY_CHANGES_READ',
  purpose: 'what has changed since the last question',
  neededBy: { changes: 'with-pack' },
  importing: { I_SINCE: 'C100', I_KINDS: 'C10', I_MAX_ROWS: 'I' },
  exporting: { E_POSITION: 'C100', E_MORE: 'C1' },
  tables: {
    ET_CHANGE: structure('ZGANGWAY_S_CHANGE', {
      KIND: 'C1',
      KUNNR: 'C10',
      BUKRS: 'C4',
      BELNR: 'C10',
      GJAHR: 'N4',
      BUZEI: 'N3',
      VBELN: 'C10',
      AUGBL: 'C10',
      CHANGENR: 'C10',
      USERNAME: 'C12',
      UDATE: 'D',
      UTIME: 'T',
      FIELDS: 'C255',
      FIELDS_CUT: 'C1',
    }),
    ET_RETURN: anyReturn,
  },
};

export const packInvoices: CatalogueFunction = {
  name: 'Z_GANGWAY_INVOICES_READ',
  purpose: 'invoices of one customer',
  neededBy: { invoices: 'with-pack', changes: 'with-pack' },
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

export const packPartners: CatalogueFunction = {
  name: 'Z_GANGWAY_PARTNERS_READ',
  purpose: 'partners of one customer',
  neededBy: { partners: 'with-pack' },
  importing: { I_KUNNR: 'C10', I_VKORG: 'C4', I_VTWEG: 'C2', I_SPART: 'C2', I_MAX_ROWS: 'I' },
  exporting: { E_MORE: 'C1' },
  tables: {
    ET_PARTNER: structure('ZGANGWAY_S_PARTNER', {
      VKORG: 'C4',
      VTWEG: 'C2',
      SPART: 'C2',
      PARVW: 'C2',
      PARZA: 'N3',
      TEXT: 'C20',
      KIND: 'C1',
      PARTNER: 'C10',
      NAME: 'C40',
      CITY: 'C40',
      LAND1: 'C3',
      DEFPA: 'C1',
      KNREF: 'C30',
    }),
    ET_RETURN: anyReturn,
  },
};

export const packKey: CatalogueFunction = {
  name: 'Z_GANGWAY_KEY_READ',
  purpose: 'what became of a write whose answer was lost',
  neededBy: {
    'customer-writes': 'with-pack',
    'contact-writes': 'with-pack',
    'credit-writes': 'with-pack',
    'order-writes': 'with-pack',
  },
  // Fences and contact persons came with version 1.1.0.
  optional: ['I_FENCE', 'E_PARNR', 'ET_RETURN'],
  importing: { I_EXTERNAL_KEY: 'C80', I_FENCE: 'N18' },
  exporting: { E_STATE: 'C1', E_KUNNR: 'C10', E_PARNR: 'N10', E_CONTENT: 'C64', E_DATE: 'D', E_TIME: 'T' },
  tables: { ET_RETURN: anyReturn },
};
