/** What SAP would say against a new sales document, all of it at once. */
import type { Message } from '../system/messages.ts';
import type { DocumentType } from './document-type.ts';
import { documentType } from './document-type.ts';
import type { FunctionCall } from './function-call.ts';
import { materialExists, unitOf } from './material.ts';
import { companyCodeOf, isInCheckTable, salesAreaExists, salesAreasOf } from './organization.ts';
import type { DocumentInput, DocumentItem } from './sales-document-input.ts';
import { noItem } from './sales-document-input.ts';

export interface Problem {
  readonly message: Message;
  readonly parameter: string;
  readonly field?: string;
}

type Report = (parameter: string, field: string, number: string, ...variables: string[]) => void;

/** The sold-to party, as a partner or as it is derived from nothing else. */
export function soldTo(input: DocumentInput): string {
  return input.partners.find((it) => it.role === 'AG' && it.item === noItem)?.number ?? '';
}

function checkHeader(call: FunctionCall, input: DocumentInput, categories: readonly string[], report: Report): void {
  const { SALES_ORG = '', DISTR_CHAN = '', DIVISION = '' } = input.header;
  const type: DocumentType | undefined = documentType(call, input.type);
  if (type === undefined) report('HEADER_IN', 'DOC_TYPE', 'V1 320', input.type);
  else if (!categories.includes(type.category)) report('HEADER_IN', 'DOC_TYPE', 'V1 321', type.key, type.category);
  const isArea = salesAreaExists(call, { VKORG: SALES_ORG, VTWEG: DISTR_CHAN, SPART: DIVISION });
  if (SALES_ORG === '' || !isArea) report('HEADER_IN', 'SALES_ORG', 'V1 322', SALES_ORG, DISTR_CHAN, DIVISION);
  for (const flag of new Set(input.wrongIndicators)) report('HEADER_INX', 'UPDATEFLAG', 'V1 330', flag);
  const { CURRENCY = '' } = input.header;
  if (CURRENCY !== '' && !isInCheckTable(call, 'TCURC', 'WAERS', CURRENCY))
    report('HEADER_IN', 'CURRENCY', 'R1 701', 'CURRENCY', CURRENCY);
}

function checkPartners(call: FunctionCall, input: DocumentInput, report: Report): void {
  for (const { role, number } of input.partners) {
    if (!isInCheckTable(call, 'TPART', 'PARVW', role)) report('PARTNERS', 'PARTN_ROLE', 'V1 325', role);
    else if (isCustomerRole(role) && call.get('KNA1', { KUNNR: number }) === undefined)
      report('PARTNERS', 'PARTN_NUMB', 'F2 153', number);
  }
  const customer = soldTo(input);
  if (customer === '') return report('PARTNERS', 'PARTN_ROLE', 'V1 323');
  const master = call.get('KNA1', { KUNNR: customer });
  if (master === undefined) return;
  const { SALES_ORG = '', DISTR_CHAN = '', DIVISION = '' } = input.header;
  const area = salesAreasOf(call, customer).find(
    (it) => it.VKORG === SALES_ORG && it.VTWEG === DISTR_CHAN && it.SPART === DIVISION,
  );
  if (area === undefined) return report('PARTNERS', 'PARTN_NUMB', 'F2 156', customer, SALES_ORG, DISTR_CHAN, DIVISION);
  const block = master.AUFSD ?? area.AUFSD;
  if (block !== undefined) report('PARTNERS', 'PARTN_NUMB', 'V1 324', customer, block);
}

/** Sold-to, ship-to, bill-to and payer are customers; other functions may be vendors or persons. */
function isCustomerRole(role: string): boolean {
  return ['AG', 'WE', 'RE', 'RG'].includes(role);
}

function checkItem(call: FunctionCall, item: DocumentItem, report: Report): void {
  const { MATERIAL = '', REF_DOC = '', CURRENCY = '' } = item.data;
  const isCopied = REF_DOC !== '' && MATERIAL === '';
  if (!isCopied && !materialExists(call, MATERIAL)) report('ITEMS_IN', 'MATERIAL', 'V1 327', MATERIAL, item.number);
  for (const [internal, iso] of [
    ['SALES_UNIT', 'S_UNIT_ISO'],
    ['TARGET_QU', 'T_UNIT_ISO'],
  ] as const) {
    if (unitOf(call, item.data, internal, iso) !== undefined) continue;
    report('ITEMS_IN', internal, 'V1 328', item.data[internal] || item.data[iso] || '', item.number);
  }
  if (REF_DOC !== '' && call.get('VBAK', { VBELN: REF_DOC }) === undefined)
    report('ITEMS_IN', 'REF_DOC', 'V1 332', REF_DOC);
  if (CURRENCY !== '' && !isInCheckTable(call, 'TCURC', 'WAERS', CURRENCY))
    report('ITEMS_IN', 'CURRENCY', 'R1 701', 'CURRENCY', CURRENCY);
}

/** Problems in the order in which SAP looks: header, partners, items. */
export function checkDocument(
  call: FunctionCall,
  prefix: string,
  input: DocumentInput,
  categories: readonly string[],
): readonly Problem[] {
  const problems: Problem[] = [];
  const report: Report = (part, field, number, ...variables) => {
    const [id = '', digits = ''] = number.split(' ');
    problems.push({ message: call.message('E', id, digits, ...variables), parameter: `${prefix}_${part}`, field });
  };
  checkHeader(call, input, categories, report);
  checkPartners(call, input, report);
  for (const number of new Set(input.duplicates)) report('ITEMS_IN', 'ITM_NUMBER', 'V1 326', number);
  for (const number of new Set(input.orphans)) report('SCHEDULES_IN', 'ITM_NUMBER', 'V1 329', number);
  for (const item of input.items) checkItem(call, item, report);
  const { REF_DOC = '' } = input.header;
  if (REF_DOC !== '' && call.get('VBAK', { VBELN: REF_DOC }) === undefined)
    report('HEADER_IN', 'REF_DOC', 'V1 332', REF_DOC);
  return problems;
}

/** The credit control area that a sales document is checked in. */
export function creditAreaOf(call: FunctionCall, salesOrganization: string): string {
  return call.get('T001', { BUKRS: companyCodeOf(call, salesOrganization) })?.KKBER ?? '';
}
