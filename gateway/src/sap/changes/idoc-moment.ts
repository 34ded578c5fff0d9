/** When SAP says an IDoc was made: its creation, and what puts it before or behind others. */
import { GatewayError } from '../../errors/index.ts';
import { isValidDate, toCalendarDate } from '../conversion/dates.ts';
import type { IdocControl } from '../idoc/index.ts';
import type { WallClock, WallMoment } from './wall-clock.ts';

const minuteMs = 60_000;
/** SERIAL may be a counter of the customer's own; a moment is one when it is near the creation. */
const plausibleMs = 24 * 3_600_000;

/** The instant of creation in UTC, ISO 8601; of an hour that came twice, the earlier one. */
export function createdAt({ CREDAT = '', CRETIM = '' }: Partial<IdocControl>, clock: WallClock): string {
  return new Date(clock.instantOf(creation(CREDAT + CRETIM))).toISOString();
}

/** What an IDoc says of its time. */
export interface IdocMoment {
  /** Its creation in UTC, ISO 8601. */
  readonly createdAt: string;
  /** What orders it among others, before its number does. */
  readonly orderedAt: string;
}

/** Moments of IDocs; those of a burst say the same second again and again. */
export class IdocMoments {
  readonly #clock: WallClock;
  #last: (Pick<IdocControl, 'CREDAT' | 'CRETIM' | 'SERIAL'> & { readonly moment: IdocMoment }) | undefined;

  constructor(clock: WallClock) {
    this.#clock = clock;
  }

  /** Throws where there is no creation in the control record. */
  of({ CREDAT, CRETIM, SERIAL }: IdocControl): IdocMoment {
    const last = this.#last;
    if (last?.SERIAL === SERIAL && last.CRETIM === CRETIM && last.CREDAT === CREDAT) return last.moment;
    const wall = creation(CREDAT + CRETIM);
    const moment = {
      createdAt: new Date(this.#clock.instantOf(wall)).toISOString(),
      orderedAt: new Date(orderMs(wall, SERIAL, this.#clock)).toISOString(),
    };
    this.#last = { CREDAT, CRETIM, SERIAL, moment };
    return moment;
  }
}

/** SERIAL where it is a moment, else the creation. */
function orderMs(wall: WallMoment, serial: string, clock: WallClock): number {
  const isNear = (atMs: number): boolean => Math.abs(atMs - clock.instantOf(wall)) <= plausibleMs;
  const fine = /^\d{20}$/.test(serial) ? utcMs(serial) : undefined;
  if (fine !== undefined && isNear(fine)) return fine;
  const local = serial.length === 14 ? wallMoment(serial) : undefined;
  return clock.orderMsOf(local !== undefined && isNear(clock.instantOf(local)) ? local : wall);
}

function creation(stamp: string): WallMoment {
  const wall = wallMoment(stamp);
  if (wall === undefined) throw new GatewayError('IDOC_CONTROL_INCOMPLETE', { fields: 'CREDAT, CRETIM' });
  return wall;
}

/** Twenty digits: UTC with milliseconds, and a counter that is not needed, because the number of the IDoc decides. */
function utcMs(serial: string): number | undefined {
  const wall = wallMoment(serial.slice(0, 14));
  if (wall === undefined) return undefined;
  const { date, minuteOfDay, seconds } = wall;
  return Date.parse(`${date}T00:00:00Z`) + minuteOfDay * minuteMs + seconds * 1000 + Number(serial.slice(14, 17));
}

/** `YYYYMMDDHHMMSS`; undefined for what no clock shows. */
function wallMoment(stamp: string): WallMoment | undefined {
  const [, day = '', hour = '', minute = '', second = ''] =
    /^(\d{8})([01]\d|2[0-3])([0-5]\d)([0-5]\d)$/.exec(stamp) ?? [];
  const date = isValidDate(day) ? toCalendarDate(day) : null;
  if (date === null) return undefined;
  return { date, minuteOfDay: Number(hour) * 60 + Number(minute), seconds: Number(second) };
}
