/** The customer BAPIs that read: detail, sales areas, list by number, existence. */
import { toIsoLanguage } from '../system/language.ts';
import type { TableRow } from '../tables/table.ts';
import type { FunctionCall } from './function-call.ts';
import { salesAreasOf } from './organization.ts';
import { invalidPart, isInRanges, readRange, singleValues } from './ranges.ts';

function addressRow(call: FunctionCall, customer: TableRow): TableRow {
  return call.where('ADRC', ['ADDRNUMBER'], [customer.ADRNR ?? '-']).find((it) => it.NATION === undefined) ?? {};
}

/** INTCA of the country; usually the key itself. */
function isoCountry(call: FunctionCall, country: string | undefined): string {
  return call.get('T005', { LAND1: country })?.INTCA ?? (country ?? '').slice(0, 2);
}

function setAddress(call: FunctionCall, it: TableRow): void {
  call.setStructure('CUSTOMERADDRESS', {
    CUSTOMER: it.KUNNR,
    FORM_OF_AD: it.ANRED,
    NAME: it.NAME1,
    NAME_2: it.NAME2,
    NAME_3: it.NAME3,
    NAME_4: it.NAME4,
    CITY: it.ORT01,
    DISTRICT: it.ORT02,
    PO_BOX: it.PFACH,
    POSTL_CODE: it.PSTLZ,
    REGION: it.REGIO,
    STREET: it.STRAS,
    COUNTRY: it.LAND1,
    COUNTRYISO: isoCountry(call, it.LAND1),
    TELEPHONE: it.TELF1,
    TELEPHONE2: it.TELF2,
    FAX_NUMBER: it.TELFX,
    ADDRESS: it.ADRNR,
    LANGU: it.SPRAS,
    LANGU_ISO: toIsoLanguage(it.SPRAS ?? ''),
  });
}

function setGeneral(call: FunctionCall, it: TableRow): void {
  call.setStructure('CUSTOMERGENERALDETAIL', {
    CUSTOMER: it.KUNNR,
    ACC_1_TIME: it.XCPDK,
    ORDR_BLK_G: it.AUFSD,
    AUTH_GROUP: it.BEGRU,
    INDUSTRY: it.BRSCH,
    CREAT_DATE: it.ERDAT,
    ENTERED_BY: it.ERNAM,
    BILL_BLK_G: it.FAKSD,
    GROUPKEY: it.KONZS,
    ACCNT_GRP: it.KTOKD,
    CLASSIFIC: it.KUKLA,
    DELI_BLK_G: it.LIFSD,
    DEL_FLAG_G: it.LOEVM,
    PSTG_BLK_G: it.SPERR,
    TAX_NO_1: it.STCD1,
    TAX_NO_2: it.STCD2,
  });
}

/** BAPI_CUSTOMER_GETDETAIL2. */
export function readCustomerDetail(call: FunctionCall): void {
  const [number, companyCode] = [call.value('CUSTOMERNO'), call.value('COMPANYCODE')];
  const customer = call.get('KNA1', { KUNNR: number });
  if (customer === undefined) return call.return(call.message('E', 'F2', '153', number));
  setAddress(call, customer);
  setGeneral(call, customer);
  for (const bank of call.where('KNBK', ['KUNNR'], [number])) {
    call.append('CUSTOMERBANKDETAIL', {
      CUSTOMER: number,
      BANK_CTRY: bank.BANKS,
      BANK_KEY: bank.BANKL,
      BANK_ACCT: bank.BANKN,
    });
  }
  if (companyCode === '') return;
  const company = call.get('KNB1', { KUNNR: number, BUKRS: companyCode });
  if (company === undefined) return call.return(call.message('E', 'F2', '154', number, companyCode));
  call.setStructure('CUSTOMERCOMPANYDETAIL', {
    CUSTOMER: number,
    COMP_CODE: companyCode,
    CREAT_DATE: company.ERDAT,
    ENTERED_BY: customer.ERNAM,
    PSTG_BLK_C: company.SPERR,
    DEL_FLAG_C: company.LOEVM,
    RECON_ACCT: company.AKONT,
    PMNTTRMS: company.ZTERM,
    PREV_ACCT: company.ALTKN,
  });
}

/** BAPI_CUSTOMER_GETSALESAREAS. */
export function listSalesAreas(call: FunctionCall): void {
  const number = call.value('CUSTOMERNO');
  if (call.get('KNA1', { KUNNR: number }) === undefined) return call.return(call.message('E', 'F2', '153', number));
  for (const { VKORG, VTWEG, SPART } of salesAreasOf(call, number)) {
    call.append('SALESAREAS', { CUSTOMER: number, SALESORG: VKORG, DISTRCHN: VTWEG, DIVISION: SPART });
  }
}

/** BAPI_CUSTOMER_EXISTENCECHECK. */
export function checkCustomerExists(call: FunctionCall): void {
  const [number, companyCode] = [call.value('CUSTOMERNO'), call.value('COMPANYCODE')];
  if (call.get('KNA1', { KUNNR: number }) === undefined) return call.return(call.message('E', 'F2', '153', number));
  if (companyCode === '' || call.get('KNB1', { KUNNR: number, BUKRS: companyCode }) !== undefined) return;
  call.return(call.message('E', 'F2', '154', number, companyCode));
}

function appendListed(call: FunctionCall, customer: TableRow): void {
  const address = addressRow(call, customer);
  const { KUNNR, ADRNR, LAND1 } = customer;
  call.append('ADDRESSDATA', {
    CUSTOMER: KUNNR,
    SORT1: address.SORT1 ?? customer.SORTL,
    NAME: address.NAME1 ?? customer.NAME1,
    COUNTRY: LAND1,
    COUNTRYISO: isoCountry(call, LAND1),
    CITY: address.CITY1 ?? customer.ORT01,
    POSTL_COD1: address.POST_CODE1 ?? customer.PSTLZ,
    REGION: address.REGION ?? customer.REGIO,
    STREET: address.STREET ?? customer.STRAS,
    TEL1_NUMBR: address.TEL_NUMBER ?? customer.TELF1,
    FAX_NUMBER: address.FAX_NUMBER ?? customer.TELFX,
    ADDRESS: ADRNR,
  });
  call.append('SPECIALDATA', { CUSTOMER: KUNNR, CPD_FLAG: customer.XCPDK });
}

/** BAPI_CUSTOMER_GETLIST: by number only. */
export function listCustomers(call: FunctionCall): void {
  const ranges = call.tableInput('IDRANGE').map(readRange);
  for (const range of ranges) {
    const invalid = invalidPart(range);
    if (invalid === 'sign') return call.return(call.message('E', 'S&', '026', range.sign));
    if (invalid === 'option') return call.return(call.message('E', 'S&', '027', range.option));
  }
  const most = Number(call.value('MAXROWS')) || Infinity;
  const onlyOneTime = call.value('CPDONLY') === 'X';
  const single = singleValues(ranges)
    ?.map((KUNNR) => call.get('KNA1', { KUNNR }))
    .filter((it) => it !== undefined);
  let found = 0;
  for (const customer of single ?? (ranges.length === 0 ? [] : call.table('KNA1').rows())) {
    if (found === most) break;
    if (!isInRanges(customer.KUNNR ?? '', ranges) || (onlyOneTime && customer.XCPDK !== 'X')) continue;
    appendListed(call, customer);
    found += 1;
  }
  if (found === 0) call.return(call.message('E', 'F2', '718'));
}
