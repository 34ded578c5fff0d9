/** Z_GANGWAY_INVOICES_READ: what a payer was billed, what is unpaid, newest first. */
import { stored, toReal } from '../tables/currency.ts';
import type { TableRow } from '../tables/table.ts';
import type { OutputRow } from '../wire/encode.ts';
import { appendReceivables, daysOverdue, mayReadItems, netDueDate, signedAmount } from './due-date.ts';
import type { FunctionCall } from './function-call.ts';
import { companyCodeOf } from './organization.ts';
import { paymentTermsRow } from './texts.ts';

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

/** Of several instalments the next one: the day from which somebody waits for money. */
function firstDueDate({ open, cleared }: Items): string {
  const dates = (open.length > 0 ? open : cleared).map(netDueDate).filter((it) => it !== '');
  return dates.sort()[0] ?? '';
}

/** What a payer owes us is overdue, what we owe him is not. */
function longestOverdue(open: readonly TableRow[], today: string): number {
  return Math.max(0, ...open.filter((it) => it.SHKZG !== 'H').map((it) => daysOverdue(it, today)));
}

/** Newest first and unique, as I_BEFORE has it: date, document, company code, fiscal year. */
function positionOf(FKDAT: string, VBELN: string, BUKRS = '', GJAHR = ''): string {
  return (FKDAT || '00000000') + VBELN.padEnd(10) + BUKRS.padEnd(4) + (GJAHR || '0000');
}

function dueDate(call: FunctionCall, document: TableRow, items: Items): string {
  if (items.open.length + items.cleared.length > 0) return firstDueDate(items);
  const terms = paymentTermsRow(call, document.ZTERM ?? '', document.FKDAT ?? '');
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
  const overdue = longestOverdue(items.open, today);
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
  const sortKey = positionOf(FKDAT, VBELN, row.BUKRS, row.GJAHR);
  return { row, sortKey, open, isOverdue: open > 0n && overdue > 0, isCancelled };
}

/** A document nobody billed in sales, whole even where it is due in instalments; its number stands for the billing one's. */
function fromAccountingDocument(call: FunctionCall, items: Items, today: string): Invoice {
  const all = [...items.open, ...items.cleared];
  const { BELNR = '', BUKRS, GJAHR, WAERS, BLART, BUDAT = '', BLDAT = BUDAT } = all[0] ?? {};
  const sum = (rows: readonly TableRow[]): bigint => rows.reduce((total, it) => total + signedAmount(call, it), 0n);
  const open = sum(items.open);
  const overdue = open > 0n ? longestOverdue(items.open, today) : 0;
  const row = {
    VBELN: BELNR,
    BUKRS,
    BELNR,
    GJAHR,
    VBTYP: fiCategories[BLART ?? ''],
    BLART,
    FKDAT: BLDAT,
    FAEDT: firstDueDate(items),
    WAERS,
    AMOUNT: sum(all),
    OPEN: open,
    AUGDT: items.open.length === 0 ? lastClearing(items.cleared) : '',
    DAYS_OVERDUE: overdue,
  };
  const sortKey = positionOf(BLDAT, BELNR, BUKRS, GJAHR);
  return { row, sortKey, open, isOverdue: overdue > 0, isCancelled: false };
}

/** The payer; data of one's own often name only the sold-to party. */
function isPaidBy(document: TableRow, customer: string): boolean {
  return (document.KUNRG ?? document.KUNAG) === customer && shownCategories.has(document.VBTYP ?? '');
}

/** Whether the item belongs to a billing document that its customer is shown anyway. */
function hasBillingDocument(call: FunctionCall, item: TableRow): boolean {
  const { KUNNR = '', VBELN, XBLNR, BUKRS = '', BELNR = '', GJAHR } = item;
  const billed = VBELN === undefined ? undefined : call.get('VBRK', { VBELN });
  if (billed !== undefined && isPaidBy(billed, KUNNR)) return true;
  const referenced = call.get('VBRK', { VBELN: XBLNR });
  if (referenced !== undefined && referenced.BELNR === undefined && isPaidBy(referenced, KUNNR)) return true;
  const posted = call.where('VBRK', ['BUKRS', 'BELNR'], [BUKRS, BELNR]);
  return posted.some((it) => isPaidBy(it, KUNNR) && (it.GJAHR === undefined || it.GJAHR === GJAHR));
}

function accountingDocuments(call: FunctionCall, payer: string): Items[] {
  const documents = new Map<string, { open: TableRow[]; cleared: TableRow[] }>();
  const collectFrom = (table: 'BSID' | 'BSAD', side: 'open' | 'cleared'): void => {
    for (const item of call.where(table, ['KUNNR'], [payer])) {
      // Cleared payments and the like are history nobody looks for under invoices.
      const isHistory = side === 'cleared' && fiCategories[item.BLART ?? ''] === undefined;
      if (item.UMSKZ !== undefined || isHistory || hasBillingDocument(call, item)) continue;
      const key = `${item.BUKRS ?? ''} ${item.GJAHR ?? ''} ${item.BELNR ?? ''}`;
      const document = documents.get(key) ?? { open: [], cleared: [] };
      document[side].push(item);
      documents.set(key, document);
    }
  };
  collectFrom('BSID', 'open');
  collectFrom('BSAD', 'cleared');
  return [...documents.values()];
}

function billsOf(call: FunctionCall, payer: string): readonly TableRow[] {
  return [...call.where('VBRK', ['KUNRG'], [payer]), ...call.where('VBRK', ['KUNRG', 'KUNAG'], ['', payer])].filter(
    (it) => isPaidBy(it, payer),
  );
}

function collect(call: FunctionCall, payer: string): Invoice[] {
  const today = call.system.time.today();
  return [
    ...billsOf(call, payer).map((it) => fromBillingDocument(call, it, today)),
    ...accountingDocuments(call, payer).map((it) => fromAccountingDocument(call, it, today)),
  ];
}

const selections: Readonly<Record<string, (invoice: Invoice) => boolean>> = {
  '': () => true,
  O: (it) => it.open !== 0n,
  D: (it) => it.isOverdue,
  P: (it) => it.open === 0n && !it.isCancelled,
};

/** What may not be seen is refused, never left out. */
function mayReadAll(call: FunctionCall, payer: string): boolean {
  return (
    mayReadItems(call, call.where('BSID', ['KUNNR'], [payer])) &&
    billsOf(call, payer).every(
      ({ FKART = '', VKORG = '' }) => call.hasAuthority('V_VBRK_FKA', FKART) && call.hasAuthority('V_VBRK_VKO', VKORG),
    )
  );
}

/** Z_GANGWAY_INVOICES_READ. */
export function readGangwayInvoices(call: FunctionCall): void {
  const isWanted = selections[call.value('I_STATE')];
  if (isWanted === undefined) {
    const message = call.message('E', 'ZGANGWAY', '005', 'I_STATE', call.value('I_STATE'));
    return call.return(message, 'ET_RETURN', { parameter: 'I_STATE' });
  }
  if (!call.hasAuthority('F_KNA1_APP', '03')) return;
  const payer = call.value('I_KUNNR');
  if (call.get('KNA1', { KUNNR: payer }) === undefined) {
    return call.return(call.message('E', 'F2', '153', payer), 'ET_RETURN', { parameter: 'I_KUNNR' });
  }
  if (!mayReadAll(call, payer)) return;
  const before = call.value('I_BEFORE');
  const most = Number(call.value('I_MAX')) || Infinity;
  const invoices = collect(call, payer)
    .filter((it) => isWanted(it) && (before === '' || it.sortKey < before))
    .sort((a, b) => (a.sortKey < b.sortKey ? 1 : -1));
  for (const { row } of invoices.slice(0, most)) call.append('ET_INVOICE', row);
  appendReceivables(call, payer);
}
