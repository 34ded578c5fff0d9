/** The committed mutants: each is a mistake that somebody could make, and that would cost a customer something. */
import type { Mutant } from './mutant.ts';

export const mutants: readonly Mutant[] = [];
