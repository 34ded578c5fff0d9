/** Arithmetic on SAP dates (`YYYYMMDD`, initial `00000000`). */

const dayMs = 86_400_000;
/** No date at all. */
export const initialDate = '00000000';

function toDayNumber(date: string): number {
  const utc = new Date(0);
  // Date.UTC takes the years 1 to 99 for those of the twentieth century.
  utc.setUTCFullYear(Number(date.slice(0, 4)), Number(date.slice(4, 6)) - 1, Number(date.slice(6, 8)));
  return utc.getTime() / dayMs;
}

function fromDayNumber(day: number): string {
  return new Date(day * dayMs).toISOString().slice(0, 10).replaceAll('-', '');
}

/** Whether the text is a day of the calendar. */
export function isCalendarDate(date: string): boolean {
  return /^\d{8}$/.test(date) && date >= '00010101' && fromDayNumber(toDayNumber(date)) === date;
}

/** The date so many days later (earlier when negative). */
export function addDays(date: string, days: number): string {
  return fromDayNumber(toDayNumber(date) + days);
}

/** Days from `earlier` to `later`. */
export function daysBetween(earlier: string, later: string): number {
  return toDayNumber(later) - toDayNumber(earlier);
}
