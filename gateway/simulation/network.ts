/** What a network does to a call: the time it takes, and where the line is cut. */
import type { Random } from './schedule/random.ts';

/**
 * - `no`: the answer arrives.
 * - `before`: nothing reached the other side.
 * - `after`: the other side did it, and the answer is lost.
 */
export type Cut = 'no' | 'before' | 'after';

export interface Weather {
  /** How likely a call is cut, before or after it took effect. */
  cut: number;
  /** How likely a call takes seconds or minutes instead of milliseconds. */
  slow: number;
  /** How likely a call arrives twice. */
  twice: number;
}

export const calm = (): Weather => ({ cut: 0, slow: 0, twice: 0 });

/** The way of one call. */
export interface Passage {
  readonly cut: Cut;
  readonly thereMs: number;
  readonly backMs: number;
  /** The same bytes once more, so many milliseconds after the first; undefined where they arrive once. */
  readonly againMs: number | undefined;
}

export function passageThrough(weather: Weather, random: Random): Passage {
  const travelMs = (): number => (random.chance(weather.slow) ? random.spread(500, 90_000) : random.between(1, 40));
  const cut: Cut = random.chance(weather.cut) ? random.pick(['before', 'after']) : 'no';
  return {
    cut,
    thereMs: travelMs(),
    backMs: travelMs(),
    againMs: random.chance(weather.twice) ? random.spread(1, 20_000) : undefined,
  };
}
