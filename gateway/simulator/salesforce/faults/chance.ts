/** Numbers that look like chance and are the same in every run: a test that fails can be run again. */

/** Gives the next number from 0 to 1 of the sequence that belongs to the seed. */
export function sequenceOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    // A multiplier and an increment with a full period of 2^32.
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
