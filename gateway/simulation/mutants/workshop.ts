/** Where mutants are made: a copy of the shipped code and of the simulation, inside this folder so that libraries are found. */
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Mutant } from './mutant.ts';

const gateway = fileURLToPath(new URL('../..', import.meta.url));
/** Ignored by git. */
const workshop = join(gateway, '.mutants');

/** A copy of the product with one mutant in it. */
export interface MutatedCopy {
  /** The simulation's program inside the copy. */
  readonly program: string;
  remove(): void;
}

/** Throws a sentence when the text to be replaced is not in the source any more. */
export function makeMutant(mutant: Mutant, bench: number): MutatedCopy {
  const folder = join(workshop, `${process.pid}-${bench}`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const part of ['src', 'simulation']) cpSync(join(gateway, part), join(folder, part), { recursive: true });
  const file = join(folder, 'src', mutant.file);
  writeFileSync(file, mutate(readFileSync(file, 'utf8'), mutant));
  return {
    program: join(folder, 'simulation', 'main.ts'),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** The source with the mutant in it. */
export function mutate(source: string, { file, find, replace }: Mutant): string {
  const places = source.split(find).length - 1;
  if (places === 1) return source.replace(find, () => replace);
  throw new Error(
    `${file} has the text to be replaced ${places} times; the list of mutants has drifted away from the code`,
  );
}

/** After the last one. */
export function closeWorkshop(): void {
  rmSync(workshop, { recursive: true, force: true });
}
