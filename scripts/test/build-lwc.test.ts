/** The gate before a deployment: a component without its JavaScript is found. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test } from '@jest/globals';
import { unbuilt } from '../build-lwc.ts';

test('finds the component whose JavaScript is missing, and asks nothing of its tests', () => {
  const root = mkdtempSync(join(tmpdir(), 'gangway-lwc-'));
  const folder = 'force-app/main/panels/lwc';
  const sources = [`${folder}/a/a.ts`, `${folder}/b/b.ts`, `${folder}/b/__tests__/b.test.ts`];
  for (const path of [...sources, `${folder}/a/a.js`]) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), '');
  }
  try {
    expect(unbuilt(root, sources)).toEqual([`${folder}/b/b.ts`]);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
});
