/** The committed mutants: each is a mistake that somebody could make, and that would cost a customer something. */
import { changeMutants } from './change-mutants.ts';
import { journalMutants } from './journal-mutants.ts';
import { leaseMutants } from './lease-mutants.ts';
import type { Mutant } from './mutant.ts';
import { outcomeMutants } from './outcome-mutants.ts';
import { serviceMutants } from './service-mutants.ts';

export const mutants: readonly Mutant[] = [
  ...journalMutants,
  ...leaseMutants,
  ...outcomeMutants,
  ...serviceMutants,
  ...changeMutants.map((mutant) => ({ ...mutant, flow: 'changes' as const })),
];
