/** `npm test` itself: nothing is skipped in silence, the numbers add up. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { projectRoot } from '../project.ts';
import { runJest, runSuites } from '../test.ts';
import type { Suite } from '../test.ts';

const jest = join(projectRoot, 'gateway/node_modules/jest/bin/jest.js');
let root = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'gangway-suite-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

/** Runs one test file with this text in an empty project. */
async function runFile(text: string): Promise<Awaited<ReturnType<typeof runJest>>> {
  mkdirSync(join(root, 'test'));
  writeFileSync(join(root, 'jest.config.json'), JSON.stringify({ rootDir: root, testMatch: ['<rootDir>/test/*.cjs'] }));
  writeFileSync(join(root, 'test/a.cjs'), text);
  return runJest(root, root, 'planted', { jest, config: 'jest.config.json', workers: 1 });
}

describe('a suite', () => {
  test('whose configuration is missing is a failure', async () => {
    const tally = await runJest(root, root, 'browser', { jest, config: 'test/browser/jest.config.js', workers: 1 });
    expect(tally).toMatchObject({ passed: 0, failed: 1, failures: [expect.stringContaining('is not there')] });
  });

  test('whose surroundings cannot be had is a failure with the reason', async () => {
    writeFileSync(join(root, 'jest.config.json'), '{}');
    const environment = (): Promise<Record<string, string>> => Promise.reject(new Error('no Chromium'));
    const tally = await runJest(root, root, 'browser', { jest, config: 'jest.config.json', workers: 1, environment });
    expect(tally.failures).toEqual(['no Chromium']);
  });

  test('reports passed and failed tests with their messages', async () => {
    const tally = await runFile(
      "test('adds', () => expect(2).toBe(2));\ntest('breaks', () => expect('fog').toBe('sun'));\n",
    );
    expect(tally).toMatchObject({ passed: 1, failed: 1 });
    expect(tally.failures[0]).toContain('fog');
  });

  test('that Jest cannot even configure is a failure with what Jest said', async () => {
    mkdirSync(join(root, 'test'));
    writeFileSync(join(root, 'jest.config.json'), '{ broken');
    const tally = await runJest(root, root, 'planted', { jest, config: 'jest.config.json', workers: 1 });
    expect(tally).toMatchObject({
      passed: 0,
      failed: 1,
      failures: [expect.stringContaining('ended without a report')],
    });
  });
});

describe('all suites together', () => {
  const suite = (name: string, passed: number, failures: readonly string[]): Suite => ({
    name,
    about: 'planted',
    run: () => Promise.resolve({ passed, failed: failures.length, skipped: 0, failures }),
  });

  test('are added up, and each failure is said in full', async () => {
    const said: string[] = [];
    const total = await runSuites([suite('a', 3, []), suite('b', 1, ['b broke'])], root, (line) => said.push(line));
    expect(total).toEqual({ passed: 4, failed: 1 });
    expect(said.join('\n')).toContain('b broke');
  });
});
