/** BAPI_CUSTOMER_CREATEFROMDATA1: copies a reference customer, and waits for a commit that SOAP cannot bring. */
import { toSapLanguage } from '../system/language.ts';
import type { Row } from '../wire/decode.ts';
import type { TableRow } from '../tables/table.ts';
import { compact, insertCustomer } from './customer-rows.ts';
import type { NewCustomer } from './customer-rows.ts';
import type { FunctionCall } from './function-call.ts';
import { isInCheckTable } from './organization.ts';

const requiredAddress = ['CITY', 'POSTL_COD1', 'STREET', 'COUNTRY', 'CURRENCY'];
const requiredReference = ['SALESORG', 'DISTR_CHAN', 'DIVISION', 'REF_CUSTMR'];

function firstMissing(row: Row, fields: readonly string[]): string | undefined {
  return fields.find((field) => (row[field] ?? '') === '');
}

/** What is wrong with the data, as a message. */
function findProblem(call: FunctionCall, data: Row, reference: Row): ReturnType<FunctionCall['message']> | undefined {
  const name = data.NAME || data.LASTNAME;
  const language = data.LANGU || data.LANGUP_ISO || data.LANGU_P || data.LANGU_ISO;
  const missing =
    firstMissing(data, requiredAddress) ??
    firstMissing(reference, requiredReference) ??
    (name ? undefined : 'NAME') ??
    (language ? undefined : 'LANGU');
  if (missing !== undefined) return call.message('E', '00', '055', missing);
  if (!isInCheckTable(call, 'T005', 'LAND1', data.COUNTRY ?? ''))
    return call.message('E', 'R1', '701', 'COUNTRY', data.COUNTRY ?? '');
  if (!isInCheckTable(call, 'TCURC', 'WAERS', data.CURRENCY ?? ''))
    return call.message('E', 'R1', '701', 'CURRENCY', data.CURRENCY ?? '');
  const { SALESORG = '', DISTR_CHAN = '', DIVISION = '', REF_CUSTMR = '' } = reference;
  const area = call.get('KNVV', { KUNNR: REF_CUSTMR, VKORG: SALESORG, VTWEG: DISTR_CHAN, SPART: DIVISION });
  if (area === undefined) return call.message('E', 'F2', '156', REF_CUSTMR, SALESORG, DISTR_CHAN, DIVISION);
  const holder = call.system.locks.acquire('KNA1', REF_CUSTMR, call, call.user);
  return holder === undefined ? undefined : call.message('E', 'F2', '042', REF_CUSTMR, holder);
}

/** The next number of the reference's account group; undefined, with a message, where it has none to give. */
function drawNumber(call: FunctionCall, accountGroup: string): string | undefined {
  const interval = call.system.numberRanges.intervalOf(accountGroup);
  const drawn = call.system.numberRanges.drawCustomerNumber(interval);
  if ('number' in drawn) return drawn.number;
  const [id, number] = drawn.refusal === 'external' ? (['F2', '246'] as const) : (['NR', '751'] as const);
  call.return(call.message('E', id, number, 'DEBITOR', interval));
  return undefined;
}

/** What a row of the reference hands on, as the text fields of a structure. */
function filled(row: TableRow | undefined): Row {
  const entries = Object.entries(row ?? {}).filter((it): it is [string, string] => it[1] !== undefined);
  return Object.fromEntries(entries);
}

/** Partner functions and taxes as the reference has them; where it is its own partner, the new customer is. */
function copiedRows(call: FunctionCall, reference: Row, number: string): Pick<NewCustomer, 'partners' | 'taxes'> {
  const { REF_CUSTMR = '', SALESORG = '', DISTR_CHAN = '', DIVISION = '' } = reference;
  const key = [REF_CUSTMR, SALESORG, DISTR_CHAN, DIVISION];
  const partners = call.where('KNVP', ['KUNNR', 'VKORG', 'VTWEG', 'SPART'], key);
  const taxes = call.where('KNVI', ['KUNNR'], [REF_CUSTMR]);
  return {
    ...(partners.length === 0
      ? {}
      : {
          partners: partners.map(({ KUNNR: _reference, ...it }) => ({
            ...it,
            ...(it.KUNN2 === REF_CUSTMR ? { KUNN2: number } : {}),
          })),
        }),
    ...(taxes.length === 0 ? {} : { taxes: taxes.map(({ ALAND, TATYP, TAXKD }) => ({ ALAND, TATYP, TAXKD })) }),
  };
}

/** Credit data are the reference's, without what it owes. */
function copyCredit(call: FunctionCall, reference: string, number: string): void {
  const own = { KUNNR: number, KNKLI: number };
  for (const row of call.where('KNKK', ['KUNNR'], [reference])) {
    const { SKFOR: _owed, SSOBL: _special, SAUFT: _ordered, ...kept } = row;
    call.change({ kind: 'insert', table: 'KNKK', row: { ...kept, ...own } });
  }
  const central = call.get('KNKA', { KUNNR: reference });
  if (central !== undefined) call.change({ kind: 'insert', table: 'KNKA', row: { ...central, KUNNR: number } });
}

/** SAP makes a contact person of somebody who is created as a person. */
function insertPerson(call: FunctionCall, person: Row, number: string): void {
  const drawn = call.system.numberRanges.drawContactNumber();
  if (!('number' in drawn)) return;
  const row = {
    PARNR: drawn.number,
    KUNNR: number,
    NAMEV: person.FIRSTNAME?.slice(0, 35),
    NAME1: person.LASTNAME?.slice(0, 35),
  };
  call.change({ kind: 'insert', table: 'KNVK', row: compact(row) });
}

interface Wish {
  readonly data: Row;
  readonly overrides: Row;
  readonly reference: Row;
}

function insertCopy(call: FunctionCall, number: string, { data, overrides, reference }: Wish): void {
  const { REF_CUSTMR = '', SALESORG = '', DISTR_CHAN = '', DIVISION = '' } = reference;
  const model = call.get('KNA1', { KUNNR: REF_CUSTMR });
  const [companyCode] = call.where('KNB1', ['KUNNR'], [REF_CUSTMR]);
  const area = { VKORG: SALESORG, VTWEG: DISTR_CHAN, SPART: DIVISION };
  const sales = filled(call.get('KNVV', { KUNNR: REF_CUSTMR, ...area }));
  const { KUKLA = '', BRSCH = '', LZONE = '' } = filled(model);
  insertCustomer(call, {
    number,
    general: { ...toGeneral(data, model?.KTOKD ?? ''), KUKLA, BRSCH, LZONE: overrides.TRANSPZONE || LZONE },
    company: {
      ...filled(companyCode),
      ZTERM: overrides.PMNTTRMS || (companyCode?.ZTERM ?? ''),
      AKONT: overrides.CONTROL_ACCOUNT || (companyCode?.AKONT ?? ''),
    },
    sales: {
      ...sales,
      ...area,
      WAERS: data.CURRENCY ?? '',
      ZTERM: overrides.PMNTTRMS || (sales.ZTERM ?? ''),
      VWERK: overrides.DELYG_PLNT || (sales.VWERK ?? ''),
      VSBED: overrides.SHIP_COND || (sales.VSBED ?? ''),
      KKBER: overrides.C_CTR_AREA || (sales.KKBER ?? ''),
      KZTLF: overrides.PART_DLV || (sales.KZTLF ?? ''),
    },
    ...copiedRows(call, reference, number),
  });
}

/** BAPI_CUSTOMER_CREATEFROMDATA1. The number it returns is gone when the session ends without a commit. */
export function createFromReference(call: FunctionCall): void {
  const [company, person] = [call.structure('PI_COMPANYDATA'), call.structure('PI_PERSONALDATA')];
  const isPerson = Object.keys(company).length === 0;
  if (!isPerson && Object.keys(person).length > 0) return call.return(call.message('E', 'R1', '702'));
  const data = isPerson ? person : company;
  const overrides = { ...call.structure('PI_OPT_PERSONALDATA'), ...call.structure('PI_OPT_COMPANYDATA') };
  const reference = call.structure('PI_COPYREFERENCE');
  const problem = findProblem(call, data, reference);
  if (problem !== undefined) return call.return(problem);
  const model = reference.REF_CUSTMR ?? '';
  const number = drawNumber(call, call.get('KNA1', { KUNNR: model })?.KTOKD ?? '');
  if (number === undefined) return;
  insertCopy(call, number, { data, overrides, reference });
  if (isPerson) insertPerson(call, person, number);
  if (call.value('PI_CREDIT_CONTROL_FLAG') === 'X') copyCredit(call, model, number);
  call.set('CUSTOMERNO', number);
}

function toGeneral(data: Row, group: string): Row {
  const name = data.NAME || `${data.FIRSTNAME ?? ''} ${data.LASTNAME ?? ''}`.trim();
  const language = data.LANGU_ISO || data.LANGUP_ISO || data.LANGU || data.LANGU_P || '';
  return {
    KTOKD: group,
    NAME1: name.slice(0, 35),
    NAME2: (data.NAME_2 ?? '').slice(0, 35),
    STREET: data.STREET ?? '',
    HOUSE_NUM1: data.HOUSE_NO ?? '',
    PSTLZ: data.POSTL_COD1 ?? '',
    ORT01: (data.CITY ?? '').slice(0, 35),
    REGIO: data.REGION ?? '',
    LAND1: data.COUNTRY ?? '',
    SPRAS_ISO: toSapLanguage(language) === undefined ? 'EN' : language,
    TELF1: data.TEL1_NUMBR ?? '',
    SMTP_ADDR: data.E_MAIL ?? '',
    STCEG: '',
  };
}
