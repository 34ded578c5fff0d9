/** What is granted at a moment: the first rule of the calendar that holds, in SAP's time zone. */
import type { LoadGrant } from '../../ports/index.ts';
import { addDays, instantOf, localTime, weekdayOf } from '../../timing/index.ts';
import type { CalendarRule, GovernorSettings } from '../sap-settings.ts';

const minuteMs = 60_000;

export class Calendar {
  readonly #settings: GovernorSettings;
  readonly #timeZone: string;
  readonly #most: number;
  #minute = NaN;
  #granted: LoadGrant;

  /** `maxConnections`: what the calendar grants beyond it could never be used, and would only hide who waits. */
  constructor(settings: GovernorSettings, timeZone: string, maxConnections: number) {
    this.#settings = settings;
    this.#timeZone = timeZone;
    this.#most = maxConnections;
    this.#granted = this.#toGrant('', settings);
  }

  /** Rules begin and end at full minutes, so that one look per minute is enough. */
  at(nowMs: number): LoadGrant {
    const minute = Math.floor(nowMs / minuteMs);
    if (minute === this.#minute) return this.#granted;
    this.#minute = minute;
    const rule = this.#settings.calendar.find((each) => holds(each, this.#timeZone, nowMs));
    this.#granted = rule === undefined ? this.#toGrant('', this.#settings) : this.#toGrant(rule.name, rule);
    return this.#granted;
  }

  #toGrant(name: string, figures: Omit<LoadGrant, 'name'>): LoadGrant {
    const workProcesses = Math.min(figures.workProcesses, this.#most);
    const bulkWorkProcesses = Math.min(figures.bulkWorkProcesses, workProcesses);
    return { name, workProcesses, bulkWorkProcesses, callsPerMinute: figures.callsPerMinute };
  }
}

/**
 * Whether a rule holds: from the first moment at which the clock shows its begin on one of its days, to the first moment at
 * which it shows its end. So it neither flickers in the hour that comes twice, nor misses a begin that is left out.
 */
function holds({ days, from, to }: CalendarRule, timeZone: string, nowMs: number): boolean {
  const [begin, end] = [minutesOf(from), minutesOf(to)];
  const today = localTime(timeZone, nowMs).date;
  return [today, addDays(today, -1)].some((date) => {
    if (!days.includes(weekdayOf(date)) || instantOf(timeZone, date, begin) > nowMs) return false;
    return nowMs < instantOf(timeZone, end > begin ? date : addDays(date, 1), end);
  });
}

function minutesOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
}
