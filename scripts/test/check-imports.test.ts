/** Violations of the import rules, planted in an otherwise empty project. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { findImports } from '../check-imports.ts';

let root = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'gangway-imports-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function plant(files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
}

/** The names of the rules that one import breaks. */
async function broken(from: string, specifier: string, target?: string): Promise<string[]> {
  plant({ [from]: `import { x } from '${specifier}';\nexport const y = x;\n` });
  if (target !== undefined) plant({ [target]: 'export const x = 1;\n' });
  const { findings } = await findImports(root);
  return findings.map((finding) => /\(([^()]+)\)$/.exec(finding.message)?.[1] ?? finding.message);
}

const src = 'gateway/src';

describe('the import check', () => {
  test.each([
    [
      'a program opens a room outside compose.ts',
      `${src}/agent/start.ts`,
      '../sap/index.ts',
      `${src}/sap/index.ts`,
      'only-compose-joins',
    ],
    [
      'a program knows the other one',
      `${src}/agent/compose.ts`,
      '../relay/index.ts',
      `${src}/relay/index.ts`,
      'agent-looks-down',
    ],
    [
      'a room knows its neighbour',
      `${src}/sap/x.ts`,
      '../journal/index.ts',
      `${src}/journal/index.ts`,
      'sap-looks-down',
    ],
    ['a port looks up', `${src}/ports/x.ts`, '../queue/index.ts', `${src}/queue/index.ts`, 'ports-looks-down'],
    [
      'the model knows the protocol',
      `${src}/model/x.ts`,
      '../protocol/index.ts',
      `${src}/protocol/index.ts`,
      'model-looks-down',
    ],
    [
      'the foundation knows the model',
      `${src}/errors/x.ts`,
      '../model/index.ts',
      `${src}/model/index.ts`,
      'errors-looks-down',
    ],
    ['somebody avoids the door', `${src}/sap/x.ts`, '../model/credit.ts', `${src}/model/credit.ts`, 'rooms-have-doors'],
    [
      'a script avoids the door',
      'scripts/x.ts',
      '../gateway/src/model/credit.ts',
      `${src}/model/credit.ts`,
      'doors-for-all',
    ],
    ['a room has no row', `${src}/helpers/x.ts`, './y.ts', `${src}/helpers/y.ts`, 'every-room-has-a-row'],
    [
      'a simulator shares code with the product',
      'gateway/simulator/sap/x.ts',
      '../../src/model/index.ts',
      `${src}/model/index.ts`,
      'simulators-share-nothing',
    ],
    [
      'the simulators know each other',
      'gateway/simulator/sap/x.ts',
      '../salesforce/index.ts',
      'gateway/simulator/salesforce/index.ts',
      'simulators-are-apart',
    ],
    [
      'the product needs a simulator',
      `${src}/relay/x.ts`,
      '../../simulator/sap/index.ts',
      'gateway/simulator/sap/index.ts',
      'product-without-simulators',
    ],
    ['the product needs a test', `${src}/relay/x.ts`, '../../test/x.ts', 'gateway/test/x.ts', 'product-without-tests'],
    ['an import leads nowhere', `${src}/relay/x.ts`, './nothing.ts', undefined, 'nothing-unresolved'],
  ])('finds it when %s', async (_, from, specifier, target, rule) => {
    expect(await broken(from, specifier, target)).toContain(rule);
  });

  test.each([
    ['express', 'agent/x.ts'],
    ['node:sqlite', 'sync/x.ts'],
    ['undici', 'relay/x.ts'],
    ['saxes', 'salesforce/x.ts'],
    ['jose', 'sap/x.ts'],
    ['zod', 'relay/x.ts'],
    ['commander', 'config/x.ts'],
    ['yaml', 'cli/x.ts'],
  ])('keeps %s out of %s', async (library, file) => {
    const found = await broken(`${src}/${file}`, library);
    expect(found.some((rule) => rule.endsWith('-stays-home'))).toBe(true);
  });

  test.each([
    ['compose.ts opens a room', `${src}/agent/compose.ts`, '../sap/index.ts', `${src}/sap/index.ts`],
    ['a room uses a port', `${src}/sap/x.ts`, '../ports/index.ts', `${src}/ports/index.ts`],
    ['the protocol uses the model', `${src}/protocol/x.ts`, '../model/index.ts', `${src}/model/index.ts`],
    ['cli starts a simulator', `${src}/cli/x.ts`, '../../simulator/sap/index.ts', 'gateway/simulator/sap/index.ts'],
    ['the journal uses SQLite', `${src}/journal/x.ts`, 'node:sqlite', undefined],
    ['main.ts hands over to cli', `${src}/main.ts`, './cli/index.ts', `${src}/cli/index.ts`],
  ])('allows it when %s', async (_, from, specifier, target) => {
    expect(await broken(from, specifier, target)).toEqual([]);
  });

  test('counts an import of a type alone as an import', async () => {
    plant({
      [`${src}/sap/x.ts`]: "import type { X } from '../journal/index.ts';\nexport type Y = X;\n",
      [`${src}/journal/index.ts`]: 'export interface X { readonly a: 1 }\n',
    });
    expect((await findImports(root)).findings).toHaveLength(1);
  });

  test('finds a circle, unless types alone close it', async () => {
    plant({ [`${src}/sap/a.ts`]: "import { b } from './b.ts';\nexport const a = b;\n" });
    plant({ [`${src}/sap/b.ts`]: "import { a } from './a.ts';\nexport const b = 1;\nexport const c = () => a;\n" });
    expect((await findImports(root)).findings.map((finding) => finding.message)).toContainEqual(
      expect.stringContaining('no-cycles'),
    );
    plant({ [`${src}/sap/b.ts`]: "import type { A } from './a.ts';\nexport const b: A = 1;\n" });
    plant({ [`${src}/sap/a.ts`]: "import { b } from './b.ts';\nexport type A = 1;\nexport const a = b;\n" });
    expect((await findImports(root)).findings).toEqual([]);
  });
});
