/** SAP's clock on the wall: from what it shows to instants, also in the hour that autumn shows twice. */
import { instantOf, localTime } from '../../timing/index.ts';

/** What the clock shows. */
export interface WallMoment {
  /** `YYYY-MM-DD`. */
  readonly date: string;
  readonly minuteOfDay: number;
  readonly seconds: number;
}

const minuteMs = 60_000;
/** No zone sets its clocks back by more. */
const widestSetBackMs = 3 * 3_600_000;

interface Minute {
  readonly key: string;
  readonly atMs: number;
  /** Of a minute that comes twice: when the first of these minutes began. */
  readonly doubledSinceMs: number | undefined;
}

export class WallClock {
  readonly #timeZone: string;
  /** The minute that was asked last: IDocs come in bursts, and asking a time zone costs as much as reading one. */
  #last: Minute | undefined;

  constructor(timeZone: string) {
    this.#timeZone = timeZone;
  }

  /** The instant; of a moment that comes twice, its first coming. */
  instantOf(wall: WallMoment): number {
    return this.#minuteOf(wall).atMs + wall.seconds * 1000;
  }

  /**
   * The instant to order by. Nothing in a moment tells which of two hours it belongs to, so all of such an hour counts as its
   * begin: the numbers of the documents decide within it.
   */
  orderMsOf(wall: WallMoment): number {
    return this.#minuteOf(wall).doubledSinceMs ?? this.instantOf(wall);
  }

  #minuteOf({ date, minuteOfDay }: WallMoment): Minute {
    const key = `${date} ${minuteOfDay}`;
    if (this.#last?.key === key) return this.#last;
    const atMs = instantOf(this.#timeZone, date, minuteOfDay);
    this.#last = { key, atMs, doubledSinceMs: this.#doubledSince(atMs) };
    return this.#last;
  }

  #doubledSince(atMs: number): number | undefined {
    const offset = this.#offsetMs(atMs);
    const setBackMs = offset - this.#offsetMs(atMs + widestSetBackMs);
    if (setBackMs <= 0 || this.#offsetMs(atMs + setBackMs) === offset) return undefined;
    let [before, after] = [Math.floor(atMs / minuteMs), Math.ceil((atMs + setBackMs) / minuteMs)];
    while (after - before > 1) {
      const middle = Math.floor((before + after) / 2);
      if (this.#offsetMs(middle * minuteMs) === offset) before = middle;
      else after = middle;
    }
    return after * minuteMs - setBackMs;
  }

  /** How far the clock is before UTC. */
  #offsetMs(atMs: number): number {
    const { date, minuteOfDay } = localTime(this.#timeZone, atMs);
    return Date.parse(`${date}T00:00:00Z`) + minuteOfDay * minuteMs - Math.floor(atMs / minuteMs) * minuteMs;
  }
}
