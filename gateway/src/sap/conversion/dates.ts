/** Calendar days between SAP's form (`YYYYMMDD`, initial `00000000`) and the model's (`YYYY-MM-DD` or null). */
import type { Clock } from '../../timing/index.ts';

const dayMs = 86_400_000;
/** A table, because a day of the runtime's costs many times as much, and an order has some twenty. */
const daysOfMonths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const initialDate = '00000000';
/** SAP's "no end". */
export const unlimitedDate = '99991231';

/** True for SAP's "no date". */
export function isInitialDate(date: string): boolean {
  return date === '' || date === initialDate;
}

/** Null for "no date" and for "unlimited": neither is a day somebody can wait for. */
export function toCalendarDate(date: string): string | null {
  if (isInitialDate(date) || date === unlimitedDate || !isValidDate(date)) return null;
  return `${date.slice(0, 4)}-${date.slice(4, 6)}-${date.slice(6)}`;
}

/** True for a day that exists in the calendar, which begins with the year 1. */
export function isValidDate(date: string): boolean {
  if (!/^\d{8}$/.test(date) || date < '00010101') return false;
  const [year, month, day] = [Number(date.slice(0, 4)), Number(date.slice(4, 6)), Number(date.slice(6))];
  const isLongFebruary = month === 2 && year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return day >= 1 && day <= (isLongFebruary ? 29 : (daysOfMonths[month - 1] ?? 0));
}

/** The day `days` later (or earlier); stays within the years 0001 to 9999. */
export function addDays(date: string, days: number): string {
  const last = toDayNumber(unlimitedDate);
  const first = toDayNumber('00010101');
  return fromDayNumber(Math.min(last, Math.max(first, toDayNumber(date) + days)));
}

/** Days from `from` to `to`; negative when `to` is earlier. */
export function daysBetween(from: string, to: string): number {
  return toDayNumber(to) - toDayNumber(from);
}

const formatters = new Map<string, Intl.DateTimeFormat>();

/** Today in SAP's own zone: SAP dates carry no zone, so a day is what the SAP server calls it. */
export function todayIn(timeZone: string, clock: Clock): string {
  let formatter = formatters.get(timeZone);
  if (formatter === undefined) {
    // One entry per configured SAP system, so it needs no limit of its own.
    formatter = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
    formatters.set(timeZone, formatter);
  }
  return formatter.format(clock.now()).replaceAll('-', '');
}

function toDayNumber(date: string): number {
  const utc = new Date(0);
  // Not Date.UTC: it reads the years 0 to 99 as 1900 to 1999.
  utc.setUTCFullYear(Number(date.slice(0, 4)), Number(date.slice(4, 6)) - 1, Number(date.slice(6, 8)));
  return Math.round(utc.getTime() / dayMs);
}

function fromDayNumber(day: number): string {
  const utc = new Date(day * dayMs);
  const year = String(utc.getUTCFullYear()).padStart(4, '0');
  const month = String(utc.getUTCMonth() + 1).padStart(2, '0');
  return `${year}${month}${String(utc.getUTCDate()).padStart(2, '0')}`;
}
