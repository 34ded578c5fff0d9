/** One way of breaking the shipped code on purpose. */
export interface Mutant {
  /** What is wrong with it, in a few words. */
  readonly name: string;
  /** Below gateway/src. */
  readonly file: string;
  /** Must be in the file exactly once, or the list has drifted away from the code. */
  readonly find: string;
  readonly replace: string;
  /** Which invariants may be the first to notice. */
  readonly foundBy: readonly string[];
}
