/** A customer with everything below it, from segments or from table rows, as changes of records. */
import type { FieldValue, RecordChange, RecordFields, RecordKey } from '../../model/index.ts';
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
import { readRecord } from './field-table.ts';
import { readNumber, storedAmount } from './readers.ts';
import { invalidValue } from './record.ts';
import type { SapRecord } from './record.ts';
import { changeOf, keyBelow, keyOf } from './translation.ts';
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
  const customer = keyOf(translation, 'customer', requiredNumber(records.general, 'KUNNR', 10));
  return [
    ...generalChanges(records.general, customer, translation),
    ...creditChanges(records.credit, customer, translation),
    ...records.areas.flatMap((it) => areaChanges(it, customer, translation)),
    ...records.contacts.map((it) => contactChange(it, customer, translation)),
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

function generalChanges(record: SapRecord, key: RecordKey, translation: Translation): RecordChange[] {
  const gone: RecordFields = { isRemoved: true };
  const status = isGone(record) ? gone : statusOf(record, translation);
  const isRemoved = status['isRemoved'] === true;
  const master = isGone(record) ? { number: key.id } : readRecord(record, generalFields, translation);
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
  const fields = readRecord(record, statusFields, translation);
  const isBlocked = anyBlock(record);
  if (isBlocked !== undefined) fields['blocks.any'] = isBlocked;
  return fields;
}

/** Orders, deliveries, billing, postings, sales support. */
const blockFields = ['AUFSD', 'LIFSD', 'FAKSD', 'SPERR', 'CASSD'];

/** Not known where a block was not said and none of the others is set. */
function anyBlock(record: SapRecord): boolean | undefined {
  let isKnown = true;
  for (const field of blockFields) {
    const said = record.said(field);
    if (said === undefined) isKnown = false;
    else if (said !== '') return true;
  }
  return isKnown ? false : undefined;
}

/** KNA1 has street and house number in one field; where it is not certain which is which, all of it is street. */
function addressOf(record: SapRecord, translation: Translation): RecordFields {
  const street = record.said('STRAS');
  if (street === undefined) return readRecord(record, addressFields, translation);
  const split = splitStreet(street, record.said('LAND1') ?? '');
  const fields = { 'address.street': split.street || null, 'address.houseNumber': split.houseNumber || null };
  return readRecord(record, addressFields, translation, fields);
}

/** A sales area and what tells it from others. */
interface Area {
  readonly customer: RecordKey;
  readonly key: RecordKey;
  readonly identity: RecordFields;
}

function areaChanges({ area, partners }: AreaRecords, customer: RecordKey, translation: Translation): RecordChange[] {
  const parts = areaKeyFields.map(([field]) => requiredText(area, field));
  const key = keyOf(translation, 'sales-area', customer.id, ...parts);
  const identity = readRecord(area, areaKeyFields, translation);
  const fields: RecordFields = isGone(area)
    ? { customer: customer.id, ...identity, isRemoved: true }
    : readRecord(area, areaFields, translation, { customer: customer.id });
  return [
    changeOf(translation, key, fields, { parents: [customer] }),
    ...partners.map((it) => partnerChange(it, { customer, key, identity }, translation)),
  ];
}

function partnerChange(record: SapRecord, { customer, key, identity }: Area, translation: Translation): RecordChange {
  const functionKey = requiredText(record, 'PARVW');
  const role = partnerRole(functionKey);
  const counter = (record.said('PARZA') ?? '').padStart(3, '0');
  const partner = keyBelow(key, 'partner', functionKey, counter);
  const isRemoved = isGone(record);
  // One object from here on: customers have more of these records than of all others together.
  const fields: Record<string, FieldValue> = {
    ...identity,
    customer: customer.id,
    function: functionKey,
    role,
    isRemoved,
  };
  if (isRemoved) return changeOf(translation, partner, fields, { parents: [customer] });
  readRecord(record, partnerFields, translation, fields);
  const number = record.said('KUNN2');
  if (number === undefined) return changeOf(translation, partner, fields, { parents: [customer] });
  const partnerNumber = number === '' ? null : readNumber(number, 10, record, 'KUNN2');
  // Of other functions it may be a vendor, an employee or a contact person: the field is the same for all of them.
  const isCustomer = role !== 'other' && partnerNumber !== null;
  const other = isCustomer ? customerKey(partnerNumber, customer, translation) : undefined;
  fields['partnerNumber'] = partnerNumber;
  fields['partner'] = other?.id ?? null;
  return changeOf(translation, partner, fields, { parents: other === undefined ? [customer] : [customer, other] });
}

/** Most partners of a customer are the customer. */
function customerKey(number: string, customer: RecordKey, translation: Translation): RecordKey {
  return number === customer.id ? customer : keyOf(translation, 'customer', number);
}

function contactChange(record: SapRecord, customer: RecordKey, translation: Translation): RecordChange {
  const person = requiredNumber(record, 'PARNR', 10);
  const isRemoved = isGone(record);
  const fields = isRemoved ? {} : readRecord(record, contactFields, translation);
  const key = keyOf(translation, 'contact', person);
  const known = { isRemoved, customer: customer.id, number: person };
  return changeOf(translation, key, Object.assign(fields, known), { parents: [customer] });
}

/** One control area stands for the customer; where all are gone, nothing is left of its credit data. */
function creditChanges(records: readonly SapRecord[], key: RecordKey, translation: Translation): RecordChange[] {
  if (records.length === 0) return [];
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
  const fields = readRecord(record, creditFields, translation);
  const currency = translation.rules.areaCurrencies.get(requiredText(record, 'KKBER'));
  if (currency === undefined) return fields;
  const limit = storedAmount.read(record, 'KLIMK', { ...translation, currency });
  return { ...fields, 'credit.currency': currency, ...(limit === undefined ? {} : { 'credit.limit': limit }) };
}
