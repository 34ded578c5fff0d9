/** The page that tells data owners what is whose follows the records that ship. */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { recordKindsInOrder, recordPaths } from '../../gateway/src/model/index.ts';
import { projectRoot } from '../project.ts';

interface Mapping {
  readonly object: string;
  readonly field: string;
  readonly path: string;
  readonly owner: string;
}

const valueOf = (xml: string, field: string): string =>
  new RegExp(`<field>${field}</field>\\s*<value[^>]*>([^<]*)</value>`).exec(xml)?.[1] ?? '';

const recordsOf = (type: string): readonly string[] =>
  globSync(`force-app/main/**/customMetadata/${type}.*.md-meta.xml`, { cwd: projectRoot }).map((file) =>
    readFileSync(join(projectRoot, file), 'utf8'),
  );

const shipped: readonly Mapping[] = recordsOf('SAP_Field_Mapping').map((xml) => {
  return {
    object: valueOf(xml, 'Object__c'),
    field: valueOf(xml, 'Field__c'),
    path: valueOf(xml, 'Path__c'),
    owner: valueOf(xml, 'Owner__c'),
  };
});

/** Rows of the tables, by the heading of their first column. */
function rowsOfPage(): readonly Mapping[] {
  let object = '';
  return readFileSync(join(projectRoot, 'docs/data-ownership.md'), 'utf8')
    .split('\n')
    .flatMap((line) => {
      const [, first = '', path = '', owner = ''] = line.split('|').map((cell) => cell.trim());
      if (path.startsWith('In SAP')) object = first;
      const found = /^`([^`]+)`$/.exec(path)?.[1];
      return found === undefined ? [] : [{ object, field: first, path: found, owner }];
    });
}

const sorted = (mappings: readonly Mapping[]): readonly string[] =>
  mappings.map(({ object, field, path, owner }) => `${object}.${field} ${path} ${owner}`).sort();

test('each mapping that ships stands on the page with its owner, and no other', () => {
  expect(shipped.length).toBeGreaterThan(0);
  expect(sorted(rowsOfPage())).toEqual(sorted(shipped));
});

/** What is written without a mapping: by the agent itself, or together with another path. */
const withoutMapping: ReadonlySet<string> = new Set([
  'customer number',
  'customer address.houseNumber',
  'contact number',
  ...recordKindsInOrder.map((kind) => `${kind} isRemoved`),
]);

const objectOf = new Map(
  recordsOf('SAP_Arrival_Rule').map((xml) => [valueOf(xml, 'Kind__c'), valueOf(xml, 'Object__c')]),
);

test('each kind of record has one rule', () => {
  expect([...objectOf.keys()].sort()).toEqual([...recordKindsInOrder].sort());
});

test.each(recordKindsInOrder)('whatever SAP says of a record of the kind %s has a field', (kind) => {
  const said = recordPaths[kind].map(({ path }) => path).filter((path) => !withoutMapping.has(`${kind} ${path}`));
  const mapped = new Set(shipped.filter(({ object }) => object === objectOf.get(kind)).map(({ path }) => path));
  expect(said.filter((path) => !mapped.has(path))).toEqual([]);
  expect([...mapped].filter((path) => !recordPaths[kind].some((known) => known.path === path))).toEqual([]);
});
