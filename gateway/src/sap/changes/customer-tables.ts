/** Fields of the customer master, the same in segments of DEBMAS and in the tables behind them, and what becomes of them. */
import { code, currency, customer, date, flag, languageCode, languageKey, text } from './readers.ts';

/** E1KNA1M, KNA1: what is neither address nor status. */
export const generalFields = [
  ['KUNNR', 'number', customer],
  ['NAME1', 'name', text],
  ['NAME2', 'name2', text],
  ['KTOKD', 'accountGroup', code],
  // KNA1 itself has no ISO code; the segment has both, and the key may be one of a customer's own.
  ['SPRAS_ISO', 'language', languageCode],
  ['SPRAS', 'language', languageKey],
  ['STCEG', 'vatNumber', text],
  ['BRSCH', 'industry', code],
] as const;

/** E1KNA1M, KNA1: what keeps somebody from doing business. */
export const statusFields = [
  ['AUFSD', 'blocks.order', code],
  ['LIFSD', 'blocks.delivery', code],
  ['FAKSD', 'blocks.billing', code],
  ['SPERR', 'blocks.posting', flag],
  ['LOEVM', 'isRemoved', flag],
] as const;

/** E1KNA1M, KNA1: the address, as far as the customer master has room for it. */
export const addressFields = [
  ['PSTLZ', 'address.postalCode', text],
  ['ORT01', 'address.city', text],
  ['ORT02', 'address.district', text],
  ['PFACH', 'address.poBox', text],
  ['REGIO', 'address.region', code],
  ['LAND1', 'address.country', code],
  ['TELF1', 'phone', text],
  ['TELFX', 'fax', text],
] as const;

/** E1KNVVM, KNVV: which sales area it is. */
export const areaKeyFields = [
  ['VKORG', 'salesOrganization', code],
  ['VTWEG', 'distributionChannel', code],
  ['SPART', 'division', code],
] as const;

/** E1KNVVM, KNVV. */
export const areaFields = [
  ...areaKeyFields,
  ['WAERS', 'currency', currency],
  ['ZTERM', 'paymentTerms', code],
  ['INCO1', 'incoterms', code],
  ['INCO2', 'incotermsPlace', text],
  ['KDGRP', 'customerGroup', code],
  ['VKBUR', 'salesOffice', code],
  ['PLTYP', 'priceList', code],
  ['VSBED', 'shippingCondition', code],
  ['AUFSD', 'blocks.order', code],
  ['LIFSD', 'blocks.delivery', code],
  ['FAKSD', 'blocks.billing', code],
  ['LOEVM', 'isRemoved', flag],
] as const;

/** E1KNVPM, KNVP. */
export const partnerFields = [
  ['PARVW', 'function', code],
  ['DEFPA', 'isDefault', flag],
] as const;

/** E1KNVKM, KNVK. */
export const contactFields = [
  ['PARNR', 'number', text],
  ['NAMEV', 'firstName', text],
  ['NAME1', 'lastName', text],
  ['TELF1', 'phone', text],
  ['PAFKT', 'role', code],
  ['ABTNR', 'department', code],
  ['PARLA', 'language', languageKey],
] as const;

/** E1KNKKM, KNKK; the limit is read beside it, because its currency stands elsewhere. */
export const creditFields = [
  ['KKBER', 'credit.controlArea', code],
  ['CTLPC', 'credit.riskClass', code],
  ['CRBLB', 'credit.isBlocked', flag],
  ['NXTRV', 'credit.nextReview', date],
] as const;
