/** Z_GANGWAY_CUSTOMER_CHANGE: changes the marked fields of a customer, once per key. */
import type { TableRow } from '../tables/table.ts';
import type { Row } from '../wire/decode.ts';
import { changeMail, mailOf } from './address-mail.ts';
import { addressFields, compact, generalFields } from './customer-rows.ts';
import type { FunctionCall } from './function-call.ts';
import { lockCustomer } from './lock-customer.ts';
import { claimKey, commitWithKey } from './gangway-keys.ts';
import { isInCheckTable, regionExists } from './organization.ts';

/** Fields the customer now has, as ZGANGWAY_S_GENERAL. */
function currentGeneral(call: FunctionCall, customer: TableRow): Row {
  const [address = {}] = call.where('ADRC', ['ADDRNUMBER'], [customer.ADRNR ?? '']);
  const mail = mailOf(call, { address: customer.ADRNR ?? '' }) ?? {};
  const { NAME1 = '', NAME2 = '', PSTLZ = '', ORT01 = '', REGIO = '', LAND1 = '', STCEG = '' } = customer;
  return {
    NAME1,
    NAME2,
    PSTLZ,
    ORT01: address.CITY1 ?? ORT01,
    REGIO,
    LAND1,
    STCEG,
    STREET: address.STREET ?? customer.STRAS ?? '',
    HOUSE_NUM1: address.HOUSE_NUM1 ?? '',
    TELF1: address.TEL_NUMBER ?? customer.TELF1 ?? '',
    SMTP_ADDR: mail.SMTP_ADDR ?? '',
    ...Object.fromEntries(furtherFields.map((field) => [field, customer[field] ?? ''])),
  };
}

/** Since version 1.2.0 of the pack. */
const furtherFields = ['LZONE', 'STCD1', 'STCD2', 'BRSCH', 'KUKLA'];
const further = (general: Row): TableRow => Object.fromEntries(furtherFields.map((field) => [field, general[field]]));

/** The account group and the language of an existing customer are not for the pack to change. */
const fixedFields = new Set(['KTOKD', 'SPRAS_ISO']);

function merge(call: FunctionCall, before: Row): Row {
  const given = call.structure('IS_GENERAL');
  const marked = Object.entries(call.structure('ISX_GENERAL')).filter(([, flag]) => flag === 'X');
  const changed: Record<string, string> = {};
  for (const [field] of marked) if (!fixedFields.has(field)) changed[field] = given[field] ?? '';
  return { ...before, ...changed };
}

function checkChange(call: FunctionCall, after: Row): boolean {
  const { LAND1 = '', REGIO = '' } = after;
  const missing = ['NAME1', 'ORT01', 'LAND1'].filter((field) => (after[field] ?? '') === '');
  const unknown: (readonly [string, string])[] = [];
  if (missing.length === 0 && !isInCheckTable(call, 'T005', 'LAND1', LAND1)) unknown.push(['LAND1', LAND1]);
  if (missing.length === 0 && !regionExists(call, LAND1, REGIO)) unknown.push(['REGIO', REGIO]);
  const say = (number: string, field: string, ...values: string[]): void =>
    call.return(call.message('E', 'ZGANGWAY', number, field, ...values), 'ET_RETURN', {
      parameter: 'IS_GENERAL',
      field,
    });
  for (const field of missing) say('004', field);
  for (const [field, value] of unknown) say('005', field, value);
  return missing.length + unknown.length === 0;
}

/** Only what becomes different: a row may hold more than the pack knows, such as the longer name of an address. */
function difference(before: TableRow, after: TableRow): TableRow {
  return Object.fromEntries(Object.entries(after).filter(([field, value]) => value !== before[field]));
}

function registerChange(call: FunctionCall, customer: TableRow, before: Row, after: Row): void {
  const general = difference(
    { ...generalFields(before), ...further(before) },
    { ...generalFields(after), ...further(after) },
  );
  call.change({ kind: 'update', table: 'KNA1', row: compact({ ...customer, ...general }) });
  const [address] = call.where('ADRC', ['ADDRNUMBER'], [customer.ADRNR ?? '']);
  const inAddress = difference(addressFields(before), addressFields(after));
  if (address !== undefined) call.change({ kind: 'update', table: 'ADRC', row: compact({ ...address, ...inAddress }) });
  if (customer.ADRNR !== undefined) changeMail(call, { address: customer.ADRNR }, after.SMTP_ADDR ?? '');
}

/** Z_GANGWAY_CUSTOMER_CHANGE. */
export async function changeGangwayCustomer(call: FunctionCall): Promise<void> {
  if (!call.hasAuthority('F_KNA1_APP', '02')) return;
  const claim = await claimKey(call, 'U');
  if (claim.state === 'refused') return;
  const number = call.value('I_KUNNR');
  if (claim.state === 'repeated') {
    call.set('E_REPEATED', 'X');
    return call.return(call.message('S', 'ZGANGWAY', '006', number), 'ET_RETURN');
  }
  const customer = lockCustomer(call, number);
  if (customer === undefined || !call.hasAuthority('F_KNA1_GRP', customer.KTOKD ?? '')) return;
  const before = currentGeneral(call, customer);
  const after = merge(call, before);
  if (!checkChange(call, after) || call.value('I_TESTRUN') === 'X') return;
  registerChange(call, customer, before, after);
  if (!(await commitWithKey(call, { customer: number, operation: 'U' }))) return;
  call.return(call.message('S', 'ZGANGWAY', '006', number), 'ET_RETURN');
}
