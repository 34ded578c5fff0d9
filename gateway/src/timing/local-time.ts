/** What the clocks on the wall of a time zone show, and when they show it; daylight saving changes are Intl's knowledge. */

const weekdays = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;
export type Weekday = (typeof weekdays)[number];

export interface LocalTime {
  /** `YYYY-MM-DD`. */
  readonly date: string;
  readonly weekday: Weekday;
  /** 0 to 23. */
  readonly hour: number;
  /** Minutes since midnight as the clock shows them. */
  readonly minuteOfDay: number;
}

const minuteMs = 60_000;
const dayMs = 86_400_000;
const formats = new Map<string, Intl.DateTimeFormat>();

/** Making a format costs a hundred times as much as using it; zones are one per SAP system. */
function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known !== undefined) return known;
  const parts = { year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' } as const;
  const format = new Intl.DateTimeFormat('en-US', { timeZone, hourCycle: 'h23', ...parts });
  formats.set(timeZone, format);
  return format;
}

/** The wall clock as if it were UTC, in milliseconds, cut to the minute: two of them can be compared. */
function wallMs(timeZone: string, atMs: number): number {
  const value = { year: 0, month: 1, day: 1, hour: 0, minute: 0 };
  for (const { type, value: text } of formatOf(timeZone).formatToParts(atMs))
    if (Object.hasOwn(value, type)) Object.assign(value, { [type]: Number(text) });
  return Date.UTC(value.year, value.month - 1, value.day, value.hour, value.minute);
}

/** What the clock shows at a moment (milliseconds since 1970). */
export function localTime(timeZone: string, atMs: number): LocalTime {
  const wall = new Date(wallMs(timeZone, atMs));
  const hour = wall.getUTCHours();
  const date = wall.toISOString().slice(0, 10);
  return { date, weekday: weekdayOf(date), hour, minuteOfDay: hour * 60 + wall.getUTCMinutes() };
}

/** The weekday of a date. */
export function weekdayOf(date: string): Weekday {
  return weekdays[new Date(`${date}T00:00:00Z`).getUTCDay()] ?? 'sun';
}

/** The date so many days later. */
export function addDays(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * dayMs).toISOString().slice(0, 10);
}

/**
 * The first moment at which the clock shows this time of this date, or a later one: a time that daylight saving leaves out is
 * the moment of the change, one that comes twice is its first coming.
 */
export function instantOf(timeZone: string, date: string, minuteOfDay: number): number {
  const wanted = Date.parse(`${date}T00:00:00Z`) + minuteOfDay * minuteMs;
  // No zone is further than 14 hours from UTC, and none changes twice within two days.
  const offsets = [wanted - dayMs, wanted + dayMs].map((atMs) => wallMs(timeZone, atMs) - atMs);
  const candidates = offsets.map((offset) => wanted - offset).sort((a, b) => a - b);
  const shown = candidates.find((atMs) => wallMs(timeZone, atMs) === wanted);
  return shown ?? firstAfterGap(timeZone, wanted, candidates);
}

/** Within a gap the clock only goes forward, so halving finds the change. */
function firstAfterGap(timeZone: string, wanted: number, candidates: readonly number[]): number {
  let before = Math.floor(Math.min(...candidates) / minuteMs) - 1;
  let after = Math.ceil(Math.max(...candidates) / minuteMs) + 1;
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (wallMs(timeZone, middle * minuteMs) >= wanted) after = middle;
    else before = middle;
  }
  return after * minuteMs;
}
