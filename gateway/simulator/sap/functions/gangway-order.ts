/** Z_GANGWAY_ORDER_CREATE: one quotation or order per key, committed together with the key. */
import type { Row } from '../wire/decode.ts';
import { toSapLanguage } from '../system/language.ts';
import { parseDecimal } from '../tables/decimal.ts';
import type { FunctionCall } from './function-call.ts';
import { claimKey, commitWithKey } from './gangway-keys.ts';
import { documentType } from './document-type.ts';
import { checkDocument } from './sales-document-check.ts';
import type { DocumentInput } from './sales-document-input.ts';
import { noItem } from './sales-document-input.ts';
import { insertDocument } from './sales-document-rows.ts';

type Say = (number: string, parameter: string, field: string, ...variables: string[]) => void;

const isNone = (value: string | undefined): boolean => value === undefined || /^0*$/.test(value);

function checkHeader(header: Row, say: Say): void {
  for (const field of ['VBTYP', 'AUART', 'VKORG', 'VTWEG', 'SPART', 'KUNNR'])
    if ((header[field] ?? '') === '') say('004', 'IS_HEADER', field, field);
  const { VBTYP = '' } = header;
  if (VBTYP !== '' && VBTYP !== 'C' && VBTYP !== 'B') say('005', 'IS_HEADER', 'VBTYP', 'VBTYP', VBTYP);
}

function checkItems(call: FunctionCall, say: Say): ReadonlySet<string> {
  const items = call.tableInput('IT_ITEM');
  const scheduled = new Set(call.tableInput('IT_SCHEDULE').map((it) => it.POSNR));
  const known = new Set<string>();
  if (items.length === 0) say('004', 'IT_ITEM', 'POSNR', 'IT_ITEM');
  for (const { POSNR = noItem, MATNR = '', KDMAT = '' } of items) {
    if (isNone(POSNR)) {
      say('004', 'IT_ITEM', 'POSNR', 'POSNR');
      continue;
    }
    if (known.has(POSNR)) say('021', 'IT_ITEM', 'POSNR', 'POSNR', POSNR);
    known.add(POSNR);
    if (MATNR === '' && KDMAT === '') say('004', 'IT_ITEM', 'MATNR', 'MATNR');
    if (!scheduled.has(POSNR)) say('004', 'IT_ITEM', 'POSNR', 'IT_SCHEDULE');
  }
  return known;
}

function checkFurther(call: FunctionCall, items: ReadonlySet<string>, say: Say): void {
  for (const { POSNR = noItem, WMENG = '0' } of call.tableInput('IT_SCHEDULE')) {
    if (!items.has(POSNR)) say('005', 'IT_SCHEDULE', 'POSNR', 'POSNR', POSNR);
    if (parseDecimal(WMENG, 3) <= 0n) say('015', 'IT_SCHEDULE', 'WMENG', 'WMENG', WMENG);
  }
  for (const { POSNR = noItem, PARVW = '', PARTNER = '' } of call.tableInput('IT_PARTNER')) {
    if (!isNone(POSNR) && !items.has(POSNR)) say('005', 'IT_PARTNER', 'POSNR', 'POSNR', POSNR);
    if (PARVW === '') say('004', 'IT_PARTNER', 'PARVW', 'PARVW');
    if (PARTNER === '') say('004', 'IT_PARTNER', 'PARTNER', 'PARTNER');
    if (PARVW === 'AG') say('020', 'IT_PARTNER', 'PARVW', PARVW, PARTNER);
  }
  for (const { POSNR = noItem, TDID = '', SPRAS_ISO = '' } of call.tableInput('IT_TEXT')) {
    if (!isNone(POSNR) && !items.has(POSNR)) say('005', 'IT_TEXT', 'POSNR', 'POSNR', POSNR);
    if (TDID === '') say('004', 'IT_TEXT', 'TDID', 'TDID');
    if (toSapLanguage(SPRAS_ISO) === undefined) say('005', 'IT_TEXT', 'SPRAS_ISO', 'SPRAS_ISO', SPRAS_ISO);
  }
}

/** What the pack itself checks; true when SAP's own function may be called. */
function checkWish(call: FunctionCall): boolean {
  let isGood = true;
  const say: Say = (number, parameter, field, ...variables) => {
    isGood = false;
    call.return(call.message('E', 'ZGANGWAY', number, ...variables), 'ET_RETURN', { parameter, field });
  };
  checkHeader(call.structure('IS_HEADER'), say);
  checkFurther(call, checkItems(call, say), say);
  return isGood;
}

function compacted(row: Readonly<Record<string, string | undefined>>): Row {
  const entries = Object.entries(row).filter((it): it is [string, string] => it[1] !== undefined && it[1] !== '');
  return Object.fromEntries(entries);
}

/** The pack's flat structures as SAP's function takes them. */
function toInput(call: FunctionCall): DocumentInput {
  const header = call.structure('IS_HEADER');
  return {
    header: compacted({
      ...{ SALES_ORG: header.VKORG, DISTR_CHAN: header.VTWEG, DIVISION: header.SPART, SALES_OFF: header.VKBUR },
      ...{ SALES_GRP: header.VKGRP, PURCH_NO_C: header.BSTKD, PURCH_DATE: header.BSTDK, DOC_DATE: header.AUDAT },
      ...{ REQ_DATE_H: header.VDATU, CURRENCY: header.WAERK, PMNTTRMS: header.ZTERM, INCOTERMS1: header.INCO1 },
      ...{ INCOTERMS2: header.INCO2, ORD_REASON: header.AUGRU, DLV_BLOCK: header.LIFSK, BILL_BLOCK: header.FAKSK },
      REF_DOC: header.VGBEL,
    }),
    type: header.AUART ?? '',
    items: call.tableInput('IT_ITEM').map((item) => ({
      number: item.POSNR ?? noItem,
      data: compacted({
        ...{ MATERIAL: item.MATNR, CUST_MAT35: item.KDMAT, SHORT_TEXT: item.ARKTX, SALES_UNIT: item.VRKME },
        ...{ PLANT: item.WERKS, ITEM_CATEG: item.PSTYV, REF_DOC: item.VGBEL, REF_DOC_IT: item.VGPOS },
      }),
      schedules: call
        .tableInput('IT_SCHEDULE')
        .filter((it) => it.POSNR === item.POSNR)
        .map((it) => compacted({ REQ_DATE: it.EDATU, REQ_QTY: it.WMENG })),
      conditions: [],
    })),
    partners: [
      { role: 'AG', number: header.KUNNR ?? '', item: noItem },
      ...call
        .tableInput('IT_PARTNER')
        .map((it) => ({ role: it.PARVW ?? '', number: it.PARTNER ?? '', item: it.POSNR ?? noItem })),
    ],
    ...{ wrongIndicators: [], orphans: [], duplicates: [] },
  };
}

function succeed(call: FunctionCall, number: string): void {
  call.set('E_VBELN', number);
  call.set('E_CMGST', call.get('VBUK', { VBELN: number })?.CMGST ?? '');
  call.return(call.message('S', 'ZGANGWAY', '018', number), 'ET_RETURN');
}

/** Registers the document; undefined, with SAP's messages, when it is refused or was only to be tried. */
function registerDocument(call: FunctionCall): string | undefined {
  const input = toInput(call);
  const isQuotation = call.structure('IS_HEADER').VBTYP === 'B';
  const problems = checkDocument(call, isQuotation ? 'QUOTATION' : 'ORDER', input, [isQuotation ? 'B' : 'C']);
  for (const { message } of problems) call.return(message, 'ET_RETURN');
  const type = documentType(call, input.type);
  if (problems.length > 0 || type === undefined || call.value('I_TESTRUN') === 'X') return undefined;
  const drawn = call.system.numberRanges.drawSalesDocumentNumber(type.internalInterval);
  if ('number' in drawn) {
    insertDocument(call, { number: drawn.number, type, input });
    return drawn.number;
  }
  call.return(call.message('E', 'NR', '751', 'RV_BELEG', type.internalInterval), 'ET_RETURN');
  return undefined;
}

/** Z_GANGWAY_ORDER_CREATE. */
export async function createGangwayOrder(call: FunctionCall): Promise<void> {
  const { AUART = '', VKORG = '', VTWEG = '', SPART = '', VBTYP = '', KUNNR = '' } = call.structure('IS_HEADER');
  if (!call.hasAuthority('V_VBAK_AAT', AUART) || !call.hasAuthority('V_VBAK_VKO', `${VKORG}/${VTWEG}/${SPART}`)) return;
  const operation = VBTYP === 'B' ? 'Q' : 'O';
  const claim = await claimKey(call, operation);
  if (claim.state === 'refused') return;
  if (claim.state === 'repeated') {
    call.set('E_REPEATED', 'X');
    return succeed(call, claim.row.VBELN ?? '');
  }
  if (!checkWish(call)) return;
  const number = registerDocument(call);
  if (number === undefined) return;
  if (await commitWithKey(call, { customer: KUNNR, document: number, operation })) succeed(call, number);
}
