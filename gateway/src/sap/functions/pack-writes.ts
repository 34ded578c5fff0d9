/** The ABAP pack's functions that write, each once per key; the contract is docs/sap-basis/abap-pack.md. */
import { anyReturn } from './returns.ts';
import { structure } from './signature.ts';
import type { CatalogueFunction, FieldType, StructureDefinition } from './signature.ts';

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

const contactLengths = { NAMEV: 35, NAME1: 35, SPRAS_ISO: 2, TELF1: 30, SMTP_ADDR: 241, ABTNR: 4, PAFKT: 2 };
/** The data of a contact person that the pack can write. */
export type ContactField = keyof typeof contactLengths;

function texts(name: string, lengths: Readonly<Record<string, number>>): StructureDefinition {
  const fields = Object.entries(lengths).map(([field, length]): [string, FieldType] => [field, `C${length}`]);
  return structure(name, Object.fromEntries(fields));
}

/** The twin of a structure that says which of its fields are meant: the same names, one character each. */
function flags(name: string, lengths: Readonly<Record<string, number>>): StructureDefinition {
  return texts(name, Object.fromEntries(Object.keys(lengths).map((field) => [field, 1])));
}

const general = texts('ZGANGWAY_S_GENERAL', generalLengths);
const keyParameters = { I_EXTERNAL_KEY: 'C80', I_CONTENT: 'C64', I_TESTRUN: 'C1', I_FENCE: 'N18' } as const;

export const packCreate: CatalogueFunction = {
  name: 'Z_GANGWAY_CUSTOMER_CREATE',
  purpose: 'a new customer',
  neededBy: { 'customer-writes': 'with-pack' },
  optional: ['I_FENCE', 'IT_PARTNERS', 'IT_TAX'],
  importing: {
    ...keyParameters,
    IS_GENERAL: general,
    IS_COMPANY: structure('ZGANGWAY_S_COMPANY', { BUKRS: 'C4', ZTERM: 'C4', AKONT: 'C10' }),
    IS_SALES: structure('ZGANGWAY_S_SALES', { VKORG: 'C4', VTWEG: 'C2', SPART: 'C2', WAERS: 'C5', ZTERM: 'C4' }),
  },
  exporting: { E_KUNNR: 'C10', E_REPEATED: 'C1' },
  tables: {
    IT_PARTNERS: structure('ZGANGWAY_S_PARTNER_NEW', {
      VKORG: 'C4',
      VTWEG: 'C2',
      SPART: 'C2',
      PARVW: 'C2',
      KUNN2: 'C10',
      DEFPA: 'C1',
    }),
    IT_TAX: structure('ZGANGWAY_S_TAX', { ALAND: 'C3', TATYP: 'C4', TAXKD: 'C1' }),
    ET_RETURN: anyReturn,
  },
};

export const packChange: CatalogueFunction = {
  name: 'Z_GANGWAY_CUSTOMER_CHANGE',
  purpose: 'name, address, phone, mail and VAT number of a customer',
  neededBy: { 'customer-writes': 'with-pack' },
  optional: ['I_FENCE'],
  importing: {
    ...keyParameters,
    I_KUNNR: 'C10',
    IS_GENERAL: general,
    ISX_GENERAL: flags('ZGANGWAY_S_GENERALX', generalLengths),
  },
  exporting: { E_REPEATED: 'C1' },
  tables: { ET_RETURN: anyReturn },
};

export const packCreditChange: CatalogueFunction = {
  name: 'Z_GANGWAY_CREDIT_CHANGE',
  purpose: 'risk class and limit of a new customer',
  neededBy: { 'credit-writes': 'with-pack' },
  importing: {
    ...keyParameters,
    I_KUNNR: 'C10',
    I_KKBER: 'C4',
    I_CTLPC: 'C3',
    IX_CTLPC: 'C1',
    I_KLIMK: 'P23.4',
    IX_KLIMK: 'C1',
    I_WAERS: 'C5',
  },
  exporting: { E_REPEATED: 'C1' },
  tables: { ET_RETURN: anyReturn },
};

export const packContactSave: CatalogueFunction = {
  name: 'Z_GANGWAY_CONTACT_SAVE',
  purpose: 'contact persons, new and changed',
  neededBy: { 'contact-writes': 'with-pack' },
  importing: {
    ...keyParameters,
    I_KUNNR: 'C10',
    I_PARNR: 'N10',
    IS_CONTACT: texts('ZGANGWAY_S_CONTACT', contactLengths),
    ISX_CONTACT: flags('ZGANGWAY_S_CONTACTX', contactLengths),
  },
  exporting: { E_PARNR: 'N10', E_REPEATED: 'C1' },
  tables: { ET_RETURN: anyReturn },
};
