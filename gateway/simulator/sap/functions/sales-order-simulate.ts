/** BAPI_SALESORDER_SIMULATE: prices, taxes and confirmed dates of an order that is not saved. */
import type { Message } from '../system/messages.ts';
import { parseDecimal } from '../tables/decimal.ts';
import type { TableRow } from '../tables/table.ts';
import type { Row } from '../wire/decode.ts';
import { confirm, freeStock, replenishmentDate } from './availability.ts';
import { documentType } from './document-type.ts';
import { internalDocumentType, internalPartnerFunction } from './external-keys.ts';
import type { FunctionCall } from './function-call.ts';
import { materialText, unitOf } from './material.ts';
import { netValue, priceOf, realAmount, taxOf } from './pricing.ts';
import { checkDocument, soldTo } from './sales-document-check.ts';
import type { DocumentInput, DocumentItem } from './sales-document-input.ts';
import { noItem } from './sales-document-input.ts';

/** The old structures keep quantities as digits with three places implied. */
const impliedQuantity = (digits: string | undefined): bigint =>
  BigInt(digits === undefined || digits === '' ? '0' : digits);

function quantityOf(item: DocumentItem): bigint {
  if (item.schedules.length > 0) return item.schedules.reduce((sum, it) => sum + parseDecimal(it.REQ_QTY, 3), 0n);
  const wanted = impliedQuantity(item.data.REQ_QTY);
  return wanted === 0n ? impliedQuantity(item.data.TARGET_QTY) : wanted;
}

/** Conditions of an item stand in the item itself. */
function conditionsOf(row: Row): readonly Row[] {
  if ((row.COND_TYPE ?? '') === '') return [];
  const value = row.COND_VAL1 ?? row.COND_VALUE ?? '0';
  return [{ COND_TYPE: row.COND_TYPE ?? '', COND_VALUE: value, COND_P_UNT: row.COND_P_UNT ?? '1' }];
}

function readInput(call: FunctionCall): DocumentInput {
  const isExternal = call.value('CONVERT_PARVW_AUART') === 'X';
  const header = call.structure('ORDER_HEADER_IN');
  return {
    header,
    type: internalDocumentType(header.DOC_TYPE ?? '', call.language, isExternal),
    items: call.tableInput('ORDER_ITEMS_IN').map((data, index) => {
      const given = data.ITM_NUMBER ?? noItem;
      const number = given === noItem ? String((index + 1) * 10).padStart(6, '0') : given;
      const schedules = call.tableInput('ORDER_SCHEDULE_IN').filter((it) => (it.ITM_NUMBER ?? noItem) === given);
      return { number, data, schedules, conditions: conditionsOf(data) };
    }),
    partners: call.tableInput('ORDER_PARTNERS').map((it) => ({
      role: internalPartnerFunction(it.PARTN_ROLE ?? '', call.language, isExternal),
      number: it.PARTN_NUMB ?? '',
      item: it.ITM_NUMBER ?? noItem,
    })),
    ...{ wrongIndicators: [], orphans: [], duplicates: [] },
  };
}

function refuse(call: FunctionCall, messages: readonly Message[]): void {
  for (const message of messages) call.return(message, 'MESSAGETABLE');
  const [first] = messages;
  if (first !== undefined) call.return(first);
}

interface Simulated {
  readonly item: DocumentItem;
  readonly currency: string;
  readonly area: TableRow | undefined;
  readonly organization: string;
}

function appendItem(call: FunctionCall, { item, currency, organization }: Simulated): void {
  const { MATERIAL = '' } = item.data;
  const plant = item.data.PLANT || organization;
  const quantity = quantityOf(item);
  const price = priceOf(call, MATERIAL, currency, item.conditions);
  const net = price === undefined ? 0n : netValue(price, quantity);
  const tax = taxOf(call, net, MATERIAL, organization);
  const unit = unitOf(call, item.data, 'SALES_UNIT', 'S_UNIT_ISO') ?? '';
  const iso = call.get('T006', { MSEHI: unit })?.ISOCODE;
  call.append('ORDER_ITEMS_OUT', {
    ITM_NUMBER: item.number,
    MATERIAL,
    MAT_ENTRD: MATERIAL,
    SHORT_TEXT: item.data.SHORT_TEXT || materialText(call, MATERIAL),
    // As many places as the currency has are implied.
    NET_VALUE: net < 0n ? '0' : net.toString(),
    NET_VALUE1: realAmount(call, net, currency),
    SUBTOTAL1: realAmount(call, net, currency),
    TX_DOC_CUR: realAmount(call, tax, currency),
    CURRENCY: currency,
    CURR_ISO: currency.slice(0, 3),
    SALES_UNIT: unit,
    S_UNIT_ISO: iso,
    REQ_QTY: quantity * 10n,
    QTY_REQ_DT: quantity.toString(),
    PLANT: plant,
    ITEM_CATEG: item.data.ITEM_CATEG || 'TAN',
  });
  appendConditions(call, item, { currency, net, tax, price: price?.stored ?? 0n, per: price?.per ?? 1n, unit });
  appendSchedules(call, { item, plant, quantity, unit });
  if (price === undefined)
    call.append('ORDER_INCOMPLETE', {
      ITM_NUMBER: item.number,
      TABLE_NAME: 'VBAP',
      FIELD_NAME: 'NETPR',
      FIELD_TEXT: 'Net price',
    });
}

interface Priced {
  readonly currency: string;
  readonly net: bigint;
  readonly tax: bigint;
  readonly price: bigint;
  readonly per: bigint;
  readonly unit: string;
}

function appendConditions(call: FunctionCall, item: DocumentItem, priced: Priced): void {
  const { currency, net, tax, price, per, unit } = priced;
  const base = { ITM_NUMBER: item.number, CURRENCY: currency, CURR_ISO: currency.slice(0, 3) };
  call.append('ORDER_CONDITION_EX', {
    ...base,
    ...{ COND_TYPE: 'PR00', COND_ST_NO: '011', COND_COUNT: '01', CONDTYPE: 'B' },
    COND_VALUE: realAmount(call, price, currency),
    COND_P_UNT: Number(per),
    COND_UNIT: unit,
    CONDVALUE: realAmount(call, net, currency),
  });
  call.append('ORDER_CONDITION_EX', {
    ...base,
    ...{ COND_TYPE: 'MWST', COND_ST_NO: '915', COND_COUNT: '01', CONDTYPE: 'A' },
    CONBASEVAL: realAmount(call, net, currency),
    CONDVALUE: realAmount(call, tax, currency),
  });
}

function appendSchedules(
  call: FunctionCall,
  { item, plant, quantity, unit }: { item: DocumentItem; plant: string; quantity: bigint; unit: string },
): void {
  const { MATERIAL = '', REQ_DATE = '00000000' } = item.data;
  const header = call.structure('ORDER_HEADER_IN').REQ_DATE_H ?? '00000000';
  const dates = [item.schedules[0]?.REQ_DATE, REQ_DATE, header].filter((it) => it !== undefined && it !== '00000000');
  const date = dates[0] ?? call.system.time.today();
  const confirmed = confirm(
    { date, quantity },
    freeStock(call, MATERIAL, plant),
    replenishmentDate(call, MATERIAL, plant),
  );
  confirmed.forEach((it, index) =>
    call.append('ORDER_SCHEDULE_EX', {
      ITM_NUMBER: item.number,
      SCHED_LINE: String(index + 1),
      REQ_DATE: it.date,
      REQ_QTY: index === 0 ? quantity * 10n : 0n,
      CONFIR_QTY: it.quantity * 10n,
      SALES_UNIT: unit,
    }),
  );
}

function describeParties(call: FunctionCall, input: DocumentInput, area: TableRow | undefined): void {
  const partner = (role: string): TableRow | undefined => {
    const number = input.partners.find((it) => it.role === role)?.number;
    return call.get('KNA1', { KUNNR: number ?? soldTo(input) });
  };
  const shown = (row: TableRow | undefined): Record<string, string | undefined> => ({
    NAME: row?.NAME1,
    STREET: row?.STRAS?.slice(0, 30),
    POSTL_CODE: row?.PSTLZ,
    CITY: row?.ORT01?.slice(0, 25),
    LANGU: row?.SPRAS,
    TELEPHONE: row?.TELF1,
    VAT_REG_NO: row?.STCEG,
  });
  const [sold, ship, payer] = [partner('AG'), partner('WE'), partner('RG')];
  const terms = { INCOTERMS1: area?.INCO1, INCOTERMS2: area?.INCO2, CURRENCY: area?.WAERS };
  call.setStructure('SOLD_TO_PARTY', { SOLD_TO: sold?.KUNNR, COUNTRY: sold?.LAND1, ...terms, ...shown(sold) });
  call.setStructure('SHIP_TO_PARTY', { SHIP_TO: ship?.KUNNR, DEST_CNTRY: ship?.LAND1, ...shown(ship) });
  call.setStructure('BILLING_PARTY', {
    PAYER: payer?.KUNNR,
    COUNTRY: payer?.LAND1,
    PMNTTRMS: area?.ZTERM,
    ...shown(payer),
  });
}

/** BAPI_SALESORDER_SIMULATE. */
export function simulateSalesOrder(call: FunctionCall): void {
  const input = readInput(call);
  const problems = checkDocument(call, 'ORDER', input, ['C', 'B']);
  const isTyped = documentType(call, input.type) !== undefined;
  if (problems.length > 0 || !isTyped)
    return refuse(
      call,
      problems.map((it) => it.message),
    );
  const { SALES_ORG = '', DISTR_CHAN = '', DIVISION = '', CURRENCY = '' } = input.header;
  const area = call.get('KNVV', { KUNNR: soldTo(input), VKORG: SALES_ORG, VTWEG: DISTR_CHAN, SPART: DIVISION });
  const currency = CURRENCY || area?.WAERS || 'EUR';
  describeParties(call, input, area);
  for (const item of input.items) appendItem(call, { item, currency, area, organization: SALES_ORG });
}
