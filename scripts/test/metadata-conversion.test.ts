/** Salesforce's own library converts the package; what it would pass over in silence is named. */
import { afterEach, describe, expect, test } from '@jest/globals';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { findConversionProblems } from '../metadata/check-conversion.ts';

const roots: string[] = [];
const classXml =
  '<?xml version="1.0" encoding="UTF-8"?>\n<ApexClass xmlns="http://soap.sforce.com/2006/04/metadata"><apiVersion>67.0</apiVersion></ApexClass>\n';

async function problems(files: Readonly<Record<string, string>>): Promise<string[]> {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'gangway-test-')));
  roots.push(root);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  const sources = Object.keys(files).filter((path) => path.startsWith('force-app/'));
  const found = await findConversionProblems(root, 'force-app', sources);
  return found.map((finding) => `${finding.path} ${finding.message}`);
}

const project = {
  'sfdx-project.json': '{"packageDirectories":[{"path":"force-app","default":true}],"sourceApiVersion":"67.0"}',
  '.forceignore': '**/README.md\n',
  'force-app/main/a/classes/A.cls': 'public with sharing class A {}',
  'force-app/main/a/classes/A.cls-meta.xml': classXml,
};

describe('the conversion check', () => {
  afterEach(() => {
    for (const root of roots.splice(0)) rmSync(root, { recursive: true, force: true });
  });

  test('accepts a package, and what .forceignore names', async () => {
    expect(await problems({ ...project, 'force-app/main/README.md': 'x' })).toEqual([]);
  });

  test('names a file that belongs to nothing', async () => {
    expect(await problems({ ...project, 'force-app/main/a/notes.txt': 'x' })).toEqual([
      'force-app/main/a/notes.txt belongs to no component; move it, or name it in .forceignore',
    ]);
  });

  test('names a class without its other half', async () => {
    const found = await problems({ ...project, 'force-app/main/a/classes/B.cls': 'public with sharing class B {}' });
    expect(found.join()).toContain('B.cls');
  });

  test('names TypeScript that would be deployed', async () => {
    const found = await problems({
      ...project,
      'force-app/main/a/lwc/x/x.js': 'export default class {}',
      'force-app/main/a/lwc/x/x.ts': 'export default class {}',
      'force-app/main/a/lwc/x/x.js-meta.xml':
        '<?xml version="1.0" encoding="UTF-8"?>\n<LightningComponentBundle xmlns="http://soap.sforce.com/2006/04/metadata"><apiVersion>67.0</apiVersion><isExposed>false</isExposed></LightningComponentBundle>\n',
    });
    expect(found.join()).toContain('TypeScript would be deployed');
  });
});
