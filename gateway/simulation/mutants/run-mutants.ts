/** Breaks the shipped code one way after the other, and says whether the simulation notices: a proof that it can fail. */
import { spawn } from 'node:child_process';
import type { Flow } from '../changes/changes-mix.ts';
import { mutants as allMutants } from './mutants.ts';
import type { Mutant } from './mutant.ts';
import { closeWorkshop, makeMutant } from './workshop.ts';

/** Two at once, one for each core. */
const benches = 2;
/** A mutant that survives so many schedules has survived. */
export const mutantSchedules = 5_000;

interface Found {
  readonly mutant: Mutant;
  /** Undefined when it survived. */
  readonly by: string | undefined;
  readonly sentence: string;
  readonly seed: number;
  readonly schedules: number;
}

/** True when every mutant was found by an invariant that was expected to find it. */
export async function runMutants(
  which: 'all' | { readonly only: string },
  print: (line: string) => void,
): Promise<boolean> {
  const chosen = which === 'all' ? allMutants : allMutants.filter(({ name }) => name === which.only);
  if (chosen.length === 0)
    throw new Error(
      `There is no mutant of that name. They are:\n${allMutants.map(({ name }) => `  ${name}`).join('\n')}`,
    );
  const waiting = [...chosen];
  let survivors = 0;
  const work = async (bench: number): Promise<void> => {
    for (let mutant = waiting.shift(); mutant !== undefined; mutant = waiting.shift()) {
      try {
        const found = await tryMutant(mutant, bench, mutantSchedules);
        if (!isFound(found)) survivors += 1;
        print(inWords(found));
      } catch (error) {
        survivors += 1;
        print(`BROKEN    ${mutant.name}: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
  };
  try {
    await Promise.all(Array.from({ length: benches }, (_, bench) => work(bench)));
  } finally {
    closeWorkshop();
  }
  print(
    survivors === 0
      ? `All ${chosen.length} mutants were found.`
      : `${survivors} of ${chosen.length} mutants were NOT found.`,
  );
  return survivors === 0;
}

/** Runs one mutant until it is found, or for so many schedules. */
export async function tryMutant(mutant: Mutant, bench: number, schedules: number): Promise<Found> {
  const copy = makeMutant(mutant, bench);
  try {
    const { failure, schedules: ran } = await run(copy.program, schedules, mutant.flow ?? 'writes');
    return {
      mutant,
      by: failure?.invariant,
      sentence: failure?.sentence ?? '',
      seed: failure?.seed ?? 0,
      schedules: ran,
    };
  } finally {
    copy.remove();
  }
}

export const isFound = ({ mutant, by }: Found): boolean => by !== undefined && mutant.foundBy.includes(by);

interface RunResult {
  readonly schedules: number;
  readonly failure?: { readonly seed: number; readonly invariant: string; readonly sentence: string };
}

async function run(program: string, schedules: number, flow: Flow): Promise<RunResult> {
  const args = [program, '--schedules', String(schedules), '--workers', '1', '--flow', flow, '--json'];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  let printed = '';
  let complained = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (complained += text));
  for await (const text of child.stdout.setEncoding('utf8')) printed += String(text);
  const code = await ended;
  // The copy does not even start, which proves nothing.
  if (printed === '') throw new Error(`the copy with the mutant ended with ${code}: ${complained}`);
  return JSON.parse(printed) as RunResult;
}

function inWords({ mutant, by, sentence, seed, schedules }: Found): string {
  if (by === undefined) return `SURVIVED  ${mutant.name}: ${schedules} schedules saw nothing`;
  if (!mutant.foundBy.includes(by))
    return `ODD       ${mutant.name}: found by "${by}", which was not expected: ${sentence}`;
  return `found     ${mutant.name}: by "${by}" after ${schedules} schedules (seed ${seed})`;
}
