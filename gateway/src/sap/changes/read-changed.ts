/** What a changed customer or invoice is now, as changes of records. */
import type { CustomerNumber, RecordChange } from '../../model/index.ts';
import { structureOf, table, text } from '../answers.ts';
import { packInvoices } from '../functions/abap-pack.ts';
import { customerDetail } from '../functions/customer.ts';
import { checkCustomerAnswer, read } from '../system/context.ts';
import type { Question } from '../system/context.ts';
import { readCredit } from '../system/read-credit.ts';
import { creditFields } from './credit-facet.ts';
import { readFields, rulesOf } from './field-table.ts';
import { code, flag, text as plainText } from './readers.ts';
import { rowRecord } from './record.ts';
import type { SapRecord } from './record.ts';
import { changeOf, keyOf } from './translation.ts';
import type { Translation } from './translation.ts';
import { splitStreet } from '../../postal-address/index.ts';

/** BAPI_CUSTOMER_GETDETAIL2: what keeps somebody from doing business. */
export const statusRules = rulesOf('CUSTOMERGENERALDETAIL', [
  ['ORDR_BLK_G', 'blocks.order', code],
  ['DELI_BLK_G', 'blocks.delivery', code],
  ['BILL_BLK_G', 'blocks.billing', code],
  ['PSTG_BLK_G', 'blocks.posting', flag],
  ['DEL_FLAG_G', 'isRemoved', flag],
]);
/** BAPI_CUSTOMER_GETDETAIL2: names. */
export const nameRules = rulesOf('CUSTOMERADDRESS', [
  ['NAME', 'name', plainText],
  ['NAME_2', 'name2', plainText],
]);
/** BAPI_CUSTOMER_GETDETAIL2: the address; street and house number are one field. */
export const readAddressRules = rulesOf('CUSTOMERADDRESS', [
  ['POSTL_CODE', 'address.postalCode', plainText],
  ['CITY', 'address.city', plainText],
  ['REGION', 'address.region', code],
  ['COUNTRYISO', 'address.country', code],
  ['COUNTRY', 'address.country', code],
  ['TELEPHONE', 'phone', plainText],
]);

/** Credit data of a customer. */
export async function readCreditChange(
  question: Question,
  number: CustomerNumber,
  translation: Translation,
): Promise<RecordChange[]> {
  const credit = await readCredit(question, number);
  const fields = creditFields(credit, translation.rules);
  return [changeOf(translation, keyOf(translation, 'customer', number), fields, { facet: 'credit' })];
}

/** Blocks and deletion of a customer; of a whole one names and address too, where no DEBMAS tells them. */
export async function readCustomerChanges(
  question: Question,
  number: CustomerNumber,
  translation: Translation,
): Promise<RecordChange[]> {
  const answer = await read(question, customerDetail, { CUSTOMERNO: number }, []);
  checkCustomerAnswer(question, customerDetail.name, answer, number);
  const general = recordOf('CUSTOMERGENERALDETAIL', answer);
  const address = recordOf('CUSTOMERADDRESS', answer);
  const key = keyOf(translation, 'customer', number);
  const status = { ...readFields([general], statusRules, translation), ...anyBlockOf(general) };
  const statusChange = changeOf(translation, key, status, { facet: 'status' });
  if (!translation.isWhole) return [statusChange];
  const { isRemoved } = statusChange;
  const master = { number, ...readFields([address], nameRules, translation) };
  const place = { ...streetOf(address), ...readFields([address], readAddressRules, translation) };
  return [
    changeOf(translation, key, master, { isRemoved }),
    statusChange,
    changeOf(translation, key, place, { facet: 'address', isRemoved }),
  ];
}

function recordOf(name: string, answer: Parameters<typeof structureOf>[0]): SapRecord {
  const row = structureOf(answer, name);
  return rowRecord(name, Object.fromEntries(Object.keys(row).map((field) => [field, text(row, field)])));
}

function anyBlockOf(general: SapRecord): { 'blocks.any'?: boolean } {
  const said = ['ORDR_BLK_G', 'DELI_BLK_G', 'BILL_BLK_G', 'PSTG_BLK_G'].map((field) => general.said(field));
  if (said.some((it) => it !== undefined && it !== '')) return { 'blocks.any': true };
  return said.includes(undefined) ? {} : { 'blocks.any': false };
}

function streetOf(address: SapRecord): Record<string, string | null> {
  const street = address.said('STREET');
  if (street === undefined) return {};
  const parts = splitStreet(street, address.said('COUNTRYISO') || address.said('COUNTRY') || '');
  return { 'address.street': parts.street || null, 'address.houseNumber': parts.houseNumber || null };
}

/** More open invoices of one payer are not looked at: what is not among them counts as paid, as the clearing says. */
const maxOpen = 1_000;

/** Billing documents of a payer of which something is still unpaid: of instalments, only some may be cleared. */
export async function readOpenInvoices(question: Question, payer: CustomerNumber): Promise<ReadonlySet<string>> {
  const parameters = { I_KUNNR: payer, I_STATE: 'O', I_MAX: String(maxOpen), I_BEFORE: '' };
  const answer = await read(question, packInvoices, parameters, ['ET_INVOICE', 'ET_RETURN']);
  checkCustomerAnswer(question, packInvoices.name, answer, payer);
  return new Set(table(answer, 'ET_INVOICE').map((row) => text(row, 'VBELN')));
}
