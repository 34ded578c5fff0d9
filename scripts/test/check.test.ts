/** `npm run check` itself: every step is an npm script, and a failing one is said in full. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { runStep, runSteps, steps } from '../check.ts';
import { projectRoot } from '../project.ts';

const step = (name: string, ...scripts: string[]) => ({
  name,
  about: 'planted',
  commands: scripts.map((script) => ['-e', script]),
});

describe('the checks', () => {
  test('each is an npm script of the same name', () => {
    const { scripts } = JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8')) as {
      scripts: Record<string, string>;
    };
    const named = Object.keys(scripts).filter((name) => name.startsWith('check:'));
    expect(named.toSorted()).toEqual(steps.map((each) => `check:${each.name}`).toSorted());
  });

  test('pass when all their commands do', async () => {
    expect(await runStep(step('good', '1', '2'), projectRoot)).toMatchObject({ passed: true });
  });

  test('fail when one command does, and the others are run all the same', async () => {
    const result = await runStep(
      step('bad', "console.log('first'); process.exit(3)", "console.log('second')"),
      projectRoot,
    );
    expect(result).toMatchObject({ passed: false, output: 'first\nsecond' });
  });

  test('fail when a command is not there', async () => {
    const missing = { name: 'missing', about: '', commands: [['scripts/check-nothing.ts']] };
    expect(await runStep(missing, projectRoot)).toMatchObject({
      passed: false,
      output: expect.stringContaining('check-nothing'),
    });
  });

  test('say the output of those that failed, and only of those', async () => {
    const said: string[] = [];
    const chosen = [step('good', "console.log('quiet')"), step('bad', "console.log('loud'); process.exit(1)")];
    const results = await runSteps(chosen, projectRoot, (line) => said.push(line));
    expect(results.map((result) => result.passed)).toEqual([true, false]);
    expect(said.join('\n')).toContain('loud');
    expect(said.join('\n')).not.toContain('quiet');
  });
});
