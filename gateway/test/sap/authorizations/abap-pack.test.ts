/** What is said to be proven stands in the ABAP source: each function's objects, activities and fields. */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { objectChecks } from '../../../src/sap/authorizations/role.ts';

const folder = new URL('../../../abap/src/', import.meta.url);
const read = (file: string): string => readFileSync(new URL(file, folder), 'utf8').toLowerCase();
const files = readdirSync(folder);
const isClass = (name: string): boolean => files.includes(`${name}.clas.abap`);
const all = (text: string, pattern: RegExp): string[] => [...text.matchAll(pattern)].map((match) => match[1] ?? '');

const activities: Readonly<Record<string, string>> = { create: '01', change: '02', read: '03' };

interface Check {
  readonly object: string;
  /** Undefined where the caller says it. */
  readonly activity: string | undefined;
  readonly fields: readonly string[];
}

/** By method of the authority class, the statements in it. */
const authority: ReadonlyMap<string, readonly Check[]> = new Map(
  read('zcl_gangway_sap_authority.clas.abap')
    .split(/\n\s*method /)
    .slice(1)
    .map((body) => [/~(check_\w+)/.exec(body)?.[1] ?? '', statementsIn(body)] as const),
);

function statementsIn(body: string): readonly Check[] {
  return all(body, /authority-check\s+(object[^.]*)\./g).map((statement) => ({
    object: (/object\s+'(\w+)'/.exec(statement)?.[1] ?? '').toUpperCase(),
    activity:
      /'actvt'\s+field\s+'(\d\d)'/.exec(statement)?.[1] ?? activities[/=>activity-(\w+)/.exec(statement)?.[1] ?? ''],
    fields: all(statement, /id\s+'(\w+)'/g).map((field) => field.toUpperCase()),
  }));
}

/** The classes behind a function: what the factory makes for it, and what that works with. */
function classesOf(functionName: string): Set<string> {
  const source = read(`zgangway.fugr.${functionName.toLowerCase()}.abap`);
  const factories = [...source.matchAll(/data (\w+) type ref to (zcl_gangway\w*)\./g)];
  const made = factories.flatMap(([, variable = '', type = '']) => {
    const factory = read(`${type}.clas.abap`);
    return all(source, new RegExp(`${variable}->(\\w+)\\(`, 'g')).map(
      (method) =>
        new RegExp(`methods ${method}\\s+returning\\s+value\\(\\w+\\) type ref to (\\w+)`).exec(factory)?.[1] ?? '',
    );
  });
  const classes = new Set<string>();
  const open = made.filter(isClass);
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (classes.has(next) || next.includes('_sap_')) continue;
    classes.add(next);
    open.push(...all(read(`${next}.clas.abap`), /(zcl_gangway_\w+)/g).filter(isClass));
  }
  return classes;
}

/** `F_KNA1_APP 03` and its like. */
function checkedBy(functionName: string): string[] {
  const calls = [...classesOf(functionName)].flatMap((name) =>
    all(read(`${name}.clas.abap`), /authority->(check_\w+\([^.]*)\./g),
  );
  const found = calls.flatMap((call) => {
    const given = activities[/=>activity-(\w+)/.exec(call)?.[1] ?? ''];
    const checks = authority.get(/^(check_\w+)/.exec(call)?.[1] ?? '') ?? [];
    return checks.map(({ object, activity }) => `${object} ${activity ?? given ?? '??'}`);
  });
  return [...new Set(found)].sort();
}

const ofPack = Object.keys(objectChecks).filter((name) => name.startsWith('Z_GANGWAY_'));

describe('the objects of the ABAP pack', () => {
  test.each(ofPack)('of %s are those that its source checks', (functionName) => {
    const said = (objectChecks[functionName] ?? []).map(
      ({ object, fields }) => `${object} ${fields['ACTVT']?.[0] ?? ''}`,
    );
    expect(said.toSorted()).toEqual(checkedBy(functionName));
  });

  test('have the fields that their statements name', () => {
    const statements = [...authority.values()].flat();
    expect(statements.length).toBeGreaterThan(8);
    const proven = ofPack.flatMap((name) => objectChecks[name] ?? []);
    for (const { object, fields, confidence } of proven) {
      expect(confidence).toBe('proven');
      const statement = statements.find((each) => each.object === object);
      expect([object, Object.keys(fields).toSorted()]).toEqual([object, statement?.fields.toSorted()]);
    }
  });

  test('are called proven for the pack alone', () => {
    const others = Object.entries(objectChecks).filter(([name]) => !name.startsWith('Z_GANGWAY_'));
    expect(others.flatMap(([, checks]) => checks).filter(({ confidence }) => confidence === 'proven')).toEqual([]);
  });

  test('are known for every function of the pack that can be called from outside', () => {
    const remote = files.flatMap((file) => /^zgangway\.fugr\.(z_gangway_\w+)\.abap$/.exec(file)?.[1] ?? []);
    // Runs in the update task only.
    const callable = remote.filter((name) => name !== 'z_gangway_key_insert').map((name) => name.toUpperCase());
    expect(ofPack.toSorted()).toEqual(expect.arrayContaining(callable));
  });
});
