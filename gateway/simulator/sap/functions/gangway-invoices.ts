/** Z_GANGWAY_INVOICES_READ: what a payer was billed, what is unpaid, newest first. */
import { stored, toReal } from '../tables/currency.ts';
import type { TableRow } from '../tables/table.ts';
import type { OutputRow } from '../wire/encode.ts';
import { appendReceivables, daysOverdue, netDueDate, signedAmount } from './due-date.ts';
import type { FunctionCall } from './function-call.ts';
import { companyCodeOf } from './organization.ts';

/** Billing categories of customers: invoice, cancellation, credit memo, debit memo, cancelled credit memo. */
const shownCategories = new Set(['M', 'N', 'O', 'P', 'S']);
/** FI document types that are a bill of some kind when nothing in sales stands behind them. */
const fiCategories: Readonly<Record<string, string>> = { DR: 'M', RV: 'M', DG: 'O' };

interface Invoice {
  readonly row: OutputRow;
  readonly sortKey: string;
  readonly open: bigint;
  readonly isOverdue: boolean;
  readonly isCancelled: boolean;
}

interface Items {
  readonly open: readonly TableRow[];
  readonly cleared: readonly TableRow[];
}

function itemsOf(call: FunctionCall, document: TableRow): Items {
  const { VBELN = '', BUKRS = '', BELNR = '', GJAHR = '' } = document;
  const find = (table: string): readonly TableRow[] => {
    const byReference = call.where(table, ['VBELN'], [VBELN]);
    if (byReference.length > 0) return byReference;
    // Without an accounting number only the reference that billing leaves in the item leads there.
    if (BELNR === '') return call.where(table, ['XBLNR'], [VBELN]);
    return call.where(table, ['BUKRS', 'BELNR'], [BUKRS, BELNR]).filter((it) => GJAHR === '' || it.GJAHR === GJAHR);
  };
  return { open: find('BSID').filter((it) => it.UMSKZ === undefined), cleared: find('BSAD') };
}

function lastClearing(items: readonly TableRow[]): string {
  return items.reduce((last, { AUGDT = '' }) => (AUGDT > last ? AUGDT : last), '');
}

function grossAmount(call: FunctionCall, document: TableRow): bigint {
  const gross = stored(document, 'NETWR') + stored(document, 'MWSBK');
  const amount = toReal(call.system.database, gross, document.WAERK ?? '');
  return document.VBTYP === 'O' || document.VBTYP === 'N' ? -amount : amount;
}

/** Billed but not in accounting yet: the whole amount is unpaid. */
function isUnposted(document: TableRow, items: Items): boolean {
  const isInAccounting = document.BELNR !== undefined || items.open.length + items.cleared.length > 0;
  return !isInAccounting && document.RFBSK !== 'D' && document.RFBSK !== 'E';
}

function dueDate(call: FunctionCall, document: TableRow, items: Items): string {
  const [item] = items.open.length > 0 ? items.open : items.cleared;
  if (item !== undefined) return netDueDate(item);
  const [terms] = call.where('T052', ['ZTERM'], [document.ZTERM ?? '']);
  return netDueDate({
    ZFBDT: document.FKDAT,
    ZBD1T: terms?.ZTAG1,
    ZBD2T: terms?.ZTAG2,
    ZBD3T: terms?.ZTAG3,
    SHKZG: document.VBTYP === 'O' ? 'H' : 'S',
  });
}

function fromBillingDocument(call: FunctionCall, document: TableRow, today: string): Invoice {
  const { VBELN = '', FKDAT = '' } = document;
  const items = itemsOf(call, document);
  const amount = grossAmount(call, document);
  const [reversal] = call.where('VBRK', ['SFAKN'], [VBELN]);
  const isCancelled = document.FKSTO === 'X' || document.SFAKN !== undefined || reversal !== undefined;
  const unposted = isUnposted(document, items) && !isCancelled;
  const open = unposted ? amount : items.open.reduce((total, it) => total + signedAmount(call, it), 0n);
  const overdue = Math.max(0, ...items.open.filter((it) => it.SHKZG !== 'H').map((it) => daysOverdue(it, today)));
  const row = {
    VBELN,
    BUKRS: document.BUKRS ?? companyCodeOf(call, document.VKORG ?? ''),
    BELNR: document.BELNR,
    GJAHR: document.GJAHR,
    VBTYP: document.VBTYP,
    FKDAT,
    FAEDT: dueDate(call, document, items),
    WAERS: document.WAERK,
    AMOUNT: amount,
    OPEN: open,
    AUGDT: open === 0n ? lastClearing(items.cleared) : '',
    SFAKN: document.SFAKN,
    STORNO: reversal?.VBELN,
    DAYS_OVERDUE: open > 0n ? overdue : 0,
  };
  return { row, sortKey: FKDAT + VBELN, open, isOverdue: open > 0n && overdue > 0, isCancelled };
}

/** Items nobody billed in sales: the accounting document's number stands for the billing document's. */
function fromAccountingItem(call: FunctionCall, item: TableRow, isOpen: boolean, today: string): Invoice {
  const { BELNR = '', BLDAT = item.BUDAT ?? '' } = item;
  const amount = signedAmount(call, item);
  const open = isOpen ? amount : 0n;
  const overdue = open > 0n ? Math.max(0, daysOverdue(item, today)) : 0;
  const row = {
    VBELN: BELNR,
    BUKRS: item.BUKRS,
    BELNR,
    GJAHR: item.GJAHR,
    VBTYP: fiCategories[item.BLART ?? ''],
    FKDAT: BLDAT,
    FAEDT: netDueDate(item),
    WAERS: item.WAERS,
    AMOUNT: amount,
    OPEN: open,
    AUGDT: item.AUGDT,
    DAYS_OVERDUE: overdue,
  };
  return { row, sortKey: BLDAT + BELNR, open, isOverdue: overdue > 0, isCancelled: false };
}

function hasBillingDocument(call: FunctionCall, item: TableRow): boolean {
  if (item.VBELN !== undefined && call.get('VBRK', { VBELN: item.VBELN }) !== undefined) return true;
  const referenced = call.get('VBRK', { VBELN: item.XBLNR });
  if (referenced !== undefined && referenced.BELNR === undefined) return true;
  const posted = call.where('VBRK', ['BUKRS', 'BELNR'], [item.BUKRS ?? '', item.BELNR ?? '']);
  return posted.some((it) => it.GJAHR === undefined || it.GJAHR === item.GJAHR);
}

function collect(call: FunctionCall, payer: string): Invoice[] {
  const today = call.system.time.today();
  const billed = call.where('VBRK', ['KUNRG'], [payer]).filter((it) => shownCategories.has(it.VBTYP ?? ''));
  const inAccountingOnly = (table: string): readonly TableRow[] =>
    call.where(table, ['KUNNR'], [payer]).filter((it) => it.UMSKZ === undefined && !hasBillingDocument(call, it));
  // Cleared payments and the like are history nobody looks for under invoices.
  const paid = inAccountingOnly('BSAD').filter((it) => fiCategories[it.BLART ?? ''] !== undefined);
  return [
    ...billed.map((it) => fromBillingDocument(call, it, today)),
    ...inAccountingOnly('BSID').map((it) => fromAccountingItem(call, it, true, today)),
    ...paid.map((it) => fromAccountingItem(call, it, false, today)),
  ];
}

const selections: Readonly<Record<string, (invoice: Invoice) => boolean>> = {
  '': () => true,
  O: (it) => it.open !== 0n,
  D: (it) => it.isOverdue,
  P: (it) => it.open === 0n && !it.isCancelled,
};

/** Z_GANGWAY_INVOICES_READ. */
export function readGangwayInvoices(call: FunctionCall): void {
  const payer = call.value('I_KUNNR');
  if (call.get('KNA1', { KUNNR: payer }) === undefined) {
    return call.return(call.message('E', 'F2', '153', payer), 'ET_RETURN', { parameter: 'I_KUNNR' });
  }
  const isWanted = selections[call.value('I_STATE')];
  if (isWanted === undefined) {
    return call.return(call.message('E', 'ZGANGWAY', '005', 'I_STATE', call.value('I_STATE')), 'ET_RETURN');
  }
  const before = call.value('I_BEFORE');
  const most = Number(call.value('I_MAX')) || Infinity;
  const invoices = collect(call, payer)
    .filter((it) => isWanted(it) && (before === '' || it.sortKey < before))
    .sort((a, b) => (a.sortKey < b.sortKey ? 1 : -1));
  for (const { row } of invoices.slice(0, most)) call.append('ET_INVOICE', row);
  appendReceivables(call, payer);
}
