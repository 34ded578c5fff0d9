/** Paired rounds and what may be said of them: ratios inside one round, their median and quartiles. */

export interface Spread {
  readonly median: number;
  readonly lowerQuartile: number;
  readonly upperQuartile: number;
}

/** The value below which `share` of the values lie. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((one, other) => one - other);
  const place = (sorted.length - 1) * share;
  const low = sorted[Math.floor(place)] ?? 0;
  const high = sorted[Math.ceil(place)] ?? 0;
  return low + (high - low) * (place % 1);
}

const rounded = (value: number): number => Math.round(value * 100) / 100;

/** Median and quartiles, to two decimals. */
export function spread(values: readonly number[]): Spread {
  return {
    median: rounded(quantile(values, 0.5)),
    lowerQuartile: rounded(quantile(values, 0.25)),
    upperQuartile: rounded(quantile(values, 0.75)),
  };
}

export interface PairedRounds {
  readonly ratio: Spread;
  readonly ours: Spread;
  readonly yardstick: Spread;
}

/** Measures A-B-B-A `repetitions` times: what drifts during a round weighs on both sides alike. */
export async function pairedRounds(
  repetitions: number,
  ours: () => Promise<number>,
  yardstick: () => Promise<number>,
): Promise<PairedRounds> {
  const measured: { ours: number; yardstick: number }[] = [];
  for (let round = 0; round < repetitions; round += 1) {
    // One after the other: two measurements at once would measure each other.
    const first = await ours();
    const second = await yardstick();
    const third = await yardstick();
    const fourth = await ours();
    measured.push({ ours: (first + fourth) / 2, yardstick: (second + third) / 2 });
  }
  return {
    ratio: spread(measured.map((pair) => pair.ours / pair.yardstick)),
    ours: spread(measured.map((pair) => pair.ours)),
    yardstick: spread(measured.map((pair) => pair.yardstick)),
  };
}
