/** Net due dates and ageing of customer items. */
import { addDays, daysBetween } from '../system/dates.ts';
import { stored, toReal } from '../tables/currency.ts';
import type { TableRow } from '../tables/table.ts';
import type { FunctionCall } from './function-call.ts';

/** Base date plus the longest of the terms; a credit without an invoice it belongs to is due at once. */
export function netDueDate(item: TableRow): string {
  const base = item.ZFBDT ?? item.BLDAT ?? item.BUDAT ?? '';
  if (base === '') return '';
  if (item.SHKZG === 'H' && (item.REBZG ?? '') === '') return base;
  return addDays(base, Number(item.ZBD3T ?? 0) || Number(item.ZBD2T ?? 0) || Number(item.ZBD1T ?? 0));
}

/** Days past due; negative while it is not due. */
export function daysOverdue(item: TableRow, today: string): number {
  const due = netDueDate(item);
  return due === '' ? 0 : daysBetween(due, today);
}

/** Amount in document currency, real units in ten-thousandths, credits negative. */
export function signedAmount(call: FunctionCall, item: TableRow): bigint {
  const field = item.WRBTR === undefined ? 'DMBTR' : 'WRBTR';
  const amount = toReal(call.system.database, stored(item, field), item.WAERS ?? '');
  return item.SHKZG === 'H' ? -amount : amount;
}

/** One row of ZGANGWAY_S_RECEIVABLE while it is summed up. */
interface Ageing {
  readonly buckets: [bigint, bigint, bigint, bigint, bigint];
  oldestDays: number;
}

function bucketOf(days: number): 0 | 1 | 2 | 3 | 4 {
  if (days <= 0) return 0;
  if (days <= 30) return 1;
  if (days <= 60) return 2;
  return days <= 90 ? 3 : 4;
}

/** Whether the caller may see items of a company code; false, with a message. */
export function mayReadItems(call: FunctionCall, items: readonly TableRow[]): boolean {
  const companyCodes = new Set(items.map(({ BUKRS = '' }) => BUKRS));
  return [...companyCodes].every((it) => call.hasAuthority('F_BKPF_BUK', it) && call.hasAuthority('F_BKPF_KOA', 'D'));
}

/** Open items by company code and currency into buckets, special G/L left out. */
export function appendReceivables(call: FunctionCall, customer: string): void {
  const ages = new Map<string, Ageing>();
  const today = call.system.time.today();
  for (const item of call.where('BSID', ['KUNNR'], [customer])) {
    if (item.UMSKZ !== undefined) continue;
    const key = `${item.BUKRS ?? ''} ${item.WAERS ?? ''}`;
    const age = ages.get(key) ?? { buckets: [0n, 0n, 0n, 0n, 0n], oldestDays: 0 };
    ages.set(key, age);
    const days = daysOverdue(item, today);
    age.buckets[bucketOf(days)] += signedAmount(call, item);
    if (item.SHKZG !== 'H') age.oldestDays = Math.max(age.oldestDays, days);
  }
  for (const [key, { buckets, oldestDays }] of [...ages].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const [BUKRS = '', WAERS = ''] = key.split(' ');
    const [notDue, upTo30, upTo60, upTo90, over90] = buckets;
    call.append('ET_RECEIVABLE', {
      BUKRS,
      WAERS,
      OVERDUE: upTo30 + upTo60 + upTo90 + over90,
      NOT_DUE: notDue,
      DAYS_1_30: upTo30,
      DAYS_31_60: upTo60,
      DAYS_61_90: upTo90,
      DAYS_OVER_90: over90,
      OLDEST_DAYS: oldestDays,
    });
  }
}
