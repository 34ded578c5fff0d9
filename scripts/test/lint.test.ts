/** The lint rules that this project adds, each with code that breaks it. */
import { ESLint } from 'eslint';
import { describe, expect, test } from '@jest/globals';
import { projectRoot } from '../project.ts';

// Loading the typed rules takes seconds the first time.
const patienceMs = 120_000;
const eslint = new ESLint({ cwd: projectRoot });

/** The rules for a file at this path, without running the type checker over a file that does not exist. */
async function rulesFor(path: string): Promise<Record<string, unknown[]>> {
  const config: unknown = await eslint.calculateConfigForFile(path);
  return (config as { rules: Record<string, unknown[]> }).rules;
}

describe('the lint configuration', () => {
  test(
    'restricts hidden inputs to the rooms where they enter',
    async () => {
      const inRelay = JSON.stringify((await rulesFor('gateway/src/relay/app.ts'))['no-restricted-properties']);
      expect(inRelay).toMatch(/"env".*"exit".*"now".*"random"/);
      const inConfig = JSON.stringify((await rulesFor('gateway/src/config/load.ts'))['no-restricted-properties']);
      expect(inConfig).not.toContain('"env"');
      expect(inConfig).toContain('"exit"');
      const inCli = JSON.stringify((await rulesFor('gateway/src/cli/cli.ts'))['no-restricted-properties']);
      expect(inCli).not.toContain('"exit"');
      expect(inCli).toContain('"env"');
    },
    patienceMs,
  );

  test(
    'is strict about types everywhere',
    async () => {
      for (const path of [
        'gateway/src/relay/app.ts',
        'gateway/simulator/sap/index.ts',
        'scripts/check.ts',
        'local-org/index.ts',
      ]) {
        const rules = await rulesFor(path);
        for (const name of ['no-explicit-any', 'no-non-null-assertion', 'no-floating-promises']) {
          expect([path, name, rules[`@typescript-eslint/${name}`]?.[0]]).toEqual([path, name, 2]);
        }
      }
    },
    patienceMs,
  );

  test(
    "applies Salesforce's rules to the components",
    async () => {
      const rules = await rulesFor('force-app/main/panels/lwc/sapCreditPanel/sapCreditPanel.ts');
      expect(Object.keys(rules).some((name) => name.startsWith('@lwc/lwc/'))).toBe(true);
    },
    patienceMs,
  );

  test(
    'reports the clock, the environment and a default export in a room',
    async () => {
      const text =
        'export default setTimeout(() => process.env, Date.now() + Math.random());\nexport const at = new Date();\n';
      const path = 'gateway/src/relay/index.ts';
      const [result] = await eslint.lintText(text, { filePath: path });
      const rules = result?.messages.map((message) => message.ruleId) ?? [];
      expect(rules.filter((rule) => rule === 'no-restricted-properties')).toHaveLength(3);
      expect(rules.filter((rule) => rule === 'no-restricted-syntax')).toHaveLength(2);
      expect(rules).toContain('no-restricted-globals');
    },
    patienceMs,
  );
});
