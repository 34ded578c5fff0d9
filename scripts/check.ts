/**
 * Everything that can be checked without running the product, side by side, with a tidy list.
 *
 *   npm run check                 every check
 *   npm run check:words           one of them
 */
import { writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { projectRoot } from './project.ts';
import { runAll, runProgram } from './run-program.ts';

export interface Step {
  readonly name: string;
  readonly about: string;
  /** Each a program with its arguments, run by Node in this order; a broken one does not hide the next. */
  readonly commands: readonly (readonly string[])[];
}

export interface StepResult {
  readonly name: string;
  readonly passed: boolean;
  readonly output: string;
  readonly seconds: number;
}

/** What tools print goes into reports and other tools. */
const plain = { NO_COLOR: '1', FORCE_COLOR: undefined };
/** What did not change since the last run is not looked at again. */
const tsc = (project: string): string[] => {
  const remembered = `node_modules/.cache/tsc/${project.replaceAll('/', '-')}.tsbuildinfo`;
  return [
    'node_modules/typescript/bin/tsc',
    '--noEmit',
    '--incremental',
    '--tsBuildInfoFile',
    remembered,
    '-p',
    project,
  ];
};
const script = (name: string): string[][] => [[`scripts/check-${name}.ts`]];

/** The slow ones first, so that the quick ones fill the gaps. */
export const steps: readonly Step[] = [
  {
    name: 'lint',
    about: 'ESLint, strict and with types',
    commands: [
      [
        'node_modules/eslint/bin/eslint.js',
        '.',
        '--cache',
        '--cache-location',
        'node_modules/.cache/eslint',
        '--max-warnings',
        '0',
      ],
    ],
  },
  {
    name: 'types',
    about: 'TypeScript, each program by its own settings',
    commands: [
      tsc('gateway/tsconfig.json'),
      tsc('scripts/tsconfig.json'),
      tsc('force-app/tsconfig.json'),
      tsc('local-org/tsconfig.json'),
      tsc('test/browser/tsconfig.json'),
    ],
  },
  {
    name: 'format',
    about: 'Prettier',
    commands: [['node_modules/prettier/bin/prettier.cjs', '--check', '--cache', '--log-level', 'warn', '.']],
  },
  { name: 'apex', about: 'Apex: syntax and rules', commands: script('apex') },
  { name: 'metadata', about: 'Salesforce metadata: elements, references, conversion', commands: script('metadata') },
  { name: 'imports', about: 'imports run one way', commands: script('imports') },
  { name: 'words', about: 'names are the words of the field', commands: script('words') },
  { name: 'sizes', about: 'files and functions fit the eye', commands: script('sizes') },
  { name: 'decisions', about: 'decision records', commands: script('decisions') },
  { name: 'docs', about: 'links are alive, reference pages are true', commands: script('docs') },
  { name: 'audit', about: 'known vulnerabilities in what operators install', commands: script('audit') },
];

/** One step from start to end; it passed when all of its commands did. */
export async function runStep(step: Step, root: string): Promise<StepResult> {
  const results = [];
  for (const command of step.commands) {
    results.push(await runProgram(process.execPath, command, { cwd: root, env: plain }));
  }
  return {
    name: step.name,
    passed: results.every((result) => result.code === 0),
    output: results
      .map((result) => result.output.trim())
      .filter(Boolean)
      .join('\n'),
    seconds: results.reduce((sum, result) => sum + result.seconds, 0),
  };
}

/** Runs the steps side by side and says of each at once how it ended; failures in full at the end. */
export async function runSteps(
  chosen: readonly Step[],
  root: string,
  say: (line: string) => void,
): Promise<readonly StepResult[]> {
  const results = await runAll(chosen, availableParallelism(), async (step) => {
    const result = await runStep(step, root);
    say(
      `${result.passed ? 'ok    ' : 'FAILED'} ${step.name.padEnd(10)} ${result.seconds.toFixed(1).padStart(6)} s  ${step.about}`,
    );
    return result;
  });
  for (const result of results.filter((each) => !each.passed)) say(`\n--- ${result.name}\n${result.output}`);
  return results;
}

async function main(args: readonly string[]): Promise<void> {
  const jsonAt = args.indexOf('--json');
  const jsonFile = jsonAt < 0 ? undefined : args[jsonAt + 1];
  const names = jsonAt < 0 ? args : args.toSpliced(jsonAt, 2);
  const unknown = names.filter((name) => !steps.some((step) => step.name === name));
  if (unknown.length > 0) {
    console.error(`No such check: ${unknown.join(', ')}. There are: ${steps.map((step) => step.name).join(', ')}.`);
    process.exitCode = 1;
    return;
  }
  const chosen = names.length === 0 ? steps : steps.filter((step) => names.includes(step.name));
  const results = await runSteps(chosen, projectRoot, console.log);
  if (jsonFile !== undefined) writeFileSync(jsonFile, JSON.stringify(results, null, 2));
  const failed = results.filter((result) => !result.passed);
  console.log(
    failed.length === 0
      ? `${results.length} checks passed`
      : `\n${failed.length} of ${results.length} checks failed: ${failed.map((each) => each.name).join(', ')}`,
  );
  process.exitCode = failed.length === 0 ? 0 : 1;
}

if (import.meta.main) await main(process.argv.slice(2));
