/** The command line of the simulation. */
import { parseArgs } from 'node:util';
import type { Flow } from './changes/changes-mix.ts';

export interface Options {
  readonly schedules: number;
  readonly seed: number;
  readonly workers: number;
  /** Only schedules of this flow; both in turn where it is not given. */
  readonly flow: Flow | undefined;
  /** Print every step, also of schedules in which nothing is wrong. */
  readonly withHistory: boolean;
  /** Run mutants of the shipped code: all of them, or one by its name. */
  readonly mutants: 'none' | 'all' | { readonly only: string };
  /** Machine-readable: what the run of a mutant prints. */
  readonly asJson: boolean;
}

export const usage = `npm run simulate -- [options]
  --schedules N    how many schedules (2,000)
  --seed S         seed of the first one; the next has S + 1 (1)
  --workers W      threads (2)
  --flow FLOW      only \`writes\` (into SAP, and services), or only \`changes\` (of SAP into Salesforce)
  --history        print what happened, step by step
  --mutants        break the shipped code on purpose, one way after the other; every one must be found
  --mutant NAME    only this one
  --json           print the result as one JSON object`;

/** Throws a sentence for what cannot be understood. */
export function readOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      schedules: { type: 'string' },
      seed: { type: 'string' },
      workers: { type: 'string' },
      flow: { type: 'string' },
      history: { type: 'boolean', default: false },
      mutants: { type: 'boolean', default: false },
      mutant: { type: 'string' },
      json: { type: 'boolean', default: false },
    },
  });
  return {
    schedules: wholeNumber('schedules', values.schedules ?? '2000', 1, 100_000_000),
    seed: wholeNumber('seed', values.seed ?? '1', 0, 2 ** 31),
    workers: wholeNumber('workers', values.workers ?? '2', 1, 64),
    flow: flowCalled(values.flow),
    withHistory: values.history,
    mutants: values.mutant === undefined ? (values.mutants ? 'all' : 'none') : { only: values.mutant },
    asJson: values.json,
  };
}

function flowCalled(name: string | undefined): Flow | undefined {
  if (name === undefined || name === 'writes' || name === 'changes') return name;
  throw new Error('--flow must be writes or changes');
}

function wholeNumber(name: string, text: string, minimum: number, maximum: number): number {
  const value = Number(text.replaceAll(/[_,]/g, ''));
  if (Number.isInteger(value) && value >= minimum && value <= maximum) return value;
  throw new Error(`--${name} must be a whole number from ${minimum} to ${maximum}`);
}
