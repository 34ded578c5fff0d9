/** What a mutant is. */
import type { Flow } from '../changes/changes-mix.ts';

/** One way of breaking the shipped code on purpose. */
export interface Mutant {
  /** What is wrong with it, in a few words. */
  readonly name: string;
  /** Below gateway/src. */
  readonly file: string;
  /** Must be in the file exactly once, or the list has drifted away from the code. */
  readonly find: string;
  readonly replace: string;
  /** The schedules in which it can show; those of writes where it is not given. */
  readonly flow?: Flow;
  /** Which invariants may be the first to notice. */
  readonly foundBy: readonly string[];
}
