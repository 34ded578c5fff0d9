/**
 * Every test that needs no live system, suite after suite, and one last line: `N passed, N failed`.
 *
 *   npm test                    all suites
 *   npm test -- gateway lwc     some of them
 */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { ensureChromium } from './chromium.ts';
import { oneFailure, readJestReport } from './jest-report.ts';
import type { Tally } from './jest-report.ts';
import { projectRoot } from './project.ts';
import { runProgram } from './run-program.ts';

/**
 * A suite that takes longer hangs. The longest, the gateway's, takes ten minutes on two processors; the others together take
 * eight, so that all of them stay below half an hour when one of them hangs.
 */
const suiteTimeoutMs = 18 * 60_000;
const jest30 = 'gateway/node_modules/jest/bin/jest.js';
const jest29 = 'node_modules/jest/bin/jest.js';

export interface Suite {
  readonly name: string;
  readonly about: string;
  run(root: string, scratch: string): Promise<Tally>;
}

interface JestSuite {
  readonly jest: string;
  readonly config: string;
  /** 1 where the tests share something, such as the processor that a browser needs. */
  readonly workers: number;
  readonly environment?: () => Promise<Record<string, string>>;
}

/** In this order: what is quick and near the developer first. */
export const suites: readonly Suite[] = [
  { name: 'check', about: 'format, lint, types, imports, words and the other checks', run: runChecks },
  jestSuite('scripts', "the checks' own tests, and the built package started", {
    jest: jest30,
    config: 'scripts/jest.config.js',
    workers: availableParallelism(),
  }),
  jestSuite('gateway', 'relay, agent, SAP room, simulators: unit, contract, flow, faults', {
    jest: jest30,
    config: 'gateway/jest.config.js',
    workers: availableParallelism(),
  }),
  jestSuite('lwc', 'the components, with sfdx-lwc-jest', {
    jest: jest29,
    config: 'jest.config.lwc.cjs',
    workers: availableParallelism(),
  }),
  jestSuite('browser', 'the local org in Chromium', {
    jest: jest30,
    config: 'test/browser/jest.config.js',
    workers: 1,
    environment: async () => ({ CHROMIUM_PATH: await ensureChromium(console.log) }),
  }),
];

function jestSuite(name: string, about: string, suite: JestSuite): Suite {
  return { name, about, run: (root, scratch) => runJest(root, scratch, name, suite) };
}

/** A suite that is not there is a failure, never a silent gap. */
export async function runJest(root: string, scratch: string, name: string, suite: JestSuite): Promise<Tally> {
  if (!existsSync(join(root, suite.config)))
    return oneFailure(`${suite.config} is not there, so nothing of "${name}" ran.`);
  const report = join(scratch, `${name}.json`);
  let environment: Record<string, string>;
  try {
    environment = (await suite.environment?.()) ?? {};
  } catch (error) {
    return oneFailure(error instanceof Error ? error.message : String(error));
  }
  const args = ['--config', suite.config, '--json', '--outputFile', report, '--maxWorkers', String(suite.workers)];
  const result = await runProgram(process.execPath, [resolve(root, suite.jest), ...args], {
    cwd: root,
    timeoutMs: suiteTimeoutMs,
    env: {
      ...environment,
      NODE_OPTIONS: '--experimental-vm-modules --disable-warning=ExperimentalWarning',
      NO_COLOR: '1',
      FORCE_COLOR: undefined,
    },
  });
  if (!existsSync(report)) return oneFailure(`${name} ended without a report (code ${result.code}):\n${result.output}`);
  const tally = readJestReport(readFileSync(report, 'utf8'));
  const diedAnyway = result.code !== 0 && tally.failed === 0;
  return diedAnyway
    ? { ...tally, failed: 1, failures: [`${name} ended with code ${result.code}:\n${result.output}`] }
    : tally;
}

async function runChecks(root: string, scratch: string): Promise<Tally> {
  const report = join(scratch, 'check.json');
  const result = await runProgram(process.execPath, [join(root, 'scripts/check.ts'), '--json', report], { cwd: root });
  if (!existsSync(report)) return oneFailure(`The checks ended without a report:\n${result.output}`);
  const steps = JSON.parse(readFileSync(report, 'utf8')) as { name: string; passed: boolean; output: string }[];
  const failed = steps.filter((step) => !step.passed);
  return {
    passed: steps.length - failed.length,
    failed: failed.length,
    skipped: 0,
    failures: failed.map((step) => `npm run check:${step.name}\n${step.output}`),
  };
}

/** All suites, one after the other: each uses all processors by itself. */
export async function runSuites(
  chosen: readonly Suite[],
  root: string,
  say: (line: string) => void,
): Promise<{ passed: number; failed: number }> {
  const scratch = mkdtempSync(join(tmpdir(), 'gangway-test-'));
  const total = { passed: 0, failed: 0 };
  try {
    for (const suite of chosen) {
      say(`${suite.name}: ${suite.about} ...`);
      const startedAt = performance.now();
      const tally = await suite.run(root, scratch);
      for (const failure of tally.failures) say(`\n${failure}\n`);
      const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
      const skipped = tally.skipped === 0 ? '' : `, ${tally.skipped} skipped`;
      say(`${suite.name}: ${tally.passed} passed, ${tally.failed} failed${skipped} in ${seconds} s`);
      total.passed += tally.passed;
      total.failed += tally.failed;
    }
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
  return total;
}

async function main(names: readonly string[]): Promise<void> {
  const unknown = names.filter((name) => !suites.some((suite) => suite.name === name));
  if (unknown.length > 0) {
    console.error(`No such suite: ${unknown.join(', ')}. There are: ${suites.map((suite) => suite.name).join(', ')}.`);
    process.exitCode = 1;
    return;
  }
  const chosen = names.length === 0 ? suites : suites.filter((suite) => names.includes(suite.name));
  const total = await runSuites(chosen, projectRoot, console.log);
  console.log(`${total.passed} passed, ${total.failed} failed`);
  process.exitCode = total.failed === 0 ? 0 : 1;
}

if (import.meta.main) await main(process.argv.slice(2));
