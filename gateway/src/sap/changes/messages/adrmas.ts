/** ADRMAS: the central address of a customer, with more room than the customer master and with its mail address. */
import type { RecordChange, RecordFields } from '../../../model/index.ts';
import { requiredNumber } from '../customer-changes.ts';
import { readFields, rulesOf } from '../field-table.ts';
import { code, text } from '../readers.ts';
import { rootsOf } from '../segment-tree.ts';
import type { SegmentNode } from '../segment-tree.ts';
import { changeOf, keyOf } from '../translation.ts';
import type { Translation } from '../translation.ts';
import type { Message } from './message.ts';

/** The address itself. */
export const addressRules = rulesOf('E1BPAD1VL', [
  ['STREET', 'address.street', text],
  ['HOUSE_NO', 'address.houseNumber', text],
  ['POSTL_COD1', 'address.postalCode', text],
  ['CITY', 'address.city', text],
  ['DISTRICT', 'address.district', text],
  ['PO_BOX', 'address.poBox', text],
  ['REGION', 'address.region', code],
  ['COUNTRYISO', 'address.country', code],
  ['COUNTRY', 'address.country', code],
]);
/** Of several numbers, that with STD_NO X, else the first. */
export const faxRules = rulesOf('E1BPADFAX', [['FAX', 'fax', text]]);
export const mailRules = rulesOf('E1BPADSMTP', [['E_MAIL', 'email', text]]);

export const adrmas: Message = {
  names: ['ADRMAS'],
  basicTypes: ['ADRMAS01', 'ADRMAS02', 'ADRMAS03'],
  isMaster: true,
  root: 'E1ADRMAS',
  // No address is without its country.
  always: [['E1BPAD1VL', 'COUNTRY']],
  segments: ['E1ADRMAS', 'E1BPAD1VL', 'E1BPADTEL', 'E1BPADFAX', 'E1BPADSMTP'],
  translate: (tree, translation) =>
    rootsOf(tree, 'E1ADRMAS')
      .filter(isOfCustomer)
      .flatMap((root) => changesOf(root, translation)),
};

/** Vendors, plants, contact persons and further addresses of a customer have no place in what is delivered. */
function isOfCustomer(root: SegmentNode): boolean {
  return root.text('OBJ_TYPE') === 'KNA1' && ['', '0001'].includes(root.text('CONTEXT'));
}

function changesOf(root: SegmentNode, translation: Translation): RecordChange[] {
  const key = keyOf(translation, 'customer', requiredNumber(root, 'OBJ_ID', 10, 10));
  const address = inForce(root.all('E1BPAD1VL'), translation);
  const fields: RecordFields = {
    ...(address === undefined ? {} : readFields([address], addressRules, translation)),
    ...phoneOf(root.all('E1BPADTEL'), translation),
    ...communication(theDefault(root.all('E1BPADFAX')), faxRules, 'fax', translation),
    ...communication(theDefault(root.all('E1BPADSMTP')), mailRules, 'email', translation),
  };
  return Object.keys(fields).length === 0 ? [] : [changeOf(translation, key, fields, { facet: 'address' })];
}

/** Without international versions (other scripts): the address that began last and is not one of tomorrow. */
function inForce(addresses: readonly SegmentNode[], { order }: Translation): SegmentNode | undefined {
  const today = order.slice(0, 10).replaceAll('-', '');
  const versions = addresses.filter((it) => it.text('ADDR_VERS') === '');
  const begun = versions.filter((it) => it.text('FROM_DATE') <= today);
  return begun.toSorted((one, other) => (one.text('FROM_DATE') < other.text('FROM_DATE') ? 1 : -1))[0] ?? versions[0];
}

function theDefault(numbers: readonly SegmentNode[]): SegmentNode | undefined {
  return numbers.find((it) => it.text('STD_NO') === 'X') ?? numbers[0];
}

/** The address comes as a whole: what it has no segment of, there is none of. */
function communication(
  record: SegmentNode | undefined,
  rules: typeof faxRules,
  path: string,
  translation: Translation,
): RecordFields {
  if (record !== undefined) return readFields([record], rules, translation);
  return translation.isWhole ? { [path]: null } : {};
}

function phoneOf(numbers: readonly SegmentNode[], { isWhole }: Translation): RecordFields {
  const record = theDefault(numbers);
  if (record === undefined) return isWhole ? { phone: null } : {};
  const phone = record.said('TELEPHONE');
  if (phone === undefined) return {};
  const extension = record.text('EXTENSION');
  return { phone: extension === '' || phone === '' ? phone || null : `${phone}-${extension}` };
}
