/** The rows that make a customer: general, address, company code, sales area, partner functions, taxes. */
import { toSapLanguage } from '../system/language.ts';
import type { TableRow } from '../tables/table.ts';
import type { Row } from '../wire/decode.ts';
import { mailRow } from './address-mail.ts';
import type { FunctionCall } from './function-call.ts';

/** Leaves out what is initial, as tables hold it. */
export function compact(row: TableRow): TableRow {
  return Object.fromEntries(Object.entries(row).filter(([, value]) => value !== undefined && value !== ''));
}

/** Match codes are upper case and cut. */
function matchcode(text: string): string {
  return text.toUpperCase().slice(0, 25).trimEnd();
}

/** KNA1 keeps street and number in one short field; ADRC has them in full. */
export function generalFields(general: Row): TableRow {
  const {
    NAME1 = '',
    NAME2 = '',
    STREET = '',
    HOUSE_NUM1 = '',
    PSTLZ = '',
    ORT01 = '',
    REGIO = '',
    LAND1 = '',
  } = general;
  return {
    NAME1,
    NAME2,
    PSTLZ,
    ORT01: ORT01.slice(0, 35).trimEnd(),
    REGIO,
    LAND1,
    STRAS: `${STREET} ${HOUSE_NUM1}`.trim().slice(0, 35).trimEnd(),
    TELF1: (general.TELF1 ?? '').slice(0, 16).trimEnd(),
    STCEG: general.STCEG,
    SORTL: NAME1.toUpperCase().slice(0, 10).trimEnd(),
    MCOD1: matchcode(NAME1),
    MCOD2: matchcode(NAME2),
    MCOD3: matchcode(ORT01),
  };
}

/** ADRC, without its key. */
export function addressFields(general: Row): TableRow {
  const { NAME1 = '', ORT01 = '', STREET = '' } = general;
  return {
    NAME1,
    NAME2: general.NAME2,
    CITY1: ORT01,
    POST_CODE1: general.PSTLZ,
    STREET,
    HOUSE_NUM1: general.HOUSE_NUM1,
    COUNTRY: general.LAND1,
    REGION: general.REGIO,
    TEL_NUMBER: general.TELF1,
    SORT1: NAME1.toUpperCase().slice(0, 20).trimEnd(),
    MC_NAME1: matchcode(NAME1),
    MC_CITY1: matchcode(ORT01),
    MC_STREET: matchcode(STREET),
  };
}

export interface NewCustomer {
  readonly number: string;
  readonly general: Row;
  readonly company: Row;
  readonly sales: Row;
  /** Rows of KNVP without customer and sales area; the four functions on itself where absent. */
  readonly partners?: readonly TableRow[];
  /** Rows of KNVI without customer. */
  readonly taxes?: readonly TableRow[];
}

/** Fields that go into the customer's tables as they came. */
const copied = {
  general: ['LZONE', 'STCD1', 'STCD2', 'BRSCH', 'KUKLA'],
  company: ['ZUAWA', 'ZWELS', 'FDGRV'],
  sales: [
    'INCO1',
    'INCO2',
    'KONDA',
    'PLTYP',
    'KDGRP',
    'BZIRK',
    'VKBUR',
    'VKGRP',
    'VWERK',
    'LPRIO',
    'KKBER',
    'KZTLF',
    'AUTLF',
    'KVGR1',
    'PERFK',
    'PODKZ',
  ],
};

function pick(row: Row, fields: readonly string[]): TableRow {
  return Object.fromEntries(fields.map((field) => [field, row[field]]));
}

/** Registers every row of a new customer in the unit of work. */
export function insertCustomer(call: FunctionCall, customer: NewCustomer): void {
  const { number, general, company, sales } = customer;
  const insert = (table: string, row: TableRow): void => call.change({ kind: 'insert', table, row: compact(row) });
  const address = freeAddressNumber(call, number);
  const created = { ERDAT: call.system.time.today(), ERNAM: call.user };
  const language = toSapLanguage(general.SPRAS_ISO ?? '') ?? call.language;
  const area = { KUNNR: number, VKORG: sales.VKORG, VTWEG: sales.VTWEG, SPART: sales.SPART };
  insert('KNA1', {
    KUNNR: number,
    ...generalFields(general),
    ...pick(general, copied.general),
    KTOKD: general.KTOKD,
    SPRAS: language,
    ADRNR: address,
    ...created,
  });
  insert('ADRC', { ADDRNUMBER: address, ...addressFields(general), LANGU: language });
  if (general.SMTP_ADDR) insert('ADR6', mailRow({ address }, general.SMTP_ADDR));
  insert('KNB1', {
    KUNNR: number,
    BUKRS: company.BUKRS,
    AKONT: reconciliationAccount(call, company),
    ZTERM: company.ZTERM,
    ...pick(company, copied.company),
    ERDAT: created.ERDAT,
  });
  insert('KNVV', {
    ...area,
    WAERS: sales.WAERS,
    ZTERM: sales.ZTERM,
    ...pick(sales, copied.sales),
    KTGRD: sales.KTGRD || '01',
    KALKS: sales.KALKS || '1',
    VSBED: sales.VSBED || '01',
  });
  const partners =
    customer.partners ?? ['AG', 'RE', 'RG', 'WE'].map((PARVW) => ({ PARVW, PARZA: '000', KUNN2: number }));
  for (const partner of partners) insert('KNVP', { ...area, ...partner });
  for (const tax of customer.taxes ?? ownTaxes(call, general)) insert('KNVI', { KUNNR: number, ...tax });
}

function ownTaxes(call: FunctionCall, { LAND1 = '' }: Row): readonly TableRow[] {
  return taxCategories(call, LAND1).map((TATYP) => ({ ALAND: LAND1, TATYP, TAXKD: '1' }));
}

function freeAddressNumber(call: FunctionCall, customer: string): string {
  // Customer numbers are unique, so an address number made from them is too unless the data file used it.
  const preferred = `9${customer.slice(-9)}`;
  return call.where('ADRC', ['ADDRNUMBER'], [preferred]).length === 0 ? preferred : customer;
}

/** The pack's customizing: the account most customers of the company code have. */
function reconciliationAccount(call: FunctionCall, company: Row): string {
  const [any] = call.where('KNB1', ['BUKRS'], [company.BUKRS ?? '']);
  return company.AKONT || any?.AKONT || '0000140000';
}

/** The tax categories that customers of a country need. */
export function taxCategories(call: FunctionCall, country: string): readonly string[] {
  const listed = call.where('TSTL', ['TALND'], [country]).map((it) => it.TATYP ?? '');
  return listed.length > 0 ? listed : ['MWST'];
}
