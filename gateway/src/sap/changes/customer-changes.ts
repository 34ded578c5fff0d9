/** A customer with everything below it, from segments or from table rows, as changes of records. */
import type { RecordChange, RecordFields, RecordKey } from '../../model/index.ts';
import { splitStreet } from '../../postal-address/index.ts';
import { partnerRole } from '../conversion/partner-functions.ts';
import {
  areaFields,
  areaKeyFields,
  addressFields,
  contactFields,
  creditFields,
  generalFields,
  partnerFields,
  statusFields,
} from './customer-tables.ts';
import { readFields, rulesOf } from './field-table.ts';
import { readNumber, storedAmount } from './readers.ts';
import { invalidValue } from './record.ts';
import type { SapRecord } from './record.ts';
import { changeOf, keyOf } from './translation.ts';
import type { RecordNews, Translation } from './translation.ts';

/** Records of one customer: segments of DEBMAS, or rows of the tables with the same fields. */
export interface CustomerRecords {
  /** E1KNA1M, KNA1. */
  readonly general: SapRecord;
  readonly areas: readonly AreaRecords[];
  /** E1KNVKM, KNVK. */
  readonly contacts: readonly SapRecord[];
  /** E1KNKKM, KNKK: one per credit control area. */
  readonly credit: readonly SapRecord[];
}

export interface AreaRecords {
  /** E1KNVVM, KNVV. */
  readonly area: SapRecord;
  /** E1KNVPM, KNVP. */
  readonly partners: readonly SapRecord[];
}

/** MSGFN of a row that is gone; of it only the key is there. */
const deleted = '003';
const isGone = (record: SapRecord): boolean => record.said('MSGFN') === deleted;

/** Parents first, so that a new customer and what belongs to it can be written in this order. */
export function customerChanges(records: CustomerRecords, translation: Translation): RecordChange[] {
  const number = requiredNumber(records.general, 'KUNNR', 10);
  return [
    ...generalChanges(records.general, number, translation),
    ...creditChanges(records.credit, number, translation),
    ...records.areas.flatMap((it) => areaChanges(it, number, translation)),
    ...records.contacts.map((it) => contactChange(it, number, translation)),
  ];
}

/** A number that identifies; throws where it is missing. */
export function requiredNumber(record: SapRecord, field: string, length: number, longest = length): string {
  const said = record.said(field) ?? '';
  const number = said === '' ? null : readNumber(said, length, record, field, longest);
  if (number === null) throw invalidValue(record, field, 'number');
  return number;
}

function requiredText(record: SapRecord, field: string): string {
  const said = record.said(field) ?? '';
  if (said === '') throw invalidValue(record, field, 'key');
  return said;
}

function generalChanges(record: SapRecord, number: string, translation: Translation): RecordChange[] {
  const key = keyOf(translation, 'customer', number);
  const gone: RecordFields = { isRemoved: true };
  const status = isGone(record) ? gone : statusOf(record, translation);
  const isRemoved = status['isRemoved'] === true;
  const master = isGone(record) ? { number } : readFields([record], rulesOf(record.name, generalFields), translation);
  const address = isGone(record) || !translation.rules.addressesFromCustomers ? {} : addressOf(record, translation);
  return [
    changeOf(translation, key, master, { isRemoved }),
    ...changeOfFacet(translation, key, status, { facet: 'status', isRemoved }),
    ...changeOfFacet(translation, key, address, { facet: 'address', isRemoved }),
  ];
}

/** Nothing where nothing was said. */
function changeOfFacet(
  translation: Translation,
  key: RecordKey,
  fields: RecordFields,
  news: RecordNews,
): RecordChange[] {
  return Object.keys(fields).length === 0 ? [] : [changeOf(translation, key, fields, news)];
}

function statusOf(record: SapRecord, translation: Translation): RecordFields {
  const fields = readFields([record], rulesOf(record.name, statusFields), translation);
  const isBlocked = anyBlock(record);
  return isBlocked === undefined ? fields : { ...fields, 'blocks.any': isBlocked };
}

/** Orders, deliveries, billing, postings, sales support. */
const blockFields = ['AUFSD', 'LIFSD', 'FAKSD', 'SPERR', 'CASSD'];

/** Not known where a block was not said and none of the others is set. */
function anyBlock(record: SapRecord): boolean | undefined {
  const said = blockFields.map((field) => record.said(field));
  if (said.some((it) => it !== undefined && it !== '')) return true;
  return said.includes(undefined) ? undefined : false;
}

/** KNA1 has street and house number in one field; where it is not certain which is which, all of it is street. */
function addressOf(record: SapRecord, translation: Translation): RecordFields {
  const fields = readFields([record], rulesOf(record.name, addressFields), translation);
  const street = record.said('STRAS');
  if (street === undefined) return fields;
  const split = splitStreet(street, record.said('LAND1') ?? '');
  return { 'address.street': split.street || null, 'address.houseNumber': split.houseNumber || null, ...fields };
}

function areaChanges({ area, partners }: AreaRecords, number: string, translation: Translation): RecordChange[] {
  const parts = ['VKORG', 'VTWEG', 'SPART'].map((field) => requiredText(area, field));
  const customer = keyOf(translation, 'customer', number);
  const key = keyOf(translation, 'sales-area', number, ...parts);
  const identity = readFields([area], rulesOf(area.name, areaKeyFields), translation);
  const fields: RecordFields = isGone(area)
    ? { ...identity, isRemoved: true }
    : readFields([area], rulesOf(area.name, areaFields), translation);
  return [
    changeOf(translation, key, { customer: customer.id, ...fields }, { parents: [customer] }),
    ...partners.map((it) => partnerChange(it, [number, ...parts], identity, translation)),
  ];
}

function partnerChange(
  record: SapRecord,
  [number = '', ...area]: readonly string[],
  identity: RecordFields,
  translation: Translation,
): RecordChange {
  const role = requiredText(record, 'PARVW');
  const counter = (record.said('PARZA') ?? '').padStart(3, '0');
  const customer = keyOf(translation, 'customer', number);
  const key = keyOf(translation, 'partner', number, ...area, role, counter);
  const known: RecordFields = { customer: customer.id, ...identity, function: role, role: partnerRole(role) };
  if (isGone(record)) return changeOf(translation, key, { ...known, isRemoved: true }, { parents: [customer] });
  const fields = {
    ...known,
    ...readFields([record], rulesOf(record.name, partnerFields), translation),
    isRemoved: false,
  };
  const partner = record.said('KUNN2');
  if (partner === undefined) return changeOf(translation, key, fields, { parents: [customer] });
  const partnerNumber = partner === '' ? null : readNumber(partner, 10, record, 'KUNN2');
  // Of other functions it may be a vendor, an employee or a contact person: the field is the same for all of them.
  const isCustomer = partnerRole(role) !== 'other' && partnerNumber !== null;
  const other = isCustomer ? keyOf(translation, 'customer', partnerNumber) : undefined;
  return changeOf(
    translation,
    key,
    { ...fields, partnerNumber, partner: other?.id ?? null },
    { parents: other === undefined ? [customer] : [customer, other] },
  );
}

function contactChange(record: SapRecord, number: string, translation: Translation): RecordChange {
  const person = requiredNumber(record, 'PARNR', 10);
  const customer = keyOf(translation, 'customer', number);
  const fields: RecordFields = isGone(record)
    ? { isRemoved: true }
    : { ...readFields([record], rulesOf(record.name, contactFields), translation), isRemoved: false };
  const key = keyOf(translation, 'contact', person);
  return changeOf(translation, key, { ...fields, customer: customer.id, number: person }, { parents: [customer] });
}

/** One control area stands for the customer; where all are gone, nothing is left of its credit data. */
function creditChanges(records: readonly SapRecord[], number: string, translation: Translation): RecordChange[] {
  if (records.length === 0) return [];
  const key = keyOf(translation, 'customer', number);
  const chosen = chooseArea(
    records.filter((it) => !isGone(it)),
    (it) => it.said('KKBER') ?? '',
    translation.rules.creditControlAreas,
  );
  const fields = chosen === undefined ? noCredit : creditOf(chosen, translation);
  return [changeOf(translation, key, fields, { facet: 'credit' })];
}

/** Of a customer without a credit account. */
export const noCredit: RecordFields = {
  'credit.controlArea': null,
  'credit.limit': null,
  'credit.currency': null,
  'credit.riskClass': null,
  'credit.isBlocked': false,
  'credit.nextReview': null,
};

/** The first of the configured control areas that the customer has, else the first by key: always the same one. */
export function chooseArea<T>(
  areas: readonly T[],
  keyOfArea: (area: T) => string,
  preferred: readonly string[],
): T | undefined {
  const place = (area: T): number => {
    const found = preferred.indexOf(keyOfArea(area));
    return found < 0 ? preferred.length : found;
  };
  return areas.toSorted((one, other) => place(one) - place(other) || (keyOfArea(one) < keyOfArea(other) ? -1 : 1))[0];
}

/** Without its currency a limit is not told: SAP keeps it with the control area, and a wrong one would be a wrong limit. */
function creditOf(record: SapRecord, translation: Translation): RecordFields {
  const fields = readFields([record], rulesOf(record.name, creditFields), translation);
  const currency = translation.rules.areaCurrencies.get(requiredText(record, 'KKBER'));
  if (currency === undefined) return fields;
  const limit = storedAmount.read(record, 'KLIMK', { ...translation, currency });
  return { ...fields, 'credit.currency': currency, ...(limit === undefined ? {} : { 'credit.limit': limit }) };
}
