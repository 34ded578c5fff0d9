/** BAPISDORDER_GETDETAILEDLIST: the blocks of sales documents whose view flag is set. */
import { stored, toReal } from '../tables/currency.ts';
import type { TableRow } from '../tables/table.ts';
import { documentFlow } from './document-flow.ts';
import type { FunctionCall } from './function-call.ts';
import { fromThousandths, orderedQuantity, purchaseOrder, sumSchedules } from './sales-order-list.ts';
import { appendAddresses, appendHeaderStatus, appendItemStatuses, appendPartners } from './sales-order-status.ts';

type Block = (call: FunctionCall, order: TableRow) => void;

function real(call: FunctionCall, row: TableRow, field: string, currency: string | undefined): bigint {
  return toReal(call.system.database, stored(row, field), currency ?? '');
}

/** The ISO code of a unit; empty where customizing has none. */
function isoUnit(call: FunctionCall, unit: string | undefined): string | undefined {
  return call.get('T006', { MSEHI: unit })?.ISOCODE;
}

function itemsOf(call: FunctionCall, order: TableRow): readonly TableRow[] {
  return call.where('VBAP', ['VBELN'], [order.VBELN ?? '']);
}

function appendHeader(call: FunctionCall, order: TableRow): void {
  call.append('ORDER_HEADERS_OUT', {
    DOC_NUMBER: order.VBELN,
    REC_DATE: order.ERDAT,
    REC_TIME: order.ERZET,
    CREATED_BY: order.ERNAM,
    DOC_DATE: order.AUDAT ?? order.ERDAT,
    SD_DOC_CAT: order.VBTYP,
    TRAN_GROUP: order.TRVOG,
    DOC_TYPE: order.AUART,
    ORD_REASON: order.AUGRU,
    DLV_BLOCK: order.LIFSK,
    BILL_BLOCK: order.FAKSK,
    NET_VAL_HD: real(call, order, 'NETWR', order.WAERK),
    CURRENCY: order.WAERK,
    CURREN_ISO: order.WAERK?.slice(0, 3),
    SALES_ORG: order.VKORG,
    DISTR_CHAN: order.VTWEG,
    DIVISION: order.SPART,
    SALES_GRP: order.VKGRP,
    SALES_OFF: order.VKBUR,
    CONDITIONS: order.KNUMV,
    REQ_DATE_H: order.VDATU,
    PURCH_NO: order.BSTNK,
    PO_METHOD: order.BSARK,
    SOLD_TO: order.KUNNR,
    COSTCENTER: order.KOSTL,
    CH_ON: order.AEDAT,
    C_CTR_AREA: order.KKBER,
    CRED_ACCNT: order.KNKLI,
    RISK_CATEG: order.CTLPC,
    CURR_CRED: order.CMWAE,
    REL_DAT_DD: order.CMFRE,
    NEXT_CHDAT: order.CMNUP,
    REL_CREDIT: real(call, order, 'AMTBL', order.CMWAE),
    REF_DOC_L: order.XBLNR,
    ASS_NUMBER: order.ZUONR,
    SHIP_COND: order.VSBED,
  });
}

function appendItems(call: FunctionCall, order: TableRow): void {
  for (const item of itemsOf(call, order)) {
    const currency = item.WAERK ?? order.WAERK;
    call.append('ORDER_ITEMS_OUT', {
      DOC_NUMBER: item.VBELN,
      ITM_NUMBER: item.POSNR,
      MATERIAL: item.MATNR,
      MAT_ENTRD: item.MATNR,
      BATCH: item.CHARG,
      SHORT_TEXT: item.ARKTX,
      ITEM_CATEG: item.PSTYV,
      HG_LV_ITEM: item.UEPOS,
      REA_FOR_RE: item.ABGRU,
      TARGET_QTY: item.ZMENG,
      BASE_UOM: item.MEINS,
      NET_VALUE: real(call, item, 'NETWR', currency),
      CURRENCY: currency,
      CURREN_ISO: currency?.slice(0, 3),
      REQ_QTY: fromThousandths(orderedQuantity(call, item)),
      CUM_REQ_DE: fromThousandths(orderedQuantity(call, item)),
      CUM_CF_QTY: fromThousandths(sumSchedules(call, item, 'BMENG')),
      SALES_UNIT: item.VRKME,
      ISOCODUNIT: isoUnit(call, item.VRKME),
      REF_DOC: item.VGBEL,
      POSNR_VOR: item.VGPOS,
      PLANT: item.WERKS,
      STGE_LOC: item.LGORT,
      SHIP_POINT: item.VSTEL,
      ROUTE: item.ROUTE,
      CREAT_DATE: item.ERDAT ?? order.ERDAT,
      NET_PRICE: real(call, item, 'NETPR', currency),
      COND_P_UNT: item.KPEIN,
      COND_UNIT: item.KMEIN,
      CUST_MAT35: item.KDMAT,
      TAX_AMOUNT: real(call, item, 'MWSBP', currency),
    });
  }
}

function appendSchedules(call: FunctionCall, order: TableRow): void {
  for (const line of call.where('VBEP', ['VBELN'], [order.VBELN ?? ''])) {
    call.append('ORDER_SCHEDULES_OUT', {
      DOC_NUMBER: line.VBELN,
      ITM_NUMBER: line.POSNR,
      SCHED_LINE: line.ETENR,
      SCHED_TYPE: line.ETTYP,
      REQ_DATE: line.EDATU,
      REQ_QTY: line.WMENG,
      CONFIR_QTY: line.BMENG,
      SALES_UNIT: line.VRKME,
      ISOCODUNIT: isoUnit(call, line.VRKME),
      REQ_DATE1: line.EDATU,
      REQ_DLV_BL: line.LIFSP,
      GI_DATE: line.WADAT,
      MS_DATE: line.MBDAT,
    });
  }
}

function appendBusiness(call: FunctionCall, order: TableRow): void {
  const rows = call.where('VBKD', ['VBELN'], [order.VBELN ?? '']);
  for (const row of rows.length > 0 ? rows : [{ VBELN: order.VBELN }]) {
    const data: TableRow = row;
    call.append('ORDER_BUSINESS_OUT', {
      SD_DOC: data.VBELN,
      ITM_NUMBER: data.POSNR,
      INCOTERMS1: data.INCO1,
      INCOTERMS2: data.INCO2,
      PMNTTRMS: data.ZTERM,
      EXCHG_RATE: data.KURSK,
      PRICE_DATE: data.PRSDT,
      BILL_DATE: data.FKDAT,
      PURCH_NO_C: data.BSTKD ?? purchaseOrder(call, order),
      PURCH_DATE: data.BSTDK,
    });
  }
}

function appendFlow(call: FunctionCall, order: TableRow): void {
  for (const row of documentFlow(call, order.VBELN ?? '')) {
    call.append('ORDER_FLOWS_OUT', {
      SD_DOC: order.VBELN,
      PRECSDDOC: row.VBELV,
      PREDITDOC: row.POSNV,
      SUBSSDDOC: row.VBELN,
      SUBSITDOC: row.POSNN,
      DOCCATEGOR: row.VBTYP_N,
      DOC_CAT_SD: row.VBTYP_V,
      REF_QTY: row.RFMNG,
      REFERENVAL: real(call, row, 'RFWRT', order.WAERK),
      STATISCURR: order.WAERK,
      QTYPOSCALC: row.PLMIN,
      CREAT_DATE: row.ERDAT,
    });
  }
}

const blocks: Readonly<Record<string, Block>> = {
  HEADER: appendHeader,
  ITEM: appendItems,
  SDSCHEDULE: appendSchedules,
  BUSINESS: appendBusiness,
  PARTNER: appendPartners,
  ADDRESS: appendAddresses,
  STATUS_H: appendHeaderStatus,
  STATUS_I: appendItemStatuses,
  FLOW: appendFlow,
};

/** BAPISDORDER_GETDETAILEDLIST: unknown documents are simply missing from the answer. */
export function readSalesOrderDetails(call: FunctionCall): void {
  const view = call.structure('I_BAPI_VIEW');
  for (const { VBELN = '' } of call.tableInput('SALES_DOCUMENTS')) {
    const order = call.get('VBAK', { VBELN });
    if (order === undefined) continue;
    for (const [flag, append] of Object.entries(blocks)) if (view[flag] === 'X') append(call, order);
  }
}
