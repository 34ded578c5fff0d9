/** Blocks of BAPISDORDER_GETDETAILEDLIST about who is concerned and how far things are. */
import type { TableRow } from '../tables/table.ts';
import { headerStatus, itemStatus } from './document-status.ts';
import type { FunctionCall } from './function-call.ts';

/** ORDER_PARTNERS_OUT; without stored partners the sold-to party alone. */
export function appendPartners(call: FunctionCall, order: TableRow): void {
  const rows = call.where('VBPA', ['VBELN'], [order.VBELN ?? '']);
  for (const row of rows.length > 0 ? rows : [{ VBELN: order.VBELN, PARVW: 'AG', KUNNR: order.KUNNR }]) {
    const partner: TableRow = row;
    call.append('ORDER_PARTNERS_OUT', {
      SD_DOC: partner.VBELN,
      ITM_NUMBER: partner.POSNR,
      PARTN_ROLE: partner.PARVW,
      CUSTOMER: partner.KUNNR,
      VENDOR_NO: partner.LIFNR,
      PERSON_NO: partner.PERNR,
      CONTACT: partner.PARNR,
      ADDRESS: partner.ADRNR,
      ADDRE_INDI: partner.ADRDA,
      COUNTRY: call.get('KNA1', { KUNNR: partner.KUNNR })?.LAND1,
    });
  }
}

/** ORDER_ADDRESS_OUT: the addresses the partners have of their own. */
export function appendAddresses(call: FunctionCall, order: TableRow): void {
  for (const { ADRNR } of call.where('VBPA', ['VBELN'], [order.VBELN ?? ''])) {
    const [address] = call.where('ADRC', ['ADDRNUMBER'], [ADRNR ?? '']);
    if (address === undefined) continue;
    call.append('ORDER_ADDRESS_OUT', {
      DOC_NUMBER: order.VBELN,
      ADDRESS: ADRNR,
      NAME: address.NAME1,
      CITY: address.CITY1,
      POSTL_CODE: address.POST_CODE1,
      STREET: address.STREET,
      COUNTRY: address.COUNTRY,
    });
  }
}

/** ORDER_STATUSHEADERS_OUT, from VBUK. */
export function appendHeaderStatus(call: FunctionCall, order: TableRow): void {
  const status = headerStatus(call, order.VBELN ?? '');
  call.append('ORDER_STATUSHEADERS_OUT', {
    SD_DOC: order.VBELN,
    REFDOCHDST: status.RFSTK,
    CONFIRSTAT: status.BESTK,
    DELIV_STAT: status.LFSTK,
    DLV_STAT_H: status.LFGSK,
    TOTGOODSMV: status.WBSTK,
    BILLSTATUS: status.FKSTK,
    BILLINGSTA: status.FKSAK,
    ACCOUNTSTA: status.BUCHK,
    OVERALLREJ: status.ABSTK,
    PRC_STAT_H: status.GBSTK,
    OVERALLPIC: status.KOSTK,
    OVERALL_WM: status.LVSTK,
    TOTINCOMPL: status.UVALL,
    SD_DOC_CAT: status.VBTYP ?? order.VBTYP,
    CH_ON: status.AEDAT,
    BILTOTSTAT: status.FKIVK,
    TOTSTATIT: status.PKSTK,
    STATSTACLC: status.CMPSA,
    STATDYNCLC: status.CMPSB,
    STATCREDCH: status.CMPSC,
    STATCRECH1: status.CMPSD,
    STATCRECH2: status.CMPSE,
    STATCRECH3: status.CMPSF,
    STATCRECH4: status.CMPSG,
    STATCRECH5: status.CMPSH,
    TOTSTATCCH: status.CMGST,
    TRNSPLANST: status.TRSTA,
    CONFIRMSTA: status.COSTA,
    TOBLOCKSTA: status.SPSTG,
  });
}

/** ORDER_STATUSITEMS_OUT, from VBUP. */
export function appendItemStatuses(call: FunctionCall, order: TableRow): void {
  for (const item of call.where('VBAP', ['VBELN'], [order.VBELN ?? ''])) {
    const status = itemStatus(call, item);
    call.append('ORDER_STATUSITEMS_OUT', {
      SD_DOC: order.VBELN,
      ITM_NUMBER: item.POSNR,
      DELIV_STAT: status.LFSTA,
      DLV_STAT_I: status.LFGSA,
      GOODSMVSTA: status.WBSTA,
      BILLSTATHD: status.FKSTA,
      BILLSTATIT: status.FKSAA,
      REJSTATIT: status.ABSTA,
      OVRPROCSTA: status.GBSTA,
      PICKINGSTA: status.KOSTA,
    });
  }
}
