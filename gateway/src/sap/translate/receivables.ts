/** What is owed and since when: the pack's buckets, or the same computed from open items. */
import type { Receivables } from '../../model/index.ts';
import type { AbapStructure } from '../../ports/index.ts';
import { text } from '../answers.ts';
import { money, moneyFromDec } from '../conversion/amounts.ts';
import type { CurrencyDecimals } from '../conversion/amounts.ts';
import { add, zero } from '../conversion/decimal.ts';
import type { Decimal } from '../conversion/decimal.ts';
import type { LineItem } from './line-items.ts';

/** Days past due of each bucket; null is without end, 0 to 0 is not due yet. */
const buckets = [
  { field: 'NOT_DUE', fromDays: 0, toDays: 0 },
  { field: 'DAYS_1_30', fromDays: 1, toDays: 30 },
  { field: 'DAYS_31_60', fromDays: 31, toDays: 60 },
  { field: 'DAYS_61_90', fromDays: 61, toDays: 90 },
  { field: 'DAYS_OVER_90', fromDays: 91, toDays: null },
] as const;

/** ET_RECEIVABLE of the pack. */
export function receivablesOfPack(rows: readonly AbapStructure[], decimals: CurrencyDecimals): Receivables[] {
  return rows.map((row) => {
    const currency = text(row, 'WAERS');
    return {
      companyCode: text(row, 'BUKRS'),
      overdue: moneyFromDec(text(row, 'OVERDUE'), currency, decimals),
      oldestDaysOverdue: Math.max(0, Number(text(row, 'OLDEST_DAYS'))),
      aging: buckets.map(({ field, fromDays, toDays }) => ({
        fromDays,
        toDays,
        amount: moneyFromDec(text(row, field), currency, decimals),
      })),
    };
  });
}

/** Open items, one entry per company code and currency; credits reduce the bucket they fall into. */
export function receivablesOfItems(items: readonly LineItem[], decimals: CurrencyDecimals): Receivables[] {
  const groups = new Map<string, LineItem[]>();
  for (const item of items) {
    const key = `${item.companyCode} ${item.currency}`;
    groups.set(key, [...(groups.get(key) ?? []), item]);
  }
  return [...groups.values()].map((group) => receivablesOfGroup(group, decimals));
}

function receivablesOfGroup(items: readonly LineItem[], decimals: CurrencyDecimals): Receivables {
  const { companyCode = '', currency = '' } = items[0] ?? {};
  const debits = items.filter((item) => item.amount.units > 0n);
  return {
    companyCode,
    overdue: money(sum(items.filter((item) => item.daysPastDue > 0)), currency, decimals),
    oldestDaysOverdue: debits.reduce((oldest, item) => Math.max(oldest, item.daysPastDue), 0),
    aging: buckets.map(({ fromDays, toDays }) => {
      const inBucket = items.filter(
        (item) => item.daysPastDue >= fromDays && (toDays === null || item.daysPastDue <= toDays),
      );
      return { fromDays, toDays, amount: money(sum(inBucket), currency, decimals) };
    }),
  };
}

function sum(items: readonly LineItem[]): Decimal {
  return items.reduce((total, item) => add(total, item.amount), zero);
}
