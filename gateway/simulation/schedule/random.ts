/** Chance, from a seed: the same seed gives the same numbers for ever. */

/** A stream of pseudo-random numbers (sfc32), and the questions a schedule asks of it. */
export class Random {
  #a: number;
  #b: number;
  #c: number;
  #counter = 1;

  constructor(seed: number) {
    // Neighbouring seeds must not begin alike: the seed is spread over the state, and the first rounds are thrown away.
    this.#a = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b);
    this.#b = Math.imul(seed + 0x7f4a7c15, 0xc2b2ae35);
    this.#c = seed | 0;
    for (let round = 0; round < 12; round += 1) this.#next32();
  }

  /** Uniform in [0, 1). */
  fraction(): number {
    return (this.#next32() >>> 0) / 0x1_0000_0000;
  }

  /** True with this probability. */
  chance(probability: number): boolean {
    return this.fraction() < probability;
  }

  /** A whole number from `minimum` to `maximum`, both included. */
  between(minimum: number, maximum: number): number {
    return minimum + Math.floor(this.fraction() * (maximum - minimum + 1));
  }

  /** Short most of the time, sometimes very long: each decade from `minimum` to `maximum` is as likely as the next. */
  spread(minimum: number, maximum: number): number {
    return Math.round(minimum * (maximum / minimum) ** this.fraction());
  }

  pick<const T>(choices: readonly [T, ...T[]]): T {
    return choices[this.between(0, choices.length - 1)] ?? choices[0];
  }

  #next32(): number {
    const sum = (this.#a + this.#b + this.#counter) | 0;
    this.#counter = (this.#counter + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + sum) | 0;
    return sum;
  }
}
