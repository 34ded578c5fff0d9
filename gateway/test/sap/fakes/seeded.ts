/** Chance that is the same every time: a failing case can be run again. */

export interface Seeded {
  /** 0 to `limit` minus 1. */
  below(limit: number): number;
  /** 0 to `most`. */
  upTo(most: number): number;
  pick<T>(choices: readonly T[]): T;
  /** Cuts a text into pieces at random places, some of them empty. */
  cut(text: string): string[];
}

/** mulberry32: small, fast, and good enough to find mistakes. */
export function seeded(seed: number): Seeded {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (limit: number): number => Math.floor(next() * limit);
  const pick = <T>(choices: readonly T[]): T => {
    const choice = choices[below(choices.length)];
    if (choice === undefined) throw new Error('nothing to pick from');
    return choice;
  };
  const cut = (text: string): string[] => {
    const characters = [...text];
    const pieces: string[] = [];
    while (characters.length > 0) pieces.push(characters.splice(0, below(6)).join(''));
    return pieces;
  };
  return { below, upTo: (most) => below(most + 1), pick, cut };
}
