/** Customers: SAP's details to the model, the model's draft and change to the pack's structures. */
import type { Customer, CustomerChange, CustomerDraft } from '../../model/index.ts';
import type { AbapParameters, AbapStructure } from '../../ports/index.ts';
import { structureOf, text } from '../answers.ts';
import { partnerKey } from '../conversion/partner-functions.ts';
import type { GeneralField } from '../functions/pack-writes.ts';
import { markedFields } from './marked-fields.ts';
import type { MarkedFields } from './marked-fields.ts';

/** BAPI_CUSTOMER_GETDETAIL2 to the model. KNA1 has street and house number in one field. */
export function toCustomer(answer: AbapParameters, identity: Pick<Customer, 'customer' | 'asOf'>): Customer {
  const address = structureOf(answer, 'CUSTOMERADDRESS');
  const general = structureOf(answer, 'CUSTOMERGENERALDETAIL');
  const blocks = ['ORDR_BLK_G', 'DELI_BLK_G', 'BILL_BLK_G', 'PSTG_BLK_G'];
  return {
    ...identity,
    name: text(address, 'NAME'),
    address: {
      street: text(address, 'STREET'),
      houseNumber: '',
      postalCode: text(address, 'POSTL_CODE'),
      city: text(address, 'CITY'),
      region: text(address, 'REGION'),
      country: text(address, 'COUNTRYISO') || text(address, 'COUNTRY'),
    },
    isBlocked: blocks.some((field) => text(general, field) !== ''),
    isMarkedForDeletion: text(general, 'DEL_FLAG_G') !== '',
  };
}

/** The model's path of each field the pack writes, so that a refusal names what the person typed. */
export const modelPaths: Readonly<Record<GeneralField, string>> = {
  KTOKD: 'accountGroup',
  NAME1: 'name',
  NAME2: 'name2',
  STREET: 'address.street',
  HOUSE_NUM1: 'address.houseNumber',
  PSTLZ: 'address.postalCode',
  ORT01: 'address.city',
  REGIO: 'address.region',
  LAND1: 'address.country',
  SPRAS_ISO: 'language',
  TELF1: 'phone',
  SMTP_ADDR: 'email',
  STCEG: 'vatNumber',
};

/** A draft as IS_GENERAL. */
export function generalOfDraft(draft: CustomerDraft, accountGroup: string): Record<GeneralField, string> {
  return {
    KTOKD: accountGroup,
    NAME1: draft.name,
    NAME2: draft.name2,
    STREET: draft.address.street,
    HOUSE_NUM1: draft.address.houseNumber,
    PSTLZ: draft.address.postalCode,
    ORT01: draft.address.city,
    REGIO: draft.address.region,
    LAND1: draft.address.country,
    SPRAS_ISO: draft.language,
    TELF1: draft.phone,
    SMTP_ADDR: draft.email,
    STCEG: draft.vatNumber,
  };
}

/** The model's paths of what a draft has beside general data. */
export const draftPaths: Readonly<Record<string, string>> = {
  ...modelPaths,
  ...{ PARVW: 'partners', KUNN2: 'partners', ALAND: 'taxes', TATYP: 'taxes', TAXKD: 'taxes' },
};

/** The tables of a draft; none of them where it names nothing, because an older pack has not got them. */
export function tablesOfDraft({ partners = [], taxes = [] }: CustomerDraft): Readonly<Record<string, AbapStructure[]>> {
  const flag = (value: boolean | undefined): string => (value === true ? 'X' : '');
  const IT_PARTNERS = partners.map(({ role, customer, isDefault }) => ({
    PARVW: partnerKey(role),
    KUNN2: customer,
    DEFPA: flag(isDefault),
  }));
  const IT_TAX = taxes.map((it) => ({ ALAND: it.country, TATYP: it.category, TAXKD: it.classification }));
  return { ...(partners.length === 0 ? {} : { IT_PARTNERS }), ...(taxes.length === 0 ? {} : { IT_TAX }) };
}

/** A change as IS_GENERAL and ISX_GENERAL. */
export function generalOfChange(change: CustomerChange): MarkedFields {
  const address = change.address ?? {};
  const wanted: Partial<Record<GeneralField, string | undefined>> = {
    NAME1: change.name,
    NAME2: change.name2,
    STREET: address.street,
    HOUSE_NUM1: address.houseNumber,
    PSTLZ: address.postalCode,
    ORT01: address.city,
    REGIO: address.region,
    LAND1: address.country,
    TELF1: change.phone,
    SMTP_ADDR: change.email,
    STCEG: change.vatNumber,
  };
  return markedFields(wanted);
}
