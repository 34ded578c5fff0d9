/** BAPI_CUSTOMER_CREATEFROMDATA1: copies a reference customer, and waits for a commit that SOAP cannot bring. */
import { toSapLanguage } from '../system/language.ts';
import type { Row } from '../wire/decode.ts';
import { insertCustomer } from './customer-rows.ts';
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

/** BAPI_CUSTOMER_CREATEFROMDATA1. The number it returns is gone when the session ends without a commit. */
export function createFromReference(call: FunctionCall): void {
  const company = call.structure('PI_COMPANYDATA');
  const data = Object.keys(company).length > 0 ? company : call.structure('PI_PERSONALDATA');
  const overrides = { ...call.structure('PI_OPT_PERSONALDATA'), ...call.structure('PI_OPT_COMPANYDATA') };
  const reference = call.structure('PI_COPYREFERENCE');
  const problem = findProblem(call, data, reference);
  if (problem !== undefined) return call.return(problem);
  const model = call.get('KNA1', { KUNNR: reference.REF_CUSTMR }) ?? {};
  const interval = call.system.numberRanges.intervalOf(model.KTOKD ?? '');
  const drawn = call.system.numberRanges.drawCustomerNumber(interval);
  if ('refusal' in drawn)
    return call.return(
      call.message(
        'E',
        drawn.refusal === 'external' ? 'F2' : 'NR',
        drawn.refusal === 'external' ? '246' : '751',
        'DEBITOR',
        interval,
      ),
    );
  const [companyCode] = call.where('KNB1', ['KUNNR'], [reference.REF_CUSTMR ?? '']);
  insertCustomer(call, {
    number: drawn.number,
    general: toGeneral(data, model.KTOKD ?? ''),
    company: {
      BUKRS: companyCode?.BUKRS ?? '',
      ZTERM: overrides.PMNTTRMS || (companyCode?.ZTERM ?? ''),
      AKONT: overrides.CONTROL_ACCOUNT || (companyCode?.AKONT ?? ''),
    },
    sales: {
      VKORG: reference.SALESORG ?? '',
      VTWEG: reference.DISTR_CHAN ?? '',
      SPART: reference.DIVISION ?? '',
      WAERS: data.CURRENCY ?? '',
      ZTERM: overrides.PMNTTRMS ?? '',
    },
  });
  call.set('CUSTOMERNO', drawn.number);
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
