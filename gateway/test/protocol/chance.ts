/** Seeded chance for property tests: a failure names its seed and can be made again. */

/** Uniform numbers in [0, 1) from a seed (mulberry32). */
export function chance(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** A whole number from 0 to `below` - 1. */
export function pick(random: () => number, below: number): number {
  return Math.floor(random() * below);
}

/** Bytes that differ from place to place, so that a mixed-up piece is seen. */
export function bytesOf(random: () => number, length: number): Buffer {
  // Long ones repeat a block of 997 bytes, a prime, so that no piece of a power of two looks like another.
  const block = Buffer.alloc(Math.max(1, Math.min(length, 997)));
  for (let index = 0; index < block.length; index += 1) block[index] = pick(random, 256);
  return Buffer.alloc(length, block);
}
