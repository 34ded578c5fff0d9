/** The rows of a new sales document: header, items, schedule lines, partners, statuses, flow. */
import { formatDecimal, parseDecimal } from '../tables/decimal.ts';
import { stored } from '../tables/currency.ts';
import type { TableRow } from '../tables/table.ts';
import { compact } from './customer-rows.ts';
import type { DocumentType } from './document-type.ts';
import type { FunctionCall } from './function-call.ts';
import { materialText, unitOf } from './material.ts';
import { netValue, priceOf, taxOf } from './pricing.ts';
import { creditAreaOf, soldTo } from './sales-document-check.ts';
import type { DocumentInput, DocumentItem } from './sales-document-input.ts';
import { noItem } from './sales-document-input.ts';

const curr = (hundredths: bigint): string => formatDecimal(hundredths, 2, 2);
const quantityText = (thousandths: bigint): string => formatDecimal(thousandths, 3, 3);
const transactionGroups: Readonly<Record<string, string>> = { A: '1', B: '2', C: '0', E: '3', F: '3', G: '4' };

export interface NewDocument {
  readonly number: string;
  readonly type: DocumentType;
  readonly input: DocumentInput;
}

/** What is known of an item: the caller's own data, and behind it those of the item it copies. */
interface Line {
  readonly item: DocumentItem;
  readonly source: TableRow | undefined;
  readonly quantity: bigint;
  readonly net: bigint;
  readonly row: TableRow;
}

function customerArea(call: FunctionCall, { input }: NewDocument): TableRow | undefined {
  const { SALES_ORG = '', DISTR_CHAN = '', DIVISION = '' } = input.header;
  return call.get('KNVV', { KUNNR: soldTo(input), VKORG: SALES_ORG, VTWEG: DISTR_CHAN, SPART: DIVISION });
}

/** The item of a quotation that an item refers to. */
function sourceOf(call: FunctionCall, input: DocumentInput, item: DocumentItem): TableRow | undefined {
  const document = item.data.REF_DOC || input.header.REF_DOC || '';
  if (document === '') return undefined;
  const position = item.data.REF_DOC_IT ?? noItem;
  return call.get('VBAP', { VBELN: document, POSNR: position === noItem ? item.number : position });
}

function quantityOf(item: DocumentItem, source: TableRow | undefined): bigint {
  if (item.schedules.length > 0) return item.schedules.reduce((sum, it) => sum + parseDecimal(it.REQ_QTY, 3), 0n);
  return parseDecimal(item.data.TARGET_QTY ?? source?.KWMENG, 3);
}

function buildLine(call: FunctionCall, document: NewDocument, item: DocumentItem, currency: string): Line {
  const source = sourceOf(call, document.input, item);
  const material = item.data.MATERIAL || (source?.MATNR ?? '');
  const quantity = quantityOf(item, source);
  const copied =
    source === undefined ? undefined : { stored: stored(source, 'NETPR'), per: BigInt(source.KPEIN ?? '1') };
  const price = item.conditions.length > 0 ? priceOf(call, material, currency, item.conditions) : copied;
  const known = price ?? priceOf(call, material, currency, []) ?? { stored: 0n, per: 1n };
  const net = netValue(known, quantity);
  const unit = unitOf(call, item.data, 'SALES_UNIT', 'S_UNIT_ISO') ?? source?.VRKME ?? '';
  const { SALES_ORG = '' } = document.input.header;
  const row = {
    VBELN: document.number,
    POSNR: item.number,
    MATNR: material,
    ARKTX: item.data.SHORT_TEXT || source?.ARKTX || materialText(call, material),
    PSTYV: item.data.ITEM_CATEG || (document.type.category === 'B' ? 'AGN' : 'TAN'),
    ABGRU: item.data.REASON_REJ,
    KWMENG: quantityText(quantity),
    VRKME: unit,
    MEINS: unit,
    NETPR: curr(known.stored),
    KPEIN: known.per.toString(),
    KMEIN: unit,
    NETWR: curr(net),
    WAERK: currency,
    MWSBP: curr(taxOf(call, net, material, SALES_ORG)),
    WERKS: item.data.PLANT || source?.WERKS || SALES_ORG,
    LGORT: item.data.STORE_LOC,
    KDMAT: item.data.CUST_MAT35 || item.data.CUST_MAT22,
    VGBEL: source?.VBELN,
    VGPOS: source?.POSNR,
    ERDAT: call.system.time.today(),
  };
  return { item, source, quantity, net, row };
}

/** SAP blocks a document whose customer is over the limit, and saves it all the same. */
function creditStatus(call: FunctionCall, document: NewDocument, net: bigint): string | undefined {
  const customer = soldTo(document.input);
  const area = creditAreaOf(call, document.input.header.SALES_ORG ?? '');
  const own = call.get('KNKK', { KUNNR: customer, KKBER: area });
  if (own === undefined || document.type.category !== 'C') return undefined;
  const account = own.KNKLI ?? customer;
  const master = call.get('KNKK', { KUNNR: account, KKBER: area }) ?? own;
  const open = [
    ...call.where('S066', ['KKBER', 'KNKLI'], [area, account]).map((it) => stored(it, 'OEIKW')),
    ...call
      .where('S067', ['KKBER', 'KNKLI'], [area, account])
      .flatMap((it) => [stored(it, 'OLIKW'), stored(it, 'OFAKW')]),
  ].reduce((sum, it) => sum + it, stored(master, 'SKFOR') + stored(master, 'SSOBL'));
  return master.CRBLB === 'X' || open + net > stored(master, 'KLIMK') ? 'B' : 'A';
}

function headerRow(call: FunctionCall, document: NewDocument, currency: string, net: bigint): TableRow {
  const { header } = document.input;
  const { time } = call.system;
  const area = creditAreaOf(call, header.SALES_ORG ?? '');
  const customer = soldTo(document.input);
  return {
    VBELN: document.number,
    ERDAT: time.today(),
    ERZET: time.timeOfDay(),
    ERNAM: call.user,
    AUDAT: header.DOC_DATE && header.DOC_DATE !== '00000000' ? header.DOC_DATE : time.today(),
    VBTYP: document.type.category,
    TRVOG: transactionGroups[document.type.category] ?? '0',
    AUART: document.type.key,
    AUGRU: header.ORD_REASON,
    LIFSK: header.DLV_BLOCK,
    FAKSK: header.BILL_BLOCK,
    NETWR: curr(net),
    WAERK: currency,
    VKORG: header.SALES_ORG,
    VTWEG: header.DISTR_CHAN,
    SPART: header.DIVISION,
    VKBUR: header.SALES_OFF,
    VKGRP: header.SALES_GRP,
    VDATU: dateOrNone(header.REQ_DATE_H) ?? time.today(),
    BSTNK: header.PURCH_NO_C?.slice(0, 20),
    KUNNR: customer,
    KKBER: area,
    KNKLI: call.get('KNKK', { KUNNR: customer, KKBER: area })?.KNKLI,
    CMWAE: currency,
  };
}

const dateOrNone = (date: string | undefined): string | undefined =>
  date === undefined || date === '00000000' ? undefined : date;

function insertItem(call: FunctionCall, insert: Insert, { item, row, source, quantity }: Line, header: TableRow): void {
  insert('VBAP', row);
  insert('VBUP', { VBELN: row.VBELN, POSNR: row.POSNR, GBSTA: 'A', ...(header.VBTYP === 'C' ? { LFSTA: 'A' } : {}) });
  const lines = item.schedules.length > 0 ? item.schedules : [{}];
  lines.forEach((line, index) => {
    const wanted = item.schedules.length > 0 ? parseDecimal(line.REQ_QTY, 3) : quantity;
    insert('VBEP', {
      VBELN: row.VBELN,
      POSNR: row.POSNR,
      ETENR: String(index + 1).padStart(4, '0'),
      EDATU: dateOrNone(line.REQ_DATE) ?? header.VDATU,
      WMENG: quantityText(wanted),
      BMENG: quantityText(header.VBTYP === 'C' ? wanted : 0n),
      VRKME: row.VRKME,
    });
  });
  if (source === undefined) return;
  const from = { VBELV: source.VBELN, POSNV: source.POSNR, VBTYP_V: call.get('VBAK', { VBELN: source.VBELN })?.VBTYP };
  insert('VBFA', { ...from, VBELN: row.VBELN, POSNN: row.POSNR, VBTYP_N: header.VBTYP, RFMNG: quantityText(quantity) });
}

type Insert = (table: string, row: TableRow) => void;

function insertPartners(call: FunctionCall, insert: Insert, document: NewDocument): void {
  const customer = soldTo(document.input);
  const { SALES_ORG = '', DISTR_CHAN = '', DIVISION = '' } = document.input.header;
  const derived = call
    .where('KNVP', ['KUNNR', 'VKORG', 'VTWEG', 'SPART'], [customer, SALES_ORG, DISTR_CHAN, DIVISION])
    .filter((it) => (it.PARZA ?? '000') === '000');
  const numbers = new Map<string, string>(['AG', 'RE', 'RG', 'WE'].map((role) => [`${noItem} ${role}`, customer]));
  for (const { PARVW = '', KUNN2 = '' } of derived) if (KUNN2 !== '') numbers.set(`${noItem} ${PARVW}`, KUNN2);
  for (const { role, number, item } of document.input.partners) numbers.set(`${item} ${role}`, number);
  for (const [key, KUNNR] of numbers) {
    const [POSNR = noItem, PARVW = ''] = key.split(' ');
    insert('VBPA', { VBELN: document.number, POSNR, PARVW, KUNNR });
  }
}

/** Registers every row of a new sales document in the unit of work; returns the items that have no quantity. */
export function insertDocument(call: FunctionCall, document: NewDocument): readonly string[] {
  const insert: Insert = (table, row) => call.change({ kind: 'insert', table, row: compact(row) });
  const area = customerArea(call, document);
  const { header } = document.input;
  const currency = header.CURRENCY || area?.WAERS || 'EUR';
  const lines = document.input.items.map((item) => buildLine(call, document, item, currency));
  const net = lines.reduce((sum, it) => sum + it.net, 0n);
  const row = headerRow(call, document, currency, net);
  insert('VBAK', row);
  insert('VBKD', {
    VBELN: document.number,
    POSNR: noItem,
    BSTKD: header.PURCH_NO_C,
    BSTDK: dateOrNone(header.PURCH_DATE),
    ZTERM: header.PMNTTRMS || area?.ZTERM,
    INCO1: header.INCOTERMS1 || area?.INCO1,
    INCO2: header.INCOTERMS2 || area?.INCO2,
  });
  const status = { VBELN: document.number, VBTYP: row.VBTYP, GBSTK: 'A', UVALL: 'C' };
  insert('VBUK', { ...status, ...(row.VBTYP === 'C' ? { LFSTK: 'A', CMGST: creditStatus(call, document, net) } : {}) });
  insertPartners(call, insert, document);
  for (const line of lines) insertItem(call, insert, line, row);
  return lines.filter((it) => it.quantity === 0n).map((it) => it.item.number);
}
