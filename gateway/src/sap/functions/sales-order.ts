/** Function modules about sales orders: the list of a customer, and everything about single documents. */
import { anyReturn } from './returns.ts';
import { structure } from './signature.ts';
import type { CatalogueFunction } from './signature.ts';

export const orderList: CatalogueFunction = {
  name: 'BAPI_SALESORDER_GETLIST',
  purpose: 'numbers of the orders of a customer',
  neededBy: { orders: 'always' },
  importing: {
    CUSTOMER_NUMBER: 'C10',
    SALES_ORGANIZATION: 'C4',
    DOCUMENT_DATE: 'D',
    DOCUMENT_DATE_TO: 'D',
    TRANSACTION_GROUP: 'C1',
  },
  exporting: { RETURN: anyReturn },
  // One row per item; only what the list needs is read, the rest comes from the details.
  tables: { SALES_ORDERS: structure('BAPIORDERS', { SD_DOC: 'C10', DOC_DATE: 'D' }) },
};

const view = structure('ORDER_VIEW', {
  HEADER: 'C1',
  ITEM: 'C1',
  SDSCHEDULE: 'C1',
  BUSINESS: 'C1',
  STATUS_H: 'C1',
  STATUS_I: 'C1',
  FLOW: 'C1',
});

const header = structure('BAPISDHD', {
  DOC_NUMBER: 'C10',
  DOC_DATE: 'D',
  SD_DOC_CAT: 'C1',
  TRAN_GROUP: 'C1',
  DOC_TYPE: 'C4',
  DLV_BLOCK: 'C2',
  BILL_BLOCK: 'C2',
  NET_VAL_HD: 'P28.9',
  CURRENCY: 'C5',
  SALES_ORG: 'C4',
  DISTR_CHAN: 'C2',
  DIVISION: 'C2',
  REQ_DATE_H: 'D',
  PURCH_NO: 'C20',
  SOLD_TO: 'C10',
});

const item = structure('BAPISDIT', {
  DOC_NUMBER: 'C10',
  ITM_NUMBER: 'N6',
  MATERIAL: 'C18',
  SHORT_TEXT: 'C40',
  REA_FOR_RE: 'C2',
  NET_VALUE: 'P28.9',
  CURRENCY: 'C5',
  REQ_QTY: 'P15.3',
  SALES_UNIT: 'C3',
  ISOCODUNIT: 'C3',
});

const scheduleLine = structure('BAPISDHEDU', {
  DOC_NUMBER: 'C10',
  ITM_NUMBER: 'N6',
  SCHED_LINE: 'N4',
  REQ_DATE: 'D',
  REQ_QTY: 'P13.3',
  CONFIR_QTY: 'P13.3',
  SALES_UNIT: 'C3',
  ISOCODUNIT: 'C3',
});

const headerStatus = structure('BAPISDHDST', {
  SD_DOC: 'C10',
  DELIV_STAT: 'C1',
  DLV_STAT_H: 'C1',
  BILLSTATUS: 'C1',
  BILLINGSTA: 'C1',
  OVERALLREJ: 'C1',
  PRC_STAT_H: 'C1',
  TOTSTATCCH: 'C1',
  TOBLOCKSTA: 'C1',
});

const flow = structure('BAPISDFLOW', {
  SD_DOC: 'C10',
  PRECSDDOC: 'C10',
  SUBSSDDOC: 'C10',
  DOCCATEGOR: 'C1',
  REFERENVAL: 'P28.9',
  STATISCURR: 'C5',
  CREAT_DATE: 'D',
});

export const orderDetails: CatalogueFunction = {
  name: 'BAPISDORDER_GETDETAILEDLIST',
  purpose: 'orders with items, schedule lines, status and document flow',
  neededBy: { orders: 'always' },
  importing: { I_BAPI_VIEW: view },
  tables: {
    SALES_DOCUMENTS: structure('SALES_KEY', { VBELN: 'C10' }),
    ORDER_HEADERS_OUT: header,
    ORDER_ITEMS_OUT: item,
    ORDER_SCHEDULES_OUT: scheduleLine,
    ORDER_BUSINESS_OUT: structure('BAPISDBUSI', { SD_DOC: 'C10', ITM_NUMBER: 'N6', PURCH_NO_C: 'C35' }),
    ORDER_STATUSHEADERS_OUT: headerStatus,
    ORDER_FLOWS_OUT: flow,
  },
};
