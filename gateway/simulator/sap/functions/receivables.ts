/** BAPI_AR_ACC_GETOPENITEMS, GETSTATEMENT and GETKEYDATEBALANCE. */
import { stored, toReal } from '../tables/currency.ts';
import type { TableRow } from '../tables/table.ts';
import type { OutputRow } from '../wire/encode.ts';
import { signedAmount } from './due-date.ts';
import type { FunctionCall } from './function-call.ts';
import { companyCodeExists, localCurrency } from './organization.ts';

/** Checks company code and customer; a message says what is wrong. */
function checkAccount(call: FunctionCall): boolean {
  const [companyCode, customer] = [call.value('COMPANYCODE'), call.value('CUSTOMER')];
  if (!companyCodeExists(call, companyCode)) call.return(call.message('E', 'FN', '021', companyCode));
  else if (call.get('KNA1', { KUNNR: customer }) === undefined) call.return(call.message('E', 'F2', '153', customer));
  else if (!hasAccount(call, customer, companyCode)) call.return(call.message('E', 'F2', '154', customer, companyCode));
  else return true;
  return false;
}

function hasAccount(call: FunctionCall, customer: string, companyCode: string): boolean {
  if (call.get('KNB1', { KUNNR: customer, BUKRS: companyCode }) !== undefined) return true;
  return call.where('BSID', ['BUKRS', 'KUNNR'], [companyCode, customer]).length > 0;
}

function items(call: FunctionCall, table: 'BSID' | 'BSAD'): readonly TableRow[] {
  return call.where(table, ['BUKRS', 'KUNNR'], [call.value('COMPANYCODE'), call.value('CUSTOMER')]);
}

/** Noted items (down payment requests and the like) have a special G/L indicator and no balance. */
function isNoted(item: TableRow): boolean {
  return item.UMSKZ === 'F';
}

function isOpenAt(item: TableRow, keyDate: string): boolean {
  return (item.BUDAT ?? item.BLDAT ?? '') <= keyDate && (item.AUGDT === undefined || item.AUGDT > keyDate);
}

function openItems(call: FunctionCall): readonly TableRow[] {
  const keyDate = call.value('KEYDATE');
  const withNoted = call.value('NOTEDITEMS') === 'X';
  return [...items(call, 'BSID'), ...items(call, 'BSAD')].filter(
    (it) => isOpenAt(it, keyDate) && (withNoted || !isNoted(it)),
  );
}

/** Terms, blocks and dunning of a line. */
function paymentFields(item: TableRow): OutputRow {
  return {
    BLINE_DATE: item.ZFBDT,
    PMNTTRMS: item.ZTERM,
    DSCT_DAYS1: item.ZBD1T,
    DSCT_DAYS2: item.ZBD2T,
    NETTERMS: item.ZBD3T,
    DSCT_PCT1: item.ZBD1P,
    DSCT_PCT2: item.ZBD2P,
    PYMT_METH: item.ZLSCH,
    PMNT_BLOCK: item.ZLSPR,
    INV_REF: item.REBZG,
    INV_YEAR: item.REBZJ,
    INV_ITEM: item.REBZZ,
    DUNN_BLOCK: item.MANSP,
    LAST_DUNN: item.MADAT,
    DUNN_LEVEL: item.MANST,
  };
}

/** One line; amounts are unsigned, DB_CR_IND says which side. */
function toLineItem(call: FunctionCall, item: TableRow): OutputRow {
  const local = localCurrency(call, item.BUKRS ?? '');
  const { database } = call.system;
  const documentAmount = toReal(database, stored(item, item.WRBTR === undefined ? 'DMBTR' : 'WRBTR'), item.WAERS ?? '');
  return {
    COMP_CODE: item.BUKRS,
    CUSTOMER: item.KUNNR,
    SP_GL_IND: item.UMSKZ,
    CLEAR_DATE: item.AUGDT,
    CLR_DOC_NO: item.AUGBL,
    ALLOC_NMBR: item.ZUONR,
    FISC_YEAR: item.GJAHR,
    DOC_NO: item.BELNR,
    ITEM_NUM: item.BUZEI,
    PSTNG_DATE: item.BUDAT,
    DOC_DATE: item.BLDAT,
    ENTRY_DATE: item.CPUDT,
    CURRENCY: item.WAERS,
    LOC_CURRCY: local,
    T_CURRENCY: item.WAERS,
    REF_DOC_NO: item.XBLNR,
    DOC_TYPE: item.BLART,
    FIS_PERIOD: item.MONAT ?? item.BUDAT?.slice(4, 6),
    POST_KEY: item.BSCHL,
    DB_CR_IND: item.SHKZG ?? 'S',
    BUS_AREA: item.GSBER,
    TAX_CODE: item.MWSKZ,
    LC_AMOUNT: toReal(database, stored(item, item.DMBTR === undefined ? 'WRBTR' : 'DMBTR'), local),
    AMT_DOCCUR: documentAmount,
    AMOUNT: documentAmount,
    ITEM_TEXT: item.SGTXT,
    ...paymentFields(item),
    DOC_STATUS: item.AUGDT === undefined ? 'O' : 'C',
  };
}

/** BAPI_AR_ACC_GETOPENITEMS. */
export function listOpenItems(call: FunctionCall): void {
  if (!checkAccount(call)) return;
  for (const item of openItems(call)) call.append('LINEITEMS', toLineItem(call, item));
}

/** BAPI_AR_ACC_GETSTATEMENT: open and cleared items posted in the period. */
export function listStatement(call: FunctionCall): void {
  if (!checkAccount(call)) return;
  const [from, to] = [call.value('DATE_FROM'), call.value('DATE_TO')];
  const withNoted = call.value('NOTEDITEMS') === 'X';
  for (const item of [...items(call, 'BSID'), ...items(call, 'BSAD')]) {
    const posted = item.BUDAT ?? item.BLDAT ?? '';
    if (posted >= from && posted <= to && (withNoted || !isNoted(item)))
      call.append('LINEITEMS', toLineItem(call, item));
  }
}

/** BAPI_AR_ACC_GETKEYDATEBALANCE: one signed row per currency and special G/L indicator. */
export function readKeyDateBalance(call: FunctionCall): void {
  if (!checkAccount(call)) return;
  const local = localCurrency(call, call.value('COMPANYCODE'));
  const withSpecial = call.value('BALANCESPGLI') === 'X';
  const sums = new Map<string, { document: bigint; local: bigint }>();
  for (const item of openItems(call)) {
    if (item.UMSKZ !== undefined && !withSpecial) continue;
    const key = `${item.UMSKZ ?? ' '}${item.WAERS ?? ''}`;
    const sum = sums.get(key) ?? { document: 0n, local: 0n };
    const amount = toReal(call.system.database, stored(item, item.DMBTR === undefined ? 'WRBTR' : 'DMBTR'), local);
    sums.set(key, {
      document: sum.document + signedAmount(call, item),
      local: sum.local + (item.SHKZG === 'H' ? -amount : amount),
    });
  }
  for (const [key, sum] of sums) {
    call.append('KEYBALANCE', {
      COMP_CODE: call.value('COMPANYCODE'),
      CUSTOMER: call.value('CUSTOMER'),
      SP_GL_IND: key.slice(0, 1).trim(),
      CURRENCY: key.slice(1),
      LOC_CURRCY: local,
      T_CURR_BAL: sum.document,
      LC_BAL: sum.local,
    });
  }
}
